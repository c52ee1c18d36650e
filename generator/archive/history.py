"""Files -> History: the whole archive of a window, each file validated anew."""

import gc
import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from itertools import groupby
from pathlib import Path

from generator.errors import ArchiveError, SnapshotError, shown
from generator.models import Day, History, Snapshot, StoredSnapshot

from .accepted import Accepted, month_of, read_month
from .files import ArchiveFile, file_name, list_names, looks_like_data, parse_name, read_file

Parse = Callable[[bytes], Snapshot]
Digest = Callable[[bytes], str]


def read_history(
    folder: Path, window: str, *, parse: Parse, digest: Digest, accepted: Accepted | None = None
) -> History | None:
    """The archive of a window; None when it holds no snapshot. `accepted`: where months that were read before are kept.

    Raises ArchiveError, naming the file and the place in it, for a file that does not validate, whose name is not its
    own `as_of`, a revision without the one before it, and a stray file that looks like data.
    """
    names = list_names(folder, window)
    for name in names:
        _refuse_stray(folder / window, name)
    paths = [f"{window}/{name}" for name in names if parse_name(name)]
    if not paths:
        return None
    files = (read_file(folder, path) for path in paths)
    return assemble(window, files, parse=parse, digest=digest, folder=str(folder), accepted=accepted)


def read_files(folder: Path, history: History) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every file of `history`, read once more and the same as then. Raises ArchiveError if not."""
    for stored in (stored for day in history.days for stored in day.revisions):
        file = read_file(folder, stored.path)
        if hashlib.sha256(file.body).hexdigest() != stored.sha256:
            raise ArchiveError(
                f"{shown(f'{folder}/{stored.path}', 200)} was changed while the site was built; build it again"
            )
        yield file.path, file.body


def assemble(
    window: str,
    files: Iterable[ArchiveFile],
    *,
    parse: Parse,
    digest: Digest,
    folder: str = "",
    accepted: Accepted | None = None,
) -> History:
    """The history that these files are, wherever they come from; `folder` is where messages say that they lie.

    Raises ArchiveError as `read_history` does, and for no files at all.
    """
    place = f"{folder}/" if folder else ""
    read = partial(_read_or_raise, window, parse=parse, digest=digest, place=place)
    with _uncollected():
        reads = sorted(_read_all(files, read, accepted or Accepted(None, "")), key=_order)
    if not reads:
        raise ArchiveError(f"found no snapshot of the window {shown(window)}, expected at least one")
    days: list[Day] = []
    for as_of, group in groupby(reads, key=lambda stored: stored.as_of):
        revisions = tuple(group)
        _refuse_missing_revision(as_of, revisions, place)
        days.append(Day(as_of, revisions, is_repeat=bool(days) and _says_the_same(days[-1], revisions[-1])))
    return History(window, tuple(days))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Years are half a million objects without a cycle: walking them again and again takes as long as reading them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if was_on:
            gc.enable()


def _order(stored: StoredSnapshot) -> tuple[date, int]:
    return stored.as_of, stored.revision


def _says_the_same(before: Day, stored: StoredSnapshot) -> bool:
    return before.revisions[-1].content_sha256 == stored.content_sha256


def _read_all(
    files: Iterable[ArchiveFile], read: Callable[[ArchiveFile, str], StoredSnapshot], accepted: Accepted
) -> Iterator[StoredSnapshot]:
    for _, month in groupby(files, key=month_of):
        yield from read_month(tuple(month), accepted, read)


def _read_or_raise(
    window: str, file: ArchiveFile, sha256: str, *, parse: Parse, digest: Digest, place: str
) -> StoredSnapshot:
    try:
        return _read(window, file, sha256, parse, digest)
    except SnapshotError as exc:
        raise ArchiveError(
            f"{shown(place + file.path, 200)} is not a snapshot; it was damaged or edited. "
            f"Restore it (git checkout -- FILE); nothing was built.\n{exc}"
        ) from exc
    except ValueError as exc:
        raise ArchiveError(f"{shown(place + file.path, 200)}: {exc}") from exc


def _read(window: str, file: ArchiveFile, sha256: str, parse: Parse, digest: Digest) -> StoredSnapshot:
    """A file, validated. Raises SnapshotError for its content, ValueError for what does not fit its name."""
    parsed = parse_name(file.name)
    if parsed is None or file.path != f"{window}/{file.name}":
        raise ValueError(f"found this name, expected {window}/YYYY-MM-DD.json or {window}/YYYY-MM-DD.r2.json")
    as_of, revision = parsed
    snapshot = parse(file.body)
    if snapshot.as_of != as_of:
        raise ValueError(
            f"data.as_of: found {snapshot.as_of}, expected {as_of}, the file's own name. Rename or restore the file"
        )
    if f"{snapshot.window_days}d" != window:
        raise ValueError(f"data.window_days: found {snapshot.window_days}, expected the folder's window, {window}")
    return StoredSnapshot(
        path=file.path,
        as_of=as_of,
        revision=revision,
        sha256=sha256,
        content_sha256=digest(file.body),
        size_bytes=len(file.body),
        snapshot=snapshot,
    )


def _refuse_stray(place: Path, name: str) -> None:
    if parse_name(name):
        return
    if looks_like_data(name) or (place / name).is_dir():
        raise ArchiveError(
            f"{shown(str(place / name), 200)}: found a stray file or folder among the snapshots, "
            "expected names like 2026-08-31.json or 2026-08-31.r2.json. Move it out of the archive"
        )


def _refuse_missing_revision(as_of: date, revisions: tuple[StoredSnapshot, ...], place: str) -> None:
    for expected, stored in enumerate(revisions, start=1):
        if stored.revision != expected:
            missing = stored.path.replace(file_name(as_of, stored.revision), file_name(as_of, expected))
            raise ArchiveError(
                f"{shown(place + stored.path, 200)}: found a revision without the one before it, "
                f"expected {shown(place + missing, 200)} too. Restore that file"
            )
