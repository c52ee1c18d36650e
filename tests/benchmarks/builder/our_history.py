"""Ours: `python -m tests.benchmarks.builder.our_history DATA`, the archive read as `build` reads it."""

import sys
from pathlib import Path

from generator import archive, validate


def main(data: Path) -> None:
    """Read, validate, and keep all of it."""
    history = archive.read_history(data, "7d", parse=validate.parse_snapshot, digest=validate.content_digest)
    sys.stdout.write(f"{sum(len(day.revisions) for day in history.days) if history else 0}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
