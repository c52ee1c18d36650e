"""What a site is made of, as one digest: known without a build, and the same only for sites of the same bytes."""

from pathlib import Path

from generator import archive, kept
from generator.models import Settings
from generator.pipeline.frozen import made_by

SAMPLE_DAYS = 120  # of the sample that is shown without data


def site_digest(data: Path, settings: Settings, sample_days: int = SAMPLE_DAYS) -> str:
    """Of code, templates, styles, fonts, libraries and settings, and of every file of the archive in `data`.

    `settings` with the address that the site is built for. Raises ArchiveError for an archive that cannot be read.
    """
    return digest_with(made_by(settings), data, settings, sample_days)


def digest_with(code: str, data: Path, settings: Settings, sample_days: int) -> str:
    """The same where `made_by` is known: `code`."""
    return kept.digest_of(code, archive.digest_of(data, settings.window), sample_days)
