"""The frozen dataclasses that pass between stages. No behaviour but what follows from the fields.

Shares are fractions (0 to 1), as published: three decimals. A share that is not known is None, never 0.
"""

from dataclasses import dataclass
from datetime import date, datetime
from math import inf
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Download:
    """The body of an answer, byte for byte, and what the answer said about itself."""

    body: bytes
    answered_at: datetime | None  # the answer's Date header, UTC; None if there was none
    attempts: int  # requests sent, this one included


@dataclass(frozen=True, slots=True)
class ModelShare:
    """A model in a task's list (the top N by requests)."""

    id: str  # permaslug: "openai/gpt-5.6-luna-20260709"
    request_share: float  # of the task's requests
    token_share: float  # of the task's tokens


@dataclass(frozen=True, slots=True)
class Task:
    """What the API calls a classification."""

    tag: str  # "code:debugging", "math"
    label: str  # "Debugging"
    category: str  # the key of its macro-category
    request_share: float  # of all classified, sampled requests
    token_share: float  # of all their tokens, prompt and completion
    category_request_share: float  # of its macro-category's requests
    category_token_share: float
    models: tuple[ModelShare, ...]  # in the order of the answer: by requests, descending


@dataclass(frozen=True, slots=True)
class Category:
    """A macro-category: a group of tasks."""

    key: str  # "code"
    label: str  # "Code"
    request_share: float  # of all classified, sampled requests
    token_share: float


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One response: a window of `window_days` days ending `as_of` (UTC, that day included)."""

    window_days: int
    as_of: date
    tasks: tuple[Task, ...]
    categories: tuple[Category, ...]
    is_sample: bool  # made by sample.py: fictional models
    warnings: tuple[str, ...]  # odd but possible: sums off by more than 0.02, fields not known yet


@dataclass(frozen=True, slots=True)
class StoredSnapshot:
    """A file of the archive."""

    path: str  # below the data folder, with forward slashes: "7d/2026-08-31.r2.json"
    as_of: date
    revision: int  # 1, then 2, 3 ... for each restatement
    sha256: str  # of the bytes
    content_sha256: str  # of what they mean: the same for reordered keys or other white space, `as_of` left out
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the archive and all that the source said about it."""

    as_of: date
    revisions: tuple[StoredSnapshot, ...]  # oldest first; the last one is the one shown
    is_repeat: bool  # the source sent the content of the stored day before it again under this date


@dataclass(frozen=True, slots=True)
class History:
    """The archive of one window, validated. A missing day is absent from `days`."""

    window: str  # "7d"
    days: tuple[Day, ...]  # by date, ascending; never empty
    latest: Snapshot  # the newest day's last revision


Outcome = Literal["stored", "unchanged", "restated", "repeated", "late"]


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a snapshot that was handed to the archive.

    stored: a new newest day. unchanged: that day is there with this content; nothing written.
    restated: that day is there with other content; written beside it as a revision.
    repeated: a new day with the content of the day before; written. late: an older day that was missing; written.
    """

    outcome: Outcome
    path: str  # of the file that holds the content, below the data folder
    snapshot: Snapshot
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """`[tool.generator]` of pyproject.toml, overridden by environment, overridden by options."""

    name: str
    description: str
    address: str  # absolute URL of the published site with a trailing slash, or ""
    contact: str  # "" or an address or URL for questions
    referer: str
    categories: str
    window: str  # "7d"
    tries: int
    total_seconds: float


# --- analyse -> charts, pages, files -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pair:
    """One thing measured in requests and in tokens: the idea that carries the site. Fractions; None is unknown."""

    requests: float | None
    tokens: float | None


@dataclass(frozen=True, slots=True)
class Rank:
    """A place in a ranking, from 1. Equal in the published three decimals is a tie: a shared place."""

    place: int
    of: int  # how many are ranked
    is_shared: bool


@dataclass(frozen=True, slots=True)
class Ranks:
    """The place by either measure among the same things. By tokens among those *listed*: lists are cut by requests."""

    requests: Rank
    tokens: Rank


@dataclass(frozen=True, slots=True)
class Intensity:
    """Token share / request share: how heavy a request is against the average, which is 1.

    `low` and `high` hold for every pair of unrounded shares that would be published as these two.
    """

    ratio: float
    low: float
    high: float | None  # None: the request share may be anything down to zero

    @property
    def highest(self) -> float:
        """`high`, infinite where there is no bound."""
        return inf if self.high is None else self.high


@dataclass(frozen=True, slots=True)
class ListedModel:
    """A model in a task's list."""

    id: str
    name: str
    share: Pair  # of the task's requests and tokens
    ranks: Ranks
    intensity: Intensity | None  # against the task's average request; None where either share is 0.000


@dataclass(frozen=True, slots=True)
class TaskReport:
    """A task, its place among all tasks and in its category, and the models listed for it."""

    tag: str
    label: str
    category: str  # the key of its macro-category
    category_label: str
    share: Pair  # of all classified requests and tokens
    ranks: Ranks  # among all tasks
    category_share: Pair  # of its macro-category's
    category_ranks: Ranks
    intensity: Intensity | None
    models: tuple[ListedModel, ...]  # by requests
    coverage: Pair  # the sum of the listed models' shares; 0.0 for an empty list
    unlisted: Pair  # the rest, which is unknown: 1 - coverage, at least 0

    @property
    def leader(self) -> ListedModel | None:
        """The first by requests; None for an empty list."""
        return self.models[0] if self.models else None


@dataclass(frozen=True, slots=True)
class CarryingModel:
    """A model within a macro-category, summed over the tasks that list it: a lower bound, since lists are cut."""

    id: str
    name: str
    share: Pair  # of the category's requests and tokens, at least
    ranks: Ranks
    listed_in: int  # tasks of the category


@dataclass(frozen=True, slots=True)
class CategoryReport:
    """A macro-category, its tasks and the models that carry it."""

    key: str
    label: str
    share: Pair  # of all classified requests and tokens
    ranks: Ranks  # among the macro-categories
    intensity: Intensity | None
    tasks: tuple[TaskReport, ...]  # by requests
    models: tuple[CarryingModel, ...]  # by the lower bound of their requests


@dataclass(frozen=True, slots=True)
class Listing:
    """A task that lists a model, seen from the model."""

    tag: str
    label: str
    category: str
    share: Pair  # of the task's requests and tokens
    ranks: Ranks  # among the models listed there
    mix: Pair  # this task's part of all the model's *listed* requests and tokens; sums to 1 over the listings
    lift: Pair  # mix / the part that this task has of all traffic of the same tasks: 1 is the average model


@dataclass(frozen=True, slots=True)
class ModelReport:
    """A model: where it is listed, and at least how much of everything it carries."""

    id: str
    name: str
    author: str  # "" if the permaslug names none
    share: Pair  # of all classified requests and tokens, at least: summed over the tasks that list it
    ranks: Ranks  # among all listed models, by these lower bounds
    listings: tuple[Listing, ...]  # by the share of the task's requests
    siblings: tuple[str, ...]  # permaslugs of the same author, in order


@dataclass(frozen=True, slots=True)
class Report:
    """All that the pages, charts and files say, and nothing that has to be worked out again."""

    window: str  # "7d"
    window_days: int
    as_of: date
    is_sample: bool
    source_path: str  # the file of the archive that holds the snapshot: "7d/2026-08-31.json"
    source_sha256: str
    first_day: date
    days_kept: int
    days_missing: int  # between the first day and the newest
    days_restated: int
    warnings: tuple[str, ...]
    categories: tuple[CategoryReport, ...]  # by requests
    tasks: tuple[TaskReport, ...]  # by requests
    models: tuple[ModelReport, ...]  # by the lower bound of their requests
    names: dict[str, str]  # permaslug -> reader's name, for every model listed


# --- charts -> draw, pages, files ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart in words and as a Vega-Lite specification. All colours in it are CSS variables: `var(--code)`."""

    id: str  # short and stable: "macro", "code", "code-debugging"
    page: str  # the path of the page that shows it
    title: str  # the finding
    subtitle: str  # what is measured, and of what
    description: str  # for those who do not see it
    spec: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawn chart: an SVG element that may stand in HTML as it is."""

    svg: str  # accessible: role="img", title and description; colours are CSS variables
    vega: str  # the compiled Vega specification as JSON, for the reader who asks for more
    width: int
    height: int

    def __html__(self) -> str:
        """Jinja prints it unescaped: every text in it was escaped when it was drawn."""
        return self.svg


# --- pages, files -> site -------------------------------------------------------------------------------------------


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


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    label: str
    mark: Mark | None = None  # the cells are shares of requests or of tokens: they carry its shape
    is_number: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is printed. The first cell of a row is its place, the second its name."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    foot: tuple[tuple[Cell, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its drawing and the table of the same rows."""

    chart: Chart
    drawing: Drawing
    table: Table
    has_measures: bool = True  # the reader may order its rows by requests or by tokens


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be rendered: `content` is what its template prints, one context dataclass a template."""

    path: str  # below the site's root: "", "tasks/code/", "404.html"
    template: str
    title: str
    description: str  # at most 200 characters
    breadcrumbs: tuple[Link, ...]  # without the page itself
    content: object


@dataclass(frozen=True, slots=True)
class SiteWords:
    """What every page says."""

    name: str
    description: str
    address: str  # "" or absolute with a trailing slash
    contact: str
    is_sample: bool
    window: str  # "7 days ending 31 August 2026, UTC"
    as_of: date
    source: str
    licence: str
    navigation: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class File:
    """A file of the site that is no page."""

    path: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Written:
    """What a build wrote."""

    pages: int
    files: int
    size_bytes: int
