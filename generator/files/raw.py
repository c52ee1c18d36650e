"""The snapshots as the source sent them."""

from collections.abc import Iterable, Iterator

from generator.addresses import raw_path
from generator.models import File


def raw_files(archive: Iterable[tuple[str, bytes]]) -> Iterator[File]:
    """Every snapshot byte for byte; every number on a page can be looked up in one."""
    for path, body in archive:
        yield File(raw_path(path), body)
