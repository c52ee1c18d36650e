"""The published site against what the archive says: is it on, is it this one, how old is it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator import archive, fetch, github
from generator.errors import GitHubError, LiveError, shown
from generator.models import Newest, Note, Ran, Settings

MARKER = "build.json"


@dataclass(frozen=True, slots=True)
class Live:
    """What the published site says that it is made of."""

    is_sample: bool
    as_of: date
    path: str
    sha256: str
    days: int
    days_restated: int


def pages(hub: github.GitHub) -> Ran:
    """Whether GitHub Pages is set as it must be, and the site's address. Raises GitHubError with what to click."""
    address = _pages_address(hub)
    note = Note("GitHub Pages is on", (("address", address), ("to do", "nothing")))
    return Ran((f"GitHub Pages publishes at {address}",), note, {"address": address})


def behind(address: str, data: Path, settings: Settings, hub: github.GitHub) -> Ran:
    """Whether the published site is not (yet) the one of the archive in `data`; `is_behind` is handed on."""
    address = address or settings.address or _pages_address(hub)
    expected, live = archive.newest(data, settings.window), _live(address)
    difference = _difference(expected, live)
    is_behind = bool(difference)
    words = f"the live site is behind: {difference}" if is_behind else f"the live site is that of {_named(expected)}"
    todo = "nothing: a deployment is started" if is_behind else "nothing"
    note = Note("Live site", (("address", address), ("found", words), ("to do", todo)))
    return Ran((words,), note, {"is_behind": "true" if is_behind else "false"})


def verify(
    address: str,
    data: Path,
    settings: Settings,
    hub: github.GitHub,
    *,
    seconds: float,
    every_seconds: float,
    clock: Callable[[], float],
    sleep: Callable[[float], None],
) -> Ran:
    """Ask the published site until it is the one of the archive in `data`. Raises LiveError when `seconds` are over."""
    address = address or settings.address or _pages_address(hub)
    expected, began, looks = archive.newest(data, settings.window), clock(), 0
    while True:
        looks += 1
        difference = _difference_now(expected, address)
        if not difference:
            break
        if clock() - began + every_seconds > seconds:
            raise LiveError(_stale(address, difference, clock() - began))
        sleep(every_seconds)
    words = f"{address} is live with {_named(expected)}, after {clock() - began:.0f} s"
    rows = ("address", address), ("shows", _named(expected)), ("looks", str(looks)), ("to do", "nothing")
    return Ran((words,), Note("The deployed site is live", rows), {})


def watch(address: str, settings: Settings, hub: github.GitHub, *, today: date, most_days: int) -> Ran:
    """The age of the data that readers see. Raises LiveError past `most_days`, and where no site is there."""
    address = address or settings.address or _pages_address(hub)
    live = _live(address)
    if live is None:
        raise LiveError(f"{address}{MARKER}: there is no site. To do: Actions -> deploy -> Run workflow")
    if live.is_sample:
        raise LiveError(
            f"{address} shows the sample: no snapshot was stored yet. To do: set the secret OPENROUTER_API_KEY "
            "(Settings -> Secrets and variables -> Actions), then Actions -> collect -> Run workflow"
        )
    age = (today - live.as_of).days
    if age > most_days:
        raise LiveError(
            f"the data on {address} are {age} days old (as of {live.as_of}), expected at most {most_days}. To do: "
            "look at Actions -> collect: a schedule that GitHub switched off is switched on again with Enable "
            "workflow, then Run workflow; a failed run says what to do"
        )
    rows = ("address", address), ("as_of", live.as_of.isoformat()), ("age in days", str(age)), ("to do", "nothing")
    return Ran((f"the data on {address} are {age} days old",), Note("Age of the live data", rows), {})


def _pages_address(hub: github.GitHub) -> str:
    settings = github.pages_settings(hub)
    if settings and settings.is_from_workflow:
        return settings.address
    found = "publishes from a branch" if settings else "is off"
    raise GitHubError(
        f"GitHub Pages {found}, expected the source GitHub Actions. "
        f"To do: {github.web_address(hub)}/settings/pages -> Build and deployment -> Source: GitHub Actions. "
        "Then Actions -> deploy -> Run workflow. The archive is kept meanwhile"
    )


def _difference_now(expected: Newest | None, address: str) -> str:
    """As `_difference`; a site that does not answer for a moment is one that is not there yet."""
    try:
        return _difference(expected, _live(address))
    except LiveError as exc:
        return str(exc)


def _difference(expected: Newest | None, live: Live | None) -> str:
    """What is not as the archive says; "" where the site is that of the archive."""
    if live is None:
        return "there is no site"
    if expected is None:
        return "" if live.is_sample else f"found data as of {live.as_of}, expected the sample: the archive is empty"
    is_same = not live.is_sample and (live.path, live.sha256, live.days, live.days_restated) == (
        *(expected.path, expected.sha256, expected.days, expected.days_restated),
    )
    found = "the sample" if live.is_sample else f"{shown(live.path)} and {live.days} days"
    return "" if is_same else f"found {found}, expected {_named(expected)} and {expected.days} days"


def _named(expected: Newest | None) -> str:
    return f"{expected.path} ({expected.sha256[:12]})" if expected else "the sample"


def _live(address: str) -> Live | None:
    body = fetch.read_live(address, MARKER)
    if body is None:
        return None
    try:
        said = json.loads(body)
        return Live(
            is_sample=said["is_sample"] is True,
            as_of=date.fromisoformat(said["as_of"]),
            path=str(said["snapshot"]["path"]),
            sha256=str(said["snapshot"]["sha256"]),
            days=int(said["history"]["days"]),
            days_restated=int(said["history"]["days_restated"]),
        )
    except (ValueError, KeyError, TypeError, RecursionError) as exc:
        raise LiveError(f"{address}{MARKER} is not what a build of this site leaves: another site is there") from exc


def _stale(address: str, difference: str, seconds: float) -> str:
    return (
        f"the deployment ended, but after {seconds:.0f} s {address} is not what was deployed: {difference}. "
        "GitHub knows a deployment by its commit, and may serve old bytes for one that it has seen before. "
        "To do, if the next run does not put it right: give it a fresh commit: "
        '`git commit --allow-empty -m "Deploy again" && git push`, then Actions -> deploy -> Run workflow'
    )
