"""The page of a model: in which tasks it is listed, and what it is used for against the average model."""

from dataclasses import dataclass, replace
from datetime import date

from generator import formats
from generator.addresses import Paths, check_path, model_chart_id, model_path, task_path
from generator.models import Cell, Column, Figure, Link, Listing, ModelReport, Page, Pair, Report, Table, Trends
from generator.pages.cells import (
    PLACE,
    REQUESTS,
    TOKENS,
    Drawn,
    change_cell,
    change_column,
    embed_of,
    figure,
    largest_of,
    share_cells,
)
from generator.pages.history import HistorySection, history_section, nothing_before
from generator.pages.spark import spark_cell, spark_column, spark_note


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another model of the same author."""

    link: Link
    id: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ModelContent:
    """What model.html prints."""

    name: str
    id: str
    author: str
    finding: str
    place: str
    use: str  # what it is used for against the average model; "" where nothing can be said
    tasks: Figure | None
    history: HistorySection
    not_listed: str
    check: Link  # to the page that checks claims
    siblings: tuple[Sibling, ...]


def model_page(report: Report, model: ModelReport, trends: Trends, drawn: Drawn) -> Page:
    """A model. A task that does not list it is left out, never shown as 0."""
    tasks = figure(drawn, model_chart_id(model.id), _table(report, model, trends), Paths(report.source_path))
    finding = f"{tasks.chart.title}." if tasks else ""
    content = ModelContent(
        name=model.name,
        id=model.id,
        author=model.author,
        finding=finding,
        place=_place(report, model),
        use=_use(model),
        tasks=tasks,
        history=history_section(
            drawn,
            switched=[f"{model_chart_id(model.id)}-history"],
            nothing=nothing_before(model.name, report.days_kept),
        ),
        not_listed=_not_listed(report, model),
        check=Link(f"Check a claim about {model.name}", check_path(model_id=model.id)),
        siblings=_siblings(report, model),
    )
    breadcrumbs = (Link("Home", ""), Link("Models", "models/"))
    return Page(
        model_path(model.id),
        "model.html",
        f"{model.name}: tasks",
        finding[:200],
        breadcrumbs,
        content,
        None,
        embed_of(tasks),
    )


def _place(report: Report, model: ModelReport) -> str:
    return (
        f"It is listed in {len(model.listings)} of {formats.plural(len(report.tasks), 'task')} and carries at least "
        f"{formats.percent(model.share.requests)} of all classified requests and at least "
        f"{formats.percent(model.share.tokens)} of all tokens, summed over these tasks."
    )


def _use(model: ModelReport) -> str:
    """The task that stands out: the highest lift by requests, where there is something to compare with."""
    lifts = [listing for listing in model.listings if listing.lift.requests is not None]
    if len(lifts) < 2:
        return ""
    top = max(lifts, key=lambda listing: (listing.lift.requests or 0.0, listing.tag))
    return (
        f"Over these {formats.plural(len(lifts), 'task')}, {top.label} is {formats.times(top.lift.requests)} as large "
        "a part of its requests as of the average model's."
    )


def _not_listed(report: Report, model: ModelReport) -> str:
    missing = len(report.tasks) - len(model.listings)
    if not missing:
        return ""
    tasks = "the other task" if missing == 1 else f"the other {missing} tasks"
    return (
        f"In {tasks} it is not among the listed models. Its share there is unknown: at most that of the last one "
        "listed, and not zero."
    )


def _table(report: Report, model: ModelReport, trends: Trends) -> Table:
    compared_with, paths = report.compared_with, Paths(report.source_path)
    largest = largest_of(listing.share for listing in model.listings)
    return Table(
        caption=f"Tasks that list {model.name}, by its share of their requests",
        lines=spark_note(trends),
        columns=(
            PLACE,
            Column("task", is_number=False),
            REQUESTS,
            TOKENS,
            *change_column(compared_with),
            *spark_column(trends),
            Column("part of its listed requests"),
            Column("against the average model"),
        ),
        rows=tuple(
            (
                Cell(str(position), paths.raw(listing.pointer)),
                *_row(listing, largest, compared_with, spark_cell(("listed", listing.tag, model.id), trends)),
            )
            for position, listing in enumerate(model.listings, 1)
        ),
    )


def _row(listing: Listing, largest: Pair, compared_with: date | None, spark: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """All but the place."""
    requests, tokens = share_cells(listing.share, largest)
    return (
        Cell(listing.label, task_path(listing.category, listing.tag)),
        replace(requests, detail=formats.place_words(listing.ranks.requests)),
        replace(tokens, detail=formats.place_words(listing.ranks.tokens)),
        *change_cell(listing.change, compared_with),
        *spark,
        Cell(formats.percent(listing.mix.requests)),
        Cell(formats.times(listing.lift.requests)),
    )


def _siblings(report: Report, model: ModelReport) -> tuple[Sibling, ...]:
    by_id = {other.id: other for other in report.models}
    return tuple(
        Sibling(
            Link(by_id[other].name, model_path(other)),
            other,
            f"listed in {formats.plural(len(by_id[other].listings), 'task')}, at least "
            f"{formats.percent(by_id[other].share.requests)} of all requests",
        )
        for other in model.siblings
    )
