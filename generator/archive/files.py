"""The names and bytes of the archive's files."""

import errno
import os
import re
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.errors import ArchiveError, shown

_NAME = re.compile(r"(?P<as_of>\d{4}-\d{2}-\d{2})(?:\.r(?P<revision>[2-9]|[1-9]\d+))?\.json", re.ASCII)
_LOOKS_LIKE_DATA = re.compile(r"\d{4}-|.*\.json", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """A file of the archive, wherever it lives."""

    path: str  # below the data folder, with forward slashes: "7d/2026-08-31.r2.json"
    body: bytes

    @property
    def name(self) -> str:
        """`2026-08-31.r2.json`."""
        return self.path.rpartition("/")[2]


def file_name(as_of: date, revision: int) -> str:
    """`2026-08-31.json`, `2026-08-31.r2.json`."""
    return f"{as_of.isoformat()}.json" if revision == 1 else f"{as_of.isoformat()}.r{revision}.json"


def parse_name(name: str) -> tuple[date, int] | None:
    """The day and the revision that a file's name says; None if it is not a name of the archive."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    try:
        as_of = date.fromisoformat(match["as_of"])
    except ValueError:
        return None
    return as_of, int(match["revision"] or 1)


def looks_like_data(name: str) -> bool:
    """Whether a file that is not named as the archive's files are may hold a snapshot all the same."""
    return not name.startswith(".") and _LOOKS_LIKE_DATA.match(name) is not None


def list_names(folder: Path, window: str) -> list[str]:
    """Everything in the folder of a window but dotfiles, sorted; nothing if there is no such folder."""
    place = folder / window
    try:
        names = sorted(entry.name for entry in place.iterdir() if not entry.name.startswith("."))
    except FileNotFoundError:
        return []
    except OSError as exc:
        raise cannot("read the folder", place, exc) from exc
    return names


def read_file(folder: Path, path: str) -> ArchiveFile:
    """A file of the archive."""
    try:
        return ArchiveFile(path, (folder / path).read_bytes())
    except OSError as exc:
        raise cannot("read", folder / path, exc) from exc


def write_new(folder: Path, file: ArchiveFile) -> bool:
    """Write a file that was not there: complete, on the disk, or not at all. False if one of that name is there.

    The bytes go to a temporary file beside it, which is then linked under its name: a link never overwrites.
    """
    target = folder / file.path
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = _write_temporary(target, file.body)
        try:
            os.link(temporary, target)
        finally:
            temporary.unlink()
        _sync_folder(target.parent)
    except FileExistsError:
        return False
    except OSError as exc:
        raise cannot("write", target, exc) from exc
    return True


def _write_temporary(target: Path, body: bytes) -> Path:
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(body)
            out.flush()
            os.fsync(out.fileno())
        temporary.chmod(0o644)
    except OSError:
        temporary.unlink()
        raise
    return temporary


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a crash. Windows cannot open a folder and does not need it."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


_WHAT_TO_DO = {
    errno.ENOSPC: "free some space on the disk",
    errno.EDQUOT: "free some space on the disk",
    errno.EACCES: "give this user the right to read and write there, or choose another folder with --data",
    errno.EPERM: "choose a folder on a file system that has hard links, with --data",
    errno.EROFS: "choose a folder that can be written, with --data",
    errno.ENOTDIR: "a part of the path is a file: choose a folder with --data",
}


def cannot(what: str, place: Path, exc: OSError) -> ArchiveError:
    """What a disk that refuses means, and what to do."""
    reason = exc.strerror or type(exc).__name__
    todo = _WHAT_TO_DO.get(exc.errno or 0, "check the folder, or choose another with --data")
    return ArchiveError(f"cannot {what} {shown(str(place), 200)}: {reason}. The archive is as it was. To do: {todo}.")
