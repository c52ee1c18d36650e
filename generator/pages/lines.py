"""Sentences with links in them."""

from dataclasses import dataclass
from datetime import date

from generator import formats
from generator.addresses import day_path, task_anchor
from generator.models import Link, TaskName

Line = tuple[Link | str, ...]  # as it is printed, from left to right


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the ledger."""

    day: Line
    kind: str
    text: Line


def day_link(day: date) -> Link:
    """A kept day by its date."""
    return Link(formats.long_date(day), day_path(day))


def figure_link(share: float | None, day: date, task: TaskName) -> Link:
    """A share that leads to where it stands on the page of its day."""
    return Link(formats.percent(share), f"{day_path(day)}#{task_anchor(task.category, task.tag)}")


def joined(parts: list[Line]) -> Line:
    """`A`, `A and B`, `A, B and C`."""
    found: list[Link | str] = []
    for place, part in enumerate(parts):
        if place:
            found.append(" and " if place == len(parts) - 1 else ", ")
        found.extend(part)
    return tuple(found)
