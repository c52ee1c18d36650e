"""Files that someone kept -> their bytes, for `generator import`."""

import gzip
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.errors import ArchiveError, shown

from .files import ArchiveFile

MAX_BYTES = 64 * 1024 * 1024  # of one file, unpacked
_GZIP = b"\x1f\x8b"


def read_kept(paths: Iterable[Path]) -> Iterator[ArchiveFile]:
    """The files at these paths, unpacked, folders walked in the order of their names: `.json` and `.json.gz`.

    Raises ArchiveError for a path that is not there or cannot be read, a folder without such files and a file that
    is too large.
    """
    for path in paths:
        for file in _files(path):
            yield ArchiveFile(str(file), _read(file))


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.rglob("*") if file.name.endswith((".json", ".json.gz")) and file.is_file())
    if not found:
        raise ArchiveError(f"{shown(str(path), 200)}: found no .json or .json.gz file in this folder")
    return found


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == _GZIP
            raw.seek(0)
            with gzip.GzipFile(fileobj=raw) if packed else raw as file:
                body = file.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as exc:
        reason = getattr(exc, "strerror", None) or "not a complete gzip file"
        raise ArchiveError(f"cannot read {shown(str(path), 200)}: {reason}. Nothing was imported") from exc
    if len(body) > MAX_BYTES:
        raise ArchiveError(f"{shown(str(path), 200)}: found more than {MAX_BYTES:,} bytes. Nothing was imported")
    return body
