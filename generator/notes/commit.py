"""DayReport -> the message of a data commit: what the new snapshot changed in the ranking, not when it came."""

from collections.abc import Iterator
from itertools import chain

from generator import formats
from generator.models import DayReport, LeadChange, Move, News, Repeated, Restated, Stored

_LONGEST_SUBJECT = 120
_MOST_LINES = 10
# What a commit's message would do something with: closing an issue, calling a person, skipping a workflow.
_ACTING = str.maketrans({"#": "No. ", "@": " at ", "[": "(", "]": ")"})


def commit_message(stored: Stored, today: DayReport | None, yesterday: DayReport | None) -> str:
    """Subject and body. `today` is the day that was stored, `yesterday` the kept day before it; None: not known.

    A change of the first place is told on the first day that shows it, though it is one against 7 days earlier.
    """
    snapshot = stored.snapshot
    subject = f"{snapshot.as_of}: {_subject(stored, today, yesterday)}"
    models = len({model.id for task in snapshot.tasks for model in task.models})
    facts = f"{stored.path}: {formats.plural(len(snapshot.tasks), 'task')}, {formats.plural(models, 'model')}."
    lines = [facts, *_body(today)] if stored.outcome == "stored" else [facts]
    return "\n".join([_plain(subject)[:_LONGEST_SUBJECT].rstrip(), "", *map(_plain, lines)])


def _subject(stored: Stored, today: DayReport | None, yesterday: DayReport | None) -> str:
    entries = today.entries if today else ()
    match stored.outcome:
        case "restated":
            found = [entry for entry in entries if isinstance(entry, Restated)]
            return f"restated, {found[-1].differing} of {found[-1].values} values differ" if found else "restated"
        case "repeated":
            said = [entry for entry in entries if isinstance(entry, Repeated)]
            return f"the source sent the figures of {said[-1].before} again" if said else "the source repeats itself"
        case "late":
            return "this day was missing and came later"
    if today is None:
        return "a new snapshot"
    if today.news is None:
        return f"{formats.plural(len(today.tasks), 'task')}; not compared: {today.no_comparison}"
    return _news(today.news, yesterday.news if yesterday else None)


def _news(news: News, before: News | None) -> str:
    told = {_lead_words(change) for change in before.leads} if before else set()
    leads = [change for change in news.leads if _lead_words(change) not in told]
    if leads:
        more = f", and {len(leads) - 1} more" if len(leads) > 1 else ""
        return f"{_lead_words(leads[0])}{more}"
    if news.moves:
        return f"no other first place; {_move_words(news.moves[0])}"
    return "nothing moved"


def _body(today: DayReport | None) -> Iterator[str]:
    if today is None or today.news is None:
        return
    yield f"Against {today.news.since}, 7 days earlier:"
    lines = chain(map(_lead_words, today.news.leads), map(_move_words, today.news.moves))
    for _, line in zip(range(_MOST_LINES), lines, strict=False):
        yield f"- {line}"


def _lead_words(change: LeadChange) -> str:
    """`Nougat takes the first place of Debugging`."""
    names = formats.listed([first.name for first in change.after])
    verb = "takes" if len(change.after) == 1 else "share"
    return f"{names} {verb} the first place of {change.task.label}"


def _move_words(move: Move) -> str:
    """`Nougat in Debugging +4.3 pp`."""
    what = f"{move.name} in {move.task.label}" if move.model_id else f"{move.task.label}'s share of all requests"
    return f"{what} {formats.points(move.difference)}"


def _plain(text: str) -> str:
    """One line that reads the same and does nothing."""
    words = text.translate(_ACTING).replace(formats.NBSP, " ")
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())
