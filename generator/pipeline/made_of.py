"""What a site is made of, as one digest: known without a build, and the same only for sites of the same bytes."""

from collections.abc import Iterable
from hashlib import sha256

from generator.models import Settings
from generator.pipeline.frozen import made_by


def site_digest(archive_files: Iterable[tuple[str, str]], settings: Settings) -> str:
    """Of code, templates, styles, fonts, libraries and settings, and of every file of the archive.

    `archive_files`: path and SHA-256 of each; none while the archive is empty and the site shows the sample. `settings`
    with the address that the site is built for.
    """
    return sha256(repr((made_by(settings), sorted(archive_files))).encode()).hexdigest()
