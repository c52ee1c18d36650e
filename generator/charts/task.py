"""The chart of a task: its listed models."""

from generator import formats
from generator.addresses import task_chart_id, task_path
from generator.charts.dumbbell import LEGEND, dumbbell
from generator.charts.style import Words, colour_of, finished
from generator.charts.words import Contender, first_rows, two_leaders
from generator.models import Chart, Report, ShareRow, TaskReport


def task_chart(report: Report, task: TaskReport) -> Chart:
    """The models listed for a task by requests, tokens beside."""
    contenders = [Contender(model.name, model.share, model.ranks) for model in task.models]
    words = Words(
        title=two_leaders(contenders, task.label),
        subtitle=f"{LEGEND}: share of classified requests and tokens within {task.label}, "
        f"top {formats.plural(len(task.models), 'model')} by requests, "
        + formats.window_words(report.window_days, report.as_of),
        description=f"{formats.plural(len(contenders), 'row')}, one a model, by requests. {first_rows(contenders)}.",
    )
    rows = [ShareRow(model.id, model.name, model.share, colour_of(task.category)) for model in task.models]
    chart_id = task_chart_id(task.category, task.tag)
    return finished(chart_id, task_path(task.category, task.tag), words, dumbbell(rows), report)
