"""What was made, kept by what determines it, in a folder that may be deleted at any time.

Comes in: the folder (None: nothing is kept), the digest of all that determines a thing, and the thing as bytes, at once
or piece by piece. What is damaged is none, and a folder that cannot be written is none: then things are made again.
Several builds, of several branches, may share a folder: who else would ask under a digest would have made the same
bytes.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

MOST_BYTES = 2_000_000_000  # of the folder: ten years of editions and some weeks of drawings
_SUFFIX = ".kept"
_START = 65  # of the thing in its file, after the hex digits of its SHA-256 and a line feed


def digest_of(*parts: object) -> str:
    """The name of what `parts` determine, as they say themselves (repr)."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def kept(cache: Path | None, key: str) -> bytes | None:
    """What was kept; None where there is nothing, or where it is not what was written."""
    if cache is None:
        return None
    try:
        place = _place(cache, key)
        digest, _, content = place.read_bytes().partition(b"\n")
    except OSError:
        return None
    _use(place)
    return content if hashlib.sha256(content).hexdigest().encode() == digest else None


def is_kept(cache: Path | None, key: str) -> bool:
    """Whether `kept` has it. However large it is, it is not held."""
    if cache is None:
        return False
    try:
        place = _place(cache, key)
        with place.open("rb") as file:
            digest = file.read(_START)
            is_whole = hashlib.file_digest(file, "sha256").hexdigest().encode() + b"\n" == digest
    except OSError:
        return False
    _use(place)
    return is_whole


def opened(cache: Path | None, key: str) -> BinaryIO:
    """What `is_kept` found whole, to be read piece by piece. Raises OSError where it has gone since."""
    if cache is None:
        raise FileNotFoundError(key)
    file = _place(cache, key).open("rb")
    file.seek(_START)
    return file


def keep(cache: Path | None, key: str, content: bytes) -> None:
    """Keep `content`."""
    with keeping(cache, key) as add:
        add(content)


@contextmanager
def keeping(cache: Path | None, key: str) -> Iterator[Callable[[bytes], None]]:
    """Keep what is added piece by piece. After an error, or where the disk refuses a piece, nothing is kept.

    Written beside and renamed, so that no reader ever sees half a thing.
    """
    if cache is None:
        yield lambda piece: None
        return
    beside = _Beside(cache / f".{key}.{os.getpid()}")
    try:
        yield beside.add
        beside.move_to(_place(cache, key))
    finally:
        beside.remove()


class _Beside:
    """A file that is being written. From the first piece on that the disk refuses there is none."""

    def __init__(self, path: Path) -> None:
        self._path, self._digest = path, hashlib.sha256()
        self._file: BinaryIO | None = None
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("wb")
            self._file.write(bytes(_START))  # the digest is known at the end

    def add(self, piece: bytes) -> None:
        """At its end."""
        self._digest.update(piece)
        if self._file is not None:
            try:
                self._file.write(piece)
            except OSError:
                self.remove()

    def move_to(self, place: Path) -> None:
        """With the digest at its beginning."""
        if self._file is not None:
            with suppress(OSError):
                self._file.seek(0)
                self._file.write(self._digest.hexdigest().encode() + b"\n")
                self._file.close()
                self._path.replace(place)

    def remove(self) -> None:
        """Unless it was moved."""
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
            with suppress(OSError):
                self._path.unlink()
            self._file = None


def _place(cache: Path, key: str) -> Path:
    return cache / f"{key}{_SUFFIX}"


def _use(place: Path) -> None:
    """So that what is used stays, see `bound`."""
    with suppress(OSError):
        os.utime(place)


def bound(cache: Path | None, most_bytes: int = MOST_BYTES) -> None:
    """Remove what was not used for the longest time, until what is left is not larger."""
    if cache is None:
        return
    with suppress(OSError):
        with os.scandir(cache) as entries:
            found = [(entry.stat().st_mtime_ns, entry.stat().st_size, entry.path) for entry in entries]
        size = sum(size for _, size, _ in found)
        for _, less, path in sorted(found):
            if size <= most_bytes:
                return
            Path(path).unlink(missing_ok=True)
            size -= less
