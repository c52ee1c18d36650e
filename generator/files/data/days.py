"""The kept days as a table: what is to be known about each, and where its snapshot is."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from generator.models import Day, History


def days_frame(history: History, editions: Mapping[date, str]) -> pl.DataFrame:
    """The columns of `DAYS`, a row a kept day. `editions`: their labels."""
    before = [None, *history.days][:-1]
    rows = [_row(day, last, editions.get(day.as_of)) for day, last in zip(history.days, before, strict=True)]
    return pl.DataFrame(rows, schema_overrides={"edition": pl.String}, infer_schema_length=None)


def _row(day: Day, before: Day | None, edition: str | None) -> dict[str, object]:
    snapshot = day.shown.snapshot
    return {
        "as_of": day.as_of,
        "window_days": snapshot.window_days,
        "edition": edition,
        "days_missing_before": (day.as_of - before.as_of).days - 1 if before else 0,
        "repeats_day_before": day.is_repeat,
        "revision": day.shown.revision,
        "tasks": len(snapshot.tasks),
        "models": len({model for task in snapshot.tasks for model in task.models.ids}),
        "snapshot": day.shown.path,
        "sha256": day.shown.sha256,
    }
