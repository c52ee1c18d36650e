"""What passes between the commands that run unattended: what is stored, what is live, what a run has to say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from generator.models.archive import Stored


@dataclass(frozen=True, slots=True)
class Newest:
    """What the archive holds, told without reading more than its newest file."""

    path: str  # of the newest file, below the data folder: "7d/2026-08-31.r2.json"
    as_of: date
    sha256: str  # of its bytes
    days: int  # kept ones
    days_restated: int


@dataclass(frozen=True, slots=True)
class Taken:
    """An answer that was stored, and what it took to get it."""

    stored: Stored
    attempts: int  # requests sent
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of snapshots that were handed over, in the branch that holds the archive."""

    stored: tuple[Stored, ...]
    newest: Newest
    commit: str  # the new commit; "" where nothing was new
    message: str  # of the commit
    tries: int  # pushes, the last one included
    repeats: int  # newest days in a row on which the source sent the same content again


@dataclass(frozen=True, slots=True)
class PagesSettings:
    """How GitHub Pages is set in a repository."""

    address: str  # of the site, with a slash at its end
    is_from_workflow: bool  # published by a workflow, not from a branch


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """What OpenRouter says of a key. None: it does not say."""

    expires_at: datetime | None
    limit_remaining: float | None  # dollars


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that `generator doctor` looked at."""

    level: Literal["ok", "warning", "problem", "not looked at"]
    subject: str
    text: str  # what was found and, where something is to be done, what to click


@dataclass(frozen=True, slots=True)
class Issue:
    """The open tracker issue."""

    number: int
    body: str


@dataclass(frozen=True, slots=True)
class JobResult:
    """How a job of a workflow ended, and what it handed on."""

    name: str
    result: str  # success, failure, cancelled, skipped
    outputs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Note:
    """One screen about a run: the facts as rows, then what is to be done."""

    title: str
    rows: tuple[tuple[str, str], ...]
    message: str = ""  # of the failure, with what to do


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command that runs unattended has done: for its log, for the summary, for the jobs after it."""

    lines: tuple[str, ...]
    note: Note
    outputs: Mapping[str, str]
    warnings: tuple[str, ...] = ()
