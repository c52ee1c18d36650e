"""How high a frame has to be that holds an embed, where no script can tell it."""

from datetime import date
from math import ceil
from textwrap import wrap

from generator import formats
from generator.models import Chart

_WIDTHS = (320, 400, 600)  # those that frames have as a rule
_WIDEST_ROWS, _NARROWEST_DRAWING, _WIDEST_NARROW = 576, 320, 420
_BAND, _SUMMARY, _NOTICE = 72, 28, 56  # pixels: band and margins; the summary of a table; what changed since an edition
_LONGEST_SOURCE = formats.source_line(date.min, is_sample=True) + " Task Share of somebody · Use this chart"


def height_of(chart: Chart, *, is_in_rows: bool, is_of_edition: bool) -> int:
    """Pixels that hold the whole embed at each of the usual widths. `is_in_rows`: it has no drawing and no table."""
    height = max(_height_at(width, chart, is_in_rows) for width in _WIDTHS)
    return height + (0 if is_in_rows else _SUMMARY) + (_NOTICE if is_of_edition else 0)


def _height_at(width: int, chart: Chart, is_in_rows: bool) -> int:
    """Letters are taken as wide ones (frame.css)."""
    title = 22 * len(wrap(chart.title, int(width / 11)))
    words = 18 * len(wrap(chart.subtitle, int(width / 7.5))) + 2
    source = 18 * len(wrap(_LONGEST_SOURCE, int(width / 7.5)))
    plot = _rows_height(width, chart) if is_in_rows else _plot_height(width, chart)
    return _BAND + title + words + plot + source


def _plot_height(width: int, chart: Chart) -> int:
    if width >= _WIDEST_ROWS:
        return ceil(chart.plot[1] * min(width, 672) / 672) + 4
    if chart.narrow:
        padding = chart.narrow["padding"]
        height: int = chart.narrow["height"] + padding["top"] + padding["bottom"]
        return ceil(height * min(width, _NARROWEST_DRAWING if chart.rows else _WIDEST_NARROW) / _NARROWEST_DRAWING) + 4
    return _rows_height(width, chart)


def _rows_height(width: int, chart: Chart) -> int:
    letters = int(width * 0.38 / 7.1)
    return 24 + sum(max(24, 16 * len(wrap(row.label, letters))) for row in chart.rows)
