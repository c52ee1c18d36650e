"""What can be taken from a chart: embeds for each platform, pictures, data, citation. One page a chart, and one of all.

The pages are complete without a script: they give the snippets of the live embed. The script on them (static/use.js)
puts an edition and the reader's choices into the same snippets.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator import formats
from generator.addresses import LOOKS, Look, category_path, model_path, picture_path, raw_path, task_path, use_path
from generator.models import Chart, Link, Log, Page, Report, Settings
from generator.pages.cells import Drawn
from generator.pages.citation import Citation, citation_of
from generator.pages.embed import Embed, embed_of

_LOOKS: dict[Look, str] = {
    "adaptive": "SVG, light or dark as the reader has it, transparent, the same letters everywhere",
    "text": "SVG with text, to be searched and edited",
    "light": "SVG, light",
    "dark": "SVG, dark",
    "png": "PNG, light, 1344 pixels wide",
    "png-dark": "PNG, dark",
}
_CRUMBS = (Link("Home", ""), Link("Embed", "embed/"))


@dataclass(frozen=True, slots=True)
class ChartGroup:
    """The charts of a page, in the list of all."""

    label: str
    charts: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class UseContent:
    """What use.html prints."""

    embed: Embed
    subject: str  # what the chart is of, as the page that shows it is called
    rows: int  # that the reader may choose from; 0 for a chart over time
    has_measures: bool
    has_editions: bool
    newest_edition: str  # "2026-W35"; "" while there is none
    pictures: tuple[Link, ...]
    data: tuple[Link, ...]
    citation: Citation
    groups: tuple[ChartGroup, ...]  # all charts; only on the front of the builder


def use_pages(report: Report, log: Log, drawn: Drawn, settings: Settings) -> Iterator[Page]:
    """The builder, and the page of each chart."""
    subjects = _subjects(report)
    newest = next((edition.label for edition in log.editions if edition.is_finished), "")
    yield _page("embed/", report, drawn["macro"][0], subjects, newest, settings, _groups(subjects, drawn))
    for chart, _ in drawn.values():
        yield _page(use_path(chart.id), report, chart, subjects, newest, settings)


def _page(
    path: str,
    report: Report,
    chart: Chart,
    subjects: Mapping[str, str],
    newest: str,
    settings: Settings,
    groups: tuple[ChartGroup, ...] = (),
) -> Page:
    embed = embed_of(chart)
    content = UseContent(
        embed=embed,
        subject=subjects[chart.page],
        rows=0 if chart.narrow else len(chart.rows),
        has_measures=bool(chart.rows) and not chart.narrow,
        has_editions=bool(newest) and _is_in_editions(chart),
        newest_edition=newest,
        pictures=_pictures(chart),
        data=_data(report, chart),
        citation=_citation(report, chart, subjects[chart.page], settings),
        groups=groups,
    )
    if groups:
        title, description = (
            "Embed a chart",
            "Every chart of this site, ready to be pasted: live or frozen at an edition.",
        )
        return Page(path, "use.html", title, description, _CRUMBS[:1], content)
    description = f"Embed, picture, data and citation of: {chart.title}."
    return Page(path, "use.html", f"Use: {chart.id}", description[:200], _CRUMBS, content)


def _citation(report: Report, chart: Chart, subject: str, settings: Settings) -> Citation:
    """Of the page that shows the chart; by what it shows, since what it finds is of one day."""
    what = chart.subtitle.partition(": ")[2] if chart.subtitle.startswith("●") else chart.subtitle
    source = formats.source_line(report.as_of, is_sample=report.is_sample, licence=True)
    version = report.as_of.isoformat()
    return citation_of(f"{subject}: {what[:1].lower()}{what[1:]}", chart.page, report.as_of, version, source, settings)


def _is_in_editions(chart: Chart) -> bool:
    """Editions have the charts of one day, but for those of models, which have no frozen pages."""
    return bool(chart.rows) and not chart.page.startswith("models/")


def _pictures(chart: Chart) -> tuple[Link, ...]:
    return tuple(Link(_LOOKS[look], picture_path(chart.id, look)) for look in LOOKS)


def _data(report: Report, chart: Chart) -> tuple[Link, ...]:
    return (
        Link("The rows of the chart (CSV)", f"charts/{chart.id}.csv"),
        *_by_day(chart.page),
        Link("Vega-Lite specification (JSON)", f"charts/{chart.id}.json"),
        Link("The snapshot as OpenRouter sent it (JSON)", raw_path(report.source_path)),
        Link("All data files, and what their columns mean", "data/"),
    )


def _by_day(page: str) -> tuple[Link, ...]:
    """The data files of the task or model that a page is about; none for a page of several."""
    if page.count("/") < (3 if page.startswith("tasks/") else 2):
        return ()
    path = raw_path(page.rstrip("/"))
    return Link("The same, day by day (CSV)", f"{path}.csv"), Link("For a spreadsheet (Excel)", f"{path}.xlsx")


def _groups(subjects: Mapping[str, str], drawn: Drawn) -> tuple[ChartGroup, ...]:
    """The charts by the page that shows them."""
    found: dict[str, list[Link]] = {}
    for chart, _ in drawn.values():
        found.setdefault(subjects[chart.page], []).append(Link(chart.title, use_path(chart.id)))
    return tuple(ChartGroup(label, tuple(charts)) for label, charts in found.items())


def _subjects(report: Report) -> dict[str, str]:
    """What the charts of a page are of, by the page's path."""
    labels = {category_path(item.key): item.label for item in report.categories}
    labels |= {task_path(item.category, item.tag): item.label for item in report.tasks}
    labels |= {model_path(item.id): item.name for item in report.models}
    return labels | {"": "All tasks", "models/": "All models"}
