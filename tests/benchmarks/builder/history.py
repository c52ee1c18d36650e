"""The archive read and validated, beside json with one pydantic object for each thing.

Ours checks far more (strict JSON, sums, orders, repetitions, names of files); the usual way checks types and ranges.
"""

import sys
import tempfile
from functools import partial
from pathlib import Path

from ..measured import PROJECT, Usage, ratio, run, usages_in_turns
from ..tables import table
from .archives import write_days

DAYS = (30, 365, 3_650)
GOAL_AT, GOAL = 3_650, 0.4
FIRST, AGAIN, USUAL = "ours, the first time", "ours, accepted before", "json + pydantic objects"
HEADER = ("days", FIRST, AGAIN, USUAL, "ratio, first", "ratio, again", "goal", "memory: first / again / usual")


def measure(rounds: int) -> str:
    """Processor seconds of one process, start of Python included, and its memory."""
    return table(HEADER, [_row(days, rounds) for days in DAYS])


def _row(days: int, rounds: int) -> tuple[str, ...]:
    with tempfile.TemporaryDirectory() as folder:
        data, cache = Path(folder) / "data", Path(folder) / "cache"
        write_days(data, days)
        commands = {FIRST: ("our_history", data), AGAIN: ("our_history", data, cache), USUAL: ("usual_history", data)}
        _read(*commands[AGAIN])  # which accepts them
        once = {name: _read(*command) for name, command in commands.items()}
        if len({usage.said for usage in once.values()}) > 1:
            raise SystemExit("not all have read the same files")
        _, found = usages_in_turns({name: partial(_read, *command) for name, command in commands.items()}, rounds)
    times = (found[name].told(unit=" s") for name in commands)
    ratios = (ratio(found, name, USUAL).told() for name in (FIRST, AGAIN))
    memory = " / ".join(f"{usage.megabytes:,.0f}" for usage in once.values())
    return f"{days:,}", *times, *ratios, str(GOAL) if days == GOAL_AT else "", f"{memory} MB"


def _read(module: str, *folders: Path) -> Usage:
    return run([sys.executable, "-m", f"tests.benchmarks.builder.{module}", *folders], PROJECT)
