"""What pages tell programs of their figures: https://schema.org/Dataset, as searches for data sets read it.

Comes in: a report and what of it the page is about. Goes out: a name, a description and the files, without the address
of the site, which a template adds. The sample says that it is one in both, and names no source: it has none.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from generator import formats
from generator.addresses import Paths, raw_path, task_chart_id
from generator.models import Dataset, Distribution, Measure, Report, TaskReport
from generator.pages.task import coverage_words

_LONGEST = 5000  # characters of a description that searches for data sets take
_CSV, _JSON, _PARQUET = "text/csv", "application/json", "application/vnd.apache.parquet"
_DATA = "data/v1/"


def task_dataset(report: Report, task: TaskReport) -> Dataset:
    """The models listed for a task."""
    return dataset(
        report,
        name=f"{task.label}: shares of requests and tokens by language model",
        identifier=task.tag,
        description=f"Which models carry {task.label}, by shares of its requests and tokens. {coverage_words(task)}",
        whole="the task's classified {}",
        files=(*_chart_files(task), raw_distribution(report)),
    )


def edition_dataset(report: Report, paths: Paths) -> Dataset:
    """All figures of a finished week."""
    tasks, models = formats.plural(len(report.tasks), "task"), formats.plural(len(report.models), "model")
    return dataset(
        report,
        name=f"What language models are used for, week {paths.edition}: shares of requests and tokens by task",
        identifier=paths.edition,
        description=f"The shares of {tasks} of all classified requests and tokens, and those of {models} in the lists "
        "of these tasks. An edition is the last snapshot of a finished week and stays as it is.",
        whole="all classified {}",
        files=(raw_distribution(report),),
    )


def archive_dataset(report: Report, counts: str) -> Dataset:
    """All days that are kept. `counts`: how much there is, in words."""
    days, first = formats.plural(report.days_kept, "day"), report.first_day - timedelta(days=report.window_days - 1)
    return replace(
        dataset(
            report,
            name="What language models are used for, day by day: shares of requests and tokens by task and model",
            identifier="data/v1",
            description=f"The newest of {days} since {formats.long_date(report.first_day)}, each with the shares of "
            f"macro-categories, tasks and listed models. {counts}. Missing days are left out and never filled in.",
            whole="the classified {} of everything, or of the task for a listed model",
            files=(
                Distribution(f"{_DATA}history.parquet", _PARQUET, "Every day"),
                Distribution(f"{_DATA}history.csv", _CSV, "The newest days, and before them the editions"),
                Distribution(f"{_DATA}latest.json", _JSON, "The newest day"),
            ),
        ),
        first_day=first.isoformat(),
    )


def dataset(
    report: Report, *, name: str, identifier: str, description: str, whole: str, files: Sequence[Distribution]
) -> Dataset:
    """A data set of the report's window. `whole`: what the shares are shares of, with `{}` for requests or tokens."""
    window = formats.window_words(report.window_days, report.as_of)
    of = (
        "Sample data, fictional models and made-up figures"
        if report.is_sample
        else "Task classifications of OpenRouter"
    )
    text = f"{of}, {window}. {description}"
    return Dataset(
        name=_plain(f"{name} (sample data)" if report.is_sample else name),
        identifier=identifier,
        description=_plain(text)[:_LONGEST],
        first_day=(report.as_of - timedelta(days=report.window_days - 1)).isoformat(),
        last_day=report.as_of.isoformat(),
        measures=tuple(
            Measure(column, f"Share of {whole.format(what)}, 0 to 1")
            for column, what in (("request_share", "requests"), ("token_share", "tokens"))
        ),
        files=tuple(files),
    )


def raw_distribution(report: Report) -> Distribution:
    """The answer of the source, byte for byte."""
    return Distribution(raw_path(report.source_path), _JSON, "The snapshot as the source sent it")


def _chart_files(task: TaskReport) -> tuple[Distribution, ...]:
    """The rows and the chart of its list; an empty one has none."""
    chart = f"charts/{task_chart_id(task.category, task.tag)}"
    rows, spec = (
        Distribution(f"{chart}.csv", _CSV, "The listed models"),
        Distribution(f"{chart}.json", _JSON, "The same as a Vega-Lite chart"),
    )
    return (rows, spec) if task.models else ()


def _plain(text: str) -> str:
    return text.replace(formats.NBSP, " ")
