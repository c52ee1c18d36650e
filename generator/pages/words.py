"""What every page says: name, window, source, navigation."""

from generator import formats
from generator.addresses import category_path
from generator.models import Card, DayReport, EditionComparison, Link, Report, Settings, SiteWords, SnapshotWords

_LASTING = (
    Link("All tasks", "tasks/"),
    Link("Models", "models/"),
    Link("Changes", "changes/"),
    Link("Editions", "editions/"),
    Link("Files", "data/"),
    Link("Method", "method/"),
)


def site_words(report: Report, settings: Settings, cards: tuple[Card, Card]) -> SiteWords:
    """What every page says, the frozen ones of their own snapshot. `cards`: of the front, and without a date."""
    card, lasting = cards
    return SiteWords(
        name=settings.name,
        description=settings.description,
        address=settings.address,
        contact=settings.contact,
        is_sample=report.is_sample,
        snapshot=snapshot_words(report),
        as_of=report.as_of.isoformat(),
        navigation=(*(Link(item.label, category_path(item.key)) for item in report.categories), *_LASTING),
        lasting_navigation=_LASTING,
        card=card,
        lasting_card=lasting,
    )


def snapshot_words(report: Report | DayReport | EditionComparison) -> SnapshotWords:
    """Window, source line and licence of a snapshot; nobody licenses the sample."""
    return SnapshotWords(
        window=formats.window_words(report.window_days, report.as_of),
        source=formats.source_line(report.as_of, is_sample=report.is_sample),
        licence="" if report.is_sample else "Licensed under CC BY 4.0.",
    )
