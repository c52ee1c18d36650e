"""Badges: who stands first in each task, in a few words."""

import json
from collections.abc import Iterable, Iterator

from generator import formats
from generator.addresses import badge_path
from generator.files.words import light_colours
from generator.models import Badge, Ended, File, Report, TaskReport

_BADGE_COLOURS = ("code", "data", "agent", "general")
_CACHE_SECONDS = 3600  # of a badge; shields.io takes 300 at least: https://shields.io/badges/endpoint-badge


def badges(report: Report, edition: str = "") -> Iterator[Badge]:
    """One a task, by requests. `edition`: the one whose badges they are; "" for those of the newest snapshot."""
    for task in report.tasks:
        first = [model.name for model in task.models if model.ranks.requests.place == 1]
        names = formats.listed(first if len(first) < 3 else [first[0], formats.plural(len(first) - 1, "other")])
        path = badge_path(task.category, task.tag, edition)
        said = formats.plain(
            f"{names or 'no model listed'} · {formats.short_date(report.as_of)}{_sample_words(report.is_sample)}"
        )
        label = f"#1{'=' if len(first) > 1 else ''} in {task.label}"
        yield Badge(path, label, said, _badge_colour(task), _badge_title(report, task, names))


def ended_badges(ended: Iterable[Ended], *, is_sample: bool) -> Iterator[Badge]:
    """At the address of each task that is no longer listed: a badge that stands somewhere never ends in an error."""
    for thing in ended:
        category, _, name = thing.path.removeprefix("tasks/").rstrip("/").partition("/")
        if not name or thing.path.startswith("models/"):
            continue
        said = f"no longer listed · last {formats.short_date(thing.as_of)}{_sample_words(is_sample)}"
        source = formats.source_line(thing.as_of, is_sample=is_sample)
        title = f"{thing.label} is no longer listed, last on {formats.long_date(thing.as_of)}. {source}"
        colour = category if category in _BADGE_COLOURS else "other"
        yield Badge(
            f"badges/{category}/{name}", f"#1 in {thing.label}", formats.plain(said), colour, formats.plain(title)
        )


def shields_file(badge: Badge, palette: str) -> File:
    """What shields.io makes a badge of, in its own styles. `palette`: the stylesheet of the colours."""
    content = {
        "schemaVersion": 1,
        "label": badge.label,
        "message": badge.message,
        "color": light_colours(palette)[badge.colour].removeprefix("#"),
        "cacheSeconds": _CACHE_SECONDS,
    }
    return File(f"{badge.path}.json", (json.dumps(content, ensure_ascii=False) + "\n").encode())


def _badge_title(report: Report, task: TaskReport, names: str) -> str:
    share = f" with {formats.percent(task.leader.share.requests)} of its requests" if task.leader else ""
    window = formats.window_words(report.window_days, report.as_of)
    source = formats.source_line(report.as_of, is_sample=report.is_sample)
    return formats.plain(f"First in {task.label} by requests: {names or 'no model listed'}{share}, {window}. {source}")


def _sample_words(is_sample: bool) -> str:
    return " · sample" if is_sample else ""


def _badge_colour(task: TaskReport) -> str:
    return task.category if task.category in _BADGE_COLOURS else "other"
