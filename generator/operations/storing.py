"""Snapshots that were handed over -> one commit on the branch that holds the archive, or none."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from generator import analyse, archive, git, notes, pipeline, validate
from generator.errors import ArchiveError, GitError
from generator.models import DayReport, History, Kept, Note, Ran, Settings, Stored

from .making import outcome_line, warnings_of

TRIES = 5
_RECENT_DAYS = 16  # what the message of a commit is made from: the day, those 7 before it, and theirs
_REPEATS_OF_CONCERN = 2


def store(
    handed: Path,
    data: Path,
    settings: Settings,
    repository: git.Repository,
    *,
    today: date,
    sleep: Callable[[float], None],
    allow_shrunk: bool = False,
) -> Ran:
    """Validate again what was handed over, store it in a fresh copy of the branch, commit, push; at most five times.

    Each try begins from the branch's head of that moment, so that a snapshot which someone else stored in between is
    seen and not stored twice. `data` is the archive's folder within the repository. Nothing new: no commit.
    """
    for attempt in range(1, TRIES + 1):
        with git.fresh_head(repository) as branch:
            folder = branch / data
            stored = pipeline.import_responses([handed], folder, settings, today=today, allow_shrunk=allow_shrunk)
            newest = archive.newest(folder, settings.window)
            if newest is None:
                raise ArchiveError(f"{data}: the archive is empty after storing; this is an error of the program")
            message, repeats = _message(stored, folder, settings), _repeats(folder, settings)
            commit = git.commit(repository, branch, data, message)
            if not commit or git.push(repository, commit):
                return _said(Kept(stored, newest, commit, message if commit else "", attempt, repeats), data)
        sleep(2.0 * attempt)
    raise GitError(
        f"the branch {repository.branch} moved on {TRIES} times while a snapshot was to be pushed. "
        "Nothing was published; the next run tries again"
    )


def _message(stored: Sequence[Stored], folder: Path, settings: Settings) -> str:
    new = [one for one in stored if one.outcome != "unchanged"]
    if not new:
        return "unchanged"
    as_of = new[-1].snapshot.as_of
    history = _recent(folder, settings)
    days = [day.as_of for day in history.days if day.as_of <= as_of][-2:] if history else []
    reports = {report.as_of: report for report in analyse.day_reports(history, wanted=days)} if history else {}
    return notes.commit_message(new[-1], reports.get(as_of), _before(as_of, reports))


def _before(as_of: date, reports: dict[date, DayReport]) -> DayReport | None:
    return next((report for day, report in reports.items() if day < as_of), None)


def _recent(folder: Path, settings: Settings) -> History | None:
    """The newest days; None where one of them is damaged, which must not keep today's answer out of the archive."""
    parse, digest = validate.parse_snapshot, validate.content_digest
    try:
        return archive.read_recent(folder, settings.window, _RECENT_DAYS, parse=parse, digest=digest)
    except ArchiveError:
        return None


def _repeats(folder: Path, settings: Settings) -> int:
    """How many of the newest days in a row say what the day before them said."""
    history = _recent(folder, settings)
    count = 0
    for day in reversed(history.days if history else ()):
        if not day.is_repeat:
            break
        count += 1
    return count


def _said(kept: Kept, data: Path) -> Ran:
    newest, concern = kept.newest, _concern(kept)
    warnings = tuple(text for stored in kept.stored for text in warnings_of(stored))
    subject = kept.message.partition("\n")[0]
    note = Note(
        subject or f"Nothing new: {newest.as_of} is the newest day",
        (
            ("outcome", ", ".join(stored.outcome for stored in kept.stored)),
            ("as_of", newest.as_of.isoformat()),
            ("file", (data / newest.path).as_posix()),
            ("sha256", newest.sha256),
            ("days kept", str(newest.days)),
            ("commit", kept.commit or "none"),
            ("tries to push", str(kept.tries)),
            *(("warning", text) for text in warnings),
            ("to do", concern or "nothing"),
        ),
    )
    lines = tuple(outcome_line(stored, (data / stored.path).as_posix()) for stored in kept.stored)
    if kept.commit:
        lines = (*lines, f"pushed {kept.commit[:12]}: {subject}")
    outputs = {"commit": kept.commit, "as_of": newest.as_of.isoformat(), "concern": concern}
    return Ran(lines, note, outputs, warnings)


def _concern(kept: Kept) -> str:
    """What a person should hear of though nothing failed."""
    if kept.repeats < _REPEATS_OF_CONCERN:
        return ""
    return (
        f"The source has sent the same figures on {kept.repeats} more days in a row, up to {kept.newest.as_of}. "
        "The site says so and counts no movement. To do: look whether https://openrouter.ai/rankings moves"
    )
