"""`generator import` as a user runs it."""

import gzip
import json

import pytest
from conftest import contents
from responses import answer, body, dump


@pytest.fixture
def kept(tmp_path):
    """A folder of responses that somebody kept."""
    folder = tmp_path / "kept"
    folder.mkdir()
    return folder


def test_a_bare_response_is_stored_byte_for_byte(run, kept, data):
    sent = json.dumps(answer(), indent=2).encode() + b"\n"
    (kept / "a.json").write_bytes(sent)
    result = run("import", kept / "a.json")
    assert (result.code, result.err) == (0, "")
    assert result.out == "stored data/7d/2026-08-31.json (8 tasks, 5 models)\n"
    assert contents(data) == {"7d/2026-08-31.json": sent}


def test_no_key_and_no_network_are_needed(run, kept):
    (kept / "a.json").write_bytes(body())
    assert run("import", kept, key="").code == 0


def test_packed_wrapped_and_bare_responses_of_a_folder_are_stored_in_date_order(run, kept, data):
    (kept / "1.json").write_bytes(body("2026-08-31", variant=1))
    (kept / "2.json.gz").write_bytes(gzip.compress(body("2026-08-29", variant=2)))
    (kept / "deep" / "er").mkdir(parents=True)
    (kept / "deep" / "er" / "3.json").write_bytes(dump({"at": "x", "response": answer("2026-08-30", variant=3)}))
    (kept / "4.json").write_bytes(dump({"log": [{"text": json.dumps(answer("2026-08-28", variant=4))}]}))
    (kept / "notes.txt").write_text("not a response")
    result = run("import", kept)
    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines() == [
        "stored data/7d/2026-08-28.json (8 tasks, 5 models)",
        "stored data/7d/2026-08-29.json (8 tasks, 5 models)",
        "stored data/7d/2026-08-30.json (8 tasks, 5 models)",
        "stored data/7d/2026-08-31.json (8 tasks, 5 models)",
    ]
    assert contents(data) == {
        "7d/2026-08-28.json": json.dumps(answer("2026-08-28", variant=4)).encode(),
        "7d/2026-08-29.json": body("2026-08-29", variant=2),
        "7d/2026-08-30.json": body("2026-08-30", variant=3),
        "7d/2026-08-31.json": body("2026-08-31", variant=1),
    }


def test_importing_again_changes_nothing(run, kept, data):
    for day in (29, 30, 31):
        (kept / f"{day}.json").write_bytes(body(f"2026-08-{day}", variant=day))
    run("import", kept)
    before = contents(data)
    result = run("import", kept)
    assert result.code == 0
    assert [line.split()[0] for line in result.out.splitlines()] == ["unchanged"] * 3
    assert contents(data) == before


def test_history_before_the_first_snapshot_is_stored_as_late(run, kept, snapshot, data):
    snapshot(body("2026-08-31"))
    (kept / "a.json").write_bytes(body("2026-08-20", variant=1))
    result = run("import", kept)
    assert (result.code, result.out) == (0, "late data/7d/2026-08-20.json (8 tasks, 5 models)\n")
    assert "warning: 7d/2026-08-20.json is older than the newest stored day" in result.err


def test_two_files_of_one_day_become_revisions_in_the_order_of_the_paths(run, kept, data):
    (kept / "b.json").write_bytes(body(variant=1))
    (kept / "a.json").write_bytes(body())
    (kept / "c.json").write_bytes(body(variant=1))
    assert (
        run("import", kept / "b.json", kept / "a.json")
        .out.splitlines()[1]
        .startswith("restated -> data/7d/2026-08-31.r2")
    )
    assert contents(data) == {"7d/2026-08-31.json": body(variant=1), "7d/2026-08-31.r2.json": body()}
    result = run("import", "--data", "other", kept)
    assert [line.split()[0] for line in result.out.splitlines()] == ["stored", "restated", "unchanged"]


def test_one_bad_file_keeps_all_out_and_the_problems_of_all_are_said(run, kept, data):
    (kept / "1.json").write_bytes(body("2026-08-30"))
    broken = answer()
    broken["data"]["classifications"][0]["tag"] = 7
    (kept / "2.json").write_bytes(dump(broken))
    (kept / "3.json").write_bytes(b"{}")
    (kept / "4.json").write_bytes(b'{"data": NaN}')
    result = run("import", kept)
    assert (result.code, result.out) == (1, "")
    heading, *lines = result.err.splitlines()
    assert heading == "error: nothing was imported:"
    assert [line for line in lines if not line.startswith("  - ")] == [
        f'"{kept}/2.json": the answer is not a snapshot that can be trusted:',
        f'"{kept}/3.json": holds no response of the endpoint:',
        f'"{kept}/4.json": the answer is not strict JSON:',
    ]
    assert "  - data.classifications[0].tag: found 7 (number), expected text of 1 to 200 characters" in result.err
    assert not data.exists()


def test_a_refusal_by_the_archive_keeps_all_out(run, kept, data):
    (kept / "1.json").write_bytes(body("2026-08-30", tasks=20))
    (kept / "2.json").write_bytes(body("2026-08-31", tasks=3))
    result = run("import", kept)
    assert (result.code, result.out) == (1, "")
    assert "found 3 tasks for 2026-08-31, expected at least half of the 20 stored for 2026-08-30" in result.err
    assert not data.exists()
    assert run("import", "--allow-shrunk", kept).code == 0


def test_a_day_that_has_not_come_yet_is_refused(run, kept, data):
    (kept / "1.json").write_bytes(body("2026-09-02"))
    assert "expected a day not after 2026-09-01" in run("import", kept).err
    assert not data.exists()


def test_a_response_of_another_window_needs_that_window(run, kept, data):
    (kept / "1.json").write_bytes(body(window_days=30))
    assert run("import", kept).code == 1
    assert run("import", "--window", "30d", kept).out.startswith("stored data/30d/2026-08-31.json")


@pytest.mark.parametrize(
    ("name", "sent", "said"),
    [
        ("a.json.gz", gzip.compress(body())[:-20], "not a complete gzip file"),
        ("a.json.gz", b"\x1f\x8b rubbish", "not a complete gzip file"),
        ("a.json", b"", "found nothing, expected an object"),
        ("a.json", body()[:-1], "the answer is not strict JSON:"),
        ("a.json.gz", gzip.compress(b" " * (64 * 1024 * 1024 + 1)), "found more than 67,108,864 bytes"),
        ("a\n::error::b.json", b"{}", 'a\\n::error::b.json": holds no response'),
    ],
)
def test_a_file_that_is_broken_is_named(run, kept, data, name, sent, said):
    (kept / name).write_bytes(sent)
    result = run("import", kept)
    assert (result.code, result.out) == (1, "")
    assert said in result.err and str(kept) in result.err
    assert not any(line.startswith("::") for line in result.err.splitlines())
    assert not data.exists()


def test_a_path_that_is_not_there_or_holds_nothing_is_named(run, kept, tmp_path):
    assert (
        f'error: cannot read "{tmp_path}/missing.json": No such file or directory'
        in run("import", tmp_path / "missing.json").err
    )
    assert f'error: "{kept}": found no .json or .json.gz file in this folder' in run("import", kept).err
