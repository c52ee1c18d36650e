"""The index of tasks, by macro-category."""

from dataclasses import dataclass
from datetime import date

from generator import formats
from generator.addresses import Paths, category_path, task_path
from generator.models import CategoryReport, Cell, Column, Link, Page, Pair, Report, Table
from generator.pages.cells import (
    LEADER,
    PLACE,
    REQUESTS,
    TOKENS,
    change_cell,
    change_column,
    largest_of,
    place_cell,
    share_cells,
)
from generator.pages.home import leader_cell


@dataclass(frozen=True, slots=True)
class TasksSection:
    """A macro-category with its tasks."""

    heading: Link
    sentence: str
    table: Table


@dataclass(frozen=True, slots=True)
class TasksContent:
    """What tasks.html prints."""

    lede: str
    sections: tuple[TasksSection, ...]


def tasks_page(report: Report) -> Page:
    """All tasks, grouped; shares of all requests, so that they compare across groups."""
    largest = largest_of(task.share for task in report.tasks)
    lede = (
        f"{formats.plural(len(report.tasks), 'task')} in "
        f"{formats.plural(len(report.categories), 'macro-category', 'macro-categories')}, "
        f"{formats.window_words(report.window_days, report.as_of)}. All shares on this page are of all classified "
        "requests and tokens."
    )
    paths = Paths(report.source_path)
    sections = tuple(_section(category, largest, report.compared_with, paths) for category in report.categories)
    content = TasksContent(lede, sections)
    return Page("tasks/", "tasks.html", "All tasks", lede[:200], (Link("Home", ""),), content)


def _section(category: CategoryReport, largest: Pair, compared_with: date | None, paths: Paths) -> TasksSection:
    sentence = (
        f"{formats.plural(len(category.tasks), 'task')}, together {formats.percent(category.share.requests)} of "
        f"requests and {formats.percent(category.share.tokens)} of tokens."
    )
    table = Table(
        caption=f"{category.label}: its tasks by their share of all requests",
        columns=(
            PLACE,
            Column("task", is_number=False),
            REQUESTS,
            TOKENS,
            *change_column(compared_with),
            LEADER,
        ),
        rows=tuple(
            (
                place_cell(task.ranks.requests, paths.raw(task.pointer)),
                Cell(task.label, task_path(task.category, task.tag)),
                *share_cells(task.share, largest),
                *change_cell(task.change, compared_with),
                leader_cell(task, paths),
            )
            for task in category.tasks
        ),
    )
    return TasksSection(Link(category.label, category_path(category.key)), sentence, table)
