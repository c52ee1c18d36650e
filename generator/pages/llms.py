"""llms.txt: what the site is and where its pages are in Markdown, for programs that read it (https://llmstxt.org)."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator import formats
from generator.addresses import (
    category_chart_id,
    category_path,
    edition_path,
    model_path,
    raw_path,
    task_chart_id,
    task_path,
)
from generator.models import Link, Log, Page, Report, Settings
from generator.pages.cells import Drawn
from generator.pages.home import finding


@dataclass(frozen=True, slots=True)
class Entry:
    """A page or file, and what is in it."""

    link: Link
    note: str


@dataclass(frozen=True, slots=True)
class EntryList:
    """Entries under a heading."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class LlmsContent:
    """What markdown/llms.md prints."""

    finding: str
    lists: tuple[EntryList, ...]


def llms_page(report: Report, log: Log, drawn: Drawn, settings: Settings) -> Page:
    """The file, in the form that is asked for: a title, a quote, notes, then lists of links under headings."""
    lists = (
        EntryList("Pages", (*_pages(report), *_newest_edition(log))),
        EntryList("Tasks", tuple(_tasks(report, drawn))),
        EntryList("Data", _data(report)),
        EntryList("Optional", tuple(_models(report))),
    )
    content = LlmsContent(finding(report), lists)
    return Page("llms.txt", "markdown/llms.md", settings.name, settings.description[:200], (), content)


def _pages(report: Report) -> Sequence[Entry]:
    tasks, models = formats.plural(len(report.tasks), "task"), formats.plural(len(report.models), "model")
    return (
        _entry("Home", "", "the finding of the week, macro-categories and all tasks"),
        _entry("All tasks", "tasks/", f"{tasks} by macro-category, with the model that leads each"),
        _entry("All models", "models/", f"{models} by at least their share of everything"),
        _entry("Changes", "changes/", "what changed, week by week, and the ledger of gaps and restatements"),
        _entry("Editions", "editions/", "finished weeks on pages that stay as they are: the unit to cite"),
        _entry("Method", "method/", "what the figures say, what they leave out, how derived numbers are made"),
    )


def _data(report: Report) -> tuple[Entry, ...]:
    return (
        _entry("Data files", "data/", "what there is, what each column says, how to load it"),
        _entry("History", "data/v1/history.parquet", "every share of every day; history.csv has the newest days"),
        _entry("Newest day", "data/v1/latest.json", "with places and changes; index.json lists all files"),
        _entry("Newest snapshot", raw_path(report.source_path), "JSON as the source sent it"),
        _entry("Feeds", "feeds/", "Atom and JSON Feed of what happens, for the site, each task and each model"),
    )


def _newest_edition(log: Log) -> Sequence[Entry]:
    newest = next((edition for edition in log.editions if edition.is_finished), None)
    note = "the newest edition, with its news in five sentences"
    return (_entry(f"Edition {newest.label}", edition_path(newest.label), note),) if newest else ()


def _tasks(report: Report, drawn: Drawn) -> Sequence[Entry]:
    """Each macro-category, then its tasks, with what their charts find."""
    found = []
    for category in report.categories:
        path, title = category_path(category.key), _finding(drawn, category_chart_id(category.key))
        found.append(_entry(category.label, path, title or "macro-category"))
        for task in category.tasks:
            title = _finding(drawn, task_chart_id(task.category, task.tag))
            found.append(_entry(task.label, task_path(task.category, task.tag), title or "no model is listed"))
    return found


def _models(report: Report) -> Sequence[Entry]:
    return [
        _entry(model.name, model_path(model.id), f"listed in {formats.plural(len(model.listings), 'task')}")
        for model in report.models
    ]


def _entry(text: str, path: str, note: str) -> Entry:
    return Entry(Link(text, path), note)


def _finding(drawn: Drawn, chart_id: str) -> str:
    return drawn[chart_id][0].title if chart_id in drawn else ""
