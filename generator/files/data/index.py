"""The list of all data files, and of the snapshots that another copy of the site can take (`generator pull`)."""

from collections.abc import Container, Iterable

from generator.addresses import PACKED
from generator.files.data.columns import SCHEMA_VERSION
from generator.files.data.entries import words_of
from generator.models import DataEntry, DataLabels, History, StoredSnapshot


def index(
    history: History, packed: Container[str], entries: Iterable[DataEntry], labels: DataLabels
) -> dict[str, object]:
    """What there is, with size and checksum. `updated` is the newest day in a file, never the clock.

    `packed`: the snapshots that are published inside of gzip; size and checksum are those of what is inside.
    """
    stored = [stored for day in history.days for stored in day.revisions]
    return {
        "schema_version": SCHEMA_VERSION,
        **words_of(labels),
        "site": labels.site,
        "address": labels.address,
        "window": history.window,
        "first_day": labels.first_day,
        "as_of": labels.as_of,
        "files": [_file(entry) for entry in entries],
        "snapshots": [_snapshot(one, packed) for one in stored],
    }


def _file(entry: DataEntry) -> dict[str, object]:
    return {
        "path": entry.path,
        "what": entry.what,
        "media_type": entry.media_type,
        "rows": entry.rows,
        "bytes": entry.size_bytes,
        "sha256": entry.sha256,
        "updated": entry.updated,
    }


def _snapshot(stored: StoredSnapshot, packed: Container[str]) -> dict[str, object]:
    return {
        "path": stored.path,
        "as_of": stored.as_of,
        "revision": stored.revision,
        "bytes": stored.size_bytes,
        "sha256": stored.sha256,
        "file": stored.path + (PACKED if stored.path in packed else ""),
    }
