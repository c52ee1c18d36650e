"""Lines over time. A gap in the archive is a gap in the line; where a restated day stands, a mark says so.

Two forms: shares (from zero, the reader may switch to tokens) and positions in a list (the first on top).
"""

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import altair as alt

from generator import formats
from generator.charts.marks import NO_MARKS, Marks, mark_layers
from generator.charts.style import (
    BACKGROUND,
    LONGEST_LABEL,
    LONGEST_NARROW_LABEL,
    MUTED,
    NARROW_WIDTH,
    ROWS,
    SERIES,
    TEXT,
    Frame,
    Layer,
    Plot,
    label_width,
    layered,
    shortened,
    ticks,
)
from generator.models import Course, CourseLine, Mark, Pair, Trends

_LEFT = 52
_BELOW = 74  # the day and the year
_NARROW_LEFT, _NARROW_BELOW = 40, 48
_MOST_TICKS, _MOST_NARROW_TICKS = 7, 4
_HEIGHT = 260
_LINE_ROOM = 18  # between two names at the end of lines
_ROW_HEIGHT = 26
_MOST_MARKED = 26  # weeks: marks of more would touch each other; hovering shows each all the same
_GRAIN_WORDS = {"day": "daily", "week": "one snapshot a week", "month": "one snapshot a month"}
_YEAR_BELOW = (
    "datum.index === 0 || utcmonth(datum.value) === 0 "
    "? [utcFormat(datum.value, '%-d %b'), utcFormat(datum.value, '%Y')] : utcFormat(datum.value, '%-d %b')"
)
_PERCENT = "isValid(datum.{0}) ? format(datum.{0} * 100, '.1f') + ' %' : '–'"
_SERIES_FIELDS = ["label", "short_label", "colour", "request_label", "token_label"]
_FAINT_OR_NOT = "!focus || focus.series === datum.series"


@dataclass(frozen=True, slots=True)
class Line:
    """A thing whose shares are followed."""

    key: str  # unique in the chart
    label: str
    course: Course  # one for each date of the trends
    colour: str


@dataclass(frozen=True, slots=True)
class Ladder:
    """A thing whose position in a list is followed."""

    key: str
    label: str
    positions: tuple[int | None, ...]  # one for each week of the trends
    colour: str


def grain_words(trends: Trends) -> str:
    """`daily, 4 May 2026 to 31 August 2026`: how finely the time axis is drawn."""
    first, last = formats.long_date(trends.dates[0]), formats.long_date(trends.dates[-1])
    return f"{_GRAIN_WORDS[trends.grain]}, {first} to {last}"


def share_lines(lines: Sequence[Line], trends: Trends, marks: Marks = NO_MARKS) -> Plot:
    """The shares of several things over time, by requests or, when the reader asks, by tokens."""
    narrow = _share_plot(lines, trends, marks, is_narrow=True)
    told = tuple(CourseLine(line.key, line.label, line.course) for line in lines)
    return replace(_share_plot(lines, trends, marks, is_narrow=False), narrow=narrow, dates=trends.dates, lines=told)


def _share_plot(lines: Sequence[Line], trends: Trends, marks: Marks, *, is_narrow: bool) -> Plot:
    top = max(_values_of(lines), default=0.0) or 0.001
    frame = _frame([line.label for line in lines], _HEIGHT, is_narrow)
    layers = _share_form(trends.dates[0], trends.dates[-1], is_narrow)
    rows, series = list(_share_rows(lines, trends)), _share_series(lines, top, is_narrow)
    plot = Plot(layers, rows, frame, series, params={"top": top, "ticks": ticks(top)})
    return _marked(plot, marks, trends.dates)


@functools.cache
def _share_form(first: date, last: date, is_narrow: bool) -> tuple[Layer, ...]:
    """The layers, the same in all charts of these dates: `top` and `ticks` of the scale are parameters."""
    axis = alt.Axis(values=alt.ExprRef("ticks"), labelExpr="format(datum.value * 100, '.1~f') + ' %'")
    scale = alt.Scale(domainMin=0, domainMax=alt.ExprRef("top"), nice=False)
    base = _base(
        share="measure === 'tokens' ? datum.tokens : datum.requests",
        label_at="measure === 'tokens' ? datum.token_label : datum.request_label",
        requests_text=_PERCENT.format("requests"),
        tokens_text=_PERCENT.format("tokens"),
    )
    y, name_y = alt.Y("share:Q", axis=axis, scale=scale), alt.Y("label_at:Q", axis=axis, scale=scale)
    return layered(*_lines(base, y, first, last, is_narrow), _names(base, name_y))


def pair_lines(course: Course, colour: str, trends: Trends, marks: Marks = NO_MARKS) -> Plot:
    """One thing's share of requests and of tokens over time, on one scale."""
    requests = Line("requests", "● requests", _alone(course, "requests"), colour)
    tokens = Line("tokens", "◇ tokens", _alone(course, "tokens"), MUTED)
    return share_lines([requests, tokens], trends, marks)


def _alone(course: Course, measure: Mark) -> Course:
    """A course that is the same by either measure, so that no switch changes it."""
    values = [getattr(share, measure) if share else None for share in course]
    return tuple(None if value is None else Pair(value, value) for value in values)


def position_lines(lines: Sequence[Ladder], trends: Trends, marks: Marks = NO_MARKS) -> Plot:
    """The positions of several things in a list, week by week."""
    narrow = _position_plot(lines, trends, marks, is_narrow=True)
    told = tuple(CourseLine(line.key, line.label, line.positions) for line in lines)
    return replace(_position_plot(lines, trends, marks, is_narrow=False), narrow=narrow, dates=trends.weeks, lines=told)


def _position_plot(lines: Sequence[Ladder], trends: Trends, marks: Marks, *, is_narrow: bool) -> Plot:
    lowest = max((place for line in lines for place in line.positions if place), default=1)
    frame = _frame([line.label for line in lines], _ROW_HEIGHT * max(lowest - 1, 1), is_narrow)
    layers = _position_form(trends.weeks[0], trends.weeks[-1], lowest, is_narrow)
    series = [_series(line, is_narrow) for line in lines]
    return _marked(Plot(layers, list(_position_rows(lines, trends)), frame, series), marks, trends.weeks)


@functools.cache
def _position_form(first: date, last: date, lowest: int, is_narrow: bool) -> tuple[Layer, ...]:
    """The layers, the same in all charts of these weeks and as many positions."""
    axis = alt.Axis(values=list(range(1, lowest + 1)), format="d", grid=False)
    scale = alt.Scale(domain=[lowest if lowest > 1 else 2, 1], nice=False)
    base = _base(tokens_text="'–'", requests_text="datum.place ? 'position ' + datum.place : '–'")
    y = alt.Y("place:Q", axis=axis, scale=scale)
    return layered(*_lines(base, y, first, last, is_narrow), _names(base, y))


def _frame(labels: list[str], height: int, is_narrow: bool) -> Frame:
    """Room for the numbers on the left, the names on the right and the days below."""
    names = label_width(labels, LONGEST_NARROW_LABEL if is_narrow else LONGEST_LABEL) + 14
    if is_narrow:
        return Frame(_NARROW_LEFT, names + 8, height, below=_NARROW_BELOW, whole=NARROW_WIDTH)
    return Frame(_LEFT, names, height, below=_BELOW)


def _marked(plot: Plot, marks: Marks, dates: Sequence[date]) -> Plot:
    """The plot with a rule at each day on which something was defined anew."""
    if not marks.days:
        return plot
    return replace(
        plot, layers=[*plot.layers, *mark_layers(_time(dates[0], dates[-1]))], marks=marks.rows(dates, plot.frame.width)
    )


def _lines(base: alt.Chart, y: alt.Y, first: date, last: date, is_narrow: bool) -> tuple[alt.Chart, ...]:
    x = _time(first, last, _MOST_NARROW_TICKS if is_narrow else _MOST_TICKS)
    stroke = alt.Stroke("colour:N", scale=None, legend=None)
    fill = alt.Fill("colour:N", scale=None, legend=None)
    faint = alt.OpacityValue(0.2, condition={"test": _FAINT_OR_NOT, "value": 1})
    seen = alt.OpacityValue(0, condition={"test": "focus && focus.key === datum.key", "value": 1})
    tooltip = [alt.Tooltip("label:N", title="title"), alt.Tooltip("date_text:N", title="as of")]
    tooltip += [alt.Tooltip("requests_text:N", title="● requests"), alt.Tooltip("tokens_text:N", title="◇ tokens")]
    detail = alt.Detail("series:N")
    line = base.mark_line(strokeWidth=2, strokeJoin="round", interpolate="linear", invalid="break-paths-show-domains")
    point = base.transform_filter("datum.is_marked").mark_point(
        shape="circle", size=16 if is_narrow else 42, strokeWidth=2
    )
    stop = base.mark_point(shape="circle", size=60, strokeWidth=0, invalid="filter")
    return (
        line.encode(x=x, y=y, stroke=stroke, detail=detail, opacity=faint),
        point.encode(x=x, y=y, fill=alt.Fill("fill:N", scale=None, legend=None), stroke=stroke, opacity=faint),
        stop.encode(x=x, y=y, fill=fill, tooltip=tooltip, opacity=seen),
    )


def _time(first: date, last: date, most_ticks: int = _MOST_TICKS) -> alt.X:
    """The axis of time."""
    return alt.X(
        "date:T",
        scale=alt.Scale(type="utc", domain=[_instant(first), _instant(last)]),
        axis=alt.Axis(values=_time_ticks(first, last, most_ticks), labelExpr=_YEAR_BELOW, grid=False, offset=8),
    )


def _names(base: alt.Chart, y: alt.Y) -> alt.Chart:
    """The name of each line at its end."""
    end = base.transform_filter("datum.is_last").mark_text(align="left", baseline="middle", fill=TEXT)
    placed: alt.Chart = end.encode(x=alt.XValue(alt.ExprRef("width + 10")), y=y, text=alt.Text("short_label:N"))
    return placed


def _base(**calculated: str) -> alt.Chart:
    """The rows with what their series say of them all: so that a row is a few letters long."""
    chart: alt.Chart = (
        alt.Chart(ROWS)
        .transform_lookup(lookup="series", from_=alt.LookupData(data=SERIES, key="series", fields=_SERIES_FIELDS))
        .transform_calculate(
            key="datum.series + ' ' + datum.date",
            fill=f"datum.restated ? '{BACKGROUND}' : datum.colour",
            date_text="utcFormat(toDate(datum.date), '%-d %B %Y') + (datum.restated ? ', restated' : '')",
            **calculated,
        )
    )
    return chart


def _share_rows(lines: Sequence[Line], trends: Trends) -> Iterator[dict[str, object]]:
    for line in lines:
        known = [share is not None for share in line.course]
        for place, (day, share) in enumerate(zip(trends.dates, line.course, strict=True)):
            is_last = place == len(trends.dates) - 1
            shares = {"requests": share.requests, "tokens": share.tokens} if share else {"requests": None}
            is_marked = share is not None and (is_last or _is_alone(known, place) or day in trends.restated)
            yield _row(line.key, day, trends, is_marked, is_last) | shares


def _share_series(lines: Sequence[Line], top: float, is_narrow: bool) -> list[dict[str, object]]:
    request_labels = _spread([_last(line).requests for line in lines], top)
    token_labels = _spread([_last(line).tokens for line in lines], top)
    return [
        _series(line, is_narrow) | {"request_label": request_label, "token_label": token_label}
        for line, request_label, token_label in zip(lines, request_labels, token_labels, strict=True)
    ]


def _series(line: Line | Ladder, is_narrow: bool) -> dict[str, object]:
    short = shortened(line.label, LONGEST_NARROW_LABEL if is_narrow else LONGEST_LABEL)
    return {"series": line.key, "label": line.label, "short_label": short, "colour": line.colour}


def _position_rows(lines: Sequence[Ladder], trends: Trends) -> Iterator[dict[str, object]]:
    is_each = len(trends.weeks) <= _MOST_MARKED
    for line in lines:
        known = [place is not None for place in line.positions]
        for week, (day, place) in enumerate(zip(trends.weeks, line.positions, strict=True)):
            is_last = week == len(trends.weeks) - 1
            is_marked = place is not None and (is_last or is_each or _is_alone(known, week) or day in trends.restated)
            yield _row(line.key, day, trends, is_marked, is_last) | {"place": place}


def _row(key: str, day: date, trends: Trends, is_marked: bool, is_last: bool) -> dict[str, object]:
    """What is true of a day is said; what is not is left out."""
    flags = {"is_marked": is_marked, "is_last": is_last, "restated": day in trends.restated}
    return {"series": key, "date": day.isoformat()} | {flag: 1 for flag, is_so in flags.items() if is_so}


def _is_alone(known: Sequence[bool], place: int) -> bool:
    """A value between two gaps has no line to be seen by."""
    return not any(known[near] for near in (place - 1, place + 1) if 0 <= near < len(known))


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


def _time_ticks(first: date, last: date, most: int) -> list[alt.DateTime]:
    """Few, at the beginnings of months or years where the axis is long enough for them."""
    days = (last - first).days
    if days <= 45:
        step = max(1, -(-days // (most - 2)))
        return [_instant(date.fromordinal(first.toordinal() + n)) for n in range(0, days + 1, step)]
    months = max(1, round(days / 30.4 / (most - 1)))
    firsts = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in range(1, 13, 1)]
    inside = [day for day in firsts if first <= day <= last and (day.month - 1) % min(months, 12) == 0]
    every = max(1, -(-len(inside) // most))
    return [_instant(day) for day in inside[::every]]


def _instant(day: date) -> alt.DateTime:
    """A day as Vega's interpreter reads it too: it takes a number of milliseconds for a year."""
    return alt.DateTime(year=day.year, month=day.month, date=day.day, utc=True)
