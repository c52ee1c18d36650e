"""`uv run python -m tests.benchmarks [NAME…]`: measures and prints Markdown tables. Without a name: all, some hours."""

import argparse
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from .measured import conditions

BENCHMARKS = {  # name: the module, and how many rounds it takes
    "weight": ("reader.weight", 5),
    "scores": ("reader.scores", 5),
    "interaction": ("reader.interaction", 9),
    "pages": ("builder.pages", 5),
    "drawing": ("builder.drawing", 3),
    "history": ("builder.history", 5),
    "growth": ("builder.growth", 3),
    "decade": ("builder.decade", 1),
}


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--rounds", type=int, help="how often each contender runs")
    parser.add_argument(
        "--site", type=Path, help="for what a reader waits for: a site that is there, instead of a new one"
    )
    options = parser.parse_args()
    if unknown := set(options.names) - BENCHMARKS.keys():
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}")
    for name in options.names or BENCHMARKS:
        module, rounds = BENCHMARKS[name]
        measure: Callable[..., str] = import_module(f".{module}", __package__).measure
        given = (options.site,) if options.site and module.startswith("reader.") else ()
        text = measure(options.rounds or rounds, *given)
        sys.stdout.write(f"\n`uv run python -m tests.benchmarks {name}` ({conditions()})\n\n{text}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
