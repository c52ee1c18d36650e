"""Snapshots -> files: what becomes of an answer, decided first, written then."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.errors import ArchiveError, SnapshotError, shown
from generator.models import Outcome, Snapshot, Stored

from .files import ArchiveFile, file_name, list_names, parse_name, read_file, write_new

_TRIES = 5  # each failed one is another run that stored a file of that name in between

Shelf = dict[date, tuple[ArchiveFile, ...]]  # each day's revisions, oldest first


@dataclass(frozen=True, slots=True)
class Candidate:
    """A validated answer that may become a file of the archive."""

    body: bytes
    snapshot: Snapshot
    content_digest: str
    today: date | None  # the day on which it was answered, UTC; None: not known


@dataclass(frozen=True, slots=True)
class _Reader:
    """How the archive's own files are read, and whether a sharp drop is meant."""

    parse: Callable[[bytes], Snapshot]
    digest: Callable[[bytes], str]
    allow_shrunk: bool


@dataclass(frozen=True, slots=True)
class _Decision:
    outcome: Outcome
    file: ArchiveFile
    warnings: tuple[str, ...]


def store(
    folder: Path,
    window: str,
    body: bytes,
    snapshot: Snapshot,
    content_digest: str,
    *,
    parse: Callable[[bytes], Snapshot],
    digest: Callable[[bytes], str],
    allow_shrunk: bool = False,
    today: date | None,
) -> Stored:
    """Keep an answer under its `as_of`, and say what became of it (`Outcome`).

    Raises ArchiveError, the archive untouched, for: another window, a date after `today`, fewer than half of the
    tasks of the stored day before (unless `allow_shrunk`), other content for a day that is no longer the newest,
    fictional data, and a disk that cannot be read or written.
    """
    candidate = Candidate(body, snapshot, content_digest, today)
    return store_all(folder, window, [candidate], parse=parse, digest=digest, allow_shrunk=allow_shrunk)[0]


def store_all(
    folder: Path,
    window: str,
    candidates: Sequence[Candidate],
    *,
    parse: Callable[[bytes], Snapshot],
    digest: Callable[[bytes], str],
    allow_shrunk: bool = False,
) -> tuple[Stored, ...]:
    """`store` for several answers, in date order; one that is refused keeps all of them out."""
    reader = _Reader(parse, digest, allow_shrunk)
    shelf = _read_shelf(folder, window)
    ordered = sorted(candidates, key=lambda candidate: candidate.snapshot.as_of)
    decisions = []
    for candidate in ordered:
        decisions.append(decision := _decide(shelf, window, candidate, reader))
        if decision.outcome != "unchanged":
            as_of = candidate.snapshot.as_of
            shelf[as_of] = (*shelf.get(as_of, ()), decision.file)
    return tuple(
        _carry_out(folder, window, candidate, decision, reader)
        for candidate, decision in zip(ordered, decisions, strict=True)
    )


def _read_shelf(folder: Path, window: str) -> Shelf:
    """The archive as it lies there, not validated: an old damaged file must not keep today's answer out."""
    named = sorted((parsed, name) for name in list_names(folder, window) if (parsed := parse_name(name)))
    shelf: Shelf = {}
    for (as_of, _), name in named:
        shelf[as_of] = (*shelf.get(as_of, ()), read_file(folder, f"{window}/{name}"))
    return shelf


def _decide(shelf: Shelf, window: str, candidate: Candidate, reader: _Reader) -> _Decision:
    snapshot = candidate.snapshot
    _refuse_foreign(window, snapshot)
    _refuse_future(snapshot, candidate.today)
    revisions = shelf.get(snapshot.as_of, ())
    if revisions and _digest(revisions[-1], reader) == candidate.content_digest:
        return _Decision("unchanged", revisions[-1], ())
    _refuse_shrunk(shelf, snapshot, reader)
    file = ArchiveFile(f"{window}/{file_name(snapshot.as_of, _next_revision(revisions))}", candidate.body)
    newest = max(shelf, default=None)
    if newest is not None and snapshot.as_of < newest:
        return _decide_late(file, revisions, newest)
    if revisions:
        return _Decision("restated", file, ())
    if newest is not None and _digest(shelf[newest][-1], reader) == candidate.content_digest:
        return _Decision("repeated", file, (f"the source sent the content of {newest} again as {snapshot.as_of}",))
    return _Decision("stored", file, ())


def _decide_late(file: ArchiveFile, revisions: tuple[ArchiveFile, ...], newest: date) -> _Decision:
    if revisions:
        raise ArchiveError(
            f"{revisions[-1].path} is there with other content, and newer days are stored (up to {newest}): an answer "
            "for an older day is stored only if that day is missing. Nothing was written"
        )
    return _Decision("late", file, (f"{file.path} is older than the newest stored day, {newest}",))


def _refuse_foreign(window: str, snapshot: Snapshot) -> None:
    if f"{snapshot.window_days}d" != window:
        raise ArchiveError(
            f"data.window_days: found {snapshot.window_days}, expected the window asked for, {window}. "
            "Nothing was written; set the window with --window"
        )
    if snapshot.is_sample:
        raise ArchiveError(
            f'the answer for {snapshot.as_of} marks itself as fictional ("sample": true), expected a real one. '
            "Nothing was written; the archive holds real answers only"
        )


def _refuse_future(snapshot: Snapshot, today: date | None) -> None:
    if today is not None and snapshot.as_of > today:
        raise ArchiveError(
            f"data.as_of: found {snapshot.as_of}, expected a day not after {today}, when the answer was given (UTC). "
            "Nothing was written; look at the source, or at the clock, and try again later"
        )


def _refuse_shrunk(shelf: Shelf, snapshot: Snapshot, reader: _Reader) -> None:
    """Fewer than half of the tasks of the stored day before it (of the first one, if there is none before)."""
    if reader.allow_shrunk or not shelf:
        return
    before = max((day for day in shelf if day <= snapshot.as_of), default=min(shelf))
    tasks = len(_parse(shelf[before][-1], reader).tasks)
    if 2 * len(snapshot.tasks) < tasks:
        raise ArchiveError(
            f"data.classifications: found {len(snapshot.tasks)} tasks for {snapshot.as_of}, expected at least half of "
            f"the {tasks} stored for {before}. Nothing was written; if the source really has so few now, "
            "run the command again with --allow-shrunk"
        )


def _next_revision(revisions: tuple[ArchiveFile, ...]) -> int:
    """One more than the highest, so that a gap in the revisions is never filled with something newer."""
    parsed = parse_name(revisions[-1].name) if revisions else None
    return parsed[1] + 1 if parsed else 1


def _digest(file: ArchiveFile, reader: _Reader) -> str:
    try:
        return reader.digest(file.body)
    except SnapshotError as exc:
        raise _damaged(file, exc) from exc


def _parse(file: ArchiveFile, reader: _Reader) -> Snapshot:
    try:
        return reader.parse(file.body)
    except SnapshotError as exc:
        raise _damaged(file, exc) from exc


def _damaged(file: ArchiveFile, exc: SnapshotError) -> ArchiveError:
    return ArchiveError(
        f"{shown(file.path, 200)} in the archive is not a snapshot; it was damaged or edited. "
        f"Restore it (git checkout -- FILE); nothing was written.\n{exc}"
    )


def _carry_out(folder: Path, window: str, candidate: Candidate, decision: _Decision, reader: _Reader) -> Stored:
    """Write what was decided. If another run was quicker, decide again from what lies there now."""
    for _ in range(_TRIES):
        if decision.outcome == "unchanged" or write_new(folder, decision.file):
            return Stored(decision.outcome, decision.file.path, candidate.snapshot, decision.warnings)
        decision = _decide(_read_shelf(folder, window), window, candidate, reader)
    raise ArchiveError(
        f"{decision.file.path}: other runs stored files of this day {_TRIES} times in between. "
        "Nothing of this one was written; run it again"
    )
