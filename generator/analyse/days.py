"""Every day of the archive as if nothing had come after it: places, changes in 7 days, what is to be known about it.

One walk from the oldest day to the newest. Each snapshot is ranked once: what a day's rankings were is kept until the
day 7 days later has been compared with them.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from generator import formats
from generator.analyse.changes import NOTHING, PERIOD, Comparison, Key, Standings, compared, day_before, first_seen_in
from generator.analyse.events import news_of
from generator.analyse.labels import labelled
from generator.analyse.ledger import entries_of
from generator.analyse.snapshot import category_reports, standings, task_reports
from generator.models import Day, DayReport, History, News, Snapshot, TaskReport

NEWEST_DAYS = 400  # all have a page: a year and more
FULL_DAYS = 120  # the newest of them, told with the models of each task; templates/day.html names them
_KEPT = PERIOD.days + 1  # days that are looked at together: in a row without gaps, the last one and 7 before it


def day_reports(
    history: History, with_pages: Container[date] | None = None, wanted: Container[date] | None = None
) -> Iterator[DayReport]:
    """A report of each day, or of those `with_pages`, to which the ones beside it lead; the oldest first.

    `wanted`: only these of them are told. Linear in the days; hold on to few of them.
    """
    days, first_seen = history.days, first_seen_in(history.days)
    told = [place for place, day in enumerate(days) if with_pages is None or day.as_of in with_pages]
    rankings = dict[date, Standings]()
    for number, place in enumerate(told):
        as_of = days[place].as_of
        if wanted is not None and as_of not in wanted:
            continue
        report, rankings[as_of] = _report(_looked_at(days, place), rankings, first_seen)
        yield replace(
            report,
            first_day=days[0].as_of,
            previous=days[told[number - 1]].as_of if number else None,
            following=days[told[number + 1]].as_of if number + 1 < len(told) else None,
            is_compared_page_there=with_pages is None or as_of - PERIOD in with_pages,
            is_short=is_short(days, as_of),
        )
        rankings = {day: found for day, found in rankings.items() if day > as_of - PERIOD}


def _looked_at(days: Sequence[Day], place: int) -> Sequence[Day]:
    """The day and those before it that it is told by: back to the one whose figures the first of them repeats."""
    begin = max(0, place + 1 - _KEPT)
    while days[begin].is_repeat:
        begin -= 1
    return days[begin : place + 1]


def is_short(days: Sequence[Day], as_of: date) -> bool:
    """Whether the page of a day leaves its lists of models to its edition and its snapshot."""
    return len(days) > FULL_DAYS and as_of < days[-FULL_DAYS].as_of


def _report(
    days: Sequence[Day], rankings: Mapping[date, Standings], first_seen: Mapping[Key, date]
) -> tuple[DayReport, Standings]:
    """The last of `days`, which begin at least 7 kept days before it or with the archive; and its rankings."""
    day, earlier, previous = days[-1], day_before(days), days[-2] if len(days) > 1 else None
    snapshot, then = labelled(day.shown.snapshot), labelled(earlier.shown.snapshot) if earlier else None
    before = {} if earlier is None else rankings.get(earlier.as_of) or rankings_of(earlier.shown.snapshot)
    comparison = compared(days, before, first_seen)
    names = formats.model_names(
        model.id for side in (snapshot, then) if side for task in side.tasks for model in task.models
    )
    tasks = task_reports(snapshot, names, comparison)
    categories = category_reports(snapshot, (), names, comparison)
    report = DayReport(
        as_of=day.as_of,
        window_days=snapshot.window_days,
        is_sample=snapshot.is_sample,
        first_day=days[0].as_of,
        previous=None,
        following=None,
        compared_with=comparison.since,
        is_compared_page_there=False,
        is_short=False,
        no_comparison=comparison.reason,
        revisions=day.revisions,
        entries=entries_of(previous, day),
        categories=categories,
        tasks=tasks,
        model_count=len({model.id for task in tasks for model in task.models}),
        news=_news(then, tasks, comparison, names),
    )
    return report, standings(categories, tasks, ())


def rankings_of(snapshot: Snapshot) -> Standings:
    """Every ranking of a snapshot but that of models over all."""
    names = {model: model for task in snapshot.tasks for model in task.models.ids}
    tasks = task_reports(snapshot, names, NOTHING)
    return standings(category_reports(snapshot, (), names, NOTHING), tasks, ())


def _news(
    then: Snapshot | None, tasks: tuple[TaskReport, ...], comparison: Comparison, names: Mapping[str, str]
) -> News | None:
    return None if then is None or comparison.reason else news_of(then, tasks, comparison, names)
