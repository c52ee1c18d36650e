"""What the pictures say that stand for pages where their addresses are posted.

Comes in: what the page is about and its finding. Goes out: a card, or for a page without one of its own the card of
another. The date stands in the address as in the picture, so a kept copy always says of when it is.
"""

from collections.abc import Iterator, Sequence

from generator import formats
from generator.addresses import (
    Paths,
    category_chart_id,
    category_path,
    model_chart_id,
    model_path,
    task_chart_id,
    task_path,
)
from generator.models import (
    Card,
    CardImage,
    CardRow,
    CategoryReport,
    EditionComparison,
    EditionReport,
    ModelReport,
    PackCards,
    Report,
    Settings,
    TaskReport,
)
from generator.pages.cells import Drawn
from generator.pages.words import snapshot_words

_MOST_ROWS, _MOST_SQUARE_ROWS = 5, 10
_MOST_LED = 3  # tasks of a newsroom pack in all formats: each takes a quarter of a megabyte
_OF_ALL = "Share of all classified requests and tokens"


def front_card(report: Report, drawn: Drawn, paths: Paths) -> Card:
    """Of the home page, or of an edition."""
    rows = [CardRow(item.label, item.key, item.share) for item in report.categories]
    place = f"Edition {paths.edition}" if paths.edition else ""
    title = _title(drawn, "macro", report.categories[0].label if report.categories else "No task")
    return _card(report, paths.card(report.as_of, ""), place, title, rows, _OF_ALL)


def tasks_card(report: Report, drawn: Drawn, paths: Paths, most: int = _MOST_ROWS) -> Card:
    """Of all tasks. `most`: rows."""
    title, path = _title(drawn, "tasks", "All tasks"), paths.card(report.as_of, "tasks/")
    return _card(report, path, _place("All tasks", paths), title, _task_rows(report.tasks), _OF_ALL, most)


def category_card(report: Report, category: CategoryReport, drawn: Drawn, paths: Paths, most: int = _MOST_ROWS) -> Card:
    """Of a macro-category, by its own requests and tokens; of an edition it stands for its tasks too.

    `most`: rows.
    """
    rows = [CardRow(task.label, task.category, task.category_share) for task in category.tasks]
    title = _title(drawn, category_chart_id(category.key), f"No task of {category.label} is in this snapshot")
    path = paths.card(report.as_of, category_path(category.key))
    measure = f"Share of requests and tokens within {category.label}"
    return _card(report, path, _place(category.label, paths), title, rows, measure, most)


def task_card(report: Report, task: TaskReport, drawn: Drawn, paths: Paths, most: int = _MOST_ROWS) -> Card:
    """Of a task and the models listed for it. `most`: rows."""
    rows = [CardRow(model.name, task.category, model.share) for model in task.models]
    title = _title(drawn, task_chart_id(task.category, task.tag), f"No model is listed for {task.label}")
    path = paths.card(report.as_of, task_path(task.category, task.tag))
    measure = f"Share of requests and tokens within {task.label}"
    return _card(report, path, _place(f"{task.category_label} › {task.label}", paths), title, rows, measure, most)


def model_card(report: Report, model: ModelReport, drawn: Drawn, paths: Paths) -> Card:
    """Of a model and the tasks that list it."""
    rows = [CardRow(listing.label, listing.category, listing.share) for listing in model.listings]
    title = _title(drawn, model_chart_id(model.id), model.name)
    path = paths.card(report.as_of, model_path(model.id))
    return _card(report, path, model.name, title, rows, "Its share of each task’s requests and tokens")


def lasting_card(settings: Settings, *, is_sample: bool) -> Card:
    """Of the site, without a date and a figure: for the many light pages that stay as they are."""
    title = settings.description
    alt = f"{settings.name}: {title}"
    return Card("cards/site.png", alt, "", title, (), "", "", "", is_sample)


def comparison_card(comparison: EditionComparison) -> CardImage:
    """That of the later edition: a comparison has none of its own."""
    after = comparison.after
    window = formats.window_words(comparison.window_days, after.as_of)
    alt = f"Edition {after.label}, {window}: the macro-categories by requests and tokens."
    return CardImage(Paths("", after.label).card(after.as_of, ""), alt)


def pack_cards(edition: EditionReport, drawn: Drawn) -> Iterator[PackCards]:
    """Of a newsroom pack: the front, all tasks, each macro-category, and the largest tasks that others lead now."""
    report, paths = edition.report, Paths(edition.report.source_path, edition.label)
    both = (_MOST_ROWS, _MOST_SQUARE_ROWS)
    front = front_card(report, drawn, paths)
    yield PackCards("macro", front, front)
    yield PackCards("tasks", *(tasks_card(report, drawn, paths, most) for most in both))
    for category in report.categories:
        if category.tasks:
            chart = category_chart_id(category.key)
            yield PackCards(chart, *(category_card(report, category, drawn, paths, most) for most in both))
    changed = {change.task.tag for change in edition.news.leads} if edition.news else set()
    for task in [task for task in report.tasks if task.tag in changed and task.models][:_MOST_LED]:
        chart = task_chart_id(task.category, task.tag)
        yield PackCards(chart, *(task_card(report, task, drawn, paths, most) for most in both))


def _card(
    report: Report,
    path: str,
    place: str,
    title: str,
    rows: Sequence[CardRow],
    measure: str,
    most: int = _MOST_ROWS,
) -> Card:
    words = snapshot_words(report)
    shown = tuple(rows[:most])
    told = "; ".join(f"{row.label} {formats.percent(row.share.requests)}" for row in shown)
    alt = f"{title}. {words.window}. By requests: {told or 'nothing listed'}. {words.source}"
    return Card(path, alt, place, title, shown, measure, words.window, words.source, report.is_sample)


def _task_rows(tasks: Sequence[TaskReport]) -> list[CardRow]:
    return [CardRow(task.label, task.category, task.share) for task in tasks]


def _title(drawn: Drawn, chart_id: str, otherwise: str) -> str:
    """What the page's chart finds."""
    return drawn[chart_id][0].title if chart_id in drawn else otherwise


def _place(label: str, paths: Paths) -> str:
    return f"{label}, {paths.edition}" if paths.edition else label
