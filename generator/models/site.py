"""pages, files -> site: what is printed, as it is printed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from generator.models.chart import Chart, Drawing


@dataclass(frozen=True, slots=True)
class Link:
    """A link within the site: a path below its root, or one with a fragment."""

    text: str
    path: str


Mark = Literal["requests", "tokens"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, as it is printed."""

    text: str
    path: str | None = None  # what it links to
    bar: float | None = None  # a share bar of this fraction of the cell's width
    note: str = ""  # said on hover and to screen readers
    detail: str = ""  # smaller, behind the text
    spark: str = ""  # a small line in place of the text, as the data of an SVG path; `note` says what it shows


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    label: str
    mark: Mark | None = None  # the cells are shares of requests or of tokens: they carry its shape
    is_number: bool = True
    is_line: bool = False  # the cells hold small lines; left out where the table has no room for them


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is printed. The first cell of a row is its place, the second its name."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    foot: tuple[tuple[Cell, ...], ...] = ()
    lines: str = ""  # what the small lines in it are; "" where it has none


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its drawing and the table of the same rows."""

    chart: Chart
    drawing: Drawing
    table: Table
    uses: tuple[Link, ...]  # what can be taken from it: embed, image, data, citation
    embed: str  # the path of its embed page
    has_measures: bool = True  # the reader may order its rows by requests or by tokens


@dataclass(frozen=True, slots=True)
class SnapshotWords:
    """What a page says of the snapshot that it shows."""

    window: str  # "7 days ending 31 August 2026, UTC"
    source: str
    licence: str


@dataclass(frozen=True, slots=True)
class Frozen:
    """What a page that stays as it is says in place of what is true of the newest snapshot."""

    snapshot: SnapshotWords
    notice: str = ""  # "You are reading the edition of ..."; "" where the page says so itself
    links: tuple[Link, ...] = ()  # to the same page of other editions, and of today


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be rendered: `content` is what its template prints, one context dataclass a template."""

    path: str  # below the site's root: "", "tasks/code/", "404.html"
    template: str
    title: str
    description: str  # at most 200 characters
    breadcrumbs: tuple[Link, ...]  # without the page itself
    content: object
    frozen: Frozen | None = None  # None: the page follows the newest snapshot
    embed: Link | None = None  # its first chart and where that can be embedded; None where it has none


@dataclass(frozen=True, slots=True)
class File:
    """A file of the site that is no page."""

    path: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Batch:
    """Frozen pages and their pictures, made together and kept: made anew only where an earlier build left none."""

    key: str  # of everything that determines them
    things: Iterable[Page | File] | None  # None: they are kept


@dataclass(frozen=True, slots=True)
class SiteWords:
    """What every page says."""

    name: str
    description: str
    address: str  # "" or absolute with a trailing slash
    contact: str
    is_sample: bool
    snapshot: SnapshotWords  # the newest
    navigation: tuple[Link, ...]
    lasting_navigation: tuple[Link, ...]  # on frozen pages: without what depends on the newest snapshot


@dataclass(frozen=True, slots=True)
class Written:
    """What a build wrote."""

    pages: int
    files: int
    size_bytes: int
