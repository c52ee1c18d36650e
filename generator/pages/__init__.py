"""Report + drawings -> Pages: one function and one context dataclass a template.

Comes in: the report, the charts and their drawings, the settings. Goes out: every page with all that its template
prints; templates print and do not compute. It refuses nothing: a page of something empty says what is missing and why.
"""

from collections.abc import Iterable, Iterator, Mapping

from generator import formats
from generator.addresses import category_path
from generator.models import Chart, DayReport, Drawing, Link, Log, Page, Report, Settings, SiteWords, Trends
from generator.pages.category import category_page
from generator.pages.changes import changes_page
from generator.pages.day import day_page
from generator.pages.home import home_page
from generator.pages.method import method_page, not_found_page
from generator.pages.model import model_page
from generator.pages.models_index import models_page
from generator.pages.task import task_page
from generator.pages.tasks_index import tasks_page

__all__ = ["all_pages", "site_words"]

Drawn = Mapping[str, tuple[Chart, Drawing]]


def all_pages(
    report: Report,
    trends: Trends,
    log: Log,
    days: Iterable[DayReport],
    drawn: Drawn,
    method: str,
    settings: Settings,
) -> tuple[Page, ...]:
    """Every page of the site. `drawn` holds each chart with its drawing by id; `method` is the method page's prose."""
    return (
        *_pages(report, trends, drawn, method, settings),
        changes_page(report, log),
        *(day_page(day) for day in days),
    )


def _pages(report: Report, trends: Trends, drawn: Drawn, method: str, settings: Settings) -> Iterator[Page]:
    yield home_page(report, trends, drawn, settings)
    yield tasks_page(report)
    for category in report.categories:
        yield category_page(category, drawn, report.compared_with)
    for position, task in enumerate(report.tasks):
        neighbours = report.tasks[position - 1] if position else None, next(iter(report.tasks[position + 1 :]), None)
        yield task_page(task, neighbours, trends, drawn, report.compared_with)
    yield models_page(report, drawn)
    for model in report.models:
        yield model_page(report, model, drawn)
    yield method_page(report, method)
    yield not_found_page()


def site_words(report: Report, settings: Settings) -> SiteWords:
    """What every page says: name, window, source, navigation."""
    categories = tuple(Link(category.label, category_path(category.key)) for category in report.categories)
    return SiteWords(
        name=settings.name,
        description=settings.description,
        address=settings.address,
        contact=settings.contact,
        is_sample=report.is_sample,
        window=formats.window_words(report.window_days, report.as_of),
        as_of=report.as_of,
        source=formats.source_line(report.as_of, is_sample=report.is_sample),
        licence="" if report.is_sample else "Licensed under CC BY 4.0.",
        navigation=(
            *categories,
            Link("All tasks", "tasks/"),
            Link("Models", "models/"),
            Link("Changes", "changes/"),
            Link("Method", "method/"),
        ),
    )
