"""Report -> what programs read. Pure: paths and bytes go out, `site` writes them.

Sitemap, robots, what the site is made of, the search index, and of every chart the Vega-Lite specification and the
compiled Vega that the page asks for when a reader reaches for the chart. Badges: who stands first in each task.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from xml.sax.saxutils import escape

from generator import formats
from generator.addresses import (
    PREVIEW_ADDRESS,
    badge_path,
    category_path,
    day_path,
    embed_path,
    model_path,
    raw_path,
    task_path,
)
from generator.models import (
    Badge,
    Chart,
    ChartLead,
    CourseLine,
    Drawing,
    File,
    History,
    Log,
    Pair,
    Report,
    Settings,
    TaskReport,
)

_NOT_FOUND = ("404.html", "editions/latest/", "e/")  # no search engine is to find them
_BADGE_COLOURS = ("code", "data", "agent", "general")
_CACHE_SECONDS = 3600  # of a badge; shields.io takes 300 at least: https://shields.io/badges/endpoint-badge


def files_asked_for(
    report: Report, drawn: Mapping[str, tuple[Chart, Drawing]], palette: str, days: File
) -> tuple[File, ...]:
    """What scripts ask for: the kept `days`, the search index, and of every chart its specifications."""
    index = ("search-index.js", f"self.taskShareSearch={_json(_search_rows(report))};\n")
    return (days, *(File(path, text.encode()) for path, text in (index, *_chart_files(drawn, palette))))


def kept_days(history: History, log: Log) -> File:
    """Every kept day with the file of its last version: what the page that compares two days chooses from.

    `edition`: the one of its week, which is over. `repeats`: the source sent the day before once more. `page`: its own.
    """
    editions = {edition.as_of: edition.label for edition in log.editions if edition.is_finished}
    pages = {day.day for day in log.calendar if day.has_page}
    rows = [
        {"day": day.as_of.isoformat(), "file": raw_path(day.shown.path)}
        | ({"edition": editions[day.as_of]} if day.as_of in editions else {})
        | ({"repeats": True} if day.is_repeat else {})
        | ({"page": day_path(day.as_of)} if day.as_of in pages else {})
        for day in history.days
    ]
    lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
    return File("compare/days.json", f"[\n{lines}\n]\n".encode())


def lead_files(leads: Iterable[ChartLead], as_of: date) -> Iterator[File]:
    """For each chart of editions a few words on who leads now: an embed of an edition says so where it is another.

    `ids` are compared with those that led in the edition; `{then}` in `text` stands for their names.
    """
    for lead in leads:
        is_there = lead.as_of == as_of
        names = formats.listed([leader.name for leader in lead.leaders])
        changed = f"the leader changed from {{then}} to {names} ({formats.long_date(lead.since)})."
        gone = f"this is no longer listed, last on {formats.long_date(lead.as_of)}."
        body = {
            "as_of": as_of.isoformat(),
            "ids": [leader.id for leader in lead.leaders] if is_there else [],
            "since": (lead.since if is_there else lead.as_of).isoformat(),
            "text": changed if is_there else gone,
        }
        yield File(f"{embed_path(lead.chart)}now.json", f"{json.dumps(body, ensure_ascii=False)}\n".encode())


def raw_files(archive: Iterable[tuple[str, bytes]]) -> Iterator[File]:
    """Every snapshot byte for byte; every number on a page can be looked up in one."""
    for path, body in archive:
        yield File(raw_path(path), body)


def files_about(
    report: Report, pages: Sequence[str], charts: int, settings: Settings, tools: Mapping[str, str]
) -> tuple[File, ...]:
    """What speaks of the whole site. `pages`: their paths; `tools`: name and version of what determines the output."""
    return tuple(
        File(path, text.encode())
        for path, text in (
            ("sitemap.xml", _sitemap(pages, settings)),
            ("robots.txt", _robots(report, settings)),
            ("build.json", _build_json(report, pages, charts, settings, tools)),
        )
    )


def badges(report: Report, edition: str = "") -> Iterator[Badge]:
    """One a task, by requests. `edition`: the one whose badges they are; "" for those of the newest snapshot."""
    for task in report.tasks:
        first = [model.name for model in task.models if model.ranks.requests.place == 1]
        names = formats.listed(first if len(first) < 3 else [first[0], formats.plural(len(first) - 1, "other")])
        path = badge_path(task.category, task.tag, edition)
        said = _plain(f"{names or 'no model listed'} · {formats.short_date(report.as_of)}{_sample_words(report)}")
        label = f"#1{'=' if len(first) > 1 else ''} in {task.label}"
        yield Badge(path, label, said, _badge_colour(task), _badge_title(report, task, names))


def shields_file(badge: Badge, palette: str) -> File:
    """What shields.io makes a badge of, in its own styles. `palette`: the stylesheet of the colours."""
    content = {
        "schemaVersion": 1,
        "label": badge.label,
        "message": badge.message,
        "color": _light_colours(palette)[badge.colour].removeprefix("#"),
        "cacheSeconds": _CACHE_SECONDS,
    }
    return File(f"{badge.path}.json", (json.dumps(content, ensure_ascii=False) + "\n").encode())


def _sitemap(pages: Sequence[str], settings: Settings) -> str:
    """All pages that may be found by a search engine, with absolute addresses as the protocol wants them."""
    base = settings.address or PREVIEW_ADDRESS
    urls = "".join(
        f"<url><loc>{escape(base + path)}</loc></url>\n" for path in pages if not path.startswith(_NOT_FOUND)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</urlset>\n'
    )


def _robots(report: Report, settings: Settings) -> str:
    if report.is_sample:
        return "User-agent: *\nDisallow: /\n"
    return f"User-agent: *\nAllow: /\nSitemap: {settings.address or PREVIEW_ADDRESS}sitemap.xml\n"


def _build_json(report: Report, pages: Sequence[str], charts: int, settings: Settings, tools: Mapping[str, str]) -> str:
    made_of = {
        "site": settings.name,
        "address": settings.address or None,
        "is_sample": report.is_sample,
        "as_of": report.as_of.isoformat(),
        "window_days": report.window_days,
        "snapshot": {"path": report.source_path, "sha256": report.source_sha256},
        "history": {
            "first_day": report.first_day.isoformat(),
            "days": report.days_kept,
            "days_missing": report.days_missing,
            "days_restated": report.days_restated,
        },
        "warnings": list(report.warnings),
        "pages": len(pages),
        "charts": charts,
        "made_with": dict(sorted(tools.items())),
    }
    return json.dumps(made_of, indent=2, ensure_ascii=False) + "\n"


def _search_rows(report: Report) -> list[list[str]]:
    """Name, path and kind of everything that can be searched for."""
    rows = [[category.label, category_path(category.key), "macro-category"] for category in report.categories]
    rows += [
        [task.label, task_path(task.category, task.tag), f"task in {task.category_label}"] for task in report.tasks
    ]
    rows += [[model.name, model_path(model.id), f"model {model.id}"] for model in report.models]
    return rows


def _chart_files(drawn: Mapping[str, tuple[Chart, Drawing]], palette: str) -> Iterator[tuple[str, str]]:
    for chart_id, (chart, drawing) in drawn.items():
        yield f"charts/{chart_id}.json", _portable(chart, palette)
        yield f"charts/{chart_id}.csv", _rows_csv(chart)
        spec = _in_script(drawing.vega)
        yield f"charts/{chart_id}.vega.js", f"(self.taskShareCharts??={{}})[{_json(chart_id)}]={spec};\n"


def _rows_csv(chart: Chart) -> str:
    """What the chart shows: of a day its rows, of a course every date. Shares are fractions; empty: not known."""
    table = io.StringIO()
    write = csv.writer(table, lineterminator="\n").writerow
    if chart.rows:
        write(("id", "label", "request_share", "token_share"))
        for row in chart.rows:
            write((_harmless(row.key), _harmless(row.label), *_shares(row.share)))
    elif any(isinstance(point, int) for line in chart.lines for point in line.points):
        write(("date", "id", "label", "position"))
        for day, line, point in _points(chart):
            write((day.isoformat(), _harmless(line.key), _harmless(line.label), "" if point is None else point))
    else:
        write(("date", "id", "label", "request_share", "token_share"))
        for day, line, point in _points(chart):
            shares = _shares(point) if isinstance(point, Pair) else ("", "")
            write((day.isoformat(), _harmless(line.key), _harmless(line.label), *shares))
    return table.getvalue()


def _points(chart: Chart) -> Iterator[tuple[date, CourseLine, Pair | int | None]]:
    for place, day in enumerate(chart.dates):
        for line in chart.lines:
            yield day, line, line.points[place]


def _shares(share: Pair) -> tuple[str, str]:
    requests, tokens = ("" if part is None else f"{part:.3f}" for part in (share.requests, share.tokens))
    return requests, tokens


def _harmless(text: str) -> str:
    """No cell that a spreadsheet would run as a formula (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _portable(chart: Chart, palette: str) -> str:
    """The Vega-Lite specification with the colours of the light scheme, for any Vega-Lite viewer."""
    light = _light_colours(palette)
    spec = {"$schema": chart.spec["$schema"], "description": chart.description, **chart.spec}
    text = json.dumps(spec, ensure_ascii=False, separators=(",", ":"))
    return re.sub(r"var\(--(\w+)\)", lambda match: light[match[1]], text) + "\n"


def _light_colours(palette: str) -> dict[str, str]:
    return dict(re.findall(r"--(\w+): (#\w+);", palette.split("@media")[0]))


def _json(value: object) -> str:
    return _in_script(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _in_script(text: str) -> str:
    """JSON that may stand in a script, inline or not: no tag can end or begin in it, no line separator breaks it."""
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _badge_title(report: Report, task: TaskReport, names: str) -> str:
    share = f" with {formats.percent(task.leader.share.requests)} of its requests" if task.leader else ""
    window = formats.window_words(report.window_days, report.as_of)
    source = formats.source_line(report.as_of, is_sample=report.is_sample)
    return _plain(f"First in {task.label} by requests: {names or 'no model listed'}{share}, {window}. {source}")


def _sample_words(report: Report) -> str:
    return " · sample" if report.is_sample else ""


def _badge_colour(task: TaskReport) -> str:
    return task.category if task.category in _BADGE_COLOURS else "other"


def _plain(text: str) -> str:
    """With plain spaces: what reads a badge may not know others."""
    return text.replace(formats.NBSP, " ")
