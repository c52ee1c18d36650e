"""The page of a day: its snapshot with all figures in tables, as if nothing had come after it.

Only the links to what came later may change. So tasks and models are plain text with their identifiers here: whether
they have a page depends on the newest snapshot.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from sys import intern  # years of days say the same few texts: each is kept once

from generator import formats
from generator.addresses import any_two_path, day_path, raw_path, task_anchor
from generator.models import (
    CategoryReport,
    Change,
    DayReport,
    Frozen,
    Link,
    ListedModel,
    Page,
    Pair,
    Rank,
    StoredSnapshot,
    TaskReport,
)
from generator.pages.home import finding
from generator.pages.ledger import row_of
from generator.pages.lines import Line, Row, day_link
from generator.pages.news import Existing, NewsPart, news_parts, news_summary
from generator.pages.words import snapshot_words

_NOWHERE = Existing()


@dataclass(frozen=True, slots=True)
class DayRow:
    """A task, macro-category or model with its figures."""

    place: str
    name: str
    id: str
    pointer: str  # its place in the raw snapshot
    anchor: str  # of its own list on this page; "" for none
    requests: str
    tokens: str
    change: str


@dataclass(frozen=True, slots=True)
class DayList:
    """The models of a task."""

    anchor: str
    label: str
    tag: str
    pointer: str  # its place in the raw snapshot, with its models
    coverage: str
    models: tuple[DayRow, ...]
    notes: tuple[str, ...]


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
    categories: tuple[DayRow, ...]
    tasks: tuple[DayRow, ...]
    lists: tuple[DayList, ...]
    previous: Link | None
    next: Link | None
    any_two: str  # where it is compared with any other day


def day_page(report: DayReport) -> Page:
    """A day, whatever came later."""
    heading, said = formats.long_date(report.as_of), finding(report)
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
        categories=tuple(_category_row(category) for category in report.categories),
        tasks=tuple(_task_row(task) for task in report.tasks),
        lists=tuple(_list(task, is_compared=report.compared_with is not None) for task in report.tasks),
        previous=day_link(report.previous) if report.previous else None,
        next=day_link(report.following) if report.following else None,
        any_two=any_two_path(report.as_of, report.compared_with),
    )
    breadcrumbs = (Link("Home", ""), Link("Changes", "changes/"))
    title, frozen = f"{heading}: all figures", Frozen(snapshot_words(report))
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


def _category_row(category: CategoryReport) -> DayRow:
    rank, pointer = category.ranks.requests, category.pointer
    return _row(rank, category.label, category.key, category.share, category.change, pointer)


def _task_row(task: TaskReport) -> DayRow:
    row = _row(task.ranks.requests, task.label, task.tag, task.share, task.change, task.pointer)
    return replace(row, anchor=task_anchor(task.category, task.tag))


def _list(task: TaskReport, *, is_compared: bool) -> DayList:
    return DayList(
        anchor=task_anchor(task.category, task.tag),
        label=task.label,
        tag=task.tag,
        pointer=task.pointer,
        coverage=_coverage(task),
        models=tuple(
            _row(model.ranks.requests, model.name, model.id, model.share, model.change, model.pointer)
            for model in task.models
        ),
        notes=_list_notes(task) if is_compared else (),
    )


def _row(rank: Rank, name: str, identifier: str, share: Pair, change: Change, pointer: str) -> DayRow:
    return DayRow(
        place=f"{rank.place}=" if rank.is_shared else str(rank.place),
        name=intern(name),
        id=identifier,
        pointer=pointer,
        anchor="",
        requests=formats.percent(share.requests),
        tokens=formats.percent(share.tokens),
        change=_change(change),
    )


def _change(change: Change) -> str:
    """`▲ up 1, +0.2 pp`."""
    words = formats.change_words(change)
    return intern(words if change.share.requests is None else f"{words}, {formats.points(change.share.requests)}")


def _coverage(task: TaskReport) -> str:
    """The task's own place and shares, and what its list covers."""
    share, within = task.share, task.category_share
    own = (
        f"{formats.percent(share.requests)} of all requests, {formats.percent(share.tokens)} of all tokens; within "
        f"{task.category_label} {formats.percent(within.requests)} and {formats.percent(within.tokens)}."
    )
    if not task.models:
        return f"{own} No model is listed."
    return (
        f"{own} The {formats.plural(len(task.models), 'listed model')} carry {formats.percent(task.coverage.requests)} "
        f"of its requests and {formats.percent(task.coverage.tokens)} of its tokens; the rest is not known."
    )


def _list_notes(task: TaskReport) -> tuple[str, ...]:
    """Who left the list, and why some or all of it is not compared where the day is."""
    gone = [
        f"{model.name} ({formats.upright(model.id)}, {formats.ordinal(model.rank.place)} "
        f"with {formats.percent(model.share.requests)})"
        for model in task.departed
    ]
    left = (f"Listed 7 days earlier and no longer: {formats.listed(gone)}.",) if gone else ()
    return (*left, *_reasons(task.models))


def _reasons(models: Iterable[ListedModel]) -> tuple[str, ...]:
    found = dict.fromkeys(model.change.reason for model in models if model.change.reason)
    return tuple(f"{formats.MISSING} no comparison: {reason}." for reason in found)
