"""Pages that stay as they are and the pictures beside them, kept as written (generator/kept.py)."""

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from sys import intern
from typing import Any

from generator import kept
from generator.models import File


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as it is written, with where its links lead and its ids."""

    path: str  # as the page has it: "editions/2026-W36/"
    file: str
    body: bytes
    links: tuple[str, ...]
    anchors: frozenset[str]


def kept_things(cache: Path | None, key: str) -> tuple[Rendered | File, ...] | None:
    """What was kept under `key`; None where there is nothing, or where it is not what was written."""
    content = kept.kept(cache, key)
    return None if content is None else tuple(_read(row) for row in json.loads(content))


def is_kept(cache: Path | None, key: str) -> bool:
    """Whether `kept_things` has them."""
    return kept.kept(cache, key) is not None


def keep(cache: Path | None, key: str, things: Iterable[Rendered | File]) -> None:
    """Keep them under `key`."""
    kept.keep(cache, key, json.dumps([_row(thing) for thing in things], ensure_ascii=False).encode())


def _row(thing: Rendered | File) -> list[object]:
    """As JSON can hold it: a file may be a picture, so its bytes are no text."""
    if isinstance(thing, File):
        return [thing.path, base64.b64encode(thing.body).decode()]
    return [thing.path, thing.file, thing.body.decode(), list(thing.links), sorted(thing.anchors)]


def _read(row: list[Any]) -> Rendered | File:
    if len(row) == 2:
        return File(row[0], base64.b64decode(row[1]))
    path, file, body, links, anchors = row
    return Rendered(path, file, body.encode(), tuple(map(intern, links)), frozenset(map(intern, anchors)))
