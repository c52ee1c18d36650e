"""What all charts have in common: size, type, colours, the words around the plot.

Sizes are pixels of the drawing. A page shows it at most at this width and, where there is less than `SMALLEST_WIDTH`,
shows the table with bars instead: so no text in a chart is ever shown under 12 px (LOOK).

Every place is computed here and none depends on how wide a font is: the drawing (measured in Inter) and the same
chart drawn by the reader's browser (in its own font) lie exactly over each other.
"""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import wrap
from typing import Any

import altair as alt

from generator import formats
from generator.models import Chart, Report

WIDTH = 672
SMALLEST_WIDTH = 576
TEXT_SIZE = 14  # 12 px when shown at SMALLEST_WIDTH
LONGEST_LABEL = 36  # letters; the table has the whole name

TEXT, MUTED, BORDER, BACKGROUND = "var(--text)", "var(--muted)", "var(--border)", "var(--background)"
# Specifications name their data; the rows join them at the end: Altair copies and inspects whatever it is handed.
Layer = Mapping[str, Any]  # of a specification, made by `layered`
ROWS, SERIES, ONE = alt.NamedData("rows"), alt.NamedData("series"), alt.NamedData("one")
MARKS = alt.NamedData("marks")
_CATEGORIES = {"code": "var(--code)", "data": "var(--data)", "agent": "var(--agent)", "general": "var(--general)"}
_WIDEST_LETTER = 8.2  # pixels at TEXT_SIZE, on average, in wide fonts (Inter has 7.4)
_MARGIN = 4
_TITLE_LINE, _SUBTITLE_LINE, _TITLE_GAP = 24, 19, 18
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

    @property
    def width(self) -> int:
        """Of the plot."""
        return WIDTH - self.left - self.right


@dataclass(frozen=True, slots=True)
class Plot:
    """The layers of a chart, the rows that they show, and their place."""

    layers: Sequence[Layer]
    rows: list[dict[str, object]]
    frame: Frame
    series: list[dict[str, object]] = field(default_factory=list)  # what all rows of a line have in common
    marks: list[dict[str, object]] = field(default_factory=list)  # days on which something was defined anew
    params: Mapping[str, object] = field(default_factory=dict)  # what the layers call by name


def colour_of(category: str) -> str:
    """The colour of a macro-category, the same everywhere; a category not known yet gets the neutral one."""
    return _CATEGORIES.get(category, "var(--other)")


def shortened(label: str) -> str:
    """`label` as far as there is room for it."""
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…"


def dimmed_beside_focus() -> alt.OpacityValue:
    """Marks step back while the reader points at another row; texts never do."""
    return alt.OpacityValue(0.3, condition={"test": "!focus || focus.key === datum.key", "value": 1})


def label_width(labels: list[str]) -> int:
    """Room for the longest of `labels`, in the reader's font too."""
    return round(max((len(label) for label in labels), default=0) * _WIDEST_LETTER)


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
    title, subtitle = wrap(words.title, 66), wrap(words.subtitle, 88)
    params = {"focus": None, "measure": "requests", **plot.params}
    above = _TITLE_GAP + _TITLE_LINE * len(title) + (_SUBTITLE_LINE * len(subtitle) + 6 if subtitle else 0)
    frame = plot.frame
    spec = {
        "$schema": alt.SCHEMA_URL,
        "layer": [*plot.layers, _source_line(frame, report)],
        "params": [{"name": name, "value": value} for name, value in params.items()],
        "width": frame.width,
        "height": frame.height,
        "autosize": "none",
        "padding": {"left": frame.left, "right": frame.right, "top": _MARGIN + above, "bottom": frame.below + _MARGIN},
        "title": {"text": title, "subtitle": subtitle, "dx": -frame.left},
        "datasets": {"rows": plot.rows, "one": [{"one": 1}], **_more_data(plot)},
        "config": _CONFIG,
    }
    return Chart(chart_id, page, words.title, words.subtitle, words.description, spec)


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
