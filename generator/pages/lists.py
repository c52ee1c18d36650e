"""Rankings row by row, as the pages of days and of editions print them: these stay as they are.

So tasks and models are plain text with their identifiers here: whether they have a page depends on the newest snapshot.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from sys import intern  # years of days say the same few texts: each is kept once

from generator import formats
from generator.addresses import task_anchor
from generator.models import CategoryReport, Change, Pair, Rank, TaskReport


@dataclass(frozen=True, slots=True)
class ListRow:
    """A macro-category, task or model with its figures."""

    place: str
    name: str
    id: str
    pointer: str  # its place in the raw snapshot
    anchor: str  # of its own list on the page; "" for none
    requests: str
    tokens: str
    change: str


@dataclass(frozen=True, slots=True)
class TaskList:
    """The models of a task."""

    anchor: str
    label: str
    tag: str
    pointer: str  # its place in the raw snapshot, with its models
    coverage: str
    models: tuple[ListRow, ...]
    notes: tuple[str, ...]


def category_row(category: CategoryReport) -> ListRow:
    """A macro-category by its shares of everything."""
    return row_of(
        category.ranks.requests, category.label, category.key, category.share, category.change, category.pointer
    )


def task_row(task: TaskReport) -> ListRow:
    """A task by its shares of everything."""
    anchor = task_anchor(task.category, task.tag)
    return row_of(task.ranks.requests, task.label, task.tag, task.share, task.change, task.pointer, anchor)


def task_list(task: TaskReport, *, is_compared: bool) -> TaskList:
    """The models of a task by their shares of it, the task's own shares, and what is to be known of the list."""
    return TaskList(
        anchor=task_anchor(task.category, task.tag),
        label=task.label,
        tag=task.tag,
        pointer=task.pointer,
        coverage=_coverage(task),
        models=tuple(
            row_of(model.ranks.requests, model.name, model.id, model.share, model.change, model.pointer)
            for model in task.models
        ),
        notes=_notes(task) if is_compared else (),
    )


def row_of(
    rank: Rank, name: str, identifier: str, share: Pair, change: Change, pointer: str = "", anchor: str = ""
) -> ListRow:
    """A row by a ranking by requests."""
    return ListRow(
        place=f"{rank.place}=" if rank.is_shared else str(rank.place),
        name=intern(name),
        id=identifier,
        pointer=pointer,
        anchor=anchor,
        requests=formats.percent(share.requests),
        tokens=formats.percent(share.tokens),
        change=_change(change),
    )


def reasons(changes: Iterable[Change]) -> tuple[str, ...]:
    """Why some rows are not compared, each reason once."""
    found = dict.fromkeys(change.reason for change in changes if change.reason)
    return tuple(f"{formats.MISSING} no comparison: {reason}." for reason in found)


def _change(change: Change) -> str:
    """`▲ up 1, +0.2 pp`."""
    words = formats.change_words(change)
    return intern(words if change.share.requests is None else f"{words}, {formats.points(change.share.requests)}")


def _coverage(task: TaskReport) -> str:
    """The task's own place and shares, and what its list covers."""
    share, within = task.share, task.category_share
    own = (
        f"{formats.percent(share.requests)} of all requests, {formats.percent(share.tokens)} of all tokens; within "
        f"{task.category_label} {formats.percent(within.requests)} and {formats.percent(within.tokens)}."
    )
    if not task.models:
        return f"{own} No model is listed."
    return (
        f"{own} The {formats.plural(len(task.models), 'listed model')} carry {formats.percent(task.coverage.requests)} "
        f"of its requests and {formats.percent(task.coverage.tokens)} of its tokens; the rest is not known."
    )


def _notes(task: TaskReport) -> tuple[str, ...]:
    """Who left the list, and why some or all of it is not compared where the day is."""
    gone = [
        f"{model.name} ({formats.upright(model.id)}, {formats.ordinal(model.rank.place)} "
        f"with {formats.percent(model.share.requests)})"
        for model in task.departed
    ]
    left = (f"Listed 7 days earlier and no longer: {formats.listed(gone)}.",) if gone else ()
    return (*left, *reasons(model.change for model in task.models))
