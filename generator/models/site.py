"""pages, files -> site: what is printed, as it is printed."""

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.models.chart import Chart, Drawing
from generator.models.report import Pair


@dataclass(frozen=True, slots=True)
class Link:
    """A link within the site: a path below its root, or one with a fragment."""

    text: str
    path: str


LONGEST_TITLE = 70  # of a card; what is longer is cut by whoever shows it
Mark = Literal["requests", "tokens"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, as it is printed."""

    text: str
    path: str | None = None  # what it links to
    bar: float | None = None  # a share bar of this fraction of the cell's width
    note: str = ""  # said on hover and to screen readers
    detail: str = ""  # smaller, behind the text
    anchor: str = ""  # of a name: the id of its row
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
    has_styles: bool = False  # whether they stand in it, as in pages that follow the newest snapshot


@dataclass(frozen=True, slots=True)
class CardRow:
    """A row of a card: a thing and its shares."""

    label: str
    category: str  # the key of its macro-category, whose colour it has; "" for none
    share: Pair


@dataclass(frozen=True, slots=True)
class CardImage:
    """A card that is drawn for another page."""

    path: str
    alt: str


@dataclass(frozen=True, slots=True)
class Card:
    """A picture of 1200 by 630 pixels that stands for a page wherever its address is posted."""

    path: str  # with the date in it: who keeps a copy never has to ask whether it is stale
    alt: str
    place: str  # where on the site it belongs: "Code", "Edition 2026-W36"; "" for the front
    title: str  # the finding
    rows: tuple[CardRow, ...]  # the first few
    measure: str  # what the shares are of
    window: str
    source: str
    is_sample: bool


@dataclass(frozen=True, slots=True)
class Badge:
    """Who stands first in a task, in a few words."""

    path: str  # without its ending
    label: str  # what it is about
    message: str  # what is so, and when
    colour: str  # by its name in the palette
    title: str  # the same with the share, the window and the source


@dataclass(frozen=True, slots=True)
class Alternate:
    """The content of a page in another form, for programs to find: a feed, a Markdown twin."""

    type: str  # media type: "application/atom+xml"
    path: str  # below the site's root
    title: str


@dataclass(frozen=True, slots=True)
class Distribution:
    """A file that holds the figures of a page."""

    path: str
    type: str  # media type
    text: str  # what it is


@dataclass(frozen=True, slots=True)
class Measure:
    """A column of figures: its name in the files, and what it is a share of."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """What a page tells programs of its figures, in the words of https://schema.org/Dataset.

    Source, licence and creator are those of the site, so a template adds them.
    """

    name: str
    identifier: str
    description: str  # 50 to 5000 characters, as dataset searches ask for
    first_day: str  # of what the figures cover: "2026-08-25"
    last_day: str  # which is also when they changed last: the day of the snapshot, not that of a build
    measures: tuple[Measure, ...]
    files: tuple[Distribution, ...]


@dataclass(frozen=True, slots=True)
class Quotes:
    """Sentences about one thing on one day, each complete in itself, with plain spaces."""

    sentences: tuple[str, str, str]  # of about 12, 30 and 60 words
    caption: str  # of the chart, with the source line; "" where there is no chart
    alt: str  # for those who do not see the chart; "" where there is none
    post: str  # the short sentence and the source line; with the link at most 300 characters
    post_path: str  # of the page that the post leads to
    source: str  # the source line
    proof: Link  # to where the figures stand in the raw snapshot
    cite: Link | None = None  # to the forms of citation


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
    alternates: tuple[Alternate, ...] = ()
    quotes: Quotes | None = None  # what it says in words that can be pasted elsewhere
    card: Card | CardImage | None = None  # None: that of the front; of the site where the page stays as it is
    dataset: Dataset | None = None  # None: its figures are told of by another page, or it has none

    @property
    def card_title(self) -> str:
        """The title where only 70 letters of it are shown."""
        return self.title if len(self.title) <= LONGEST_TITLE else f"{self.title[: LONGEST_TITLE - 1].rstrip()}…"


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
class Style:
    """The site's stylesheet as it stands in a page, named by its digest in the page's policy."""

    text: str

    @property
    def digest(self) -> str:
        """As a Content-Security-Policy names an inline style that may be used (CSP Level 3, hash-source)."""
        return f"sha256-{base64.b64encode(hashlib.sha256(self.text.encode()).digest()).decode()}"

    def __html__(self) -> str:
        """Text of a style element, which is not escaped: our own, and it holds no end of that element."""
        return self.text


@dataclass(frozen=True, slots=True)
class SiteWords:
    """What every page says."""

    name: str
    description: str
    address: str  # "" or absolute with a trailing slash
    contact: str
    is_sample: bool
    snapshot: SnapshotWords  # the newest
    as_of: str  # its day, for the script that says how old it is: "2026-08-31"
    navigation: tuple[Link, ...]
    lasting_navigation: tuple[Link, ...]  # on frozen pages: without what depends on the newest snapshot
    card: Card | None = None  # of the front, for pages that have none of their own
    lasting_card: Card | None = None  # without a date, for those of them that stay as they are


@dataclass(frozen=True, slots=True)
class Written:
    """What a site holds."""

    pages: int
    files: int
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Built:
    """What a build has to say of its site."""

    is_sample: bool
    as_of: date
    source_path: str
    source_sha256: str
    days_kept: int
    warnings: tuple[str, ...]
    charts: int
    written: Written
    digest: str  # of all that the site is made of
    is_new: bool  # False: nothing had changed since the last build, and nothing was written
