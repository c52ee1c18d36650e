"""The data files and the page that lists them: made once for an archive, then taken from the cache."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from generator import kept, validate
from generator.models import Batch, DataEntry, DataFile, File, History, Log, Page, Report, Settings
from generator.pipeline.apart import made_apart
from generator.pipeline.places import TEMPLATES

_WORTH_A_PROCESS = 1_000  # kept days: to read them again takes less than a second, to tabulate them 150 MB


def data_things(
    history: History,
    raw_files: Iterable[tuple[str, bytes]],
    report: Report,
    log: Log,
    settings: Settings,
    made_by: str,
    cache: Path | None,
    again: Callable[[], History],
) -> Iterator[Batch | File]:
    """The snapshots, then all that is made from them, which their bytes and `made_by` determine.

    `made_by`: a digest of code, templates, libraries and settings. `again` reads `history` once more, elsewhere.
    """
    from generator import files, site

    yield from files.raw_files(raw_files, files.packed_files(history, log))
    snapshots = [(stored.path, stored.sha256) for day in history.days for stored in day.revisions]
    key = kept.digest_of("data", snapshots, made_by)
    if site.is_kept(cache, key):
        yield Batch(key, None)
    elif len(history.days) < _WORTH_A_PROCESS:
        yield Batch(key, _things(_files(history, report, log, settings), report))
    else:
        yield Batch(key, _things(made_apart(_files_of, again, settings), report))


def _things(made: Iterable[DataFile], report: Report) -> Iterator[Page | File]:
    from generator import files, pages

    entries: list[DataEntry] = []
    for file in made:
        entries.append(file.entry)
        yield File(f"data/v1/{file.entry.path}", file.body)
    newest = files.NEWEST_DAYS, files.NEWEST_DAYS_OF_ONE
    yield from pages.with_twin(pages.data_page(report, entries, files.TABLES, newest))


def _files_of(read: Callable[[], History], settings: Settings) -> Iterator[DataFile]:
    from generator import analyse

    history = read()
    return _files(history, analyse.analyse(history), analyse.log_of(history), settings)


def _files(history: History, report: Report, log: Log, settings: Settings) -> Iterator[DataFile]:
    from generator import files

    changelog = (TEMPLATES / "CHANGELOG.md").read_text("utf-8")
    return files.data_files(history, report, log, settings, validate.answer_schema(), changelog)
