"""The table below the drawing of an embed: all its figures, of what is over time the newest."""

from collections.abc import Iterator

from generator import formats
from generator.models import Cell, Chart, Column, CourseLine, Pair, Table

MOST_DATES = 26  # rows of the table of a chart over time; all of them are in its file


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
