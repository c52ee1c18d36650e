"""Ours: `python -m tests.benchmarks.builder.our_history DATA [CACHE]`, the archive read as `build` reads it."""

import sys
from pathlib import Path

from generator import archive, validate
from generator.pipeline.pieces import rules


def main(data: Path, cache: Path | None = None) -> None:
    """Read, validate, and keep all of it. From a cache come the months that were accepted before."""
    history = archive.read_history(
        data,
        "7d",
        parse=validate.parse_snapshot,
        digest=validate.content_digest,
        accepted=archive.Accepted(cache, rules()),
    )
    sys.stdout.write(f"{sum(len(day.revisions) for day in history.days) if history else 0}\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
