"""The newsroom packs of the newest editions: made once, then kept like all that is frozen."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from generator import kept
from generator.addresses import Paths
from generator.models import Batch, Chart, EditionReport, File
from generator.pipeline.frozen import Makers
from generator.pipeline.pieces import paired

_LEFT_OUT = ("intensity", "-models")  # charts that say the same in another way


def packs(makers: Makers, editions: Sequence[date], made_by: str, cache: Path | None) -> Iterator[Batch]:
    """A zip for each of `editions`, named by their days. Their drawings are those of the editions' pages."""
    from generator import analyse, site

    frozen = (day for day in analyse.frozen_editions(makers.history) if day.as_of in editions)
    keys = {day.as_of: kept.digest_of("pack", day.digest, made_by) for day in frozen}
    missing = frozenset(as_of for as_of, key in keys.items() if not site.is_kept(cache, key))
    reports = analyse.edition_reports(makers.history, missing)
    for as_of, key in keys.items():
        yield Batch(key, (_pack(next(reports), makers),) if as_of in missing else None)


def _pack(edition: EditionReport, makers: Makers) -> File:
    from generator import charts, draw, files, pages

    made = [chart for chart in charts.edition_charts(edition.report) if _is_shown(chart)]
    drawings = draw.draw_all(made, makers.shop, is_interactive=False)
    cards = tuple(pages.pack_cards(edition, paired(made, drawings)))
    pictures = draw.pack_pictures(drawings, cards, makers.settings.name, makers.palette, makers.shop)
    quotes = pages.quotes_by_chart(edition.report, Paths(edition.report.source_path, edition.label))
    return files.pack_file(edition.label, edition.report, made, pictures, quotes, makers.settings)


def _is_shown(chart: Chart) -> bool:
    return not chart.id.endswith(_LEFT_OUT)
