"""Report + drawings -> Pages: one function and one context dataclass a template.

Comes in: reports, charts and their drawings, the settings. Goes out: every page with all that its template prints;
templates print and do not compute. It refuses nothing: a page of something empty says what is missing and why.
"""

from collections.abc import Iterator
from dataclasses import replace

from generator.addresses import Paths
from generator.models import Log, Page, Report, Settings, Trends
from generator.pages.cards import (
    category_card,
    front_card,
    lasting_card,
    model_card,
    pack_cards,
    task_card,
    tasks_card,
)
from generator.pages.category import category_page
from generator.pages.cells import Drawn
from generator.pages.changes import changes_page
from generator.pages.check import check_page
from generator.pages.compare import compare_page
from generator.pages.compared import comparison_page
from generator.pages.data import data_page
from generator.pages.datasets import task_dataset
from generator.pages.day import day_page
from generator.pages.editions import edition_pages, editions_page, editions_with_pack, latest_page
from generator.pages.embed import embed_pages, ended_pages
from generator.pages.feeds import feeds_of, feeds_page, with_feed
from generator.pages.home import home_page
from generator.pages.llms import llms_page
from generator.pages.method import method_page, not_found_page
from generator.pages.model import model_page
from generator.pages.models_index import models_page
from generator.pages.news import Existing, existing_in
from generator.pages.quotes import category_quotes, quotes_by_chart, task_quotes
from generator.pages.task import task_page
from generator.pages.tasks_index import tasks_page
from generator.pages.twins import with_twin
from generator.pages.use import use_pages
from generator.pages.words import site_words

__all__ = [
    "Existing",
    "comparison_page",
    "current_pages",
    "data_page",
    "day_page",
    "edition_pages",
    "editions_with_pack",
    "embed_pages",
    "ended_pages",
    "existing_in",
    "feeds_of",
    "feeds_page",
    "front_card",
    "lasting_card",
    "pack_cards",
    "quotes_by_chart",
    "site_words",
    "use_pages",
    "with_twin",
]


def current_pages(
    report: Report, trends: Trends, log: Log, drawn: Drawn, method: str, settings: Settings
) -> Iterator[Page]:
    """The pages that follow the newest snapshot, each with its twin.

    `drawn` holds each chart with its drawing by id; `method` is prose.
    """
    for page in _current_pages(report, trends, log, drawn, method, settings):
        yield from with_twin(page)
    yield llms_page(report, log, drawn, settings)


def _current_pages(
    report: Report, trends: Trends, log: Log, drawn: Drawn, method: str, settings: Settings
) -> Iterator[Page]:
    paths = Paths(report.source_path)
    front = replace(home_page(report, trends, drawn, settings), card=front_card(report, drawn, paths))
    yield with_feed(front, settings.name)
    yield replace(tasks_page(report), card=tasks_card(report, drawn, paths))
    for category in report.categories:
        card = category_card(report, category, drawn, paths)
        page = category_page(category, drawn, report.compared_with, paths, trends=trends)
        quotes = category_quotes(report, category, paths)
        yield with_feed(replace(page, card=card, quotes=quotes), category.label)
    for position, task in enumerate(report.tasks):
        neighbours = report.tasks[position - 1] if position else None, next(iter(report.tasks[position + 1 :]), None)
        page = task_page(task, neighbours, trends, drawn, report.compared_with, paths)
        page = replace(page, card=task_card(report, task, drawn, paths), dataset=task_dataset(report, task))
        yield with_feed(replace(page, quotes=task_quotes(report, task, paths)), task.label)
    yield models_page(report, drawn)
    for model in report.models:
        page = replace(model_page(report, model, trends, drawn), card=model_card(report, model, drawn, paths))
        yield with_feed(page, model.name)
    yield changes_page(report, log)
    yield compare_page(report, log)
    yield check_page(report)
    yield editions_page(report, log, settings.packs)
    yield from latest_page(log)
    yield method_page(report, method)
    yield not_found_page()
