"""History -> one frame: a row for each macro-category, task and listed model of each kept day. In columns.

Rows stand by day; within a day first the macro-categories, then the tasks, then the models, each as the source sent
them. What is read is the last version of each day. Years of rows are never held: they are made, used and let go.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

import polars as pl

from generator.files.data.columns import HISTORY, NEWEST_DAYS, NEWEST_DAYS_OF_ONE, NEWEST_EDITIONS
from generator.models import Day, History, Snapshot

_DAYS_AT_ONCE = 50  # as Python's own values; some 16,000 rows
_DECIMALS = 3  # as published: what is equal in them is tied
_KINDS = {"date": pl.Date, "text": pl.Categorical, "share": pl.Float64, "count": pl.Int32, "yes or no": pl.Boolean}
_SCHEMA = {column.name: _KINDS[column.kind] for column in HISTORY.columns}
_SENT = dict([*_SCHEMA.items()][:-2])  # the places come from the shares

_Row = tuple[date, str, str, str | None, str | None, float, float, float | None, float | None]


def history_frame(history: History) -> pl.LazyFrame:
    """The columns of `HISTORY`, of every kept day: a few weeks at a time, made whenever they are asked for."""
    days = history.days
    parts = [days[start : start + _DAYS_AT_ONCE] for start in range(0, len(days), _DAYS_AT_ONCE)]
    return pl.concat([pl.defer(partial(_frame, part), schema=_SCHEMA) for part in parts])


def row_count(history: History) -> int:
    """How many rows that is."""
    shown = [day.shown.snapshot for day in history.days]
    lists = sum(len(task.models) for snapshot in shown for task in snapshot.tasks)
    return lists + sum(len(snapshot.categories) + len(snapshot.tasks) for snapshot in shown)


def rows_told_by_day(whole: pl.LazyFrame, history: History, editions: Iterable[date]) -> pl.DataFrame:
    """The rows of `whole` that `thinned` leaves for anything: for all of it, for one task or for one model."""
    of_tasks, of_models = _first_told(history)
    days = history.days
    told = pl.col("as_of") >= days[-NEWEST_DAYS:][0].as_of
    for column, first in (("task", of_tasks), ("model", of_models)):
        name = pl.col(column).cast(pl.String)
        told |= pl.col("as_of") >= name.replace_strict(first, default=None, return_dtype=pl.Date)
    return whole.filter(told | _is_in(editions)).collect(engine="streaming")


def told_editions(editions: Iterable[date]) -> tuple[date, ...]:
    """Those that tables tell beside the newest days: the newest of them, and before these the last of each month."""
    every = sorted(editions)
    last_of_months = {(day.year, day.month): day for day in every[:-NEWEST_EDITIONS]}
    return (*last_of_months.values(), *every[-NEWEST_EDITIONS:])


def thinned(
    frame: pl.DataFrame, days: Sequence[date], editions: Iterable[date], newest: int = NEWEST_DAYS
) -> pl.DataFrame:
    """Every one of the `newest` kept days and, before them, the editions alone."""
    if len(days) <= newest:
        return frame
    return frame.filter((pl.col("as_of") >= days[-newest]) | _is_in(editions))


def _is_in(days: Iterable[date]) -> pl.Expr:
    return pl.col("as_of").is_in(pl.Series([*days], dtype=pl.Date).implode())


def _first_told(history: History) -> tuple[Mapping[str, date], Mapping[str, date]]:
    """Of each task and each model the first of its own newest days."""
    firsts: tuple[dict[str, date], dict[str, date]] = {}, {}
    counts = Counter[str](), Counter[str]()
    for day in reversed(history.days):
        tasks = day.shown.snapshot.tasks
        there = {task.tag for task in tasks}, {model for task in tasks for model in task.models.ids}
        for first, count, names in zip(firsts, counts, there, strict=True):
            count.update(names)
            first.update(dict.fromkeys((name for name in names if count[name] <= NEWEST_DAYS_OF_ONE), day.as_of))
    return firsts


def _frame(days: Sequence[Day]) -> pl.DataFrame:
    rows = (row for day in days for row in _rows(day.as_of, day.shown.snapshot))
    columns = zip(*rows, strict=True)
    return _ranked(pl.DataFrame(dict(zip(_SENT, columns, strict=True)), schema=_SENT))


def _rows(as_of: date, snapshot: Snapshot) -> Iterator[_Row]:
    for category in snapshot.categories:
        shares = category.request_share, category.token_share
        yield (as_of, "macro", category.key, None, None, *shares, None, None)
    for task in snapshot.tasks:
        own = task.request_share, task.token_share, task.category_request_share, task.category_token_share
        yield (as_of, "task", task.category, task.tag, None, *own)
    for task in snapshot.tasks:
        models = task.models
        for model, requests, tokens in zip(models.ids, models.request_shares, models.token_shares, strict=True):
            yield (as_of, "model", task.category, task.tag, model, requests, tokens, None, None)


def _ranked(frame: pl.DataFrame) -> pl.DataFrame:
    """With the places: among the macro-categories and the tasks of a day, and among the models of a task's list."""
    among = "as_of", "level", pl.when(pl.col("level") == "model").then("task").alias("list")
    return frame.with_columns(
        _published(frame[f"{measure}_share"])
        .rank("min", descending=True)
        .over(*among)
        .cast(pl.Int32)
        .alias(f"{measure}_rank")
        for measure in ("request", "token")
    )


def _published(shares: pl.Series) -> pl.Expr:
    """The shares as far as their published decimals tell; rounded by Python, as everywhere else."""
    distinct = shares.unique()
    return pl.col(shares.name).replace_strict(distinct, [round(share, _DECIMALS) for share in distinct])
