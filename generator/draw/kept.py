"""What was drawn, kept by what determines it, in a folder that may be deleted at any time.

An entry that is damaged is none, and a cache that cannot be written is none.
"""

import functools
import hashlib
import json
import os
from contextlib import suppress
from importlib import metadata
from pathlib import Path


def key_of(fonts: Path, *content: object) -> str:
    """The name of what `content` determines, together with the fonts and all that draws."""
    return hashlib.sha256(json.dumps([_version(fonts), *content], sort_keys=True).encode()).hexdigest()


def kept(cache: Path | None, key: str) -> bytes | None:
    """What was kept; None where there is nothing, or where it is not what was written."""
    if cache is None:
        return None
    try:
        digest, _, content = (cache / f"{key}.kept").read_bytes().partition(b"\n")
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest().encode() == digest else None


def keep(cache: Path | None, key: str, content: bytes) -> None:
    """Write beside and rename, so that no reader ever sees half an entry."""
    if cache is None:
        return
    beside = cache / f".{key}.{os.getpid()}"
    try:
        cache.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
        beside.replace(cache / f"{key}.kept")
    except OSError:
        with suppress(OSError):
            beside.unlink()


@functools.cache
def _version(fonts: Path) -> str:
    """Whatever else determines a picture: the libraries, the fonts, and the modules of this package."""
    digest = hashlib.sha256()
    for source in (*sorted(Path(__file__).parent.glob("*.py")), *sorted(fonts.glob("*.ttf"))):
        digest.update(hashlib.sha256(source.read_bytes()).digest())
    libraries = (f"{name} {metadata.version(name)}" for name in ("vl-convert-python", "uharfbuzz", "pillow"))
    return f"{' '.join(libraries)} {digest.hexdigest()}"
