"""Sentences to be quoted: of about 12, 30 and 60 words, a caption, an alt text, a post. Report -> words, nothing else.

Each sentence says its window and stands alone; each number in it is one of the report's. A shared place is said to be
shared, and what the source does not name is unknown.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from generator import formats
from generator.addresses import Paths, category_chart_id, edition_path, task_chart_id, use_path
from generator.models import CategoryReport, Link, ListedModel, Pair, Quotes, Rank, Report, TaskReport
from generator.pages.home import disagree

LONGEST_POST = 300  # characters with the link, as Bluesky counts them
_LONGEST_ADDRESS = 60  # of a site; its path comes on top
_CUTS = (200, 60, 40, 24, 12)  # letters of a name in a post: the first that fits
_MOST_NAMES = 2  # of a shared place; the others are counted
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
        rows=tuple(_row(model.name, model.share) for model in task.models[:_SHOWN]),
        proof=Link("Line in the snapshot", paths.raw(task.pointer)),
    )
    lead = _task_lead(report, task)
    long = " ".join(filter(None, (lead, _task_size(task), _task_coverage(task))))
    return _quotes(report, subject, lambda most: _task_short(report, task, most), lead, long, paths)


def category_quotes(report: Report, category: CategoryReport, paths: Paths) -> Quotes:
    """A macro-category: its shares, its largest task, how heavy its requests are."""
    tasks = formats.plural(len(category.tasks), "task")
    subject = _Subject(
        page=paths.category(category.key),
        chart=category_chart_id(category.key),
        shows=f"{tasks} of {category.label} by share of its requests and tokens" if category.tasks else "",
        rows=tuple(_row(task.label, task.category_share) for task in category.tasks[:_SHOWN]),
        proof=Link("Line in the snapshot", paths.raw(category.pointer)),
    )
    size = _category_size(report, category)
    long = " ".join(filter(None, (size, _largest_in(category), _weight(category))))
    return _quotes(report, subject, lambda most: _category_short(report, category, most), size, long, paths)


def edition_quotes(report: Report, paths: Paths) -> Quotes:
    """All of a day: where requests and tokens disagree most, and the largest task."""
    heavy, light = _extremes(report)
    count = formats.plural(len(report.categories), "macro-category", "macro-categories")
    subject = _Subject(
        page=_front(paths),
        chart="macro",
        shows=f"{count} by share of all classified requests and tokens",
        rows=tuple(_row(item.label, item.share) for item in report.categories[:_SHOWN]),
        proof=Link("Figures in the snapshot", paths.raw("/data/macro_categories")),
    )
    told = _disagreement(report, heavy, light)
    long = " ".join(filter(None, (told, _largest_task(report))))
    return _quotes(report, subject, lambda most: _category_short(report, heavy, most), told, long, paths)


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


# ---------------------------------------------------------------- a task


def _task_short(report: Report, task: TaskReport, most: int) -> str:
    leaders = _at(task.models, 1)
    if not leaders:
        return f"No model is listed for {_cut(task.label, most)}, {_week(report)}."
    return f"{_names(leaders, most)} led {_cut(task.label, most)} with {_share(leaders)} of requests, {_week(report)}."


def _task_lead(report: Report, task: TaskReport) -> str:
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


def _task_size(task: TaskReport) -> str:
    of = formats.plural(task.ranks.requests.of, "task")
    return (
        f"{task.label} made {formats.percent(task.share.requests)} of all classified requests "
        f"({_place(task.ranks.requests)} of {of}) and {formats.percent(task.share.tokens)} of all tokens "
        f"({_place(task.ranks.tokens)})."
    )


def _task_coverage(task: TaskReport) -> str:
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


def _names(models: Sequence[ListedModel], most: int = _CUTS[0]) -> str:
    names = [_cut(model.name, most) for model in models[:_MOST_NAMES]]
    more = len(models) - len(names)
    return formats.listed([*names, *([formats.plural(more, "other")] if more else [])])


def _share(models: Sequence[ListedModel]) -> str:
    return f"{formats.percent(models[0].share.requests)}{' each' if len(models) > 1 else ''}"


# ---------------------------------------------------------------- a macro-category, and all of them


def _category_short(report: Report, category: CategoryReport, most: int) -> str:
    return (
        f"{_cut(category.label, most)} made {formats.percent(category.share.requests)} of requests {_but(category)} "
        f"{formats.percent(category.share.tokens)} of tokens, {_week(report)}."
    )


def _category_size(report: Report, category: CategoryReport) -> str:
    of = formats.plural(category.ranks.requests.of, "macro-category", "macro-categories")
    return (
        f"In the {_week(report)}, {category.label} made {formats.percent(category.share.requests)} of all classified "
        f"requests{_where(report)} ({_place(category.ranks.requests)} of {of}) {_but(category)} "
        f"{formats.percent(category.share.tokens)} of all tokens ({_place(category.ranks.tokens)})."
    )


def _largest_in(category: CategoryReport) -> str:
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


def _weight(category: CategoryReport) -> str:
    if not category.intensity:
        return ""
    return f"One request took {formats.times(category.intensity.ratio)} the tokens of an average one."


def _extremes(report: Report) -> tuple[CategoryReport, CategoryReport | None]:
    """The macro-category with the heaviest requests and that with the lightest; else the largest alone."""
    weighed = sorted(
        (item for item in report.categories if item.intensity),
        key=lambda item: (item.intensity.ratio if item.intensity else 0.0, item.key),
    )
    if len(weighed) > 1 and disagree(weighed[-1], weighed[0]):
        return weighed[-1], weighed[0]
    return report.categories[0], None


def _disagreement(report: Report, heavy: CategoryReport, light: CategoryReport | None) -> str:
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


def _largest_task(report: Report) -> str:
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


def _row(name: str, share: Pair) -> str:
    return f"{name} {formats.percent(share.requests)} of requests and {formats.percent(share.tokens)} of tokens"


def _place(rank: Rank) -> str:
    return f"{'shared ' if rank.is_shared else ''}{formats.ordinal(rank.place)}"


def _cut(name: str, most: int) -> str:
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"
