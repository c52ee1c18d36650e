"""The entries of the ledger in words."""

from generator import formats
from generator.models import Definition, Difference, Entry, Gap, Mark, Redefined, Repeated, Restated, Warned, Whole
from generator.pages.lines import Line, Row, day_link

_MOST_NAMED = 6  # tasks of one entry; the others are counted

_KINDS: dict[Definition, str] = {
    "task added": "task added",
    "task gone": "task gone",
    "task renamed": "renamed",
    "task moved": "moved",
    "list length": "list length",
    "category added": "macro-category added",
    "category gone": "macro-category gone",
    "category renamed": "renamed",
    "window": "window",
}
_MEASURES: dict[Mark, str] = {"requests": "request share", "tokens": "token share"}
_WHOLES: dict[Whole, str] = {
    "everything": "of everything",
    "everything by category": "of everything",
    "macro-category": "of its macro-category",
    "task": "of the task",
}


def row_of(entry: Entry) -> Row:
    """An entry with its days, which are linked where they are kept."""
    match entry:
        case Gap():
            return _gap(entry)
        case Restated():
            return Row((day_link(entry.as_of),), "restated", (_restated(entry),))
        case Repeated():
            again: Line = ("the figures of ", day_link(entry.before), " were sent once more under this date")
            return Row((day_link(entry.as_of),), "source repeated", again)
        case Redefined():
            words: Line = (f"{_redefined(entry)}; against ", day_link(entry.before))
            return Row((day_link(entry.as_of),), _KINDS[entry.kind], words)
        case Warned():
            return _warned(entry)


def _gap(gap: Gap) -> Row:
    days = (gap.last - gap.first).days + 1
    before, after = gap.before, gap.after
    when = formats.long_date(gap.first)
    day: Line = (when,) if days == 1 else (f"{when} to {formats.long_date(gap.last)}",)
    text = (f"{formats.plural(days, 'day')} without a snapshot, between ", day_link(before), " and ", day_link(after))
    return Row(day, "missing", text)


def _restated(entry: Restated) -> str:
    where = f", most in {_difference(entry.largest)}" if entry.largest else ""
    if not entry.differing:
        return "the source sent the day again: no share differs, only something around them"
    return (
        f"the source changed the day ({formats.ordinal(entry.revision)} version): {entry.differing} of "
        f"{formats.plural(entry.values, 'share')} differ{where}"
    )


def _difference(largest: Difference) -> str:
    who = f"{largest.model_id} in {largest.label}" if largest.model_id else largest.label
    return (
        f"{who}, {_MEASURES[largest.measure]} {_WHOLES[largest.whole]}: {formats.percent(largest.before)} before, "
        f"{formats.percent(largest.after)} now"
    )


def _redefined(entry: Redefined) -> str:
    match entry.kind:
        case "window":
            return f"the window is {formats.plural(int(entry.now), 'day')}, {entry.then} before"
        case "list length":
            tasks = f"{formats.plural(len(entry.labels), 'task')}: {_named(entry.labels)}"
            return f"lists of {formats.plural(int(entry.now), 'model')}, {entry.then} before, in {tasks}"
        case "task renamed" | "category renamed":
            return f"{entry.labels[0]} is called {entry.now}, {entry.then} before"
        case "task moved":
            return f"{entry.labels[0]} belongs to {entry.now}, to {entry.then} before"
    return _named(entry.labels)


def _named(labels: tuple[str, ...]) -> str:
    more = len(labels) - _MOST_NAMED
    return f"{', '.join(labels[:_MOST_NAMED])} and {more} more" if more > 0 else formats.listed(labels)


def _warned(entry: Warned) -> Row:
    if entry.days == 1:
        return Row((day_link(entry.first),), "warning", (entry.text,))
    days = (day_link(entry.first), " to ", day_link(entry.last))
    return Row(days, "warning", (f"on {formats.plural(entry.days, 'day')} in a row: {entry.text}",))
