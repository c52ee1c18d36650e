"""Who leads what each chart of an edition shows, and since when; and what is no longer listed at all.

A frozen embed compares its own leader with this one and so admits when the world moved. A lead begins on the first
kept day of an unbroken row of snapshots with the same first ones; a day on which the thing was not listed breaks it.
"""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from generator import formats
from generator.addresses import (
    category_chart_id,
    category_path,
    model_chart_id,
    model_path,
    task_chart_id,
    task_path,
)
from generator.analyse.labels import labelled
from generator.analyse.ranks import DECIMALS, intensity_of
from generator.models import ChartLead, Ended, History, Leader, Pair, Snapshot, Task

_Key = tuple[str, ...]  # the kind of a thing, then its identifier; of a task its macro-category between
_Firsts = tuple[str, ...]  # identifiers, by requests; several are tied in the published decimals


def chart_leads(history: History) -> tuple[ChartLead, ...]:
    """Of each chart that any edition may have, who leads on the last day that it could be drawn, by chart id."""
    found: dict[str, _Reign] = {}
    closed = set[str]()  # those whose row is broken; nothing before it matters
    for day in reversed(history.days):
        snapshot = day.shown.snapshot
        firsts = dict(_firsts_of(snapshot, closed))
        closed |= found.keys() - firsts.keys()
        for chart, ids in firsts.items():
            if chart not in found:
                found[chart] = _Reign(ids, day.as_of, snapshot)
            elif found[chart].ids == ids:
                found[chart] = _Reign(ids, day.as_of, found[chart].snapshot)
            else:
                closed.add(chart)
    return tuple(_lead(chart, found[chart]) for chart in sorted(found))


def ended_charts(history: History) -> tuple[Ended, ...]:
    """Every task, macro-category and model of earlier days, with the charts that may have been drawn of it by then.

    What is listed no longer has none of them now. What is listed may lack one, since a renamed task has no past, nor
    has a list in which all models are new. An address that was given once is never an error: a page tells.
    """
    first: dict[_Key, date] = {}
    last: dict[_Key, Snapshot] = {}
    for day in history.days:
        keys = _things_of(day.shown.snapshot)
        first |= dict.fromkeys(keys - first.keys(), day.as_of)
        last |= dict.fromkeys(keys, day.shown.snapshot)
    newest = history.latest
    known = sorted(key for key in last if first[key] < newest.as_of)
    of_all = [Ended("", ("intensity", "macro-history", "models"), "All tasks", newest.as_of, is_listed=True)]
    return (*(of_all if known else ()), *(_ended(key, first[key], last[key], newest) for key in known))


def _things_of(snapshot: Snapshot) -> set[_Key]:
    models = set().union(*(task.models.ids for task in snapshot.tasks))
    return {
        *(("category", category.key) for category in snapshot.categories),
        *(("task", task.category, task.tag) for task in snapshot.tasks),
        *(("model", model) for model in models),
    }


@dataclass(frozen=True, slots=True)
class _Reign:
    ids: _Firsts
    since: date
    snapshot: Snapshot  # the last one that has the chart


def _lead(chart: str, reign: _Reign) -> ChartLead:
    names = _names(reign.snapshot)
    leaders = tuple(Leader(identifier, names[identifier]) for identifier in reign.ids)
    return ChartLead(chart, leaders, reign.since, reign.snapshot.as_of)


def _names(snapshot: Snapshot) -> dict[str, str]:
    """Of everything in a snapshot, as its pages call it. Keys, tags and permaslugs are never the same."""
    told_apart = labelled(snapshot)
    names = {task.tag: task.label for task in told_apart.tasks}
    names |= {category.key: category.label for category in told_apart.categories}
    return names | formats.model_names(model for task in snapshot.tasks for model in task.models.ids)


def _firsts_of(snapshot: Snapshot, without: Container[str]) -> Iterator[tuple[str, _Firsts]]:
    """Who leads each chart of a snapshot, but for those that need not be known any more."""
    tasks, categories = snapshot.tasks, snapshot.categories
    if "macro" not in without:
        yield "macro", _first((category.key, category.request_share) for category in categories)
    if "tasks" not in without:
        yield "tasks", _first((task.tag, task.request_share) for task in tasks)
    if "intensity" not in without and (heaviest := _heaviest(tasks)):
        yield "intensity", heaviest
    for category in categories:
        chart, own = category_chart_id(category.key), [task for task in tasks if task.category == category.key]
        if own and chart not in without:
            yield chart, _first((task.tag, task.category_request_share) for task in own)
        if any(task.models for task in own) and f"{chart}-models" not in without:
            yield f"{chart}-models", _first(_carried(own).items())
    for task in tasks:
        chart = task_chart_id(task.category, task.tag)
        if task.models and chart not in without:
            yield chart, _first(zip(task.models.ids, task.models.request_shares, strict=True))


def _first(shares: Iterable[tuple[str, float]]) -> _Firsts:
    known = [(identifier, round(share, DECIMALS)) for identifier, share in shares]
    top = max(share for _, share in known)
    return tuple(sorted(identifier for identifier, share in known if share == top))


def _carried(tasks: Iterable[Task]) -> dict[str, float]:
    """Each model's share of the requests of a macro-category, at least (see analyse/snapshot.py)."""
    sums: dict[str, float] = {}
    for task in tasks:
        for model, share in zip(task.models.ids, task.models.request_shares, strict=True):
            sums[model] = sums.get(model, 0.0) + share * task.category_request_share
    return sums


def _heaviest(tasks: Iterable[Task]) -> _Firsts:
    """The task with the highest ratio of tokens to requests."""
    weighed = ((task.tag, intensity_of(Pair(task.request_share, task.token_share))) for task in tasks)
    ratios = {tag: intensity.ratio for tag, intensity in weighed if intensity}
    top = max(ratios.values(), default=None)
    return tuple(sorted(tag for tag, ratio in ratios.items() if ratio == top))


def _ended(key: _Key, first: date, snapshot: Snapshot, newest: Snapshot) -> Ended:
    kind, *above, name = key
    if kind == "category":
        path, chart = category_path(name), category_chart_id(name)
        charts: tuple[str, ...] = (chart, f"{chart}-models")
    elif kind == "task":
        path, chart = task_path(above[0], name), task_chart_id(above[0], name)
        has_weeks = first.isocalendar()[:2] < snapshot.as_of.isocalendar()[:2]
        charts = (chart, f"{chart}-share", *((f"{chart}-history",) if has_weeks else ()))
    else:
        path, chart = model_path(name), model_chart_id(name)
        charts = (chart, f"{chart}-history")
    return Ended(path, charts, _names(snapshot)[name], snapshot.as_of, is_listed=snapshot is newest)
