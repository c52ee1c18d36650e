"""Positions in a list, week by week, the first on top."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

import altair as alt

from generator.charts.course import (
    frame_of,
    in_both_widths,
    is_alone,
    is_drawn,
    line_layers,
    name_layer,
    row_of,
    series_of,
    series_rows,
)
from generator.charts.marks import NO_MARKS, Marks
from generator.charts.style import Layer, Plot, layered
from generator.models import CourseLine, Trends

_ROW_HEIGHT = 26
_MOST_MARKED = 26  # weeks: marks of more would touch each other; hovering shows each all the same


@dataclass(frozen=True, slots=True)
class Ladder:
    """A thing whose position in a list is followed."""

    key: str
    label: str
    positions: tuple[int | None, ...]  # one for each week of the trends
    colour: str


def position_lines(lines: Sequence[Ladder], trends: Trends, marks: Marks = NO_MARKS) -> Plot:
    """The positions of several things in a list, week by week."""
    rows = list(_position_rows(lines, trends))
    told = (CourseLine(line.key, line.label, line.positions) for line in lines)
    return in_both_widths(partial(_position_plot, lines, rows, trends), trends.weeks, told, marks)


def _position_plot(lines: Sequence[Ladder], rows: list[dict[str, object]], trends: Trends, is_narrow: bool) -> Plot:
    lowest = max((place for line in lines for place in line.positions if place), default=1)
    frame = frame_of([line.label for line in lines], _ROW_HEIGHT * max(lowest - 1, 1), is_narrow)
    layers = _position_form(trends.weeks[0], trends.weeks[-1], lowest, is_narrow)
    series = [series_of(line.key, line.label, line.colour, is_narrow) for line in lines]
    return Plot(layers, rows, frame, series)


@cache
def _position_form(first: date, last: date, lowest: int, is_narrow: bool) -> tuple[Layer, ...]:
    """The layers, the same in all charts of these weeks and as many positions."""
    axis = alt.Axis(values=list(range(1, lowest + 1)), format="d", grid=False)
    scale = alt.Scale(domain=[lowest if lowest > 1 else 2, 1], nice=False)
    base = series_rows(tokens_text="'–'", requests_text="datum.place ? 'position ' + datum.place : '–'")
    y = alt.Y("place:Q", axis=axis, scale=scale)
    return layered(*line_layers(base, y, first, last, is_narrow), name_layer(base, y))


def _position_rows(lines: Sequence[Ladder], trends: Trends) -> Iterator[dict[str, object]]:
    is_each = len(trends.weeks) <= _MOST_MARKED
    for line in lines:
        known = [place is not None for place in line.positions]
        for week, (day, place) in enumerate(zip(trends.weeks, line.positions, strict=True)):
            if not is_drawn(known, week):
                continue
            is_last = week == len(trends.weeks) - 1
            is_marked = place is not None and (is_last or is_each or is_alone(known, week) or day in trends.restated)
            yield row_of(line.key, day, trends, is_marked, is_last) | {"place": place}
