"""What a page offers to be quoted: sentences of about 12, 30 and 60 words, a caption, an alt text, a post.

Each sentence (quoted.py) says its window and stands alone; each number in it is one of the report's.
"""

from collections.abc import Callable
from dataclasses import dataclass

from generator import formats
from generator.addresses import Paths, category_chart_id, edition_path, task_chart_id, use_path
from generator.models import CategoryReport, Link, Quotes, Report, TaskReport
from generator.pages.quoted import (
    LONGEST_NAME,
    category_short,
    category_size,
    disagreement,
    extremes,
    largest_in,
    largest_task,
    row_words,
    task_coverage,
    task_lead,
    task_short,
    task_size,
    weight_words,
)

LONGEST_POST = 300  # characters with the link, as Bluesky counts them
_LONGEST_ADDRESS = 60  # of a site; its path comes on top
_CUTS = (LONGEST_NAME, 60, 40, 24, 12)  # letters of a name in a post: the first that fits
_SHOWN = 3  # rows told in an alt text


@dataclass(frozen=True, slots=True)
class _Subject:
    """What is quoted."""

    page: str  # its path
    chart: str  # the id of the chart on it
    shows: str  # what that shows; "" where there is none
    rows: tuple[str, ...]  # the first of them
    proof: Link


def task_quotes(report: Report, task: TaskReport, paths: Paths) -> Quotes:
    """A task: who leads it, how far, how large it is, how much of it is known."""
    listed = formats.plural(len(task.models), "model")
    subject = _Subject(
        page=paths.task(task.category, task.tag),
        chart=task_chart_id(task.category, task.tag),
        shows=f"{listed} listed for {task.label} by share of its requests and tokens" if task.models else "",
        rows=tuple(row_words(model.name, model.share) for model in task.models[:_SHOWN]),
        proof=Link("Line in the snapshot", paths.raw(task.pointer)),
    )
    lead = task_lead(report, task)
    long = " ".join(filter(None, (lead, task_size(task), task_coverage(task))))
    return _quotes(report, subject, lambda most: task_short(report, task, most), lead, long, paths)


def category_quotes(report: Report, category: CategoryReport, paths: Paths) -> Quotes:
    """A macro-category: its shares, its largest task, how heavy its requests are."""
    tasks = formats.plural(len(category.tasks), "task")
    subject = _Subject(
        page=paths.category(category.key),
        chart=category_chart_id(category.key),
        shows=f"{tasks} of {category.label} by share of its requests and tokens" if category.tasks else "",
        rows=tuple(row_words(task.label, task.category_share) for task in category.tasks[:_SHOWN]),
        proof=Link("Line in the snapshot", paths.raw(category.pointer)),
    )
    size = category_size(report, category)
    long = " ".join(filter(None, (size, largest_in(category), weight_words(category))))
    return _quotes(report, subject, lambda most: category_short(report, category, most), size, long, paths)


def edition_quotes(report: Report, paths: Paths) -> Quotes:
    """All of a day: where requests and tokens disagree most, and the largest task."""
    heavy, light = extremes(report)
    count = formats.plural(len(report.categories), "macro-category", "macro-categories")
    subject = _Subject(
        page=_front(paths),
        chart="macro",
        shows=f"{count} by share of all classified requests and tokens",
        rows=tuple(row_words(item.label, item.share) for item in report.categories[:_SHOWN]),
        proof=Link("Figures in the snapshot", paths.raw("/data/macro_categories")),
    )
    told = disagreement(report, heavy, light)
    long = " ".join(filter(None, (told, largest_task(report))))
    return _quotes(report, subject, lambda most: category_short(report, heavy, most), told, long, paths)


def quotes_by_chart(report: Report, paths: Paths) -> dict[str, Quotes]:
    """What can be quoted of each chart of a day, by the id of the chart: the front, macro-categories, tasks."""
    return {
        "macro": edition_quotes(report, paths),
        **{category_chart_id(item.key): category_quotes(report, item, paths) for item in report.categories},
        **{task_chart_id(task.category, task.tag): task_quotes(report, task, paths) for task in report.tasks},
    }


def _quotes(
    report: Report, subject: _Subject, short: Callable[[int], str], middle: str, long: str, paths: Paths
) -> Quotes:
    """`short`: with names of so many letters at most."""
    plain = formats.plain
    source = formats.source_line(report.as_of, is_sample=report.is_sample)
    sample = "Sample data: " if report.is_sample else ""
    shown = f"{subject.shows}, {formats.window_words(report.window_days, report.as_of)}"
    post, post_path = _post(lambda most: f"{sample}{short(most)} {source}", subject.page, paths)
    cite = f"{_front(paths) or use_path(subject.chart)}#cite"
    return Quotes(
        sentences=(plain(sample + short(_CUTS[0])), plain(sample + middle), plain(sample + long)),
        caption=plain(f"The {shown}. {source}") if subject.shows else "",
        alt=plain(f"{sample}Chart: the {shown}. First {'; '.join(subject.rows)}.") if subject.shows else "",
        post=post,
        post_path=post_path,
        source=source,
        proof=subject.proof,
        cite=Link("Cite", cite) if subject.shows or paths.edition else None,
    )


def _front(paths: Paths) -> str:
    return edition_path(paths.edition) if paths.edition else ""


def _post(text: Callable[[int], str], page: str, paths: Paths) -> tuple[str, str]:
    """The text that has room beside the link, names cut as little as can be; where none has, with the front's link."""
    fitting = (
        (said, path)
        for path in (page, _front(paths))
        for most in _CUTS
        if len(said := formats.plain(text(most))) + 1 + _LONGEST_ADDRESS + len(path) <= LONGEST_POST
    )
    return next(fitting, (formats.plain(text(_CUTS[-1])), _front(paths)))
