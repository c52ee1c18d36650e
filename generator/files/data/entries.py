"""What all data files have in common: how one is described, and how JSON is written."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date

from generator import formats
from generator.models import DataEntry, DataFile, DataLabels, DataTable

CSV, JSON, PARQUET, MARKDOWN, TEXT = (
    "text/csv",
    "application/json",
    "application/vnd.apache.parquet",
    "text/markdown",
    "text/plain",
)
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"


def data_file(
    path: str,
    what: str,
    media_type: str,
    body: bytes,
    updated: date,
    *,
    table: DataTable | None = None,
    rows: int | None = None,
) -> DataFile:
    """A file below `data/v1/` with its checksum."""
    digest, name = hashlib.sha256(body).hexdigest(), table.name if table else ""
    return DataFile(DataEntry(path, what, media_type, rows, len(body), digest, updated, name), body)


def words_of(labels: DataLabels) -> dict[str, object]:
    """What every JSON file says of itself: whose data these are, and whether they are made up."""
    return {"sample": labels.is_sample, "source": labels.source, "licence": labels.licence or None}


def source_of(as_of: date, labels: DataLabels) -> str:
    """The source line of data that are republished."""
    return formats.source_line(as_of, is_sample=labels.is_sample, licence=True)


def json_bytes(content: Mapping[str, object]) -> bytes:
    """Compact, with dates as ISO has them. The keys keep their order."""
    return f"{_compact(content)}\n".encode()


def listed_bytes(content: Mapping[str, object]) -> bytes:
    """The same with a line for each entry of a list, for people who look into it."""
    parts = []
    for name, value in content.items():
        if isinstance(value, list) and value:
            lines = ",\n".join(_compact(item) for item in value)
            parts.append(f"{_compact(name)}:[\n{lines}\n]")
        else:
            parts.append(f"{_compact(name)}:{_compact(value)}")
    return ("{" + ",\n".join(parts) + "}\n").encode()


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_iso, allow_nan=False)


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")
