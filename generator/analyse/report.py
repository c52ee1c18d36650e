"""The report of one day: all its rankings, and what became of them since 7 days earlier."""

from collections.abc import Mapping, Sequence
from datetime import date

from generator import formats
from generator.analyse.changes import NOTHING, Key, Standings, compared, day_before, why_not
from generator.analyse.labels import labelled
from generator.analyse.snapshot import category_reports, model_reports, standings, task_reports
from generator.models import Day, Report


def report_of(window: str, days: Sequence[Day], first_seen: Mapping[Key, date]) -> Report:
    """The last of `days`, which are all up to it. `first_seen` may know of later days."""
    newest = days[-1].shown
    snapshot = labelled(newest.snapshot)
    comparison = compared(days, _standings_before(days), first_seen)
    names = formats.model_names(model for task in snapshot.tasks for model in task.models.ids)
    tasks = task_reports(snapshot, names, comparison)
    return Report(
        window=window,
        window_days=snapshot.window_days,
        as_of=snapshot.as_of,
        is_sample=snapshot.is_sample,
        source_path=newest.path,
        source_sha256=newest.sha256,
        compared_with=comparison.since,
        no_comparison=comparison.reason,
        first_day=days[0].as_of,
        days_kept=len(days),
        days_missing=(days[-1].as_of - days[0].as_of).days + 1 - len(days),
        days_restated=sum(len(day.revisions) > 1 for day in days),
        warnings=snapshot.warnings,
        categories=category_reports(snapshot, tasks, names, comparison),
        tasks=tasks,
        models=model_reports(tasks, names, comparison),
        names=names,
    )


def _standings_before(days: Sequence[Day]) -> Standings:
    """Every ranking of the day 7 days earlier, where there is one to compare with."""
    earlier = day_before(days)
    if why_not(days) or earlier is None:
        return {}
    snapshot = earlier.shown.snapshot
    names = {model: model for task in snapshot.tasks for model in task.models.ids}
    tasks = task_reports(snapshot, names, NOTHING)
    return standings(category_reports(snapshot, tasks, names, NOTHING), tasks, model_reports(tasks, names, NOTHING))
