"""Pages that stay as they are and the pictures beside them, kept as written (generator/kept.py).

One after the other, each as a line of JSON that says what it is and its bytes: years of them are never held at once.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from sys import intern
from typing import BinaryIO

from generator import kept
from generator.errors import SiteError
from generator.models import File

is_kept = kept.is_kept


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as it is written, with where its links lead and its ids."""

    path: str  # as the page has it: "editions/2026-W36/"
    file: str
    body: bytes
    links: tuple[str, ...]
    anchors: frozenset[str]


def kept_things(cache: Path | None, key: str) -> Iterator[Rendered | File]:
    """What `is_kept` found. Raises SiteError where it has gone since."""
    try:
        with kept.opened(cache, key) as file:
            while line := file.readline():
                yield _read(line, file)
    except (OSError, ValueError) as exc:
        raise SiteError("the cache changed while the site was built; build it again") from exc


@contextmanager
def keeping(cache: Path | None, key: str) -> Iterator[Callable[[Rendered | File], None]]:
    """Keep what is handed over, one after the other, unless an error comes."""
    with kept.keeping(cache, key) as add:
        yield lambda thing: add(_said(thing) + thing.body)


def _said(thing: Rendered | File) -> bytes:
    size = len(thing.body)
    said = (
        [size, thing.path]
        if isinstance(thing, File)
        else [size, thing.path, thing.file, thing.links, sorted(thing.anchors)]
    )
    return json.dumps(said).encode() + b"\n"


def _read(line: bytes, file: BinaryIO) -> Rendered | File:
    size, path, *page = json.loads(line)
    body = file.read(size)
    if len(body) != size:
        raise ValueError("cut off")
    if not page:
        return File(path, body)
    name, links, anchors = page
    return Rendered(path, name, body, tuple(map(intern, links)), frozenset(map(intern, anchors)))
