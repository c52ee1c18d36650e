"""Every edition as if nothing had come after it: the report of its snapshot, its news, what is to be known of it."""

from collections.abc import Container, Iterator
from datetime import date

from generator.analyse.changes import first_seen_in
from generator.analyse.comparisons import earlier_editions
from generator.analyse.days import day_reports
from generator.analyse.events import edition_days
from generator.analyse.frozen import pages_of
from generator.analyse.ledger import entries_of
from generator.analyse.report import report_of
from generator.models import Day, EditionReport, Entry, History, Restated


def edition_reports(history: History, wanted: Container[date] | None = None) -> Iterator[EditionReport]:
    """A report of each finished week, or of those whose day is `wanted`, the oldest first.

    Linear in the days; hold on to few of them.
    """
    days, first_seen = history.days, first_seen_in(history.days)
    places = {day.as_of: place for place, day in enumerate(days)}
    finished = [as_of for as_of, is_finished in edition_days(days).items() if is_finished]
    earlier = earlier_editions(days)
    known = [pages_of(days[places[as_of]]) for as_of in finished]
    told_of = [as_of for as_of in finished if wanted is None or as_of in wanted]
    for told in day_reports(history, frozenset(told_of)):
        number = finished.index(told.as_of)
        yield EditionReport(
            label=known[number].label,
            report=report_of(history.window, days[: places[told.as_of] + 1], first_seen),
            news=told.news,
            revisions=told.revisions,
            entries=(*told.entries, *_restated(days[places[told.compared_with]] if told.compared_with else None)),
            earlier=earlier[told.as_of],
            previous=known[number - 1] if number else None,
            following=known[number + 1] if number + 1 < len(known) else None,
        )


def _restated(compared_with: Day | None) -> tuple[Entry, ...]:
    """That the source changed the day compared with: then the changes that the edition tells are others too."""
    if compared_with is None:
        return ()
    return tuple(entry for entry in entries_of(None, compared_with) if isinstance(entry, Restated))
