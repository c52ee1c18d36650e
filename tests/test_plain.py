"""What is read at once is what the thorough way reads: the same snapshot and digest, and never what that refuses."""

import json
import math
import subprocess
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from responses import answer, body, dump
from test_fuzz import GOOD, anything

from generator.errors import SnapshotError
from generator.sample import sample_files
from generator.validate import content_digest, digest, parse_snapshot, plain, snapshot

ROUNDED = st.integers(0, 1000).map(lambda share: share / 1000)


def told(sent):
    """What both readers make of it, or the words in which they refuse it."""
    found = []
    for read in (parse_snapshot, content_digest):
        try:
            found.append(read(sent))
        except SnapshotError as exc:
            found.append(str(exc))
    return found


def thoroughly(sent):
    """The same without the short way."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (snapshot, digest):
            patch.setattr(module, "plain_data", lambda body: None)
        return told(sent)


@pytest.mark.parametrize(
    "sent", [GOOD, body(), body(tasks=29, models=10), body(models=0), *dict(sample_files(3)).values()]
)
def test_an_answer_as_it_always_comes_is_read_at_once(sent):
    assert plain.plain_data(sent) is not None
    assert told(sent) == thoroughly(sent)


@given(anything)
def test_any_bytes_are_told_as_by_the_thorough_way(sent):
    assert told(sent) == thoroughly(sent)


def _with(path, value):
    """A good answer in which another value stands at a place."""
    made = answer(tasks=4, models=3)
    *way, last = path
    place = made
    for step in way:
        place = place[step]
    place[last] = value
    return dump(made)


@pytest.mark.parametrize(
    "value",
    [
        0,
        1,
        0.0,
        1.0,
        -0.0,
        0.02,
        0.0421,
        1e-4,
        9.9e-5,
        1e-7,
        5e-324,
        0.1 + 0.2,
        1.0000001,
        -1e-9,
        True,
        None,
        "0.1",
        2,
        10**400,
    ],
)
@pytest.mark.parametrize("name", ["tag_usage_share", "tag_token_share"])
def test_a_share_of_any_kind_is_told_as_by_the_thorough_way(name, value):
    sent = _with(["data", "classifications", 0, "models", 2, name], value)
    assert told(sent) == thoroughly(sent)


@given(st.floats(0, 1) | ROUNDED)
@example(math.nextafter(1e-4, 0))
def test_every_share_has_the_digest_of_the_thorough_way(share):
    sent = _with(["data", "classifications", 0, "models", 2, "tag_token_share"], share)
    assert told(sent) == thoroughly(sent)


@pytest.mark.parametrize(
    "spelled",
    [b"0.100", b"1e-1", b"1E-1", b"10e-2", b"0", b"-0", b"0e0", b"1e999", b"NaN", b"01", b".1", b"0.", b"1.0"],
)
def test_a_number_in_any_spelling_is_told_as_by_the_thorough_way(spelled):
    sent = _with(["data", "classifications", 0, "models", 2, "tag_token_share"], 0.777).replace(b"0.777", spelled)
    assert told(sent) == thoroughly(sent)


@pytest.mark.parametrize(
    "name", ["", " ", " a", "a:b", "a:0.0,", "a" * 200, "a" * 201, "é", '"', "\\", "\x7f", "\u2028", "a\n", 1, None]
)
@pytest.mark.parametrize(
    "path", [["classifications", 0, "tag"], ["classifications", 0, "models", 1, "id"], ["macro_categories", 0, "label"]]
)
def test_a_name_of_any_kind_is_told_as_by_the_thorough_way(path, name):
    sent = _with(["data", *path], name)
    assert told(sent) == thoroughly(sent)


ODD = {
    "a key twice": GOOD.replace(b'"tag":', b'"tag":"code:other","tag":', 1),
    "a list twice": GOOD.replace(b'"models":', b'"models":[],"models":', 1),
    "a key twice and a colon that an escape hides": GOOD.replace(b'"tag":', b'"tag":"x","tag":', 1).replace(
        b'"display_name":"', b'"display_name":"\\u003a', 1
    ),
    "all of it twice": GOOD[:-1] + b"," + GOOD[1:],
    "a new field": GOOD.replace(b'"tag":', b'"confidence":1,"tag":', 1),
    "sample: false": GOOD.replace(b'"as_of"', b'"sample":false,"as_of"', 1),
    "sample: true": GOOD.replace(b'"as_of"', b'"sample":true,"as_of"', 1),
    "sample twice": GOOD.replace(b'"as_of"', b'"sample":true,"sample":true,"as_of"', 1),
    "another day": GOOD.replace(b"2026-08-31", b"2026-08-32"),
    "a day and a line": GOOD.replace(b"2026-08-31", b"2026-08-31\n"),
    "a window that is no whole number": GOOD.replace(b'"window_days":7', b'"window_days":7.0'),
    "a window of nothing": GOOD.replace(b'"window_days":7', b'"window_days":0'),
    "a byte order mark": b"\xef\xbb\xbf" + GOOD,
    "bytes behind it": GOOD + b"\x00",
    "white space around it": b" \r\n\t" + GOOD + b"\n",
    "white space everywhere": json.dumps(json.loads(GOOD), indent=2).encode(),
    "the keys in another order": json.dumps(json.loads(GOOD), sort_keys=True).encode(),
    "a category without tasks": _with(["data", "macro_categories", 0, "key"], "other"),
    "a category twice": GOOD.replace(b'"key":"general"', b'"key":"code"'),
    "sums that are off": _with(["data", "classifications", 0, "usage_share"], 0.45),
    "sums that are far off": _with(["data", "classifications", 0, "category_usage_share"], 0.5),
    "a list in another order": body(variant=2),
    "a list that sums to more than all": _with(["data", "classifications", 0, "models", 0, "tag_usage_share"], 1),
    "no classification": _with(["data", "classifications"], []),
    "nothing": b"",
}  # fmt: skip


@pytest.mark.parametrize("sent", [pytest.param(sent, id=what) for what, sent in ODD.items()])
def test_whatever_is_odd_is_told_as_by_the_thorough_way(sent):
    assert told(sent) == thoroughly(sent)


def test_every_day_of_the_sample_is_read_at_once():
    bodies = [sent for _, sent in sample_files(60)]
    assert all(plain.plain_data(sent) for sent in bodies)


def test_what_is_read_at_once_does_not_load_what_the_thorough_way_takes():
    code = f"""if True:
        import sys
        from generator import validate
        validate.parse_snapshot({GOOD!r}), validate.content_digest({GOOD!r})
        assert "pydantic" not in sys.modules
        validate.parse_snapshot({ODD["a new field"]!r})
        assert "pydantic" in sys.modules
        """
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
