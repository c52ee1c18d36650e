"""The rankings of one snapshot: tasks, macro-categories, models, each compared with 7 days earlier."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from generator import formats
from generator.analyse.changes import Comparison, Standings
from generator.analyse.ranks import intensity_of, ordered, ranks_of, ratio_of
from generator.models import (
    CarryingModel,
    Category,
    CategoryReport,
    Departed,
    ListedModel,
    Listing,
    ModelReport,
    Pair,
    Rank,
    Ranks,
    Snapshot,
    Task,
    TaskReport,
)


def task_reports(snapshot: Snapshot, names: Mapping[str, str], comparison: Comparison) -> tuple[TaskReport, ...]:
    """All tasks by requests, with their places over all and within their macro-category."""
    tasks = ordered(snapshot.tasks, lambda task: Pair(task.request_share, task.token_share), lambda task: task.tag)
    labels = {category.key: category.label for category in snapshot.categories}
    overall = ranks_of([Pair(task.request_share, task.token_share) for task in tasks])
    within = _ranks_within_category(tasks)
    return tuple(
        _task_report(task, labels[task.category], ranks, within[task.tag], names, comparison)
        for task, ranks in zip(tasks, overall, strict=True)
    )


def _ranks_within_category(tasks: Sequence[Task]) -> dict[str, Ranks]:
    groups: defaultdict[str, list[Task]] = defaultdict(list)
    for task in tasks:
        groups[task.category].append(task)
    ranks: dict[str, Ranks] = {}
    for group in groups.values():
        places = ranks_of([Pair(task.category_request_share, task.category_token_share) for task in group])
        ranks.update(zip((task.tag for task in group), places, strict=True))
    return ranks


def _task_report(
    task: Task,
    category_label: str,
    ranks: Ranks,
    category_ranks: Ranks,
    names: Mapping[str, str],
    comparison: Comparison,
) -> TaskReport:
    share = Pair(task.request_share, task.token_share)
    category_share = Pair(task.category_request_share, task.category_token_share)
    models = _listed_models(task, names, comparison)
    coverage = Pair(sum(task.models.request_shares), sum(task.models.token_shares))
    return TaskReport(
        tag=task.tag,
        label=task.label,
        category=task.category,
        category_label=category_label,
        share=share,
        ranks=ranks,
        category_share=category_share,
        category_ranks=category_ranks,
        intensity=intensity_of(share),
        change=comparison.change(("task", task.tag), ranks.requests, share),
        category_change=comparison.change(("within", task.tag, task.category), category_ranks.requests, category_share),
        models=models,
        departed=_departed(task, names, comparison),
        coverage=coverage,
        pointer=task.pointer,
        unlisted=Pair(max(0.0, 1 - (coverage.requests or 0.0)), max(0.0, 1 - (coverage.tokens or 0.0))),
    )


def _listed_models(task: Task, names: Mapping[str, str], comparison: Comparison) -> tuple[ListedModel, ...]:
    models = ordered(task.models, lambda model: Pair(model.request_share, model.token_share), lambda model: model.id)
    shares = [Pair(model.request_share, model.token_share) for model in models]
    return tuple(
        ListedModel(
            model.id,
            names[model.id],
            share,
            ranks,
            intensity_of(share),
            comparison.change(("listed", task.tag, model.id), ranks.requests, share),
            task.pointer_to(model.id),
        )
        for model, share, ranks in zip(models, shares, ranks_of(shares), strict=True)
    )


def _departed(task: Task, names: Mapping[str, str], comparison: Comparison) -> tuple[Departed, ...]:
    """The models that the task's list held 7 days earlier and no longer holds."""
    if task.tag in comparison.redefined:
        return ()
    listed = {model.id for model in task.models}
    gone = [
        Departed(model_id, names.get(model_id) or formats.model_names([model_id])[model_id], rank, share)
        for model_id, (rank, share) in comparison.lists.get(task.tag, {}).items()
        if model_id not in listed
    ]
    return tuple(sorted(gone, key=lambda model: (model.rank.place, model.id)))


def category_reports(
    snapshot: Snapshot, tasks: Sequence[TaskReport], names: Mapping[str, str], comparison: Comparison
) -> tuple[CategoryReport, ...]:
    """All macro-categories by requests, with their tasks and the models that carry them."""
    categories = ordered(
        snapshot.categories, lambda category: Pair(category.request_share, category.token_share), lambda item: item.key
    )
    shares = [Pair(category.request_share, category.token_share) for category in categories]
    return tuple(
        _category_report(category, share, ranks, tasks, names, comparison)
        for category, share, ranks in zip(categories, shares, ranks_of(shares), strict=True)
    )


def _category_report(
    category: Category,
    share: Pair,
    ranks: Ranks,
    tasks: Sequence[TaskReport],
    names: Mapping[str, str],
    comparison: Comparison,
) -> CategoryReport:
    own = ordered(
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
        change=comparison.change(("category", category.key), ranks.requests, share),
        tasks=own,
        models=_carrying_models(category.key, own, names, comparison),
        pointer=category.pointer,
    )


def _carrying_models(
    category: str, tasks: Sequence[TaskReport], names: Mapping[str, str], comparison: Comparison
) -> tuple[CarryingModel, ...]:
    """Each model's share of a category: its share of each task times the task's share of the category, summed.

    Only the tasks that list the model count, so this is a lower bound (apart from the rounding of its terms).
    """
    sums = _sum_by_model((model, task.category_share) for task in tasks for model in task.models)
    listed_in: defaultdict[str, int] = defaultdict(int)
    for model in (model for task in tasks for model in task.models):
        listed_in[model.id] += 1
    ids = ordered(sums, lambda model_id: sums[model_id], lambda model_id: model_id)
    ranks = ranks_of([sums[model_id] for model_id in ids])
    return tuple(
        CarryingModel(
            model_id,
            names[model_id],
            sums[model_id],
            rank,
            listed_in[model_id],
            comparison.change(("carrying", category, model_id), rank.requests, sums[model_id]),
        )
        for model_id, rank in zip(ids, ranks, strict=True)
    )


def model_reports(
    tasks: Sequence[TaskReport], names: Mapping[str, str], comparison: Comparison
) -> tuple[ModelReport, ...]:
    """All listed models by at least their share of all requests."""
    sums = _sum_by_model((model, task.share) for task in tasks for model in task.models)
    ids = ordered(sums, lambda model_id: sums[model_id], lambda model_id: model_id)
    ranks = ranks_of([sums[model_id] for model_id in ids])
    return tuple(
        ModelReport(
            id=model_id,
            name=names[model_id],
            author=formats.author_of(model_id),
            share=sums[model_id],
            ranks=rank,
            change=comparison.change(("model", model_id), rank.requests, sums[model_id]),
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
        average = Pair(ratio_of(overall.requests, all_requests), ratio_of(overall.tokens, all_tokens))
        lift = Pair(ratio_of(model.share.requests, average.requests), ratio_of(model.share.tokens, average.tokens))
        mix = Pair(
            ratio_of((model.share.requests or 0.0) * (task.share.requests or 0.0), overall.requests),
            ratio_of((model.share.tokens or 0.0) * (task.share.tokens or 0.0), overall.tokens),
        )
        return Listing(
            tag=task.tag,
            label=task.label,
            category=task.category,
            share=model.share,
            ranks=model.ranks,
            change=model.change,
            mix=mix,
            lift=lift,
            pointer=model.pointer,
        )

    return ordered([listing(*pair) for pair in found], lambda item: item.share, lambda item: item.tag)


def _siblings(model_id: str, ids: Sequence[str]) -> tuple[str, ...]:
    author = formats.author_of(model_id)
    return tuple(sorted(other for other in ids if other != model_id and author and formats.author_of(other) == author))


def _sum_by_model(parts: Iterable[tuple[ListedModel, Pair]]) -> dict[str, Pair]:
    """For each model the sum of (its share of a task) x (the task's share)."""
    requests: defaultdict[str, float] = defaultdict(float)
    tokens: defaultdict[str, float] = defaultdict(float)
    for model, task_share in parts:
        requests[model.id] += (model.share.requests or 0.0) * (task_share.requests or 0.0)
        tokens[model.id] += (model.share.tokens or 0.0) * (task_share.tokens or 0.0)
    return {model_id: Pair(requests[model_id], tokens[model_id]) for model_id in requests}


def standings(
    categories: Sequence[CategoryReport], tasks: Sequence[TaskReport], models: Sequence[ModelReport]
) -> Standings:
    """Every place of every ranking by its key, for a later day to be compared with."""
    found: dict[tuple[str, ...], tuple[Rank, Pair]] = {}
    for category in categories:
        found["category", category.key] = category.ranks.requests, category.share
        for carrying in category.models:
            found["carrying", category.key, carrying.id] = carrying.ranks.requests, carrying.share
    for task in tasks:
        found["task", task.tag] = task.ranks.requests, task.share
        found["within", task.tag, task.category] = task.category_ranks.requests, task.category_share
        for listed in task.models:
            found["listed", task.tag, listed.id] = listed.ranks.requests, listed.share
    for model in models:
        found["model", model.id] = model.ranks.requests, model.share
    return found
