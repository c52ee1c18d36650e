"""Lines over time. A gap in the archive is a gap in the line; where a restated day stands, a mark says so.

What the two forms have in common: shares (shares.py) and positions in a list (positions.py).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from sys import intern

import altair as alt

from generator import formats
from generator.charts.marks import Marks, mark_layers
from generator.charts.style import (
    BACKGROUND,
    LONGEST_LABEL,
    LONGEST_NARROW_LABEL,
    NARROW_WIDTH,
    ROWS,
    SERIES,
    TEXT,
    Frame,
    Plot,
    label_width,
    shortened,
)
from generator.models import CourseLine, Trends

_LEFT = 52
_BELOW = 74  # the day and the year
_NARROW_LEFT, _NARROW_BELOW = 40, 48
_MOST_TICKS, _MOST_NARROW_TICKS = 7, 4
_GRAIN_WORDS = {"day": "daily", "week": "one snapshot a week", "month": "one snapshot a month"}
_YEAR_BELOW = (
    "datum.index === 0 || utcmonth(datum.value) === 0 "
    "? [utcFormat(datum.value, '%-d %b'), utcFormat(datum.value, '%Y')] : utcFormat(datum.value, '%-d %b')"
)
_SERIES_FIELDS = ["label", "short_label", "colour", "request_label", "token_label"]
_FAINT_OR_NOT = "!focus || focus.series === datum.series"


def grain_words(trends: Trends) -> str:
    """`daily, 4 May 2026 to 31 August 2026`: how finely the time axis is drawn."""
    first, last = formats.long_date(trends.dates[0]), formats.long_date(trends.dates[-1])
    return f"{_GRAIN_WORDS[trends.grain]}, {first} to {last}"


def frame_of(labels: list[str], height: int, is_narrow: bool) -> Frame:
    """Room for the numbers on the left, the names on the right and the days below."""
    names = label_width(labels, LONGEST_NARROW_LABEL if is_narrow else LONGEST_LABEL) + 14
    if is_narrow:
        return Frame(_NARROW_LEFT, names + 8, height, below=_NARROW_BELOW, whole=NARROW_WIDTH)
    return Frame(_LEFT, names, height, below=_BELOW)


def in_both_widths(
    form: Callable[[bool], Plot], dates: tuple[date, ...], told: Iterable[CourseLine], marks: Marks
) -> Plot:
    """What `form` makes for wide and, told so, for narrow frames. `told`: what the lines show at each of the dates."""
    wide, narrow = (_with_marks(form(is_narrow), marks, dates) for is_narrow in (False, True))
    return replace(wide, narrow=narrow, dates=dates, lines=tuple(told))


def _with_marks(plot: Plot, marks: Marks, dates: Sequence[date]) -> Plot:
    """The plot with a rule at each day on which something was defined anew."""
    if not marks.days:
        return plot
    return replace(
        plot, layers=[*plot.layers, *mark_layers(_time(dates[0], dates[-1]))], marks=marks.rows(dates, plot.frame.width)
    )


def series_rows(**calculated: str) -> alt.Chart:
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


def line_layers(base: alt.Chart, y: alt.Y, first: date, last: date, is_narrow: bool) -> tuple[alt.Chart, ...]:
    """The lines, marks on them, and where a reader can stop."""
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


def name_layer(base: alt.Chart, y: alt.Y) -> alt.Chart:
    """The name of each line at its end."""
    end = base.transform_filter("datum.is_last").mark_text(align="left", baseline="middle", fill=TEXT)
    placed: alt.Chart = end.encode(x=alt.XValue(alt.ExprRef("width + 10")), y=y, text=alt.Text("short_label:N"))
    return placed


def series_of(key: str, label: str, colour: str, is_narrow: bool) -> dict[str, object]:
    """What all rows of a line have in common."""
    short = shortened(label, LONGEST_NARROW_LABEL if is_narrow else LONGEST_LABEL)
    return {"series": key, "label": label, "short_label": short, "colour": colour}


def row_of(key: str, day: date, trends: Trends, is_marked: bool, is_last: bool) -> dict[str, object]:
    """What is true of a day is said; what is not is left out. All charts say the same days: each is kept once."""
    flags = {"is_marked": is_marked, "is_last": is_last, "restated": day in trends.restated}
    return {"series": key, "date": intern(day.isoformat())} | {flag: 1 for flag, is_so in flags.items() if is_so}


def is_drawn(known: Sequence[bool], place: int) -> bool:
    """Whether a line needs the row: of a gap it takes one to break off, and the last one has the line's name."""
    return known[place] or place == len(known) - 1 or (place > 0 and known[place - 1])


def is_alone(known: Sequence[bool], place: int) -> bool:
    """A value between two gaps has no line to be seen by."""
    return not any(known[near] for near in (place - 1, place + 1) if 0 <= near < len(known))


def _time(first: date, last: date, most_ticks: int = _MOST_TICKS) -> alt.X:
    """The axis of time."""
    return alt.X(
        "date:T",
        scale=alt.Scale(type="utc", domain=[_instant(first), _instant(last)]),
        axis=alt.Axis(values=_time_ticks(first, last, most_ticks), labelExpr=_YEAR_BELOW, grid=False, offset=8),
    )


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
