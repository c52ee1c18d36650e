"""pages -> files: what is told to those who follow the site, item by item."""

from dataclasses import dataclass
from datetime import datetime

from generator.models.site import CardImage, Link


@dataclass(frozen=True, slots=True)
class FeedPart:
    """Paragraphs of an item or, under a heading, its list. Texts with links to pages that stay as they are."""

    heading: str  # "" for paragraphs
    lines: tuple[tuple[Link | str, ...], ...]


@dataclass(frozen=True, slots=True)
class FeedItem:
    """An event or an edition. The same in every feed that tells it."""

    id: str  # the same for ever, whatever becomes of the figures
    title: str
    path: str  # the page that tells more
    parts: tuple[FeedPart, ...]
    picture: CardImage | None
    source: str
    published: datetime  # the end of its day
    updated: datetime  # later with each restatement of the days that it is about


@dataclass(frozen=True, slots=True)
class Feed:
    """The items of the whole site, or of a macro-category, a task or a model."""

    id: str
    page: str  # the path of the page that it belongs to: "tasks/code/"; "" for the whole site
    home: str  # the path of the page that a reader of the feed is led to
    title: str
    about: str  # what it tells
    items: tuple[FeedItem, ...]  # newest first
    updated: datetime
    source: str
    is_sample: bool
