"""What can go wrong that a person can act on.

GeneratorError                the command ends with exit code 1 and this message, without a traceback
├── SettingsError             a setting, an option or an environment variable is not usable
├── FetchError                the endpoint did not give a snapshot
│   ├── KeyRefusedError       ... since the key is wrong, expired or revoked
│   └── TransientFetchError   ... this time; trying again may help
├── SnapshotError             the answer is not a snapshot that can be trusted
├── ArchiveError              the archive on disk cannot be read, or may not be changed like this
├── SiteError                 the site cannot be built, or holds what it must not hold
├── GitError                  the repository that holds the archive cannot be read or changed
├── GitHubError               GitHub does not say or do what was asked
└── LiveError                 the published site is not what it should be

Anything else that reaches the top is a bug and keeps its traceback.
A message says what, where, what was found, what was expected and what to do. What it quotes goes through `shown`.
"""

import json
from collections.abc import Sequence


class GeneratorError(Exception):
    """The root of all errors that a person can act on. `is_transient`: it may pass without anybody doing anything."""

    is_transient = False


class SettingsError(GeneratorError):
    """A setting, an option or an environment variable is not usable."""


class FetchError(GeneratorError):
    """The endpoint did not give a snapshot, and trying again will not help."""


class KeyRefusedError(FetchError):
    """The endpoint does not take the key: it is wrong, expired or revoked."""


class TransientFetchError(FetchError):
    """The endpoint did not give a snapshot this time.

    `retry_after_seconds` is what the server asked for, if it did.
    """

    def __init__(self, message: str, retry_after_seconds: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds
        self.is_transient = True


class SnapshotError(GeneratorError):
    """The answer is not a snapshot that can be trusted. `problems` holds every one found, each with its JSON path."""

    def __init__(self, summary: str, problems: Sequence[str]) -> None:
        super().__init__("\n".join([summary, *(f"  - {problem}" for problem in problems)]))
        self.summary = summary
        self.problems = tuple(problems)


class ArchiveError(GeneratorError):
    """The archive on disk cannot be read, or may not be changed like this."""


class SiteError(GeneratorError):
    """The site cannot be built, or holds what it must not hold."""


class GitError(GeneratorError):
    """The repository that holds the archive cannot be read or changed."""


class GitHubError(GeneratorError):
    """GitHub does not say or do what was asked. `status` is that of HTTP; 0: the gh program gave none."""

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status
        self.is_transient = status >= 500


class LiveError(GeneratorError):
    """The published site is not what it should be, or does not answer for the moment."""

    def __init__(self, message: str, *, is_transient: bool = False) -> None:
        super().__init__(message)
        self.is_transient = is_transient


def shown(value: object, limit: int = 60) -> str:
    """`value` as a message may quote it: one line of ASCII of at most `limit` characters, whatever was sent.

    Text stands in double quotes with everything odd escaped, so it cannot start a line, hide a character or become
    a command to a CI log (`::error`, `##[error]`). Lists and objects are named, not printed.
    """
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "an object"
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    if not isinstance(value, str):
        return _shortened(repr(value), limit)
    return _shortened(json.dumps(value[: limit + 1]).replace("#", "\\u0023").replace("\x7f", "\\u007f"), limit)


def _shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 4]}..." + ('"' if text.startswith('"') else "")
