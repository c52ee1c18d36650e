"""Histories made by hand, small enough to check by reading: shares in thousandths, everything else by default."""

from datetime import date

from generator.models import Category, Day, History, ModelList, Snapshot, StoredSnapshot, Task


def model_list(*models):
    """The list of a task, of models given as (permaslug, share of requests, share of tokens)."""
    return ModelList(*(tuple(model[column] for model in models) for column in range(3)))


def task(tag, share, models, *, label=None, category=None):
    """A task with `share` thousandths of all requests whose list holds `models` (name -> thousandths of its requests).

    Tokens are half of requests. `code:debugging` is Debugging, of Code.
    """
    group, _, name = tag.rpartition(":")
    listed = model_list(*((f"maker/{model}", share / 1000, share / 2000) for model, share in models.items()))
    group = category or group or "general"
    return Task(tag, label or name.capitalize(), group, share / 1000, share / 2000, share / 1000, share / 2000, listed)


def snapshot(as_of, *tasks, window_days=7, warnings=(), labels=None):
    """A snapshot of these tasks; `labels`: of macro-categories, by key."""
    keys = dict.fromkeys(task.category for task in tasks)
    categories = [
        Category(
            key,
            (labels or {}).get(key, key.capitalize()),
            sum(task.request_share for task in tasks if task.category == key),
            sum(task.token_share for task in tasks if task.category == key),
        )
        for key in keys
    ]
    return Snapshot(window_days, as_of, tasks, tuple(categories), False, tuple(warnings))


def day(as_of, *tasks, is_repeat=False, restated_as=None, **options):
    """A day of the archive; `restated_as`: the tasks that the source published for it afterwards."""
    day_of = date.fromisoformat(as_of)
    versions = [tasks, restated_as] if restated_as else [tasks]
    stored = [
        StoredSnapshot(f"7d/{as_of}.r{n}.json", day_of, n, f"{n:064}", f"{n:064}", 1, snapshot(day_of, *of, **options))
        for n, of in enumerate(versions, 1)
    ]
    return Day(day_of, tuple(stored), is_repeat)


def history(*days):
    return History("7d", days)


def printed(line):
    """A line as it is read, with plain spaces."""
    return "".join(part if isinstance(part, str) else part.text for part in line).replace("\u00a0", " ")
