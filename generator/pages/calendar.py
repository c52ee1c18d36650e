"""The days since the first one, month by month: received, missing, repeated, restated, in a shape and in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from generator import formats
from generator.addresses import day_path
from generator.models import CalendarDay, Link

MOST_MONTHS = 13  # drawn day by day, the newest; the others are counted

RECEIVED, MISSING, REPEATED, RESTATED = "received", "missing", "source repeated", "restated"
SHAPES = {RECEIVED: "■", MISSING: "□", REPEATED: "=", RESTATED: "≠"}


@dataclass(frozen=True, slots=True)
class CalendarCell:
    """A day of a week, or a place in it that is not of the month or of the archive."""

    text: str  # the day of the month; "" for no day
    path: str  # "" for a day without a page
    shapes: str
    words: str
    is_odd: bool  # anything but received once


@dataclass(frozen=True, slots=True)
class CalendarWeek:
    """A week of a month."""

    label: str  # "2026-W36"
    cells: tuple[CalendarCell, ...]  # seven, from Monday


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    """A month by its weeks."""

    label: str
    weeks: tuple[CalendarWeek, ...]


@dataclass(frozen=True, slots=True)
class CountedMonth:
    """A month that is not drawn."""

    label: str
    first: Link | None  # its first day that has a page
    received: int
    missing: int
    repeated: int
    restated: int


_NO_DAY = CalendarCell("", "", "", "", is_odd=False)


def drawn_months(calendar: Sequence[CalendarDay]) -> tuple[CalendarMonth, ...]:
    """The newest months, the newest first."""
    return tuple(_month(days) for days in _by_month(calendar)[:MOST_MONTHS])


def counted_months(calendar: Sequence[CalendarDay]) -> tuple[CountedMonth, ...]:
    """The older months, the newest first."""
    return tuple(_counted(days) for days in _by_month(calendar)[MOST_MONTHS:])


def legend() -> tuple[tuple[str, str], ...]:
    """Shape and word of each state of a day."""
    return tuple((shape, word) for word, shape in SHAPES.items())


def _by_month(calendar: Sequence[CalendarDay]) -> list[list[CalendarDay]]:
    months = groupby(calendar, key=lambda day: (day.day.year, day.day.month))
    return [list(days) for _, days in months][::-1]


def _month(days: Sequence[CalendarDay]) -> CalendarMonth:
    by_date = {day.day: day for day in days}
    weeks = groupby(days, key=lambda day: day.day - timedelta(days=day.day.weekday()))
    return CalendarMonth(formats.month(days[0].day), tuple(_week(monday, by_date) for monday, _ in weeks))


def _week(monday: date, by_date: dict[date, CalendarDay]) -> CalendarWeek:
    days = [by_date.get(monday + timedelta(days=weekday)) for weekday in range(7)]
    return CalendarWeek(formats.edition(monday), tuple(_cell(day) if day else _NO_DAY for day in days))


def _cell(day: CalendarDay) -> CalendarCell:
    states = _states(day)
    return CalendarCell(
        text=str(day.day.day),
        path=day_path(day.day) if day.has_page else "",
        shapes="".join(SHAPES[state] for state in states),
        words=", ".join(states),
        is_odd=states != [RECEIVED],
    )


def _states(day: CalendarDay) -> list[str]:
    """Missing or received; what else is to be said of a received day stands in place of that."""
    if not day.is_kept:
        return [MISSING]
    found = [word for word, holds in ((REPEATED, day.is_repeat), (RESTATED, day.is_restated)) if holds]
    return found or [RECEIVED]


def _counted(days: Sequence[CalendarDay]) -> CountedMonth:
    kept = [day for day in days if day.is_kept]
    label = formats.month(days[0].day)
    return CountedMonth(
        label=label,
        first=next((Link(label, day_path(day.day)) for day in kept if day.has_page), None),
        received=len(kept),
        missing=len(days) - len(kept),
        repeated=sum(day.is_repeat for day in days),
        restated=sum(day.is_restated for day in days),
    )
