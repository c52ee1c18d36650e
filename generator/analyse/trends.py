"""The course of every share that a page shows, at a grain that stays readable: days, weeks or months.

A missing day is a gap: None at its place on the time axis, never a value from beside it. A model that a list did not
hold that day is None too: unknown. A task that was renamed or moved in between begins anew.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from generator.analyse.changes import Key, is_same_task
from generator.analyse.definitions import redefinitions
from generator.analyse.ranks import ordered, rank_all
from generator.analyse.records import records_of
from generator.analyse.task_records import task_records_of
from generator.models import Course, Day, Grain, History, ModelList, Pair, Snapshot, Task, Trends

_MOST_DAYS = 130  # drawn day by day; about what one edition a week makes of two and a half years
_MOST_WEEKS_DAYS = 5 * 366  # drawn week by week; longer histories month by month


Places = Callable[[ModelList], dict[str, int]]


def trends_of(history: History) -> Trends:
    """The courses of all that stands in the rankings of the newest day."""
    days = history.days
    grain = _grain(days)
    kept = _representatives(days, grain)
    dates = tuple(kept)
    snapshots = [kept[day] for day in dates]
    weeks = _representatives(days, "week")
    newest = days[-1].shown.snapshot
    positions = _positions(newest, list(weeks.values()), _places)
    is_kept = tuple(snapshot is not None for snapshot in weeks.values())
    is_last_week_over = days[-1].as_of.isoweekday() == 7
    finished = tuple(weeks) if is_last_week_over else tuple(weeks)[:-1]
    return Trends(
        grain=grain,
        dates=dates,
        shares=_shares(newest, snapshots),
        weeks=tuple(weeks),
        is_last_week_over=is_last_week_over,
        week_shares=_shares(newest, list(weeks.values())),
        positions=positions,
        records=records_of(_positions(newest, list(weeks.values()), _shared_places), finished, is_kept),
        tasks=task_records_of(days, weeks, len(finished)),
        redefined=redefinitions(day.shown.snapshot for day in days),
        restated=tuple(day.as_of for day in days if len(day.revisions) > 1),
    )


def _grain(days: Sequence[Day]) -> Grain:
    span = (days[-1].as_of - days[0].as_of).days
    return "day" if span <= _MOST_DAYS else "week" if span <= _MOST_WEEKS_DAYS else "month"


def _representatives(days: Sequence[Day], grain: Grain) -> dict[date, Snapshot | None]:
    """One date for each day, week or month from the first to the last: that of its last snapshot, which comes with it.

    Where there is none, the date is that of the period's last day, and None stands for the snapshot.
    """
    last = {_period(day.as_of, grain): day for day in days}
    found: dict[date, Snapshot | None] = {}
    end = _period_end(days[0].as_of, grain)
    while True:
        day = last.get(_period(end, grain))
        found[day.as_of if day else end] = day.shown.snapshot if day else None
        if end >= days[-1].as_of:
            return found
        end = _period_end(end + timedelta(days=1), grain)


def _period(day: date, grain: Grain) -> tuple[int, ...]:
    if grain == "day":
        return (day.toordinal(),)
    return tuple(day.isocalendar())[:2] if grain == "week" else (day.year, day.month)


def _period_end(day: date, grain: Grain) -> date:
    if grain == "day":
        return day
    if grain == "week":
        return day + timedelta(days=7 - day.isoweekday())
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _shares(newest: Snapshot, snapshots: Sequence[Snapshot | None]) -> Mapping[Key, Course]:
    """By key the shares at each date."""
    courses: dict[Key, list[Pair | None]] = {
        key: [] for key in _shares_of(newest, {task.tag: task for task in newest.tasks})
    }
    defined = {task.tag: task for task in newest.tasks}
    for snapshot in snapshots:
        now = _shares_of(snapshot, defined) if snapshot else {}
        for key, course in courses.items():
            course.append(now.get(key))
    return {key: tuple(course) for key, course in courses.items()}


def _shares_of(snapshot: Snapshot, defined: Mapping[str, Task]) -> dict[Key, Pair]:
    """The shares of a snapshot by key, of tasks that are the same as in `defined`."""
    found: dict[Key, Pair] = {
        ("category", category.key): Pair(category.request_share, category.token_share)
        for category in snapshot.categories
    }
    for task in snapshot.tasks:
        if task.tag in defined and is_same_task(task, defined[task.tag]):
            found["task", task.tag] = Pair(task.request_share, task.token_share)
            within = Pair(task.category_request_share, task.category_token_share)
            found["within", task.tag, task.category] = within
            models = task.models
            shares = map(Pair, models.request_shares, models.token_shares)
            found.update((("listed", task.tag, model), share) for model, share in zip(models.ids, shares, strict=True))
    return found


def _positions(
    newest: Snapshot, weeks: Sequence[Snapshot | None], places: Places
) -> Mapping[Key, tuple[int | None, ...]]:
    """Where each model of today's lists stood in the task's list at the end of each week, from 1."""
    lists = [{task.tag: places(task.models) for task in week.tasks} if week else {} for week in weeks]
    defined = [{task.tag: task for task in snapshot.tasks} if snapshot else {} for snapshot in weeks]
    return {
        ("listed", task.tag, model.id): tuple(
            now[task.tag].get(model.id) if task.tag in tasks and is_same_task(task, tasks[task.tag]) else None
            for now, tasks in zip(lists, defined, strict=True)
        )
        for task in newest.tasks
        for model in task.models
    }


def _shared_places(models: ModelList) -> dict[str, int]:
    """The places by requests; equal ones share theirs, so that no record is lost to the order of names."""
    return {model: rank.place for model, rank in zip(models.ids, rank_all(models.request_shares), strict=True)}


def _places(models: ModelList) -> dict[str, int]:
    """The order in which they are drawn: each place once."""
    by_requests = ordered(models, lambda model: Pair(model.request_share, model.token_share), lambda model: model.id)
    return {model.id: place for place, model in enumerate(by_requests, 1)}
