"""The page on which a reader checks a claim, and the links that lead there."""

from dataclasses import dataclass

from generator import formats
from generator.models import Link, Page, Report


@dataclass(frozen=True, slots=True)
class CheckContent:
    """What check.html prints."""

    lede: str
    kept: str
    days: str  # "7 days"
    first_day: str  # that can be asked for, "2026-08-31"
    last_day: str
    source: str  # the line of the source, with `{as_of}` in place of the day


def check_page(report: Report) -> Page:
    """Where a model stood in a task on a day, by script, from the raw snapshot of that day."""
    as_of = report.as_of.isoformat()
    content = CheckContent(
        lede="Where did a model stand in a task on a certain day? A sentence to quote, with its proof.",
        kept=_kept(report),
        days=formats.plural(report.window_days, "day"),
        first_day=report.first_day.isoformat(),
        last_day=as_of,
        source=formats.source_line(report.as_of, is_sample=report.is_sample).replace(as_of, "{as_of}"),
    )
    return Page("check/", "check.html", "Check a claim", content.lede, (Link("Home", ""),), content)


def _kept(report: Report) -> str:
    last = formats.long_date(report.as_of)
    if report.days_kept == 1:
        return f"So far one day can be asked for, {last}."
    missing = f", but for {formats.plural(report.days_missing, 'missing day')}" if report.days_missing else ""
    return f"Every day from {formats.long_date(report.first_day)} to {last} can be asked for{missing}."
