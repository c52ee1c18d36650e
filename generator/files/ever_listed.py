"""What any kept snapshot ever named: what the page that checks claims chooses from."""

import json
from datetime import date

from generator import formats
from generator.addresses import task_anchor
from generator.models import File, History, Task


def ever_listed(history: History) -> File:
    """Every task and model that a kept snapshot lists, those that are gone included: a few kilobytes that grow slowly.

    A task: `tag`, the `label` and `group` (of its macro-category) that it had last, `until` where it is gone, and `at`,
    its place on the pages of editions and days by the key of its macro-category. A model: identifier and name.
    """
    last: dict[str, tuple[Task, date]] = {}
    groups: dict[str, str] = {}
    categories: dict[tuple[str, str], None] = {}
    models: set[str] = set()
    for day in history.days:
        snapshot = day.shown.snapshot
        groups.update((category.key, category.label) for category in snapshot.categories)
        for task in snapshot.tasks:
            last[task.tag] = task, day.as_of
            categories[task.tag, task.category] = None
            models.update(task.models.ids)
    names = {
        "tasks": _tasks(last, groups, tuple(categories), history.days[-1].as_of),
        "models": _by_name(formats.model_names(models)),
    }
    return File("check/names.json", f"{json.dumps(names, ensure_ascii=False, separators=(',', ':'))}\n".encode())


def _tasks(
    last: dict[str, tuple[Task, date]], groups: dict[str, str], categories: tuple[tuple[str, str], ...], newest: date
) -> list[dict[str, object]]:
    """By group and label, as they are chosen from."""
    labels = formats.distinct_labels({tag: task.label for tag, (task, _) in last.items()})
    group_labels = formats.distinct_labels(groups)
    rows: list[tuple[str, str, str, dict[str, object]]] = []
    for tag, (task, day) in last.items():
        group = group_labels.get(task.category, task.category)
        row = {"tag": tag, "label": labels[tag], "group": group}
        row |= {"until": day.isoformat()} if day < newest else {}
        at = {category: task_anchor(category, tag) for other, category in categories if other == tag}
        rows.append((group, labels[tag], tag, {**row, "at": at}))
    return [row for *_, row in sorted(rows, key=lambda row: row[:3])]


def _by_name(names: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(names.items(), key=lambda pair: (pair[1].casefold(), pair[0]))
