"""Whatever bytes come, from the source or from the disk: a result or a GeneratorError, never another exception.

And never a file that is not whole. `uv run pytest tests/test_fuzz.py --hypothesis-profile=long` looks much longer.
"""

import json
import re
import tempfile
from datetime import date
from pathlib import Path

import pytest
from conftest import contents
from hypothesis import given
from hypothesis import strategies as st
from responses import answer, body

from generator import archive
from generator.errors import GeneratorError
from generator.notes import commit_message, failures_of, job_results, next_step
from generator.validate import content_digest, error_message, find_responses, parse_index, parse_snapshot

STAGES = {"parse": parse_snapshot, "digest": content_digest}
GOOD = body("2026-08-31", tasks=4, models=3)

leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["2026-08-31", "a:b"])
)
values = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
)


@st.composite
def broken_answers(draw):
    """A good answer in which some places hold something else, or are gone, or are there twice."""
    value = answer("2026-08-31", tasks=4, models=3)
    for _ in range(draw(st.integers(1, 3))):
        _break(value, draw)
    return json.dumps(value, ensure_ascii=draw(st.booleans())).encode("utf-8", "surrogatepass")


def _break(value, draw):
    """Walk down to a random place and change it."""
    while isinstance(value, dict | list) and value:
        key = draw(st.sampled_from(sorted(value) if isinstance(value, dict) else range(len(value))))
        if not isinstance(value[key], dict | list) or draw(st.integers(0, 3)) == 0:
            how = draw(st.sampled_from(["other", "gone", "twice"]))
            if how == "gone":
                del value[key]
            elif how == "twice" and isinstance(value, list):
                value.append(value[key])
            else:
                value[key] = draw(values)
            return
        value = value[key]


@st.composite
def broken_indexes(draw):
    """The index of a published site in which some places hold something else, or are gone, or are there twice."""
    snapshot = {"as_of": "2026-08-31", "bytes": 900, "sha256": "0" * 64}
    paths = ("7d/2026-08-31.json", "7d/2026-08-31.r2.json")
    snapshots = [snapshot | {"path": path, "revision": n} for n, path in enumerate(paths, 1)]
    index = {"schema_version": "1.0", "sample": False, "window": "7d", "snapshots": snapshots}
    for _ in range(draw(st.integers(0, 3))):
        _break(index, draw)
    return json.dumps(index, ensure_ascii=draw(st.booleans())).encode("utf-8", "surrogatepass")


@st.composite
def damaged_bytes(draw):
    """A good answer's bytes with a piece cut out or put in."""
    start = draw(st.integers(0, len(GOOD)))
    end = draw(st.integers(start, min(len(GOOD), start + 40)))
    return GOOD[:start] + draw(st.binary(max_size=12)) + GOOD[end:]


anything = (
    st.binary(max_size=200) | values.map(lambda value: json.dumps(value).encode()) | damaged_bytes() | broken_answers()
)
names = st.sampled_from(
    ["2026-08-31.json", "2026-08-31.r2.json", "2026-09-01.json", "2026-02-30.json", ".x.tmp", "notes.txt"]
) | st.text("0123456789-.rjson", min_size=1, max_size=18).filter(lambda name: name not in (".", ".."))


@given(anything)
@pytest.mark.parametrize("read", [parse_snapshot, content_digest, find_responses])
def test_any_bytes_are_read_or_refused(read, sent):
    try:
        read(sent)
    except GeneratorError as exc:
        assert str(exc).isascii() and len(str(exc)) < 20_000


@given(anything | broken_indexes())
def test_of_any_index_only_files_of_an_archive_are_listed(sent):
    try:
        index = parse_index(sent)
    except GeneratorError as exc:
        assert str(exc).isascii() and len(str(exc)) < 20_000
        return
    for listed in index.snapshots:
        assert re.fullmatch(r"\d{1,3}d/\d{4}-\d{2}-\d{2}(\.r\d+)?\.json", listed.path, re.ASCII)
        assert listed.path.startswith(f"{index.window}/") and 0 < listed.size_bytes <= 4 * 1024 * 1024


@given(anything)
def test_of_any_error_there_is_a_short_message_or_none(sent):
    said = error_message(sent)
    assert said is None or (len(said) <= 200 and said.isprintable())


@given(anything)
def test_what_validate_accepts_has_shares_and_names_that_can_be_shown(sent):
    try:
        snapshot = parse_snapshot(sent)
    except GeneratorError:
        return
    for task in snapshot.tasks:
        assert 0 <= task.request_share <= 1 and 0 <= task.token_share <= 1 and task.label.isprintable()


@given(st.dictionaries(names, anything | st.just(GOOD), max_size=4), anything | st.just(GOOD))
def test_any_archive_is_read_or_refused_and_what_is_stored_is_whole(files, sent):
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "7d").mkdir()
        for name, held in files.items():
            (folder / "7d" / name).write_bytes(held)
        before = contents(folder)
        for read in (archive.newest, _history, _recent, lambda folder, window: _store(folder, sent)):
            try:
                read(folder, "7d")
            except GeneratorError as exc:
                assert "\n::" not in str(exc)
        after = contents(folder)
        assert before.items() <= after.items()
        assert all(after[path] == sent for path in after.keys() - before.keys())


def _history(folder, window):
    return archive.read_history(folder, window, **STAGES)


def _recent(folder, window):
    return archive.read_recent(folder, window, 3, **STAGES)


def _store(folder, sent):
    snapshot, digest = parse_snapshot(sent), content_digest(sent)
    stored = archive.store(folder, "7d", sent, snapshot, digest, today=date(2027, 1, 1), **STAGES)
    message = commit_message(stored, None, None)
    assert len(message.splitlines()[0]) <= 120 and not set("[]#@") & set(message)


@given(values.map(json.dumps) | st.text(max_size=50))
def test_any_needs_of_a_job_are_read_or_refused(needs):
    try:
        failure = failures_of(job_results(needs))
    except GeneratorError:
        return
    step = next_step(None, "collect", failure, "https://example.org/")
    assert (step.kind == "open") == (failure is not None)
