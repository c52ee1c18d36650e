"""The charts of the home page: macro-categories, all tasks, and how heavy a request of each task is."""

from collections.abc import Iterator, Sequence

from generator import formats
from generator.charts.dumbbell import LEGEND, dumbbell
from generator.charts.ladder import Step, ladder
from generator.charts.style import Words, colour_of, finished
from generator.charts.words import MOST_MODELS, Contender, first_rows, leader_by_requests, two_leaders
from generator.models import Chart, Intensity, Report, ShareRow, TaskReport


def macro_chart(report: Report) -> Chart:
    """The macro-categories: share of all requests against share of all tokens."""
    contenders = [Contender(item.label, item.share, item.ranks) for item in report.categories]
    words = Words(
        title=two_leaders(contenders, "the macro-categories"),
        subtitle=f"{LEGEND}: share of all classified requests and tokens, {_window(report)}",
        description=f"{formats.plural(len(contenders), 'row')}, one a macro-category. {first_rows(contenders, 4)}.",
    )
    rows = [ShareRow(item.key, item.label, item.share, colour_of(item.key)) for item in report.categories]
    return finished("macro", "", words, dumbbell(rows), report)


def tasks_chart(report: Report) -> Chart:
    """All tasks by their share of all requests, tokens beside."""
    contenders = [Contender(item.label, item.share, item.ranks) for item in report.tasks]
    words = Words(
        title=two_leaders(contenders, "the tasks"),
        subtitle=f"{LEGEND}: share of all classified requests and tokens, {_window(report)}",
        description=f"{formats.plural(len(contenders), 'row')}, one a task, by requests. {first_rows(contenders)}.",
    )
    rows = [ShareRow(item.tag, item.label, item.share, colour_of(item.category)) for item in report.tasks]
    return finished("tasks", "", words, dumbbell(rows), report)


def models_chart(report: Report) -> Iterator[Chart]:
    """The models that carry most of everything: lower bounds; none where no task lists a model."""
    if not report.models:
        return
    shown = report.models[:MOST_MODELS]
    contenders = [Contender(model.name, model.share, model.ranks) for model in report.models]
    leader = leader_by_requests(contenders)
    cut = f", first {len(shown)} of {len(report.models)}" if len(shown) < len(report.models) else ""
    words = Words(
        title=f"{leader.names} {leader.verb('carries', 'carry')} at least {formats.percent(leader.share)} "
        "of all classified requests",
        subtitle=f"{LEGEND}: share of all classified requests and tokens, summed over the tasks that list the model, "
        f"so a lower bound{cut}; {_window(report)}",
        description=f"{formats.plural(len(shown), 'row')}, one a model, by requests. {first_rows(contenders)}.",
    )
    rows = [ShareRow(model.id, model.name, model.share, colour_of("")) for model in shown]
    yield finished("models", "models/", words, dumbbell(rows), report)


def intensity_chart(report: Report) -> Iterator[Chart]:
    """How heavy a request of each task is against the average; none where no task has both shares."""
    tasks = by_intensity(report.tasks)
    if not tasks:
        return
    heaviest, lightest = outliers(tasks)
    words = Words(
        title=f"A {heaviest.label} request takes {formats.times(_ratio(heaviest))} the tokens of an average one, "
        f"a {lightest.label} request {formats.times(_ratio(lightest))}",
        subtitle="Tokens per request against the average of all tasks (token share / request share), doubling at each "
        f"line; bars: what rounding leaves open; {_window(report)}",
        description=f"{formats.plural(len(tasks), 'row')}, one a task, heaviest first. "
        + "; ".join(f"{task.label}: {formats.times(_ratio(task))}" for task in (*tasks[:3], *tasks[-3:]))
        + ".",
    )
    yield finished("intensity", "", words, ladder([_step(task) for task in tasks]), report)


def by_intensity(tasks: Sequence[TaskReport]) -> list[TaskReport]:
    """The tasks whose intensity is known, heaviest first."""
    return sorted((task for task in tasks if task.intensity), key=lambda task: (-_ratio(task), task.label, task.tag))


def outliers(tasks: Sequence[TaskReport]) -> tuple[TaskReport, TaskReport]:
    """The heaviest and the lightest for certain: by the bounds that rounding leaves, not by the ratio itself."""
    heaviest = max(tasks, key=lambda task: (_known(task).low, task.tag))
    lightest = min(tasks, key=lambda task: (_known(task).highest, task.tag))
    return heaviest, lightest


def _window(report: Report) -> str:
    return formats.window_words(report.window_days, report.as_of)


def _step(task: TaskReport) -> Step:
    return Step(task.tag, task.label, task.share, _known(task), colour_of(task.category))


def _ratio(task: TaskReport) -> float:
    return _known(task).ratio


def _known(task: TaskReport) -> Intensity:
    assert task.intensity is not None, f"{task.tag} has no intensity: by_intensity() leaves such tasks out"
    return task.intensity
