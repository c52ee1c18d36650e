"""The rows of a chart as CSV."""

import csv
import io
from collections.abc import Iterator
from datetime import date

from generator.files.words import harmless
from generator.models import Chart, CourseLine, Pair


def rows_csv(chart: Chart) -> str:
    """What the chart shows: of a day its rows, of a course every date from the first on that is known of a thing.

    Shares are fractions; empty: not known.
    """
    table = io.StringIO()
    write = csv.writer(table, lineterminator="\n").writerow
    if chart.rows:
        write(("id", "label", "request_share", "token_share"))
        for row in chart.rows:
            write((harmless(row.key), harmless(row.label), *_shares(row.share)))
    elif any(isinstance(point, int) for line in chart.lines for point in line.points):
        write(("date", "id", "label", "position"))
        for day, line, point in _points(chart):
            write((day.isoformat(), harmless(line.key), harmless(line.label), "" if point is None else point))
    else:
        write(("date", "id", "label", "request_share", "token_share"))
        for day, line, point in _points(chart):
            shares = _shares(point) if isinstance(point, Pair) else ("", "")
            write((day.isoformat(), harmless(line.key), harmless(line.label), *shares))
    return table.getvalue()


def _points(chart: Chart) -> Iterator[tuple[date, CourseLine, Pair | int | None]]:
    begun = set[str]()
    for place, day in enumerate(chart.dates):
        for line in chart.lines:
            begun |= {line.key} if line.points[place] is not None else set()
            if line.key in begun:
                yield day, line, line.points[place]


def _shares(share: Pair) -> tuple[str, str]:
    requests, tokens = ("" if part is None else f"{part:.3f}" for part in (share.requests, share.tokens))
    return requests, tokens
