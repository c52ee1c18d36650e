"""A site from nothing, beside a loop that only saves the same charts with Altair.

Ours is all of `generator build`: it draws, and writes the pages, the pictures, the cards and the files besides.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from generator import analyse, archive, charts, validate

from ..measured import PROJECT, in_turns, ratio, run, say
from ..tables import table
from .archives import write_days

GOALS = {1: 0.7, 365: 0.25}
SAVED_AT_MOST = 150  # charts; more than that are stood for by every n-th one
OURS, USUAL = "`generator build`, nothing kept", "`chart.save(svg)` in a loop"


def measure(rounds: int) -> str:
    """Wall seconds, start of Python included."""
    return table(("days", "charts", OURS, USUAL, "ratio", "goal"), [_row(days, rounds) for days in GOALS])


def _row(days: int, rounds: int) -> tuple[str, ...]:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_days(folder / "data", days)
        specs = list(specifications(folder / "data"))
        step = -(-len(specs) // SAVED_AT_MOST)
        write_specifications(folder / "specifications", specs[::step])
        say(f"{days} days: {len(specs)} charts, of which {len(specs[::step])} are saved by the loop")
        scale = len(specs) / len(specs[::step])
        found = in_turns({OURS: partial(_build, folder), USUAL: partial(_save, folder, scale)}, rounds)
    told = f"{len(specs):,}" + (f" (the loop: every {step}th, times {scale:.1f})" if step > 1 else "")
    middle = (f"{days:,}", told, found[OURS].told(1, " s"), found[USUAL].told(1, " s"))
    return *middle, ratio(found, OURS, USUAL).told(), str(GOALS[days])


def specifications(data: Path) -> Iterator[dict[str, Any]]:
    """Every chart that a build of this archive draws: of today, and of each edition."""
    history = archive.read_history(data, "7d", parse=validate.parse_snapshot, digest=validate.content_digest)
    if history is None:
        return
    yield from (chart.spec for chart in charts.all_charts(analyse.analyse(history), analyse.trends_of(history)))
    for day in analyse.frozen_editions(history):
        yield from (chart.spec for chart in charts.edition_charts(analyse.analyse(history, day.as_of)))


def write_specifications(folder: Path, specs: list[dict[str, Any]]) -> None:
    """One file a chart."""
    folder.mkdir()
    for number, spec in enumerate(specs):
        (folder / f"{number:05}.json").write_text(json.dumps(spec), encoding="utf-8")


def _build(folder: Path) -> float:
    with tempfile.TemporaryDirectory() as fresh:  # its cache too
        command = [sys.executable, "-m", "generator", "build", "--data", folder / "data"]
        return run(command, Path(fresh), PYTHONPATH=str(PROJECT)).seconds


def _save(folder: Path, scale: float) -> float:
    module = "tests.benchmarks.builder.usual_drawing"
    usage = run([sys.executable, "-m", module, folder / "specifications", folder / "saved"], PROJECT)
    loop = float(usage.said)
    return usage.seconds - loop + loop * scale
