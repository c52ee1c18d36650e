"""Pages that stay as they are and the pictures beside them, kept as written, in a cache that may be deleted any time.

An entry is named by everything that determines it. One that is damaged is none, and one that cannot be written is none.
"""

import base64
import hashlib
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from sys import intern
from typing import Any

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
    content = _content(cache, key)
    return None if content is None else tuple(_read(row) for row in json.loads(content))


def is_kept(cache: Path | None, key: str) -> bool:
    """Whether `kept_things` has them."""
    return _content(cache, key) is not None


def keep(cache: Path | None, key: str, things: Iterable[Rendered | File]) -> None:
    """Write beside and rename, so that no reader ever sees half an entry."""
    if cache is None:
        return
    content = json.dumps([_row(thing) for thing in things], ensure_ascii=False).encode()
    beside = cache / f".{key}.{os.getpid()}"
    try:
        cache.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
        beside.replace(cache / f"{key}.json")
    except OSError:
        with suppress(OSError):
            beside.unlink()


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


def _content(cache: Path | None, key: str) -> bytes | None:
    if cache is None:
        return None
    try:
        digest, _, content = (cache / f"{key}.json").read_bytes().partition(b"\n")
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest().encode() == digest else None
