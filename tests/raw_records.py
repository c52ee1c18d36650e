"""The record of each task of the sample, worked out again from the raw responses in plain Python."""

import json
from datetime import date, timedelta
from functools import cache
from itertools import groupby

from raw import percent

from generator.formats import model_names
from generator.sample import sample_files

WEEK = timedelta(days=7)


@cache
def days():
    """day -> tag -> task, of the last response for it."""
    return {
        date.fromisoformat(path[3:13]): {task["tag"]: task for task in json.loads(body)["data"]["classifications"]}
        for path, body in sample_files()
    }


def said(day):
    return f"{day.day} {day:%B %Y}"


@cache
def weeks():
    """The last day of each week that has a snapshot, else its Sunday; whether it is over is told by `finished`."""
    first, last = min(days()), max(days())
    found, sunday = [], first + timedelta(days=6 - first.weekday())
    while sunday - 6 * timedelta(days=1) <= last:
        kept = [day for day in days() if sunday - WEEK < day <= sunday]
        found.append(max(kept, default=sunday))
        sunday += WEEK
    return found


def finished():
    return [week for week in weeks() if week + timedelta(days=6 - week.weekday()) <= max(days())]


def own(tag, week):
    """The task as it was then, if it had the name and the macro-category of the newest day."""
    now, then = days()[max(days())][tag], days().get(week, {}).get(tag)
    keys = ("display_name", "macro_category")
    return then if then and [then[key] for key in keys] == [now[key] for key in keys] else None


def editions(tag):
    """The finished weeks that count: since the task is what it is."""
    found = finished()
    for week in found:
        if tag in days().get(week, {}) and own(tag, week) is None:
            found = [other for other in found if other > week]
    while found and own(tag, found[0]) is None:
        found = found[1:]
    return found


def places(task):
    """(share, ids) from the first place down."""
    shares = sorted({model["tag_usage_share"] for model in task["models"]}, reverse=True)
    return [
        (share, sorted(model["id"] for model in task["models"] if model["tag_usage_share"] == share))
        for share in shares
    ]


@cache
def names():
    newest = {model["id"] for task in days()[max(days())].values() for model in task["models"]}
    ahead = {
        id for week in weeks() for task in days().get(week, {}).values() for _, ids in places(task)[:2] for id in ids
    }
    return model_names(newest | ahead)


def together(ids):
    joined = [names()[id] for id in ids]
    return " and ".join(filter(None, (", ".join(joined[:-1]), joined[-1])))


def level(ids):
    return together(ids) + (", level" if len(ids) > 1 else "")


def reigns(tag):
    """(who, weeks, from, to), newest first."""
    firsts = [(week, places(task)[0][1] if (task := own(tag, week)) else None) for week in editions(tag)]
    found = []
    for ids, group in groupby(firsts, key=lambda item: item[1]):
        ends = [week for week, _ in group]
        reason = "no snapshot that week" if ends[0] not in days() else "not among the tasks"
        found.append((level(ids) if ids else f"– {reason}", str(len(ends)), said(ends[0]), said(ends[-1])))
    return found[::-1]


def closest(tag):
    races = []
    for week in editions(tag):
        task = own(tag, week)
        if task and len(task["models"]) > 1:
            (first, ids), *others = places(task)
            gap = 0 if len(ids) > 1 else round(first * 1000) - round(others[0][0] * 1000)
            races.append((gap, -week.toordinal(), week))
    if not races:
        return "no week that is over has two models listed."
    gap, _, week = min(races)
    ahead, *others = (
        f"{together(ids)} ({percent(share)}{' each' if len(ids) > 1 else ''})"
        for share, ids in places(own(tag, week))[:2]
    )
    return (
        f"{gap / 10} pp, {ahead} before {others[0]}, on {said(week)}." if gap else f"level, {ahead}, on {said(week)}."
    )


def repeats(day):
    before = [other for other in days() if other < day]
    return bool(before) and days()[max(before)] == days()[day]


def turnover(tag, week):
    """(at least, at most), or None."""
    then, now = own(tag, week - WEEK), own(tag, week)
    if not then or not now or repeats(week) or repeats(week - WEEK):
        return None
    before, after = (
        {model["id"]: round(model["tag_usage_share"] * 1000) for model in task["models"]} for task in (then, now)
    )

    def gains(old, new):
        came = [new[id] for id in new if id not in old]
        beyond_each = sum(max(0, share - min(old.values())) for share in came)
        beyond_all = sum(came) - max(0, 1000 - sum(old.values()))
        return sum(max(0, new[id] - old[id]) for id in new.keys() & old.keys()) + max(beyond_each, beyond_all)

    gained, lost = gains(before, after), gains(after, before)
    stayed = sum(min(before[id], after[id]) for id in before.keys() & after.keys())
    return percent(max(gained, lost) / 1000), percent((1000 - stayed) / 1000)


def sentences_of(tag):
    """The record as the page of the task says it."""
    who, count, first, last = reigns(tag)[0]
    span = f"{count} weeks in a row ({first} to {last})" if int(count) > 1 else f"1 week ({last})"
    newest = max(days())
    low, high = turnover(tag, newest)
    return [
        f"First by requests: {who}, for {span}.",
        f"Closest race: {closest(tag)}",
        f"Turnover in 7 days: at least {low} and at most {high} of its requests changed hands "
        f"between {said(newest - WEEK)} and {said(newest)}.",
    ]


def concentration(task):
    """The printed figures: the first, the first three, HHI; by requests, by tokens."""
    requests, tokens = (
        [round(model[key] * 1000) for model in task["models"]] for key in ("tag_usage_share", "tag_token_share")
    )
    left = max(0, 1000 - sum(requests))
    full, rest = divmod(left, min(requests)) if min(requests) else (0, 0)
    return [
        [_shares(requests, requests + [min(requests)] * full + [rest], k) for k in (1, 3)],
        [_shares(tokens, [*tokens, max(0, 1000 - sum(tokens))], k) for k in (1, 3)],
        [
            _span(*(f"{round(sum(x * x for x in shares) / 100):,}" for shares in (of, [*of, *more])))
            for of, more in ((requests, [min(requests)] * full + [rest]), (tokens, [max(0, 1000 - sum(tokens))]))
        ],
    ]


def _shares(low, high, count):
    return _span(*(percent(sum(sorted(shares)[-count:]) / 1000) for shares in (low, high)))


def _span(low, high):
    return low if low == high else f"{low} to {high}"
