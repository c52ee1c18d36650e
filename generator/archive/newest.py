"""The newest of the archive, by the names of its files: quick, and not stopped by an old damaged file."""

import hashlib
from collections.abc import Callable
from datetime import date
from itertools import groupby
from pathlib import Path

from generator.models import History, Newest, Snapshot

from .files import list_names, parse_name, read_file
from .history import assemble

Named = tuple[date, int, str]  # day, revision, name


def newest(folder: Path, window: str) -> Newest | None:
    """What the archive of a window holds; None while it is empty. Nothing is validated.

    Raises ArchiveError for a folder or file that cannot be read.
    """
    named = _named(folder, window)
    if not named:
        return None
    as_of, _, name = named[-1]
    file = read_file(folder, f"{window}/{name}")
    days = [len(list(group)) for _, group in groupby(named, key=lambda found: found[0])]
    digest = hashlib.sha256(file.body).hexdigest()
    return Newest(file.path, as_of, digest, len(days), sum(revisions > 1 for revisions in days))


def digest_of(folder: Path, window: str) -> str:
    """Of every name and every byte in the folder of a window: the same digest, the same history."""
    digest = hashlib.sha256()
    for name in list_names(folder, window):
        body = read_file(folder, f"{window}/{name}").body if (folder / window / name).is_file() else b""
        digest.update(f"{name}\0{len(body)}\0".encode() + body)
    return digest.hexdigest()


def read_recent(
    folder: Path, window: str, days: int, *, parse: Callable[[bytes], Snapshot], digest: Callable[[bytes], str]
) -> History | None:
    """The newest `days` kept days alone, validated; None while the archive is empty. Raises ArchiveError."""
    named = _named(folder, window)
    recent = set(sorted({as_of for as_of, *_ in named})[-days:])
    files = [read_file(folder, f"{window}/{name}") for as_of, _, name in named if as_of in recent]
    return assemble(window, files, parse=parse, digest=digest, folder=str(folder)) if files else None


def _named(folder: Path, window: str) -> list[Named]:
    return sorted((*parsed, name) for name in list_names(folder, window) if (parsed := parse_name(name)))
