"""History -> Report: ranks, ties, coverage, intensity, lower bounds, lift. Pure.

Comes in: an archive that `validate` accepted. Goes out: every figure and every order that a reader sees.
It refuses nothing. What a top-N list does not show stays unknown: "not listed" is never 0.
Every order has the same tie-break: the measure, then the other measure, then the label, then the identifier.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from generator import formats
from generator.models import (
    CarryingModel,
    Category,
    CategoryReport,
    History,
    Intensity,
    ListedModel,
    Listing,
    ModelReport,
    Pair,
    Rank,
    Ranks,
    Report,
    Snapshot,
    Task,
    TaskReport,
)

DECIMALS = 3  # as published; a difference below this is no difference
HALF_STEP = 0.5 * 10**-DECIMALS

T = TypeVar("T")


def analyse(history: History) -> Report:
    """Everything the site says about the newest snapshot of `history`."""
    snapshot = history.latest
    newest = history.days[-1].revisions[-1]
    names = formats.model_names(model.id for task in snapshot.tasks for model in task.models)
    tasks = _task_reports(snapshot, names)
    return Report(
        window=history.window,
        window_days=snapshot.window_days,
        as_of=snapshot.as_of,
        is_sample=snapshot.is_sample,
        source_path=newest.path,
        source_sha256=newest.sha256,
        first_day=history.days[0].as_of,
        days_kept=len(history.days),
        days_missing=(history.days[-1].as_of - history.days[0].as_of).days + 1 - len(history.days),
        days_restated=sum(len(day.revisions) > 1 for day in history.days),
        warnings=snapshot.warnings,
        categories=_category_reports(snapshot, tasks, names),
        tasks=tasks,
        models=_model_reports(tasks, names),
        names=names,
    )


def rank_all(shares: Sequence[float]) -> tuple[Rank, ...]:
    """The place of each share, in the order given. Equal in three decimals: a shared place (1, 2, 2, 4)."""
    published = [round(share, DECIMALS) for share in shares]
    return tuple(
        Rank(1 + sum(other > share for other in published), len(published), published.count(share) > 1)
        for share in published
    )


def intensity_of(share: Pair) -> Intensity | None:
    """Token share / request share with the bounds that rounding to three decimals leaves.

    None where either share is unknown or published as 0.000: then the ratio says nothing.
    """
    if not share.requests or not share.tokens:
        return None
    fewest, most = share.requests - HALF_STEP, share.requests + HALF_STEP
    return Intensity(
        ratio=share.tokens / share.requests,
        low=max(0.0, share.tokens - HALF_STEP) / most,
        high=(share.tokens + HALF_STEP) / fewest if fewest > 0 else None,
    )


def _task_reports(snapshot: Snapshot, names: Mapping[str, str]) -> tuple[TaskReport, ...]:
    tasks = _ordered(snapshot.tasks, lambda task: Pair(task.request_share, task.token_share), lambda task: task.tag)
    labels = {category.key: category.label for category in snapshot.categories}
    overall = _ranks([Pair(task.request_share, task.token_share) for task in tasks])
    within = _ranks_within_category(tasks)
    return tuple(
        _task_report(task, labels[task.category], ranks, within[task.tag], names)
        for task, ranks in zip(tasks, overall, strict=True)
    )


def _ranks_within_category(tasks: Sequence[Task]) -> dict[str, Ranks]:
    groups: defaultdict[str, list[Task]] = defaultdict(list)
    for task in tasks:
        groups[task.category].append(task)
    ranks: dict[str, Ranks] = {}
    for group in groups.values():
        places = _ranks([Pair(task.category_request_share, task.category_token_share) for task in group])
        ranks.update(zip((task.tag for task in group), places, strict=True))
    return ranks


def _task_report(
    task: Task, category_label: str, ranks: Ranks, category_ranks: Ranks, names: Mapping[str, str]
) -> TaskReport:
    share = Pair(task.request_share, task.token_share)
    models = _listed_models(task, names)
    coverage = Pair(sum(model.request_share for model in task.models), sum(model.token_share for model in task.models))
    return TaskReport(
        tag=task.tag,
        label=task.label,
        category=task.category,
        category_label=category_label,
        share=share,
        ranks=ranks,
        category_share=Pair(task.category_request_share, task.category_token_share),
        category_ranks=category_ranks,
        intensity=intensity_of(share),
        models=models,
        coverage=coverage,
        unlisted=Pair(max(0.0, 1 - (coverage.requests or 0.0)), max(0.0, 1 - (coverage.tokens or 0.0))),
    )


def _listed_models(task: Task, names: Mapping[str, str]) -> tuple[ListedModel, ...]:
    models = _ordered(task.models, lambda model: Pair(model.request_share, model.token_share), lambda model: model.id)
    shares = [Pair(model.request_share, model.token_share) for model in models]
    return tuple(
        ListedModel(model.id, names[model.id], share, ranks, intensity_of(share))
        for model, share, ranks in zip(models, shares, _ranks(shares), strict=True)
    )


def _category_reports(
    snapshot: Snapshot, tasks: Sequence[TaskReport], names: Mapping[str, str]
) -> tuple[CategoryReport, ...]:
    categories = _ordered(
        snapshot.categories, lambda category: Pair(category.request_share, category.token_share), lambda item: item.key
    )
    shares = [Pair(category.request_share, category.token_share) for category in categories]
    return tuple(
        _category_report(category, share, ranks, tasks, names)
        for category, share, ranks in zip(categories, shares, _ranks(shares), strict=True)
    )


def _category_report(
    category: Category, share: Pair, ranks: Ranks, tasks: Sequence[TaskReport], names: Mapping[str, str]
) -> CategoryReport:
    own = _ordered(
        [task for task in tasks if task.category == category.key],
        lambda task: task.category_share,
        lambda task: task.tag,
    )
    return CategoryReport(
        key=category.key,
        label=category.label,
        share=share,
        ranks=ranks,
        intensity=intensity_of(share),
        tasks=own,
        models=_carrying_models(own, names),
    )


def _carrying_models(tasks: Sequence[TaskReport], names: Mapping[str, str]) -> tuple[CarryingModel, ...]:
    """Each model's share of a category: its share of each task times the task's share of the category, summed.

    Only the tasks that list the model count, so this is a lower bound (apart from the rounding of its terms).
    """
    sums = _sum_by_model((model, task.category_share) for task in tasks for model in task.models)
    listed_in: defaultdict[str, int] = defaultdict(int)
    for model in (model for task in tasks for model in task.models):
        listed_in[model.id] += 1
    ids = _ordered(sums, lambda model_id: sums[model_id], lambda model_id: model_id)
    ranks = _ranks([sums[model_id] for model_id in ids])
    return tuple(
        CarryingModel(model_id, names[model_id], sums[model_id], rank, listed_in[model_id])
        for model_id, rank in zip(ids, ranks, strict=True)
    )


def _model_reports(tasks: Sequence[TaskReport], names: Mapping[str, str]) -> tuple[ModelReport, ...]:
    sums = _sum_by_model((model, task.share) for task in tasks for model in task.models)
    ids = _ordered(sums, lambda model_id: sums[model_id], lambda model_id: model_id)
    ranks = _ranks([sums[model_id] for model_id in ids])
    return tuple(
        ModelReport(
            id=model_id,
            name=names[model_id],
            author=formats.author_of(model_id),
            share=sums[model_id],
            ranks=rank,
            listings=_listings(model_id, sums[model_id], tasks),
            siblings=_siblings(model_id, ids),
        )
        for model_id, rank in zip(ids, ranks, strict=True)
    )


def _listings(model_id: str, overall: Pair, tasks: Sequence[TaskReport]) -> tuple[Listing, ...]:
    """The tasks that list the model. Mix and lift look at these tasks alone: of the others nothing is known."""
    found = [(task, model) for task in tasks for model in task.models if model.id == model_id]
    all_requests = sum(task.share.requests or 0.0 for task, _ in found)
    all_tokens = sum(task.share.tokens or 0.0 for task, _ in found)

    def listing(task: TaskReport, model: ListedModel) -> Listing:
        average = Pair(_ratio(overall.requests, all_requests), _ratio(overall.tokens, all_tokens))
        lift = Pair(_ratio(model.share.requests, average.requests), _ratio(model.share.tokens, average.tokens))
        mix = Pair(
            _ratio((model.share.requests or 0.0) * (task.share.requests or 0.0), overall.requests),
            _ratio((model.share.tokens or 0.0) * (task.share.tokens or 0.0), overall.tokens),
        )
        return Listing(task.tag, task.label, task.category, model.share, model.ranks, mix, lift)

    return _ordered([listing(*pair) for pair in found], lambda item: item.share, lambda item: item.tag)


def _siblings(model_id: str, ids: Sequence[str]) -> tuple[str, ...]:
    author = formats.author_of(model_id)
    return tuple(sorted(other for other in ids if other != model_id and author and formats.author_of(other) == author))


def _ratio(part: float | None, whole: float | None) -> float | None:
    """None where the whole is unknown or 0.000: then the ratio says nothing."""
    return part / whole if part is not None and whole else None


def _sum_by_model(parts: Iterable[tuple[ListedModel, Pair]]) -> dict[str, Pair]:
    """For each model the sum of (its share of a task) x (the task's share)."""
    requests: defaultdict[str, float] = defaultdict(float)
    tokens: defaultdict[str, float] = defaultdict(float)
    for model, task_share in parts:
        requests[model.id] += (model.share.requests or 0.0) * (task_share.requests or 0.0)
        tokens[model.id] += (model.share.tokens or 0.0) * (task_share.tokens or 0.0)
    return {model_id: Pair(requests[model_id], tokens[model_id]) for model_id in requests}


def _ranks(shares: Sequence[Pair]) -> tuple[Ranks, ...]:
    by_requests = rank_all([share.requests or 0.0 for share in shares])
    by_tokens = rank_all([share.tokens or 0.0 for share in shares])
    return tuple(Ranks(requests, tokens) for requests, tokens in zip(by_requests, by_tokens, strict=True))


def _ordered(things: Iterable[T], share: Callable[[T], Pair], name: Callable[[T], str]) -> tuple[T, ...]:
    """By requests, then tokens, both descending and as published; then by identifier, so that no order is by chance."""

    def key(thing: T) -> tuple[float, float, str]:
        pair = share(thing)
        return (-round(pair.requests or 0.0, DECIMALS), -round(pair.tokens or 0.0, DECIMALS), name(thing))

    return tuple(sorted(things, key=key))
