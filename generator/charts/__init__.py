"""Report -> Charts: Vega-Lite specifications with their words. One function a chart; owns altair.

Every chart is the finding as its title, what is measured of what as its subtitle, and the source line inside.
A chart of nothing (a task without listed models) is not made. It refuses two charts with one id, since each has an
address of its own.
"""

from collections.abc import Iterator

from altair.utils.schemapi import debug_mode

from generator.charts.category import category_models_chart, category_tasks_chart
from generator.charts.history import macro_history_chart, model_history_chart, task_history_chart, task_share_chart
from generator.charts.model import model_chart
from generator.charts.overview import intensity_chart, macro_chart, models_chart, tasks_chart
from generator.charts.task import task_chart
from generator.errors import SiteError
from generator.models import Chart, Report, Trends

__all__ = ["all_charts", "edition_charts"]


def all_charts(report: Report, trends: Trends) -> tuple[Chart, ...]:
    """Every chart of the site, in the order of the pages that show them."""
    return _made(_charts(report, trends))


def edition_charts(report: Report) -> tuple[Chart, ...]:
    """The charts of an edition: those of its front page, its macro-categories and its tasks, without a past."""
    return _made(_snapshot_charts(report))


def _made(charts: Iterator[Chart]) -> tuple[Chart, ...]:
    with debug_mode(False):  # no schema validation of every part, which is nine tenths of the time: tests do it once
        made = tuple(charts)
    _refuse_shared_ids(made)
    return made


def _refuse_shared_ids(made: tuple[Chart, ...]) -> None:
    pages: dict[str, str] = {}
    for chart in made:
        if chart.id in pages:
            raise SiteError(
                f"two charts have the id {chart.id!r}, on the pages {pages[chart.id]!r} and {chart.page!r}: found two "
                "tags or keys that make one address, expected distinct ones; see addresses.py"
            )
        pages[chart.id] = chart.page


def _charts(report: Report, trends: Trends) -> Iterator[Chart]:
    yield from _snapshot_charts(report)
    yield from models_chart(report)
    yield from macro_history_chart(report, trends)
    for task in report.tasks:
        if task.models:
            yield from task_history_chart(report, task, trends)
        yield from task_share_chart(report, task, trends)
    for model in report.models:
        yield model_chart(report, model)
        yield from model_history_chart(report, model, trends)


def _snapshot_charts(report: Report) -> Iterator[Chart]:
    yield macro_chart(report)
    yield tasks_chart(report)
    yield from intensity_chart(report)
    for category in report.categories:
        if category.tasks:
            yield category_tasks_chart(report, category)
        if category.models:
            yield category_models_chart(report, category)
    for task in report.tasks:
        if task.models:
            yield task_chart(report, task)
