"""Snapshots <-> files. The one owner of the archive on disk.

`<folder>/<window>/<as_of>.json` is an answer byte for byte, named by its own `as_of`. A day whose figures the source
changed gets `<as_of>.r2.json` and so on beside it. Nothing is ever overwritten, moved or deleted here.
Refuses what would make the archive less true than it was; a refusal leaves it as it is.
"""

from .accepted import Accepted
from .files import ArchiveFile
from .history import assemble, read_files, read_history
from .kept import read_kept
from .newest import digest_of, newest, read_recent
from .store import Candidate, store, store_all
from .taking import missing_from, take

__all__ = [
    "Accepted",
    "ArchiveFile",
    "Candidate",
    "assemble",
    "digest_of",
    "missing_from",
    "newest",
    "read_files",
    "read_history",
    "read_kept",
    "read_recent",
    "store",
    "store_all",
    "take",
]
