"""The feeds: of the site, each macro-category, each task, each model; also of those that are no longer listed.

Comes in: the log of the archive. Goes out: for each feed its newest items. What is told are finished weeks and the
ledger, so an item that is there stays there until 50 newer ones have come, and says the same.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import TypeGuard

from generator import formats
from generator.addresses import category_path, embed_path, feed_paths, model_path, tag_uri, task_path
from generator.models import (
    Alternate,
    Edition,
    Ended,
    Entry,
    Feed,
    FeedItem,
    Link,
    Log,
    Page,
    Redefined,
    Report,
    Restated,
    TaskName,
    Warned,
)
from generator.pages.feed_items import ItemMaker, Told, end_of

MOST_ITEMS = 50  # of a feed
MOST_OF_LONG_GONE, LONG = 3, timedelta(days=365)  # of what has not been listed for so long: there are ever more of them
_TYPES = "application/atom+xml", "application/feed+json"
_SITE, _CATEGORY, _TASK, _MODEL = (
    "each edition, tasks that came or went, and the ledger: missing, restated and repeated days, new definitions",
    "its tasks: other models at the first place, tasks that came or went, new definitions",
    "other models at the first place, models that came to the list, came back or left it, new definitions",
    "the tasks that it leads or no longer leads, and the lists that it came to, came back to or left",
)


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed as the page of all lists it."""

    label: str
    page: str
    atom: str
    json: str
    newest: str  # the title of its newest item; "" while there is none


@dataclass(frozen=True, slots=True)
class FeedGroup:
    """Feeds that tell the same of different things."""

    heading: str
    anchor: str
    about: str
    rows: tuple[FeedRow, ...]


@dataclass(frozen=True, slots=True)
class FeedsContent:
    """What feeds.html prints."""

    lede: str
    most: int
    groups: tuple[FeedGroup, ...]


def feeds_of(report: Report, log: Log, ended: Iterable[Ended]) -> tuple[Feed, ...]:
    """Every feed: of what stands in today's rankings, then of what has `ended`."""
    found = _items(report, log)

    def feed(path: str, label: str, home: str, about: str, most: int = MOST_ITEMS) -> Feed:
        items = tuple(found[path][:most])
        return Feed(
            id=tag_uri(_archive(report), "feed", *path.split("/")[:-1]),
            page=path,
            home=home,
            title=label,
            about=about,
            items=items,
            updated=max((item.updated for item in items), default=end_of(report.first_day)),
            source=items[0].source
            if items
            else formats.source_line(report.first_day, is_sample=report.is_sample, licence=True),
            is_sample=report.is_sample,
        )

    feeds = [feed(path, label, path, about) for path, label, about in _subjects(report)]
    for item in ended:
        most = MOST_ITEMS if report.as_of - item.as_of <= LONG else MOST_OF_LONG_GONE
        feeds.append(feed(item.path, item.label, embed_path(item.charts[0]), _about(item.path), most))
    return tuple(feeds)


def feeds_page(report: Report, feeds: Sequence[Feed]) -> Page:
    """The feeds of what has a page today, with what each tells."""
    by_path = {feed.page: feed for feed in feeds}
    groups = [
        ("The site", "site", _SITE, [""]),
        ("Macro-categories", "categories", _CATEGORY, [category_path(item.key) for item in report.categories]),
        ("Tasks", "tasks", _TASK, [task_path(item.category, item.tag) for item in report.tasks]),
        ("Models", "models", _MODEL, [model_path(item.id) for item in report.models]),
    ]
    content = FeedsContent(
        lede="Be told when something happens: a feed says it once, and is silent in between.",
        most=MOST_ITEMS,
        groups=tuple(
            FeedGroup(heading, anchor, about, tuple(_row(by_path[path]) for path in paths))
            for heading, anchor, about, paths in groups
        ),
    )
    description = "Atom and JSON feeds of the site, each macro-category, each task and each model."
    return Page("feeds/", "feeds.html", "Feeds", description, (Link("Home", ""),), content)


def with_feed(page: Page, label: str) -> Page:
    """A page that names its own feed, for programs that look for one."""
    return replace(
        page,
        alternates=(
            *page.alternates,
            *(
                Alternate(media_type, path, f"{label}: {what}")
                for media_type, path, what in zip(_TYPES, feed_paths(page.path), ("feed", "JSON feed"), strict=True)
            ),
        ),
    )


def _subjects(report: Report) -> Iterator[tuple[str, str, str]]:
    """Path, label and what is told of all that has a feed and a page."""
    yield "", "", _SITE
    yield from ((category_path(item.key), item.label, _CATEGORY) for item in report.categories)
    yield from ((task_path(item.category, item.tag), item.label, _TASK) for item in report.tasks)
    yield from ((model_path(item.id), item.name, _MODEL) for item in report.models)


def _about(path: str) -> str:
    if path.startswith("models/"):
        return _MODEL
    return _CATEGORY if path.count("/") == 2 else _TASK


def _row(feed: Feed) -> FeedRow:
    newest = f"{feed.items[0].title}, {formats.long_date(feed.items[0].published.date())}" if feed.items else ""
    return FeedRow(feed.title if feed.page else "Everything", feed.page, *feed_paths(feed.page), newest)


def _archive(report: Report) -> str:
    return f"sample-{report.window}" if report.is_sample else report.window


# ---------------------------------------------------------------- which items stand in which feeds

_Told = tuple[tuple[str, ...], Callable[[], FeedItem]]  # the feeds, by the paths of their pages; makes the item


def _items(report: Report, log: Log) -> dict[str, list[FeedItem]]:
    """The newest items of each feed, by the path of its page. None is made that no feed has room for."""
    restatements = Counter(entry.as_of for entry in log.ledger if isinstance(entry, Restated))
    maker = ItemMaker(_archive(report), report.is_sample, restatements)
    found: defaultdict[str, list[FeedItem]] = defaultdict(list)
    told = [(edition.as_of, of_edition) for edition in log.editions for of_edition in _of_edition(edition, maker)]
    told += [(maker.day_of(entry), _of_entry(entry, maker)) for entry in log.ledger if _is_told(entry)]
    for _, (paths, make) in sorted(told, key=lambda pair: pair[0], reverse=True):
        wanted = [path for path in dict.fromkeys(paths) if len(found[path]) < MOST_ITEMS]
        if wanted:
            item = make()
            for path in wanted:
                found[path].append(item)
    return found


def _of_edition(edition: Edition, maker: ItemMaker) -> Iterator[_Told]:
    """A finished week and what happened in it, the more important first; nothing before the week is over."""
    if not edition.is_finished:
        return
    yield ("",), partial(maker.edition, edition)
    if edition.news is None:
        return
    for change in edition.news.leads:
        models = tuple(model_path(first.id) for first in (*change.before, *change.after))
        yield (*_of_task(change.task), *models), partial(maker.lead, edition, change)
    for crossing in edition.news.tasks:
        yield ("", *_of_task(crossing.task)), partial(maker.task, edition, crossing)
    for crossing in edition.news.models:
        paths = task_path(crossing.task.category, crossing.task.tag), model_path(crossing.model_id)
        yield paths, partial(maker.model, edition, crossing)


def _is_told(entry: Entry) -> TypeGuard[Told]:
    """Warnings are about the form of the data alone; tasks that came or went are told with their edition."""
    return not isinstance(entry, Warned) and not (
        isinstance(entry, Redefined) and entry.kind in ("task added", "task gone")
    )


def _of_entry(entry: Told, maker: ItemMaker) -> _Told:
    """An entry of the ledger; a new definition also concerns the tasks that are named in it."""
    places = entry.places if isinstance(entry, Redefined) else ()
    return ("", *places, *map(_category_of, places)), partial(maker.entry, entry)


def _of_task(task: TaskName) -> tuple[str, str]:
    return category_path(task.category), task_path(task.category, task.tag)


def _category_of(path: str) -> str:
    """`tasks/code/debugging/` -> `tasks/code/`."""
    return "/".join(path.split("/")[:2]) + "/"
