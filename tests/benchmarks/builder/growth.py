"""What a history costs as it grows: from nothing, nothing changed, one template changed, and one more day.

Each build is a process of its own, in a copy of the project, so that a template can be changed. Told are wall seconds,
the memory of the largest process, and how many files of the site were written (a file that stays is not).
"""

import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from generator.sample import sample_files

from ..measured import PROJECT, Spread, run, say
from ..tables import table
from .archives import write_archive

DAYS = (30, 120, 365)
CHANGED = ("templates/task.html", "What this does not show", "What this doesn't show")
PARTS = ("generator", "templates", "static", "pyproject.toml")
STEPS = ("from nothing", "nothing changed", "one template changed", "one more day")


@dataclass(frozen=True, slots=True)
class Build:
    """What a build took and wrote."""

    seconds: float
    megabytes: float
    written: int
    files: int
    site_bytes: int


def measure(rounds: int, lengths: tuple[int, ...] = DAYS) -> str:
    """The four builds of archives of several lengths."""
    header = ("days", *STEPS, "memory", "site")
    return table(header, [_row(days, [_builds(days) for _ in range(rounds)]) for days in lengths])


def _row(days: int, rounds: list[list[Build]]) -> tuple[str, ...]:
    cells = [_told([builds[step] for builds in rounds]) for step in range(len(STEPS))]
    memory = max(build.megabytes for builds in rounds for build in builds)
    last = rounds[-1][-1]
    return f"{days:,}", *cells, f"{memory:,.0f} MB", f"{last.files:,} files, {last.site_bytes / 1e6:,.0f} MB"


def _told(builds: list[Build]) -> str:
    spread = Spread(tuple(build.seconds for build in builds))
    return f"{spread.told(1, ' s')}, {builds[-1].written:,} files"


def _builds(days: int) -> list[Build]:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        copy_project(folder / "project")
        *files, last = sample_files(days + 1)
        write_archive(folder / "data", files)
        found = [_build(folder), _build(folder)]
        _change_template(folder / "project")
        found.append(_build(folder))
        write_archive(folder / "data", [last])
        found.append(_build(folder))
    for step, build in zip(STEPS, found, strict=True):
        say(f"{days} days, {step}: {build.seconds:.1f} s, {build.megabytes:.0f} MB, {build.written} files written")
    return found


def copy_project(folder: Path) -> None:
    """What a build needs."""
    for name in PARTS:
        if (PROJECT / name).is_dir():
            shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(PROJECT / name, folder / name)


def _change_template(project: Path) -> None:
    name, before, after = CHANGED
    text = (project / name).read_text(encoding="utf-8")
    if before not in text:
        raise SystemExit(f"{name} holds no {before!r}: tell this benchmark what to change")
    (project / name).write_text(text.replace(before, after), encoding="utf-8")


def _build(folder: Path) -> Build:
    before = _marks(folder / "_site")
    usage = run([sys.executable, "-m", "generator", "build"], folder, PYTHONPATH=str(folder / "project"))
    after = _marks(folder / "_site")
    written = sum(before.get(path) != mark for path, mark in after.items())
    return Build(usage.seconds, usage.megabytes, written, len(after), sum(size for size, _ in after.values()))


def _marks(site: Path) -> dict[Path, tuple[int, int]]:
    """Size and time of each file: a build that leaves one as it is leaves its time too."""
    states = ((file, file.stat()) for file in site.rglob("*") if file.is_file())
    return {file: (state.st_size, state.st_mtime_ns) for file, state in states}
