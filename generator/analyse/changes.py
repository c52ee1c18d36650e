"""Today's rankings against those of exactly 7 days earlier, the last window that shares no day with today's.

Every place of every ranking has a key, so that one rule serves all: tasks over all and within their category, models
within a task, within a category and over all, and the macro-categories. Between days that cannot be compared there is
no change at all: a missing day, a source that repeated itself, a task that was redefined, a list that was shorter.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from generator import formats
from generator.analyse.ranks import DECIMALS
from generator.models import Change, Day, Pair, Rank, Snapshot, State, Task

PERIOD = timedelta(days=7)

Key = tuple[
    str, ...
]  # ("listed", "code:debugging", "openai/gpt-5.6-luna-20260709"): the ranking, then what stands in it
Standings = Mapping[Key, tuple[Rank, Pair]]
Lists = Mapping[str, Mapping[str, tuple[Rank, Pair]]]  # tag -> permaslug -> where it stood in the task's list


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a day is compared with."""

    since: date | None
    reason: str  # why nothing can be compared; "" where it can
    before: Standings  # at `since`
    first_seen: Mapping[Key, date]  # when it first stood in a ranking; later days than `since` may be among them
    redefined: frozenset[str]  # tags whose label or macro-category is another one since
    lists: Lists  # at `since`, empty ones included

    def change(self, key: Key, rank: Rank, share: Pair) -> Change:
        """What became of `key`, which has this place and these shares today."""
        reason = self._reason_against(key, rank)
        if reason:
            return Change("no comparison", None, 0, Pair(None, None), reason)
        if key not in self.before:
            state: State = "re-entry" if self._was_seen(key) else "new"
            return Change(state, self.since, 0, Pair(None, None), "")
        rank_before, share_before = self.before[key]
        places = rank_before.place - rank.place
        state = "up" if places > 0 else "down" if places < 0 else "same"
        return Change(state, self.since, places, _difference(share, share_before), "")

    def _was_seen(self, key: Key) -> bool:
        """On any day before the one compared with."""
        return self.since is not None and self.first_seen.get(key, self.since) < self.since

    def _reason_against(self, key: Key, rank: Rank) -> str:
        if self.reason:
            return self.reason
        if key[1] in self.redefined and key[0] in ("task", "within", "listed"):
            return "the task was renamed or moved to another macro-category in between"
        if key[0] == "listed" and key not in self.before and key[1] in self.lists:
            length = len(self.lists[key[1]])
            models = "1 model" if length == 1 else f"{length} models"
            return f"the list was shorter then: {models}" if rank.place > length else ""
        return ""


NOTHING = Comparison(None, "not compared", {}, {}, frozenset(), {})


def why_not(days: Sequence[Day]) -> str:
    """Why the last of `days` cannot be compared with the one 7 days earlier; "" where it can."""
    newest, earlier = days[-1], day_before(days)
    if newest.is_repeat and days[-2].is_repeat:  # from the second time on this comes first: the source stands still
        return f"the source has sent the same figures since {formats.long_date(_first_of_repeated(days))}"
    wanted = formats.long_date(newest.as_of - PERIOD)
    if days[0].as_of > newest.as_of - PERIOD:
        return f"the archive begins on {formats.long_date(days[0].as_of)}, and {wanted} is needed"
    if earlier is None:
        return f"there is no snapshot of {wanted}"
    return why_not_between(earlier, newest)


def _first_of_repeated(days: Sequence[Day]) -> date:
    """The day whose figures the last of `days`, each a repeat, say again."""
    return next(day.as_of for day in reversed(days) if not day.is_repeat)


def why_not_between(earlier: Day, later: Day) -> str:
    """Why two kept days cannot be compared, however far apart; "" where they can."""
    if later.is_repeat or earlier.is_repeat:
        repeated = later if later.is_repeat else earlier
        return f"on {formats.long_date(repeated.as_of)} the source repeated the figures of the day before"
    if later.shown.snapshot.window_days != earlier.shown.snapshot.window_days:
        return "the window has another length since"
    return ""


def day_before(days: Sequence[Day]) -> Day | None:
    """The day exactly 7 days before the last of `days`."""
    wanted = days[-1].as_of - PERIOD
    return next((day for day in reversed(days) if day.as_of == wanted), None)


def compared(days: Sequence[Day], before: Standings, first_seen: Mapping[Key, date]) -> Comparison:
    """The comparison of the last of `days` with the one 7 days earlier, whose rankings are `before`."""
    reason, earlier = why_not(days), day_before(days)
    if reason or earlier is None:
        return Comparison(None, reason, {}, {}, frozenset(), {})
    return between(earlier.shown.snapshot, days[-1].shown.snapshot, before, first_seen)


def between(
    then: Snapshot, now: Snapshot, before: Standings, first_seen: Mapping[Key, date], reason: str = ""
) -> Comparison:
    """The comparison of two snapshots, however far apart; `before` are the rankings of `then`."""
    return Comparison(
        since=then.as_of,
        reason=reason,
        before=before,
        first_seen=first_seen,
        redefined=_redefined(then, now),
        lists=_lists(then, before),
    )


def _lists(then: Snapshot, before: Standings) -> Lists:
    return {task.tag: {model: before["listed", task.tag, model] for model in task.models.ids} for task in then.tasks}


def first_seen_in(days: Iterable[Day]) -> dict[Key, date]:
    """On which of `days`, oldest first, each key first stood in a ranking."""
    found: dict[Key, date] = {}
    for day in days:
        for key in _keys_of(day.shown.snapshot):
            found.setdefault(key, day.as_of)
    return found


def _keys_of(snapshot: Snapshot) -> Iterable[Key]:
    """All that stands in a ranking of `snapshot`."""
    for category in snapshot.categories:
        yield ("category", category.key)
    for task in snapshot.tasks:
        yield ("task", task.tag)
        yield ("within", task.tag, task.category)
        for model in task.models.ids:
            yield ("listed", task.tag, model)
            yield ("carrying", task.category, model)
            yield ("model", model)


def _redefined(then: Snapshot, now: Snapshot) -> frozenset[str]:
    before = {task.tag: task for task in then.tasks}
    return frozenset(task.tag for task in now.tasks if not is_same_task(task, before.get(task.tag, task)))


def is_same_task(task: Task, other: Task) -> bool:
    """Neither renamed nor moved to another macro-category: tasks of one tag whose shares can be compared."""
    return (task.label, task.category) == (other.label, other.category)


def _difference(now: Pair, then: Pair) -> Pair:
    return Pair(_less(now.requests, then.requests), _less(now.tokens, then.tokens))


def _less(now: float | None, then: float | None) -> float | None:
    """The difference as far as published decimals tell; below them it is 0."""
    return None if now is None or then is None else round(round(now, DECIMALS) - round(then, DECIMALS), DECIMALS)
