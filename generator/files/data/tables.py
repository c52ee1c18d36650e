"""A frame -> the bytes of its files: CSV for programs, Parquet, and a workbook for spreadsheets.

A spreadsheet reads a CSV by the habits of its user's country (0.089 is not 0.089 where a comma parts decimals) and may
run a cell as a formula. In a workbook numbers are numbers, dates are dates and texts are texts, everywhere.
"""

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime

import polars as pl
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from generator.files.words import harmless
from generator.models import DataColumn, DataLabels, DataTable

_ROW_GROUP = 100_000  # rows that a reader of Parquet takes or leaves together: about a year
_ROWS_AT_ONCE = 20_000  # that are texts at one time
_FIRST_DAY = date(1899, 12, 30).toordinal()  # of a workbook's calendar, day 0
_FORMATS = {"date": "yyyy-mm-dd", "share": "0.000"}
_WIDTHS = {"date": 11, "share": 14, "text": 24}


def csv_of(frame: pl.DataFrame, table: DataTable) -> bytes:
    """UTF-8, LF, a header; an empty cell is not known or does not apply. No cell would be run as a formula."""
    file = io.BytesIO()
    for place, rows in enumerate(frame.iter_slices(_ROWS_AT_ONCE)):
        cells = rows.select(_cells(rows[column.name], column) for column in table.columns)
        cells.write_csv(file, include_header=place == 0)
    return file.getvalue()


def parquet_of(frame: pl.LazyFrame, table: DataTable, labels: DataLabels) -> bytes:
    """Packed with zstd; the source line and the licence stand in its metadata. The rows are never held all at once."""
    file = io.BytesIO()
    text = [column.name for column in table.columns if column.kind == "text"]
    frame.select(column.name for column in table.columns).cast(dict.fromkeys(text, pl.String)).sink_parquet(
        file,
        compression="zstd",
        compression_level=9,
        row_group_size=_ROW_GROUP,
        metadata={"title": table.title, "source": labels.source, "licence": labels.licence},
    )
    return file.getvalue()


def workbook_of(frame: pl.DataFrame, table: DataTable, labels: DataLabels) -> bytes:
    """One sheet with the table, one that says what it is."""
    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True})
    made_on = datetime.combine(labels.as_of, datetime.min.time())  # the same bytes whenever it is made
    book.set_properties({"title": table.title, "comments": labels.source, "created": made_on})
    formats = {kind: book.add_format({"num_format": pattern}) for kind, pattern in _FORMATS.items()}
    bold = book.add_format({"bold": True})
    _write_table(book.add_worksheet("data"), frame, table, formats, bold)
    _write_about(book.add_worksheet("about"), table, labels, bold)
    book.close()
    return file.getvalue()


def _cells(values: pl.Series, column: DataColumn) -> pl.Series:
    if column.kind == "share":
        return _replaced(values, {share: share_text(share) for share in values.unique() if share is not None})
    if column.kind == "text":
        texts = values.cast(pl.String)
        changed = {text: harmless(text) for text in texts.unique() if text is not None}
        return _replaced(texts, changed) if any(old != new for old, new in changed.items()) else texts
    return values


def _replaced(values: pl.Series, texts: dict[float, str] | dict[str, str]) -> pl.Series:
    if not texts:
        return values.cast(pl.String)
    return values.replace_strict(list(texts), list(texts.values()), return_dtype=pl.String)


def share_text(share: float) -> str:
    """With three decimals, as published; with more where the source sent more. It reads back as the same number."""
    text = f"{share:.3f}"
    return text if float(text) == share else repr(share)


def _write_table(
    sheet: Worksheet, frame: pl.DataFrame, table: DataTable, formats: dict[str, Format], bold: Format
) -> None:
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, _WIDTHS.get(column.kind, 13), formats.get(column.kind))
        sheet.write_string(0, place, column.name, bold)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, frame.height, len(table.columns) - 1)
    kinds = [column.kind for column in table.columns]
    for number, row in enumerate(frame.select(column.name for column in table.columns).iter_rows(), 1):
        for place, (kind, value) in enumerate(zip(kinds, row, strict=True)):
            if value is None:
                continue
            if kind == "text":
                sheet.write_string(number, place, value)
            elif kind == "date":
                sheet.write_number(number, place, value.toordinal() - _FIRST_DAY, formats[kind])
            elif kind == "yes or no":
                sheet.write_boolean(number, place, value)
            else:
                sheet.write_number(number, place, value, formats.get(kind))


def _write_about(sheet: Worksheet, table: DataTable, labels: DataLabels, bold: Format) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    sheet.set_column(2, 2, 60)
    for number, row in enumerate(_about(table, labels)):
        for place, text in enumerate(row):
            sheet.write_string(number, place, text, None if place else bold)


def _about(table: DataTable, labels: DataLabels) -> Iterator[Sequence[str]]:
    yield "what", table.title
    yield "source", labels.source
    if labels.licence:
        yield "licence", labels.licence
    yield "from", f"{labels.address}data/"
    yield ()
    for column in table.columns:
        yield column.name, f"{column.text} ({column.unit})" if column.unit else column.text, column.denominator
