"""The rows of a chart as CSV, Markdown and HTML, and all lists of a snapshot as one CSV."""

import csv
import io
import re
from collections.abc import Iterator
from html import escape

from generator import formats
from generator.files.rows import rows_csv
from generator.files.words import harmless
from generator.models import Chart, Report

_HEAD = ("", "requests", "tokens")


def chart_tables(chart: Chart, report: Report) -> Iterator[tuple[str, str, str]]:
    """Ending, what it is, content."""
    yield "csv", "its rows, shares as fractions", rows_csv(chart)
    yield "md", "its rows as a Markdown table", _markdown(chart, report)
    yield "html", "its rows as an HTML table", _html(chart, report)


def all_models_csv(report: Report) -> str:
    """A row a task and model, by requests. Shares are fractions of the requests and tokens of the task."""
    table = io.StringIO()
    write = csv.writer(table, lineterminator="\n").writerow
    write(("as_of", "task", "task_label", "place", "model", "model_name", "request_share", "token_share"))
    for task in report.tasks:
        for model in task.models:
            names = map(harmless, (task.tag, task.label, model.id, model.name))
            tag, label, model_id, name = names
            shares = (f"{share:.3f}" for share in (model.share.requests, model.share.tokens) if share is not None)
            write((report.as_of.isoformat(), tag, label, model.ranks.requests.place, model_id, name, *shares))
    return table.getvalue()


def _markdown(chart: Chart, report: Report) -> str:
    lines = [_row(_HEAD), "|---|---:|---:|", *(_row(cells) for cells in _rows(chart))]
    title, subtitle, source = map(_in_markdown, (chart.title, chart.subtitle, _source(report)))
    return "\n".join((f"**{title}**", "", subtitle, "", *lines, "", source, ""))


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(map(_in_markdown, cells))} |"


def _in_markdown(text: str) -> str:
    """No letter of a name makes a link, a tag or another column."""
    return re.sub(r"([\\`*_{}\[\]<>|#~&])", r"\\\1", " ".join(text.split()))


def _html(chart: Chart, report: Report) -> str:
    head = "".join(f'<th scope="col">{text}</th>' for text in _HEAD[1:])
    rows = (f"<tr><th scope=\"row\">{escape(label)}</th><td>{requests}</td><td>{tokens}</td></tr>"
            for label, requests, tokens in _rows(chart))  # fmt: skip
    caption = f"<strong>{escape(chart.title)}</strong> {escape(chart.subtitle)}"
    return "\n".join(
        (
            "<table>",
            f"<caption>{caption}</caption>",
            f"<thead><tr><td></td>{head}</tr></thead>",
            "<tbody>",
            *rows,
            "</tbody>",
            f'<tfoot><tr><td colspan="3">{escape(_source(report))}</td></tr></tfoot>',
            "</table>",
            "",
        )
    )


def _rows(chart: Chart) -> Iterator[tuple[str, str, str]]:
    for row in chart.rows:
        yield row.label, formats.percent(row.share.requests), formats.percent(row.share.tokens)


def _source(report: Report) -> str:
    return formats.source_line(report.as_of, is_sample=report.is_sample, licence=True)
