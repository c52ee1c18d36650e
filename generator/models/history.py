"""analyse -> pages, files: what the archive tells over time: events by edition, the ledger, the calendar, each day."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from generator.models.archive import StoredSnapshot
from generator.models.report import CategoryReport, Pair, Rank, Report, TaskReport
from generator.models.site import Mark

Arrival = Literal["new", "re-entry", "left"]


@dataclass(frozen=True, slots=True)
class TaskName:
    """A task as it was called on a day."""

    tag: str
    label: str
    category: str  # the key of its macro-category


@dataclass(frozen=True, slots=True)
class Standing:
    """A place by requests, and the shares that made it."""

    rank: Rank
    share: Pair


@dataclass(frozen=True, slots=True)
class FirstPlaced:
    """A model at the first place of a task on one of two days."""

    id: str
    name: str
    before: Standing | None  # None: not listed then
    after: Standing | None


@dataclass(frozen=True, slots=True)
class LeadChange:
    """Other models stand first in a task than 7 days earlier. Several on one day are tied in the published decimals."""

    since: date
    as_of: date
    task: TaskName
    before: tuple[FirstPlaced, ...]  # first then, by id; never empty
    after: tuple[FirstPlaced, ...]  # first now, by id; never empty


@dataclass(frozen=True, slots=True)
class Crossing:
    """A task came or went, or a model came to or left a task's list."""

    kind: Arrival
    since: date
    as_of: date
    task: TaskName
    model_id: str  # "" where the task itself came or went
    name: str  # the model's, or ""
    standing: Standing  # new, re-entry: on `as_of`; left: on `since`. What it was on the other day is unknown


@dataclass(frozen=True, slots=True)
class Move:
    """A difference of request share between two days on which both are published."""

    since: date
    as_of: date
    task: TaskName
    model_id: str  # "": the task's own share of all requests
    name: str
    before: Standing
    after: Standing
    difference: float  # of request shares, as far as three decimals tell: 0.012 is 1.2 pp


@dataclass(frozen=True, slots=True)
class News:
    """What changed between a day and the one exactly 7 days earlier."""

    since: date
    as_of: date
    leads: tuple[LeadChange, ...]  # by label
    tasks: tuple[Crossing, ...]  # tasks that came or went
    models: tuple[Crossing, ...]  # models that came to or left the list of a task that stands on both days
    moves: tuple[Move, ...]  # the largest, of tasks and of models within tasks; the larger first


@dataclass(frozen=True, slots=True)
class Earlier:
    """An edition that a later one is compared with on a page of their own."""

    weeks: int  # before it
    label: str  # "2026-W36"


@dataclass(frozen=True, slots=True)
class Edition:
    """The last snapshot of an ISO week."""

    label: str  # "2026-W36"
    as_of: date
    is_finished: bool  # the week is over: a later day is kept, or its Sunday
    news: News | None
    no_comparison: str  # why there is no news; "" where there is
    earlier: tuple[Earlier, ...]  # compared with it, the nearest first; none before the week is over


@dataclass(frozen=True, slots=True)
class Gap:
    """Days in a row that the archive does not hold, between two that it does."""

    first: date
    last: date

    @property
    def before(self) -> date:
        """The kept day before it."""
        return self.first - timedelta(days=1)

    @property
    def after(self) -> date:
        """The kept day after it."""
        return self.last + timedelta(days=1)


Whole = Literal["everything", "everything by category", "macro-category", "task"]  # what a share is a share of


@dataclass(frozen=True, slots=True)
class Difference:
    """A published share that a restatement changed."""

    label: str  # of the task; of the macro-category where it is that one's share of everything
    model_id: str  # "": the share of the task or category itself
    whole: Whole
    measure: Mark
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Restated:
    """The source published other figures for a day than before. A value is a share of a task, category or model."""

    as_of: date
    revision: int  # the one that replaced the one before it
    values: int  # in either of the two
    differing: int  # among them, those that only one of the two has included
    largest: Difference | None  # among the values that both have; None where all of these agree


@dataclass(frozen=True, slots=True)
class Repeated:
    """The source sent the figures of the kept day before once more."""

    as_of: date
    before: date


Definition = Literal[
    "task added",
    "task gone",
    "task renamed",
    "task moved",
    "list length",
    "category added",
    "category gone",
    "category renamed",
    "window",
]


@dataclass(frozen=True, slots=True)
class Redefined:
    """Something other than a share differs between a kept day and the one kept before it."""

    kind: Definition
    as_of: date
    before: date
    labels: tuple[str, ...]  # of the tasks or categories concerned; of a renamed one its identifier
    then: str  # label, category, length or days; "" for what was added or is gone
    now: str
    places: tuple[str, ...]  # the live pages of what it concerns: "tasks/code/debugging/"; none where that is all


@dataclass(frozen=True, slots=True)
class Warned:
    """An oddity in what the source sent, on one kept day or on several in a row."""

    text: str
    first: date
    last: date
    days: int


Entry = Gap | Restated | Repeated | Redefined | Warned


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day since the first one, received or missing."""

    day: date
    is_kept: bool
    is_repeat: bool
    is_restated: bool
    has_page: bool  # old days without anything to be told have none


@dataclass(frozen=True, slots=True)
class Log:
    """All that happened since the archive began."""

    editions: tuple[Edition, ...]  # newest first; only the first may be of a week that is not over
    ledger: tuple[Entry, ...]  # newest first
    calendar: tuple[CalendarDay, ...]  # every day from the first to the newest

    @property
    def days_with_pages(self) -> frozenset[date]:
        """The days that have a page of their own."""
        return frozenset(day.day for day in self.calendar if day.has_page)


@dataclass(frozen=True, slots=True)
class DayReport:
    """A snapshot as if nothing had come after it; only `following` knows what did."""

    as_of: date
    window_days: int
    is_sample: bool
    first_day: date
    previous: date | None  # the day before that has a page
    following: date | None  # the next day that has one
    compared_with: date | None
    is_compared_page_there: bool  # whether the day compared with has a page
    is_short: bool  # whether its page leaves the lists of models to its edition and its snapshot
    no_comparison: str
    revisions: tuple[StoredSnapshot, ...]  # oldest first; the last is the one shown
    entries: tuple[Entry, ...]  # of the ledger, about this day or the gap before it
    categories: tuple[CategoryReport, ...]  # by requests; their own shares, without tasks and models
    tasks: tuple[TaskReport, ...]  # by requests
    model_count: int  # distinct models in the lists
    news: News | None


@dataclass(frozen=True, slots=True)
class FrozenDay:
    """An edition or a day whose pages stay as they are, and a digest of all in the archive that determines them."""

    as_of: date
    digest: str


@dataclass(frozen=True, slots=True)
class EditionPages:
    """An edition and what it has pages of."""

    label: str  # "2026-W36"
    categories: frozenset[str]  # keys of macro-categories


@dataclass(frozen=True, slots=True)
class EditionReport:
    """The snapshot of a finished week as if nothing had come after it; only `following` knows what did."""

    label: str
    report: Report
    news: News | None  # None where nothing can be compared; `report.no_comparison` says why
    revisions: tuple[StoredSnapshot, ...]  # of the snapshot, oldest first; the last is the one shown
    entries: tuple[
        Entry, ...
    ]  # of the ledger: about this day, the gap before it, restatements of the day compared with
    earlier: tuple[Earlier, ...]  # compared with it, the nearest first
    previous: EditionPages | None
    following: EditionPages | None
