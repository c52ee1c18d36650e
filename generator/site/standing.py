"""What the last build left in a folder, kept beside the site: whether all of it still stands, and for the same inputs.

The note is in the cache and may be deleted at any time; then the site is built again. A file counts as standing with
the size and the time of its last change that it had then: nothing is read, so years of pages are looked at in a moment.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path
from typing import Any

from generator import kept
from generator.models import Built, Written

_Stat = tuple[int, int]  # bytes, nanoseconds


def standing(cache: Path | None, out: Path, key: str) -> Built | None:
    """What a build with these inputs made, if `out` is still as it left it; else None. `key`: of all inputs."""
    note = kept.kept(cache, _key(out))
    if note is None:
        return None
    told = json.loads(note)
    try:
        return _built(told["built"]) if told["key"] == key and told["files"] == _listed(out) else None
    except OSError:  # the folder is gone
        return None


def note_standing(cache: Path | None, out: Path, key: str, built: Built) -> None:
    """Remember what was built."""
    if cache is not None:
        told = {"key": key, "built": {**asdict(built), "as_of": built.as_of.isoformat()}, "files": _listed(out)}
        kept.keep(cache, _key(out), json.dumps(told, ensure_ascii=False).encode())


def _key(out: Path) -> str:
    """Of the folder: a later build of it takes the place of an earlier one."""
    return kept.digest_of("standing", *(field.name for field in fields(Built)), str(out.resolve()))


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
    facts = {
        "as_of": date.fromisoformat(kept["as_of"]),
        "warnings": tuple(kept["warnings"]),
        "written": Written(**kept["written"]),
        "is_new": False,
    }
    return Built(**{**kept, **facts})
