"""Two editions side by side, on a page that stays as it is: it leads to both and to nothing that came later."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator import formats
from generator.addresses import Paths, any_two_path, comparison_path, day_path, edition_path
from generator.models import (
    Compared,
    ComparedTask,
    EditionComparison,
    Frozen,
    Link,
    Page,
    Pair,
    Standing,
)
from generator.pages.cards import comparison_card
from generator.pages.lines import Line
from generator.pages.words import snapshot_words

_NOT_THERE = "not there"


@dataclass(frozen=True, slots=True)
class SideBySide:
    """A macro-category or task on both days."""

    name: str
    id: str
    note: str  # what it was called, or belonged to
    places: tuple[Line, Line, str]  # then, now, each leading to its edition, and what became of it
    requests: tuple[str, str, str]  # then, now, and the difference
    tokens: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class ComparisonContent:
    """What compared.html prints."""

    heading: str
    finding: str
    when: str
    notes: tuple[str, ...]  # to be known before anything is read off
    then: str  # the earlier day at the head of a column, where it may take two lines
    now: str
    categories: tuple[SideBySide, ...]
    tasks: tuple[SideBySide, ...]
    reasons: tuple[str, ...]  # why some tasks are not compared
    lists: tuple[Line, ...]  # a line for each task in whose list something happened
    quiet: str  # tasks in whose list nothing did
    source_then: str
    any_two: str


def comparison_page(comparison: EditionComparison) -> Page:
    """Two editions, whatever came later."""
    before, after = comparison.before, comparison.after
    told = [task for task in comparison.tasks if task.came or task.left or task.moved]
    content = ComparisonContent(
        heading=f"{before.label} and {after.label}",
        finding=_finding(comparison),
        when=_when(comparison),
        notes=tuple(_notes(comparison)),
        then=formats.short_date(before.as_of).replace(formats.NBSP, " "),
        now=formats.short_date(after.as_of).replace(formats.NBSP, " "),
        categories=tuple(_side_by_side(item, _category_paths(comparison, item)) for item in comparison.categories),
        tasks=tuple(_side_by_side(task.task, _task_paths(comparison, task.task)) for task in comparison.tasks),
        reasons=_reasons(comparison),
        lists=tuple(_list_line(task, _task_paths(comparison, task.task)[1]) for task in told),
        quiet=_quiet(comparison.tasks),
        source_then=formats.source_line(before.as_of, is_sample=comparison.is_sample),
        any_two=any_two_path(after.as_of, before.as_of),
    )
    title = f"Editions {before.label} and {after.label} compared"
    breadcrumbs = (Link("Home", ""), Link("Changes", "changes/"), Link("Compare", "compare/"))
    path = comparison_path(before.label, after.label)
    said, card = content.finding[:200], comparison_card(comparison)
    return Page(path, "compared.html", title, said, breadcrumbs, content, _frozen(comparison), card=card)


def _when(comparison: EditionComparison) -> str:
    before, after = (formats.long_date(edition.as_of) for edition in (comparison.before, comparison.after))
    weeks, window = formats.plural(comparison.weeks, "week"), formats.plural(comparison.window_days, "day")
    return f"{before} and {after} · {weeks} apart · windows of {window}"


def _finding(comparison: EditionComparison) -> str:
    """The task whose share of requests moved most, or why there is none."""
    if comparison.no_comparison:
        return f"Nothing is compared: {comparison.no_comparison}."
    moved = [task.task for task in comparison.tasks if task.task.change.share.requests]
    if not moved:
        return "No task has another share of all requests, as far as the published decimals tell."
    most = max(
        moved, key=lambda task: abs(task.change.share.requests or 0.0)
    )  # the larger one first where two are equal
    assert most.before and most.after, "what moved was there on both days"
    then, now = (formats.percent(standing.share.requests) for standing in (most.before, most.after))
    difference = formats.points(most.change.share.requests)
    return f"The share that moved most is that of {most.label}: {then} of all requests then, {now} now ({difference})."


def _notes(comparison: EditionComparison) -> Iterator[str]:
    if comparison.shared_days:
        yield (
            f"These windows share {comparison.shared_days} of {formats.plural(comparison.window_days, 'day')}, "
            "so a difference says less."
        )
    for edition in (comparison.before, comparison.after):
        if edition.revisions > 1:
            yield (
                f"The source restated {formats.long_date(edition.as_of)}; its "
                f"{formats.ordinal(edition.revisions)} version is shown."
            )


def _frozen(comparison: EditionComparison) -> Frozen:
    before, after = comparison.before, comparison.after
    notice = f"You are reading a comparison of the editions {before.label} and {after.label}. It stays as it is."
    links = (
        *(Link(f"Edition {edition.label}", edition_path(edition.label)) for edition in (before, after)),
        *(Link(formats.long_date(edition.as_of), day_path(edition.as_of)) for edition in (before, after)),
    )
    return Frozen(snapshot_words(comparison), notice, links)


# ---------------------------------------------------------------- tables


def _category_paths(comparison: EditionComparison, category: Compared) -> tuple[str, str]:
    then, now = _paths(comparison)
    return then.category(category.id), now.category(category.id)


def _task_paths(comparison: EditionComparison, task: Compared) -> tuple[str, str]:
    then, now = _paths(comparison)
    return then.task(task.category_before, task.id), now.task(task.category, task.id)


def _paths(comparison: EditionComparison) -> tuple[Paths, Paths]:
    return Paths("", comparison.before.label), Paths("", comparison.after.label)


def _side_by_side(item: Compared, paths: tuple[str, str]) -> SideBySide:
    change = item.change
    return SideBySide(
        name=item.label,
        id=item.id,
        note=_note(item),
        places=(_place(item.before, paths[0]), _place(item.after, paths[1]), formats.change_words(change)),
        requests=(*_shares(item, lambda share: share.requests), formats.points(change.share.requests)),
        tokens=(*_shares(item, lambda share: share.tokens), formats.points(change.share.tokens)),
    )


def _note(item: Compared) -> str:
    words = [f"called {item.label_before} then"] if item.label_before else []
    words += [f"part of {item.moved_from} then"] if item.moved_from else []
    return formats.listed(words)


def _place(standing: Standing | None, path: str) -> Line:
    if standing is None:
        return (formats.MISSING,)
    return (Link(f"{standing.rank.place}=" if standing.rank.is_shared else str(standing.rank.place), path),)


def _shares(item: Compared, measure: Callable[[Pair], float | None]) -> tuple[str, str]:
    """Then and now."""
    then, now = (
        formats.percent(measure(standing.share)) if standing else _NOT_THERE for standing in (item.before, item.after)
    )
    return then, now


def _reasons(comparison: EditionComparison) -> tuple[str, ...]:
    """Why single tasks are not compared; why nothing is stands at the top."""
    if comparison.no_comparison:
        return ()
    found = dict.fromkeys(task.task.change.reason for task in comparison.tasks if task.task.change.reason)
    return tuple(f"{formats.MISSING} no comparison: {reason}." for reason in found)


# ---------------------------------------------------------------- lists


def _list_line(compared: ComparedTask, path: str) -> Line:
    """`Debugging: ✚ new A (9th, 1.2 %); ✕ left B (8th, 1.3 % then); ▲ C from 7.2 % to 11.5 %, +4.3 pp`."""
    groups = [
        *_group("✚ new ", [_stood(model, model.after, "") for model in compared.came]),
        *_group("✕ left ", [_stood(model, model.before, " then") for model in compared.left]),
        *map(_moved, compared.moved),
    ]
    return (Link(compared.task.label, path), f": {'; '.join(groups)}")


def _group(head: str, parts: Sequence[str]) -> Iterator[str]:
    """All parts behind one word; nothing for none."""
    if parts:
        yield head + ", ".join(parts)


def _stood(model: Compared, standing: Standing | None, when: str) -> str:
    assert standing, "listed on that day"
    share = formats.percent(standing.share.requests)
    return f"{model.label} ({formats.ordinal(standing.rank.place)}, {share}{when})"


def _moved(model: Compared) -> str:
    assert model.before and model.after, "listed on both days"
    difference = model.change.share.requests
    shape = "▲" if (difference or 0.0) > 0 else "▼"
    then, now = (formats.percent(standing.share.requests) for standing in (model.before, model.after))
    return f"{shape} {model.label} from {then} to {now}, {formats.points(difference)}"


def _quiet(tasks: Iterable[ComparedTask]) -> str:
    """The compared tasks in whose list nothing came, left or moved."""
    quiet = [
        task.task.label
        for task in tasks
        if not (task.came or task.left or task.moved) and task.task.change.state in ("up", "down", "same")
    ]
    return f"No model came, left or moved in {formats.listed(quiet)}." if quiet else ""
