"""What an embed shows beside its drawing, or in place of it: rows with their marks, and a table of what is over time.

A row is a name, its marks on one scale, and both figures: it needs no more room than a telephone has, and says all that
the drawing of the same rows says.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from generator import formats
from generator.models import Cell, Chart, Column, CourseLine, Pair, ShareRow, Table

MOST_DATES = 26  # rows of the table of a chart over time; all of them are in its file
_LEFT, _RIGHT = 3, 94  # percent of the room for marks in which the scale lies


@dataclass(frozen=True, slots=True)
class ShareMark:
    """A row of a chart that is printed row by row. Places are percent of the room for marks; None: not known."""

    label: str
    colour: str
    requests: str
    tokens: str
    requests_at: float | None
    tokens_at: float | None
    line: tuple[float, float] | None  # between the two: where it begins and how long it is


def marks_of(rows: tuple[ShareRow, ...]) -> tuple[ShareMark, ...]:
    """The rows of a chart of two shares, with the places of their marks."""
    top = max((max(row.share.requests or 0.0, row.share.tokens or 0.0) for row in rows), default=0.0) or 1.0

    def at(share: float | None) -> float | None:
        return None if share is None else round(_LEFT + (_RIGHT - _LEFT) * share / top, 1)

    return tuple(_mark(row, at(row.share.requests), at(row.share.tokens)) for row in rows)


def _mark(row: ShareRow, requests_at: float | None, tokens_at: float | None) -> ShareMark:
    line = None
    if requests_at is not None and tokens_at is not None:
        line = min(requests_at, tokens_at), round(abs(requests_at - tokens_at), 1)
    return ShareMark(
        label=row.label,
        colour=row.colour,
        requests=formats.percent(row.share.requests),
        tokens=formats.percent(row.share.tokens),
        requests_at=requests_at,
        tokens_at=tokens_at,
        line=line,
    )


def table_of(chart: Chart) -> Table:
    """All that a chart shows, in figures; of a chart over time the newest dates."""
    return _rows_table(chart) if chart.rows else _lines_table(chart)


def _rows_table(chart: Chart) -> Table:
    has_intensity = any(row.intensity for row in chart.rows)
    return Table(
        caption=chart.title,
        columns=(Column(""), Column("● requests"), Column("◇ tokens"), *[Column("tokens per request")] * has_intensity),
        rows=tuple(
            (
                Cell(row.label),
                Cell(formats.percent(row.share.requests)),
                Cell(formats.percent(row.share.tokens)),
                *[Cell(formats.times(row.intensity))] * has_intensity,
            )
            for row in chart.rows
        ),
    )


def _lines_table(chart: Chart) -> Table:
    """A chart over time, the newest date first."""
    shown = list(enumerate(chart.dates))[::-1][:MOST_DATES]
    cut = f": the newest {len(shown)} of {len(chart.dates)} dates" if len(shown) < len(chart.dates) else ""
    return Table(
        caption=f"{chart.subtitle.partition(';')[0]}{cut}",
        columns=(Column("date"), *(Column(line.label) for line in chart.lines)),
        rows=tuple((Cell(formats.short_date(day)), *_points(chart.lines, place)) for place, day in shown),
    )


def _points(lines: tuple[CourseLine, ...], place: int) -> Iterator[Cell]:
    for line in lines:
        point = line.points[place]
        if isinstance(point, Pair):
            yield Cell(formats.percent(point.requests))
        else:
            yield Cell(formats.MISSING if point is None else str(point))
