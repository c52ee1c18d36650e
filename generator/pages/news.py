"""What changed in 7 days, in sentences: each with both values, which lead to the days that they are of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator import formats
from generator.addresses import model_path, task_path
from generator.models import Crossing, FirstPlaced, LeadChange, Link, Move, News, Report, TaskName
from generator.pages.lines import Line, figure_link, joined

_SHAPES = {"new": "✚", "re-entry": "↺", "left": "✕"}
_WORDS = {"new": "new", "re-entry": "back", "left": "left"}


@dataclass(frozen=True, slots=True)
class Existing:
    """What has a page on the site now. All else is said in plain text."""

    tasks: frozenset[tuple[str, str]] = frozenset()  # macro-category, tag
    models: frozenset[str] = frozenset()

    @property
    def categories(self) -> frozenset[str]:
        """The keys of the macro-categories of these tasks."""
        return frozenset(category for category, _ in self.tasks)


@dataclass(frozen=True, slots=True)
class NewsPart:
    """A kind of event."""

    heading: str
    lines: tuple[Line, ...]


def existing_in(report: Report) -> Existing:
    """The tasks and models of the newest snapshot."""
    tasks = frozenset((task.category, task.tag) for task in report.tasks)
    return Existing(tasks, frozenset(model.id for model in report.models))


def news_summary(news: News) -> str:
    """How much happened, in one sentence."""
    kinds = [crossing.kind for crossing in news.models]
    came, back, left = (kinds.count(kind) for kind in ("new", "re-entry", "left"))
    return (
        f"{formats.plural(len(news.leads), 'change')} of the first place in a task, "
        f"{formats.plural(came, 'entry', 'entries')}, {formats.plural(back, 're-entry', 're-entries')} and "
        f"{formats.plural(left, 'exit')} in the tasks' lists of models"
        f"{_tasks_words(news.tasks)}."
    )


def news_parts(news: News, existing: Existing, *, has_lists: bool = True) -> tuple[NewsPart, ...]:
    """The events by kind; kinds without events are left out, and those of the lists where the lists stand below."""
    parts = (
        NewsPart("First places", tuple(lead_line(change, existing) for change in news.leads)),
        NewsPart("Tasks that came or went", tuple(task_line(crossing, existing) for crossing in news.tasks)),
        NewsPart("Largest moves", tuple(_move_line(move, existing) for move in news.moves)),
        NewsPart("In and out of the lists", tuple(_list_lines(news.models if has_lists else (), existing))),
    )
    return tuple(part for part in parts if part.lines)


def _tasks_words(crossings: Sequence[Crossing]) -> str:
    came = sum(crossing.kind != "left" for crossing in crossings)
    left = len(crossings) - came
    words = [f"{formats.plural(count, 'task')} {what}" for count, what in ((came, "more"), (left, "fewer")) if count]
    return f"; {formats.listed(words)}" if words else ""


def lead_line(change: LeadChange, existing: Existing) -> Line:
    """`Debugging: A with 12.7 % (10.9 % then); 7 days earlier B with 11.3 % (8.6 % now)`."""
    now = [_first_now(change, first, existing) for first in change.after]
    then = [_first_then(change, first, existing) for first in change.before]
    level_now, level_then = (", level" if len(side) > 1 else "" for side in (now, then))
    task = _task(change.task, existing)
    return (task, ": ", *joined(now), level_now, "; 7 days earlier ", *joined(then), level_then)


def _first_now(change: LeadChange, first: FirstPlaced, existing: Existing) -> Line:
    assert first.after, "who stands first is listed"
    then = figure_link(first.before.share.requests, change.since, change.task) if first.before else "not listed"
    now = figure_link(first.after.share.requests, change.as_of, change.task)
    return (_model(first.id, first.name, existing), " with ", now, " (", then, " then)")


def _first_then(change: LeadChange, first: FirstPlaced, existing: Existing) -> Line:
    assert first.before, "who stood first was listed"
    now = figure_link(first.after.share.requests, change.as_of, change.task) if first.after else "not listed"
    then = figure_link(first.before.share.requests, change.since, change.task)
    return (_model(first.id, first.name, existing), " with ", then, " (", now, " now)")


def task_line(crossing: Crossing, existing: Existing) -> Line:
    """`✚ new: Image Prompting, 0.5 % of all requests (28th of 30)`."""
    day = crossing.since if crossing.kind == "left" else crossing.as_of
    share = figure_link(crossing.standing.share.requests, day, crossing.task)
    then = " then" if crossing.kind == "left" else ""
    words = {"new": "new", "re-entry": "back", "left": "gone"}[crossing.kind]
    place = formats.place_words(crossing.standing.rank)
    head = f"{_SHAPES[crossing.kind]} {words}: "
    return (head, _task(crossing.task, existing), ", ", share, f" of all requests{then} ({place})")


def _move_line(move: Move, existing: Existing) -> Line:
    """`▲ A in Debugging: from 7.2 % to 11.5 %, +4.3 pp`."""
    who: Line = (_model(move.model_id, move.name, existing), " in ") if move.model_id else ()
    what = "" if move.model_id else ", share of all requests"
    then, now = (
        figure_link(standing.share.requests, day, move.task)
        for standing, day in ((move.before, move.since), (move.after, move.as_of))
    )
    shape = "▲" if move.difference > 0 else "▼"
    task = _task(move.task, existing)
    return (f"{shape} ", *who, task, f"{what}: from ", then, " to ", now, f", {formats.points(move.difference)}")


def _list_lines(crossings: Sequence[Crossing], existing: Existing) -> Iterator[Line]:
    """`Debugging: ✚ new A (9th, 1.2 %), B (10th, 1.1 %); ✕ left C (8th, 1.3 % then)`, a line for each task."""
    for task, of_task in groupby(crossings, key=lambda crossing: crossing.task):
        line: list[Link | str] = [_task(task, existing)]
        by_kind = sorted(of_task, key=lambda crossing: list(_SHAPES).index(crossing.kind))
        for kind, group in groupby(by_kind, key=lambda crossing: crossing.kind):
            line.append(f"{': ' if len(line) == 1 else '; '}{_SHAPES[kind]}{formats.NBSP}{_WORDS[kind]} ")
            for place, crossing in enumerate(group):
                line.extend((*((", ",) if place else ()), *_crossed(crossing, existing)))
        yield tuple(line)


def _crossed(crossing: Crossing, existing: Existing) -> Line:
    left = crossing.kind == "left"
    share = crossing.standing.share.requests
    value = figure_link(share, crossing.since if left else crossing.as_of, crossing.task)
    place = formats.ordinal(crossing.standing.rank.place)
    return (_model(crossing.model_id, crossing.name, existing), f" ({place}, ", value, " then)" if left else ")")


def _task(task: TaskName, existing: Existing) -> Link | str:
    is_there = (task.category, task.tag) in existing.tasks
    return Link(task.label, task_path(task.category, task.tag)) if is_there else task.label


def _model(model_id: str, name: str, existing: Existing) -> Link | str:
    return Link(name, model_path(model_id)) if model_id in existing.models else name
