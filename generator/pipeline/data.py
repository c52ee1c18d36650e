"""The data files and the page that lists them: made once for an archive, then taken from the cache."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from generator import kept, validate
from generator.models import Batch, DataEntry, File, History, Log, Page, Report, Settings
from generator.pipeline.places import TEMPLATES


def data_things(
    history: History,
    raw_files: Iterable[tuple[str, bytes]],
    report: Report,
    log: Log,
    settings: Settings,
    made_by: str,
    cache: Path | None,
) -> Iterator[Batch | File]:
    """The snapshots, then all that is made from them, which their bytes and `made_by` determine.

    `made_by`: a digest of code, templates, libraries and settings.
    """
    from generator import files, site

    yield from files.raw_files(raw_files)
    snapshots = [(stored.path, stored.sha256) for day in history.days for stored in day.revisions]
    key = kept.digest_of("data", snapshots, made_by)
    yield Batch(key, None if site.is_kept(cache, key) else _things(history, report, log, settings))


def _things(history: History, report: Report, log: Log, settings: Settings) -> Iterator[Page | File]:
    from generator import files, pages

    changelog = (TEMPLATES / "CHANGELOG.md").read_text("utf-8")
    entries: list[DataEntry] = []
    for file in files.data_files(history, report, log, settings, validate.answer_schema(), changelog):
        entries.append(file.entry)
        yield File(f"data/v1/{file.entry.path}", file.body)
    newest = files.NEWEST_DAYS, files.NEWEST_DAYS_OF_ONE
    yield from pages.with_twin(pages.data_page(report, entries, files.TABLES, newest))
