"""Two revisions of one day -> how many published shares differ, and where most."""

from collections.abc import Iterator

from generator.analyse.labels import labelled
from generator.analyse.ranks import DECIMALS
from generator.models import Difference, Mark, Restated, Snapshot, StoredSnapshot, Whole

_Where = tuple[Whole, str, str, Mark]  # a share of what, tag or key, permaslug or "", requests or tokens


def restated(before: StoredSnapshot, after: StoredSnapshot) -> Restated:
    """What the source changed. A share that only one of the two holds differs too: the other one is unknown."""
    then, now = dict(_values(before.snapshot)), dict(_values(after.snapshot))
    either = {**then, **now}
    moved = {where: now[where] - then[where] for where in either if where in then and where in now}
    largest = min(moved, key=lambda where: (-abs(round(moved[where], DECIMALS)), where), default=None)
    return Restated(
        as_of=after.as_of,
        revision=after.revision,
        values=len(either),
        differing=sum(then.get(where) != now.get(where) for where in either),
        largest=_difference(largest, then[largest], now[largest], after) if largest and moved[largest] else None,
    )


def _difference(where: _Where, then: float, now: float, shown: StoredSnapshot) -> Difference:
    whole, identifier, model_id, measure = where
    snapshot = labelled(shown.snapshot)
    labels = {("category", category.key): category.label for category in snapshot.categories}
    labels |= {("task", task.tag): task.label for task in snapshot.tasks}
    kind = "category" if whole == "everything by category" else "task"
    return Difference(labels[kind, identifier], model_id, whole, measure, then, now)


def _values(snapshot: Snapshot) -> Iterator[tuple[_Where, float]]:
    """Every share that the snapshot publishes, as far as its decimals tell."""
    for whole, identifier, model_id, requests, tokens in _pairs(snapshot):
        yield (whole, identifier, model_id, "requests"), round(requests, DECIMALS)
        yield (whole, identifier, model_id, "tokens"), round(tokens, DECIMALS)


def _pairs(snapshot: Snapshot) -> Iterator[tuple[Whole, str, str, float, float]]:
    for category in snapshot.categories:
        yield "everything by category", category.key, "", category.request_share, category.token_share
    for task in snapshot.tasks:
        yield "everything", task.tag, "", task.request_share, task.token_share
        yield "macro-category", task.tag, "", task.category_request_share, task.category_token_share
        for model in task.models:
            yield "task", task.tag, model.id, model.request_share, model.token_share
