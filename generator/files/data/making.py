"""All data files, one after the other; those that describe the others last."""

from collections.abc import Iterator, Mapping
from datetime import date

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
from generator.files.data.rows import history_frame, thinned
from generator.files.data.schemas import answer_schema_of, own_schemas
from generator.files.data.series import names_in, series_files
from generator.files.data.tables import csv_of, parquet_of, workbook_of
from generator.models import DataFile, DataLabels, History, Log, Report, Settings


def made(
    history: History, report: Report, log: Log, settings: Settings, answer_schema: Mapping[str, object], changelog: str
) -> tuple[DataFile, ...]:
    """Every file, the index last."""
    labels = _labels(history, report, settings)
    editions = {edition.as_of: edition.label for edition in log.editions if edition.is_finished}
    found = [
        *_tables(history, editions, labels),
        *_told(report, log, labels),
        *_about(labels, answer_schema, changelog),
    ]
    entries = [file.entry for file in found]
    package, learning = json_bytes(data_package(entries, labels)), json_bytes(croissant(entries, labels))
    found.append(data_file("datapackage.json", "Data Package: every CSV with its columns", JSON, package, labels.as_of))
    found.append(data_file("croissant.json", "Croissant: the same for machine learning", JSON, learning, labels.as_of))
    listing = listed_bytes(index(history, [file.entry for file in found], labels))
    return (*found, data_file("index.json", "All files with size and checksum", JSON, listing, labels.as_of))


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
    shown = thinned(whole, days, editions)
    newest = thinned(whole, days, (), NEWEST_DAYS_OF_ONE)
    kept = days_frame(history, editions)
    rule = f"every day of the newest {NEWEST_DAYS}, before them the editions"
    few = f"the newest {NEWEST_DAYS_OF_ONE} days"
    for path, what, table, frame, media_type, body in (
        ("history.parquet", "All shares, every day", HISTORY, whole, PARQUET, parquet_of(whole, HISTORY, labels)),
        ("history.csv", f"All shares, {rule}", HISTORY, shown, CSV, csv_of(shown, HISTORY)),
        ("history.xlsx", f"All shares, {few}", HISTORY, newest, WORKBOOK, workbook_of(newest, HISTORY, labels)),
        ("days.csv", DAYS.title, DAYS, kept, CSV, csv_of(kept, DAYS)),
        ("days.xlsx", DAYS.title, DAYS, kept, WORKBOOK, workbook_of(kept, DAYS, labels)),
    ):
        yield data_file(path, what, media_type, body, labels.as_of, table=table, rows=frame.height)
    yield from series_files(whole, names_in(history), editions, labels)


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
