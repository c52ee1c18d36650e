"""What happened, edition by edition, and the ledger: gaps, restatements, repeats and what was defined anew."""

from collections.abc import Sequence

from generator.files.data.columns import SCHEMA_VERSION
from generator.files.data.entries import words_of
from generator.models import (
    Crossing,
    DataLabels,
    Difference,
    Edition,
    Entry,
    FirstPlaced,
    Gap,
    LeadChange,
    Log,
    Move,
    News,
    Redefined,
    Repeated,
    Restated,
    Standing,
    TaskName,
    Warned,
)


def changes(log: Log, labels: DataLabels) -> dict[str, object]:
    """The editions, newest first, each against the snapshot exactly 7 days earlier."""
    return {
        "schema_version": SCHEMA_VERSION,
        **words_of(labels),
        "as_of": labels.as_of,
        "editions": [_edition(edition) for edition in log.editions],
    }


def gaps(log: Log, labels: DataLabels) -> dict[str, object]:
    """The ledger, newest first. `counts` are of kept days but for `missing`."""
    return {
        "schema_version": SCHEMA_VERSION,
        **words_of(labels),
        "as_of": labels.as_of,
        "first_day": labels.first_day,
        "counts": {
            "kept": sum(day.is_kept for day in log.calendar),
            "missing": sum(not day.is_kept for day in log.calendar),
            "restated": sum(day.is_restated for day in log.calendar),
            "repeated": sum(day.is_repeat for day in log.calendar),
        },
        "entries": [_entry(entry) for entry in log.ledger],
    }


def _edition(edition: Edition) -> dict[str, object]:
    told = {"edition": edition.label, "as_of": edition.as_of, "is_finished": edition.is_finished}
    if edition.news is None:
        return {**told, "compared_with": None, "no_comparison": edition.no_comparison}
    return {**told, **_news(edition.news)}


def _news(news: News) -> dict[str, object]:
    return {
        "compared_with": news.since,
        "leads": [_lead(lead) for lead in news.leads],
        "tasks": [_crossing(crossing) for crossing in news.tasks],
        "models": [_crossing(crossing) for crossing in news.models],
        "moves": [_move(move) for move in news.moves],
    }


def _lead(lead: LeadChange) -> dict[str, object]:
    return {**_task(lead.task), "before": _placed(lead.before), "after": _placed(lead.after)}


def _placed(models: Sequence[FirstPlaced]) -> list[dict[str, object]]:
    return [
        {"model": model.id, "name": model.name, "before": _standing(model.before), "after": _standing(model.after)}
        for model in models
    ]


def _crossing(crossing: Crossing) -> dict[str, object]:
    """What it was on the day that does not list it is not known."""
    there = "before" if crossing.kind == "left" else "after"
    return {"kind": crossing.kind, **_what(crossing), there: _standing(crossing.standing)}


def _move(move: Move) -> dict[str, object]:
    return {
        **_what(move),
        "before": _standing(move.before),
        "after": _standing(move.after),
        "difference": round(move.difference, 6),
    }


def _what(event: Crossing | Move) -> dict[str, object]:
    """The task, or the model within it."""
    return {**_task(event.task), **({"model": event.model_id, "name": event.name} if event.model_id else {})}


def _task(task: TaskName) -> dict[str, object]:
    return {"task": task.tag, "label": task.label, "macro_category": task.category}


def _standing(standing: Standing | None) -> dict[str, object] | None:
    if standing is None:
        return None
    share = standing.share
    return {"request_rank": standing.rank.place, "request_share": share.requests, "token_share": share.tokens}


def _entry(entry: Entry) -> dict[str, object]:
    match entry:
        case Gap():
            days = (entry.last - entry.first).days + 1
            return {"kind": "missing", "first": entry.first, "last": entry.last, "days": days}
        case Restated():
            largest = entry.largest and _difference(entry.largest)
            counts = {"shares": entry.values, "differing": entry.differing, "largest": largest}
            return {"kind": "restated", **_day(entry), "revision": entry.revision, **counts}
        case Repeated():
            return {"kind": "repeated", **_day(entry), "before": entry.before}
        case Redefined():
            said = {"before": entry.before, "labels": entry.labels, "then": entry.then, "now": entry.now}
            return {"kind": entry.kind, **_day(entry), **said}
        case Warned():
            return {"kind": "warning", "first": entry.first, "last": entry.last, "days": entry.days, "text": entry.text}


def _day(entry: Restated | Repeated | Redefined) -> dict[str, object]:
    return {"first": entry.as_of, "last": entry.as_of, "days": 1}


def _difference(largest: Difference) -> dict[str, object]:
    measure = "request_share" if largest.measure == "requests" else "token_share"
    return {
        "label": largest.label,
        "model": largest.model_id or None,
        "of": largest.whole,
        "measure": measure,
        "before": largest.before,
        "after": largest.after,
    }
