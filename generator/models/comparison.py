"""analyse -> pages: two editions side by side, at any distance."""

from dataclasses import dataclass
from datetime import date

from generator.models.history import Standing
from generator.models.report import Change

# How many weeks apart two editions are that have a page of their own. A fixed set: an edition never gets more of them,
# so their number grows with the editions and not with the pairs of them. What changed in a week it says itself.
DISTANCES_WEEKS = (4, 52)


@dataclass(frozen=True, slots=True)
class ComparedEdition:
    """One of the two editions."""

    label: str  # "2026-W36"
    as_of: date
    revisions: int  # that the source sent of its day; the last one counts


@dataclass(frozen=True, slots=True)
class Compared:
    """A macro-category, a task or a model of a task on both days; on one of them it may not be ranked."""

    id: str
    label: str  # as it is called on the later day, or was on the earlier one
    category: str  # the key of a task's macro-category; "" for all else
    category_before: str  # the key of that on the earlier day, which may be another one
    before: Standing | None  # None: not there, or not listed: its share is unknown
    after: Standing | None
    change: Change  # new is what was not ranked on the earlier day, whatever was before that
    label_before: str  # "" where it was called the same, or was not there
    moved_from: str  # the label of the macro-category that it belonged to; "" where to the same


@dataclass(frozen=True, slots=True)
class ComparedTask:
    """A task on both days, and what happened in its list where that can be told."""

    task: Compared
    came: tuple[Compared, ...]  # models not listed on the earlier day, by place
    left: tuple[Compared, ...]  # models not listed on the later day, by place
    moved: tuple[Compared, ...]  # listed on both, with the largest differences of request share; the larger first


@dataclass(frozen=True, slots=True)
class EditionComparison:
    """Two editions, as if nothing had come after the later one."""

    before: ComparedEdition
    after: ComparedEdition
    weeks: int  # from one to the other
    window_days: int  # of the later one
    is_sample: bool
    shared_days: int  # that stand in both windows
    no_comparison: str  # why nothing can be compared; "" where something can
    categories: tuple[Compared, ...]  # by requests on the later day, then those that are gone
    tasks: tuple[ComparedTask, ...]  # likewise

    @property
    def as_of(self) -> date:
        """The day of the later edition."""
        return self.after.as_of
