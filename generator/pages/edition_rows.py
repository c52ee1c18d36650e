"""The charts of an edition on its own pages: rows with their marks, which are chart and table at once.

Comes in: a chart that was drawn, and what of a report its rows are. Goes out: what _rows.html prints. There are
thousands of these pages: what a drawing says beside its table is said here once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from generator import formats
from generator.addresses import Paths, category_chart_id, embed_path, task_anchor, task_chart_id
from generator.models import CarryingModel, CategoryReport, Cell, Link, Report, TaskReport
from generator.pages.cells import PER_REQUEST, Drawn, intensity_cell, uses_of
from generator.pages.home import leader_cell
from generator.pages.lists import ListRow, category_row, row_of, task_row
from generator.pages.marks import ShareMark, marks_of

_OF_TASKS = (PER_REQUEST.label, "leader by requests")


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """A row of a ranking and its marks."""

    row: ListRow
    path: str  # what its name leads to; "" for nothing
    anchor: str  # its id; "" for none
    more: tuple[str, ...]  # behind its change
    mark: ShareMark


@dataclass(frozen=True, slots=True)
class MarkedFigure:
    """A chart and table at once."""

    title: str  # the finding
    what: str  # what is measured, of what, in which window
    caption: str
    name: str  # of the things in the rows: "task"
    compared_with: str  # "24 August 2026"; "" for nothing
    more: tuple[str, ...]  # the columns behind that
    colour: str  # of all marks, by its name in the palette; "" where each row says its own
    rows: tuple[MarkedRow, ...]
    raw: str  # the file that the rows lead into
    uses: tuple[Link, ...]  # what can be taken from it
    embed: Link  # where it can be embedded, by its finding


@dataclass(frozen=True, slots=True)
class _Told:
    """A row before it has marks."""

    row: ListRow
    path: str = ""
    anchor: str = ""
    more: tuple[str, ...] = ()


def macro_rows(report: Report, drawn: Drawn, paths: Paths) -> MarkedFigure | None:
    """The macro-categories by their shares of everything."""
    told = (
        _Told(
            category_row(category),
            paths.category(category.key),
            more=(_text(intensity_cell(category.intensity)), str(len(category.tasks))),
        )
        for category in report.categories
    )
    return _figure(
        drawn,
        "macro",
        told,
        paths,
        report.compared_with,
        caption="Macro-categories by their share of requests",
        name="macro-category",
        more=(PER_REQUEST.label, "tasks"),
    )


def tasks_rows(report: Report, drawn: Drawn, paths: Paths) -> MarkedFigure | None:
    """All tasks by their shares of everything."""
    told = (_task(task, task_row(task), paths) for task in report.tasks)
    return _figure(
        drawn,
        "tasks",
        told,
        paths,
        report.compared_with,
        caption="All tasks by their share of requests",
        name="task",
        more=_OF_TASKS,
    )


def category_tasks_rows(
    category: CategoryReport, drawn: Drawn, paths: Paths, compared_with: date | None
) -> MarkedFigure | None:
    """The tasks of a macro-category by their shares of it."""

    def row(task: TaskReport) -> ListRow:
        rank, change = task.category_ranks.requests, task.category_change
        return row_of(rank, task.label, task.tag, task.category_share, change, task.pointer)

    return _figure(
        drawn,
        category_chart_id(category.key),
        (_task(task, row(task), paths) for task in category.tasks),
        paths,
        compared_with,
        caption=f"Tasks of {category.label} by their share of {category.label} requests",
        name="task",
        more=_OF_TASKS,
    )


def category_models_rows(
    category: CategoryReport, drawn: Drawn, paths: Paths, compared_with: date | None
) -> MarkedFigure | None:
    """The models that carry most of a macro-category, by lower bounds of their shares of it."""

    def told(model: CarryingModel) -> _Told:
        row = row_of(model.ranks.requests, model.name, model.id, model.share, model.change)
        return _Told(row, more=(f"{model.listed_in}{formats.NBSP}of{formats.NBSP}{len(category.tasks)}",))

    return _figure(
        drawn,
        f"{category_chart_id(category.key)}-models",
        map(told, category.models),
        paths,
        compared_with,
        caption=f"Models by at least their share of {category.label} requests",
        name="model",
        more=("tasks that list it",),
    )


def task_models_rows(
    task: TaskReport, rows: Iterable[ListRow], drawn: Drawn, paths: Paths, compared_with: date | None
) -> MarkedFigure | None:
    """The models listed for a task. Each has an address of its own: `code/debugging/3`, by its place in the source."""
    anchor = task_anchor(task.category, task.tag)
    told = (_Told(row, anchor=f"{anchor}/{row.pointer.rpartition('/')[2]}") for row in rows)
    return _figure(
        drawn,
        task_chart_id(task.category, task.tag),
        told,
        paths,
        compared_with,
        caption=f"Models listed for {task.label}",
        name="model",
    )


def _figure(
    drawn: Drawn,
    chart_id: str,
    told: Iterable[_Told],
    paths: Paths,
    compared_with: date | None,
    *,
    caption: str,
    name: str,
    more: tuple[str, ...] = (),
) -> MarkedFigure | None:
    """None where there is no such chart, as for an empty list."""
    if chart_id not in drawn:
        return None
    chart, _ = drawn[chart_id]
    by_key = {item.row.id: item for item in told}
    marks = marks_of(chart.rows)
    rows = zip((by_key[row.key] for row in chart.rows), marks.rows, strict=True)
    return MarkedFigure(
        title=chart.title,
        what=chart.subtitle,
        caption=caption,
        name=name,
        compared_with=formats.long_date(compared_with) if compared_with else "",
        more=more,
        colour=marks.colour,
        rows=tuple(MarkedRow(item.row, item.path, item.anchor, item.more, mark) for item, mark in rows),
        raw=paths.raw(""),
        uses=uses_of(chart_id, paths),
        embed=Link(chart.title, embed_path(chart_id, paths.edition)),
    )


def _task(task: TaskReport, row: ListRow, paths: Paths) -> _Told:
    more = _text(intensity_cell(task.intensity)), _text(leader_cell(task, paths))
    return _Told(row, paths.task(task.category, task.tag), more=more)


def _text(cell: Cell) -> str:
    """A cell in one line."""
    return f"{cell.text} ({cell.detail})" if cell.detail else cell.text
