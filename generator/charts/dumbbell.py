"""The form that carries the site: requests (a disc) and tokens (a hollow diamond) in one row, from zero."""

import functools
from collections.abc import Sequence

import altair as alt

from generator import formats
from generator.charts.style import (
    BACKGROUND,
    ROWS,
    Frame,
    Layer,
    Plot,
    dimmed_beside_focus,
    label_width,
    layered,
    shortened,
    ticks,
)
from generator.models import ShareRow

LEGEND = "● requests  ◇ tokens"
_ROW_HEIGHT = 26
_LABEL_GAP = 11
_VALUE_ROOM = 60  # on either side of the plot, for a value that stands beside its mark
_IN_PERCENT = "format(datum.value * 100, '.1~f') + ' %'"


def dumbbell(rows: Sequence[ShareRow]) -> Plot:
    """Rows in the order given (by requests) or, when the reader asks, by tokens."""
    names = label_width([row.label for row in rows])
    frame = Frame(left=names + _VALUE_ROOM, right=_VALUE_ROOM, height=_ROW_HEIGHT * len(rows))
    top = max((max(row.share.requests or 0.0, row.share.tokens or 0.0) for row in rows), default=0.0) or 0.001
    return Plot(_form(), _values(rows), frame, params={"top": top, "ticks": ticks(top)}, shares=tuple(rows))


@functools.cache
def _form() -> tuple[Layer, ...]:
    """The layers, the same in every chart: `top` and `ticks` of the scale are parameters."""
    base = (
        alt.Chart(ROWS)
        .transform_calculate(place="measure === 'tokens' ? datum.token_place : datum.request_place")
        .encode(y=alt.Y("key:N", sort=alt.EncodingSortField("place", op="min"), axis=None))
    )
    axis = alt.Axis(values=alt.ExprRef("ticks"), labelExpr=_IN_PERCENT)
    # At whole pixels: half a one is 1/700 of the longest share, which nobody sees, and short numbers weigh less.
    scale = alt.Scale(domainMin=0, domainMax=alt.ExprRef("top"), nice=False, round=True)
    share = alt.X(axis=axis, scale=scale)
    return layered(*_marks(base, share), *_texts(base, share))


def _marks(base: alt.Chart, share: alt.X) -> tuple[alt.Chart, ...]:
    dimmed = dimmed_beside_focus()
    fill = alt.Fill("colour:N", scale=None, legend=None)
    outline = alt.Stroke("colour:N", scale=None, legend=None)
    tooltip = [
        alt.Tooltip("label:N", title="title"),
        alt.Tooltip("requests_text:N", title="● requests"),
        alt.Tooltip("tokens_text:N", title="◇ tokens"),
    ]
    rule = base.mark_rule(strokeWidth=2).encode(
        x=_on(share, "requests"), x2=alt.X2("tokens:Q"), stroke=outline, opacity=dimmed
    )
    diamond = base.mark_point(shape="diamond", size=120, fill=BACKGROUND, strokeWidth=2)
    disc = base.mark_point(shape="circle", size=95, strokeWidth=0)
    return (
        rule,
        diamond.encode(x=_on(share, "tokens"), stroke=outline, opacity=dimmed, tooltip=tooltip),
        disc.encode(x=_on(share, "requests"), fill=fill, opacity=dimmed, tooltip=tooltip),
    )


def _texts(base: alt.Chart, share: alt.X) -> tuple[alt.Chart, ...]:
    names = base.mark_text(align="right", baseline="middle").encode(
        x=alt.XValue(-_VALUE_ROOM), text=alt.Text("short_label:N")
    )
    left = base.mark_text(align="right", baseline="middle", dx=-_LABEL_GAP).encode(
        x=_on(share, "low"), text=alt.Text("low_text:N")
    )
    right = base.mark_text(align="left", baseline="middle", dx=_LABEL_GAP).encode(
        x=_on(share, "high"), text=alt.Text("high_text:N")
    )
    return names, left, right


def _on(share: alt.X, field: str) -> alt.X:
    """`field` on the one axis that all layers share."""
    placed = share.copy()
    placed.shorthand = f"{field}:Q"
    return placed


def _values(rows: Sequence[ShareRow]) -> list[dict[str, object]]:
    """The rows as Vega reads them."""
    by_tokens = sorted(range(len(rows)), key=lambda place: (-(rows[place].share.tokens or 0.0), place))
    token_place = {request_place: place for place, request_place in enumerate(by_tokens)}
    return [_value(row, place, token_place[place]) for place, row in enumerate(rows)]


def _value(row: ShareRow, request_place: int, token_place: int) -> dict[str, object]:
    """A row with each value's text on the outer side of its mark; equal texts stand once."""
    requests, tokens = row.share.requests or 0.0, row.share.tokens or 0.0
    low, high = sorted((requests, tokens))
    low_text, high_text = formats.percent(low), formats.percent(high)
    return {
        "key": row.key,
        "request_place": request_place,
        "token_place": token_place,
        "label": row.label,
        "short_label": shortened(row.label),
        "requests": requests,
        "tokens": tokens,
        "requests_text": formats.percent(row.share.requests),
        "tokens_text": formats.percent(row.share.tokens),
        "low": low,
        "high": high,
        "low_text": low_text if low_text != high_text else "",
        "high_text": high_text,
        "colour": row.colour,
    }
