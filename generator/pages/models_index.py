"""The index of models, by at least their share of all requests."""

from dataclasses import dataclass

from generator import formats
from generator.addresses import Paths, model_path
from generator.models import Cell, Column, Figure, Link, ModelReport, Page, Report, Table
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
    place_cell,
    share_cells,
)


@dataclass(frozen=True, slots=True)
class ModelsContent:
    """What models.html prints."""

    lede: str
    models: Figure | None
    empty: str  # why there is no chart; "" where there is one


def models_page(report: Report, drawn: Drawn) -> Page:
    """Every model that is listed anywhere. Shares are lower bounds, and said to be."""
    models = figure(drawn, "models", _table(report), Paths(report.source_path))
    empty = "" if models else "No task of this snapshot lists a model."
    lede = (
        f"{formats.plural(len(report.models), 'model')} stand in the lists of "
        f"{formats.plural(len(report.tasks), 'task')}, {formats.window_words(report.window_days, report.as_of)}."
    )
    description = f"{models.chart.title}. {lede}" if models else empty
    content = ModelsContent(lede, models, empty)
    return Page(
        "models/", "models.html", "All models", description[:200], (Link("Home", ""),), content, None, embed_of(models)
    )


def _table(report: Report) -> Table:
    largest = largest_of(model.share for model in report.models)
    return Table(
        caption="Models by at least their share of all classified requests",
        columns=(
            PLACE,
            Column("model", is_number=False),
            REQUESTS,
            TOKENS,
            *change_column(report.compared_with),
            Column("tasks that list it"),
            Column("largest share", is_number=False),
        ),
        rows=tuple(
            (
                place_cell(model.ranks.requests),
                Cell(model.name, model_path(model.id), detail=model.author, note=model.id),
                *share_cells(model.share, largest),
                *change_cell(model.change, report.compared_with),
                Cell(f"{len(model.listings)} of {len(report.tasks)}"),
                _largest(model),
            )
            for model in report.models
        ),
    )


def _largest(model: ModelReport) -> Cell:
    first = model.listings[0]
    return Cell(f"{formats.percent(first.share.requests)} of {first.label} requests")
