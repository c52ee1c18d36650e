"""The snapshots as the source sent them."""

import gzip
from collections.abc import Container, Iterable, Iterator

from generator.addresses import raw_path
from generator.models import File, History, Log


def raw_files(archive: Iterable[tuple[str, bytes]], packed: Container[str]) -> Iterator[File]:
    """Every snapshot byte for byte, those `packed` inside of gzip; every number on a page can be looked up in one."""
    for path, body in archive:
        is_packed = path in packed
        yield File(raw_path(path, is_packed=is_packed), gzip.compress(body, mtime=0) if is_packed else body)


def packed_files(history: History, log: Log) -> frozenset[str]:
    """The files of the archive that are published packed: those of old days without a page that would lead to them.

    They are most of a long history, and packed a quarter as large.
    """
    shown = log.days_with_pages
    return frozenset(stored.path for day in history.days if day.as_of not in shown for stored in day.revisions)
