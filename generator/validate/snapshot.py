"""Bytes -> Snapshot: strict JSON, then the shape, then the rules, then our own words for it.

An answer that is plain in every way is read at once (`plain`); all others are looked at thoroughly.
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from sys import intern  # years of days say the same few texts: each is kept once
from typing import TYPE_CHECKING

from generator.errors import SnapshotError
from generator.models import Category, ModelList, Snapshot, Task

from .plain import PlainCategory, PlainData, PlainModel, PlainTask, plain_data
from .rules import check_rules
from .strict_json import load

if TYPE_CHECKING:
    from .shape import ClassificationPart, DataPart, MacroCategoryPart, ModelPart

LISTED_AT_MOST = 100  # problems and warnings, so that a hostile body cannot fill a log


def parse_snapshot(body: bytes) -> Snapshot:
    """The snapshot that an answer of the endpoint holds, with warnings for what is odd but possible.

    Raises SnapshotError with every problem found, each with its JSON path. Lists keep the order in which they came.
    """
    if plain := plain_data(body):
        return _snapshot(plain, (), is_sample=plain.sample)
    return _read_thoroughly(body)


def _read_thoroughly(body: bytes) -> Snapshot:
    from .shape import is_sample, new_fields, read_shape

    value = load(body)
    answer, problems = read_shape(value)
    findings = check_rules(value)
    problems.extend(findings.problems)
    if answer is None or problems:
        raise SnapshotError("the answer is not a snapshot that can be trusted:", _capped(problems))
    warnings = [*(f"new field {path}" for path in new_fields(answer)), *findings.warnings]
    return _snapshot(answer.data, _capped(warnings), is_sample=is_sample(answer))


def _snapshot(data: "DataPart | PlainData", warnings: Sequence[str], *, is_sample: bool) -> Snapshot:
    tasks, categories = data.classifications, data.macro_categories
    return Snapshot(
        window_days=data.window_days,
        as_of=date.fromisoformat(data.as_of),
        tasks=tuple(map(_task, tasks, _pointers("/data/classifications", len(tasks)))),
        categories=tuple(map(_category, categories, _pointers("/data/macro_categories", len(categories)))),
        is_sample=is_sample,
        warnings=tuple(warnings),
    )


def _category(part: "MacroCategoryPart | PlainCategory", pointer: str) -> Category:
    return Category(
        intern(part.key),
        intern(part.label),
        _share(part.usage_share),
        _share(part.token_share),
        pointer,
    )


def _task(part: "ClassificationPart | PlainTask", pointer: str) -> Task:
    return Task(
        tag=intern(part.tag),
        label=intern(part.display_name),
        category=intern(part.macro_category),
        request_share=_share(part.usage_share),
        token_share=_share(part.token_share),
        category_request_share=_share(part.category_usage_share),
        category_token_share=_share(part.category_token_share),
        models=_models(part.models),
        pointer=pointer,
    )


def _models(parts: "Sequence[ModelPart] | Sequence[PlainModel]") -> ModelList:
    return ModelList(
        tuple(map(intern, [part.id for part in parts])),
        tuple(map(_share, [part.tag_usage_share for part in parts])),
        tuple(map(_share, [part.tag_token_share for part in parts])),
    )


@lru_cache(maxsize=4096)  # of every day the same
def _pointers(path: str, length: int) -> tuple[str, ...]:
    return tuple(intern(f"{path}/{place}") for place in range(length))


@lru_cache(maxsize=4096)
def _share(value: float) -> float:
    """-0.0, which JSON can write, becomes 0.0. Shares of three decimals are few: each is kept once."""
    return value + 0.0


def _capped(lines: Sequence[str]) -> list[str]:
    left_out = len(lines) - LISTED_AT_MOST
    return [*lines[:LISTED_AT_MOST], f"... and {left_out} more"] if left_out > 0 else list(lines)
