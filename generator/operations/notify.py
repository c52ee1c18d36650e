"""How a workflow ended -> the one tracker issue: opened, added to, closed."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator import archive, github, notes
from generator.errors import GitHubError
from generator.models import Issue, Note, Ran


@dataclass(frozen=True, slots=True)
class Run:
    """The run that is told about."""

    workflow: str  # "collect"
    address: str  # of its page
    is_last_try: bool  # of the day: what may pass by itself is then told too


def notify(needs: str, run: Run, data: Path, window: str, hub: github.GitHub, *, today: date) -> Ran:
    """Bring the tracker issue to what the run's jobs say.

    Raises GitHubError where there is a failure to be told and GitHub does not take it: the message holds it. A run that
    ended well stays so whatever GitHub says.
    """
    failure = notes.failures_of(notes.job_results(needs))
    if failure and failure.is_transient and not (run.is_last_try and not _is_current(data, window, today)):
        return _ran(run, "no issue: the next run tries again", failure.text)
    try:
        done = _carry_out(run, failure, hub)
    except GitHubError as exc:
        if failure is None:
            words = f"all is well; the tracker issue could not be looked at: {exc}"
            return Ran((), Note(f"{run.workflow}: told nobody", ()), {}, (words,))
        raise GitHubError(
            f"the tracker issue could not be written: {exc}. Issues may be off, as they are in a fork: Settings -> "
            f"General -> Features -> Issues. What it would have said:\n{failure.text}",
            exc.status,
        ) from exc
    return _ran(run, done, failure.text if failure else "")


def _ran(run: Run, done: str, message: str) -> Ran:
    note = Note(f"{run.workflow}: {done}", (), message)
    return Ran((f"{run.workflow}: {done}",), note, {})


def _is_current(data: Path, window: str, today: date) -> bool:
    """Whether the archive holds the newest day that there can be: yesterday."""
    newest = archive.newest(data, window)
    return newest is not None and (today - newest.as_of).days <= 1


def _carry_out(run: Run, failure: notes.Failure | None, hub: github.GitHub) -> str:
    issue = github.open_issue(hub, notes.MARKER)
    step = notes.next_step(issue, run.workflow, failure, run.address)
    match step.kind:
        case "open":
            github.create_issue(hub, notes.TITLE, step.body)
            return "opened the tracker issue"
        case "nothing":
            return "nothing new to be told" if failure else "all is well"
    assert issue, "only an open issue is added to or closed"
    return _add(issue, step, hub)


def _add(issue: Issue, step: notes.Step, hub: github.GitHub) -> str:
    """The comment first: what is lost halfway is the state, and then it is said twice, not never."""
    github.comment(hub, issue.number, step.comment)
    github.edit_issue(hub, issue.number, body=step.body, is_closed=step.kind == "close")
    return f"closed the tracker issue {issue.number}" if step.kind == "close" else f"added to issue {issue.number}"
