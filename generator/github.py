"""The gh program -> what GitHub says, and the one tracker issue. The one owner of that program.

Comes in: a folder in a clone, or `GH_REPO` in the environment, which name the repository; a login that gh has, or
`GH_TOKEN`. Goes out: settings of the repository, and changes of its issues. Refuses answers that are not what GitHub's
API describes. What gh prints is quoted shortened and escaped.
"""

import json
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from generator.errors import GitHubError, shown
from generator.models import Issue, PagesSettings

NOT_THERE = 0  # the status of an error where gh itself is missing, or cannot reach GitHub
LABEL = "generator-tracker"
SECONDS = 60  # for one call, at most

_STATUS = re.compile(r"\(HTTP (\d{3})\)")

Method = Literal["GET", "POST", "PATCH"]


@dataclass(frozen=True, slots=True)
class GitHub:
    """Where gh runs. It takes owner and name of the repository from the folder, or from `GH_REPO`."""

    folder: Path
    environ: Mapping[str, str]


def web_address(github: GitHub) -> str:
    """`https://github.com/owner/name`."""
    return _text(_object(_api(github, "")), "html_url")


def has_issues(github: GitHub) -> bool:
    """Whether the repository has issues at all: a fork has none until they are switched on."""
    return _object(_api(github, "")).get("has_issues") is True


def pages_settings(github: GitHub) -> PagesSettings | None:
    """How Pages is set; None while it is off. Raises GitHubError."""
    try:
        said = _object(_api(github, "/pages"))
    except GitHubError as exc:
        if exc.status == 404:
            return None
        raise
    return PagesSettings(f"{_text(said, 'html_url').rstrip('/')}/", said.get("build_type") == "workflow")


def workflow_states(github: GitHub) -> dict[str, str]:
    """`collect.yml` -> `active`, `disabled_fork`, `disabled_inactivity`, `disabled_manually`."""
    listed = _object(_api(github, "/actions/workflows?per_page=100")).get("workflows")
    workflows = [_object(workflow) for workflow in listed] if isinstance(listed, list) else []
    return {_text(workflow, "path").rpartition("/")[2]: _text(workflow, "state") for workflow in workflows}


def secret_names(github: GitHub) -> frozenset[str]:
    """The names of the repository's secrets; GitHub tells nobody what they hold."""
    listed = _object(_api(github, "/actions/secrets?per_page=100")).get("secrets")
    return frozenset(_text(_object(secret), "name") for secret in listed) if isinstance(listed, list) else frozenset()


def open_issue(github: GitHub, marker: str) -> Issue | None:
    """The oldest open issue that has the label and, in its text, the hidden marker. Raises GitHubError."""
    listed = _api(github, f"/issues?labels={LABEL}&state=open&sort=created&direction=asc&per_page=100")
    for entry in map(_object, listed if isinstance(listed, list) else []):
        number, body = entry.get("number"), entry.get("body")
        if isinstance(number, int) and isinstance(body, str) and marker in body and "pull_request" not in entry:
            return Issue(number, body)
    return None


def create_issue(github: GitHub, title: str, body: str) -> None:
    """Open the tracker issue, and make its label where there is none."""
    label = {"name": LABEL, "color": "d4c5f9", "description": "Opened and closed by the workflows themselves"}
    try:
        _api(github, "/labels", "POST", label)
    except GitHubError as exc:
        if exc.status != 422:  # it is there already
            raise
    _api(github, "/issues", "POST", {"title": title, "body": body, "labels": [LABEL]})


def edit_issue(github: GitHub, number: int, *, body: str | None = None, is_closed: bool = False) -> None:
    """Put another text into an issue, or close it."""
    changes = ({} if body is None else {"body": body}) | (
        {"state": "closed", "state_reason": "completed"} if is_closed else {}
    )
    _api(github, f"/issues/{number}", "PATCH", changes)


def comment(github: GitHub, number: int, text: str) -> None:
    """Add a comment to an issue."""
    _api(github, f"/issues/{number}/comments", "POST", {"body": text})


def _api(github: GitHub, path: str, method: Method = "GET", sent: Mapping[str, object] | None = None) -> object:
    """What GitHub's API answers below the repository. Raises GitHubError, with the status where there is one."""
    arguments = ["gh", "api", "--method", method, f"repos/{{owner}}/{{repo}}{path}"]
    body = None if sent is None else json.dumps(sent)
    done = _run(github, [*arguments, "--input", "-"] if body else arguments, body)
    if done.returncode:
        found = _STATUS.search(done.stderr)
        raise GitHubError(
            f"gh api {method} {path or '/'} failed: {shown(' '.join(done.stderr.split()), 300)}",
            int(found[1]) if found else NOT_THERE,
        )
    try:
        return json.loads(done.stdout or "null")
    except ValueError as exc:
        raise GitHubError(f"gh api {method} {path or '/'}: found an answer that is not JSON") from exc


def _run(github: GitHub, arguments: Sequence[str], sent: str | None) -> "subprocess.CompletedProcess[str]":
    try:
        return subprocess.run(
            arguments,
            cwd=github.folder,
            env={**github.environ, "GH_PROMPT_DISABLED": "1", "NO_COLOR": "1"},
            input=sent or "",
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=SECONDS,
            check=False,
        )
    except FileNotFoundError as exc:
        raise GitHubError("the gh program is not there: see https://cli.github.com") from exc
    except subprocess.TimeoutExpired as exc:
        raise GitHubError(f"gh did not end within {SECONDS} s") from exc


def _object(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise GitHubError(f"GitHub's API answered with {shown(value)}, expected an object")
    return value


def _text(value: Mapping[str, object], key: str) -> str:
    found = value.get(key)
    if not isinstance(found, str):
        raise GitHubError(f"GitHub's API: {key}: found {shown(found)}, expected text")
    return found
