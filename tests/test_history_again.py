"""Every change, departure and record of an archive, worked out again from the raw responses in plain Python.

Two archives: the sample as it is, and the sample with what it lacks: repeated days, a week without a snapshot, renamed
and moved tasks, shorter lists, a day that was restated because it repeated another.
"""

import json
from collections import Counter
from dataclasses import asdict, astuple, dataclass, replace
from datetime import timedelta
from functools import cache
from itertools import takewhile

import pytest
from raw import last_of_each_day, place

from generator import archive, validate
from generator.analyse import analyse, day_reports, trends_of
from generator.models import History
from generator.sample import sample_files

WEEK = timedelta(days=7)


@dataclass(frozen=True, eq=False)  # one is another one, and can be cached by
class Kept:
    """An archive: as the program reads it, and by its responses."""

    history: History
    responses: dict  # date -> Raw
    rankings: dict  # date -> ranking -> who stands in it -> (share of requests, share of tokens)


def kept(files):
    responses = last_of_each_day(files)
    return Kept(
        archive.assemble(
            "7d",
            [archive.ArchiveFile(path, body) for path, body in files],
            parse=validate.parse_snapshot,
            digest=validate.content_digest,
        ),
        responses,
        {as_of: rankings_of(raw) for as_of, raw in responses.items()},
    )


@pytest.fixture(scope="module")
def sample():
    return kept(list(sample_files()))


@pytest.fixture(scope="module")
def eventful():
    return kept(eventful_files())


@pytest.fixture(params=["sample", "eventful"])
def either(request):
    return request.getfixturevalue(request.param)


# ---------------------------------------------------------------- the sample with what it lacks

NO_SNAPSHOT = [f"2026-06-{day}" for day in range(15, 22)]  # a whole week
REPEATS = {  # a day -> the one whose last response is sent once more under its date
    "2026-06-25": "2026-06-24",
    "2026-07-02": "2026-07-01",  # and 7 days after another repetition
    "2026-07-25": "2026-07-24",  # of a restated day
    "2026-08-13": "2026-08-11",  # of the kept day before: there is none of 12 August
}


def eventful_files():
    responses = {path: json.loads(body)["data"] for path, body in sample_files() if path[3:13] not in NO_SNAPSHOT}
    for data in responses.values():
        define_anew(data)
        shorten_lists(data)
    for as_of, again in REPEATS.items():
        last = max(path for path in responses if path.startswith(f"7d/{again}"))
        responses[f"7d/{as_of}.json"] = {**responses[last], "as_of": as_of}
    # figures that the source changed afterwards were sent again, which repeats nothing that holds
    responses["7d/2026-06-08.json"] = {**responses["7d/2026-06-07.json"], "as_of": "2026-06-08"}
    # a repetition that the source mended
    responses["7d/2026-07-15.r2.json"] = responses["7d/2026-07-15.json"]
    responses["7d/2026-07-15.json"] = {**responses["7d/2026-07-14.json"], "as_of": "2026-07-15"}
    return [(path, json.dumps({"data": responses[path]}).encode()) for path in sorted(responses)]


def define_anew(data):
    """Tasks with other names, in another macro-category and gone for a while; a macro-category with another name."""
    as_of, tasks = data["as_of"], {task["tag"]: task for task in data["classifications"]}
    if as_of >= "2026-07-01":
        tasks["math"]["display_name"] = "Mathematics"
    if "2026-08-02" <= as_of <= "2026-08-26":
        tasks["finance_trading"]["display_name"] = "Trading"
    if as_of >= "2026-08-20":
        next(c for c in data["macro_categories"] if c["key"] == "general")["label"] = "Everyday"
    if "2026-07-01" <= as_of <= "2026-07-05" or as_of >= "2026-08-14":
        task = tasks["devops"]
        shares = {"usage_share": task["usage_share"], "token_share": task["token_share"]}
        data["macro_categories"].append({"key": "operation", "label": "Operation", **shares})
        task |= {"macro_category": "operation", "category_usage_share": 1, "category_token_share": 1}
    if "2026-07-10" <= as_of <= "2026-07-19":
        data["classifications"].remove(tasks["security_audit"])


def shorten_lists(data):
    lengths = {"translation": 7, "summarization": 1, "qa_knowledge": 0}
    if "2026-08-03" <= data["as_of"] <= "2026-08-09" or data["as_of"] in ("2026-08-24", "2026-08-30"):
        for task in data["classifications"]:
            task["models"] = task["models"][: lengths.get(task["tag"])]


# ---------------------------------------------------------------- changes


def rankings_of(raw):
    found = {
        "macro-categories": {c["key"]: (c["usage_share"], c["token_share"]) for c in raw.categories},
        "tasks": {t["tag"]: (t["usage_share"], t["token_share"]) for t in raw.tasks},
        "models": raw.models(),
    }
    for key in found["macro-categories"]:
        own = raw.tasks_of(key)
        found["tasks of", key] = {t["tag"]: (t["category_usage_share"], t["category_token_share"]) for t in own}
        found["models of", key] = raw.models_of(key)
    for task in raw.tasks:
        found["models in", task["tag"]] = {
            m["id"]: (m["tag_usage_share"], m["tag_token_share"]) for m in task["models"]
        }
    return found


def expected_change(kept, as_of, ranking, who):
    """State, day compared with, places gained, more of requests and of tokens, why there is no comparison."""
    reason = why_not(kept, as_of) or why_not_the_task(kept, as_of, ranking, who)
    if reason:
        return "no comparison", None, 0, None, None, reason
    since = as_of - WEEK
    then, now = kept.rankings[since].get(ranking, {}), kept.rankings[as_of][ranking]
    if who not in then:
        if why := why_not_the_place(kept, since, ranking, by_requests(now, who)):
            return "no comparison", None, 0, None, None, why
        was_there = any(who in there.get(ranking, ()) for day, there in kept.rankings.items() if day < since)
        return "re-entry" if was_there else "new", since, 0, None, None, ""
    gained = by_requests(then, who) - by_requests(now, who)
    state = "same" if gained == 0 else "up" if gained > 0 else "down"
    more = [(thousandths(now[who][n]) - thousandths(then[who][n])) / 1000 for n in (0, 1)]
    return state, since, gained, *more, ""


def by_requests(ranking, who):
    return place([requests for requests, _ in ranking.values()], ranking[who][0])


def thousandths(share):
    return int(f"{share:.3f}".replace(".", ""))


@cache
def why_not(kept, as_of):
    """Why nothing at all can be compared on a day; "" where something can."""
    since, first, again = as_of - WEEK, min(kept.responses), as_of
    while repeats(kept, again):
        again = max(day for day in kept.responses if day < again)
    if sum(again < day <= as_of for day in kept.responses) > 1:
        return f"the source has sent the same figures since {in_words(again)}"
    if since < first:
        return f"the archive begins on {in_words(first)}, and {in_words(since)} is needed"
    if since not in kept.responses:
        return f"there is no snapshot of {in_words(since)}"
    for day in (as_of, since):
        if repeats(kept, day):
            return f"on {in_words(day)} the source repeated the figures of the day before"
    return ""


def repeats(kept, as_of):
    """Whether a day says what the kept day before it says."""
    before = max((day for day in kept.responses if day < as_of), default=None)
    return before is not None and said(kept, before) == said(kept, as_of)


def said(kept, as_of):
    return {**kept.responses[as_of].data, "as_of": "any"}


def in_words(day):
    return f"{day.day} {day:%B} {day.year}"


def why_not_the_task(kept, as_of, ranking, who):
    """A ranking of tasks, or of a task's models, when the task is not the one that it was."""
    if ranking[0] == "models in":
        tag = ranking[1]
    elif ranking == "tasks" or ranking[0] == "tasks of":
        tag = who
    else:
        return ""
    was, is_now = definition(kept, as_of - WEEK, tag), definition(kept, as_of, tag)
    if was and was != is_now:
        return "the task was renamed or moved to another macro-category in between"
    return ""


@cache
def definition(kept, as_of, tag):
    found = [(t["display_name"], t["macro_category"]) for t in kept.responses[as_of].tasks if t["tag"] == tag]
    return found[0] if found else None


def why_not_the_place(kept, since, ranking, place_now):
    """A place that the task's list did not reach down to."""
    if ranking[0] != "models in" or ranking not in kept.rankings[since]:
        return ""
    length = len(kept.rankings[since][ranking])
    if place_now <= length:
        return ""
    return f"the list was shorter then: {length} {'model' if length == 1 else 'models'}"


@cache
def all_expected(kept, as_of, *, with_sums=False):
    """(ranking, who) -> change, of all that is ranked on a day; `with_sums`: by lower bounds too."""
    return {
        (ranking, who): expected_change(kept, as_of, ranking, who)
        for ranking, standing in kept.rankings[as_of].items()
        for who in standing
        if with_sums or not (ranking == "models" or ranking[0] == "models of")
    }


def told(report):
    """The same as the program says it of a day."""
    for category in report.categories:
        yield "macro-categories", category.key, category.change
    for task in report.tasks:
        yield "tasks", task.tag, task.change
        yield ("tasks of", task.category), task.tag, task.category_change
        for model in task.models:
            yield ("models in", task.tag), model.id, model.change


def told_of_sums(report):
    for category in report.categories:
        for model in category.models:
            yield ("models of", category.key), model.id, model.change
    for model in report.models:
        yield "models", model.id, model.change


def told_again(report):
    """What a report says of the tasks within their macro-category and of the lists, seen from the models."""
    for category in report.categories:
        for task in category.tasks:
            yield ("tasks of", category.key), task.tag, task.category_change
    for model in report.models:
        for listing in model.listings:
            yield ("models in", listing.tag), model.id, listing.change


def plain(changes):
    return {(ranking, who): flat(change) for ranking, who, change in changes}


def flat(change):
    return (
        change.state,
        change.since,
        change.places,
        change.share.requests,
        change.share.tokens,
        plain_spaces(change.reason),
    )


def plain_spaces(text):
    return text.replace("\u00a0", " ")


def differing(expected, found):
    """Where the two do not agree, so that a failure can be read."""
    return {key: (expected.get(key), found.get(key)) for key in expected | found if expected.get(key) != found.get(key)}


def test_every_change_of_every_day_is_the_one_worked_out_from_the_responses(either):
    days = 0
    for report in day_reports(either.history):
        assert differing(all_expected(either, report.as_of), plain(told(report))) == {}, report.as_of
        reason = why_not(either, report.as_of)
        assert plain_spaces(report.no_comparison) == reason
        assert report.compared_with == (None if reason else report.as_of - WEEK)
        days += 1
    assert days == len(either.responses) > 100


def test_every_change_of_the_newest_day_and_of_editions_is_the_one_worked_out_from_the_responses(either):
    newest = max(either.responses)
    editions = [as_of for as_of in either.responses if as_of.isoweekday() == 7]
    for as_of in (*editions, newest):
        report = analyse(either.history, as_of)
        expected = all_expected(either, as_of, with_sums=True)
        assert differing(expected, plain((*told(report), *told_of_sums(report)))) == {}, as_of
        again = plain(told_again(report))
        assert again == {key: expected[key] for key in again}
        assert sum(ranking[0] == "models in" for ranking, _ in again) == sum(len(task.models) for task in report.tasks)
        assert plain_spaces(report.no_comparison) == why_not(either, as_of)
    assert analyse(either.history) == report
    assert len(editions) > 15


# ---------------------------------------------------------------- who left


def expected_departures(kept, as_of):
    """tag -> who left its list, by place: identifier, place then, of how many, shared or not, both shares then."""
    found = {task["tag"]: [] for task in kept.responses[as_of].tasks}
    if why_not(kept, as_of):
        return found
    for tag, left in found.items():
        then = kept.rankings[as_of - WEEK].get(("models in", tag), {})
        if why_not_the_task(kept, as_of, ("models in", tag), ""):
            continue
        shares = [thousandths(requests) for requests, _ in then.values()]
        for who in then.keys() - kept.rankings[as_of]["models in", tag].keys():
            is_shared = shares.count(thousandths(then[who][0])) > 1
            left.append((who, by_requests(then, who), len(then), is_shared, *then[who]))
        left.sort(key=lambda model: (model[1], model[0]))
    return found


def departures(report):
    return {
        task.tag: [(model.id, *astuple(model.rank), *astuple(model.share)) for model in task.departed]
        for task in report.tasks
    }


def test_who_left_a_list_and_with_what_is_worked_out_from_the_responses(either):
    left = 0
    for report in day_reports(either.history):
        expected = expected_departures(either, report.as_of)
        assert differing(expected, departures(report)) == {}, report.as_of
        left += sum(map(len, expected.values()))
    assert departures(analyse(either.history)) == expected
    assert left > 1000


# ---------------------------------------------------------------- records


def expected_records(kept, newest):
    """(tag, permaslug) -> the record, for the models of the newest day's lists that an edition lists."""
    found = {}
    weeks = editions_until(kept, newest)
    for task in kept.responses[newest].tasks:
        for model in task["models"]:
            course = [position(kept, as_of, task, model["id"]) for _, as_of in weeks]
            if any(course):
                found[task["tag"], model["id"]] = record(course, [as_of for _, as_of in weeks])
    return found


def editions_until(kept, newest):
    """(Sunday, the week's last kept day or None) of each week that is over."""
    first = min(kept.responses)
    sunday = first + timedelta(days=6 - first.weekday())
    weeks = []
    while sunday <= newest:
        weeks.append((sunday, max((day for day in kept.responses if sunday - WEEK < day <= sunday), default=None)))
        sunday += WEEK
    return weeks


def position(kept, as_of, task, model_id):
    """The place, from 1, in the list of this very task; 0 where it is not listed, None without a snapshot."""
    if as_of is None:
        return None
    if definition(kept, as_of, task["tag"]) != (task["display_name"], task["macro_category"]):
        return 0
    models = kept.rankings[as_of]["models in", task["tag"]]
    if model_id not in models:
        return 0
    return 1 + sum(thousandths(other[0]) > thousandths(models[model_id][0]) for other in models.values())


def record(course, weeks):
    known = [position for position in course if position is not None]
    listed = [(position, as_of) for position, as_of in zip(course, weeks, strict=True) if position]
    best = min(position for position, _ in listed)
    was_there = "".join("x" if position else "." for position in known)
    return {
        "editions": len(known),
        "listed": len(listed),
        "first": known.count(1),
        "best": best,
        "best_since": next(as_of for position, as_of in listed if position == best),
        "first_seen": listed[0][1],
        "in_a_row": len(list(takewhile(bool, course[::-1]))),
        "re_entries": was_there.lstrip(".").count(".x"),
    }


def records(history):
    return {(tag, id): asdict(record) for (_, tag, id), record in trends_of(history).records.items()}


def test_every_record_is_the_one_counted_in_the_responses(either):
    found = records(either.history)
    assert differing(expected_records(either, max(either.responses)), found) == {}
    assert len(found) > 250


def test_every_record_is_counted_in_the_responses_whatever_the_day_of_the_week(either):
    for newest in list(either.responses)[-8:-1]:
        history = replace(either.history, days=tuple(day for day in either.history.days if day.as_of <= newest))
        assert differing(expected_records(either, newest), records(history)) == {}, newest


# ---------------------------------------------------------------- there was something to compare


def met(kept):
    """state -> how often, and reason without its days and numbers -> how often, over all days."""
    states, reasons = Counter(), Counter()
    for as_of in kept.responses:
        for state, *_, reason in all_expected(kept, as_of).values():
            states[state] += 1
            reasons[next((kind for kind in REASONS if kind in reason), reason)] += 1
        states["left"] += sum(map(len, expected_departures(kept, as_of).values()))
    return states, reasons


STATES = {"new", "re-entry", "up", "down", "same", "left", "no comparison"}
REASONS = ("the archive begins", "there is no snapshot", "the source repeated", "the task was renamed", "shorter then")


def test_the_sample_holds_every_state_more_than_a_thousand_times(sample):
    states, reasons = met(sample)
    assert states.keys() == STATES
    assert min(states.values()) > 1000
    assert reasons.keys() == {"", "the archive begins", "there is no snapshot"}
    assert min(reasons.values()) > 500


def test_the_eventful_archive_holds_every_state_and_every_reason_more_than_a_hundred_times(eventful):
    states, reasons = met(eventful)
    assert states.keys() == STATES
    assert reasons.keys() == {"", *REASONS}
    assert min(*states.values(), *reasons.values()) > 100


def test_the_records_hold_re_entries_rows_that_ended_and_weeks_without_a_snapshot(eventful):
    weeks = editions_until(eventful, max(eventful.responses))
    counted = expected_records(eventful, max(eventful.responses)).values()
    assert [as_of for _, as_of in weeks].count(None) == 1
    assert sum(record["re_entries"] > 0 for record in counted) >= 10
    assert sum(record["in_a_row"] == 0 for record in counted) >= 10
    assert sum(record["first"] > 0 for record in counted) >= 10
    assert sum(record["best_since"] != record["first_seen"] for record in counted) >= 10
