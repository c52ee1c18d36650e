"""The page of changes: what happened, edition by edition; the calendar of days; the ledger."""

from dataclasses import dataclass

from generator import formats
from generator.addresses import day_path
from generator.models import Edition, Link, Log, Page, Report
from generator.pages.calendar import CalendarMonth, CountedMonth, counted_months, drawn_months, legend
from generator.pages.home import no_history
from generator.pages.ledger import row_of
from generator.pages.lines import Line, Row, day_link
from generator.pages.news import Existing, NewsPart, existing_in, news_parts, news_summary

MOST_EDITIONS = 6  # told in full: so the page is painted after one flight of packets
MOST_ROWS = 60  # of the ledger


@dataclass(frozen=True, slots=True)
class EditionNews:
    """What an edition tells, or why it tells nothing."""

    heading: str
    anchor: str
    days: Line
    summary: str
    parts: tuple[NewsPart, ...]


@dataclass(frozen=True, slots=True)
class ChangesContent:
    """What changes.html prints."""

    lede: str
    counts: str
    no_history: str  # why nothing can be compared yet; "" where something can
    editions: tuple[EditionNews, ...]
    older: Line  # how many more editions there are; empty for none
    months: tuple[CalendarMonth, ...]
    legend: tuple[tuple[str, str], ...]
    older_months: tuple[CountedMonth, ...]
    ledger: tuple[Row, ...]
    older_rows: str


def changes_page(report: Report, log: Log) -> Page:
    """Everything that happened, newest first."""
    told = log.editions if _has_news(log) else ()
    content = ChangesContent(
        lede=_lede(report, log),
        counts=_counts(report),
        no_history="" if told else no_history(report),
        editions=tuple(_edition(edition, existing_in(report)) for edition in told[:MOST_EDITIONS]),
        older=_older(told),
        months=drawn_months(log.calendar),
        legend=legend(),
        older_months=counted_months(log.calendar),
        ledger=tuple(row_of(entry) for entry in log.ledger[:MOST_ROWS]),
        older_rows=_older_rows(len(log.ledger) - MOST_ROWS),
    )
    return Page("changes/", "changes.html", "Changes", content.lede[:200], (Link("Home", ""),), content)


def _has_news(log: Log) -> bool:
    return any(edition.news for edition in log.editions)


def _lede(report: Report, log: Log) -> str:
    newest = next((edition for edition in log.editions if edition.news), None)
    if newest is None or newest.news is None:
        return f"What changed from week to week, since {formats.long_date(report.first_day)}."
    return f"{_title(newest)}, against 7 days earlier: {news_summary(newest.news)}"


def _counts(report: Report) -> str:
    """The state of the archive."""
    words = [f"{formats.plural(report.days_kept, 'day')} kept since {formats.long_date(report.first_day)}"]
    words += [
        f"{count} {what}"
        for count, what in ((report.days_missing, "missing"), (report.days_restated, "restated"))
        if count
    ]
    return ", ".join(words)


def _title(edition: Edition) -> str:
    if edition.is_finished:
        return f"Edition {edition.label}, {formats.long_date(edition.as_of)}"
    return f"So far this week ({edition.label}), {formats.long_date(edition.as_of)}"


def _edition(edition: Edition, existing: Existing) -> EditionNews:
    heading = f"Edition {edition.label}" if edition.is_finished else f"So far this week: {edition.label}"
    day = day_link(edition.as_of)
    if edition.news is None:
        why = f"Nothing is compared: {edition.no_comparison}."
        return EditionNews(heading, edition.label, (day,), why, ())
    days = (day, " against ", day_link(edition.news.since))
    return EditionNews(heading, edition.label, days, news_summary(edition.news), news_parts(edition.news, existing))


def _older(told: tuple[Edition, ...]) -> Line:
    """Where the editions are that are not told here."""
    older = told[MOST_EDITIONS:]
    if not older:
        return ()
    newest, oldest = (Link(edition.label, day_path(edition.as_of)) for edition in (older[0], older[-1]))
    if len(older) == 1:
        return ("1 older edition, ", newest, ", is told on the page of its day.")
    return (
        f"{len(older)} older editions, from ",
        newest,
        " back to ",
        oldest,
        ", are told on the pages of their days.",
    )


def _older_rows(count: int) -> str:
    if count <= 0:
        return ""
    return f"{formats.plural(count, 'older entry', 'older entries')}: on the pages of their days."
