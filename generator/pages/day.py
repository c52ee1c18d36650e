"""The page of a day: its snapshot with all figures in tables, as if nothing had come after it.

Only the links to what came later may change.
"""

from dataclasses import dataclass, replace
from functools import partial

from generator import formats
from generator.addresses import any_two_path, day_path, edition_path, raw_path
from generator.models import DayReport, Frozen, Link, Page, StoredSnapshot
from generator.pages.home import finding
from generator.pages.ledger import row_of
from generator.pages.lines import Line, Row, day_link
from generator.pages.lists import ListRow, TaskList, category_row, task_list, task_row
from generator.pages.news import Existing, NewsPart, news_parts, news_summary
from generator.pages.words import snapshot_words

_NOWHERE = Existing()


@dataclass(frozen=True, slots=True)
class Revision:
    """A file of the archive."""

    file: Link
    size: str
    sha256: str


@dataclass(frozen=True, slots=True)
class DayContent:
    """What day.html prints."""

    heading: str
    finding: str
    when: str
    notes: tuple[Row, ...]  # of the ledger, about this day
    raw: str  # the file that the figures are from
    files: tuple[Revision, ...]  # the newest last
    compared_with: str  # "24 August 2026"; "" for nothing
    comparison: Line
    summary: str
    news: tuple[NewsPart, ...]
    categories: tuple[ListRow, ...]
    tasks: tuple[ListRow, ...]
    lists: tuple[TaskList, ...]  # none on the page of an old day
    edition: Link | None  # where those of its week are, if not here
    previous: Link | None
    next: Link | None
    any_two: str  # where it is compared with any other day


def day_page(report: DayReport) -> Page:
    """A day, whatever came later."""
    heading, said = formats.long_date(report.as_of), finding(report)
    week, is_compared = formats.edition(report.as_of), report.compared_with is not None
    content = DayContent(
        heading=heading,
        finding=said,
        when=_when(report),
        notes=_notes(report),
        raw=raw_path(report.revisions[-1].path),
        files=tuple(map(_revision, report.revisions)),
        compared_with=formats.long_date(report.compared_with) if report.compared_with else "",
        comparison=_comparison(report),
        summary=news_summary(report.news) if report.news else "",
        news=_news(report),
        categories=tuple(map(category_row, report.categories)),
        tasks=tuple(map(task_row, report.tasks)),
        lists=() if report.is_short else tuple(map(partial(task_list, is_compared=is_compared), report.tasks)),
        edition=Link(week, edition_path(week)) if report.is_short else None,
        previous=day_link(report.previous) if report.previous else None,
        next=day_link(report.following) if report.following else None,
        any_two=any_two_path(report.as_of, report.compared_with),
    )
    breadcrumbs = (Link("Home", ""), Link("Changes", "changes/"))
    title, frozen = f"{heading}: all figures", Frozen(snapshot_words(report), has_styles=not report.is_short)
    return Page(day_path(report.as_of), "day.html", title, said[:200], breadcrumbs, content, frozen)


def _revision(stored: StoredSnapshot) -> Revision:
    file = Link(f"data/{stored.path}", raw_path(stored.path))
    return Revision(file, f"{stored.size_bytes:,}{formats.NBSP}bytes", stored.sha256)


def _when(report: DayReport) -> str:
    return (
        f"{formats.window_words(report.window_days, report.as_of)} · week {formats.edition(report.as_of)} · "
        f"{formats.plural(len(report.tasks), 'task')}, {formats.plural(report.model_count, 'model')} in their lists"
    )


def _notes(report: DayReport) -> tuple[Row, ...]:
    """What the ledger has about this day; of the first day, that nothing came before."""
    if report.as_of == report.first_day:
        begins = Row((day_link(report.as_of),), "first day", ("the archive begins here",))
        return (begins, *(row_of(entry) for entry in report.entries))
    return tuple(row_of(entry) for entry in report.entries)


def _comparison(report: DayReport) -> Line:
    if report.compared_with is None:
        return (f"Nothing is compared: {report.no_comparison}.",)
    return _reachable(("Against ", day_link(report.compared_with), ", 7 days earlier: "), report)


def _news(report: DayReport) -> tuple[NewsPart, ...]:
    parts = news_parts(report.news, _NOWHERE, has_lists=False) if report.news else ()
    return tuple(replace(part, lines=tuple(_reachable(line, report) for line in part.lines)) for part in parts)


def _reachable(line: Line, report: DayReport) -> Line:
    """The line, in plain text where it leads to the day compared with and that one has no page any more."""
    if report.is_compared_page_there or report.compared_with is None:
        return line
    gone = day_path(report.compared_with)
    return tuple(part.text if isinstance(part, Link) and part.path.startswith(gone) else part for part in line)
