"""History -> Report: ranks, ties, coverage, intensity, lower bounds, lift, and what changed in 7 days. Pure.

Comes in: an archive that `validate` accepted. Goes out: every figure and every order that a reader sees.
It refuses nothing. What a top-N list does not show stays unknown: "not listed" is never 0.
"""

from datetime import date

from generator.analyse.changes import first_seen_in
from generator.analyse.comparisons import edition_comparisons
from generator.analyse.days import day_reports
from generator.analyse.editions import edition_reports
from generator.analyse.frozen import frozen_days, frozen_editions
from generator.analyse.leaders import chart_leads, ended_charts
from generator.analyse.log import log_of
from generator.analyse.ranks import intensity_of, rank_all
from generator.analyse.report import report_of
from generator.analyse.trends import trends_of
from generator.models import History, Report

__all__ = [
    "analyse",
    "chart_leads",
    "day_reports",
    "edition_comparisons",
    "edition_reports",
    "ended_charts",
    "frozen_days",
    "frozen_editions",
    "intensity_of",
    "log_of",
    "rank_all",
    "trends_of",
]


def analyse(history: History, as_of: date | None = None) -> Report:
    """Everything the site says of one day: the newest, or `as_of` as if nothing had come after it."""
    days = tuple(day for day in history.days if as_of is None or day.as_of <= as_of)
    return report_of(history.window, days, first_seen_in(days))
