"""The stages in order. Read this first.

`generator snapshot`: fetch -> validate -> archive. `generator import`: archive (files that others kept) -> validate ->
archive. `generator build`: archive (or sample) -> analyse -> charts -> draw -> pages + files -> site.
Each stage knows only the dataclasses that it is handed; this is the one place where they meet.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from hashlib import sha256
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from generator import archive, fetch, validate
from generator.addresses import Paths
from generator.errors import GeneratorError, SnapshotError, shown
from generator.models import (
    Batch,
    Card,
    Chart,
    Drawing,
    EditionComparison,
    EditionReport,
    File,
    FrozenDay,
    History,
    Log,
    Page,
    Report,
    Settings,
    Stored,
    Taken,
    Written,
)

if TYPE_CHECKING:
    from generator.draw import Workshop
    from generator.pages import Existing

Progress = Callable[[str, int, int], None]
CardFiles = Callable[[Iterable[Card]], Iterator[File]]

PROJECT = Path(__file__).resolve().parent.parent
TEMPLATES, STATIC, FONTS = PROJECT / "templates", PROJECT / "static", PROJECT / "static" / "fonts"


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made."""

    report: Report
    charts: int
    written: Written


def take_snapshot(
    api_url: str,
    key: str,
    data: Path,
    settings: Settings,
    *,
    now: Callable[[], datetime],
    clock: Callable[[], float],
    sleep: Callable[[float], None],
    allow_shrunk: bool = False,
) -> Taken:
    """Ask the endpoint once and keep what it answers.

    `clock` counts seconds; `now` is asked only where an answer has no Date.
    Raises FetchError, SnapshotError or ArchiveError; then the archive is as it was.
    """
    download = fetch.download(api_url, key, settings, validate.error_message, clock=clock, sleep=sleep)
    answered_at = download.answered_at or now()
    candidate = _candidate(download.body, answered_at.date())
    return Taken(_store([candidate], data, settings, allow_shrunk)[0], download.attempts, answered_at)


def import_responses(
    paths: Sequence[Path], data: Path, settings: Settings, *, today: date, allow_shrunk: bool = False
) -> tuple[Stored, ...]:
    """Keep responses that others kept, in date order; several for one day become revisions in the order of `paths`.

    A file may be a bare response (kept byte for byte) or an envelope around one (`validate.find_responses`).
    Raises GeneratorError with the problems of all files; then nothing was imported.
    """
    candidates: list[archive.Candidate] = []
    problems: list[str] = []
    for file in archive.read_kept(paths):
        try:
            candidates.extend(_candidate(body, today) for body in validate.find_responses(file.body))
        except SnapshotError as exc:
            problems.append(f"{shown(file.path, 200)}: {exc}")
    if problems:
        raise GeneratorError("\n".join(["nothing was imported:", *problems]))
    return _store(candidates, data, settings, allow_shrunk)


def build_site(
    data: Path,
    out: Path,
    settings: Settings,
    *,
    sample_days: int = 120,
    cache: Path | None = None,
    progress: Progress = lambda what, done, total: None,
) -> Built:
    """Make the site in `out` from the archive in `data`, or from the sample while that is empty.

    No clock, no network: the same archive and code give the same bytes. `progress` hears what is made (charts, their
    pictures, editions), how many are done and how many there are.
    Raises ArchiveError or SiteError; then the last site is as it was.
    """
    # Here and not above: a job that only takes a snapshot, and holds the key, loads nothing that draws.
    from generator import analyse, charts, draw, files, pages, site

    history, raw_files = _history(data, settings, sample_days)
    report, trends, log = analyse.analyse(history), analyse.trends_of(history), analyse.log_of(history)
    made = charts.all_charts(report, trends)
    prose, palette = (TEMPLATES / "method.md").read_text("utf-8"), (STATIC / "palette.css").read_text("utf-8")
    style = pages.embed_style((TEMPLATES / "embed.css").read_text("utf-8"), palette)
    with draw.workers(FONTS) as pool:
        shop = draw.Workshop(FONTS, cache, pool)
        drawings = draw.draw_all(made, shop, lambda done: progress("charts", done, len(made)))
        drawn = _paired(made, drawings)
        pictures = draw.picture_files(drawings, palette, shop, partial(progress, "pictures"))
        card_files = partial(draw.card_files, site=settings.name, palette=palette, shop=shop)
        with_pages = frozenset(day.day for day in log.calendar if day.has_page)
        makers = _Makers(history, with_pages, shop, palette, style, card_files)
        frozen = _frozen_pages(makers, pages.existing_in(report), _made_by(settings), cache, progress)
        front = pages.front_card(report, drawn, Paths(report.source_path))
        lasting = pages.lasting_card(settings, is_sample=report.is_sample)
        beside = chain(card_files([lasting]), pictures, _badges(report, palette), files.raw_files(raw_files))
        current = pages.current_pages(report, trends, log, drawn, prose, settings)
        written = site.write_site(
            chain(_with_cards(current, card_files), _embeds(history, report, log, drawn, style), frozen, beside),
            files.files_asked_for(report, drawn, palette, files.kept_days(history, log)),
            lambda paths: files.files_about(report, paths, len(made), settings, _tools()),
            pages.site_words(report, settings, (front, lasting)),
            TEMPLATES,
            STATIC,
            out,
            cache,
        )
    return Built(report, len(made), written)


def _embeds(
    history: History, report: Report, log: Log, drawn: Mapping[str, tuple[Chart, Drawing]], style: str
) -> Iterator[Page | File]:
    """The live embeds, what can be taken from each chart, and what embeds of editions ask for."""
    from generator import analyse, files, pages

    yield from pages.embed_pages(drawn, style, report.as_of)
    yield from pages.use_pages(report, log, drawn)
    leads = analyse.chart_leads(history)
    yield from pages.ended_pages(analyse.ended_charts(history), leads, style, frozenset(drawn))
    yield from files.lead_files(leads, report.as_of)


@dataclass(frozen=True, slots=True)
class _Makers:
    """What the frozen pages are made from."""

    history: History
    with_pages: frozenset[date]  # the days that have one
    shop: "Workshop"
    palette: str
    style: str  # of embeds
    card_files: CardFiles


def _frozen_pages(
    makers: _Makers, today: "Existing", made_by: str, cache: Path | None, progress: Progress
) -> Iterator[Batch]:
    """The editions and the days, one after the other: years of them are never held at once, nor told twice."""
    from generator import analyse, pages, site

    def key_of(kind: str, day: FrozenDay) -> str:
        return _digest(kind, day.digest, made_by, sorted(today.tasks) if kind == "edition" else "")

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
    edition: EditionReport, comparisons: Sequence[EditionComparison], makers: _Makers, today: "Existing"
) -> Iterator[Page | File]:
    from generator import charts, draw, pages

    made = charts.edition_charts(edition.report)
    drawings = draw.draw_all(made, makers.shop, is_interactive=False)
    yield from _with_cards(
        pages.edition_pages(edition, _paired(made, drawings), today, makers.style), makers.card_files
    )
    yield from draw.picture_files(drawings, makers.palette, makers.shop, edition=edition.label)
    yield from _badges(edition.report, makers.palette, edition.label)
    yield from map(pages.comparison_page, comparisons)


def _with_cards(pages: Iterable[Page], card_files: CardFiles) -> Iterator[Page | File]:
    """The pages, then the cards that they have of their own; several may have the same."""
    cards: dict[str, Card] = {}
    for page in pages:
        if isinstance(page.card, Card):
            cards[page.card.path] = page.card
        yield page
    yield from card_files(cards.values())


def _badges(report: Report, palette: str, edition: str = "") -> Iterator[File]:
    """Who stands first, as pictures; those that follow the newest snapshot also as shields.io reads them."""
    from generator import draw, files

    for badge in files.badges(report, edition):
        yield draw.badge_file(badge, palette, FONTS)
        if not edition:
            yield files.shields_file(badge, palette)


def _paired(charts: Sequence[Chart], drawings: Mapping[str, Drawing]) -> dict[str, tuple[Chart, Drawing]]:
    return {chart.id: (chart, drawings[chart.id]) for chart in charts}


def _history(data: Path, settings: Settings, sample_days: int) -> tuple[History, Iterable[tuple[str, bytes]]]:
    """The archive, or the sample while that is empty; and its files, by path, to be read when they are wanted."""
    parse, digest = validate.parse_snapshot, validate.content_digest
    kept = archive.read_history(data, settings.window, parse=parse, digest=digest)
    if kept is not None:
        return kept, archive.read_files(data, kept)
    from generator import sample

    made_up = partial(sample.sample_files, sample_days, window=settings.window)
    sample_archive = (archive.ArchiveFile(path, body) for path, body in made_up())
    return archive.assemble(settings.window, sample_archive, parse=parse, digest=digest), made_up()


def _tools() -> dict[str, str]:
    """What else determines the bytes of a site, beside code and data."""
    return {name: version(name) for name in ("altair", "jinja2", "markdown", "vl-convert-python")}


def _made_by(settings: Settings) -> str:
    """A digest of all that determines a frozen page beside the archive: code, templates, styles, fonts, settings."""
    from generator import site

    folders = (PROJECT / "generator", "**/*.py"), (TEMPLATES, "*"), (FONTS, "*.ttf")
    sources = [path.read_bytes() for folder, pattern in folders for path in sorted(folder.glob(pattern))]
    return _digest(site.version_of(STATIC), _tools(), settings, *(sha256(source).hexdigest() for source in sources))


def _digest(*parts: object) -> str:
    return sha256(repr(parts).encode()).hexdigest()


def _candidate(body: bytes, today: date) -> archive.Candidate:
    return archive.Candidate(body, validate.parse_snapshot(body), validate.content_digest(body), today)


def _store(
    candidates: Sequence[archive.Candidate], data: Path, settings: Settings, allow_shrunk: bool
) -> tuple[Stored, ...]:
    return archive.store_all(
        data,
        settings.window,
        candidates,
        parse=validate.parse_snapshot,
        digest=validate.content_digest,
        allow_shrunk=allow_shrunk,
    )
