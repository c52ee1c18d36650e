"""The page of a macro-category in an edition: its tasks, the models that carry it, and each task with its models."""

from dataclasses import dataclass

from generator import formats
from generator.addresses import Paths
from generator.models import CategoryReport, Frozen, Link, Page, Report, TaskReport
from generator.pages.category import category_finding, category_place
from generator.pages.cells import Drawn, above_tasks
from generator.pages.edition_rows import MarkedFigure, category_models_rows, category_tasks_rows, task_models_rows
from generator.pages.lists import TaskList, reasons, task_list
from generator.pages.quotes import category_quotes


@dataclass(frozen=True, slots=True)
class TaskSection:
    """A task in an edition."""

    list: TaskList
    weight: str  # how heavy its requests are; "" where that is not known
    models: MarkedFigure | None


@dataclass(frozen=True, slots=True)
class EditionCategoryContent:
    """What edition_category.html prints."""

    label: str
    key: Link  # to its place in the raw snapshot
    finding: str
    place: str
    tasks: MarkedFigure | None
    models: MarkedFigure | None
    raw: str  # the file that the names of tasks lead into
    sections: tuple[TaskSection, ...]
    reasons: tuple[str, ...]  # why some tasks are not compared


def edition_category_page(report: Report, category: CategoryReport, drawn: Drawn, paths: Paths, frozen: Frozen) -> Page:
    """A macro-category with all that the snapshot says of it."""
    since = report.compared_with
    tasks = category_tasks_rows(category, drawn, paths, since)
    finding = category_finding(category, tasks.title if tasks else "")
    content = EditionCategoryContent(
        label=category.label,
        key=Link(category.key, paths.raw(category.pointer)),
        finding=finding,
        place=category_place(category),
        tasks=tasks,
        models=category_models_rows(category, drawn, paths, since),
        raw=paths.raw(""),
        sections=tuple(_section(report, task, drawn, paths) for task in category.tasks),
        reasons=reasons(task.category_change for task in category.tasks) if since else (),
    )
    return Page(
        paths.category(category.key),
        "edition_category.html",
        f"{category.label}: tasks and models{paths.in_title}",
        finding[:200],
        above_tasks(paths),
        content,
        frozen,
        tasks.embed if tasks else None,
        quotes=category_quotes(report, category, paths),
    )


def _section(report: Report, task: TaskReport, drawn: Drawn, paths: Paths) -> TaskSection:
    listed = task_list(task, is_compared=report.compared_with is not None)
    weight = ""
    if task.intensity:
        weight = f"One request takes {formats.times(task.intensity.ratio)} the tokens of an average one."
    models = task_models_rows(task, listed.models, drawn, paths, report.compared_with)
    return TaskSection(listed, weight, models)
