"""The record of each task: who led it and when, its closest race, its turnover and its concentration.

Leaders and races are counted in editions, the last snapshots of finished weeks. Models tied at the first place, in the
published decimals, lead together. A week without a snapshot ends a reign: nothing is known of it. What came before a
task was last renamed or moved to another macro-category is another task's record.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from generator import formats
from generator.analyse.changes import is_same_task
from generator.analyse.concentration import concentrations_of
from generator.analyse.ranks import DECIMALS
from generator.analyse.turnover import turnovers_of
from generator.models import Day, Lead, Leader, Race, Reign, Snapshot, Task, TaskRecord, Turnover

NO_SNAPSHOT = "no snapshot that week"


@dataclass(frozen=True, slots=True)
class _Week:
    """The end of a week."""

    as_of: date
    tasks: Mapping[str, Task] | None  # by tag; None without a snapshot
    turnover: Mapping[str, Turnover]  # by tag

    def task(self, defined: Task) -> Task | None:
        """The task as it was then, if it was the same."""
        found = (self.tasks or {}).get(defined.tag)
        return found if found and is_same_task(found, defined) else None


def task_records_of(
    days: Sequence[Day], weeks: Mapping[date, Snapshot | None], finished: int
) -> Mapping[str, TaskRecord]:
    """By tag, the records of the newest day's tasks. `weeks`: the end of each; the first `finished` of them count."""
    newest = days[-1].shown.snapshot.tasks
    ends = list(_ends(days, weeks, newest))
    names = _names(newest, ends)
    return {task.tag: _record(task, ends, finished, names) for task in newest}


def _ends(days: Sequence[Day], weeks: Mapping[date, Snapshot | None], newest: Sequence[Task]) -> Iterator[_Week]:
    until = {day.as_of: count for count, day in enumerate(days, 1)}
    missing = {task.tag: Turnover(None, None, NO_SNAPSHOT) for task in newest}
    for as_of, snapshot in weeks.items():
        if snapshot is None:
            yield _Week(as_of, None, missing)
        else:
            turnover = turnovers_of(days[: until[as_of]], newest)
            yield _Week(as_of, {task.tag: task for task in snapshot.tasks}, turnover)


def _names(newest: Sequence[Task], weeks: Sequence[_Week]) -> Mapping[str, str]:
    """Of all models that are listed now or stood at one of the first two places, told apart among these."""
    before = (task for week in weeks if week.tasks for task in week.tasks.values())
    ids = {id for task in before for ids, _ in _places(task)[:2] for id in ids}
    return formats.model_names(ids.union(model.id for task in newest for model in task.models))


def _record(task: Task, weeks: Sequence[_Week], finished: int, names: Mapping[str, str]) -> TaskRecord:
    editions = _anew(task, weeks[:finished])
    requests, tokens = concentrations_of(task)
    return TaskRecord(
        leads=tuple(_lead(week.task(task), names) for week in weeks),
        turnover=tuple(week.turnover[task.tag] for week in weeks),
        reigns=tuple(_reigns(task, editions, names))[::-1],
        closest=_closest(task, editions, names),
        requests=requests,
        tokens=tokens,
    )


def _anew(task: Task, weeks: Sequence[_Week]) -> Sequence[_Week]:
    """The weeks after the last one in which the tag stood for another task, from the first that has this one."""
    others = (
        place
        for place, week in enumerate(weeks, 1)
        if week.tasks and task.tag in week.tasks and week.task(task) is None
    )
    own = weeks[max(others, default=0) :]
    return own[next((place for place, week in enumerate(own) if week.task(task)), len(own)) :]


def _reigns(task: Task, weeks: Sequence[_Week], names: Mapping[str, str]) -> Iterator[Reign]:
    """Oldest first."""
    held = [(week, *_holders(task, week, names)) for week in weeks]
    for (leaders, reason), group in groupby(held, key=lambda item: item[1:]):
        ends = [week.as_of for week, _, _ in group]
        yield Reign(leaders, ends[0], ends[-1], len(ends), reason)


def _holders(task: Task, week: _Week, names: Mapping[str, str]) -> tuple[tuple[Leader, ...], str]:
    """Who is first at the end of a week, or why nobody is known to be."""
    found = week.task(task)
    lead = _lead(found, names)
    if lead:
        return lead.leaders, ""
    return (), NO_SNAPSHOT if week.tasks is None else "no model listed" if found else "not among the tasks"


def _closest(task: Task, weeks: Iterable[_Week], names: Mapping[str, str]) -> Race | None:
    """Of several equally close ones the latest."""
    races = [race for week in weeks if (race := _race(week.as_of, week.task(task), names))]
    return min(reversed(races), key=lambda race: race.difference, default=None)


def _race(as_of: date, task: Task | None, names: Mapping[str, str]) -> Race | None:
    if task is None or len(task.models) < 2:
        return None
    first, *others = (_named(place, names) for place in _places(task)[:2])
    if len(first.leaders) > 1:
        return Race(as_of, first, None, 0.0)
    (second,) = others
    return Race(as_of, first, second, round(first.request_share - second.request_share, DECIMALS))


def _lead(task: Task | None, names: Mapping[str, str]) -> Lead | None:
    return _named(_places(task)[0], names) if task and task.models else None


def _named(place: tuple[Sequence[str], float], names: Mapping[str, str]) -> Lead:
    ids, share = place
    return Lead(tuple(Leader(id, names[id]) for id in ids), share)


def _places(task: Task) -> list[tuple[Sequence[str], float]]:
    """The permaslugs at each place by requests, in order, and the share that each of them has."""
    held: dict[float, list[str]] = {}
    for model, share in zip(task.models.ids, task.models.request_shares, strict=True):
        held.setdefault(round(share, DECIMALS), []).append(model)
    return [(sorted(held[share]), share) for share in sorted(held, reverse=True)]
