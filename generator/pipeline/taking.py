"""Responses -> archive: one that the endpoint answers, or those that others kept."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

from generator import archive, validate
from generator.errors import GeneratorError, SnapshotError, shown
from generator.models import Settings, Stored, Taken


def take_snapshot(
    api_url: str,
    key: str,
    data: Path,
    settings: Settings,
    *,
    now: Callable[[], datetime],
    clock: Callable[[], float],
    sleep: Callable[[float], None],
    allow_shrunk: bool = False,
) -> Taken:
    """Ask the endpoint once and keep what it answers.

    `clock` counts seconds; `now` is asked only where an answer has no Date.
    Raises FetchError, SnapshotError or ArchiveError; then the archive is as it was.
    """
    from generator import fetch  # here and not above: a build loads nothing that asks

    download = fetch.download(api_url, key, settings, validate.error_message, clock=clock, sleep=sleep)
    answered_at = download.answered_at or now()
    candidate = _candidate(download.body, answered_at.date())
    return Taken(_store([candidate], data, settings, allow_shrunk)[0], download.attempts, answered_at)


def import_responses(
    paths: Sequence[Path], data: Path, settings: Settings, *, today: date, allow_shrunk: bool = False
) -> tuple[Stored, ...]:
    """Keep responses that others kept, in date order; several for one day become revisions in the order of `paths`.

    A file may be a bare response (kept byte for byte) or an envelope around one (`validate.find_responses`).
    Raises GeneratorError with the problems of all files; then nothing was imported.
    """
    candidates: list[archive.Candidate] = []
    problems: list[str] = []
    for file in archive.read_kept(paths):
        try:
            candidates.extend(_candidate(body, today) for body in validate.find_responses(file.body))
        except SnapshotError as exc:
            problems.append(f"{shown(file.path, 200)}: {exc}")
    if problems:
        raise GeneratorError("\n".join(["nothing was imported:", *problems]))
    return _store(candidates, data, settings, allow_shrunk)


def _candidate(body: bytes, today: date) -> archive.Candidate:
    return archive.Candidate(body, validate.parse_snapshot(body), validate.content_digest(body), today)


def _store(
    candidates: Sequence[archive.Candidate], data: Path, settings: Settings, allow_shrunk: bool
) -> tuple[Stored, ...]:
    return archive.store_all(
        data,
        settings.window,
        candidates,
        parse=validate.parse_snapshot,
        digest=validate.content_digest,
        allow_shrunk=allow_shrunk,
    )
