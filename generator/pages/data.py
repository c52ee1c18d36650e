"""The page of the data files: what there is, what each column says, how to load it, what is promised."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator import formats
from generator.addresses import model_path, task_path
from generator.models import DataColumn, DataEntry, DataTable, Link, Page, Report
from generator.pages.datasets import archive_dataset

_FOLDER = "data/v1/"
_ORDER = (
    *("history.parquet", "history.csv", "history.xlsx", "latest.json"),
    *("days.csv", "days.xlsx", "changes.json", "gaps.json"),
)
_ABOUT = ("index.json", "datapackage.json", "croissant.json", "schema.json", "CHANGELOG.md", "SOURCE.txt")


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file in the table of files."""

    link: Link
    what: str
    rows: str  # "38,378"; "" where it is no table
    size: str


@dataclass(frozen=True, slots=True)
class FileGroup:
    """The files of tasks of a macro-category, or of models: each with its three forms."""

    label: str
    things: tuple[tuple[str, tuple[Link, ...]], ...]


@dataclass(frozen=True, slots=True)
class TableWords:
    """A table in the dictionary."""

    id: str
    title: str
    where: str
    key: str
    columns: tuple[DataColumn, ...]


@dataclass(frozen=True, slots=True)
class DataContent:
    """What data.html prints."""

    lede: str
    counts: str
    newest_days: int
    newest_days_of_one: int
    files: tuple[FileRow, ...]
    about: tuple[FileRow, ...]
    schemas: tuple[Link, ...]
    groups: tuple[FileGroup, ...]
    tables: tuple[TableWords, ...]
    example_task: str  # "code/debugging"
    example_tag: str
    window: str  # "7d"
    newest_snapshot: Link
    licence: str


def data_page(
    report: Report, entries: Sequence[DataEntry], tables: Sequence[DataTable], newest: tuple[int, int]
) -> Page:
    """`newest`: of how many days every one stands in history.csv, and in the files of one task or model."""
    files = {entry.path: entry for entry in entries}
    example = report.tasks[0]
    days, days_of_one = newest
    content = DataContent(
        lede=_lede(report),
        counts=_counts(report, files),
        newest_days=days,
        newest_days_of_one=days_of_one,
        files=_rows(files, _ORDER),
        about=_rows(files, _ABOUT),
        schemas=tuple(_link(path) for path in sorted(files) if path.startswith("schemas/")),
        groups=_groups(report),
        tables=tuple(_table(table) for table in tables),
        example_task=task_path(example.category, example.tag).rstrip("/"),
        example_tag=example.tag,
        window=report.source_path.partition("/")[0],
        newest_snapshot=_link(report.source_path),
        licence="" if report.is_sample else "CC BY 4.0",
    )
    title, description = "Data files", f"{content.lede} With a dictionary, checksums, loaders and what is promised."
    told = archive_dataset(report, content.counts)
    return Page("data/", "data.html", title, description[:200], (Link("Home", ""),), content, dataset=told)


def _lede(report: Report) -> str:
    return (
        f"Every figure of this site as files: {formats.plural(report.days_kept, 'day')} since "
        f"{formats.long_date(report.first_day)}, as CSV, Parquet, JSON and Excel workbooks."
    )


def _counts(report: Report, files: Mapping[str, DataEntry]) -> str:
    size = sum(entry.size_bytes for entry in files.values())
    return f"{formats.plural(len(files), 'file')}, {_size(size)}, and every snapshot as the source sent it"


def _rows(files: Mapping[str, DataEntry], paths: Sequence[str]) -> tuple[FileRow, ...]:
    return tuple(_row(files[path]) for path in paths)


def _row(entry: DataEntry) -> FileRow:
    return FileRow(
        _link(entry.path), entry.what, "" if entry.rows is None else f"{entry.rows:,}", _size(entry.size_bytes)
    )


def _size(size_bytes: int) -> str:
    if size_bytes < 1e3:
        return formats.plural(size_bytes, "byte")
    return f"{size_bytes / 1e6:.1f}{formats.NBSP}MB" if size_bytes >= 1e6 else f"{size_bytes / 1e3:.0f}{formats.NBSP}KB"


def _link(path: str) -> Link:
    return Link(path, f"{_FOLDER}{path}")


def _groups(report: Report) -> tuple[FileGroup, ...]:
    """What the newest snapshot lists; the files of what is no longer listed stand in index.json."""
    tasks = [
        FileGroup(
            f"Tasks of {category.label}",
            tuple((task.label, _three(task_path(task.category, task.tag))) for task in category.tasks),
        )
        for category in report.categories
    ]
    models = tuple((model.name, _three(model_path(model.id))) for model in report.models)
    return (*tasks, FileGroup("Models", models))


def _three(page: str) -> tuple[Link, ...]:
    return tuple(Link(ending.upper(), f"{_FOLDER}{page.rstrip('/')}.{ending}") for ending in ("csv", "json", "xlsx"))


_WHERE = {
    "history": "history.parquet, history.csv, history.xlsx",
    "days": "days.csv, days.xlsx",
    "task": "tasks/CATEGORY/TASK.csv and .xlsx",
    "model": "models/AUTHOR/MODEL.csv and .xlsx",
}


def _table(table: DataTable) -> TableWords:
    return TableWords(table.name, table.title, _WHERE[table.name], ", ".join(table.key), table.columns)
