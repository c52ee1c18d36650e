"""Bytes -> the snapshots that another published copy of the site lists in its `data/v1/index.json`.

It comes from anywhere, so everything in it is judged: names by pattern, sizes and numbers by caps, revisions by order.
"""

import re
from typing import TYPE_CHECKING

from generator.addresses import PACKED
from generator.errors import SnapshotError
from generator.models import Listed, PublishedIndex

from .strict_json import load
from .texts import described

if TYPE_CHECKING:
    from .index_shape import IndexPart

MAX_INDEX_BYTES = 32 * 1024 * 1024  # 3,650 days have 1 MB
_PATH = re.compile(
    r"(?P<window>\d{1,3}d)/(?P<as_of>\d{4}-\d{2}-\d{2})(?:\.r(?P<revision>[2-9]|[1-9]\d{1,3}))?\.json", re.ASCII
)


def parse_index(body: bytes) -> PublishedIndex:
    """Raises SnapshotError with every problem found, each with its JSON path."""
    index = _read_shape(body)
    problems = _misnamed(index) or _misplaced(index)
    if problems:
        raise SnapshotError("index.json lists what no archive holds:", problems[:20])
    listed = tuple(
        Listed(part.path, part.bytes, part.sha256, is_packed=part.file.endswith(PACKED)) for part in index.snapshots
    )
    return PublishedIndex(index.window, index.sample, listed)


def _read_shape(body: bytes) -> "IndexPart":
    from pydantic import ValidationError

    from .index_shape import IndexPart

    value = load(body, max_bytes=MAX_INDEX_BYTES)
    try:
        return IndexPart.model_validate(value)
    except ValidationError as exc:
        problems = [
            f"{'.'.join(map(str, error['loc'])) or 'index.json'}: found {described(error['input'])}: {error['msg']}"
            for error in exc.errors(include_url=False, include_context=False)
        ]
        raise SnapshotError("index.json is not the index of a published copy of this site:", problems[:20]) from exc


def _misnamed(index: "IndexPart") -> list[str]:
    """Every path is that of its own window, day and revision, and nothing else; so is that of the file."""
    problems = []
    for place, part in enumerate(index.snapshots):
        match = _PATH.fullmatch(part.path)
        told = (match["window"], match["as_of"], int(match["revision"] or 1)) if match else None
        if told != (index.window, part.as_of, part.revision):
            problems.append(
                f"snapshots[{place}].path: found {described(part.path)}, expected {index.window}/YYYY-MM-DD.json or "
                f"{index.window}/YYYY-MM-DD.r2.json, with the as_of and the revision beside it"
            )
        elif part.file not in ("", part.path, part.path + PACKED):
            problems.append(
                f"snapshots[{place}].file: found {described(part.file)}, expected {part.path} or {part.path}{PACKED}"
            )
    return problems


def _misplaced(index: "IndexPart") -> list[str]:
    """Each day's revisions begin with 1 and leave none out; none is there twice."""
    days: dict[str, list[int]] = {}
    for part in index.snapshots:
        days.setdefault(part.as_of, []).append(part.revision)
    return [
        f"snapshots of {as_of}: found the revisions {sorted(found)}, expected 1 to {len(found)}, each once"
        for as_of, found in days.items()
        if sorted(found) != list(range(1, len(found) + 1))
    ]
