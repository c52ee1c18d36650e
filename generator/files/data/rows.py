"""History -> one frame: a row for each macro-category, task and listed model of each kept day. One pass, in columns.

Rows stand by day; within a day first the macro-categories, then the tasks, then the models, each as the source sent
them. What is read is the last version of each day.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import polars as pl

from generator.files.data.columns import HISTORY, NEWEST_DAYS
from generator.models import Day, History, Snapshot

_DAYS_AT_ONCE = 200  # so that ten years never stand in memory as Python's own values
_DECIMALS = 3  # as published: what is equal in them is tied
_KINDS = {"date": pl.Date, "text": pl.String, "share": pl.Float64, "count": pl.Int32, "yes or no": pl.Boolean}
_SCHEMA = {column.name: _KINDS[column.kind] for column in HISTORY.columns[:-2]}

_Row = tuple[date, str, str, str | None, str | None, float, float, float | None, float | None]


def history_frame(history: History) -> pl.DataFrame:
    """The columns of `HISTORY`, of every kept day."""
    days = history.days
    parts = [_frame(days[start : start + _DAYS_AT_ONCE]) for start in range(0, len(days), _DAYS_AT_ONCE)]
    return _ranked(pl.concat(parts, rechunk=True))


def thinned(
    frame: pl.DataFrame, days: Sequence[date], editions: Iterable[date], newest: int = NEWEST_DAYS
) -> pl.DataFrame:
    """Every one of the `newest` kept days and, before them, the editions alone."""
    if len(days) <= newest:
        return frame
    kept = pl.Series([*editions], dtype=pl.Date)
    return frame.filter((pl.col("as_of") >= days[-newest]) | pl.col("as_of").is_in(kept.implode()))


def _frame(days: Sequence[Day]) -> pl.DataFrame:
    rows = (row for day in days for row in _rows(day.as_of, day.shown.snapshot))
    columns = zip(*rows, strict=True)
    return pl.DataFrame(dict(zip(_SCHEMA, columns, strict=True)), schema=_SCHEMA)


def _rows(as_of: date, snapshot: Snapshot) -> Iterator[_Row]:
    for category in snapshot.categories:
        shares = category.request_share, category.token_share
        yield (as_of, "macro", category.key, None, None, *shares, None, None)
    for task in snapshot.tasks:
        own = task.request_share, task.token_share, task.category_request_share, task.category_token_share
        yield (as_of, "task", task.category, task.tag, None, *own)
    for task in snapshot.tasks:
        for model in task.models:
            shares = model.request_share, model.token_share
            yield (as_of, "model", task.category, task.tag, model.id, *shares, None, None)


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
