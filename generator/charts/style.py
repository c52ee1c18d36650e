"""What all charts have in common: size, type, colours, the words around the plot.

Sizes are pixels of the drawing. A page shows it at most at this width and, where there is less than `SMALLEST_WIDTH`,
shows the table with bars instead: so no text in a chart is ever shown under 12 px (LOOK).

Every place is computed here and none depends on how wide a font is: the drawing (measured in Inter) and the same
chart drawn by the reader's browser (in its own font) lie exactly over each other.
"""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from textwrap import wrap
from typing import Any

import altair as alt

from generator import formats
from generator.models import Chart, CourseLine, Report, ShareRow

WIDTH, NARROW_WIDTH = 672, 320
SMALLEST_WIDTH = 576
TEXT_SIZE, NARROW_TEXT_SIZE = 14, 12  # 12 px when shown at SMALLEST_WIDTH
LONGEST_LABEL, LONGEST_NARROW_LABEL = 36, 15  # letters; where there is no more room. The table has the whole name

TEXT, MUTED, BORDER, BACKGROUND = "var(--text)", "var(--muted)", "var(--border)", "var(--background)"
# Specifications name their data; the rows join them at the end: Altair copies and inspects whatever it is handed.
Layer = Mapping[str, Any]  # of a specification, made by `layered`
ROWS, SERIES, ONE = alt.NamedData("rows"), alt.NamedData("series"), alt.NamedData("one")
MARKS = alt.NamedData("marks")
_CATEGORIES = {"code": "var(--code)", "data": "var(--data)", "agent": "var(--agent)", "general": "var(--general)"}
_WIDEST_LETTER = 8.2  # pixels at TEXT_SIZE, on average, in wide fonts (Inter has 7.4)
_MARGIN = 4
_ABOVE_PLOT, _SOURCE_LINE = 16, 22  # pixels: for what stands on the upper edge of the plot; of the last line
_TITLE_LINE, _SUBTITLE_LINE, _TITLE_GAP = 24, 19, 18
_LONGEST_TITLE, _LONGEST_SUBTITLE = 59, 82  # letters in a line, which fit in wide fonts too
_CONFIG: dict[str, Any] = {
    "font": "Inter",  # ships in static/fonts: a machine without fonts draws the same picture
    "background": "transparent",
    "aria": False,  # the picture as a whole has a name and a description
    "view": {"stroke": None},
    "axis": {
        "domain": False,
        "ticks": False,
        "gridColor": BORDER,
        "labelColor": MUTED,
        "labelFontSize": TEXT_SIZE,
        "labelLimit": 0,
        "labelOverlap": False,
        "labelFlush": False,
        "labelPadding": 6,
        "title": None,
    },
    "text": {"fill": TEXT, "fontSize": TEXT_SIZE, "limit": 0},
    "point": {"opacity": 1},
    "title": {
        "anchor": "start",
        "frame": "group",
        "color": TEXT,
        "fontSize": 18,
        "fontWeight": 600,
        "lineHeight": _TITLE_LINE,
        "limit": 0,
        "subtitleColor": MUTED,
        "subtitleFontSize": TEXT_SIZE,
        "subtitleFontWeight": "normal",
        "subtitleLineHeight": _SUBTITLE_LINE,
        "subtitlePadding": 6,
        "offset": _TITLE_GAP,
    },
}
_NARROW_CONFIG = {
    **_CONFIG,
    "axis": {**_CONFIG["axis"], "labelFontSize": NARROW_TEXT_SIZE, "labelPadding": 4, "labelOverlap": "parity"},
    "text": {**_CONFIG["text"], "fontSize": NARROW_TEXT_SIZE},
}


@dataclass(frozen=True, slots=True)
class Words:
    """What a chart says besides its marks."""

    title: str  # the finding
    subtitle: str  # what is measured, of what
    description: str  # for those who do not see it


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the plot lies in the picture."""

    left: int
    right: int
    height: int
    below: int = 52  # for the numbers of the axis and the source line
    whole: int = WIDTH  # of the picture

    @property
    def width(self) -> int:
        """Of the plot."""
        return self.whole - self.left - self.right

    @property
    def is_narrow(self) -> bool:
        """Drawn for phones: the plot alone, in smaller type."""
        return self.whole == NARROW_WIDTH


@dataclass(frozen=True, slots=True)
class Plot:
    """The layers of a chart, the rows that they show, and their place."""

    layers: Sequence[Layer]
    rows: list[dict[str, object]]
    frame: Frame
    series: list[dict[str, object]] = field(default_factory=list)  # what all rows of a line have in common
    marks: list[dict[str, object]] = field(default_factory=list)  # days on which something was defined anew
    params: Mapping[str, object] = field(default_factory=dict)  # what the layers call by name
    shares: tuple[ShareRow, ...] = ()  # what the rows are, for those who print them
    dates: tuple[date, ...] = ()  # what the lines are
    lines: tuple[CourseLine, ...] = ()
    narrow: "Plot | None" = None  # the same for phones, where it is not printed row by row


def colour_of(category: str) -> str:
    """The colour of a macro-category, the same everywhere; a category not known yet gets the neutral one."""
    return _CATEGORIES.get(category, "var(--other)")


def shortened(label: str, longest: int = LONGEST_LABEL) -> str:
    """`label` as far as there is room for it; where that is little, without its middle: names differ at their ends."""
    if len(label) <= longest:
        return label
    if longest == LONGEST_LABEL:
        return label[: longest - 1].rstrip() + "…"
    half = (longest - 1) // 2
    return f"{label[:half].rstrip()}…{label[-half:].lstrip()}"


def dimmed_beside_focus() -> alt.OpacityValue:
    """Marks step back while the reader points at another row; texts never do."""
    return alt.OpacityValue(0.3, condition={"test": "!focus || focus.key === datum.key", "value": 1})


def label_width(labels: list[str], longest: int = LONGEST_LABEL) -> int:
    """Room for the longest of `labels` once they are shortened, in the reader's font too."""
    letter = _WIDEST_LETTER * (1 if longest == LONGEST_LABEL else NARROW_TEXT_SIZE / TEXT_SIZE)
    return round(max((len(shortened(label, longest)) for label in labels), default=0) * letter)


def ticks(top: float, at_most: int = 6) -> list[float]:
    """Round shares from 0 to `top`."""
    step = next((s for s in (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1) if top / s < at_most), 0.2)
    return [round(index * step, 3) for index in range(int(round(top / step, 6)) + 1)]


def layered(*charts: alt.Chart) -> tuple[Layer, ...]:
    """The charts as layers of a specification: most of the work of a chart, so what is the same in all is made once."""
    spec: dict[str, Any] = alt.layer(*charts).to_dict(validate=False)
    shared = {"data": spec["data"]} if "data" in spec else {}  # Altair says once for all what they have in common
    return tuple({**shared, **layer} for layer in spec["layer"])


def finished(chart_id: str, page: str, words: Words, plot: Plot, report: Report) -> Chart:
    """`plot` with its words, the source line and the style of the house, as a chart.

    Two parameters are the reader's: `focus` (the row pointed at, or null) and `measure` (the order of the rows).
    """
    title, subtitle = wrap(words.title, _LONGEST_TITLE), wrap(words.subtitle, _LONGEST_SUBTITLE)
    above = _TITLE_GAP + _TITLE_LINE * len(title) + (_SUBTITLE_LINE * len(subtitle) + 6 if subtitle else 0)
    frame = plot.frame
    spec = _spec([*plot.layers, _source_line(frame, report)], plot, above) | {
        "title": {"text": title, "subtitle": subtitle, "dx": -frame.left}
    }
    return Chart(
        id=chart_id,
        page=page,
        title=words.title,
        subtitle=words.subtitle,
        description=words.description,
        spec=spec,
        plot=(_MARGIN + above - _ABOVE_PLOT, _ABOVE_PLOT + frame.height + frame.below - _SOURCE_LINE),
        rows=plot.shares,
        dates=plot.dates,
        lines=plot.lines,
        narrow=_spec(plot.narrow.layers, plot.narrow, _ABOVE_PLOT - _MARGIN) if plot.narrow else None,
    )


def _spec(layers: Sequence[Layer], plot: Plot, above: int) -> dict[str, Any]:
    """A specification whose plot begins `above` the margin."""
    frame, params = plot.frame, {"focus": None, "measure": "requests", **plot.params}
    return {
        "$schema": alt.SCHEMA_URL,
        "layer": list(layers),
        "params": [{"name": name, "value": value} for name, value in params.items()],
        "width": frame.width,
        "height": frame.height,
        "autosize": "none",
        "padding": {"left": frame.left, "right": frame.right, "top": _MARGIN + above, "bottom": frame.below + _MARGIN},
        "datasets": {"rows": plot.rows, "one": [{"one": 1}], **_more_data(plot)},
        "config": _NARROW_CONFIG if frame.is_narrow else _CONFIG,
    }


def _more_data(plot: Plot) -> dict[str, object]:
    """What only charts over time have."""
    return {name: rows for name, rows in (("series", plot.series), ("marks", plot.marks)) if rows}


def _source_line(frame: Frame, report: Report) -> Layer:
    line = formats.source_line(report.as_of, is_sample=report.is_sample)
    places = {"x": -frame.left, "y": frame.height + frame.below, "text": line}
    return {**_source_form(), "encoding": {channel: {"value": value} for channel, value in places.items()}}


@functools.cache
def _source_form() -> Layer:
    (layer,) = layered(alt.Chart(ONE).mark_text(align="left", baseline="bottom", fill=MUTED))
    return layer
