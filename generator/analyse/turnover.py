"""The share of a task's requests that changed hands in 7 days: a turnover index with bounds.

Between two whole distributions it is half the sum of the absolute differences of all shares (the total variation
distance): what some gained, which is what others lost. The lists are cut, so it is not known but bounded:

- At least: what listed models certainly gained, or what they certainly lost, whichever is more. A model listed on both
  days gained or lost its difference. Those listed on one day only had, on the other, between nothing and the smallest
  listed share each, and together no more than the unlisted rest; only what goes beyond this counts.
- At most: all but what certainly stayed, which is the smaller of the two shares of each model listed on both days.

Whole lists that fit the cut ones can reach either, and both hold for lists of any lengths. They are counted in
thousandths, as published; the rounding of these is not in them.
"""

from collections.abc import Mapping, Sequence

from generator import formats
from generator.analyse.changes import PERIOD, day_before, is_same_task, why_not
from generator.analyse.concentration import WHOLE, thousandths, unlisted
from generator.models import Day, Span, Task, Turnover


def turnovers_of(days: Sequence[Day], defined: Sequence[Task]) -> Mapping[str, Turnover]:
    """By tag, from 7 days before the last of `days` to that day, of tasks that are the same as in `defined`."""
    reason, earlier = why_not(days), day_before(days)
    if reason or earlier is None:
        return {task.tag: Turnover(None, None, reason) for task in defined}
    then = {task.tag: task for task in earlier.shown.snapshot.tasks}
    now = {task.tag: task for task in days[-1].shown.snapshot.tasks}
    return {task.tag: _turnover(then.get(task.tag), now.get(task.tag), task, days[-1]) for task in defined}


def turnover_between(then: Task, now: Task) -> Span:
    """The bounds between two days of a task whose lists are not empty."""
    before, after = _shares(then), _shares(now)
    gained, lost = _gained(before, after), _gained(after, before)
    stayed = sum(min(share, after[id]) for id, share in before.items() if id in after)
    low = min(WHOLE, max(gained, lost))
    return Span(low / WHOLE, max(low, WHOLE - stayed) / WHOLE)


def _gained(before: Mapping[str, int], after: Mapping[str, int]) -> int:
    """What the models listed in `after` have more than in `before`, at least."""
    known = sum(max(0, share - before[id]) for id, share in after.items() if id in before)
    came = [share for id, share in after.items() if id not in before]
    most_each, most_together = min(before.values()), unlisted(before.values())
    return known + max(sum(max(0, share - most_each) for share in came), sum(came) - most_together)


def _turnover(then: Task | None, now: Task | None, defined: Task, day: Day) -> Turnover:
    for task, as_of in ((now, day.as_of), (then, day.as_of - PERIOD)):
        if task is None:
            return Turnover(None, None, f"the task was not among those of {formats.long_date(as_of)}")
        if not is_same_task(task, defined):
            return Turnover(None, None, "the task was renamed or moved to another macro-category since")
        if not task.models:
            return Turnover(None, None, f"no model was listed on {formats.long_date(as_of)}")
    assert then and now, "checked above"
    return Turnover(day.as_of - PERIOD, turnover_between(then, now), "")


def _shares(task: Task) -> dict[str, int]:
    return dict(zip(task.models.ids, map(thousandths, task.models.request_shares), strict=True))
