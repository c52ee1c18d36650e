"""Archive, or sample -> site: what follows the newest snapshot, and all that is frozen beside it."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from pathlib import Path

from generator import archive, kept, validate
from generator.addresses import Paths
from generator.models import Batch, Built, Chart, Drawing, File, History, Log, Page, Report, Settings, Written
from generator.pipeline.data import data_things
from generator.pipeline.frozen import Makers, frozen_pages, made_by
from generator.pipeline.made_of import SAMPLE_DAYS, digest_with
from generator.pipeline.packs import packs
from generator.pipeline.pieces import Progress, badge_files, paired, rules, tools, with_cards
from generator.pipeline.places import FONTS, STATIC, TEMPLATES


def build_site(
    data: Path,
    out: Path,
    settings: Settings,
    *,
    sample_days: int = SAMPLE_DAYS,
    cache: Path | None = None,
    progress: Progress = lambda what, done, total: None,
) -> Built:
    """Make the site in `out` from the archive in `data`, or from the sample while that is empty.

    Where an earlier build with the same archive, code and settings left `out` as it is, nothing is done.
    No clock, no network: the same archive and code give the same bytes. `progress` hears what is made (charts, their
    pictures, editions), how many are done and how many there are.
    Raises ArchiveError or SiteError; then the last site is as it was.
    """
    from generator.site import note_standing, standing

    code = made_by(settings)
    made_of = digest_with(code, data, settings, sample_days)
    if found := standing(cache, out, made_of):
        return found
    built = _build(data, out, settings, sample_days, code, made_of, cache, progress)
    note_standing(cache, out, made_of, built)
    kept.bound(cache)
    return built


def _build(
    data: Path,
    out: Path,
    settings: Settings,
    sample_days: int,
    code: str,
    made_of: str,
    cache: Path | None,
    progress: Progress,
) -> Built:
    # Here and not above: a job that only takes a snapshot, and holds the key, loads nothing that draws.
    from generator import analyse, charts, draw, files, pages, site

    history, raw_files = _history(data, settings, sample_days, cache)
    report, trends, log = analyse.analyse(history), analyse.trends_of(history), analyse.log_of(history)
    made = charts.all_charts(report, trends)
    prose, palette = (TEMPLATES / "method.md").read_text("utf-8"), (STATIC / "palette.css").read_text("utf-8")
    with draw.workers(FONTS) as pool:
        shop = draw.Workshop(FONTS, cache, pool)
        drawings = draw.draw_all(made, shop, lambda done: progress("charts", done, len(made)))
        drawn = paired(made, drawings)
        pictures = draw.picture_files(drawings, palette, shop, partial(progress, "pictures"))
        cards = partial(draw.card_files, site=settings.name, palette=palette, shop=shop)
        makers = Makers(history, log.days_with_pages, shop, palette, cards, settings)
        frozen = _frozen(makers, report, log, code, cache, progress)
        front = pages.front_card(report, drawn, Paths(report.source_path))
        lasting = pages.lasting_card(settings, is_sample=report.is_sample)
        again = partial(_history_alone, data, settings, sample_days, cache)
        data_files = data_things(history, raw_files, report, log, settings, code, cache, again)
        current = pages.current_pages(report, trends, log, drawn, prose, settings)
        following = _following(history, report, log, drawn, palette, settings)
        written = site.write_site(
            chain(with_cards(current, cards), following, frozen, cards([lasting]), pictures, data_files),
            files.files_asked_for(report, drawn, palette, (files.kept_days(history, log), files.ever_listed(history))),
            lambda paths: files.files_about(report, paths, len(made), settings, tools(), made_of),
            pages.site_words(report, settings, (front, lasting)),
            TEMPLATES,
            STATIC,
            out,
            cache,
        )
    return _built(report, len(made), written, made_of)


def _built(report: Report, charts: int, written: Written, made_of: str) -> Built:
    return Built(
        is_sample=report.is_sample,
        as_of=report.as_of,
        source_path=report.source_path,
        source_sha256=report.source_sha256,
        days_kept=report.days_kept,
        warnings=tuple(report.warnings),
        charts=charts,
        written=written,
        digest=made_of,
        is_new=True,
    )


def _frozen(
    makers: Makers,
    report: Report,
    log: Log,
    code: str,
    cache: Path | None,
    progress: Progress,
) -> Iterator[Batch]:
    """The editions, the days, and the newest editions for newsrooms."""
    from generator import pages

    yield from frozen_pages(makers, pages.existing_in(report), code, cache, progress)
    yield from packs(makers, pages.editions_with_pack(log, makers.settings.packs), code, cache)


def _following(
    history: History,
    report: Report,
    log: Log,
    drawn: Mapping[str, tuple[Chart, Drawing]],
    palette: str,
    settings: Settings,
) -> Iterator[Page | File]:
    """The live embeds, what can be taken from each chart, what embeds of editions ask for; badges; feeds."""
    from generator import analyse, files, pages

    ended = analyse.ended_charts(history)
    gone = tuple(thing for thing in ended if not thing.is_listed)
    ended_badges = files.ended_badges(gone, is_sample=report.is_sample)
    yield from badge_files(chain(files.badges(report), ended_badges), palette)
    feeds = pages.feeds_of(report, log, gone)
    yield from pages.with_twin(pages.feeds_page(report, feeds))
    yield from files.feed_files(feeds, settings)
    yield from pages.embed_pages(drawn, report.as_of)
    yield from pages.use_pages(report, log, drawn, settings)
    yield from pages.ended_pages(ended, frozenset(drawn))
    yield from files.lead_files(analyse.chart_leads(history), report.as_of)


def _history(
    data: Path, settings: Settings, sample_days: int, cache: Path | None
) -> tuple[History, Iterable[tuple[str, bytes]]]:
    """The archive, or the sample while that is empty; and its files, by path, to be read when they are wanted."""
    parse, digest = validate.parse_snapshot, validate.content_digest
    accepted = archive.Accepted(cache, rules())
    found = archive.read_history(data, settings.window, parse=parse, digest=digest, accepted=accepted)
    if found is not None:
        return found, archive.read_files(data, found)
    from generator import sample

    made_up = partial(sample.sample_files, sample_days, window=settings.window)
    files = (archive.ArchiveFile(path, body) for path, body in made_up())
    return archive.assemble(settings.window, files, parse=parse, digest=digest, accepted=accepted), made_up()


def _history_alone(data: Path, settings: Settings, sample_days: int, cache: Path | None) -> History:
    history, _ = _history(data, settings, sample_days, cache)
    return history
