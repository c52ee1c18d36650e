"""What was defined anew within a chart over time -> dashed rules at their days, and the words that say what it was.

Comes in: redefinitions and the dates of the chart. Goes out: layers, their rows, words for subtitle and description.
A chart marks the newest few days; how many more there are is said. Nothing is marked at or before its first date.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import altair as alt

from generator import formats
from generator.charts.style import MARKS, MUTED, Layer, layered
from generator.models import Redefinition

MOST_MARKS = 3
_NUMBER_ROOM = 26  # pixels between two numbers above the plot; marks nearer than that share one


@dataclass(frozen=True, slots=True)
class Marked:
    """A day on which something was defined anew, and what it was."""

    day: date
    words: str


@dataclass(frozen=True, slots=True)
class Marks:
    """What a chart marks, oldest first."""

    days: tuple[Marked, ...] = ()
    earlier: int = 0  # days that are not marked, since there are too many

    @property
    def words(self) -> str:
        """`; dashed line: list of 10 models before 3 June 2026, 8 since`, to stand behind a subtitle; "" for none."""
        if not self.days:
            return ""
        more = f"; {formats.plural(self.earlier, 'earlier change')} not marked" if self.earlier else ""
        if len(self.days) == 1:
            return f"; dashed line: {self.days[0].words}{more}"
        told = "; ".join(f"({number}) {marked.words}" for number, marked in enumerate(self.days, 1))
        return f"; dashed lines: {told}{more}"

    @property
    def sentence(self) -> str:
        """The same for a description: ` Dashed line: ….`"""
        return f" D{self.words[3:]}." if self.words else ""

    def rows(self, dates: Sequence[date], width: int) -> list[dict[str, object]]:
        """The rules with their numbers; one alone needs none."""
        numbers = _numbers([_across(marked.day, dates, width) for marked in self.days])
        return [
            {"date": marked.day.isoformat(), "number": number if len(self.days) > 1 else ""}
            for marked, number in zip(self.days, numbers, strict=True)
        ]


NO_MARKS = Marks()


def marks_of(changes: Iterable[tuple[str, Redefinition]], dates: Sequence[date]) -> Marks:
    """The changes within `dates`, each with the label of its task, "" where it is clear; equal ones are told as one."""
    inside = [(label, change) for label, change in changes if dates[0] < change.as_of <= dates[-1]]
    alike: defaultdict[Redefinition, list[str]] = defaultdict(list)
    for label, change in inside:
        alike[change].append(label)
    by_day: defaultdict[date, list[str]] = defaultdict(list)
    for change, labels in alike.items():
        by_day[change.as_of].append(_words(change, labels))
    days = [Marked(day, ", ".join(by_day[day])) for day in sorted(by_day)]
    return Marks(tuple(days[-MOST_MARKS:]), max(0, len(days) - MOST_MARKS))


def mark_layers(x: alt.X) -> tuple[Layer, ...]:
    """The rules over the whole height and the numbers above them."""
    base = alt.Chart(MARKS)
    rule = base.mark_rule(stroke=MUTED, strokeWidth=1, strokeDash=[3, 3]).encode(x=x)
    number = base.mark_text(fill=MUTED, baseline="bottom", align="center").encode(
        x=x, y=alt.YValue(-2), text=alt.Text("number:N")
    )
    return layered(rule, number)


def _words(change: Redefinition, labels: Sequence[str]) -> str:
    """`list of 10 models before 3 June 2026, 8 since`; `labels`: of the tasks, where a chart shows several."""
    before = f"before {formats.long_date(change.as_of)}"
    match change.kind:
        case "list length":
            return f"{_list_of(labels)} {formats.plural(int(change.then), 'model')} {before}, {change.now} since"
        case "task renamed" | "category renamed":
            return f"{change.now} called {change.then} {before}"
        case "task moved":
            return f"{formats.listed(labels)} part of {change.then} {before}, of {change.now} since".lstrip()
        case "window":
            return f"window of {formats.plural(int(change.then), 'day')} {before}, {change.now} since"
        case "categories":
            parts = [f"{label} {what}" for label, what in ((change.then, "gone"), (change.now, "added")) if label]
            return f"{' and '.join(parts)} on {formats.long_date(change.as_of)}"


def _list_of(labels: Sequence[str]) -> str:
    if not any(labels):
        return "list of"
    if len(labels) == 1:
        return f"list of {labels[0]}:"
    return f"lists of {' and '.join(labels) if len(labels) == 2 else formats.plural(len(labels), 'task')}:"


def _across(day: date, dates: Sequence[date], width: int) -> float:
    return width * (day - dates[0]).days / max(1, (dates[-1] - dates[0]).days)


def _numbers(places: Sequence[float]) -> list[str]:
    """What stands above each rule: `(1)`; of rules close together the first has `(1)–(2)` and the others nothing."""
    groups: list[list[int]] = []
    for number, place in enumerate(places):
        if groups and place - places[groups[-1][0]] < _NUMBER_ROOM * len(groups[-1]):
            groups[-1].append(number)
        else:
            groups.append([number])
    found = [""] * len(places)
    for first, *rest in groups:
        found[first] = f"({first + 1})–({rest[-1] + 1})" if rest else f"({first + 1})"
    return found
