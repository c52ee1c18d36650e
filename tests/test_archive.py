"""The archive by itself: what lies there, what may be added, what happens when the disk does not play along."""

import errno
import os
import random
import threading
from datetime import date
from pathlib import Path

import pytest
from conftest import contents
from responses import answer, body, dump

from generator import archive
from generator.archive import ArchiveFile, assemble, read_history
from generator.errors import ArchiveError
from generator.validate import content_digest, parse_snapshot

STAGES = {"parse": parse_snapshot, "digest": content_digest}


def store(folder, sent, **options):
    options = {"today": date(2026, 9, 30), **STAGES} | options
    return archive.store(
        folder, options.pop("window", "7d"), sent, parse_snapshot(sent), content_digest(sent), **options
    )


def put(folder, **files):
    """Files of a `7d` archive by name: `_2026_08_31="..."`."""
    for name, sent in files.items():
        file = folder / "7d" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(sent)


def refused(folder, window="7d"):
    before = contents(folder)
    with pytest.raises(ArchiveError) as raised:
        read_history(folder, window, **STAGES)
    assert contents(folder) == before
    return str(raised.value)


# --- reading


@pytest.mark.parametrize("made", [[], ["7d"], ["30d"], ["7d/.git"]])
def test_without_a_snapshot_of_the_window_there_is_no_history(tmp_path, made):
    for folder in made:
        (tmp_path / folder).mkdir(parents=True)
    assert read_history(tmp_path, "7d", **STAGES) is None
    assert read_history(tmp_path / "missing", "7d", **STAGES) is None


def test_a_history_has_its_days_by_date_and_each_days_revisions_oldest_first(tmp_path):
    revisions = [body("2026-08-31", variant=n % 3) for n in range(11)]
    put(tmp_path, **{"2026-08-31.json": revisions[0]})
    put(tmp_path, **{f"2026-08-31.r{n + 1}.json": sent for n, sent in enumerate(revisions) if n})
    put(tmp_path, **{"2026-09-02.json": body("2026-09-02"), "2026-08-29.json": body("2026-08-29")})
    history = read_history(tmp_path, "7d", **STAGES)
    assert history.window == "7d"
    assert [day.as_of.isoformat() for day in history.days] == ["2026-08-29", "2026-08-31", "2026-09-02"]
    assert [stored.revision for stored in history.days[1].revisions] == list(range(1, 12))
    assert history.days[1].revisions[10].path == "7d/2026-08-31.r11.json"
    assert history.latest == parse_snapshot(body("2026-09-02"))


def test_the_latest_snapshot_is_the_last_revision_of_the_newest_day(tmp_path):
    put(tmp_path, **{"2026-08-31.json": body(), "2026-08-31.r2.json": body(variant=1)})
    assert read_history(tmp_path, "7d", **STAGES).latest == parse_snapshot(body(variant=1))


def test_a_stored_snapshot_names_its_file_its_bytes_and_its_meaning(tmp_path):
    put(tmp_path, **{"2026-08-31.json": body()})
    [day] = read_history(tmp_path, "7d", **STAGES).days
    [stored] = day.revisions
    assert (stored.path, stored.as_of, stored.revision) == ("7d/2026-08-31.json", date(2026, 8, 31), 1)
    assert stored.size_bytes == len(body())
    assert stored.content_sha256 == content_digest(body("2026-09-01"))
    assert len(stored.sha256) == 64 and stored.sha256 != stored.content_sha256


def test_a_day_repeats_when_its_last_word_is_the_last_word_of_the_stored_day_before(tmp_path):
    put(
        tmp_path,
        **{
            "2026-08-25.json": body("2026-08-25"),
            "2026-08-26.json": body("2026-08-26"),  # a repeat
            "2026-08-26.r2.json": body("2026-08-26", variant=1),  # and no longer one
            "2026-08-28.json": body("2026-08-28", variant=1),  # a repeat, though a day is missing between
            "2026-08-29.json": body("2026-08-29", variant=2),
            "2026-08-30.json": body("2026-08-30", variant=1),  # again what was said before, but not just before
        },
    )
    assert [day.is_repeat for day in read_history(tmp_path, "7d", **STAGES).days] == [False, False, True, False, False]


def test_dotfiles_and_other_windows_and_files_that_hold_no_data_are_left_alone(tmp_path):
    put(
        tmp_path,
        **{"2026-08-31.json": body(), ".2026-09-01.json.abc.tmp": b"half", ".DS_Store": b"x", "README.md": b"x"},
    )
    (tmp_path / "30d").mkdir()
    (tmp_path / "30d" / "2026-08-31.json").write_bytes(b"broken")
    assert len(read_history(tmp_path, "7d", **STAGES).days) == 1


@pytest.mark.parametrize(
    "name",
    [
        "2026-08-31 (1).json", "2026-08-31.json.gz", "2026-08-31.json.bak", "2026-08-31.r1.json", "2026-08-31.r02.json",
        "2026-08-31.R2.json", "2026-02-30.json", "2026-8-31.json", "latest.json", "2026-08-31", "2026-08-31.JSON",
        "x.json\n",
    ],
)  # fmt: skip
def test_a_stray_file_that_looks_like_data_is_named(tmp_path, name):
    put(tmp_path, **{"2026-08-31.json": body(), name: body()})
    said = refused(tmp_path)
    assert "found a stray file or folder among the snapshots, expected names like 2026-08-31.json" in said
    assert name.strip() in said and "\n" not in said


def test_a_folder_among_the_snapshots_is_named(tmp_path):
    put(tmp_path, **{"2026-08-31.json": body()})
    (tmp_path / "7d" / "2025").mkdir()
    assert '7d/2025": found a stray file or folder' in refused(tmp_path)


def test_a_damaged_file_is_named_with_every_place_in_it(tmp_path):
    value = answer("2026-08-30")
    value["data"]["classifications"][3]["usage_share"] = "0.2"
    del value["data"]["macro_categories"][0]["key"]
    put(tmp_path, **{"2026-08-30.json": dump(value), "2026-08-31.json": body()})
    lines = refused(tmp_path).splitlines()
    assert f'{tmp_path}/7d/2026-08-30.json" is not a snapshot; it was damaged or edited. Restore it' in lines[0]
    assert '  - data.classifications[3].usage_share: found "0.2" (text), expected a number from 0 to 1' in lines
    assert any(line.startswith("  - data.macro_categories[0].key: found nothing") for line in lines)


@pytest.mark.parametrize("sent", [b"", body()[:-1], b"\x1f\x8b", b"<html>", b"{}"])
def test_a_file_that_is_cut_short_or_something_else_is_named(tmp_path, sent):
    put(tmp_path, **{"2026-08-31.json": sent})
    assert 'data/7d/2026-08-31.json" is not a snapshot' in refused_in(tmp_path, sent)


def refused_in(tmp_path, sent):
    put(tmp_path / "data", **{"2026-08-31.json": sent})
    return refused(tmp_path / "data")


def test_a_file_whose_name_is_not_its_own_day_is_named(tmp_path):
    put(tmp_path, **{"2026-08-30.json": body("2026-08-31")})
    assert "7d/2026-08-30.json\": data.as_of: found 2026-08-31, expected 2026-08-30, the file's own name" in refused(
        tmp_path
    )


def test_a_file_of_another_window_is_named(tmp_path):
    put(tmp_path, **{"2026-08-31.json": body(window_days=30)})
    assert "data.window_days: found 30, expected the folder's window, 7d" in refused(tmp_path)


@pytest.mark.parametrize("names", [["r2"], ["", "r3"], ["", "r2", "r4"]])
def test_a_revision_without_the_one_before_it_is_named(tmp_path, names):
    for name in names:
        put(tmp_path, **{f"2026-08-31{name and '.'}{name}.json": body()})
    said = refused(tmp_path)
    missing = {1: "2026-08-31.json", 2: "2026-08-31.r2.json", 3: "2026-08-31.r3.json"}[len(names)]
    assert "found a revision without the one before it" in said
    assert f'7d/{missing}" too' in said


def test_files_from_anywhere_make_a_history_in_any_order():
    files = [ArchiveFile(f"7d/2026-08-{day}.json", body(f"2026-08-{day}", variant=day)) for day in range(10, 30)]
    random.Random(1).shuffle(files)
    history = assemble("7d", iter(files), **STAGES)
    assert [day.as_of.day for day in history.days] == list(range(10, 30))


@pytest.mark.parametrize(
    "path", ["30d/2026-08-31.json", "2026-08-31.json", "7d/x/2026-08-31.json", "7d/2026-08-31.txt"]
)
def test_a_path_that_is_none_of_the_archive_is_refused(path):
    with pytest.raises(ArchiveError, match=r"found this name, expected 7d/YYYY-MM-DD\.json"):
        assemble("7d", [ArchiveFile(path, body())], **STAGES)


def test_no_files_are_no_history():
    with pytest.raises(ArchiveError, match="found no snapshot of the window"):
        assemble("7d", [], **STAGES)


# --- storing


def test_storing_writes_one_file_that_everybody_may_read_and_leaves_nothing_else(tmp_path):
    stored = store(tmp_path / "new" / "data", body())
    assert (stored.outcome, stored.path, stored.warnings) == ("stored", "7d/2026-08-31.json", ())
    assert stored.snapshot == parse_snapshot(body())
    [file] = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert file.read_bytes() == body()
    assert file.stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("window", ["30d", "../7d", "7d/..", "", "7"])
def test_a_window_that_is_not_the_snapshots_never_becomes_a_folder(tmp_path, window):
    with pytest.raises(ArchiveError, match="expected the window asked for"):
        store(tmp_path / "data", body(), window=window)
    assert list(tmp_path.rglob("*")) == []


def test_a_damaged_old_file_does_not_keep_todays_answer_out(tmp_path):
    store(tmp_path, body("2026-08-30"))
    put(tmp_path, **{"2026-08-01.json": b"broken", "stray.json": b"broken"})
    assert store(tmp_path, body("2026-08-31", variant=1)).outcome == "stored"


def test_a_damaged_newest_file_does_and_it_is_named(tmp_path):
    put(tmp_path, **{"2026-08-30.json": b"broken"})
    before = contents(tmp_path)
    with pytest.raises(ArchiveError, match=r'"7d/2026-08-30\.json" in the archive is not a snapshot'):
        store(tmp_path, body("2026-08-31"))
    assert contents(tmp_path) == before


def test_a_drop_is_measured_against_the_stored_day_before_it(tmp_path):
    store(tmp_path, body("2026-08-20", tasks=4))
    store(tmp_path, body("2026-08-30", tasks=20))
    assert store(tmp_path, body("2026-08-25", tasks=2)).outcome == "late"
    assert store(tmp_path, body("2026-08-10", tasks=2)).outcome == "late"
    with pytest.raises(
        ArchiveError, match="found 9 tasks for 2026-08-31, expected at least half of the 20 stored for 2026-08-30"
    ):
        store(tmp_path, body("2026-08-31", tasks=9))
    with pytest.raises(ArchiveError, match="expected at least half of the 20 stored for 2026-08-30"):
        store(tmp_path, body("2026-08-30", tasks=9))


def test_a_missing_revision_is_never_filled_with_something_newer(tmp_path):
    put(tmp_path, **{"2026-08-31.json": body(), "2026-08-31.r4.json": body(variant=1)})
    assert store(tmp_path, body(variant=2)).path == "7d/2026-08-31.r5.json"


def test_without_a_known_day_of_the_answer_any_day_may_be_stored(tmp_path):
    assert store(tmp_path, body("2099-01-01"), today=None).outcome == "stored"


# --- races and disks


def test_two_runs_at_once_store_one_content_once_and_two_contents_side_by_side(tmp_path):
    outcomes = []
    runs = [
        threading.Thread(target=lambda n=n: outcomes.append(store(tmp_path, body(variant=n % 2)).outcome))
        for n in range(8)
    ]
    for thread in runs:
        thread.start()
    for thread in runs:
        thread.join()
    assert len(outcomes) == 8 and outcomes.count("stored") == 1
    history = read_history(tmp_path, "7d", **STAGES)
    assert len(history.days[0].revisions) == len(outcomes) - outcomes.count("unchanged")
    assert not any(name.endswith(".tmp") for name in contents(tmp_path))


def test_a_run_that_was_overtaken_decides_again_and_overwrites_nothing(tmp_path, monkeypatch):
    link = os.link

    def overtaken(source, target):
        if not Path(target).exists():
            Path(target).write_bytes(body())
        link(source, target)

    monkeypatch.setattr(os, "link", overtaken)
    assert store(tmp_path, body()).outcome == "unchanged"
    assert contents(tmp_path) == {"7d/2026-08-31.json": body()}


def test_a_run_that_is_always_overtaken_gives_up(tmp_path, monkeypatch):
    def overtaken(source, target):
        Path(target).write_bytes(body(variant=len(contents(tmp_path)) % 3))
        raise FileExistsError(errno.EEXIST, "File exists", str(target))

    monkeypatch.setattr(os, "link", overtaken)
    with pytest.raises(ArchiveError, match="other runs stored files of this day 5 times in between"):
        store(tmp_path, body(variant=4))
    assert not any(name.endswith(".tmp") for name in contents(tmp_path))


FAILURES = [
    (errno.ENOSPC, "No space left on device", "free some space"),
    (errno.EACCES, "Permission denied", "give this user the right"),
    (errno.EROFS, "Read-only file system", "choose a folder that can be written"),
    (errno.EPERM, "Operation not permitted", "hard links"),
    (errno.EIO, "Input/output error", "check the folder"),
]


@pytest.mark.parametrize("step", ["link", "fsync"])
@pytest.mark.parametrize(("number", "reason", "todo"), FAILURES)
def test_a_disk_that_fails_leaves_the_archive_as_it_was_and_no_half_file(
    tmp_path, monkeypatch, step, number, reason, todo
):
    store(tmp_path, body("2026-08-30"))
    before = contents(tmp_path)

    def fail(*_):
        raise OSError(number, reason)

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(ArchiveError, match=f"cannot write .*2026-08-31.json.: {reason}. .* To do: .*{todo}"):
        store(tmp_path, body("2026-08-31", variant=1))
    assert contents(tmp_path) == before


def test_a_data_folder_that_is_a_file_is_said(tmp_path):
    (tmp_path / "data").write_bytes(b"x")
    with pytest.raises(ArchiveError, match="a part of the path is a file"):
        store(tmp_path / "data", body())
    with pytest.raises(ArchiveError, match="cannot read the folder"):
        read_history(tmp_path / "data", "7d", **STAGES)


def test_a_file_that_cannot_be_read_is_said(tmp_path):
    (tmp_path / "7d" / "2026-08-31.json").mkdir(parents=True)
    assert "2026-08-31.json" in refused(tmp_path)
    with pytest.raises(ArchiveError, match="cannot read"):
        store(tmp_path, body())
