"""Snapshots -> what differs besides the shares: tasks, labels, groups, lengths of lists, window.

Two forms: `redefined` tells two neighbours apart for the ledger; `redefinitions` follows each task over all days for
the charts, from when it was last seen, so that a task that comes back under another name is noticed too.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import TypeVar

from generator import formats
from generator.addresses import category_path, task_path
from generator.analyse.labels import labelled
from generator.models import Definable, Definition, Redefined, Redefinition, Snapshot, Task

T = TypeVar("T")


def redefined(then: Snapshot, now: Snapshot) -> Iterator[Redefined]:
    """What was defined anew between a kept day and the next one; nothing, on most days."""
    if _defined(then) == _defined(now):
        return
    if then.window_days != now.window_days:
        yield Redefined("window", now.as_of, then.as_of, (), str(then.window_days), str(now.window_days), ())
    labelled_then, labelled_now = labelled(then), labelled(now)
    yield from _categories(labelled_then, labelled_now)
    yield from _tasks(labelled_then, labelled_now)
    yield from _renamed(then, now)
    yield from _moved(labelled_then, labelled_now)
    yield from _lengths(labelled_then, labelled_now)


def redefinitions(snapshots: Iterable[Snapshot]) -> Mapping[str, tuple[Redefinition, ...]]:
    """By tag what was defined anew of a task, oldest first; under "" the window and the macro-categories."""
    found: defaultdict[str, list[Redefinition]] = defaultdict(list)
    kept = tuple(snapshots)
    for then, now in pairwise(kept):
        found[""] += _of_all(then, now)
    seen: dict[str, tuple[Task, Snapshot]] = {}
    for snapshot in kept:
        for task in snapshot.tasks:
            if task.tag in seen and _form(seen[task.tag][0]) != _form(task):
                found[task.tag] += _of_task(*seen[task.tag], task, snapshot)
            seen[task.tag] = task, snapshot
    return {tag: tuple(changes) for tag, changes in found.items() if changes}


def _form(task: Task) -> tuple[str, str, int]:
    return task.label, task.category, len(task.models)


def _of_all(then: Snapshot, now: Snapshot) -> Iterator[Redefinition]:
    if then.window_days != now.window_days:
        yield Redefinition("window", now.as_of, str(then.window_days), str(now.window_days))
    before, after = _category_labels(then), _category_labels(now)
    if before == after:
        return
    gone, added = (
        formats.listed(sorted(label for key, label in side.items() if key not in other))
        for side, other in ((before, after), (after, before))
    )
    if gone or added:
        yield Redefinition("categories", now.as_of, gone, added)
    for key, label in after.items():
        if before.get(key, label) != label:
            yield Redefinition("category renamed", now.as_of, before[key], label)


def _of_task(before: Task, then: Snapshot, after: Task, now: Snapshot) -> Iterator[Redefinition]:
    def change(kind: Definable, was: str, is_now: str) -> Iterator[Redefinition]:
        if was != is_now:
            yield Redefinition(kind, now.as_of, was, is_now)

    yield from change("task renamed", formats.upright(before.label), formats.upright(after.label))
    if before.category != after.category:
        groups = _category_labels(then)[before.category], _category_labels(now)[after.category]
        yield Redefinition("task moved", now.as_of, *groups)
    yield from change("list length", str(len(before.models)), str(len(after.models)))


def _category_labels(snapshot: Snapshot) -> Mapping[str, str]:
    return formats.distinct_labels({category.key: category.label for category in snapshot.categories})


def _defined(snapshot: Snapshot) -> tuple[object, ...]:
    """All that is compared here."""
    tasks = {task.tag: (task.label, task.category, len(task.models)) for task in snapshot.tasks}
    return snapshot.window_days, {category.key: category.label for category in snapshot.categories}, tasks


def _categories(then: Snapshot, now: Snapshot) -> Iterator[Redefined]:
    before = {category.key: category.label for category in then.categories}
    after = {category.key: category.label for category in now.categories}
    for kind, side, other in _crossed("category added", "category gone", before, after):
        if keys := side.keys() - other.keys():
            labels = tuple(sorted(side[key] for key in keys))
            yield Redefined(kind, now.as_of, then.as_of, labels, "", "", tuple(sorted(map(category_path, keys))))


def _tasks(then: Snapshot, now: Snapshot) -> Iterator[Redefined]:
    before, after = {task.tag: task for task in then.tasks}, {task.tag: task for task in now.tasks}
    for kind, side, other in _crossed("task added", "task gone", before, after):
        if tags := side.keys() - other.keys():
            labels = tuple(sorted(side[tag].label for tag in tags))
            places = tuple(sorted(_place(side[tag]) for tag in tags))
            yield Redefined(kind, now.as_of, then.as_of, labels, "", "", places)


def _crossed(
    added: Definition, gone: Definition, before: Mapping[str, T], after: Mapping[str, T]
) -> tuple[tuple[Definition, Mapping[str, T], Mapping[str, T]], ...]:
    """Each kind of crossing with the side that has it and the one that has not."""
    return (added, after, before), (gone, before, after)


def _renamed(then: Snapshot, now: Snapshot) -> Iterator[Redefined]:
    """By the source's own labels: those that readers see also change where another task takes the same one."""
    categories = {category.key: category.label for category in then.categories}
    for category in now.categories:
        before, key = categories.get(category.key, category.label), category.key
        if before != category.label:
            place = category_path(key)
            yield Redefined("category renamed", now.as_of, then.as_of, (key,), before, category.label, (place,))
    tasks = {task.tag: task.label for task in then.tasks}
    for task in now.tasks:
        before = tasks.get(task.tag, task.label)
        if before != task.label:
            yield Redefined("task renamed", now.as_of, then.as_of, (task.tag,), before, task.label, (_place(task),))


def _moved(then: Snapshot, now: Snapshot) -> Iterator[Redefined]:
    were = {task.tag: task for task in then.tasks}
    labels = {category.key: category.label for snapshot in (then, now) for category in snapshot.categories}
    for task in now.tasks:
        before = were.get(task.tag, task)
        if before.category != task.category:
            groups = labels[before.category], labels[task.category]
            places = _place(before), _place(task)
            yield Redefined("task moved", now.as_of, then.as_of, (task.label,), *groups, places)


def _lengths(then: Snapshot, now: Snapshot) -> Iterator[Redefined]:
    """Tasks whose list grew or shrank in the same way are one entry."""
    lengths = {task.tag: len(task.models) for task in then.tasks}
    changed: defaultdict[tuple[int, int], list[Task]] = defaultdict(list)
    for task in now.tasks:
        before = lengths.get(task.tag, len(task.models))
        if before != len(task.models):
            changed[before, len(task.models)].append(task)
    for (before, after), tasks in sorted(changed.items(), key=lambda item: item[0]):
        labels, places = tuple(sorted(task.label for task in tasks)), tuple(sorted(map(_place, tasks)))
        yield Redefined("list length", now.as_of, then.as_of, labels, str(before), str(after), places)


def _place(task: Task) -> str:
    return task_path(task.category, task.tag)
