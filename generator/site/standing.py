"""What the last build left in a folder, kept beside the site: whether all of it still stands, and for the same inputs.

The note is in the cache and may be deleted at any time; then the site is built again. A file counts as standing with
the size and the time of its last change that it had then: nothing is read, so years of pages are looked at in a moment.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from generator.models import Built, Written

_Stat = tuple[int, int]  # bytes, nanoseconds


def standing(cache: Path | None, out: Path, key: str) -> Built | None:
    """What a build with these inputs made, if `out` is still as it left it; else None. `key`: of all inputs."""
    if cache is None:
        return None
    try:
        note = json.loads(_place(cache, out).read_bytes())
        if note["key"] != key or note["files"] != _listed(out):
            return None
        return _built(note["built"])
    except (OSError, ValueError, KeyError, TypeError):  # none, damaged, or of another version
        return None


def note_standing(cache: Path | None, out: Path, key: str, built: Built) -> None:
    """Remember what was built; a cache that cannot be written remembers nothing."""
    if cache is None:
        return
    note = {"key": key, "built": {**asdict(built), "as_of": built.as_of.isoformat()}, "files": _listed(out)}
    place = _place(cache, out)
    beside = place.with_name(f"{place.name}.{os.getpid()}")
    try:
        cache.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(note, ensure_ascii=False), "utf-8")
        beside.replace(place)
    except OSError:
        with suppress(OSError):
            beside.unlink()


def _place(cache: Path, out: Path) -> Path:
    return cache / f"site-{hashlib.sha256(str(out.resolve()).encode()).hexdigest()[:16]}.note"


def _listed(out: Path) -> dict[str, list[int]]:
    return {path: list(found) for path, found in sorted(_files(str(out), ""))}


def _files(folder: str, path: str) -> Iterator[tuple[str, _Stat]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path, f"{path}{entry.name}/")
            else:
                found = entry.stat(follow_symlinks=False)
                yield f"{path}{entry.name}", (found.st_size, found.st_mtime_ns)


def _built(kept: dict[str, Any]) -> Built:
    """Raises TypeError, KeyError or ValueError for anything but what `note_standing` wrote."""
    facts = {
        "as_of": date.fromisoformat(kept["as_of"]),
        "warnings": tuple(kept["warnings"]),
        "written": Written(**kept["written"]),
        "is_new": False,
    }
    return Built(**{**kept, **facts})
