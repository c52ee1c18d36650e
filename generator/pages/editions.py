"""The pages of editions: the front and the macro-categories of a finished week with their tasks, frozen; all editions.

An edition page is made from its own snapshot and the one 7 days earlier. What comes later changes nothing on it but the
links to what came later: the next edition, and today's page of the same thing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from generator import formats
from generator.addresses import Paths, category_path, day_path, edition_path, pack_path, raw_path
from generator.models import (
    Edition,
    EditionReport,
    Figure,
    Frozen,
    Link,
    Log,
    Page,
    Report,
    Settings,
)
from generator.pages.cards import front_card
from generator.pages.cells import Drawn
from generator.pages.citation import Citation, citation_of
from generator.pages.compare import earlier_line
from generator.pages.datasets import edition_dataset
from generator.pages.edition_category import edition_category_page
from generator.pages.edition_rows import MarkedFigure, macro_rows, tasks_rows
from generator.pages.embed import embed_pages
from generator.pages.home import finding, intensity_figure
from generator.pages.ledger import row_of
from generator.pages.lines import Line, Row, day_link, joined
from generator.pages.news import Existing
from generator.pages.quotes import edition_quotes
from generator.pages.sentences import news_in_five
from generator.pages.twins import with_twin
from generator.pages.words import snapshot_words

_LATEST = "editions/latest/"


@dataclass(frozen=True, slots=True)
class EditionContent:
    """What edition.html prints."""

    heading: str
    when: str
    news: tuple[Line, ...]
    all_changes: Link
    earlier: Line  # editions that it is compared with
    notes: tuple[Row, ...]  # of the ledger
    macro: MarkedFigure | None
    tasks: MarkedFigure | None
    intensity: Figure | None  # its table is a column of the tasks
    citation: Citation
    file: Link
    sha256: str


@dataclass(frozen=True, slots=True)
class EditionRow:
    """An edition in the table of all."""

    edition: Link
    day: Link
    first_places: str
    entries: str
    exits: str


@dataclass(frozen=True, slots=True)
class EditionsContent:
    """What editions.html prints."""

    lede: str
    none: str  # why there is none yet; "" where there is one
    packs: Line  # of the newest ones
    rows: tuple[EditionRow, ...]


def edition_pages(edition: EditionReport, drawn: Drawn, today: Existing, settings: Settings) -> Iterator[Page]:
    """The front page of an edition, those of its macro-categories with their tasks, and its embeds.

    `today`: what has a live page.
    """
    report, paths = edition.report, Paths(edition.report.source_path, edition.label)
    card = front_card(report, drawn, paths)  # of all pages of the edition: years of cards would take more than pages
    front = replace(_front(edition, drawn, _frozen(edition, today), settings), quotes=edition_quotes(report, paths))
    yield from with_twin(replace(front, card=card, dataset=edition_dataset(report, paths)))
    for category in report.categories:
        page = edition_category_page(report, category, drawn, paths, _frozen(edition, today, category.key))
        yield replace(page, card=card)
    yield from embed_pages(drawn, report.as_of, edition.label, _frozen(edition, today))


def editions_page(report: Report, log: Log, packs: int) -> Page:
    """All finished editions, the newest first. `packs`: how many of them come as a zip too."""
    finished = [edition for edition in log.editions if edition.is_finished]
    newest = f" The newest is {finished[0].label}." if finished else ""
    lede = (
        f"An edition is the last snapshot of a finished week, on pages that stay as they are: the unit to cite.{newest}"
    )
    none = (
        ""
        if finished
        else f"The first edition comes when the week of {formats.long_date(report.as_of)} is over: with its Sunday or "
        "a later snapshot."
    )
    labels = map(formats.edition, editions_with_pack(log, packs))
    zips = joined([(Link(label, pack_path(label)),) for label in labels])
    content = EditionsContent(lede, none, zips, tuple(map(_row, finished)))
    return Page("editions/", "editions.html", "Editions", lede[:200], (Link("Home", ""),), content)


def editions_with_pack(log: Log, count: int) -> tuple[date, ...]:
    """The days of the newest finished editions, `count` at most, which come as a zip too; the newest first."""
    return tuple(edition.as_of for edition in log.editions if edition.is_finished)[:count]


def latest_page(log: Log) -> Iterator[Page]:
    """An address that always leads to the newest edition; none while there is no edition."""
    newest = next((edition for edition in log.editions if edition.is_finished), None)
    if newest:
        link = Link(newest.label, edition_path(newest.label))
        yield Page(_LATEST, "latest.html", "Latest edition", f"The newest edition: {newest.label}.", (), link)


def week_words(as_of: date) -> str:
    """`31 August to 6 September 2026`: the ISO week of a day."""
    monday = as_of - timedelta(days=as_of.weekday())
    return f"{formats.long_date(monday)} to {formats.long_date(monday + timedelta(days=6))}"


def _front(edition: EditionReport, drawn: Drawn, frozen: Frozen, settings: Settings) -> Page:
    report, paths = edition.report, Paths(edition.report.source_path, edition.label)
    content = EditionContent(
        heading=_title(report.as_of),
        when=f"{formats.window_words(report.window_days, report.as_of)} · {formats.plural(len(report.tasks), 'task')}, "
        f"{formats.plural(len(report.models), 'model')} in their lists",
        news=news_in_five(edition),
        all_changes=Link("All changes and figures of the day", day_path(report.as_of)),
        earlier=earlier_line(edition.label, edition.earlier),
        notes=tuple(row_of(entry) for entry in edition.entries),
        macro=macro_rows(report, drawn, paths),
        tasks=tasks_rows(report, drawn, paths),
        intensity=intensity_figure(report, drawn, paths),
        citation=_citation(report, settings),
        file=Link(f"data/{report.source_path}", raw_path(report.source_path)),
        sha256=report.source_sha256,
    )
    breadcrumbs = (Link("Home", ""), Link("Editions", "editions/"))
    title, path = f"Edition {edition.label}", edition_path(edition.label)
    embed = content.macro.embed if content.macro else None
    return Page(path, "edition.html", title, finding(report)[:200], breadcrumbs, content, frozen, embed)


def _title(as_of: date) -> str:
    year, week, _ = as_of.isocalendar()
    return f"Week {week} of {year}"


def _citation(report: Report, settings: Settings) -> Citation:
    """How to cite the edition, with the source's own line."""
    label = formats.edition(report.as_of)
    window = formats.window_words(report.window_days, report.as_of)
    title = f"{_title(report.as_of)}: tasks and models by share of requests and tokens, {window}"
    source = formats.source_line(report.as_of, is_sample=report.is_sample, licence=True)
    return citation_of(title, edition_path(label), report.as_of, label, source, settings)


def _frozen(edition: EditionReport, today: Existing, category: str = "") -> Frozen:
    """What a page of the edition says of itself, and where the same page is in other editions and today."""
    as_of = edition.report.as_of
    version = len(edition.revisions)
    restated = f" The source restated that day; its {formats.ordinal(version)} version is shown." if version > 1 else ""
    notice = (
        f"You are reading the edition of week {edition.label}, {week_words(as_of)}: the snapshot of "
        f"{formats.long_date(as_of)}. It stays as it is.{restated}"
    )
    inside = category_path(category) if category else ""
    links = [
        Link(
            text.format(neighbour.label),
            f"{edition_path(neighbour.label)}{inside if category in neighbour.categories else ''}",
        )
        for neighbour, text in ((edition.previous, "← {}"), (edition.following, "{} →"))
        if neighbour
    ]
    links += [Link("Latest edition", _LATEST), Link("Today’s figures", inside if category in today.categories else "")]
    return Frozen(snapshot_words(edition.report), notice, tuple(links))


def _row(edition: Edition) -> EditionRow:
    counts = (formats.MISSING,) * 3
    if edition.news:
        kinds = [crossing.kind for crossing in edition.news.models]
        counts = (str(len(edition.news.leads)), str(len(kinds) - kinds.count("left")), str(kinds.count("left")))
    return EditionRow(Link(edition.label, edition_path(edition.label)), day_link(edition.as_of), *counts)
