"""Shares over time, from zero; the reader may switch to tokens."""

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
from generator.charts.style import MUTED, Layer, Plot, layered, ticks
from generator.models import Course, CourseLine, Mark, Pair, Trends

_HEIGHT = 260
_LINE_ROOM = 18  # between two names at the end of lines
_PERCENT = "isValid(datum.{0}) ? format(datum.{0} * 100, '.1f') + ' %' : '–'"


@dataclass(frozen=True, slots=True)
class Line:
    """A thing whose shares are followed."""

    key: str  # unique in the chart
    label: str
    course: Course  # one for each date of the trends
    colour: str


def share_lines(lines: Sequence[Line], trends: Trends, marks: Marks = NO_MARKS) -> Plot:
    """The shares of several things over time, by requests or, when the reader asks, by tokens."""
    rows = list(_share_rows(lines, trends))
    told = (CourseLine(line.key, line.label, line.course) for line in lines)
    return in_both_widths(partial(_share_plot, lines, rows, trends), trends.dates, told, marks)


def _share_plot(lines: Sequence[Line], rows: list[dict[str, object]], trends: Trends, is_narrow: bool) -> Plot:
    top = max(_values_of(lines), default=0.0) or 0.001
    frame = frame_of([line.label for line in lines], _HEIGHT, is_narrow)
    layers = _share_form(trends.dates[0], trends.dates[-1], is_narrow)
    series = _share_series(lines, top, is_narrow)
    return Plot(layers, rows, frame, series, params={"top": top, "ticks": ticks(top)})


@cache
def _share_form(first: date, last: date, is_narrow: bool) -> tuple[Layer, ...]:
    """The layers, the same in all charts of these dates: `top` and `ticks` of the scale are parameters."""
    axis = alt.Axis(values=alt.ExprRef("ticks"), labelExpr="format(datum.value * 100, '.1~f') + ' %'")
    scale = alt.Scale(domainMin=0, domainMax=alt.ExprRef("top"), nice=False)
    base = series_rows(
        share="measure === 'tokens' ? datum.tokens : datum.requests",
        label_at="measure === 'tokens' ? datum.token_label : datum.request_label",
        requests_text=_PERCENT.format("requests"),
        tokens_text=_PERCENT.format("tokens"),
    )
    y, name_y = alt.Y("share:Q", axis=axis, scale=scale), alt.Y("label_at:Q", axis=axis, scale=scale)
    return layered(*line_layers(base, y, first, last, is_narrow), name_layer(base, name_y))


def pair_lines(course: Course, colour: str, trends: Trends, marks: Marks = NO_MARKS) -> Plot:
    """One thing's share of requests and of tokens over time, on one scale."""
    requests = Line("requests", "● requests", _alone(course, "requests"), colour)
    tokens = Line("tokens", "◇ tokens", _alone(course, "tokens"), MUTED)
    return share_lines([requests, tokens], trends, marks)


def _alone(course: Course, measure: Mark) -> Course:
    """A course that is the same by either measure, so that no switch changes it."""
    values = [getattr(share, measure) if share else None for share in course]
    return tuple(None if value is None else Pair(value, value) for value in values)


def _share_rows(lines: Sequence[Line], trends: Trends) -> Iterator[dict[str, object]]:
    for line in lines:
        known = [share is not None for share in line.course]
        for place, (day, share) in enumerate(zip(trends.dates, line.course, strict=True)):
            if not is_drawn(known, place):
                continue
            is_last = place == len(trends.dates) - 1
            shares = {"requests": share.requests, "tokens": share.tokens} if share else {"requests": None}
            is_marked = share is not None and (is_last or is_alone(known, place) or day in trends.restated)
            yield row_of(line.key, day, trends, is_marked, is_last) | shares


def _share_series(lines: Sequence[Line], top: float, is_narrow: bool) -> list[dict[str, object]]:
    request_labels = _spread([_last(line).requests for line in lines], top)
    token_labels = _spread([_last(line).tokens for line in lines], top)
    return [
        series_of(line.key, line.label, line.colour, is_narrow)
        | {"request_label": request_label, "token_label": token_label}
        for line, request_label, token_label in zip(lines, request_labels, token_labels, strict=True)
    ]


def _last(line: Line) -> Pair:
    return line.course[-1] or Pair(None, None)


def _spread(values: Sequence[float | None], top: float) -> list[float]:
    """Where names stand beside the ends of lines: as near as may be, and no two on each other."""
    room = top * _LINE_ROOM / _HEIGHT
    order = sorted(range(len(values)), key=lambda place: (values[place] or 0.0, -place))
    found = [0.0] * len(values)
    floor = -room
    for place in order:
        floor = found[place] = max(values[place] or 0.0, floor + room)
    ceiling = top + room / 2
    for place in reversed(order):
        found[place] = min(found[place], ceiling)
        ceiling = found[place] - room
    return [round(value, 5) for value in found]


def _values_of(lines: Sequence[Line]) -> Iterator[float]:
    for line in lines:
        for share in line.course:
            if share:
                yield max(share.requests or 0.0, share.tokens or 0.0)
