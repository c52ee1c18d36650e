"""The page of a task: its listed models, its own place, what the figure does not show."""

from dataclasses import dataclass
from datetime import date

from generator import formats
from generator.addresses import Paths, check_path, model_anchor, task_chart_id
from generator.models import Cell, Column, Figure, Link, Page, Pair, Table, TaskReport, Trends
from generator.pages.cells import (
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
from generator.pages.history import HistorySection, history_section, nothing_before, task_records, task_weeks
from generator.pages.spark import spark_cell, spark_column, spark_note
from generator.pages.task_record import concentration_facts, record_facts, task_leaders

Neighbours = tuple[TaskReport | None, TaskReport | None]


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of "its place": a measure in words, by requests and by tokens."""

    label: str
    requests: str
    tokens: str


@dataclass(frozen=True, slots=True)
class TaskContent:
    """What task.html prints."""

    label: str
    tag: Link  # to its place in the raw snapshot
    category: Link
    finding: str
    place: str
    models: Figure | None
    empty: str  # why there is no chart; "" where there is one
    facts: tuple[Fact, ...]
    history: HistorySection
    departed: str  # who left the list since the day compared with; "" for nobody
    coverage: str
    check: Link  # to the page that checks claims
    previous: Link | None
    next: Link | None


def task_page(
    task: TaskReport,
    neighbours: Neighbours,
    trends: Trends,
    drawn: Drawn,
    compared_with: date | None,
    paths: Paths,
) -> Page:
    """A task. `neighbours`: the tasks before and after it by requests."""
    chart_id = task_chart_id(task.category, task.tag)
    models = figure(drawn, chart_id, _models_table(task, compared_with, paths, trends), paths)
    empty = "" if models else f"No model is listed for {task.label} in this snapshot, so there is nothing to draw."
    content = TaskContent(
        label=task.label,
        tag=Link(task.tag, paths.raw(task.pointer)),
        category=Link(task.category_label, paths.category(task.category)),
        finding=f"{models.chart.title}." if models else empty,
        place=_place(task),
        models=models,
        empty=empty,
        facts=(*_facts(task), *_concentration(task, trends)),
        history=_history(task, trends, drawn),
        departed=_departed(task),
        coverage=coverage_words(task),
        check=Link(f"Check a claim about {task.label}", check_path(task=task.tag)),
        previous=_link(neighbours[0], paths),
        next=_link(neighbours[1], paths),
    )
    breadcrumbs = (*above_tasks(paths), content.category)
    path = paths.task(task.category, task.tag)
    return Page(
        path,
        "task.html",
        f"{task.label}: models",
        content.finding[:200],
        breadcrumbs,
        content,
        embed=embed_of(models),
    )


def _history(task: TaskReport, trends: Trends, drawn: Drawn) -> HistorySection:
    chart_id = task_chart_id(task.category, task.tag)
    return history_section(
        drawn,
        fixed=[f"{chart_id}-history", f"{chart_id}-share"],
        facts=record_facts(task, trends),
        leaders=task_leaders(task, trends),
        weeks=task_weeks(task, trends),
        records=task_records(task, trends),
        nothing=nothing_before(task.label, len(trends.dates)),
    )


def _place(task: TaskReport) -> str:
    shared = "shared " if task.ranks.requests.is_shared else ""
    weight = ""
    if task.intensity:
        weight = f" One request takes {formats.times(task.intensity.ratio)} the tokens of an average one."
    return (
        f"{task.label} makes {formats.percent(task.share.requests)} of all classified requests ({shared}"
        f"{formats.ordinal(task.ranks.requests.place)} of {formats.plural(task.ranks.requests.of, 'task')}) and "
        f"{formats.percent(task.share.tokens)} of all tokens ({formats.ordinal(task.ranks.tokens.place)}).{weight}"
    )


def _facts(task: TaskReport) -> tuple[Fact, ...]:
    percent, place = formats.percent, formats.place_words
    return (
        Fact("Share of all tasks", percent(task.share.requests), percent(task.share.tokens)),
        Fact("Place among all tasks", place(task.ranks.requests), place(task.ranks.tokens)),
        Fact(
            f"Share within {task.category_label}",
            percent(task.category_share.requests),
            percent(task.category_share.tokens),
        ),
        Fact(
            f"Place within {task.category_label}",
            place(task.category_ranks.requests),
            place(task.category_ranks.tokens),
        ),
        *_change(task),
        Fact("Coverage: the listed models", percent(task.coverage.requests), percent(task.coverage.tokens)),
        Fact("Not listed: unknown models", percent(task.unlisted.requests), percent(task.unlisted.tokens)),
    )


def _change(task: TaskReport) -> tuple[Fact, ...]:
    """How far its share of everything went in 7 days; nothing where that cannot be said."""
    since, share = task.change.since, task.change.share
    if since is None or share.requests is None:
        return ()
    label = f"Change of its share of all tasks since {formats.long_date(since)}"
    return (Fact(label, formats.points(share.requests), formats.points(share.tokens)),)


def _concentration(task: TaskReport, trends: Trends) -> tuple[Fact, ...]:
    return tuple(Fact(*words) for words in concentration_facts(task, trends))


def _departed(task: TaskReport) -> str:
    """Who left the list, with place and share then: what they are now is unknown."""
    if not task.departed or task.change.since is None:
        return ""
    gone = [
        f"{model.name} ({formats.ordinal(model.rank.place)} with {formats.percent(model.share.requests)} then)"
        for model in task.departed
    ]
    return f"Left the list since {formats.long_date(task.change.since)}: {formats.listed(gone)}."


def coverage_words(task: TaskReport) -> str:
    """What the list covers, and that the rest is unknown."""
    if not task.models:
        return f"No model is listed, so who carries {task.label} is unknown."
    percent, coverage, unlisted = formats.percent, task.coverage, task.unlisted
    return (
        f"The {formats.plural(len(task.models), 'listed model')} carry {percent(coverage.requests)} of the requests "
        f"and {percent(coverage.tokens)} of the tokens of {task.label}. The remaining {percent(unlisted.requests)} and "
        f"{percent(unlisted.tokens)} belong to models that the source does not name: unknown, not zero."
    )


def _models_table(task: TaskReport, compared_with: date | None, paths: Paths, trends: Trends) -> Table:
    largest = largest_of(model.share for model in task.models)
    empty = 2 + len(change_column(compared_with)) + len(spark_column(trends))
    return Table(
        caption=f"Models listed for {task.label}, by their share of its requests",
        lines=spark_note(trends),
        columns=(
            PLACE,
            Column("model", is_number=False),
            REQUESTS,
            TOKENS,
            *change_column(compared_with),
            *spark_column(trends),
            Column("place by tokens"),
            PER_REQUEST,
        ),
        rows=tuple(
            (
                place_cell(model.ranks.requests, paths.raw(model.pointer)),
                Cell(model.name, paths.model(model.id), note=model.id, anchor=model_anchor(model.id)),
                *share_cells(model.share, largest),
                *change_cell(model.change, compared_with),
                *spark_cell(("listed", task.tag, model.id), trends),
                place_cell(model.ranks.tokens),
                intensity_cell(model.intensity),
            )
            for model in task.models
        ),
        foot=(_total("All listed", task.coverage, empty), _total("Not listed", task.unlisted, empty)),
    )


def _total(label: str, share: Pair, empty: int) -> tuple[Cell, ...]:
    return (
        Cell(""),
        Cell(label),
        Cell(formats.percent(share.requests)),
        Cell(formats.percent(share.tokens)),
        *(Cell("") for _ in range(empty)),
    )


def _link(task: TaskReport | None, paths: Paths) -> Link | None:
    return Link(task.label, paths.task(task.category, task.tag)) if task else None
