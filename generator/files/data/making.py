"""All data files, one after the other; those that describe the others last."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain

from generator import formats
from generator.addresses import PREVIEW_ADDRESS
from generator.files.data.columns import DAYS, HISTORY, NEWEST_DAYS, NEWEST_DAYS_OF_ONE
from generator.files.data.days import days_frame
from generator.files.data.descriptors import croissant, data_package, describe
from generator.files.data.entries import (
    CSV,
    JSON,
    LICENCE_ADDRESS,
    MARKDOWN,
    PARQUET,
    TEXT,
    WORKBOOK,
    data_file,
    json_bytes,
    listed_bytes,
)
from generator.files.data.events import changes, gaps
from generator.files.data.index import index
from generator.files.data.latest import latest
from generator.files.data.rows import history_frame, row_count, rows_told_by_day, thinned, told_editions
from generator.files.data.schemas import answer_schema_of, own_schemas
from generator.files.data.series import names_in, series_files
from generator.files.data.tables import csv_of, parquet_of, workbook_of
from generator.files.raw import packed_files
from generator.models import DataEntry, DataFile, DataLabels, History, Log, Report, Settings


def made(
    history: History, report: Report, log: Log, settings: Settings, answer_schema: Mapping[str, object], changelog: str
) -> Iterator[DataFile]:
    """Every file, the index last. Only what the others say of them is held."""
    labels = _labels(history, report, settings)
    editions = {edition.as_of: edition.label for edition in log.editions if edition.is_finished}
    entries: list[DataEntry] = []
    for file in chain(
        _tables(history, editions, labels), _told(report, log, labels), _about(labels, answer_schema, changelog)
    ):
        entries.append(file.entry)
        yield file
    described = tuple(_described(entries, labels))
    yield from described
    every = [*entries, *(file.entry for file in described)]
    listing = listed_bytes(index(history, packed_files(history, log), every, labels))
    yield data_file("index.json", "All files with size and checksum", JSON, listing, labels.as_of)


def _labels(history: History, report: Report, settings: Settings) -> DataLabels:
    return DataLabels(
        site=settings.name,
        address=settings.address or PREVIEW_ADDRESS,
        is_sample=report.is_sample,
        source=formats.source_line(report.as_of, is_sample=report.is_sample, licence=True),
        licence="" if report.is_sample else "CC BY 4.0",
        window=history.window,
        first_day=report.first_day,
        as_of=report.as_of,
    )


def _tables(history: History, editions: Mapping[date, str], labels: DataLabels) -> Iterator[DataFile]:
    """History and days, then each task and each model."""
    whole, days = history_frame(history), [day.as_of for day in history.days]
    body, every = parquet_of(whole, HISTORY, labels), "All shares, every day"
    yield data_file("history.parquet", every, PARQUET, body, labels.as_of, table=HISTORY, rows=row_count(history))
    some, kept = told_editions(editions), days_frame(history, editions)
    told = rows_told_by_day(whole, history, some)
    shown, newest = thinned(told, days, some), thinned(told, days, (), NEWEST_DAYS_OF_ONE)
    rule = f"every day of the newest {NEWEST_DAYS}, before them the editions, of those older than two years one a month"
    for path, what, table, frame in (
        ("history.csv", f"All shares, {rule}", HISTORY, shown),
        ("history.xlsx", f"All shares, the newest {NEWEST_DAYS_OF_ONE} days", HISTORY, newest),
        ("days.csv", DAYS.title, DAYS, kept),
        ("days.xlsx", DAYS.title, DAYS, kept),
    ):
        is_csv = path.endswith(".csv")
        body = csv_of(frame, table) if is_csv else workbook_of(frame, table, labels)
        media_type = CSV if is_csv else WORKBOOK
        yield data_file(path, what, media_type, body, labels.as_of, table=table, rows=frame.height)
    yield from series_files(told, names_in(history), some, labels)


def _told(report: Report, log: Log, labels: DataLabels) -> Iterator[DataFile]:
    """The newest day, what happened, and what is to be known about the days."""
    for path, what, content in (
        ("latest.json", "The newest snapshot with places and changes", latest(report, labels)),
        ("changes.json", "What happened, edition by edition", changes(log, labels)),
        ("gaps.json", "Missing, restated and repeated days, new definitions", gaps(log, labels)),
    ):
        yield data_file(path, what, JSON, listed_bytes(content), labels.as_of)


def _about(labels: DataLabels, answer_schema: Mapping[str, object], changelog: str) -> Iterator[DataFile]:
    """What describes the files and stays the same from day to day, but for the source line."""
    answer = json_bytes(answer_schema_of(answer_schema, labels))
    yield data_file("schema.json", "JSON Schema of the snapshots", JSON, answer, labels.as_of)
    for path, schema in own_schemas(labels).items():
        yield data_file(path, f"JSON Schema of {schema['title']}", JSON, json_bytes(schema), labels.as_of)
    licence = f"Licence: {labels.licence}, {LICENCE_ADDRESS}" if labels.licence else "Nobody licenses made-up figures."
    text = "\n".join([labels.source, licence, f"What the files hold: {labels.address}data/", "", describe(labels), ""])
    yield data_file("SOURCE.txt", "Source and licence of all files here", TEXT, text.encode(), labels.as_of)
    yield data_file(
        "CHANGELOG.md", "What changed in the form of these files", MARKDOWN, changelog.encode(), labels.as_of
    )


def _described(entries: Sequence[DataEntry], labels: DataLabels) -> Iterator[DataFile]:
    """The tables described for programs."""
    for path, what, content in (
        ("datapackage.json", "Data Package: every CSV with its columns", data_package(entries, labels)),
        ("croissant.json", "Croissant: the same for machine learning", croissant(entries, labels)),
    ):
        yield data_file(path, what, JSON, json_bytes(content), labels.as_of)
