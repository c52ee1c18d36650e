"""The published site against what it should be: is it on, is it this one, how old is it.

Each command compares what it can know. `behind` runs where code, settings and archive are those of the next deployment:
it works out the digest of the site that would be built. `verify` is told the digest of the site that was built; without
it, as by hand in a clone that has not the settings of the repository, it compares the data alone.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from generator import archive, github, notes, pipeline
from generator.errors import GitHubError, LiveError, shown
from generator.models import Newest, Note, PagesSettings, Ran, Settings

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
    digest: str  # of all that it is made of; "" for a site of the time before there was one


@dataclass(frozen=True, slots=True)
class Expected:
    """What the published site should be made of."""

    newest: Newest | None  # None: the archive is empty, the sample is right
    digest: str  # "" where only the data are known


def pages(settings: Settings, hub: github.GitHub) -> Ran:
    """Whether GitHub Pages is set as it must be, and the address to build for: the setting, else that of Pages.

    Raises GitHubError with what to click.
    """
    of_pages = _published(github.pages_settings(hub), hub)
    address = settings.address or of_pages
    note = Note("GitHub Pages is on", (("address", address), ("to do", "nothing")))
    return Ran((f"GitHub Pages publishes at {address}",), note, {"address": address})


def behind(address: str, data: Path, settings: Settings, hub: github.GitHub) -> Ran:
    """Whether the published site is not (yet) the one of this code and of the archive in `data`; handed on."""
    address = _address(address, settings, hub)
    digest = pipeline.site_digest(data, replace(settings, address=settings.address or address))
    expected = Expected(archive.newest(data, settings.window), digest)
    difference = _difference(expected, _live(address))
    words, todo = f"the live site is that of {_named(expected.newest)}", "nothing"
    if difference:
        words, todo = f"the live site is behind: {difference}", "nothing: a deployment is started"
    note = Note("Live site", (("address", address), ("found", words), ("to do", todo)))
    return Ran((words,), note, {"is_behind": "true" if difference else "false"})


def verify(
    address: str,
    data: Path,
    settings: Settings,
    hub: github.GitHub,
    *,
    digest: str,
    seconds: float,
    every_seconds: float,
    clock: Callable[[], float],
    sleep: Callable[[float], None],
) -> Ran:
    """Ask the published site until it is the one of the archive in `data`, and of `digest` if given.

    Raises LiveError when `seconds` are over.
    """
    address = _address(address, settings, hub)
    expected, began, looks = Expected(archive.newest(data, settings.window), digest), clock(), 0
    while True:
        looks += 1
        difference = _difference_now(expected, address)
        if not difference:
            break
        if clock() - began + every_seconds > seconds:
            raise LiveError(_stale(address, difference, clock() - began))
        sleep(every_seconds)
    words = f"{address} is live with {_named(expected.newest)}, after {clock() - began:.0f} s"
    rows = ("address", address), ("shows", _named(expected.newest)), ("looks", str(looks)), ("to do", "nothing")
    return Ran((words,), Note("The deployed site is live", rows), {})


def watch(address: str, settings: Settings, hub: github.GitHub, *, today: date, most_days: int) -> Ran:
    """The age of the data that readers see. Raises LiveError past `most_days`, and where no site is there."""
    address = _address(address, settings, hub)
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


def _address(given: str, settings: Settings, hub: github.GitHub) -> str:
    """Where the site is, with a slash at its end: as given, else the setting, else what GitHub says."""
    if known := given or settings.address:
        return f"{known.rstrip('/')}/"
    try:
        of_pages = github.pages_settings(hub)
    except GitHubError as exc:
        if exc.status != github.NOT_THERE:
            raise
        raise GitHubError(f"{exc}. Or name the site with --url") from exc
    return _published(of_pages, hub)


def _published(settings: PagesSettings | None, hub: github.GitHub) -> str:
    """The address that Pages publishes at. Raises GitHubError, with what to click, where it does not."""
    if settings and settings.is_from_workflow:
        return settings.address
    found = "publishes from a branch" if settings else "is off"
    raise GitHubError(
        f"GitHub Pages {found}, expected the source GitHub Actions. "
        f"To do: {github.web_address(hub)}/settings/pages -> Build and deployment -> Source: GitHub Actions. "
        "Then Actions -> deploy -> Run workflow. The archive is kept meanwhile"
    )


def _difference_now(expected: Expected, address: str) -> str:
    """As `_difference`; a site that does not answer for a moment is one that is not there yet."""
    try:
        return _difference(expected, _live(address))
    except LiveError as exc:
        return str(exc)


def _difference(expected: Expected, live: Live | None) -> str:
    """What is not as it should be; "" where the site is the right one."""
    if live is None:
        return "there is no site"
    difference = _difference_of_data(expected.newest, live)
    if difference or not expected.digest or live.digest == expected.digest:
        return difference
    return (
        "found the right newest day in a site that is made of other code, settings or older days: "
        f"digest {shown(live.digest[:12])}, expected {expected.digest[:12]}"
    )


def _difference_of_data(expected: Newest | None, live: Live) -> str:
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
    from generator import fetch  # here and not above: a build loads nothing that asks

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
            digest=str(said.get("digest", "")),
        )
    except (ValueError, KeyError, TypeError, RecursionError) as exc:
        raise LiveError(f"{address}{MARKER} is not what a build of this site leaves: another site is there") from exc


def _stale(address: str, difference: str, seconds: float) -> str:
    return (
        f"the deployment ended, but after {seconds:.0f} s {address} is not what was deployed: {difference}. "
        "GitHub knows a deployment by its commit, and may serve old bytes for one that it has seen before. "
        f"{notes.FRESH_COMMIT}"
    )
