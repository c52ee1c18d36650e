"""A chart of two shares in rows: a name, its marks on one scale, and both figures.

It needs no more room than a telephone has and says all that the drawing of the same rows says. It stands in embeds that
are too narrow for their drawing, and on pages and embeds of editions, of which there are thousands.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from generator import formats
from generator.models import ShareRow

_LEFT, _RIGHT = 3, 94  # percent of the room for marks in which the scale lies


@dataclass(frozen=True, slots=True)
class ShareMark:
    """A row. Places are percent of the room for marks; None: not known."""

    label: str
    colour: str  # by its name in the palette; "" where all rows have one
    requests: str
    tokens: str
    requests_at: float | None
    tokens_at: float | None
    line: tuple[float, float] | None  # between the two: where it begins and how long it is


@dataclass(frozen=True, slots=True)
class ShareMarks:
    """All rows, and the colour that they have in common; "" for none."""

    colour: str
    rows: tuple[ShareMark, ...]


def marks_of(rows: Sequence[ShareRow]) -> ShareMarks:
    """The rows of a chart of two shares, with the places of their marks."""
    top = max((max(row.share.requests or 0.0, row.share.tokens or 0.0) for row in rows), default=0.0) or 1.0
    colours = {row.colour for row in rows}
    common = _name(colours.pop()) if len(colours) == 1 else ""

    def at(share: float | None) -> float | None:
        return None if share is None else round(_LEFT + (_RIGHT - _LEFT) * share / top, 1)

    return ShareMarks(
        common,
        tuple(
            _mark(row, "" if common else _name(row.colour), at(row.share.requests), at(row.share.tokens))
            for row in rows
        ),
    )


def _mark(row: ShareRow, colour: str, requests_at: float | None, tokens_at: float | None) -> ShareMark:
    line = None
    if requests_at is not None and tokens_at is not None:
        line = min(requests_at, tokens_at), round(abs(requests_at - tokens_at), 1)
    return ShareMark(
        label=row.label,
        colour=colour,
        requests=formats.percent(row.share.requests),
        tokens=formats.percent(row.share.tokens),
        requests_at=requests_at,
        tokens_at=tokens_at,
        line=line,
    )


def _name(colour: str) -> str:
    """`var(--code)` -> `code`."""
    return colour.removeprefix("var(--").removesuffix(")")
