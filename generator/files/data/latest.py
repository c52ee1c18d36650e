"""The newest snapshot with what the site works out of it: places, changes in 7 days, coverage, intensity."""

from generator.addresses import category_path, model_path, task_path
from generator.files.data.columns import SCHEMA_VERSION
from generator.files.data.entries import words_of
from generator.models import CategoryReport, Change, DataLabels, Intensity, ListedModel, Pair, Ranks, Report, TaskReport


def latest(report: Report, labels: DataLabels) -> dict[str, object]:
    """All macro-categories, tasks and listed models, each by requests."""
    return {
        "schema_version": SCHEMA_VERSION,
        **words_of(labels),
        "as_of": report.as_of,
        "window_days": report.window_days,
        "compared_with": report.compared_with,
        "snapshot": {"path": report.source_path, "sha256": report.source_sha256},
        "macro_categories": [_category(category, labels) for category in report.categories],
        "tasks": [_task(task, labels) for task in report.tasks],
    }


def _category(category: CategoryReport, labels: DataLabels) -> dict[str, object]:
    return {
        "macro_category": category.key,
        "label": category.label,
        "page": f"{labels.address}{category_path(category.key)}",
        **_shares(category.share),
        **_places(category.ranks),
        "tokens_per_request": _intensity(category.intensity),
        "change": _change(category.change),
    }


def _task(task: TaskReport, labels: DataLabels) -> dict[str, object]:
    return {
        "task": task.tag,
        "label": task.label,
        "macro_category": task.category,
        "page": f"{labels.address}{task_path(task.category, task.tag)}",
        **_shares(task.share),
        **_shares(task.category_share, "category_"),
        **_places(task.ranks),
        "tokens_per_request": _intensity(task.intensity),
        "change": _change(task.change),
        "listed": _rounded(task.coverage),
        "models": [_model(model, labels) for model in task.models],
    }


def _model(model: ListedModel, labels: DataLabels) -> dict[str, object]:
    return {
        "model": model.id,
        "name": model.name,
        "page": f"{labels.address}{model_path(model.id)}",
        **_shares(model.share),
        **_places(model.ranks),
        "tokens_per_request": _intensity(model.intensity),
        "change": _change(model.change),
    }


def _shares(share: Pair, prefix: str = "") -> dict[str, object]:
    return {f"{prefix}request_share": share.requests, f"{prefix}token_share": share.tokens}


def _rounded(share: Pair) -> dict[str, object]:
    """Sums and differences of published shares, without the dust of binary fractions."""
    parts = {"request_share": share.requests, "token_share": share.tokens}
    return {name: None if part is None else round(part, 6) + 0.0 for name, part in parts.items()}


def _places(ranks: Ranks) -> dict[str, object]:
    return {"request_rank": ranks.requests.place, "token_rank": ranks.tokens.place}


def _intensity(intensity: Intensity | None) -> dict[str, object] | None:
    """Against the average request; the bounds are those that rounding to three decimals leaves."""
    if intensity is None:
        return None
    high = None if intensity.high is None else round(intensity.high, 4)
    return {"ratio": round(intensity.ratio, 4), "low": round(intensity.low, 4), "high": high}


def _change(change: Change) -> dict[str, object]:
    return {"state": change.state, "since": change.since, "places": change.places, **_rounded(change.share)}
