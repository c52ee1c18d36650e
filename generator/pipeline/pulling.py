"""Another published copy of the site -> archive: its snapshots, checked and validated again, all or none."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from generator import archive, validate
from generator.errors import LiveError, SnapshotError, shown
from generator.models import PublishedIndex, Pulled, Settings

INDEX = "index.json"


def pull_archive(
    address: str,
    data: Path,
    settings: Settings,
    *,
    today: date,
    progress: Callable[[str, int, int], None] = lambda what, done, total: None,
) -> Pulled:
    """Take what the site at `address` has and the archive in `data` has not, under the same names, byte for byte.

    Raises LiveError, SnapshotError or ArchiveError; then the archive is as it was.
    """
    from generator import fetch  # here and not above: a build loads nothing that asks

    listing = _listing(address, settings.window)
    missing = archive.missing_from(data, listing.window, listing.snapshots)
    bodies = fetch.read_listed(address, missing, lambda done: progress("snapshots", done, len(missing)))
    files = [archive.ArchiveFile(one.path, body) for one, body in zip(missing, bodies, strict=True)]
    history = archive.take(
        data,
        listing.window,
        files,
        parse=validate.parse_snapshot,
        digest=validate.content_digest,
        today=today,
    )
    return Pulled(len(missing), len(listing.snapshots) - len(missing), len(history.days), history.days[-1].as_of)


def _listing(address: str, window: str) -> PublishedIndex:
    """What the site lists. Raises LiveError where that is not an archive that can be taken."""
    from generator import fetch

    body = fetch.read_published(address, INDEX, validate.MAX_INDEX_BYTES)
    try:
        listing = validate.parse_index(body)
    except SnapshotError as exc:
        raise LiveError(
            f"{shown(address, 200)}: data/v1/{INDEX} cannot be used; expected that of a published copy of this "
            f"site. Nothing was stored; look whether the address is that of its front page.\n{exc}"
        ) from exc
    if listing.is_sample:
        raise LiveError(
            f"{shown(address, 200)} shows the sample, fictional models: found no real snapshot. Nothing was stored"
        )
    if listing.window != window:
        raise LiveError(
            f"{shown(address, 200)}: found snapshots of the window {listing.window}, expected {window}. Nothing was "
            f"stored; to take them: --window {listing.window}"
        )
    return listing
