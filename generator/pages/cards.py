"""What the pictures say that stand for pages where their addresses are posted.

Comes in: what the page is about and its finding. Goes out: a card, or for a page without one of its own the card of
another. The date stands in the address as in the picture, so a kept copy always says of when it is.
"""

from collections.abc import Sequence

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
    ModelReport,
    Report,
    Settings,
    TaskReport,
)
from generator.pages.cells import Drawn
from generator.pages.words import snapshot_words

_MOST_ROWS = 5
_OF_ALL = "Share of all classified requests and tokens"


def front_card(report: Report, drawn: Drawn, paths: Paths) -> Card:
    """Of the home page, or of an edition."""
    rows = [CardRow(item.label, item.key, item.share) for item in report.categories]
    place = f"Edition {paths.edition}" if paths.edition else ""
    title = _title(drawn, "macro", report.categories[0].label if report.categories else "No task")
    return _card(report, paths.card(report.as_of, ""), place, title, rows, _OF_ALL)


def tasks_card(report: Report, drawn: Drawn, paths: Paths) -> Card:
    """Of all tasks."""
    title = _title(drawn, "tasks", "All tasks")
    return _card(report, paths.card(report.as_of, "tasks/"), "All tasks", title, _task_rows(report.tasks), _OF_ALL)


def category_card(report: Report, category: CategoryReport, drawn: Drawn, paths: Paths) -> Card:
    """Of a macro-category, by its own requests and tokens; of an edition it stands for its tasks too."""
    rows = [CardRow(task.label, task.category, task.category_share) for task in category.tasks]
    title = _title(drawn, category_chart_id(category.key), f"No task of {category.label} is in this snapshot")
    path = paths.card(report.as_of, category_path(category.key))
    measure = f"Share of requests and tokens within {category.label}"
    return _card(report, path, _place(category.label, paths), title, rows, measure)


def task_card(report: Report, task: TaskReport, drawn: Drawn, paths: Paths) -> Card:
    """Of a task and the models listed for it."""
    rows = [CardRow(model.name, task.category, model.share) for model in task.models]
    title = _title(drawn, task_chart_id(task.category, task.tag), f"No model is listed for {task.label}")
    path = paths.card(report.as_of, task_path(task.category, task.tag))
    measure = f"Share of requests and tokens within {task.label}"
    return _card(report, path, _place(f"{task.category_label} › {task.label}", paths), title, rows, measure)


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


def _card(report: Report, path: str, place: str, title: str, rows: Sequence[CardRow], measure: str) -> Card:
    words = snapshot_words(report)
    shown = tuple(rows[:_MOST_ROWS])
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
