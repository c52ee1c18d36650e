"""Cells and rows that several tables share."""

from collections.abc import Iterable, Mapping
from datetime import date

from generator import formats
from generator.addresses import Paths, edition_path, embed_path, picture_path, raw_path, use_path
from generator.models import Cell, Change, Chart, Column, Drawing, Figure, Intensity, Link, Pair, Rank, Table

Drawn = Mapping[str, tuple[Chart, Drawing]]

REQUESTS = Column("requests", "requests")
TOKENS = Column("tokens", "tokens")
PLACE = Column("#")
LEADER = Column("leader by requests, its share", is_number=False)
PER_REQUEST = Column("tokens per request")
_LOOSE = 1.25  # a ratio whose bounds are further apart than this is shown with them


def above_tasks(paths: Paths) -> tuple[Link, ...]:
    """The breadcrumbs of the pages of macro-categories and tasks."""
    if paths.edition:
        return (Link("Home", ""), Link("Editions", "editions/"), Link(paths.edition, edition_path(paths.edition)))
    return (Link("Home", ""), Link("All tasks", "tasks/"))


def figure(drawn: Drawn, chart_id: str, table: Table, paths: Paths, *, has_measures: bool = True) -> Figure | None:
    """The chart with its table; None where there is no such chart, as for an empty list."""
    if chart_id not in drawn:
        return None
    chart, drawing = drawn[chart_id]
    return Figure(chart, drawing, table, uses_of(chart_id, paths), embed_path(chart_id, paths.edition), has_measures)


def uses_of(chart_id: str, paths: Paths) -> tuple[Link, ...]:
    """What can be taken from a chart. That of an edition leads to its own embed, picture, file and citation."""
    if not paths.edition:
        use = use_path(chart_id)
        return tuple(Link(name, f"{use}#{name.lower()}") for name in ("Embed", "Image", "Data", "Cite"))
    return (
        Link("Embed", embed_path(chart_id, paths.edition)),
        Link("Image", picture_path(chart_id, edition=paths.edition)),
        Link("Data", raw_path(paths.file)),
        Link("Cite", f"{edition_path(paths.edition)}#cite"),
    )


def embed_of(figure: Figure | None) -> Link | None:
    """Where the first chart of a page can be embedded."""
    return Link(figure.chart.title, figure.embed) if figure else None


def place_cell(rank: Rank, raw: str | None = None) -> Cell:
    """`3`, or `3=` for a shared place. `raw`: where the row's figures stand in the raw snapshot."""
    if rank.is_shared:
        note = f"shared {formats.ordinal(rank.place)} place: equal in three decimals"
        return Cell(f"{rank.place}=", raw, note=note)
    return Cell(str(rank.place), raw)


def change_column(compared_with: date | None) -> tuple[Column, ...]:
    """The column of changes, named by the day compared with; none where there is no such day."""
    return (Column(f"vs {formats.long_date(compared_with)}", is_number=False),) if compared_with else ()


def change_cell(change: Change, compared_with: date | None) -> tuple[Cell, ...]:
    """What became of a place, and by how many points of requests; none where the table has no such column."""
    if not compared_with:
        return ()
    if change.reason:
        return (Cell(formats.MISSING, note=f"no comparison: {change.reason}"),)
    known = change.share.requests is not None
    return (Cell(formats.change_words(change), detail=formats.points(change.share.requests) if known else ""),)


def share_cells(share: Pair, largest: Pair) -> tuple[Cell, Cell]:
    """Requests and tokens with bars on one scale: the largest share of either measure fills the cell."""
    return _share_cell(share.requests, largest), _share_cell(share.tokens, largest)


def largest_of(shares: Iterable[Pair]) -> Pair:
    """The largest request share and the largest token share."""
    pairs = tuple(shares)
    return Pair(
        max((pair.requests or 0.0 for pair in pairs), default=0.0),
        max((pair.tokens or 0.0 for pair in pairs), default=0.0),
    )


def intensity_cell(intensity: Intensity | None) -> Cell:
    """`3.3×`, with the bounds that rounding leaves where they are far apart."""
    if intensity is None:
        return Cell(formats.MISSING, note="not known: a share published as 0.0 % has no ratio")
    if intensity.highest <= intensity.low * _LOOSE:
        return Cell(formats.times(intensity.ratio))
    low, high = formats.times(intensity.low), formats.times(intensity.high)
    bounds = f"{low} to {high}" if intensity.high is not None else f"at least {low}"
    return Cell(formats.times(intensity.ratio), detail=bounds, note=f"{bounds}, as far as rounded shares tell")


def _share_cell(share: float | None, largest: Pair) -> Cell:
    scale = max(largest.requests or 0.0, largest.tokens or 0.0)
    bar = round(share / scale, 4) if share is not None and scale else None
    return Cell(formats.percent(share), bar=bar, note="" if share is not None else "not listed, so not known")
