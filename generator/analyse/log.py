"""History -> everything that happened since it began: events by edition, the ledger, the calendar."""

from generator import formats
from generator.analyse.days import day_reports
from generator.analyse.events import edition_days
from generator.analyse.ledger import calendar_of, ledger_of
from generator.models import DayReport, Edition, History, Log


def log_of(history: History) -> Log:
    """The log of the whole archive. Besides the editions only neighbouring days are compared."""
    finished = edition_days(history.days)
    editions = [_edition(report, finished[report.as_of]) for report in day_reports(history, finished)]
    return Log(
        editions=tuple(reversed(editions)),
        ledger=ledger_of(history.days),
        calendar=calendar_of(history.days),
    )


def _edition(report: DayReport, is_finished: bool) -> Edition:
    return Edition(formats.edition(report.as_of), report.as_of, is_finished, report.news, report.no_comparison)
