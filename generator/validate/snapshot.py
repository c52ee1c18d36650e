"""Bytes -> Snapshot: strict JSON, then the shape, then the rules, then our own words for it."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from sys import intern  # years of days say the same few texts: each is kept once

from generator.errors import SnapshotError
from generator.models import Category, ModelShare, Snapshot, Task

from .rules import check_rules
from .shape import AnswerPart, ClassificationPart, is_sample, new_fields, read_shape
from .strict_json import load

LISTED_AT_MOST = 100  # problems and warnings, so that a hostile body cannot fill a log


def parse_snapshot(body: bytes) -> Snapshot:
    """The snapshot that an answer of the endpoint holds, with warnings for what is odd but possible.

    Raises SnapshotError with every problem found, each with its JSON path. Lists keep the order in which they came.
    """
    value = load(body)
    answer, problems = read_shape(value)
    findings = check_rules(value)
    problems.extend(findings.problems)
    if answer is None or problems:
        raise SnapshotError("the answer is not a snapshot that can be trusted:", _capped(problems))
    warnings = [*(f"new field {path}" for path in new_fields(answer)), *findings.warnings]
    return _snapshot(answer, _capped(warnings))


def _snapshot(answer: AnswerPart, warnings: Sequence[str]) -> Snapshot:
    data = answer.data
    return Snapshot(
        window_days=data.window_days,
        as_of=date.fromisoformat(data.as_of),
        tasks=tuple(_task(part, f"/data/classifications/{place}") for place, part in enumerate(data.classifications)),
        categories=tuple(
            Category(
                intern(part.key),
                intern(part.label),
                _share(part.usage_share),
                _share(part.token_share),
                intern(f"/data/macro_categories/{place}"),
            )
            for place, part in enumerate(data.macro_categories)
        ),
        is_sample=is_sample(answer),
        warnings=tuple(warnings),
    )


def _task(part: ClassificationPart, pointer: str) -> Task:
    return Task(
        tag=intern(part.tag),
        label=intern(part.display_name),
        category=intern(part.macro_category),
        request_share=_share(part.usage_share),
        token_share=_share(part.token_share),
        category_request_share=_share(part.category_usage_share),
        category_token_share=_share(part.category_token_share),
        models=tuple(
            ModelShare(
                intern(model.id),
                _share(model.tag_usage_share),
                _share(model.tag_token_share),
                intern(f"{pointer}/models/{place}"),
            )
            for place, model in enumerate(part.models)
        ),
        pointer=intern(pointer),
    )


@lru_cache(maxsize=4096)
def _share(value: float) -> float:
    """-0.0, which JSON can write, becomes 0.0. Shares of three decimals are few: each is kept once."""
    return value + 0.0


def _capped(lines: Sequence[str]) -> list[str]:
    left_out = len(lines) - LISTED_AT_MOST
    return [*lines[:LISTED_AT_MOST], f"... and {left_out} more"] if left_out > 0 else list(lines)
