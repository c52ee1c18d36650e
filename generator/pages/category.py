"""The page of a macro-category: its tasks, their leaders, the models that carry it."""

from dataclasses import dataclass
from datetime import date

from generator import formats
from generator.addresses import Paths, category_chart_id
from generator.models import CategoryReport, Cell, Column, Figure, Link, Page, Table, Trends
from generator.pages.cells import (
    LEADER,
    PER_REQUEST,
    PLACE,
    REQUESTS,
    TOKENS,
    Drawn,
    above_tasks,
    change_cell,
    change_column,
    embed_of,
    figure,
    intensity_cell,
    largest_of,
    place_cell,
    share_cells,
)
from generator.pages.home import leader_cell
from generator.pages.spark import spark_cell, spark_column, spark_note


@dataclass(frozen=True, slots=True)
class CategoryContent:
    """What category.html prints."""

    label: str
    key: Link  # to its place in the raw snapshot
    finding: str
    place: str
    tasks: Figure | None
    models: Figure | None


def category_page(
    category: CategoryReport,
    drawn: Drawn,
    compared_with: date | None,
    paths: Paths,
    trends: Trends,
) -> Page:
    """A macro-category: all shares are of its own requests and tokens, and said to be."""
    chart_id = category_chart_id(category.key)
    tasks = figure(drawn, chart_id, _tasks_table(category, compared_with, paths, trends), paths)
    finding = category_finding(category, tasks.chart.title if tasks else "")
    content = CategoryContent(
        label=category.label,
        key=Link(category.key, paths.raw(category.pointer)),
        finding=finding,
        place=category_place(category),
        tasks=tasks,
        models=figure(drawn, f"{chart_id}-models", _models_table(category, compared_with, paths), paths),
    )
    title, path = f"{category.label}: tasks and models", paths.category(category.key)
    return Page(path, "category.html", title, finding[:200], above_tasks(paths), content, embed=embed_of(tasks))


def category_finding(category: CategoryReport, title: str) -> str:
    """What the chart of its tasks says; `title` is "" where there is none."""
    return f"{title}." if title else f"No task of {category.label} is in this snapshot."


def category_place(category: CategoryReport) -> str:
    """Its shares of everything."""
    weight = ""
    if category.intensity:
        weight = f" One request takes {formats.times(category.intensity.ratio)} the tokens of an average one."
    return (
        f"{category.label} makes {formats.percent(category.share.requests)} of all classified requests "
        f"({formats.ordinal(category.ranks.requests.place)} of {category.ranks.requests.of} macro-categories) and "
        f"{formats.percent(category.share.tokens)} of all tokens "
        f"({formats.ordinal(category.ranks.tokens.place)}).{weight}"
    )


def _tasks_table(category: CategoryReport, compared_with: date | None, paths: Paths, trends: Trends) -> Table:
    largest = largest_of(task.category_share for task in category.tasks)
    return Table(
        caption=f"Tasks of {category.label} by their share of {category.label} requests",
        lines=spark_note(trends),
        columns=(
            PLACE,
            Column("task", is_number=False),
            REQUESTS,
            TOKENS,
            *change_column(compared_with),
            *spark_column(trends),
            PER_REQUEST,
            LEADER,
        ),
        rows=tuple(
            (
                place_cell(task.category_ranks.requests, paths.raw(task.pointer)),
                Cell(task.label, paths.task(task.category, task.tag)),
                *share_cells(task.category_share, largest),
                *change_cell(task.category_change, compared_with),
                *spark_cell(("within", task.tag, task.category), trends),
                intensity_cell(task.intensity),
                leader_cell(task, paths),
            )
            for task in category.tasks
        ),
    )


def _models_table(category: CategoryReport, compared_with: date | None, paths: Paths) -> Table:
    largest = largest_of(model.share for model in category.models)
    return Table(
        caption=f"Models by at least their share of {category.label} requests",
        columns=(
            PLACE,
            Column("model", is_number=False),
            REQUESTS,
            TOKENS,
            *change_column(compared_with),
            Column("tasks that list it"),
        ),
        rows=tuple(
            (
                place_cell(model.ranks.requests),
                Cell(model.name, paths.model(model.id), note=model.id),
                *share_cells(model.share, largest),
                *change_cell(model.change, compared_with),
                Cell(f"{model.listed_in} of {len(category.tasks)}"),
            )
            for model in category.models
        ),
    )
