"""The models that a task lists in the sample, and what it shows of them.

Comes in: a task and a day. Goes out: the first ten models by requests, in the endpoint's own format.
"""

from functools import lru_cache
from math import fsum

from .cast import FAMILIES, TASKS, SampleTask
from .noise import noise, rounded_shares, wave

_LISTED_MODELS = 10

Presence = tuple[str, int, float]  # id of a model, number of its family, how much of its full size it has


def models_present(day: int) -> list[Presence]:
    """All models that are used on `day`, listed anywhere or not."""
    return [
        (model, number, presence) for number, family in enumerate(FAMILIES) for model, presence in family.releases(day)
    ]


def listed_models(task: SampleTask, models: list[Presence], day: int) -> list[dict[str, object]]:
    """The first ten models by requests. Their sum is the coverage; what the others have stays unsaid."""
    appetite = _appetite(task, day)
    weights = [(appetite[family] * presence * _suits(model, task), model) for model, family, presence in models]
    top = sorted(weights, key=lambda pair: (-pair[0], pair[1]))[:_LISTED_MODELS]
    tokens = [weight * _tokens_per_request(model, task) for weight, model in top]
    requests_covered, tokens_covered = _coverage(task, day)
    requests_unit = requests_covered / fsum(weight for weight, _ in top)
    tokens_unit = tokens_covered / fsum(tokens)
    return [
        {"id": model, **rounded_shares(weight * requests_unit, model_tokens * tokens_unit, prefix="tag_")}
        for (weight, model), model_tokens in zip(top, tokens, strict=True)
    ]


def _appetite(task: SampleTask, day: int) -> list[float]:
    """How much of each family this task takes: by size, by liking of its category and of itself, and by season."""
    waves = wave(f"appetite {task.tag}", day, len(FAMILIES))
    return [liking * (1 + 0.8 * season) for liking, season in zip(_liking(task), waves, strict=True)]


@lru_cache
def _liking(task: SampleTask) -> tuple[float, ...]:
    of_category, of_task = (noise(f"likes {name}", len(FAMILIES)) for name in (task.category, task.tag))
    return tuple(
        family.size * (0.15 + group * group) * (0.06 + own * own * own * own)
        for family, group, own in zip(FAMILIES, of_category, of_task, strict=True)
    )


def _suits(model: str, task: SampleTask) -> float:
    """How well one version suits the task, against its family: a little less to a little more."""
    return 0.6 + 0.8 * _character(model)[task.tag][0]


def _tokens_per_request(model: str, task: SampleTask) -> float:
    """How heavy a request of the task is with this model: from a two-hundredth to about five times the usual."""
    of_model, of_task = _character(model)[""][0], _character(model)[task.tag][1]
    return (0.1 + 2 * of_model * of_model) * (0.05 + 2.2 * of_task * of_task)


@lru_cache(maxsize=1024)
def _character(model: str) -> dict[str, tuple[float, float]]:
    """Two numbers for each task, and under "" for the model itself, that make it differ from its kin."""
    tags = ("", *(task.tag for task in TASKS))
    first, second = (noise(f"{model} {number}", len(tags)) for number in (1, 2))
    return dict(zip(tags, zip(first, second, strict=True), strict=True))


def _coverage(task: SampleTask, day: int) -> tuple[float, float]:
    """What the listed models have together of the task's requests and tokens: 0.33 to 0.78."""
    bases, waves = noise(f"covers {task.tag}", 2), wave(f"covers {task.tag}", day, 2)
    requests, tokens = (0.37 + 0.37 * base + 0.06 * season for base, season in zip(bases, waves, strict=True))
    return requests, tokens
