"""What happened between a day and the one exactly 7 days earlier, and which days are editions.

Changes of the first place, tasks and models that came or went, the largest moves. Between days that cannot be compared,
and in a task that was renamed or moved, nothing happened that we know of. A model in the list of a task that is itself
new or gone is no event of its own, and neither is one that a shorter list has no room for any more.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from generator.analyse.changes import PERIOD, Comparison, Lists, Standings
from generator.models import (
    Arrival,
    Change,
    Crossing,
    Day,
    FirstPlaced,
    LeadChange,
    Move,
    News,
    Snapshot,
    Standing,
    TaskName,
    TaskReport,
)

TASK_MOVES, MODEL_MOVES = 3, 5  # how many of the largest are told


def edition_days(days: Sequence[Day]) -> dict[date, bool]:
    """The last kept day of each ISO week, the oldest first, and whether its week is over.

    A week is over when the archive holds a day of a later one, or its Sunday.
    """
    last = {monday(day.as_of): day.as_of for day in days}
    newest = days[-1].as_of
    return {as_of: as_of.isoweekday() == 7 or begin < monday(newest) for begin, as_of in last.items()}


def monday(day: date) -> date:
    """The first day of a day's ISO week."""
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True, slots=True)
class _Then:
    """The day compared with."""

    since: date
    tasks: Mapping[str, TaskName]  # by tag
    standings: Standings
    lists: Lists
    names: Mapping[str, str]  # permaslug -> reader's name, of both days

    @property
    def as_of(self) -> date:
        """The day that is compared with it."""
        return self.since + PERIOD


def news_of(then: Snapshot, tasks: Sequence[TaskReport], comparison: Comparison, names: Mapping[str, str]) -> News:
    """What changed from the snapshot `then` to the day of `tasks`, as `comparison` finds; `names` of both days."""
    assert comparison.since, "days that cannot be compared have no news"
    earlier = _Then(
        comparison.since,
        {task.tag: TaskName(task.tag, task.label, task.category) for task in then.tasks},
        comparison.before,
        comparison.lists,
        names,
    )
    stayed = sorted(
        (task for task in tasks if task.tag in earlier.tasks and task.tag not in comparison.redefined),
        key=lambda task: (task.label, task.tag),
    )
    return News(
        since=earlier.since,
        as_of=earlier.as_of,
        leads=tuple(change for task in stayed for change in _lead_change(task, earlier)),
        tasks=tuple(_task_crossings(tasks, earlier)),
        models=tuple(crossing for task in stayed for crossing in _model_crossings(task, earlier)),
        moves=(
            *_task_moves(stayed, earlier),
            *_model_moves(stayed, earlier),
        ),
    )


def _lead_change(task: TaskReport, then: _Then) -> Iterator[LeadChange]:
    """Another set of models at the first place; of a list that was or is empty nothing can be said."""
    before = then.lists[task.tag]
    were = sorted(model_id for model_id, (rank, _) in before.items() if rank.place == 1)
    are = sorted(model.id for model in task.models if model.ranks.requests.place == 1)
    if not were or not are or were == are:
        return
    after = {model.id: Standing(model.ranks.requests, model.share) for model in task.models}

    def placed(ids: Sequence[str]) -> tuple[FirstPlaced, ...]:
        return tuple(
            FirstPlaced(id, then.names[id], Standing(*before[id]) if id in before else None, after.get(id))
            for id in ids
        )

    yield LeadChange(then.since, then.as_of, _name(task), placed(were), placed(are))


def _task_crossings(tasks: Sequence[TaskReport], then: _Then) -> Iterator[Crossing]:
    for task in sorted(tasks, key=lambda task: (task.label, task.tag)):
        if task.change.state in ("new", "re-entry"):
            standing = Standing(task.ranks.requests, task.share)
            yield Crossing(_arrival(task.change), then.since, then.as_of, _name(task), "", "", standing)
    here = {task.tag for task in tasks}
    for gone in sorted(then.tasks.values(), key=lambda task: (task.label, task.tag)):
        if gone.tag not in here:
            yield Crossing("left", then.since, then.as_of, gone, "", "", Standing(*then.standings["task", gone.tag]))


def _model_crossings(task: TaskReport, then: _Then) -> Iterator[Crossing]:
    """First who came, then who left, by place."""
    name = _name(task)
    for model in task.models:
        if model.change.state in ("new", "re-entry"):
            kind, standing = _arrival(model.change), Standing(model.ranks.requests, model.share)
            yield Crossing(kind, then.since, then.as_of, name, model.id, model.name, standing)
    for gone in task.departed:
        if gone.rank.place <= len(task.models):
            standing = Standing(gone.rank, gone.share)
            yield Crossing("left", then.since, then.as_of, name, gone.id, gone.name, standing)


def _arrival(change: Change) -> Arrival:
    return "re-entry" if change.state == "re-entry" else "new"


def _task_moves(tasks: Sequence[TaskReport], then: _Then) -> Iterator[Move]:
    """The largest, equal ones by tag."""
    moved = [task for task in tasks if task.change.share.requests]
    for task in sorted(moved, key=lambda task: (-abs(task.change.share.requests or 0.0), task.tag))[:TASK_MOVES]:
        before, after = then.standings["task", task.tag], Standing(task.ranks.requests, task.share)
        difference = task.change.share.requests or 0.0
        yield Move(then.since, then.as_of, _name(task), "", "", Standing(*before), after, difference)


def _model_moves(tasks: Sequence[TaskReport], then: _Then) -> Iterator[Move]:
    """The largest, equal ones by tag and permaslug."""
    moved = [
        (-abs(difference), task.tag, model.id, task, model, difference)
        for task in tasks
        for model in task.models
        if (difference := model.change.share.requests)
    ]
    for _, tag, model_id, task, model, difference in sorted(moved, key=lambda move: move[:3])[:MODEL_MOVES]:
        before, after = then.lists[tag][model_id], Standing(model.ranks.requests, model.share)
        yield Move(then.since, then.as_of, _name(task), model_id, model.name, Standing(*before), after, difference)


def _name(task: TaskReport) -> TaskName:
    return TaskName(task.tag, task.label, task.category)
