"""History -> everything that happened since it began: events by edition, the ledger, the calendar."""

from collections.abc import Sequence
from datetime import date

from generator import formats
from generator.analyse.comparisons import earlier_editions
from generator.analyse.days import NEWEST_DAYS, day_reports
from generator.analyse.events import edition_days
from generator.analyse.ledger import calendar_of, days_of, ledger_of
from generator.models import DayReport, Earlier, Edition, Entry, History, Log


def log_of(history: History) -> Log:
    """The log of the whole archive. Besides the editions only neighbouring days are compared."""
    finished = edition_days(history.days)
    earlier = earlier_editions(history.days)
    editions = [
        _edition(report, finished[report.as_of], earlier.get(report.as_of, ()))
        for report in day_reports(history, finished)
    ]
    ledger = ledger_of(history.days)
    return Log(
        editions=tuple(reversed(editions)),
        ledger=ledger,
        calendar=calendar_of(history.days, _days_with_pages(history, editions, ledger)),
    )


def _days_with_pages(history: History, editions: Sequence[Edition], ledger: Sequence[Entry]) -> frozenset[date]:
    """The newest days; of the older ones the first, the editions with the days they are compared with, and those
    that the ledger speaks of. So the site grows by a few small pages a week after its first year.
    """
    found = {history.days[0].as_of, *(day.as_of for day in history.days[-NEWEST_DAYS:])}
    for edition in editions:
        found |= {edition.as_of} | ({edition.news.since} if edition.news else set())
    for entry in ledger:
        found |= days_of(entry)
    return frozenset(found)


def _edition(report: DayReport, is_finished: bool, earlier: tuple[Earlier, ...]) -> Edition:
    return Edition(formats.edition(report.as_of), report.as_of, is_finished, report.news, report.no_comparison, earlier)
