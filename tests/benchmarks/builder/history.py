"""The archive read and validated, beside json with one pydantic object for each thing.

Ours checks far more (strict JSON, sums, orders, repetitions, names of files); the usual way checks types and ranges.
"""

import sys
import tempfile
from functools import partial
from pathlib import Path

from ..measured import PROJECT, Usage, in_turns, ratio, run
from ..tables import table
from .archives import write_days

DAYS = (30, 365, 3_650)
GOAL_AT, GOAL = 3_650, 0.4
OURS, USUAL = "ours", "json + pydantic objects"


def measure(rounds: int) -> str:
    """Wall seconds and memory, start of Python included."""
    return table(
        ("days read and validated", OURS, USUAL, "ratio", "goal", "a day", "memory"),
        [_row(days, rounds) for days in DAYS],
    )


def _row(days: int, rounds: int) -> tuple[str, ...]:
    usages: dict[str, list[Usage]] = {OURS: [], USUAL: []}
    with tempfile.TemporaryDirectory() as folder:
        write_days(Path(folder), days)
        contenders = {
            OURS: partial(_seconds, "our_history", folder, usages[OURS]),
            USUAL: partial(_seconds, "usual_history", folder, usages[USUAL]),
        }
        found = in_turns(contenders, rounds)
    memory = " / ".join(f"{max(usage.megabytes for usage in of):,.0f}" for of in usages.values())
    return (
        f"{days:,}",
        found[OURS].told(unit=" s"),
        found[USUAL].told(unit=" s"),
        ratio(found, OURS, USUAL).told(),
        str(GOAL) if days == GOAL_AT else "",
        f"{found[OURS].middle / days * 1000:.1f} ms",
        f"{memory} MB",
    )


def _seconds(module: str, data: str, usages: list[Usage]) -> float:
    usages.append(run([sys.executable, "-m", f"tests.benchmarks.builder.{module}", data], PROJECT))
    if len({usage.said for usage in usages}) > 1:
        raise SystemExit(f"{module} did not read the same days each time")
    return usages[-1].seconds
