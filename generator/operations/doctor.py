"""What a publisher must have set: looked at one after the other, each with what to click. Nothing here is fatal."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from generator import archive, formats, github, validate
from generator.errors import ArchiveError, FetchError, GitHubError, KeyRefusedError
from generator.models import Finding, Settings

WORKFLOWS = ("collect.yml", "deploy.yml", "watchdog.yml", "ci.yml")
SECRET = "OPENROUTER_API_KEY"
_SOON_DAYS = 14
_FRESH_DAYS = 2

Level = Literal["ok", "warning", "problem", "not looked at"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What is looked at."""

    api_url: str
    key: str
    data: Path
    settings: Settings
    hub: github.GitHub


def doctor(subject: Subject, now: datetime) -> tuple[Finding, ...]:
    """Every finding. The key is in none of them."""
    on_github = tuple(_on_github(subject.hub))
    is_secret_set = any(finding.subject == "secret" and finding.level == "ok" for finding in on_github)
    return (
        *_key(subject, now, is_secret_set),
        _archive(subject.data, subject.settings, now.date()),
        *on_github,
        _address(subject),
    )


def _key(subject: Subject, now: datetime, is_secret_set: bool) -> Iterator[Finding]:
    from generator import fetch  # here and not above: a build loads nothing that asks

    if is_secret_set and not subject.key.strip():
        yield Finding(
            "not looked at", "key", f"GitHub has it and shows it to nobody; export {SECRET} to look at it here"
        )
        return
    try:
        fetch.clean_key(subject.key)
    except FetchError as exc:
        yield Finding("problem", "key", str(exc))
        return
    yield Finding("ok", "key", f"{SECRET} is set on this machine, and can be a key")
    try:
        facts = fetch.key_facts(subject.api_url, subject.key, subject.settings)
    except KeyRefusedError as exc:
        yield Finding("problem", "key at OpenRouter", str(exc))
        return
    except FetchError as exc:
        yield Finding("warning", "key at OpenRouter", f"nothing is known of its expiry and limit: {exc}")
        return
    yield _expiry(facts.expires_at, now)
    if facts.limit_remaining is not None and facts.limit_remaining <= 0:
        yield Finding("warning", "limit of the key", "it is used up: raise it at https://openrouter.ai/settings/keys")


def _expiry(expires_at: datetime | None, now: datetime) -> Finding:
    if expires_at is None:
        return Finding("ok", "expiry of the key", "OpenRouter names no day on which it expires")
    left = (expires_at - now).days
    when = f"{expires_at.date()}, in {left} days"
    if left < _SOON_DAYS:
        todo = f"make a new one at https://openrouter.ai/settings/keys and replace the secret {SECRET}"
        return Finding("warning" if left >= 0 else "problem", "expiry of the key", f"{when}: {todo}")
    return Finding("ok", "expiry of the key", when)


def _archive(data: Path, settings: Settings, today: date) -> Finding:
    parse, digest = validate.parse_snapshot, validate.content_digest
    try:
        history = archive.read_history(data, settings.window, parse=parse, digest=digest)
    except ArchiveError as exc:
        return Finding("problem", "archive", str(exc))
    if history is None:
        words = f"{data} holds no snapshot of the window {settings.window} yet: the site shows the sample"
        return Finding("warning", "archive", f"{words}. To do: Actions -> collect -> Run workflow")
    age = (today - history.latest.as_of).days
    kept, old = (formats.plural(number, "day").replace(formats.NBSP, " ") for number in (len(history.days), age))
    words = f"{kept}, readable, the newest {history.latest.as_of}, {old} old"
    if age > _FRESH_DAYS:
        return Finding("warning", "archive", f"{words}. To do: git pull; or Actions -> collect, and what its log says")
    return Finding("ok", "archive", words)


def _on_github(hub: github.GitHub) -> Iterator[Finding]:
    try:
        address = github.web_address(hub)
    except GitHubError as exc:
        yield Finding("not looked at", "GitHub", f"Pages, workflows, secret and issues: {exc}")
        return
    looks: tuple[tuple[str, Callable[[], Finding]], ...] = (
        ("GitHub Pages", lambda: _pages(hub, address)),
        ("workflows", lambda: _workflows(hub, address)),
        ("secret", lambda: _secret(hub, address)),
        ("issues", lambda: _issues(hub, address)),
    )
    for name, look in looks:
        try:
            yield look()
        except GitHubError as exc:
            yield Finding("not looked at", name, str(exc))


def _pages(hub: github.GitHub, address: str) -> Finding:
    settings = github.pages_settings(hub)
    if settings and settings.is_from_workflow:
        return Finding("ok", "GitHub Pages", f"on, at {settings.address}")
    found = "publishes from a branch" if settings else "off"
    return _to_do("GitHub Pages", found, f"{address}/settings/pages -> Source: GitHub Actions")


def _workflows(hub: github.GitHub, address: str) -> Finding:
    states = github.workflow_states(hub)
    off = [f"{name} ({states.get(name, 'not there')})" for name in WORKFLOWS if states.get(name) != "active"]
    if off:
        todo = f"{address}/actions -> choose each of them on the left -> Enable workflow"
        return _to_do("workflows", f"not active: {', '.join(off)}", todo)
    return Finding("ok", "workflows", f"all {len(WORKFLOWS)} are active")


def _secret(hub: github.GitHub, address: str) -> Finding:
    if SECRET in github.secret_names(hub):
        return Finding("ok", "secret", f"{SECRET} is set")
    return _to_do("secret", f"{SECRET} is not set", f"{address}/settings/secrets/actions -> New repository secret")


def _issues(hub: github.GitHub, address: str) -> Finding:
    if github.has_issues(hub):
        return Finding("ok", "issues", "on: failures are told there")
    todo = f"to be told of failures: {address}/settings -> Features -> Issues"
    return Finding("warning", "issues", f"off. {todo}")


def _address(subject: Subject) -> Finding:
    if subject.settings.address:
        return Finding("ok", "address", subject.settings.address)
    return Finding("ok", "address", "not set: a deployment takes the one that GitHub Pages gives")


def _to_do(subject: str, found: str, todo: str) -> Finding:
    return Finding("problem", subject, f"{found}. To do: {todo}")
