"""Contenders -> what they took, in turns: on a shared machine only the ratios of one round can be trusted.

A round lets every contender run once, one after the other, so that what else the machine does meets all of them. A
ratio is that of one round; what is told is the one in the middle, and the smallest and the greatest.
"""

import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True)
class Usage:
    """What a command took."""

    seconds: float  # wall time
    processor: float  # seconds that it and what it started were computing: what else the machine does counts little
    megabytes: float  # of its largest process
    said: str  # on standard output


@dataclass(frozen=True, slots=True)
class Spread:
    """Several figures of one thing."""

    values: tuple[float, ...]

    @property
    def middle(self) -> float:
        """The median."""
        return median(self.values)

    def told(self, digits: int = 2, unit: str = "") -> str:
        """`0.52 (0.49–0.61)`."""
        low, middle, high = (f"{value:,.{digits}f}" for value in (min(self.values), self.middle, max(self.values)))
        return f"{middle}{unit}" if len(self.values) == 1 else f"{middle}{unit} ({low}–{high})"


PROJECT = Path(__file__).parents[2]
Rounds = dict[str, Spread]


def in_turns(contenders: Mapping[str, Callable[[], float]], rounds: int) -> Rounds:
    """Let each run as often as there are rounds, each round in the other direction than the one before."""
    values: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(rounds):
        order = list(contenders)
        for name in order if number % 2 == 0 else reversed(order):
            values[name].append(contenders[name]())
            say(f"round {number + 1} of {rounds}, {name}: {values[name][-1]:,.2f}")
    return {name: Spread(tuple(found)) for name, found in values.items()}


def ratio(rounds: Rounds, ours: str, theirs: str) -> Spread:
    """Ours to theirs, round by round."""
    pairs = zip(rounds[ours].values, rounds[theirs].values, strict=True)
    return Spread(tuple(mine / other for mine, other in pairs))


def usages_in_turns(contenders: Mapping[str, Callable[[], Usage]], rounds: int) -> tuple[Rounds, Rounds]:
    """The same for commands: wall seconds and processor seconds."""
    used: dict[str, list[Usage]] = {name: [] for name in contenders}

    def seconds(name: str) -> float:
        used[name].append(contenders[name]())
        return used[name][-1].seconds

    wall = in_turns({name: partial(seconds, name) for name in contenders}, rounds)
    return wall, {name: Spread(tuple(usage.processor for usage in of)) for name, of in used.items()}


def run(command: Sequence[str | Path], folder: Path, **environment: str) -> Usage:
    """Run a command in `folder` and wait for its end. A failure ends the benchmark with what the command said."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    assert process.stdout is not None
    with process.stdout as output:
        said = output.read()
    _, status, usage = os.wait4(process.pid, 0)  # its own memory, or that of the largest process that it started
    process.returncode = code = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - began
    if code:
        sys.exit(f"{' '.join(map(str, command))} ended with {code}:\n{said[-3000:]}")
    return Usage(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, said)


def conditions() -> str:
    """Machine and day, for the line above a table."""
    day = datetime.now(UTC).date()
    return f"{os.cpu_count()} cores ({_processor()}), {platform.system()}, Python {platform.python_version()}, {day}"


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())


def say(text: str) -> None:
    """How far it is, beside the tables."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
