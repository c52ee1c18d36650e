"""One CSV, one JSON and one workbook a task and a model: the newest days and, before them, the editions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from generator import formats
from generator.addresses import model_path, task_path
from generator.files.data.columns import NEWEST_DAYS_OF_ONE, OF_MODEL, OF_TASK, SCHEMA_VERSION
from generator.files.data.entries import CSV, JSON, WORKBOOK, data_file, json_bytes, source_of, words_of
from generator.files.data.rows import thinned
from generator.files.data.tables import csv_of, workbook_of
from generator.models import DataFile, DataLabels, DataTable, History, Task

_MEASURES = ("request_share", "token_share", "request_rank", "token_rank")
_OF_TASK = ("category_request_share", "category_token_share")


@dataclass(frozen=True, slots=True)
class Named:
    """How what the rows name is called: tasks as last seen, models as everywhere on the site."""

    tasks: dict[str, Task]
    models: dict[str, str]


def names_in(history: History) -> Named:
    """Of everything that the archive ever held."""
    tasks = {task.tag: task for day in history.days for task in day.shown.snapshot.tasks}
    ids = {model for day in history.days for task in day.shown.snapshot.tasks for model in task.models.ids}
    return Named(tasks, formats.model_names(ids))


def series_files(frame: pl.DataFrame, named: Named, editions: Iterable[date], labels: DataLabels) -> Iterator[DataFile]:
    """The files of all tasks, then those of all models, by identifier; they stay when a task or model has ended."""
    of_tasks = frame.filter(pl.col("level") != "macro")
    for rows in _parts(of_tasks, "task", editions):
        yield from _task_files(rows, named, labels)
    for rows in _parts(of_tasks.filter(pl.col("level") == "model"), "model", editions):
        yield from _model_files(rows, named, labels)


def _parts(frame: pl.DataFrame, by: str, editions: Iterable[date]) -> Iterator[pl.DataFrame]:
    """The rows of each thing: its own newest days, so that none is ever empty, and the editions."""
    parts = frame.partition_by(by, as_dict=True, maintain_order=True)
    for key in sorted(parts, key=lambda key: str(key[0])):
        days = parts[key]["as_of"].unique().sort().to_list()
        yield thinned(parts[key], days, editions, NEWEST_DAYS_OF_ONE)


def _task_files(rows: pl.DataFrame, named: Named, labels: DataLabels) -> Iterator[DataFile]:
    tag = rows["task"][0]
    task = named.tasks[tag]
    of_task, of_models = rows.filter(pl.col("level") == "task"), rows.filter(pl.col("level") == "model")
    days = of_task["as_of"].to_list()
    content = {
        "task": tag,
        "label": task.label,
        "macro_category": task.category,
        "as_of": days,
        **{name: of_task[name].to_list() for name in (*_MEASURES, *_OF_TASK)},
        "models": [
            {"model": model, "name": named.models[model], **series} for model, series in _by("model", of_models, days)
        ],
    }
    what = f"{task.label}: the task and its models"
    for category in rows["macro_category"].unique().sort():  # a task that was moved keeps its old addresses
        yield from _three(task_path(category, tag), what, rows, OF_TASK, content, labels)


def _model_files(rows: pl.DataFrame, named: Named, labels: DataLabels) -> Iterator[DataFile]:
    model = rows["model"][0]
    days = rows["as_of"].unique().sort().to_list()
    tasks = [
        {"task": tag, "label": named.tasks[tag].label, "macro_category": named.tasks[tag].category, **series}
        for tag, series in _by("task", rows, days)
    ]
    content = {"model": model, "name": named.models[model], "as_of": days, "tasks": tasks}
    what = f"{named.models[model]}: the tasks that list it"
    yield from _three(model_path(model), what, rows, OF_MODEL, content, labels)


def _by(column: str, rows: pl.DataFrame, days: Sequence[date]) -> Iterator[tuple[str, dict[str, list[float]]]]:
    """Of each thing the places in `as_of` of the days that list it, and what was so on these days."""
    places = {day: place for place, day in enumerate(days)}
    parts = rows.partition_by(column, as_dict=True, maintain_order=True)
    for key in sorted(parts, key=lambda key: str(key[0])):
        part = parts[key]
        series = {name: part[name].to_list() for name in _MEASURES}
        yield str(key[0]), {"days": [places[day] for day in part["as_of"]], **series}


def _three(
    page: str, what: str, rows: pl.DataFrame, table: DataTable, content: dict[str, object], labels: DataLabels
) -> Iterator[DataFile]:
    path, updated = page.rstrip("/"), rows["as_of"][-1]
    own = replace(labels, as_of=updated, source=source_of(updated, labels))
    text = {"schema_version": SCHEMA_VERSION, **words_of(own), "page": f"{labels.address}{page}", **content}
    csv, book = csv_of(rows, table), workbook_of(rows, table, own)
    yield data_file(f"{path}.csv", what, CSV, csv, updated, table=table, rows=rows.height)
    yield data_file(f"{path}.json", what, JSON, json_bytes(text), updated)
    yield data_file(f"{path}.xlsx", what, WORKBOOK, book, updated, rows=rows.height)
