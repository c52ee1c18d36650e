"""History -> Report: ranks, ties, coverage, intensity, lower bounds, lift, and what changed in 7 days. Pure.

Comes in: an archive that `validate` accepted. Goes out: every figure and every order that a reader sees.
It refuses nothing. What a top-N list does not show stays unknown: "not listed" is never 0.
"""

from datetime import date

from generator import formats
from generator.analyse.changes import NOTHING, Standings, compared, day_before, first_seen_in, why_not
from generator.analyse.days import day_reports
from generator.analyse.labels import labelled
from generator.analyse.log import log_of
from generator.analyse.ranks import intensity_of, rank_all
from generator.analyse.snapshot import category_reports, model_reports, standings, task_reports
from generator.analyse.trends import trends_of
from generator.models import Day, History, Report

__all__ = ["analyse", "day_reports", "intensity_of", "log_of", "rank_all", "trends_of"]


def analyse(history: History, as_of: date | None = None) -> Report:
    """Everything the site says of one day: the newest, or `as_of` as if nothing had come after it."""
    days = tuple(day for day in history.days if as_of is None or day.as_of <= as_of)
    newest = days[-1].shown
    snapshot = labelled(newest.snapshot)
    comparison = compared(days, _standings_before(days), first_seen_in(days))
    names = formats.model_names(model.id for task in snapshot.tasks for model in task.models)
    tasks = task_reports(snapshot, names, comparison)
    return Report(
        window=history.window,
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


def _standings_before(days: tuple[Day, ...]) -> Standings:
    """Every ranking of the day 7 days earlier, where there is one to compare with."""
    earlier = day_before(days)
    if why_not(days) or earlier is None:
        return {}
    snapshot = earlier.shown.snapshot
    names = {model.id: model.id for task in snapshot.tasks for model in task.models}
    tasks = task_reports(snapshot, names, NOTHING)
    return standings(category_reports(snapshot, tasks, names, NOTHING), tasks, model_reports(tasks, names, NOTHING))
