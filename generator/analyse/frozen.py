"""What stays as it is, and what determines it: so that an edition or a day is told once and kept.

An edition or a day is told as if nothing had come after it. So it is determined by every file up to its day and by its
neighbours, to which it links; nothing has to be worked out to know whether it is the same as in an earlier build.
"""

import hashlib
from collections.abc import Callable, Container, Iterator, Sequence
from datetime import date

from generator import formats
from generator.analyse.changes import PERIOD
from generator.analyse.days import is_short
from generator.analyse.events import edition_days
from generator.models import Day, EditionPages, FrozenDay, History


def frozen_editions(history: History) -> tuple[FrozenDay, ...]:
    """The editions, the oldest first. A following edition is linked to where it has the same pages."""
    finished = {as_of for as_of, is_finished in edition_days(history.days).items() if is_finished}
    days = [day for day in history.days if day.as_of in finished]
    return tuple(_frozen(history, days, lambda day: repr((day.as_of, sorted(pages_of(day).categories)))))


def frozen_days(history: History, with_pages: Container[date]) -> tuple[FrozenDay, ...]:
    """The days that have a page, the oldest first."""
    days = [day for day in history.days if day.as_of in with_pages]

    def itself(day: Day) -> str:
        return repr((day.as_of - PERIOD in with_pages, is_short(history.days, day.as_of)))

    return tuple(_frozen(history, days, lambda day: repr(day.as_of), itself))


def pages_of(day: Day) -> EditionPages:
    """The edition of a day and what it has pages of."""
    categories = frozenset(task.category for task in day.shown.snapshot.tasks)
    return EditionPages(formats.edition(day.as_of), categories)


def _frozen(
    history: History,
    days: Sequence[Day],
    neighbour: Callable[[Day], str],
    itself: Callable[[Day], str] = lambda day: "",
) -> Iterator[FrozenDay]:
    known = dict(zip((day.as_of for day in history.days), _digests(history.days), strict=True))
    for place, day in enumerate(days):
        beside = [*days[max(0, place - 1) : place], *days[place + 1 : place + 2]]
        text = "\n".join([known[day.as_of], itself(day), *map(neighbour, beside)])
        yield FrozenDay(day.as_of, hashlib.sha256(text.encode()).hexdigest())


def _digests(days: Sequence[Day]) -> Iterator[str]:
    """For each day a digest of all files up to it."""
    known = ""
    for day in days:
        known = hashlib.sha256(f"{known}{[stored.sha256 for stored in day.revisions]}".encode()).hexdigest()
        yield known
