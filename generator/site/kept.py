"""Pages that stay as they are, kept as they were rendered, in a cache that may be deleted at any time.

An entry is named by everything that determines it. One that is damaged is none, and one that cannot be written is none.
"""

import hashlib
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from sys import intern


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as it is written, with where its links lead and its ids."""

    path: str  # as the page has it: "editions/2026-W36/"
    file: str
    body: bytes
    links: tuple[str, ...]
    anchors: frozenset[str]


def kept_pages(cache: Path | None, key: str) -> tuple[Rendered, ...] | None:
    """The pages that were kept under `key`; None where there are none, or where they are not what was written."""
    content = _content(cache, key)
    if content is None:
        return None
    return tuple(
        Rendered(path, file, body.encode(), tuple(map(intern, links)), frozenset(map(intern, anchors)))
        for path, file, body, links, anchors in json.loads(content)
    )


def is_kept(cache: Path | None, key: str) -> bool:
    """Whether `kept_pages` has them."""
    return _content(cache, key) is not None


def keep(cache: Path | None, key: str, pages: Iterable[Rendered]) -> None:
    """Write beside and rename, so that no reader ever sees half an entry."""
    if cache is None:
        return
    rows = [[page.path, page.file, page.body.decode(), list(page.links), sorted(page.anchors)] for page in pages]
    content = json.dumps(rows, ensure_ascii=False).encode()
    beside = cache / f".{key}.{os.getpid()}"
    try:
        cache.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
        beside.replace(cache / f"{key}.json")
    except OSError:
        with suppress(OSError):
            beside.unlink()


def _content(cache: Path | None, key: str) -> bytes | None:
    if cache is None:
        return None
    try:
        digest, _, content = (cache / f"{key}.json").read_bytes().partition(b"\n")
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest().encode() == digest else None
