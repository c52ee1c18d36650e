"""Editions side by side with those of a fixed set of weeks earlier, whatever came later.

The rules are those of changes in 7 days: nothing is compared with a day that only repeated the one before it, nor with
a window of another length; a task that was renamed or moved is not compared, and where one list is shorter than the
other, nothing is said of the places that it has no room for. Each edition is ranked once and kept for the year in which
a later one may be compared with it.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from generator import formats
from generator.analyse.changes import Comparison, Key, Standings, between, why_not_between
from generator.analyse.days import rankings_of
from generator.analyse.events import edition_days, monday
from generator.analyse.labels import labelled
from generator.models import (
    DISTANCES_WEEKS,
    Change,
    Compared,
    ComparedEdition,
    ComparedTask,
    Day,
    Earlier,
    EditionComparison,
    History,
    Pair,
    Snapshot,
    Standing,
    State,
    Task,
)

MOST_MOVED = 2  # models of a task


@dataclass(frozen=True, slots=True)
class _Ranked:
    """An edition with its rankings."""

    day: Day
    snapshot: Snapshot  # with labels that readers can tell apart
    standings: Standings

    @property
    def edition(self) -> ComparedEdition:
        """What is said of it."""
        return ComparedEdition(formats.edition(self.day.as_of), self.day.as_of, len(self.day.revisions))


@dataclass(frozen=True, slots=True)
class _Sides:
    """Two editions and the rule between them."""

    then: Snapshot
    now: Snapshot
    comparison: Comparison
    after: Standings

    def standing(self, standings: Standings, key: Key) -> Standing | None:
        """None where it is not ranked."""
        return Standing(*standings[key]) if key in standings else None


def edition_comparisons(
    history: History, wanted: Container[date] | None = None
) -> Iterator[tuple[EditionComparison, ...]]:
    """For each finished edition, or those whose day is `wanted`, its comparisons with earlier ones; the oldest first.

    Linear in the days; hold on to few of them.
    """
    editions = earlier_editions(history.days)
    days = {formats.edition(day.as_of): day for day in history.days if day.as_of in editions}
    ranked = dict[str, _Ranked]()
    for as_of, earlier in editions.items():
        if wanted is None or as_of in wanted:
            label = formats.edition(as_of)
            for other in (label, *(other.label for other in earlier)):
                ranked[other] = ranked.get(other) or _ranked(days[other])
            yield tuple(_comparison(ranked[other.label], ranked[label], other.weeks) for other in earlier)
            limit = as_of - timedelta(weeks=max(DISTANCES_WEEKS) + 1)
            ranked = {label: kept for label, kept in ranked.items() if kept.day.as_of > limit}


def earlier_editions(days: Sequence[Day]) -> dict[date, tuple[Earlier, ...]]:
    """Day of each finished edition, the oldest first -> the editions that it is compared with, the nearest first."""
    finished = {monday(as_of): as_of for as_of, is_finished in edition_days(days).items() if is_finished}
    return {
        as_of: tuple(
            Earlier(weeks, formats.edition(finished[other]))
            for weeks in DISTANCES_WEEKS
            if (other := begin - timedelta(weeks=weeks)) in finished
        )
        for begin, as_of in finished.items()
    }


def _ranked(day: Day) -> _Ranked:
    return _Ranked(day, labelled(day.shown.snapshot), rankings_of(day.shown.snapshot))


def _comparison(then: _Ranked, now: _Ranked, weeks: int) -> EditionComparison:
    reason = why_not_between(then.day, now.day)
    comparison = between(then.day.shown.snapshot, now.day.shown.snapshot, then.standings, {}, reason)
    sides = _Sides(then.snapshot, now.snapshot, comparison, now.standings)
    apart = (now.day.as_of - then.day.as_of).days
    return EditionComparison(
        before=then.edition,
        after=now.edition,
        weeks=weeks,
        window_days=now.snapshot.window_days,
        is_sample=now.snapshot.is_sample,
        shared_days=max(0, min(then.snapshot.window_days, now.snapshot.window_days - apart)),
        no_comparison=reason,
        categories=_categories(sides),
        tasks=_tasks(sides),
    )


def _categories(sides: _Sides) -> tuple[Compared, ...]:
    then, now = ({item.key: item.label for item in snapshot.categories} for snapshot in (sides.then, sides.now))
    return _ordered(_compared(sides, ("category", key), key, now.get(key, ""), then.get(key, "")) for key in then | now)


def _tasks(sides: _Sides) -> tuple[ComparedTask, ...]:
    then, now = ({task.tag: task for task in snapshot.tasks} for snapshot in (sides.then, sides.now))
    labels = {category.key: category.label for category in sides.then.categories}
    names = formats.model_names(model.id for tasks in (then, now) for task in tasks.values() for model in task.models)
    found = {tag: _task(sides, tag, now.get(tag), then.get(tag), labels) for tag in then | now}
    return tuple(
        _with_models(sides, task, now.get(task.id), then.get(task.id), names) for task in _ordered(found.values())
    )


def _task(sides: _Sides, tag: str, now: Task | None, then: Task | None, labels: Mapping[str, str]) -> Compared:
    known, known_then = now or then, then or now
    assert known and known_then, "a task of one of the two days"
    is_renamed = now is None or tag in sides.comparison.redefined  # and not only labelled to be told from another one
    found = _compared(sides, ("task", tag), tag, now.label if now else "", then.label if then and is_renamed else "")
    return replace(
        found,
        category=known.category,
        category_before=known_then.category,
        moved_from=labels[known_then.category] if known.category != known_then.category else "",
    )


def _compared(sides: _Sides, key: Key, identifier: str, label: str, label_before: str) -> Compared:
    before, after = sides.standing(sides.comparison.before, key), sides.standing(sides.after, key)
    return Compared(
        id=identifier,
        label=label or label_before,
        category="",
        category_before="",
        before=before,
        after=after,
        change=sides.comparison.change(key, after.rank, after.share) if after else _gone(sides.comparison),
        label_before=label_before if label and label != label_before else "",
        moved_from="",
    )


def _gone(comparison: Comparison) -> Change:
    state: State = "no comparison" if comparison.reason else "left"
    return Change(state, comparison.since, 0, Pair(None, None), comparison.reason)


def _with_models(
    sides: _Sides, task: Compared, now: Task | None, then: Task | None, names: Mapping[str, str]
) -> ComparedTask:
    """What happened in the list of a task that stands on both days and is the same."""
    if not (now and then) or task.change.state == "no comparison":
        return ComparedTask(task, (), (), ())
    ids = dict.fromkeys(model.id for side in (now, then) for model in side.models)
    models = _ordered(_compared(sides, ("listed", task.id, id), id, names[id], names[id]) for id in ids)
    return ComparedTask(
        task=task,
        came=tuple(model for model in models if model.change.state == "new"),
        left=tuple(model for model in models if model.before and not model.after and _has_room(now, model.before)),
        moved=_most_moved(models),
    )


def _has_room(now: Task, before: Standing) -> bool:
    """Whether the later list is long enough to show that the place is lost."""
    return before.rank.place <= len(now.models)


def _most_moved(models: Sequence[Compared]) -> tuple[Compared, ...]:
    """Equal ones by permaslug."""
    moved = [model for model in models if model.change.share.requests]
    return tuple(sorted(moved, key=lambda model: (-abs(model.change.share.requests or 0.0), model.id))[:MOST_MOVED])


def _ordered(things: Iterable[Compared]) -> tuple[Compared, ...]:
    """By place and tokens on the later day, those that are gone behind them by theirs then; then by identifier."""

    def key(thing: Compared) -> tuple[bool, int, float, str]:
        standing = thing.after or thing.before
        assert standing, "ranked on one of the two days"
        return thing.after is None, standing.rank.place, -(standing.share.tokens or 0.0), thing.id

    return tuple(sorted(things, key=key))
