"""A small line in each row of a table: the course of its share of requests, as plain numbers of an SVG path.

Comes in: courses of the trends, in which None is a gap. Goes out: a column, its cells, and what the caption says of
them; nothing where there is no second date, or no trends as on frozen pages. A gap is a break in the line and never
bridged; a share between two gaps is a dot; the last share is marked. What the line shows is said in words too.

A line has a scale of its own, from the least to the largest share: it shows the shape alone.
"""

from collections.abc import Sequence
from datetime import date
from itertools import groupby, pairwise

from generator import formats
from generator.models import Cell, Column, Trends

WIDTH, HEIGHT = 60, 14  # units of the path; the template leaves room around it for the stroke and the mark
MOST_POINTS = 30  # a longer course is drawn by the last known share of every so many dates
LEAST_SPAN = 0.004  # of a share: what moves by less is published with too few decimals to fill the height
_MARK = "m-1 0 1-1 1 1-1 1z"  # around the last point: closed and filled by its own stroke


def spark_column(trends: Trends) -> tuple[Column, ...]:
    """The column, named by the first date; none where there is no history."""
    if not _has_history(trends):
        return ()
    return (Column(f"since {formats.short_date(trends.dates[0])}", is_number=False, is_line=True),)


def spark_cell(key: tuple[str, ...], trends: Trends) -> tuple[Cell, ...]:
    """The line of what has this key in the rankings; none where the table has no such column."""
    if not _has_history(trends):
        return ()
    values = [share.requests if share else None for share in trends.shares[key]]
    if not any(value is not None for value in values):
        return (Cell(formats.MISSING, note="not known"),)
    return (Cell("", spark=spark_path(values), note=spark_words(values, trends.dates)),)


def spark_note(trends: Trends) -> str:
    """What the lines are, for the caption of the table."""
    return "lines: requests over time, each on a scale of its own" if _has_history(trends) else ""


def _has_history(trends: Trends) -> bool:
    return len(trends.dates) > 1


def spark_words(values: Sequence[float | None], dates: Sequence[date]) -> str:
    """`12.0 % on 4 May 2026, 13.0 % now`: the first and the last known share. At least one is known."""
    known = [(value, day) for value, day in zip(values, dates, strict=True) if value is not None]
    (first, begin), (last, end) = known[0], known[-1]
    now = "now" if end == dates[-1] else f"on {formats.short_date(end)}"
    if begin == end:
        return f"{formats.percent(last)} {now}, not known before"
    return f"{formats.percent(first)} on {formats.short_date(begin)}, {formats.percent(last)} {now}"


def spark_path(values: Sequence[float | None]) -> str:
    """The data of an SVG path: whole units, each run of known shares a line of relative moves."""
    heights = _heights(coarsened(values))
    step = WIDTH / max(len(heights) - 1, 1)
    points = [None if y is None else (round(place * step), y) for place, y in enumerate(heights)]
    runs = (list(filter(None, run)) for _, run in groupby(points, key=lambda point: point is None))
    return "".join(_run(run) for run in runs if run) + (_MARK if points[-1] else "")


def coarsened(values: Sequence[float | None]) -> list[float | None]:
    """At most `MOST_POINTS`: the last known share of each bucket of dates, the newest of which ends with the last."""
    size = -(-len(values) // MOST_POINTS)
    ends = range(len(values), 0, -size)
    buckets = [values[max(0, end - size) : end] for end in ends]
    return [next((value for value in reversed(bucket) if value is not None), None) for bucket in reversed(buckets)]


def _heights(values: Sequence[float | None]) -> list[int | None]:
    """Whole units from the top; a constant course lies in the middle."""
    known = [value for value in values if value is not None]
    span = max(max(known) - min(known), LEAST_SPAN)
    bottom = (max(known) + min(known) - span) / 2
    return [None if value is None else round(HEIGHT * (1 - (value - bottom) / span)) for value in values]


def _run(points: Sequence[tuple[int, int]]) -> str:
    """A line from point to point; of one point a line of no length, which its round ends make a dot."""
    across, down = points[0]
    moves = " ".join(f"{x - x0} {y - y0}" for (x0, y0), (x, y) in pairwise(points)).replace(" -", "-")
    return f"M{across} {down}" + (f"l{moves}" if moves else "h0")
