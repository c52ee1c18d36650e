"""The charts of a macro-category: its tasks, and the models that carry it."""

from generator import formats
from generator.addresses import category_chart_id, category_path
from generator.charts.dumbbell import LEGEND, dumbbell
from generator.charts.style import Words, colour_of, finished
from generator.charts.words import MOST_MODELS, Contender, first_rows, leader_by_requests, two_leaders
from generator.models import CategoryReport, Chart, Report, ShareRow


def category_tasks_chart(report: Report, category: CategoryReport) -> Chart:
    """The tasks of a macro-category by their shares within it."""
    contenders = [Contender(task.label, task.category_share, task.category_ranks) for task in category.tasks]
    words = Words(
        title=two_leaders(contenders, f"within {category.label}"),
        subtitle=f"{LEGEND}: share of {category.label} requests and tokens (not of all), "
        + formats.window_words(report.window_days, report.as_of),
        description=f"{formats.plural(len(contenders), 'row')}, one a task of {category.label}, by requests. "
        f"{first_rows(contenders)}.",
    )
    rows = [ShareRow(task.tag, task.label, task.category_share, colour_of(category.key)) for task in category.tasks]
    return finished(category_chart_id(category.key), category_path(category.key), words, dumbbell(rows), report)


def category_models_chart(report: Report, category: CategoryReport) -> Chart:
    """The models that carry a macro-category: lower bounds, summed over the tasks that list them."""
    shown = category.models[:MOST_MODELS]
    contenders = [Contender(model.name, model.share, model.ranks) for model in category.models]
    leader = leader_by_requests(contenders)
    cut = f", first {len(shown)} of {len(category.models)}" if len(shown) < len(category.models) else ""
    words = Words(
        title=f"{leader.names} {leader.verb('carries', 'carry')} at least {formats.percent(leader.share)} "
        f"of {category.label} requests",
        subtitle=f"{LEGEND}: share of {category.label} requests and tokens, summed over the tasks that list the model, "
        f"so a lower bound{cut}; {formats.window_words(report.window_days, report.as_of)}",
        description=f"{formats.plural(len(shown), 'row')}, one a model, by requests. {first_rows(contenders)}.",
    )
    rows = [ShareRow(model.id, model.name, model.share, colour_of(category.key)) for model in shown]
    chart_id = f"{category_chart_id(category.key)}-models"
    return finished(chart_id, category_path(category.key), words, dumbbell(rows), report)
