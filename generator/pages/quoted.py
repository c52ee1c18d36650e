"""What can be said of a day in a sentence that stands alone: of a task, of a macro-category, of all. Report -> words.

A shared place is said to be shared, and what the source does not name is unknown. The pages' kits are put together from
these (quotes.py).
"""

from collections.abc import Sequence
from itertools import takewhile

from generator import formats
from generator.models import CategoryReport, ListedModel, Pair, Rank, Report, TaskReport
from generator.pages.home import disagree

LONGEST_NAME = 200  # letters of a name, unless fewer have room
_MOST_NAMES = 2  # of a shared place; the others are counted

# ---------------------------------------------------------------- a task


def task_short(report: Report, task: TaskReport, most: int) -> str:
    """Who led a task, in about 12 words. `most`: letters of a name."""
    leaders = _at(task.models, 1)
    if not leaders:
        return f"No model is listed for {_cut(task.label, most)}, {_week(report)}."
    return f"{_names(leaders, most)} led {_cut(task.label, most)} with {_share(leaders)} of requests, {_week(report)}."


def task_lead(report: Report, task: TaskReport) -> str:
    """Who led it and ahead of whom, in about 30."""
    leaders, behind = _at(task.models, 1), _behind(task.models)
    if not leaders:
        where = _where(report)
        return f"In the {_week(report)}, no model was listed for {task.label}{where}: who carries it is unknown."
    tokens = "" if len(leaders) > 1 else f" and {formats.percent(leaders[0].share.tokens)} of its tokens"
    ahead = f", ahead of {_names(behind)} with {_share(behind)} of its requests" if behind else ""
    return (
        f"In the {_week(report)}, {_names(leaders)} led {task.label}{_where(report)} with {_share(leaders)} of its "
        f"requests{tokens}{ahead}."
    )


def task_size(task: TaskReport) -> str:
    """How large it was."""
    of = formats.plural(task.ranks.requests.of, "task")
    return (
        f"{task.label} made {formats.percent(task.share.requests)} of all classified requests "
        f"({_place(task.ranks.requests)} of {of}) and {formats.percent(task.share.tokens)} of all tokens "
        f"({_place(task.ranks.tokens)})."
    )


def task_coverage(task: TaskReport) -> str:
    """How much of it is known; nothing where no model is listed."""
    if not task.models:
        return ""
    listed = formats.plural(len(task.models), "listed model")
    return f"Its {listed} carried {formats.percent(task.coverage.requests)} of its requests; the rest is unknown."


def _at(models: Sequence[ListedModel], place: int) -> tuple[ListedModel, ...]:
    return tuple(model for model in models if model.ranks.requests.place == place)


def _behind(models: Sequence[ListedModel]) -> tuple[ListedModel, ...]:
    """Those at the next place after the first."""
    place = next((model.ranks.requests.place for model in models if model.ranks.requests.place > 1), 0)
    return _at(models, place)


def _names(models: Sequence[ListedModel], most: int = LONGEST_NAME) -> str:
    names = [_cut(model.name, most) for model in models[:_MOST_NAMES]]
    more = len(models) - len(names)
    return formats.listed([*names, *([formats.plural(more, "other")] if more else [])])


def _share(models: Sequence[ListedModel]) -> str:
    return f"{formats.percent(models[0].share.requests)}{' each' if len(models) > 1 else ''}"


# ---------------------------------------------------------------- a macro-category, and all of them


def category_short(report: Report, category: CategoryReport, most: int) -> str:
    """The shares of a macro-category, in about 12 words."""
    return (
        f"{_cut(category.label, most)} made {formats.percent(category.share.requests)} of requests {_but(category)} "
        f"{formats.percent(category.share.tokens)} of tokens, {_week(report)}."
    )


def category_size(report: Report, category: CategoryReport) -> str:
    """The same with its places, in about 30."""
    of = formats.plural(category.ranks.requests.of, "macro-category", "macro-categories")
    return (
        f"In the {_week(report)}, {category.label} made {formats.percent(category.share.requests)} of all classified "
        f"requests{_where(report)} ({_place(category.ranks.requests)} of {of}) {_but(category)} "
        f"{formats.percent(category.share.tokens)} of all tokens ({_place(category.ranks.tokens)})."
    )


def largest_in(category: CategoryReport) -> str:
    """The largest task of a macro-category and the one behind it; nothing where several share the first place."""
    first = tuple(takewhile(lambda task: task.category_ranks.requests.place == 1, category.tasks))
    if len(first) != 1:
        return ""
    rest, share, ahead = category.tasks[1:], first[0].category_share, ""
    if rest and not rest[0].category_ranks.requests.is_shared:
        ahead = f", ahead of {rest[0].label} with {formats.percent(rest[0].category_share.requests)} of its requests"
    return (
        f"Its largest task was {first[0].label} with {formats.percent(share.requests)} of its requests and "
        f"{formats.percent(share.tokens)} of its tokens{ahead}."
    )


def weight_words(category: CategoryReport) -> str:
    """How heavy its requests were; nothing where that is not known."""
    if not category.intensity:
        return ""
    return f"One request took {formats.times(category.intensity.ratio)} the tokens of an average one."


def extremes(report: Report) -> tuple[CategoryReport, CategoryReport | None]:
    """The macro-category with the heaviest requests and that with the lightest; else the largest alone."""
    weighed = sorted(
        (item for item in report.categories if item.intensity),
        key=lambda item: (item.intensity.ratio if item.intensity else 0.0, item.key),
    )
    if len(weighed) > 1 and disagree(weighed[-1], weighed[0]):
        return weighed[-1], weighed[0]
    return report.categories[0], None


def disagreement(report: Report, heavy: CategoryReport, light: CategoryReport | None) -> str:
    """How far requests and tokens were apart."""
    other = ""
    if light:
        other = (
            f"; {light.label} made {formats.percent(light.share.requests)} of the requests and only "
            f"{formats.percent(light.share.tokens)} of the tokens"
        )
    return (
        f"In the {_week(report)}, {heavy.label} made {formats.percent(heavy.share.requests)} of all classified "
        f"requests{_where(report)} {_but(heavy)} {formats.percent(heavy.share.tokens)} of the tokens{other}."
    )


def largest_task(report: Report) -> str:
    """The largest of all tasks and who led it; nothing where several share the first place."""
    first = [task for task in report.tasks if task.ranks.requests.place == 1]
    if len(first) != 1:
        return ""
    task, leaders = first[0], _at(first[0].models, 1)
    led = f"; {_names(leaders)} led it with {_share(leaders)} of its requests" if leaders else ""
    return (
        f"Of {formats.plural(len(report.tasks), 'task')}, {task.label} was the largest with "
        f"{formats.percent(task.share.requests)} of all requests and {formats.percent(task.share.tokens)} of all "
        f"tokens{led}."
    )


# ---------------------------------------------------------------- words


def _week(report: Report) -> str:
    """`week to 30 August 2026`, `30 days to 30 August 2026`."""
    length = "week" if report.window_days == 7 else formats.plural(report.window_days, "day")
    return f"{length} to {formats.long_date(report.as_of)}"


def _where(report: Report) -> str:
    """The sample is of nowhere."""
    return "" if report.is_sample else " on OpenRouter"


def _but(category: CategoryReport) -> str:
    """Whether the two shares are far apart: one is at least twice the other."""
    ratio = category.intensity.ratio if category.intensity else 1.0
    return "but" if ratio >= 2 or ratio <= 0.5 else "and"


def row_words(name: str, share: Pair) -> str:
    """A row of a chart, as an alt text tells it."""
    return f"{name} {formats.percent(share.requests)} of requests and {formats.percent(share.tokens)} of tokens"


def _place(rank: Rank) -> str:
    return f"{'shared ' if rank.is_shared else ''}{formats.ordinal(rank.place)}"


def _cut(name: str, most: int) -> str:
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"
