"""The charts of what came before: macro-categories, a task's share, the positions in its list, a model's tasks.

A history needs two snapshots; with one there is nothing to draw and no chart.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date

from generator import formats
from generator.addresses import model_chart_id, model_path, task_chart_id, task_path
from generator.charts.course import grain_words
from generator.charts.marks import Marks, marks_of
from generator.charts.positions import Ladder, position_lines
from generator.charts.shares import Line, pair_lines, share_lines
from generator.charts.style import Words, colour_of, finished
from generator.models import Chart, Course, Definable, ModelReport, Report, TaskReport, Trends

MOST_LINES = 6  # of a model's tasks: more would hide each other
_LISTS = frozenset[Definable](("task renamed", "task moved", "list length", "window"))
_SHARES = _LISTS - {"list length"}  # a list says nothing of the share of the task itself
_GROUPS = frozenset[Definable](("categories", "category renamed", "window"))


def macro_history_chart(report: Report, trends: Trends) -> Iterator[Chart]:
    """The macro-categories over time."""
    lines = [
        Line(item.key, item.label, trends.shares["category", item.key], colour_of(item.key))
        for item in report.categories
    ]
    moved = [line for line in lines if _first(line.course) is not None]
    if len(trends.dates) < 2 or not moved:
        return
    most = max(moved, key=lambda line: (abs(_moved(line.course)), line.key))
    marks = _marks({}, trends, trends.dates, _GROUPS)
    words = Words(
        title=f"{most.label} {_from_to(most.course, trends)}",
        subtitle=f"Share of all classified requests, {grain_words(trends)}{marks.words}",
        description=f"{formats.plural(len(lines), 'line')}, one a macro-category. "
        + "; ".join(f"{line.label} {_from_to(line.course, trends)}" for line in moved)
        + f".{marks.sentence}",
    )
    yield finished("macro-history", "", words, share_lines(lines, trends, marks), report)


def task_share_chart(report: Report, task: TaskReport, trends: Trends) -> Iterator[Chart]:
    """A task's share of all requests and all tokens over time."""
    course = trends.shares["task", task.tag]
    if _first(course) is None:
        return
    marks = _marks({task.tag: ""}, trends, trends.dates, _SHARES)
    words = Words(
        title=f"{task.label} {_from_to(course, trends)}",
        subtitle=f"● share of all classified requests and ◇ of all tokens, {grain_words(trends)}{marks.words}",
        description=f"2 lines. {task.label} {_from_to(course, trends)}.{marks.sentence}",
    )
    chart_id = f"{task_chart_id(task.category, task.tag)}-share"
    plot = pair_lines(course, colour_of(task.category), trends, marks)
    yield finished(chart_id, task_path(task.category, task.tag), words, plot, report)


def task_history_chart(report: Report, task: TaskReport, trends: Trends) -> Iterator[Chart]:
    """The positions of today's listed models in a task's list, week by week."""
    lines = [
        Ladder(model.id, model.name, trends.positions["listed", task.tag, model.id], colour_of(task.category))
        for model in task.models
    ]
    if len(trends.weeks) < 2 or not any(place for line in lines for place in line.positions[:-1]):
        return
    marks = _marks({task.tag: ""}, trends, trends.weeks, _LISTS)
    stands = f"{lines[0].label} stands first in {task.label}{_as_before(lines[0].positions, trends)}"
    words = Words(
        title=stands,
        subtitle=f"Position in the list of {task.label} by requests, last snapshot of each week, "
        f"{formats.long_date(trends.weeks[0])} to {formats.long_date(trends.weeks[-1])}; models listed now"
        f"{marks.words}",
        description=f"{formats.plural(len(lines), 'line')}, one a listed model. {stands}.{marks.sentence}",
    )
    chart_id = f"{task_chart_id(task.category, task.tag)}-history"
    yield finished(chart_id, task_path(task.category, task.tag), words, position_lines(lines, trends, marks), report)


def model_history_chart(report: Report, model: ModelReport, trends: Trends) -> Iterator[Chart]:
    """A model's shares of the tasks that list it most, over time."""
    shown = model.listings[:MOST_LINES]
    lines = [
        Line(item.tag, item.label, trends.shares["listed", item.tag, model.id], colour_of(item.category))
        for item in shown
    ]
    moved = [line for line in lines if _first(line.course) is not None]
    if len(trends.dates) < 2 or not moved:
        return
    most = max(moved, key=lambda line: (abs(_moved(line.course)), line.key))
    marks = _marks({item.tag: item.label for item in shown}, trends, trends.dates, _LISTS)
    cut = f"; first {len(shown)} of {len(model.listings)} tasks" if len(shown) < len(model.listings) else ""
    words = Words(
        title=f"{model.name} in {most.label} {_from_to(most.course, trends)}",
        subtitle=f"Share of each task's requests, {grain_words(trends)}{cut}{marks.words}",
        description=f"{formats.plural(len(lines), 'line')}, one a task. "
        + "; ".join(f"{line.label} {_from_to(line.course, trends)}" for line in moved)
        + f".{marks.sentence}",
    )
    chart_id = f"{model_chart_id(model.id)}-history"
    yield finished(chart_id, model_path(model.id), words, share_lines(lines, trends, marks), report)


def _marks(labels: Mapping[str, str], trends: Trends, dates: Sequence[date], kinds: Container[Definable]) -> Marks:
    """What of these `kinds` was defined anew of the tasks (tag -> label, "" where it is clear) and of all."""
    changes = [("", change) for change in trends.redefined.get("", ())]
    changes += [(label, change) for tag, label in labels.items() for change in trends.redefined.get(tag, ())]
    return marks_of([(label, change) for label, change in changes if change.kind in kinds], dates)


def _as_before(positions: tuple[int | None, ...], trends: Trends) -> str:
    """For how many finished weeks in a row it was so; a week without a snapshot ends the row."""
    finished = positions if trends.is_last_week_over else positions[:-1]
    weeks = next((count for count, place in enumerate(reversed(finished)) if place != 1), len(finished))
    if not weeks:
        return ", unlike at the end of last week"
    return ", as at the end of last week" if weeks == 1 else f", as at the end of the last {weeks} weeks"


def _first(course: Course) -> int | None:
    """Where the course begins, if that is before its end."""
    return next((place for place, share in enumerate(course[:-1]) if share), None)


def _from_to(course: Course, trends: Trends) -> str:
    """`went from 12.0 % of requests (4 May 2026) to 13.0 %`."""
    begin = _first(course)
    assert begin is not None and course[-1], "a course that is drawn has a beginning and an end"
    first, last = course[begin], course[-1]
    then, now = formats.percent(first.requests if first else None), formats.percent(last.requests)
    day = formats.long_date(trends.dates[begin])
    if then == now:
        return f"has {now} of requests, as on {day}"
    return f"went from {then} of requests ({day}) to {now}"


def _moved(course: Course) -> float:
    """The difference of requests from the first to the last known share."""
    known = [share.requests or 0.0 for share in course if share]
    return known[-1] - known[0]
