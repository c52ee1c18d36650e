"""What was made, kept by what determines it, in a folder that may be deleted at any time.

Comes in: the folder (None: nothing is kept), the digest of all that determines a thing, and the thing as bytes. What is
damaged is none, and a folder that cannot be written is none: then things are made again. Several builds, of several
branches, may share a folder: who else would ask under a digest would have made the same bytes.
"""

import hashlib
import os
from contextlib import suppress
from pathlib import Path

MOST_BYTES = 2_000_000_000  # of the folder: ten years of editions and some weeks of drawings
_SUFFIX = ".kept"


def digest_of(*parts: object) -> str:
    """The name of what `parts` determine, as they say themselves (repr)."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def kept(cache: Path | None, key: str) -> bytes | None:
    """What was kept; None where there is nothing, or where it is not what was written."""
    if cache is None:
        return None
    try:
        place = cache / f"{key}{_SUFFIX}"
        digest, _, content = place.read_bytes().partition(b"\n")
    except OSError:
        return None
    with suppress(OSError):
        os.utime(place)  # so that what is used stays, see `bound`
    return content if hashlib.sha256(content).hexdigest().encode() == digest else None


def keep(cache: Path | None, key: str, content: bytes) -> None:
    """Write beside and rename, so that no reader ever sees half a thing."""
    if cache is None:
        return
    beside = cache / f".{key}.{os.getpid()}"
    try:
        cache.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
        beside.replace(cache / f"{key}{_SUFFIX}")
    except OSError:
        with suppress(OSError):
            beside.unlink()


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
