"""The editions and the days: pages that stay as they are, told and rendered once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from generator import kept
from generator.models import Batch, EditionComparison, EditionReport, File, FrozenDay, History, Page, Settings
from generator.pipeline import places
from generator.pipeline.pieces import CardFiles, Progress, badge_files, paired, source_digests, tools, with_cards

if TYPE_CHECKING:
    from generator.draw import Workshop
    from generator.pages import Existing


@dataclass(frozen=True, slots=True)
class Makers:
    """What the frozen pages are made from."""

    history: History
    with_pages: frozenset[date]  # the days that have one
    shop: "Workshop"
    palette: str
    card_files: CardFiles
    settings: Settings


def frozen_pages(
    makers: Makers, today: "Existing", made_by: str, cache: Path | None, progress: Progress
) -> Iterator[Batch]:
    """The editions and the days, one after the other: years of them are never held at once, nor told twice."""
    from generator import analyse, pages, site

    def key_of(kind: str, day: FrozenDay) -> str:
        return kept.digest_of(kind, day.digest, made_by, sorted(today.categories) if kind == "edition" else "")

    editions = {day.as_of: key_of("edition", day) for day in analyse.frozen_editions(makers.history)}
    missing = frozenset(as_of for as_of, key in editions.items() if not site.is_kept(cache, key))
    reports = analyse.edition_reports(makers.history, missing)
    comparisons = analyse.edition_comparisons(makers.history, missing)
    for number, (as_of, key) in enumerate(editions.items(), 1):
        is_missing = as_of in missing
        yield Batch(key, _edition_things(next(reports), next(comparisons), makers, today) if is_missing else None)
        progress("editions", number, len(editions))
    days = {day.as_of: key_of("day", day) for day in analyse.frozen_days(makers.history, makers.with_pages)}
    missing = frozenset(as_of for as_of, key in days.items() if not site.is_kept(cache, key))
    told = analyse.day_reports(makers.history, makers.with_pages, missing)
    for as_of, key in days.items():
        yield Batch(key, (pages.day_page(next(told)),) if as_of in missing else None)


def _edition_things(
    edition: EditionReport, comparisons: Sequence[EditionComparison], makers: Makers, today: "Existing"
) -> Iterator[Page | File]:
    from generator import charts, draw, files, pages

    made = charts.edition_charts(edition.report)
    drawings = draw.draw_all(made, makers.shop, is_interactive=False)
    told = pages.edition_pages(edition, paired(made, drawings), today, makers.settings)
    yield from with_cards(told, makers.card_files)
    yield from draw.picture_files(drawings, makers.palette, makers.shop, edition=edition.label)
    yield from badge_files(files.badges(edition.report, edition.label), makers.palette, is_live=False)
    yield from map(pages.comparison_page, comparisons)


def made_by(settings: Settings) -> str:
    """A digest of all that determines a page beside the archive: code, templates, styles, fonts, tools, settings."""
    folders = (
        (places.PROJECT / "generator", "**/*.py"),
        (places.TEMPLATES, "**/*.*"),
        (places.STATIC, "*.*"),
        (places.FONTS, "*.ttf"),
    )
    return kept.digest_of(tools(), settings, *source_digests(folders))
