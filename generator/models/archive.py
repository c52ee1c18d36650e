"""archive -> analyse: the files that are kept, and what became of a new one."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.models.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class StoredSnapshot:
    """A file of the archive."""

    path: str  # below the data folder, with forward slashes: "7d/2026-08-31.r2.json"
    as_of: date
    revision: int  # 1, then 2, 3 ... for each restatement
    sha256: str  # of the bytes
    content_sha256: str  # of what they mean: the same for reordered keys or other white space, `as_of` left out
    size_bytes: int
    snapshot: Snapshot  # what it says


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the archive and all that the source said about it."""

    as_of: date
    revisions: tuple[StoredSnapshot, ...]  # oldest first; the last one is the one shown
    is_repeat: bool  # the source sent the content of the stored day before it again under this date

    @property
    def shown(self) -> StoredSnapshot:
        """The last revision: the one that the site shows."""
        return self.revisions[-1]


@dataclass(frozen=True, slots=True)
class History:
    """The archive of one window, validated. A missing day is absent from `days`."""

    window: str  # "7d"
    days: tuple[Day, ...]  # by date, ascending; never empty

    @property
    def latest(self) -> Snapshot:
        """The newest day's last revision."""
        return self.days[-1].shown.snapshot


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of another archive, as its published index has it."""

    path: str  # below the data folder: "7d/2026-08-31.r2.json"
    size_bytes: int
    sha256: str
    is_packed: bool = False  # published inside of gzip, with ".gz" at the end of its path


@dataclass(frozen=True, slots=True)
class PublishedIndex:
    """The archive of another published copy of the site."""

    window: str
    is_sample: bool
    snapshots: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Pulled:
    """What became of it."""

    new: int  # files that were stored
    known: int  # files that were there already
    days: int  # of the archive now
    as_of: date  # its newest day


Outcome = Literal["stored", "unchanged", "restated", "repeated", "late"]


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a snapshot that was handed to the archive.

    stored: a new newest day. unchanged: that day is there with this content; nothing written.
    restated: that day is there with other content; written beside it as a revision.
    repeated: a new day with the content of the day before; written. late: an older day that was missing; written.
    """

    outcome: Outcome
    path: str  # of the file that holds the content, below the data folder
    snapshot: Snapshot
    warnings: tuple[str, ...]
