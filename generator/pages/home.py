"""The home page: the finding of the week, macro-categories, all tasks, how heavy a request is."""

from dataclasses import dataclass

from generator import formats
from generator.addresses import Paths
from generator.models import (
    CategoryReport,
    Cell,
    Column,
    DayReport,
    Figure,
    Page,
    Report,
    Settings,
    Table,
    TaskReport,
    Trends,
)
from generator.pages.cells import (
    LEADER,
    PER_REQUEST,
    PLACE,
    REQUESTS,
    TOKENS,
    Drawn,
    change_cell,
    change_column,
    embed_of,
    figure,
    intensity_cell,
    largest_of,
    place_cell,
    share_cells,
)
from generator.pages.history import HistorySection, category_weeks, history_section
from generator.pages.spark import spark_cell, spark_column, spark_note


@dataclass(frozen=True, slots=True)
class HomeContent:
    """What home.html prints."""

    finding: str
    counts: str
    no_history: str
    macro: Figure | None
    tasks: Figure | None
    intensity: Figure | None
    history: HistorySection


def home_page(report: Report, trends: Trends, drawn: Drawn, settings: Settings) -> Page:
    """The front of the site."""
    paths = Paths(report.source_path)
    content = HomeContent(
        finding=finding(report),
        counts=f"{formats.plural(len(report.tasks), 'task')} in "
        f"{formats.plural(len(report.categories), 'macro-category', 'macro-categories')}, "
        f"{formats.plural(len(report.models), 'model')} in their lists",
        no_history=no_history(report),
        macro=macro_figure(report, drawn, paths, trends),
        tasks=tasks_figure(report, drawn, paths, trends),
        intensity=intensity_figure(report, drawn, paths),
        history=history_section(drawn, switched=["macro-history"], weeks=category_weeks(report.categories, trends)),
    )
    return Page(
        "", "home.html", settings.description.rstrip("."), finding(report), (), content, None, embed_of(content.macro)
    )


def macro_figure(report: Report, drawn: Drawn, paths: Paths, trends: Trends) -> Figure | None:
    """The macro-categories."""
    return figure(drawn, "macro", _macro_table(report, paths, trends), paths)


def tasks_figure(report: Report, drawn: Drawn, paths: Paths, trends: Trends) -> Figure | None:
    """All tasks."""
    return figure(drawn, "tasks", _tasks_table(report, paths, trends), paths)


def intensity_figure(report: Report, drawn: Drawn, paths: Paths) -> Figure | None:
    """How heavy a request of each task is."""
    return figure(drawn, "intensity", _intensity_table(report, paths), paths, has_measures=False)


def finding(report: Report | DayReport) -> str:
    """The finding of the week in one sentence: where requests and tokens disagree most."""
    weighed = sorted(
        (category for category in report.categories if category.intensity),
        key=lambda category: (category.intensity.ratio if category.intensity else 0.0, category.key),
    )
    window = (
        f"{'In this sample, in' if report.is_sample else 'In'} the {formats.plural(report.window_days, 'day')} "
        f"ending {formats.long_date(report.as_of)}, "
    )
    where = "" if report.is_sample else " to language models on OpenRouter"
    if len(weighed) < 2 or not disagree(weighed[-1], weighed[0]):
        first = report.categories[0]
        return (
            f"{window}{first.label} made {formats.percent(first.share.requests)} of the classified requests and "
            f"{formats.percent(first.share.tokens)} of the tokens."
        )
    heavy, light = weighed[-1], weighed[0]
    return (
        f"{window}{heavy.label} made {formats.percent(heavy.share.requests)} of the classified requests{where} but "
        f"{formats.percent(heavy.share.tokens)} of the tokens; {light.label} made "
        f"{formats.percent(light.share.requests)} of the requests and only {formats.percent(light.share.tokens)} "
        "of the tokens."
    )


def no_history(report: Report) -> str:
    """Why no changes are shown; empty where they are."""
    if report.days_kept == 1:
        return (
            "This is the first snapshot of this site. The source keeps no history, so changes can be shown once a "
            "snapshot of a later week stands beside it."
        )
    return f"No changes are shown: {report.no_comparison}." if report.no_comparison else ""


def _tasks_table(report: Report, paths: Paths, trends: Trends) -> Table:
    """All tasks: requests, tokens, leader, leader's share."""
    largest = largest_of(task.share for task in report.tasks)
    return Table(
        caption="All tasks by their share of requests",
        lines=spark_note(trends),
        columns=(
            PLACE,
            Column("task", is_number=False),
            REQUESTS,
            TOKENS,
            *change_column(report.compared_with),
            *spark_column(trends),
            LEADER,
        ),
        rows=tuple(
            (
                place_cell(task.ranks.requests, paths.raw(task.pointer)),
                Cell(task.label, paths.task(task.category, task.tag), detail=task.category_label),
                *share_cells(task.share, largest),
                *change_cell(task.change, report.compared_with),
                *spark_cell(("task", task.tag), trends),
                leader_cell(task, paths),
            )
            for task in report.tasks
        ),
    )


def leader_cell(task: TaskReport, paths: Paths) -> Cell:
    """The first model of a task and its share of the task's requests."""
    if task.leader is None:
        return Cell(formats.MISSING, note="no model is listed")
    leaders = [model for model in task.models if model.ranks.requests.place == 1]
    others = f", and {len(leaders) - 1} more with the same" if len(leaders) > 1 else ""
    return Cell(
        task.leader.name, paths.model(task.leader.id), detail=f"{formats.percent(task.leader.share.requests)}{others}"
    )


def disagree(heavy: CategoryReport, light: CategoryReport) -> bool:
    """Whether "but" and "only" are true of them."""
    return (heavy.share.tokens or 0.0) > (heavy.share.requests or 0.0) and (light.share.tokens or 0.0) < (
        light.share.requests or 0.0
    )


def _macro_table(report: Report, paths: Paths, trends: Trends) -> Table:
    largest = largest_of(category.share for category in report.categories)
    return Table(
        caption="Macro-categories by their share of requests",
        lines=spark_note(trends),
        columns=(
            PLACE,
            Column("macro-category", is_number=False),
            REQUESTS,
            TOKENS,
            *change_column(report.compared_with),
            *spark_column(trends),
            PER_REQUEST,
            Column("tasks"),
        ),
        rows=tuple(
            (
                place_cell(category.ranks.requests, paths.raw(category.pointer)),
                Cell(category.label, paths.category(category.key)),
                *share_cells(category.share, largest),
                *change_cell(category.change, report.compared_with),
                *spark_cell(("category", category.key), trends),
                intensity_cell(category.intensity),
                Cell(str(len(category.tasks))),
            )
            for category in report.categories
        ),
    )


def _intensity_table(report: Report, paths: Paths) -> Table:
    """The tasks of the chart in its order, then those whose intensity is not known."""
    ordered = sorted(
        report.tasks,
        key=lambda task: (-task.intensity.ratio if task.intensity else 0.0, task.label, task.tag),
    )
    return Table(
        caption="Tasks by tokens per request, the average of all tasks being 1",
        columns=(PLACE, Column("task", is_number=False), PER_REQUEST),
        rows=tuple(
            (
                Cell(str(position) if task.intensity else formats.MISSING),
                Cell(task.label, paths.task(task.category, task.tag), detail=task.category_label),
                intensity_cell(task.intensity),
            )
            for position, task in enumerate(ordered, 1)
        ),
    )
