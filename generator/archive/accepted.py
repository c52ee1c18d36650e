"""Months of files that were accepted before: what they say, without judging the same bytes by the same rules again.

Comes in: the files of a month, read anew. Goes out: what was accepted of exactly these bytes, by exactly these rules.
A month is kept under the digest of both, as two tables (texts and shares, each once) and rows of places in them.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from sys import intern
from typing import TypeAlias

from generator import kept
from generator.models import Category, ModelList, Snapshot, StoredSnapshot, Task

from .files import ArchiveFile

_FORM = 2  # of what is kept: another one is not read
Places: TypeAlias = "list[int]"
_SHARES: dict[float, float] = {}  # years of shares of three decimals are few: each is kept once


@dataclass(frozen=True, slots=True)
class Accepted:
    """Where months are kept, and the digest of the rules by which files are accepted."""

    cache: Path | None
    rules: str


def month_of(file: ArchiveFile) -> str:
    """`7d/2026-08`."""
    return file.path[: file.path.rfind("/") + 8]


def read_month(
    files: Sequence[ArchiveFile], accepted: Accepted, read: Callable[[ArchiveFile, str], StoredSnapshot]
) -> tuple[StoredSnapshot, ...]:
    """What the files of a month say: as it was accepted before, or by `read`, which raises for what is not accepted.

    `read` is given a file and its SHA-256.
    """
    digests = [hashlib.sha256(file.body).hexdigest() for file in files]
    key = kept.digest_of(_FORM, accepted.rules, list(zip([file.path for file in files], digests, strict=True)))
    content = kept.kept(accepted.cache, key)
    if content is not None:
        return tuple(_unpacked(content))
    made = tuple(map(read, files, digests))
    if accepted.cache is not None:
        kept.keep(accepted.cache, key, _packed(made))
    return made


class _Table:
    """Things in the order in which they were met first, each once."""

    def __init__(self) -> None:
        self.places: dict[object, int] = {}

    def place(self, thing: object) -> int:
        return self.places.setdefault(thing, len(self.places))


def _packed(snapshots: Sequence[StoredSnapshot]) -> bytes:
    texts, shares = _Table(), _Table()
    rows = [
        [
            *(item.path, item.as_of.isoformat(), item.revision, item.sha256, item.content_sha256, item.size_bytes),
            *(item.snapshot.window_days, item.snapshot.is_sample, item.snapshot.warnings),
            [_category_places(category, texts, shares) for category in item.snapshot.categories],
            [_task_places(task, texts, shares) for task in item.snapshot.tasks],
        ]
        for item in snapshots
    ]
    tables = {"texts": list(texts.places), "shares": list(shares.places), "rows": rows}
    return json.dumps(tables, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _category_places(category: Category, texts: _Table, shares: _Table) -> Places:
    return [
        *map(texts.place, (category.key, category.label, category.pointer)),
        *map(shares.place, (category.request_share, category.token_share)),
    ]


def _task_places(task: Task, texts: _Table, shares: _Table) -> list[Places]:
    own = [
        *map(texts.place, (task.tag, task.label, task.category, task.pointer)),
        *map(shares.place, (task.request_share, task.token_share)),
        *map(shares.place, (task.category_request_share, task.category_token_share)),
    ]
    models = task.models
    requests, tokens = ([*map(shares.place, column)] for column in (models.request_shares, models.token_shares))
    return [own, [*map(texts.place, models.ids)], requests, tokens]


def _unpacked(content: bytes) -> Iterator[StoredSnapshot]:
    tables = json.loads(content.decode("utf-8", "surrogatepass"))
    texts = [intern(text) for text in tables["texts"]]
    shares = [_SHARES.setdefault(share, share) for share in tables["shares"]]
    for path, as_of, revision, sha256, content_sha256, size, window, is_sample, warnings, categories, tasks in tables[
        "rows"
    ]:
        day = date.fromisoformat(as_of)
        snapshot = Snapshot(
            window_days=window,
            as_of=day,
            tasks=tuple(_task(places, texts, shares) for places in tasks),
            categories=tuple(
                Category(texts[key], texts[label], shares[requests], shares[tokens], texts[pointer])
                for key, label, pointer, requests, tokens in categories
            ),
            is_sample=is_sample,
            warnings=tuple(warnings),
        )
        yield StoredSnapshot(path, day, revision, sha256, content_sha256, size, snapshot)


def _task(places: list[Places], texts: list[str], shares: list[float]) -> Task:
    (tag, label, category, pointer, requests, tokens, of_category, tokens_of_category), *listed = places
    ids, requests_of_models, tokens_of_models = listed
    return Task(
        texts[tag],
        texts[label],
        texts[category],
        shares[requests],
        shares[tokens],
        shares[of_category],
        shares[tokens_of_category],
        ModelList(
            tuple([texts[place] for place in ids]),
            tuple([shares[place] for place in requests_of_models]),
            tuple([shares[place] for place in tokens_of_models]),
        ),
        texts[pointer],
    )
