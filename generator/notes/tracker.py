"""How the jobs of a workflow ended -> what becomes of the one tracker issue. Pure.

Which workflows are failing, and what each said last, stands in a hidden comment at the top of the issue's text: so the
issue is found again, is not written to a second time for the same failure, and is closed when none is left.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from generator.errors import GeneratorError, shown
from generator.models import Issue, JobResult

from .summary import preformatted

MARKER = "<!-- generator-tracker"
TITLE = "The site needs you"
PUBLISHING = "deploy"  # the job that is GitHub's own, which leaves no message of ours

FRESH_COMMIT = (  # GitHub knows a deployment by its commit, and may not publish one again that it has seen before
    "To do, if the next run does not put it right: give it a fresh commit: "
    '`git commit --allow-empty -m "Deploy again" && git push`, then Actions -> deploy -> Run workflow'
)
_STATE = re.compile(re.escape(MARKER) + r" (\{[^<>]{0,2000}\}) -->")
_ABOUT = (
    "The workflows of this repository open this issue, add to it when they fail in another way, and close it when all "
    "of them succeed again. What to do stands below."
)


@dataclass(frozen=True, slots=True)
class Failure:
    """What a workflow has to say to a person."""

    text: str  # every failed job and what it said
    is_transient: bool  # the next run may succeed without anybody doing anything


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done with the issue."""

    kind: Literal["nothing", "open", "comment", "close"]
    body: str = ""  # the issue's own text from now on
    comment: str = ""


def job_results(needs: str) -> tuple[JobResult, ...]:
    """The `needs` of a job as JSON, as GitHub Actions gives them. Raises GeneratorError for anything else."""
    try:
        jobs = json.loads(needs)
        return tuple(
            JobResult(str(name), str(job["result"]), {str(key): str(value) for key, value in job["outputs"].items()})
            for name, job in jobs.items()
        )
    except (ValueError, KeyError, TypeError, AttributeError) as exc:
        raise GeneratorError(f"--needs: found {shown(needs, 120)}, expected the needs of a job as JSON") from exc


def failures_of(jobs: Sequence[JobResult]) -> Failure | None:
    """What there is to be told; None where all jobs ended well and none has a concern."""
    bad = [job for job in jobs if job.result in ("failure", "cancelled")]
    concerns = [job.outputs["concern"] for job in jobs if job.outputs.get("concern")]
    if not bad and not concerns:
        return None
    is_transient = not concerns and all(job.outputs.get("is_transient") == "true" for job in bad)
    return Failure("\n\n".join([*map(_said, bad), *concerns]), is_transient)


def next_step(issue: Issue | None, workflow: str, failure: Failure | None, run_address: str) -> Step:
    """From the open issue, if there is one, to what it should be after this run of a workflow."""
    state = _state(issue)
    if failure is None:
        return _recovered(issue, state, workflow, run_address)
    digest = _digest(failure.text)
    text = f"**{workflow}** needs you: {run_address}\n\n{preformatted(failure.text)}"
    if issue is None:
        return Step("open", body=f"{_marker({workflow: digest})}\n{_ABOUT}\n\n{text}\n")
    if state.get(workflow) == digest:
        return Step("nothing")
    return Step("comment", body=_with_state(issue.body, {**state, workflow: digest}), comment=text)


def _recovered(issue: Issue | None, state: Mapping[str, str], workflow: str, run_address: str) -> Step:
    if issue is None or (state and workflow not in state):
        return Step("nothing")
    left = {name: digest for name, digest in state.items() if name != workflow}
    words = f"**{workflow}** works again: {run_address}"
    return Step("comment" if left else "close", body=_with_state(issue.body, left), comment=words)


def _said(job: JobResult) -> str:
    message = job.outputs.get("message", "")
    if not message:
        ended = "was stopped, or ran out of time" if job.result == "cancelled" else "failed"
        if job.name == PUBLISHING:
            return f"{job.name}: GitHub Pages did not take the site: the job {ended}. {FRESH_COMMIT}"
        return f"{job.name}: {ended} before it could say why; the log of the run does"
    try:
        return f"{job.name}: {json.loads(message)}"
    except ValueError:
        return f"{job.name}: {message}"


def _digest(text: str) -> str:
    """The same for one failure on other days: dates, counts and times are left out."""
    return hashlib.sha256(re.sub(r"\d+", "0", text).encode()).hexdigest()[:12]


def _state(issue: Issue | None) -> dict[str, str]:
    found = _STATE.search(issue.body) if issue else None
    try:
        state = json.loads(found[1]) if found else {}
    except ValueError:
        return {}
    return {str(name): str(digest) for name, digest in state.items()}


def _with_state(body: str, state: Mapping[str, str]) -> str:
    marker = _marker(state)
    return _STATE.sub(lambda _: marker, body, count=1) if _STATE.search(body) else f"{marker}\n{body}"


def _marker(state: Mapping[str, str]) -> str:
    return f"{MARKER} {json.dumps(dict(sorted(state.items())), separators=(',', ':'))} -->"
