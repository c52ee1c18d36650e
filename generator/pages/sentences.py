"""The news of an edition in five sentences. Every figure in them stands on the page of its day and leads there."""

from collections.abc import Sequence

from generator import formats
from generator.addresses import Paths
from generator.models import Crossing, EditionReport, LeadChange, Link, Move, News, Report, TaskName, TaskReport
from generator.pages.home import finding
from generator.pages.lines import Line, day_link, figure_link, joined

_MOST_LEADS = 3  # told by name; the others are counted


def news_in_five(edition: EditionReport) -> tuple[Line, ...]:
    """Five sentences: what the week was, and what changed in it or why nothing can be said of that."""
    report, news, paths = edition.report, edition.news, Paths(edition.report.source_path, edition.label)
    if news is None:
        return (
            (finding(report),),
            _largest_task(report, paths),
            _largest_model(report),
            _heaviest(report, paths),
            (f"What changed is not told: {report.no_comparison}.",),
        )
    return (
        (finding(report),),
        _largest_task(report, paths),
        _leads(news.leads, report, paths),
        _largest_move(news, paths),
        _arrivals(news, paths),
    )


def _largest_task(report: Report, paths: Paths) -> Line:
    """`The largest of 29 tasks is A with 12.3 % of all requests, up 0.4 points: 11.9 % 7 days earlier.`"""
    if not report.tasks:
        return ("No task is in the snapshot.",)
    first = [task for task in report.tasks if task.ranks.requests.place == 1]
    names = joined([(_task(task, paths),) for task in first])
    share = figure_link(first[0].share.requests, report.as_of, _name(first[0]))
    of = f"Of {formats.plural(len(report.tasks), 'task')}, "
    verb = " is the largest with " if len(first) == 1 else " are the largest, level with "
    return (of, *names, verb, share, " of all requests", *_moved(first, report), ".")


def _moved(first: Sequence[TaskReport], report: Report) -> Line:
    """How far one task went in 7 days; of several nothing is said."""
    difference = first[0].change.share.requests
    if len(first) > 1 or difference is None or report.compared_with is None:
        return ()
    return (f", {formats.points(difference)} against ", day_link(report.compared_with))


def _leads(leads: Sequence[LeadChange], report: Report, paths: Paths) -> Line:
    """`The first place changed in 2 of 29 tasks: Debugging (A for B) and Math (C for D).`"""
    tasks = formats.plural(len(report.tasks), "task")
    if not leads:
        return (f"In none of {tasks} did another model than 7 days earlier stand first.",)
    told: list[Line] = [
        (
            _named(change.task, paths),
            f" ({formats.listed([first.name for first in change.after])} with ",
            figure_link(_first_share(change), change.as_of, change.task),
            f" for {formats.listed([first.name for first in change.before])})",
        )
        for change in leads[:_MOST_LEADS]
    ]
    more = len(leads) - len(told)
    if more:
        told.append((f"{more} more",))
    return (f"The first place changed in {len(leads)} of {tasks}: ", *joined(told), ".")


def _first_share(change: LeadChange) -> float | None:
    return change.after[0].after.share.requests if change.after[0].after else None


def _largest_move(news: News, paths: Paths) -> Line:
    """`The largest move within a task is that of A in Debugging, from 7.2 % to 11.5 % of its requests, +4.3 pp.`"""
    within = [move for move in news.moves if move.model_id]
    if not within:
        return ("No model's published share of a task's requests moved.",)
    move = within[0]
    return (
        f"The largest move within a task is that of {move.name} in ",
        _named(move.task, paths),
        ", from ",
        _share_then(move),
        " to ",
        figure_link(move.after.share.requests, move.as_of, move.task),
        f" of its requests, {formats.points(move.difference)}.",
    )


def _share_then(move: Move) -> Link:
    return figure_link(move.before.share.requests, move.since, move.task)


def _arrivals(news: News, paths: Paths) -> Line:
    """`14 entries, 2 re-entries and 15 exits in the lists; the highest newcomer is A, 3rd in Debugging with 8.1 %.`"""
    kinds = [crossing.kind for crossing in news.models]
    counts = formats.listed(
        [
            formats.plural(kinds.count("new"), "entry", "entries"),
            formats.plural(kinds.count("re-entry"), "re-entry", "re-entries"),
            formats.plural(kinds.count("left"), "exit"),
        ]
    )
    came = [crossing for crossing in news.models if crossing.kind == "new"]
    head = f"The tasks' lists of models saw {counts}"
    return (head, *(_highest(came, paths) if came else ()), ".")


def _highest(came: Sequence[Crossing], paths: Paths) -> Line:
    def order(item: Crossing) -> tuple[int, float, str, str]:
        return (
            item.standing.rank.place,
            -(item.standing.share.requests or 0.0),
            item.task.tag,
            item.model_id,
        )

    best = min(came, key=order)
    return (
        f"; the highest newcomer is {best.name}, {formats.ordinal(best.standing.rank.place)} in ",
        _named(best.task, paths),
        " with ",
        figure_link(best.standing.share.requests, best.as_of, best.task),
    )


def _largest_model(report: Report) -> Line:
    if not report.models:
        return ("No task lists a model.",)
    first = [model for model in report.models if model.ranks.requests.place == 1]
    verb = "carries" if len(first) == 1 else "carry"
    return (
        f"Of {formats.plural(len(report.models), 'listed model')}, {formats.listed([model.name for model in first])} "
        f"{verb} most: at least {formats.percent(first[0].share.requests)} of all requests.",
    )


def _heaviest(report: Report, paths: Paths) -> Line:
    """The task whose requests are heaviest for certain, by the bounds that rounding leaves."""
    known = [(task.intensity, task) for task in report.tasks if task.intensity]
    if not known:
        return ("Of no task is it known how heavy its requests are.",)
    weight, task = max(known, key=lambda pair: (pair[0].low, pair[1].tag))
    return ("The heaviest requests are those of ", _task(task, paths), f": {formats.times(weight.ratio)} the average.")


def _task(task: TaskReport, paths: Paths) -> Link:
    return Link(task.label, paths.task(task.category, task.tag))


def _named(task: TaskName, paths: Paths) -> Link:
    return Link(task.label, paths.task(task.category, task.tag))


def _name(task: TaskReport) -> TaskName:
    return TaskName(task.tag, task.label, task.category)
