"""Months that were accepted before: the same history as if all were validated anew, and nothing else is believed."""

import json

import pytest
import responses

from generator import archive, validate
from generator.archive import Accepted
from generator.errors import ArchiveError

DAYS = ("2026-07-30", "2026-07-31", "2026-08-01", "2026-08-02")


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data"
    (folder / "7d").mkdir(parents=True)
    for number, day in enumerate(DAYS):
        (folder / f"7d/{day}.json").write_bytes(responses.body(day, tasks=5, models=4, variant=number))
    (folder / "7d/2026-08-01.r2.json").write_bytes(responses.body("2026-08-01", tasks=5, models=4, variant=9))
    return folder


@pytest.fixture
def read(data, tmp_path):
    """Read the archive; what it gives tells how many files were parsed."""

    def read(rules="rules", cache="cache"):
        parsed = []

        def parse(body):
            parsed.append(body)
            return validate.parse_snapshot(body)

        accepted = Accepted(tmp_path / cache, rules) if cache else None
        history = archive.read_history(data, "7d", parse=parse, digest=validate.content_digest, accepted=accepted)
        return history, len(parsed)

    return read


def test_what_was_accepted_is_the_same_history_and_not_parsed_again(read):
    whole, parsed = read(cache=None)
    assert parsed == 5
    assert read() == (whole, 5)
    assert read() == (whole, 0)


def test_a_day_more_is_parsed_with_its_month_alone(read, data):
    read()
    (data / "7d/2026-08-03.json").write_bytes(responses.body("2026-08-03", tasks=5, models=4))
    history, parsed = read()
    assert parsed == 4
    assert history == read(cache=None)[0]


def test_other_rules_judge_everything_anew(read):
    read()
    assert read(rules="stricter ones")[1] == 5


def test_an_edited_file_is_judged_and_refused_whatever_is_kept(read, data):
    read()
    file = data / "7d/2026-07-30.json"
    file.write_bytes(file.read_bytes().replace(b'"tag_usage_share":0.', b'"tag_usage_share":7.', 1))
    with pytest.raises(ArchiveError, match="is not a snapshot; it was damaged or edited"):
        read()


def test_a_file_under_another_name_is_judged_and_refused(read, data):
    read()
    (data / "7d/2026-07-30.json").rename(data / "7d/2026-07-29.json")
    with pytest.raises(ArchiveError, match="found 2026-07-30, expected 2026-07-29, the file's own name"):
        read()


def test_nothing_is_kept_of_a_month_that_is_refused(read, data, tmp_path):
    (data / "7d/2026-07-31.json").write_bytes(b"{}")
    with pytest.raises(ArchiveError):
        read()
    assert not list((tmp_path / "cache").glob("*"))


@pytest.mark.parametrize("damage", [b"", b"{}", b"\xff"])
def test_a_damaged_month_is_read_anew(read, tmp_path, damage):
    whole, _ = read()
    for entry in (tmp_path / "cache").iterdir():
        entry.write_bytes(damage or entry.read_bytes()[:-9])
    assert read() == (whole, 5)
    assert read() == (whole, 0)


def test_names_of_any_letters_and_shares_of_any_length_come_back(data, read):
    answer = responses.answer("2026-08-04", tasks=3, models=2)
    answer["data"]["classifications"][0]["display_name"] = 'Q&A "日本" \u00e9 </script>'
    answer["data"]["classifications"][0]["models"][1]["tag_token_share"] = 0.1234567890123
    (data / "7d/2026-08-04.json").write_bytes(json.dumps(answer).encode())
    first, _ = read()
    assert read() == (first, 0)
    assert first == read(cache=None)[0]
