"""Events and editions as items of feeds, each in words of its own time.

An item is about days that are over, and links only to what stays as it is: it says the same in every later build, but
for a restatement of its days. Its id holds what it is about and no figure, so it outlives a restatement too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from generator import formats
from generator.addresses import Paths, day_path, edition_path, tag_uri
from generator.models import (
    CardImage,
    Crossing,
    Edition,
    FeedItem,
    FeedPart,
    Gap,
    LeadChange,
    News,
    Redefined,
    Repeated,
    Restated,
    TaskName,
)
from generator.pages.ledger import row_of
from generator.pages.lines import Line, day_link, figure_link
from generator.pages.news import Existing, lead_line, news_parts, news_summary, task_line

Told = Gap | Restated | Repeated | Redefined  # of the ledger; warnings are about the form of the data alone
_LATER = timedelta(hours=1)  # for each restatement: the archive does not hold when it came, only that it did
_NOTHING_LINKED = Existing()  # live pages end; what an item says does not


@dataclass(frozen=True, slots=True)
class ItemMaker:
    """What all items of an archive have in common."""

    archive: str  # the first part of their ids: "7d"
    is_sample: bool
    restatements: Mapping[date, int]

    def edition(self, edition: Edition) -> FeedItem:
        """A finished week."""
        news = edition.news
        title = f"Edition {edition.label}"
        if news is None:
            nothing = FeedPart("", ((f"Nothing is compared: {edition.no_comparison}.",),))
            return self._item(edition, (), title, edition_path(edition.label), (nothing,))
        told = news_parts(news, _NOTHING_LINKED, has_lists=False)
        parts = (
            FeedPart("", (_days(news), (news_summary(news),))),
            *(FeedPart(part.heading, part.lines) for part in told),
        )
        title = f"{title}: {formats.plural(len(news.leads), 'change')} of the first place in a task"
        return self._item(edition, (), title, edition_path(edition.label), parts)

    def lead(self, edition: Edition, change: LeadChange) -> FeedItem:
        """Another model at the first place of a task."""
        title = f"{change.task.label}: {_lead_words(change)}"
        lines: tuple[Line, ...] = (lead_line(change, _NOTHING_LINKED), _days(change))
        parts, about = (FeedPart("", lines),), ("first", change.task.tag)
        return self._item(edition, about, title, _task_path(edition, change.task), parts)

    def task(self, edition: Edition, crossing: Crossing) -> FeedItem:
        """A task came, came back or went."""
        words = {"new": "a new task", "re-entry": "the task is back", "left": "no longer a task"}[crossing.kind]
        parts = (FeedPart("", (task_line(crossing, _NOTHING_LINKED), _days(crossing))),)
        is_gone = crossing.kind == "left"
        path = edition_path(edition.label) if is_gone else _task_path(edition, crossing.task)
        about, title = ("task", _way(crossing), crossing.task.tag), f"{crossing.task.label}: {words}"
        return self._item(edition, about, title, path, parts)

    def model(self, edition: Edition, crossing: Crossing) -> FeedItem:
        """A model came to, came back to or left the list of a task."""
        name, task = crossing.name, crossing.task
        words = {
            "new": f"{name} is new in the list of {task.label}",
            "re-entry": f"{name} is back in the list of {task.label}",
            "left": f"{name} left the list of {task.label}",
        }
        parts = (FeedPart("", (_crossing_line(crossing),)),)
        about = "list", _way(crossing), task.tag, crossing.model_id
        return self._item(edition, about, words[crossing.kind], _task_path(edition, task), parts)

    def entry(self, entry: Told) -> FeedItem:
        """An entry of the ledger."""
        row, as_of = row_of(entry), self.day_of(entry)
        day = "".join(part if isinstance(part, str) else part.text for part in row.day)
        later = (entry.revision - 1 if isinstance(entry, Restated) else 0) * _LATER
        return FeedItem(
            id=tag_uri(self.archive, *_entry_name(entry)),
            title=f"{day}: {row.kind}",
            path=day_path(as_of),
            parts=(FeedPart("", ((f"{row.kind.capitalize()}: ", *row.text, "."),)),),
            picture=None,
            source=self._source(as_of),
            published=end_of(as_of),
            updated=end_of(as_of) + later,
        )

    @staticmethod
    def day_of(entry: Told) -> date:
        """The kept day with which an entry became known, but for restatements, of which that is not kept."""
        return entry.after if isinstance(entry, Gap) else entry.as_of

    def _item(
        self,
        edition: Edition,
        about: tuple[str, ...],
        title: str,
        path: str,
        parts: tuple[FeedPart, ...],
    ) -> FeedItem:
        """What happened up to an edition."""
        days = (edition.as_of, *((edition.news.since,) if edition.news else ()))
        published = end_of(edition.as_of)
        return FeedItem(
            id=tag_uri(self.archive, edition.label.lower(), *about),
            title=title,
            path=path,
            parts=parts,
            picture=_picture(edition),
            source=self._source(edition.as_of),
            published=published,
            updated=published + sum(self.restatements.get(day, 0) for day in days) * _LATER,
        )

    def _source(self, as_of: date) -> str:
        return formats.source_line(as_of, is_sample=self.is_sample, licence=True)


def end_of(day: date) -> datetime:
    """The last second of a window that ends with `day`."""
    return datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=UTC)


def _days(event: News | LeadChange | Crossing) -> Line:
    return ("On ", day_link(event.as_of), ", against ", day_link(event.since), ".")


def _task_path(edition: Edition, task: TaskName) -> str:
    return Paths("", edition.label).task(task.category, task.tag)


def _picture(edition: Edition) -> CardImage:
    """The one card that all pages of an edition have."""
    alt = f"Edition {edition.label}: the macro-categories by requests and tokens."
    return CardImage(Paths("", edition.label).card(edition.as_of, ""), alt)


def _way(crossing: Crossing) -> str:
    """New and back are one: a restatement of an earlier day may make one of the other."""
    return "out" if crossing.kind == "left" else "in"


def _lead_words(change: LeadChange) -> str:
    """`A takes the first place from B`; where the first place is shared, who joined or who stayed."""
    before, after = ({first.id: first.name for first in side} for side in (change.before, change.after))
    came = formats.listed([name for model, name in after.items() if model not in before])
    gone = formats.listed([name for model, name in before.items() if model not in after])
    stayed = formats.listed([name for model, name in after.items() if model in before])
    if not came:
        return f"{stayed} at the first place without {gone}"
    return f"{came} takes the first place from {gone}" if gone else f"{came} level with {stayed} at the first place"


def _crossing_line(crossing: Crossing) -> Line:
    """`A in Chat: 3rd of 10 by requests with 8.1 % on 30 August 2026; 7 days earlier it was not listed, but before.`"""
    has_left = crossing.kind == "left"
    day = crossing.since if has_left else crossing.as_of
    share = figure_link(crossing.standing.share.requests, day, crossing.task)
    then = {
        "new": "it had not been listed since this archive began.",
        "re-entry": "7 days earlier it was not listed, but before.",
        "left": f"not listed on {formats.long_date(crossing.as_of)}, so its share then is unknown, not zero.",
    }
    head = f"{crossing.name} in {crossing.task.label}: {formats.place_words(crossing.standing.rank)} by requests with "
    return (head, share, f" on {formats.long_date(day)}; {then[crossing.kind]}")


def _entry_name(entry: Told) -> tuple[str, ...]:
    """What tells an entry from all others, for its id."""
    match entry:
        case Gap():
            return entry.first.isoformat(), "missing"
        case Restated():
            return entry.as_of.isoformat(), "restated", str(entry.revision)
        case Redefined():
            return entry.as_of.isoformat(), entry.kind.replace(" ", "-"), *entry.labels[:1]
    return entry.as_of.isoformat(), "repeated"
