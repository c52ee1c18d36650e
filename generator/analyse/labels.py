"""The labels of a snapshot as readers see them: two tasks or categories never have the same one."""

from dataclasses import replace

from generator import formats
from generator.models import Snapshot


def labelled(snapshot: Snapshot) -> Snapshot:
    """The snapshot with labels that readers can tell apart."""
    tasks = formats.distinct_labels({task.tag: task.label for task in snapshot.tasks})
    categories = formats.distinct_labels({category.key: category.label for category in snapshot.categories})
    return replace(
        snapshot,
        tasks=tuple(
            task if task.label == tasks[task.tag] else replace(task, label=tasks[task.tag]) for task in snapshot.tasks
        ),
        categories=tuple(replace(category, label=categories[category.key]) for category in snapshot.categories),
    )
