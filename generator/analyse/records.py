"""The record of each listed model in its task, counted in editions: the last snapshots of finished weeks.

Overlapping days are not counted one by one. A week without a snapshot is no absence and no presence: it ends a row,
since nothing is known of it, but what stands on both sides of it is not a re-entry.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from generator.analyse.changes import Key
from generator.models import Record


def records_of(
    positions: Mapping[Key, Sequence[int | None]], weeks: Sequence[date], is_kept: Sequence[bool]
) -> Mapping[Key, Record]:
    """By key, for all that stood in the list of at least one of `weeks`, which are finished ones.

    `positions` may go on after them; `is_kept`: whether there is a snapshot of each.
    """
    end = len(weeks)
    return {key: _record(course[:end], weeks, is_kept[:end]) for key, course in positions.items() if any(course[:end])}


def _record(positions: Sequence[int | None], weeks: Sequence[date], is_kept: Sequence[bool]) -> Record:
    listed = [place for place, position in enumerate(positions) if position]
    best = min(position for position in positions if position)
    return Record(
        editions=sum(is_kept),
        listed=len(listed),
        first=sum(position == 1 for position in positions),
        best=best,
        best_since=weeks[positions.index(best)],
        first_seen=weeks[listed[0]],
        in_a_row=next((count for count, position in enumerate(reversed(positions)) if not position), len(positions)),
        re_entries=_re_entries(positions, is_kept),
    )


def _re_entries(positions: Sequence[int | None], is_kept: Sequence[bool]) -> int:
    """How often a kept edition lists it, the kept one before does not, and an earlier one did."""
    known = [position is not None for position, kept in zip(positions, is_kept, strict=True) if kept]
    begin = known.index(True)
    return sum(now and not before for before, now in zip(known[begin:], known[begin + 1 :], strict=False))
