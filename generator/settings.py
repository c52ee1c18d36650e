"""`[tool.generator]` of pyproject.toml, environment, options -> Settings. The last one given wins.

Comes in: the text of pyproject.toml (empty where the program runs without one), the environment, the options by the
names of the fields. Goes out: `Settings`, every field checked. Refuses unknown keys and values that cannot be used, all
of them at once. An empty environment variable counts as not set: that is how CI passes a variable nobody defined.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

from .errors import SettingsError, shown
from .models import Settings

T = TypeVar("T")

DEFAULTS: Mapping[str, str | int | float] = {
    "name": "Task Share",
    "description": (
        "Who does what with language models: shares of OpenRouter's traffic by task, "
        "and the models that carry each task."
    ),
    "address": "",
    "contact": "",
    "referer": "",
    "categories": "",
    "window": "7d",
    "tries": 5,
    "total_seconds": 600,
    "packs": 2,
}

OPTIONS: Mapping[str, str] = {name: f"--{name.replace('_', '-')}" for name in DEFAULTS} | {"address": "--base-url"}
VARIABLES: Mapping[str, str] = {name: f"GENERATOR_{name.upper()}" for name in DEFAULTS}

API_URL = "https://openrouter.ai/api/v1"
TEST_API_URL = "GENERATOR_TEST_API_URL"  # for rehearsals: an address on this machine, and no other
_LOCAL_URL = re.compile(r"http://(127\.0\.0\.1|localhost):\d{1,5}/[\w/]*", re.ASCII)

_WINDOW = re.compile(r"[1-9]\d{0,2}d", re.ASCII)
_EMAIL = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+")


def load_settings(pyproject: str, environ: Mapping[str, str], options: Mapping[str, str | None]) -> Settings:
    """The settings of this run.

    Raises SettingsError with every problem found, each with the place where the value stands.
    """
    problems: list[str] = []
    given = _from_table(pyproject, problems)
    for name, variable in VARIABLES.items():
        if environ.get(variable, "").strip():
            given[name] = (f"{variable} in the environment", environ[variable])
    given |= {name: (OPTIONS[name], value) for name, value in options.items() if value is not None}
    settings = _checked(_Given(given, problems))
    if problems:
        raise SettingsError("\n".join(["the settings cannot be used:", *(f"  - {problem}" for problem in problems)]))
    return settings


def api_url(environ: Mapping[str, str], given: str | None) -> str:
    """Where the endpoint is: the option, else what a rehearsal set, else OpenRouter.

    The environment can only turn requests to this machine: whoever could set it to another host could else collect
    keys. Raises SettingsError for such a value; options are checked where the key is sent.
    """
    rehearsal = environ.get(TEST_API_URL, "")
    if given is not None or not rehearsal:
        return API_URL if given is None else given
    if not _LOCAL_URL.fullmatch(rehearsal):
        raise SettingsError(
            f"{TEST_API_URL} in the environment: found {shown(rehearsal)}, expected nothing, or an address on this "
            "machine like http://127.0.0.1:8000/api/v1. No request was sent: the key goes nowhere else"
        )
    return rehearsal


@dataclass(frozen=True, slots=True)
class _Given:
    """What was given for each setting, with the place where it stands; problems are collected, not raised."""

    values: Mapping[str, tuple[str, object]]
    problems: list[str]

    def get(self, name: str, check: Callable[[object], T]) -> T:
        default = DEFAULTS[name]
        place, value = self.values.get(name, ("the default", default))
        try:
            return check(value)
        except ValueError as exc:
            self.problems.append(f"{place}: found {_described(value)}, expected {exc}")
            return check(default)


def _checked(given: _Given) -> Settings:
    return Settings(
        name=given.get("name", _text(80, shortest=1)),
        description=given.get("description", _text(300)),
        address=given.get("address", _address),
        contact=given.get("contact", _contact),
        referer=given.get("referer", _url),
        categories=given.get("categories", _text(200)),
        window=given.get("window", _window),
        tries=given.get("tries", _tries),
        total_seconds=given.get("total_seconds", _total_seconds),
        packs=given.get("packs", _packs),
    )


def _from_table(pyproject: str, problems: list[str]) -> dict[str, tuple[str, object]]:
    """The keys of `[tool.generator]` and where each stands."""
    try:
        document = tomllib.loads(pyproject)
    except tomllib.TOMLDecodeError as exc:
        problems.append(f"pyproject.toml: not TOML: {exc}")
        return {}
    tool = document.get("tool", {})
    table = tool.get("generator", {}) if isinstance(tool, dict) else {}
    if not isinstance(table, dict):
        problems.append(f"pyproject.toml [tool] generator: found {_described(table)}, expected a table")
        return {}
    for key in table.keys() - DEFAULTS.keys():
        problems.append(f"pyproject.toml [tool.generator]: found {shown(key)}, expected one of {', '.join(DEFAULTS)}")
    return {key: (f"pyproject.toml [tool.generator] {key}", table[key]) for key in table.keys() & DEFAULTS.keys()}


def _text(longest: int, shortest: int = 0) -> Callable[[object], str]:
    def check(value: object) -> str:
        if not isinstance(value, str) or not value.isprintable() or not shortest <= len(value.strip()) <= longest:
            raise ValueError(f"one line of text of {shortest} to {longest} characters")
        return value.strip()

    return check


def _url(value: object) -> str:
    """An absolute URL, or nothing."""
    if value == "":
        return ""
    if isinstance(value, str) and _is_web_address(value.strip()):
        return value.strip()
    raise ValueError("an absolute address like https://example.org/tasks/, without ? or #")


def _address(value: object) -> str:
    url = _url(value)
    return url if url.endswith("/") or not url else f"{url}/"


def _contact(value: object) -> str:
    if isinstance(value, str) and (value == "" or _EMAIL.fullmatch(value) or _is_web_address(value)):
        return value
    raise ValueError("an e-mail address, an https:// address or nothing")


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        _ = parts.port  # raises ValueError for what is not a port
    except ValueError:
        return False
    allowed = text.isascii() and text.isprintable() and not set(text) & set(" <>\"'\\?#@")
    return allowed and parts.scheme in ("http", "https") and bool(parts.hostname)


def _window(value: object) -> str:
    if isinstance(value, str) and _WINDOW.fullmatch(value) and int(value[:-1]) <= 366:
        return value
    raise ValueError("a number of days from 1 to 366 and d, like 7d")


def _tries(value: object) -> int:
    return _whole(value, 1, 20)


def _packs(value: object) -> int:
    return _whole(value, 0, 20)


def _whole(value: object, smallest: int, largest: int) -> int:
    number = _number(value)
    if number is None or not number.is_integer() or not smallest <= number <= largest:
        raise ValueError(f"a whole number from {smallest} to {largest}")
    return int(number)


def _total_seconds(value: object) -> float:
    number = _number(value)
    if number is None or not 0 < number <= 3600:
        raise ValueError("a number of seconds above 0, at most 3600")
    return number


def _number(value: object) -> float | None:
    """A number, or text that is one, as options and environment give it."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return float(value)
    except (ValueError, OverflowError):
        return None


def _described(value: object) -> str:
    kind = {str: " (text)", bool: "", int: " (number)", float: " (number)"}.get(type(value), "")
    return f"{shown(value)}{kind}"
