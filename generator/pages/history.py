"""What came before, as charts and week by week: for the home page and the pages of tasks and models."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from generator import formats
from generator.addresses import Paths
from generator.models import CategoryReport, Cell, Chart, Column, Drawing, Link, Pair, Table, TaskReport, Trends
from generator.pages.cells import PLACE, Drawn, place_cell, uses_of
from generator.pages.task_record import RecordFact, lead_cell, turnover_cell

MOST_WEEKS = 13  # rows of a table, a quarter of a year; all weeks are in the chart and in the data files


@dataclass(frozen=True, slots=True)
class Course:
    """A chart over time, without a table of its own: the table of weeks serves all charts of a section."""

    chart: Chart
    drawing: Drawing
    has_measures: bool
    uses: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class HistorySection:
    """The charts over time, and what stands below them in words and tables."""

    courses: tuple[Course, ...]
    facts: tuple[RecordFact, ...]
    leaders: Table | None
    weeks: Table | None
    records: Table | None
    nothing: str = ""  # why there is no history yet; "" where there is one, or none is shown


def history_section(
    drawn: Drawn,
    *,
    switched: Iterable[str] = (),
    fixed: Iterable[str] = (),
    facts: tuple[RecordFact, ...] = (),
    leaders: Table | None = None,
    weeks: Table | None = None,
    records: Table | None = None,
    nothing: str = "",
) -> HistorySection:
    """The charts that there are: of `switched` the reader may choose the measure, of `fixed` not.

    `nothing` is said where there is no chart.
    """
    courses = [(chart_id, True) for chart_id in switched] + [(chart_id, False) for chart_id in fixed]
    return HistorySection(
        tuple(
            Course(*drawn[chart_id], has_measures, uses_of(chart_id, Paths("")))
            for chart_id, has_measures in courses
            if chart_id in drawn
        ),
        facts,
        leaders,
        weeks,
        records,
        nothing,
    )


def nothing_before(name: str, days_kept: int) -> str:
    """Why nothing is told of what came before."""
    if days_kept == 1:
        return "This is the first snapshot of this site, and the source keeps no history: there is none to show yet."
    return f"No earlier snapshot of this site has a figure of {name}."


def category_weeks(categories: tuple[CategoryReport, ...], trends: Trends) -> Table | None:
    """The macro-categories at the end of each week, newest first."""
    if len(trends.weeks) < 2:
        return None
    rows = []
    for place, week in _newest_weeks(trends):
        shares = [trends.week_shares["category", category.key][place] for category in categories]
        rows.append((Cell(""), Cell(formats.long_date(week)), *(_pair_cell(share) for share in shares)))
    return Table(
        caption="Share of all classified requests, tokens beside, at the last snapshot of each week",
        columns=(Column(""), Column("week to", is_number=False), *(Column(category.label) for category in categories)),
        rows=tuple(rows),
    )


def task_weeks(task: TaskReport, trends: Trends) -> Table | None:
    """A task at the end of each week, newest first: its shares, its leader, the leader's share and the turnover."""
    if len(trends.weeks) < 2:
        return None
    rows, record = [], trends.tasks[task.tag]
    for place, week in _newest_weeks(trends):
        share, lead = trends.week_shares["task", task.tag][place], record.leads[place]
        rows.append(
            (
                Cell(""),
                Cell(formats.long_date(week)),
                _share_cell(share.requests if share else None),
                _share_cell(share.tokens if share else None),
                lead_cell(lead, _absent()),
                _share_cell(lead.request_share if lead else None),
                turnover_cell(record, place),
            )
        )
    return Table(
        caption=f"{task.label} at the last snapshot of each week",
        columns=(
            Column(""),
            Column("week to", is_number=False),
            Column("● requests"),
            Column("◇ tokens"),
            Column("leader by requests", is_number=False),
            Column("its share of the task"),
            Column("turnover in 7 days, at least"),
        ),
        rows=tuple(rows),
    )


def task_records(task: TaskReport, trends: Trends) -> Table | None:
    """What each listed model did in the task's list before, counted in editions."""
    rows = []
    for model in task.models:
        record = trends.records.get(("listed", task.tag, model.id))
        if record:
            rows.append(
                (
                    place_cell(model.ranks.requests),
                    Cell(model.name, note=model.id),
                    Cell(f"{record.listed} of {record.editions}"),
                    Cell(str(record.in_a_row)),
                    Cell(str(record.first)),
                    Cell(formats.ordinal(record.best), detail=formats.long_date(record.best_since)),
                    Cell(formats.long_date(record.first_seen)),
                    Cell(str(record.re_entries)),
                )
            )
    heads = ("weeks listed", "in a row", "weeks first", "best place, since", "first seen", "re-entries")
    return (
        Table(
            caption=f"The record of the models listed for {task.label}, counted in finished weeks",
            columns=(PLACE, Column("model", is_number=False), *(Column(head) for head in heads)),
            rows=tuple(rows),
        )
        if rows
        else None
    )


def _newest_weeks(trends: Trends) -> list[tuple[int, date]]:
    return list(enumerate(trends.weeks))[::-1][:MOST_WEEKS]


def _pair_cell(share: Pair | None) -> Cell:
    if share is None:
        return _absent()
    return Cell(formats.percent(share.requests), detail=f"◇ {formats.percent(share.tokens)}")


def _share_cell(share: float | None) -> Cell:
    return _absent() if share is None else Cell(formats.percent(share))


def _absent() -> Cell:
    return Cell(formats.MISSING, note="no snapshot that week, or not in it")
