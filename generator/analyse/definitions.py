"""Two neighbouring snapshots -> what differs besides the shares: tasks, labels, groups, lengths of lists, window."""

from collections import defaultdict
from collections.abc import Iterator

from generator.analyse.labels import labelled
from generator.models import Redefined, Snapshot


def redefined(then: Snapshot, now: Snapshot) -> Iterator[Redefined]:
    """What was defined anew between a kept day and the next one; nothing, on most days."""
    if _defined(then) == _defined(now):
        return
    if then.window_days != now.window_days:
        yield Redefined("window", now.as_of, then.as_of, (), str(then.window_days), str(now.window_days))
    labelled_then, labelled_now = labelled(then), labelled(now)
    yield from _categories(labelled_then, labelled_now)
    yield from _tasks(labelled_then, labelled_now)
    yield from _renamed(then, now)
    yield from _moved(labelled_then, labelled_now)
    yield from _lengths(labelled_then, labelled_now)


def _defined(snapshot: Snapshot) -> tuple[object, ...]:
    """All that is compared here."""
    tasks = {task.tag: (task.label, task.category, len(task.models)) for task in snapshot.tasks}
    return snapshot.window_days, {category.key: category.label for category in snapshot.categories}, tasks


def _categories(then: Snapshot, now: Snapshot) -> Iterator[Redefined]:
    before = {category.key: category.label for category in then.categories}
    after = {category.key: category.label for category in now.categories}
    if added := tuple(sorted(label for key, label in after.items() if key not in before)):
        yield Redefined("category added", now.as_of, then.as_of, added, "", "")
    if gone := tuple(sorted(label for key, label in before.items() if key not in after)):
        yield Redefined("category gone", now.as_of, then.as_of, gone, "", "")


def _tasks(then: Snapshot, now: Snapshot) -> Iterator[Redefined]:
    before, after = {task.tag: task.label for task in then.tasks}, {task.tag: task.label for task in now.tasks}
    if added := tuple(sorted(label for tag, label in after.items() if tag not in before)):
        yield Redefined("task added", now.as_of, then.as_of, added, "", "")
    if gone := tuple(sorted(label for tag, label in before.items() if tag not in after)):
        yield Redefined("task gone", now.as_of, then.as_of, gone, "", "")


def _renamed(then: Snapshot, now: Snapshot) -> Iterator[Redefined]:
    """By the source's own labels: those that readers see also change where another task takes the same one."""
    categories = {category.key: category.label for category in then.categories}
    for category in now.categories:
        if categories.get(category.key, category.label) != category.label:
            before = categories[category.key]
            yield Redefined("category renamed", now.as_of, then.as_of, (category.key,), before, category.label)
    tasks = {task.tag: task.label for task in then.tasks}
    for task in now.tasks:
        if tasks.get(task.tag, task.label) != task.label:
            yield Redefined("task renamed", now.as_of, then.as_of, (task.tag,), tasks[task.tag], task.label)


def _moved(then: Snapshot, now: Snapshot) -> Iterator[Redefined]:
    groups = {task.tag: task.category for task in then.tasks}
    labels = {category.key: category.label for snapshot in (then, now) for category in snapshot.categories}
    for task in now.tasks:
        before = groups.get(task.tag, task.category)
        if before != task.category:
            yield Redefined("task moved", now.as_of, then.as_of, (task.label,), labels[before], labels[task.category])


def _lengths(then: Snapshot, now: Snapshot) -> Iterator[Redefined]:
    """Tasks whose list grew or shrank in the same way are one entry."""
    lengths = {task.tag: len(task.models) for task in then.tasks}
    changed: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for task in now.tasks:
        before = lengths.get(task.tag, len(task.models))
        if before != len(task.models):
            changed[before, len(task.models)].append(task.label)
    for (before, after), labels in sorted(changed.items()):
        yield Redefined("list length", now.as_of, then.as_of, tuple(sorted(labels)), str(before), str(after))
