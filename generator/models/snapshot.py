"""fetch -> validate -> archive: what the endpoint answered and what it says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import overload


@dataclass(frozen=True, slots=True)
class Download:
    """The body of an answer, byte for byte, and what the answer said about itself."""

    body: bytes
    answered_at: datetime | None  # the answer's Date header, UTC; None if there was none
    attempts: int  # requests sent, this one included


@dataclass(frozen=True, slots=True)
class ModelShare:
    """A model in a task's list (the top N by requests)."""

    id: str  # permaslug: "openai/gpt-5.6-luna-20260709"
    request_share: float  # of the task's requests
    token_share: float  # of the task's tokens


@dataclass(frozen=True, slots=True)
class ModelList(Sequence[ModelShare]):
    """The models of a task, in the order of the answer: by requests, descending.

    In columns, since ten years hold a million of them: each is made when it is asked for. Who walks a whole history
    takes the columns.
    """

    ids: tuple[str, ...]  # each once
    request_shares: tuple[float, ...]
    token_shares: tuple[float, ...]

    def __len__(self) -> int:
        """How many."""
        return len(self.ids)

    def __iter__(self) -> Iterator[ModelShare]:
        """Each, made anew."""
        return map(ModelShare, self.ids, self.request_shares, self.token_shares)

    @overload
    def __getitem__(self, place: int) -> ModelShare: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[ModelShare, ...]: ...
    def __getitem__(self, place: int | slice) -> ModelShare | tuple[ModelShare, ...]:
        """One of them, or those of a slice."""
        return tuple(self)[place]


@dataclass(frozen=True, slots=True)
class Task:
    """What the API calls a classification."""

    tag: str  # "code:debugging", "math"
    label: str  # "Debugging"
    category: str  # the key of its macro-category
    request_share: float  # of all classified, sampled requests
    token_share: float  # of all their tokens, prompt and completion
    category_request_share: float  # of its macro-category's requests
    category_token_share: float
    models: ModelList
    pointer: str = ""  # its place in the answer, a JSON Pointer (RFC 6901): "/data/classifications/3"

    def pointer_to(self, model_id: str) -> str:
        """The place of a model of the list: "/data/classifications/3/models/0"."""
        return f"{self.pointer}/models/{self.models.ids.index(model_id)}"


@dataclass(frozen=True, slots=True)
class Category:
    """A macro-category: a group of tasks."""

    key: str  # "code"
    label: str  # "Code"
    request_share: float  # of all classified, sampled requests
    token_share: float
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One response: a window of `window_days` days ending `as_of` (UTC, that day included)."""

    window_days: int
    as_of: date
    tasks: tuple[Task, ...]
    categories: tuple[Category, ...]
    is_sample: bool  # made by sample.py: fictional models
    warnings: tuple[str, ...]  # odd but possible: sums off by more than 0.02, fields not known yet
