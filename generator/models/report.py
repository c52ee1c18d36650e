"""analyse -> charts, pages, files: every figure that a reader sees."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import inf
from typing import Literal

from generator.models.record import Record, TaskRecord


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


State = Literal["new", "re-entry", "up", "down", "same", "left", "no comparison"]


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a place and its shares since the snapshot exactly 7 days earlier.

    new: in the ranking for the first time since this archive began. re-entry: not there 7 days earlier, but before.
    up, down, same: by place. left: there 7 days earlier and no longer. no comparison: `reason` says why.
    """

    state: State
    since: date | None  # the day compared with; None where there is none
    places: int  # gained; negative: lost
    share: Pair  # difference in fractions (0.012 is 1.2 pp); None where the share of either day is unknown
    reason: str


@dataclass(frozen=True, slots=True)
class Departed:
    """What stood in a ranking 7 days earlier and no longer does."""

    id: str
    name: str
    rank: Rank  # then
    share: Pair  # then; what it is now is unknown


@dataclass(frozen=True, slots=True)
class ListedModel:
    """A model in a task's list."""

    id: str
    name: str
    share: Pair  # of the task's requests and tokens
    ranks: Ranks
    intensity: Intensity | None  # against the task's average request; None where either share is 0.000
    change: Change  # in the task's list
    pointer: str  # its place in the raw snapshot, a JSON Pointer


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
    change: Change  # among all tasks, by requests
    category_change: Change  # in its macro-category
    models: tuple[ListedModel, ...]  # by requests
    departed: tuple[Departed, ...]  # models listed 7 days earlier, by their place then
    coverage: Pair  # the sum of the listed models' shares; 0.0 for an empty list
    unlisted: Pair  # the rest, which is unknown: 1 - coverage, at least 0
    pointer: str  # its place in the raw snapshot

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
    change: Change  # in the category, by these lower bounds


@dataclass(frozen=True, slots=True)
class CategoryReport:
    """A macro-category, its tasks and the models that carry it."""

    key: str
    label: str
    share: Pair  # of all classified requests and tokens
    ranks: Ranks  # among the macro-categories
    intensity: Intensity | None
    change: Change  # among the macro-categories, by requests
    tasks: tuple[TaskReport, ...]  # by requests
    models: tuple[CarryingModel, ...]  # by the lower bound of their requests
    pointer: str  # its place in the raw snapshot


@dataclass(frozen=True, slots=True)
class Listing:
    """A task that lists a model, seen from the model."""

    tag: str
    label: str
    category: str
    share: Pair  # of the task's requests and tokens
    ranks: Ranks  # among the models listed there
    change: Change  # in the task's list
    mix: Pair  # this task's part of all the model's *listed* requests and tokens; sums to 1 over the listings
    pointer: str  # the model's place in the raw snapshot, in this task's list
    lift: Pair  # mix / the part that this task has of all traffic of the same tasks: 1 is the average model


@dataclass(frozen=True, slots=True)
class ModelReport:
    """A model: where it is listed, and at least how much of everything it carries."""

    id: str
    name: str
    author: str  # "" if the permaslug names none
    share: Pair  # of all classified requests and tokens, at least: summed over the tasks that list it
    ranks: Ranks  # among all listed models, by these lower bounds
    change: Change  # among all listed models, by requests
    listings: tuple[Listing, ...]  # by the share of the task's requests
    siblings: tuple[str, ...]  # permaslugs of the same author, in order


Grain = Literal["day", "week", "month"]
Course = tuple[Pair | None, ...]  # the shares at each date; None: no snapshot, or not listed


Definable = Literal["task renamed", "task moved", "list length", "categories", "category renamed", "window"]


@dataclass(frozen=True, slots=True)
class Redefinition:
    """From a day on, something is defined in another way than when it was last seen before."""

    kind: Definable
    as_of: date  # the first kept day on which it is so
    then: str  # label, length or days; of categories those that are gone; "" for none
    now: str


@dataclass(frozen=True, slots=True)
class Trends:
    """The course of all that stands in today's rankings. Keys are those of the rankings (analyse/changes.py)."""

    grain: Grain
    dates: tuple[date, ...]  # one a day, week or month from the first to the newest, missing ones included
    shares: Mapping[tuple[str, ...], Course]  # one share for each of `dates`
    weeks: tuple[date, ...]  # the last snapshot's date of each ISO week; where there is none, its Sunday
    is_last_week_over: bool
    week_shares: Mapping[tuple[str, ...], Course]  # one share for each of `weeks`
    positions: Mapping[tuple[str, ...], tuple[int | None, ...]]  # in the task's list, one for each of `weeks`
    records: Mapping[tuple[str, ...], Record]  # of what stood in a list in at least one edition
    tasks: Mapping[str, TaskRecord]  # by tag
    restated: tuple[date, ...]  # days whose figures the source changed
    redefined: Mapping[str, tuple[Redefinition, ...]]  # by tag, oldest first; under "" what concerns all tasks


@dataclass(frozen=True, slots=True)
class Report:
    """All that the pages, charts and files say, and nothing that has to be worked out again."""

    window: str  # "7d"
    window_days: int
    as_of: date
    is_sample: bool
    source_path: str  # the file of the archive that holds the snapshot: "7d/2026-08-31.json"
    source_sha256: str
    compared_with: date | None  # the day 7 days earlier that changes refer to
    no_comparison: str  # why there is none; "" where there is
    first_day: date
    days_kept: int
    days_missing: int  # between the first day and the newest
    days_restated: int
    warnings: tuple[str, ...]
    categories: tuple[CategoryReport, ...]  # by requests
    tasks: tuple[TaskReport, ...]  # by requests
    models: tuple[ModelReport, ...]  # by the lower bound of their requests
    names: dict[str, str]  # permaslug -> reader's name, for every model listed
