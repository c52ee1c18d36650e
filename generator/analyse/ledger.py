"""What is to be known about the days themselves: gaps, restatements, repeats, and whatever was defined anew.

Everything is told of a day against the kept day before it, so that it stays true whatever comes later.
"""

from collections.abc import Container, Iterator, Sequence
from datetime import date, timedelta

from generator.analyse.definitions import redefined
from generator.analyse.restatements import restated
from generator.models import CalendarDay, Day, Entry, Gap, Redefined, Repeated, Restated, Warned

_DAY = timedelta(days=1)


def ledger_of(days: Sequence[Day]) -> tuple[Entry, ...]:
    """Everything that is to be known about any day, newest first; a warning of several days in a row is one entry."""
    found: list[Entry] = []
    for place, day in enumerate(days):
        found += [
            entry for entry in entries_of(days[place - 1] if place else None, day) if not isinstance(entry, Warned)
        ]
    return tuple(sorted([*found, *_runs(days)], key=last_day, reverse=True))


def last_day(entry: Entry) -> date:
    """The day that an entry is about, or the last of them."""
    return entry.last if isinstance(entry, Gap | Warned) else entry.as_of


def entries_of(previous: Day | None, day: Day) -> tuple[Entry, ...]:
    """What is to be known about `day`, and about the days that are missing between it and the kept day before it."""
    return tuple(_entries(previous, day))


def days_of(entry: Entry) -> set[date]:
    """The kept days that an entry names."""
    match entry:
        case Gap():
            return {entry.before, entry.after}
        case Restated():
            return {entry.as_of}
        case Repeated() | Redefined():
            return {entry.as_of, entry.before}
        case Warned():
            return {entry.first, entry.last}


def calendar_of(days: Sequence[Day], with_pages: Container[date]) -> tuple[CalendarDay, ...]:
    """Every day from the first to the newest, received or missing."""
    kept = {day.as_of: day for day in days}
    count = (days[-1].as_of - days[0].as_of).days + 1
    dates = (days[0].as_of + n * _DAY for n in range(count))
    return tuple(_calendar_day(as_of, kept.get(as_of), as_of in with_pages) for as_of in dates)


def _calendar_day(as_of: date, day: Day | None, has_page: bool) -> CalendarDay:
    if day is None:
        return CalendarDay(as_of, is_kept=False, is_repeat=False, is_restated=False, has_page=False)
    is_restated = len(day.revisions) > 1
    return CalendarDay(as_of, is_kept=True, is_repeat=day.is_repeat, is_restated=is_restated, has_page=has_page)


def _runs(days: Sequence[Day]) -> Iterator[Warned]:
    """Each warning with the kept days in a row that have it."""
    open_runs: dict[str, Warned] = {}
    for day in days:
        warnings = dict.fromkeys(day.shown.snapshot.warnings)
        yield from (run for text, run in open_runs.items() if text not in warnings)
        open_runs = {
            text: Warned(text, open_runs[text].first, day.as_of, open_runs[text].days + 1)
            if text in open_runs
            else Warned(text, day.as_of, day.as_of, 1)
            for text in warnings
        }
    yield from open_runs.values()


def _entries(previous: Day | None, day: Day) -> Iterator[Entry]:
    if previous and day.as_of - previous.as_of > _DAY:
        yield Gap(previous.as_of + _DAY, day.as_of - _DAY)
    for before, after in zip(day.revisions, day.revisions[1:], strict=False):
        yield restated(before, after)
    if previous and day.is_repeat:
        yield Repeated(day.as_of, previous.as_of)
    if previous:
        yield from redefined(previous.shown.snapshot, day.shown.snapshot)
    for text in dict.fromkeys(day.shown.snapshot.warnings):
        yield Warned(text, day.as_of, day.as_of, 1)
