"""analyse -> pages: what is counted in editions, of models in a task's list and of the tasks themselves."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Record:
    """What a model did in a task's list, counted in editions: the last snapshots of finished weeks."""

    editions: int  # kept since this archive began
    listed: int  # of them, with the model in the list
    first: int  # of them, with the model at the first place, alone or level with others
    best: int  # place, shared ones included
    best_since: date  # the edition that first had it there
    first_seen: date  # the first edition that lists it
    in_a_row: int  # editions up to the last one; a week without a snapshot ends the row
    re_entries: int


@dataclass(frozen=True, slots=True)
class Leader:
    """A model at one of the first places of a list."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Lead:
    """A place of a list on some day, and who holds it. Several are tied in the published decimals."""

    leaders: tuple[Leader, ...]  # by id; never empty
    request_share: float  # of the task's requests, of each of them


@dataclass(frozen=True, slots=True)
class Reign:
    """Editions in a row with the same models at the first place, or, with a reason, with nobody known there."""

    leaders: tuple[Leader, ...]  # by id; empty where `reason` says why
    first: date  # the first edition; of a week without a snapshot, its Sunday
    last: date
    weeks: int
    reason: str


@dataclass(frozen=True, slots=True)
class Race:
    """The first and the second place of a list on some day."""

    as_of: date
    first: Lead
    second: Lead | None  # None: several share the first place
    difference: float  # of request shares, in published decimals; 0.0 where several share the first place


@dataclass(frozen=True, slots=True)
class Span:
    """A figure that the unlisted rest leaves open between two bounds. Equal: it is known."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Turnover:
    """The share of a task's requests that changed hands in 7 days (analyse/turnover.py)."""

    since: date | None
    share: Span | None
    reason: str  # why there is none; "" where there is


@dataclass(frozen=True, slots=True)
class Concentration:
    """How much of a task few models hold, by one measure (analyse/concentration.py)."""

    first: Span  # the largest share
    first_three: Span  # the sum of the three largest
    hhi: Span  # Herfindahl-Hirschman index in points: 10,000 is one model alone


@dataclass(frozen=True, slots=True)
class TaskRecord:
    """The record of a task. What is counted in editions begins with the newest name and macro-category."""

    leads: tuple[Lead | None, ...]  # one for each of `Trends.weeks`; None: no snapshot, no list, not the same task
    turnover: tuple[Turnover, ...]  # one for each of `Trends.weeks`, against 7 days before its date
    reigns: tuple[Reign, ...]  # of finished weeks, newest first
    closest: Race | None  # of finished weeks; None where none had two models listed
    requests: Concentration | None  # of the newest day; None for an empty list
    tokens: Concentration | None


@dataclass(frozen=True, slots=True)
class ChartLead:
    """Who leads what a chart shows, on the last day that it could be drawn."""

    chart: str  # its id
    leaders: tuple[Leader, ...]  # by id, tasks and macro-categories by tag and key; never empty; several are tied
    since: date  # the first kept day of the unbroken row with these leaders
    as_of: date  # the last day


@dataclass(frozen=True, slots=True)
class Ended:
    """A thing of which charts were drawn once, and whatever of them cannot be drawn now has an address all the same."""

    path: str  # of its page, or of the one that it had: "tasks/code/debugging/"
    charts: tuple[str, ...]  # the ids of all that may have been drawn of it
    label: str
    as_of: date  # the last day that lists it
    is_listed: bool  # in the newest snapshot; most of its charts are drawn then
