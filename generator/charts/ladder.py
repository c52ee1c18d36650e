"""How many times the average: one row a thing on a logarithmic scale around 1, doubling at each line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, floor, log2

import altair as alt

from generator import formats
from generator.charts.style import (
    LONGEST_LABEL,
    MUTED,
    NARROW_WIDTH,
    ONE,
    ROWS,
    Frame,
    Plot,
    dimmed_beside_focus,
    label_width,
    layered,
    shortened,
)
from generator.models import Intensity, Pair, ShareRow

_ROW_HEIGHT = 24
_GAP = 16
_RATIO_ROOM, _NARROW_RATIO_ROOM = 64, 48
_NARROW_BELOW, _LONGEST_NARROW_NAME = 24, 21
_AS_TIMES = "datum.value < 1 ? '1/' + format(1 / datum.value, 'd') + '×' : format(datum.value, 'd') + '×'"


@dataclass(frozen=True, slots=True)
class Step:
    """One row: what it is, its two shares, how many times the average it takes, and its colour."""

    key: str  # unique in the chart
    label: str
    share: Pair
    intensity: Intensity
    colour: str


def ladder(steps: Sequence[Step]) -> Plot:
    """Rows in the order given; a pale bar shows what rounding leaves open."""
    shares = (ShareRow(step.key, step.label, step.share, step.colour, step.intensity.ratio) for step in steps)
    return replace(_plot(steps, is_narrow=False), narrow=_plot(steps, is_narrow=True), shares=tuple(shares))


def _plot(steps: Sequence[Step], *, is_narrow: bool) -> Plot:
    doublings = _doublings(steps)
    left, height = label_width([step.label for step in steps], _longest(is_narrow)) + _GAP, _ROW_HEIGHT * len(steps)
    narrow = Frame(left, _NARROW_RATIO_ROOM, height, below=_NARROW_BELOW, whole=NARROW_WIDTH)
    frame = narrow if is_narrow else Frame(left, _RATIO_ROOM, height)
    base = alt.Chart(ROWS).encode(y=alt.Y("key:N", sort=alt.EncodingSortField("place", op="min"), axis=None))
    average = alt.Chart(ONE).mark_rule(stroke=MUTED, strokeWidth=1.5).encode(x=_ratio_axis("one", doublings))
    layers = layered(average, *_marks(base, doublings), *_texts(base, frame))
    return Plot(layers, [_value(step, place, doublings, is_narrow) for place, step in enumerate(steps)], frame)


def _marks(base: alt.Chart, doublings: Sequence[float]) -> tuple[alt.Chart, ...]:
    stroke, fill = alt.Stroke("colour:N", scale=None, legend=None), alt.Fill("colour:N", scale=None, legend=None)
    dimmed = dimmed_beside_focus()
    tooltip = [
        alt.Tooltip("label:N", title="title"),
        alt.Tooltip("ratio_text:N", title="tokens per request"),
        alt.Tooltip("requests_text:N", title="● requests"),
        alt.Tooltip("tokens_text:N", title="◇ tokens"),
    ]
    return (
        base.mark_rule(strokeWidth=8, strokeOpacity=0.3).encode(
            x=_ratio_axis("low", doublings), x2=alt.X2("high:Q"), stroke=stroke
        ),
        base.mark_point(shape="square", size=60, strokeWidth=0).encode(
            x=_ratio_axis("ratio", doublings), fill=fill, opacity=dimmed, tooltip=tooltip
        ),
    )


def _texts(base: alt.Chart, frame: Frame) -> tuple[alt.Chart, ...]:
    return (
        base.mark_text(align="right", baseline="middle").encode(x=alt.XValue(-_GAP), text=alt.Text("short_label:N")),
        base.mark_text(align="left", baseline="middle").encode(
            x=alt.XValue(frame.width + 12), text=alt.Text("ratio_text:N")
        ),
    )


def _doublings(steps: Sequence[Step]) -> list[float]:
    """Powers of two around all ratios and 1."""
    logs = [0.0, *(log2(step.intensity.ratio) for step in steps)]
    lowest, highest = floor(min(logs)), ceil(max(logs))
    return [2.0**power for power in range(lowest, max(highest, lowest + 1) + 1)]


def _ratio_axis(field: str, doublings: Sequence[float]) -> alt.X:
    scale = alt.Scale(type="log", base=2, domain=[doublings[0], doublings[-1]], nice=False)
    return alt.X(f"{field}:Q", axis=alt.Axis(values=list(doublings), labelExpr=_AS_TIMES), scale=scale)


def _longest(is_narrow: bool) -> int:
    return _LONGEST_NARROW_NAME if is_narrow else LONGEST_LABEL


def _value(step: Step, place: int, doublings: Sequence[float], is_narrow: bool) -> dict[str, object]:
    return {
        "key": step.key,
        "place": place,
        "label": step.label,
        "short_label": shortened(step.label, _longest(is_narrow)),
        "ratio": step.intensity.ratio,
        "low": max(step.intensity.low, doublings[0]),
        "high": min(step.intensity.highest, doublings[-1]),
        "ratio_text": formats.times(step.intensity.ratio),
        "requests_text": formats.percent(step.share.requests),
        "tokens_text": formats.percent(step.share.tokens),
        "colour": step.colour,
    }
