"""Archives of synthetic days, in size like real ones: 29 tasks and ten models each."""

from collections.abc import Iterable
from pathlib import Path

from generator.sample import sample_files


def write_archive(data: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write responses below the folder `data`."""
    for path, body in files:
        (data / path).parent.mkdir(parents=True, exist_ok=True)
        (data / path).write_bytes(body)


def write_days(data: Path, days: int) -> None:
    """Write that many days; the last is always the same."""
    write_archive(data, sample_files(days))
