"""The record of a task: each rule on a history made by hand, small enough to check by reading."""

from datetime import date, timedelta

import pytest
from handmade import day, history, model_list, task

from generator.analyse import analyse, trends_of
from generator.analyse.concentration import concentrations_of
from generator.analyse.turnover import turnover_between
from generator.models import Task
from generator.pages.task_record import record_facts, task_leaders

TAG = "code:debugging"
FIRST = date(2026, 7, 5)  # a Sunday


def sunday(number):
    return FIRST + timedelta(days=7 * number)


def debugging(models, **options):
    return task(TAG, 1000, models, **options)


def record(*days):
    """The record of Debugging."""
    return trends_of(history(*days)).tasks[TAG]


def by_week(*lists, **options):
    """The days of an archive with one list a week, each on a Sunday; None: no snapshot."""
    return [
        day(sunday(number).isoformat(), debugging(models, **options))
        for number, models in enumerate(lists)
        if models is not None
    ]


def reigns(found):
    """(who, first, last, weeks, reason), newest first."""
    return [
        (" ".join(leader.id.removeprefix("maker/") for leader in reign.leaders), *span_of(reign), reign.reason)
        for reign in found.reigns
    ]


def span_of(reign):
    return (reign.first - FIRST).days // 7, (reign.last - FIRST).days // 7, reign.weeks


A, B, TIED = {"a": 300, "b": 200}, {"b": 300, "a": 200}, {"b": 250, "a": 250}


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [
        #              who, from week, to week, weeks, why nobody
        ([A], [("a", 0, 0, 1, "")]),
        ([A, A, B], [("b", 2, 2, 1, ""), ("a", 0, 1, 2, "")]),
        ([A, B, A], [("a", 2, 2, 1, ""), ("b", 1, 1, 1, ""), ("a", 0, 0, 1, "")]),
        ([A, TIED, TIED], [("a b", 1, 2, 2, ""), ("a", 0, 0, 1, "")]),
        ([A, None, A], [("a", 2, 2, 1, ""), ("", 1, 1, 1, "no snapshot that week"), ("a", 0, 0, 1, "")]),
        ([A, {}, {}, A], [("a", 3, 3, 1, ""), ("", 1, 2, 2, "no model listed"), ("a", 0, 0, 1, "")]),
    ],
)
def test_a_reign_is_the_same_models_first_at_the_end_of_each_of_some_weeks_in_a_row(weeks, expected):
    assert reigns(record(*by_week(*weeks))) == expected


def test_a_difference_below_the_published_decimals_is_a_tie():
    assert reigns(record(*by_week({"a": 250.2, "b": 250.4}))) == [("a b", 0, 0, 1, "")]


def test_a_week_that_is_not_over_is_no_part_of_a_reign():
    monday = day(sunday(1).replace(day=13).isoformat(), debugging(B))
    assert reigns(record(*by_week(A, A), monday)) == [("a", 0, 1, 2, "")]
    assert record(day("2026-07-06", debugging(A))).reigns == ()


def test_days_within_a_week_do_not_count():
    days = [day("2026-06-29", debugging(B)), day("2026-07-01", debugging(B)), *by_week(A)]
    assert reigns(record(*days)) == [("a", 0, 0, 1, "")]


@pytest.mark.parametrize("before", [{"label": "Bug Fixing"}, {"category": "general"}])
def test_the_record_begins_anew_where_the_task_was_renamed_or_moved(before):
    then, now = by_week(A, A, **before), by_week(A, A, A, A)[2:]
    assert reigns(record(*then, *now)) == [("a", 2, 3, 2, "")]


def test_a_name_that_came_back_does_not_bring_back_what_was_before():
    first, between, last = by_week(A, A, A)[:1], by_week(A, A, label="Bug Fixing")[1:], by_week(A, A, A)[2:]
    assert reigns(record(*first, *between, *last)) == [("a", 2, 2, 1, "")]


def test_a_week_without_the_task_among_the_others_ends_a_reign_and_is_said():
    other = task("code:tests", 500, {"x": 100})
    days = [
        day(sunday(0).isoformat(), other),
        day(sunday(1).isoformat(), other, debugging(A)),
        day(sunday(2).isoformat(), other),
        day(sunday(3).isoformat(), other, debugging(A)),
    ]
    assert reigns(record(*days)) == [("a", 3, 3, 1, ""), ("", 2, 2, 1, "not among the tasks"), ("a", 1, 1, 1, "")]


def test_a_reign_runs_over_the_53rd_week_of_a_year():
    days = [day(as_of, debugging(A)) for as_of in ("2026-12-27", "2027-01-03", "2027-01-10")]
    (reign,) = record(*days).reigns
    assert (reign.first, reign.last, reign.weeks) == (date(2026, 12, 27), date(2027, 1, 10), 3)
    (newer, gap, older) = record(days[0], days[2]).reigns
    assert (newer.weeks, gap.first, gap.reason, older.weeks) == (1, date(2027, 1, 3), "no snapshot that week", 1)


def race(*weeks):
    """The closest race: first, second, thousandths between them, and the week."""
    found = record(*by_week(*weeks)).closest
    if found is None:
        return None
    first, second = (
        lead and " ".join(leader.id.removeprefix("maker/") for leader in lead.leaders)
        for lead in (found.first, found.second)
    )
    return first, second, round(found.difference * 1000), (found.as_of - FIRST).days // 7


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [
        ([A], ("a", "b", 100, 0)),
        ([A, {"b": 300, "a": 299}, B], ("b", "a", 1, 1)),
        ([A, TIED, A], ("a b", None, 0, 1)),
        ([{"a": 300, "b": 290}, {"b": 310, "a": 300}], ("b", "a", 10, 1)),  # equally close: the latest
        ([TIED, A, TIED, A], ("a b", None, 0, 2)),
        ([{"c": 300, "b": 200, "a": 200}], ("c", "a b", 100, 0)),  # the second place is shared
        ([{"a": 300}, {}], None),  # nobody to race against
        ([{"a": 300, "b": 299}, {"a": 300}], ("a", "b", 1, 0)),
    ],
)
def test_the_closest_race_is_the_smallest_difference_between_the_first_two_places(weeks, expected):
    assert race(*weeks) == expected


def test_a_race_of_a_week_that_is_not_over_does_not_count():
    monday = day(sunday(1).replace(day=13).isoformat(), debugging(TIED))
    assert record(*by_week(A, A), monday).closest.second is not None


def turnover(then, now):
    """The bounds in thousandths."""
    span = turnover_between(debugging(then), debugging(now))
    return round(span.low * 1000), round(span.high * 1000)


# Lists of three, in thousandths.
#
# whole lists:  then a 500 b 300 c 200, rest 0; now a 400 b 400 c 200: a loses 100, b gains 100; known exactly.
# cut lists:    then a 300 b 200 c 100, rest 400; now a 250 b 200 c 120, rest 430
#               gained: c 20; lost: a 50 -> at least 50. Stayed: 250 + 200 + 100 -> at most 450.
# d for c:      then a 300 b 200 c 150, rest 350; now a 300 b 200 d 180, rest 320
#               gained: d had at most the 150 of c, so 30; lost: c may have 180 now, so 0 -> at least 30.
#               Stayed: 300 + 200 -> at most 500.
# small rest:   then a 500 b 300 c 190, rest 10; now a 500 b 300 d 150, rest 50
#               gained: d had at most the rest, 150 - 10 = 140; lost: 190 - 50 = 140 -> at least 140. Stayed: 800.
# two for two:  then a 700 b 160 c 130, rest 10; now a 700 d 150 e 140, rest 10
#               d and e together had at most the rest: 290 - 10 = 280; so had b and c now -> at least 280. Stayed: 700.
# longer list:  then a 300 b 200, rest 500; now a 300 b 200 c 200 d 50: c and d had at most 200 each -> at least 0.
# all others:   then a 400 b 300 c 300, rest 0; now x y z likewise: everything.
@pytest.mark.parametrize(
    ("then", "now", "bounds"),
    [
        ({"a": 500, "b": 300, "c": 200}, {"a": 400, "b": 400, "c": 200}, (100, 100)),
        ({"a": 300, "b": 200, "c": 100}, {"a": 250, "b": 200, "c": 120}, (50, 450)),
        ({"a": 300, "b": 200, "c": 150}, {"a": 300, "b": 200, "d": 180}, (30, 500)),
        ({"a": 500, "b": 300, "c": 190}, {"a": 500, "b": 300, "d": 150}, (140, 200)),
        ({"a": 700, "b": 160, "c": 130}, {"a": 700, "d": 150, "e": 140}, (280, 300)),
        ({"a": 300, "b": 200}, {"a": 300, "b": 200, "c": 200, "d": 50}, (0, 500)),
        ({"a": 400, "b": 300, "c": 300}, {"x": 400, "y": 300, "z": 300}, (1000, 1000)),
        ({"a": 300, "b": 200, "c": 100}, {"a": 300, "b": 200, "c": 100}, (0, 400)),
    ],
)
def test_turnover_is_bounded_by_what_listed_models_gained_or_lost_and_by_what_stayed(then, now, bounds):
    assert turnover(then, now) == bounds
    assert turnover(now, then) == bounds, "what was gained one way is lost the other way"


def test_turnover_of_lists_whose_rounded_shares_are_more_than_the_whole_has_no_bounds_crossed():
    assert turnover({"a": 502, "b": 500}, {"a": 500, "b": 502}) == (2, 2)


# The cut lists are then a 300 b 200 c 100 and now a 250 b 200 d 120; a hidden model has at most 100 then, 120 now.
@pytest.mark.parametrize(
    ("hidden_then", "hidden_now", "distance"),
    [
        ({"d": 100, "x": 100, "y": 100, "z": 100}, {"c": 100, "x": 110, "y": 110, "z": 110}, 50),  # the lower bound
        ({"x": 100, "y": 100, "z": 100, "w": 100}, {"k": 120, "l": 120, "m": 120, "n": 70}, 550),  # the upper bound
        ({"d": 40, "x": 100, "y": 100, "z": 100, "w": 60}, {"c": 90, "x": 120, "y": 120, "z": 100}, 120),
    ],
)
def test_both_bounds_of_turnover_are_possible_and_hold_for_whole_lists_that_fit_the_cut_ones(
    hidden_then, hidden_now, distance
):
    listed_then, listed_now = {"a": 300, "b": 200, "c": 100}, {"a": 250, "b": 200, "d": 120}
    then, now = listed_then | hidden_then, listed_now | hidden_now
    assert sum(then.values()) == sum(now.values()) == 1000
    assert sum(abs(then.get(id, 0) - now.get(id, 0)) for id in then | now) / 2 == distance
    low, high = turnover(listed_then, listed_now)
    assert (low, high) == (50, 550)
    assert low <= distance <= high


def newest_turnover(*days):
    return record(*days).turnover[-1]


def test_turnover_is_against_exactly_seven_days_earlier():
    days = by_week(A, B)
    found = newest_turnover(*days)
    assert (found.since, round(found.share.low, 3), found.reason) == (sunday(0), 0.1, "")
    days.insert(1, day("2026-07-08", debugging({"z": 900})))
    assert newest_turnover(*days) == found


REPEATED = "on 12 July 2026 the source repeated the figures of the day before"


@pytest.mark.parametrize(
    ("days", "reason"),
    [
        (by_week(A), "the archive begins on 5 July 2026, and 28 June 2026 is needed"),
        (by_week(A, None, A), "there is no snapshot of 12 July 2026"),
        ([*by_week(A), day("2026-07-12", debugging(A), is_repeat=True)], REPEATED),
        ([*by_week(A), day("2026-07-12", debugging(A), window_days=30)], "the window has another length since"),
        (by_week({}, A), "no model was listed on 5 July 2026"),
        (by_week(A, {}), "no model was listed on 12 July 2026"),
        (
            [*by_week(A, label="Bug Fixing"), *by_week(A, A)[1:]],
            "the task was renamed or moved to another macro-category since",
        ),
        (
            [day("2026-07-05", task("code:tests", 500, {"x": 100})), *by_week(A, A)[1:]],
            "the task was not among those of 5 July 2026",
        ),
    ],
)
def test_where_nothing_can_be_compared_there_is_no_turnover_and_the_reason_is_said(days, reason):
    found = newest_turnover(*days)
    assert (found.since, found.share) == (None, None)
    assert found.reason.replace("\u00a0", " ") == reason


def test_each_week_has_its_turnover_and_one_without_a_snapshot_says_so():
    found = record(*by_week(A, B, None, B)).turnover
    assert [turn.share and round(turn.share.low * 1000) for turn in found] == [None, 100, None, None]
    assert found[2].reason == "no snapshot that week"


def concentration(models):
    """Of models given as (requests, tokens) in thousandths: each figure by either measure; shares in thousandths."""
    listed = model_list(*((f"maker/{n}", r / 1000, t / 1000) for n, (r, t) in enumerate(models)))
    found = concentrations_of(Task(TAG, "Debugging", "code", 1, 1, 1, 1, listed))
    return [
        one
        and tuple(
            (round(span.low * scale, 2), round(span.high * scale, 2))
            for span, scale in ((one.first, 1000), (one.first_three, 1000), (one.hhi, 1))
        )
        for one in found
    ]


# HHI in points: squares of thousandths / 100.
@pytest.mark.parametrize(
    ("models", "requests", "tokens"),
    [
        # no rest: known. 25 + 9 + 4 = 38 hundredths of 10,000
        (
            [(500, 500), (300, 300), (200, 200)],
            ((500, 500), (1000, 1000), (3800, 3800)),
            ((500, 500), (1000, 1000), (3800, 3800)),
        ),
        # requests: rest 350, as 150 + 150 + 50: 1525 + 225 + 225 + 25. tokens: rest 700 may be one model:
        # 700 + 200 + 60; 200^2 + 60^2 + 40^2 = 45,200, and 490,000 more
        (
            [(300, 200), (200, 60), (150, 40)],
            ((300, 300), (650, 650), (1525, 2000)),
            ((200, 700), (300, 960), (452, 5352)),
        ),
        # two listed: the third by requests has at most the 200 of the second; rest 500 as 200 + 200 + 100
        ([(300, 600), (200, 300)], ((300, 300), (500, 700), (1300, 2200)), ((600, 600), (900, 1000), (4500, 4600))),
        # the smallest listed share is below the published decimals: so is every unlisted one
        ([(300, 1000), (0, 0)], ((300, 300), (300, 300), (900, 900)), ((1000, 1000), (1000, 1000), (10000, 10000))),
        # rounded sums above the whole stay within it
        (
            [(501, 501), (501, 501)],
            ((501, 501), (1000, 1000), (5020.02, 5020.02)),
            ((501, 501), (1000, 1000), (5020.02, 5020.02)),
        ),
    ],
)
def test_concentration_has_the_bounds_that_the_unlisted_rest_leaves(models, requests, tokens):
    assert concentration(models) == [requests, tokens]


def test_an_empty_list_has_no_concentration():
    assert concentration([]) == [None, None]


def test_the_names_of_leaders_are_told_apart():
    found = record(*by_week({"pebble-20260100": 300, "b": 200}, {"pebble-20260101": 300, "b": 200}))
    assert [reign.leaders[0].name for reign in found.reigns] == ["Pebble 20260101", "Pebble 20260100"]


def words(*days):
    """The record as its page says it, with plain spaces."""
    kept = history(*days)
    report = next(task for task in analyse(kept).tasks if task.tag == TAG)
    facts = record_facts(report, trends_of(kept))
    return [f"{fact.label}: {fact.text}".replace("\u00a0", " ") for fact in facts]


def test_the_record_is_said_with_models_shares_and_days():
    assert words(*by_week(A, {"a": 300, "b": 299}, A)) == [
        "First by requests: A, for 3 weeks in a row (5 July 2026 to 19 July 2026).",
        "Closest race: 0.1 pp, A (30.0 %) before B (29.9 %), on 12 July 2026.",
        "Turnover in 7 days: at least 9.9 % and at most 50.0 % of its requests changed hands "
        "between 12 July 2026 and 19 July 2026.",
    ]


def test_what_is_level_is_said_so_and_a_turnover_that_is_known_has_no_bounds():
    assert words(*by_week({"a": 600, "b": 400}, {"a": 500, "b": 500})) == [
        "First by requests: A and B, level, for 1 week (12 July 2026).",
        "Closest race: level, A and B (50.0 % each), on 12 July 2026.",
        "Turnover in 7 days: 10.0 % of its requests changed hands between 5 July 2026 and 12 July 2026.",
    ]


def test_before_a_week_is_over_the_record_says_what_is_missing():
    days = [day(as_of, debugging(A)) for as_of in ("2026-07-06", "2026-07-07")]
    assert words(*days) == [
        "First by requests: no week that lists it is over yet.",
        "Closest race: no week that is over has two models listed.",
        "Turnover in 7 days: not known, since the archive begins on 6 July 2026, and 30 June 2026 is needed.",
    ]


def test_a_week_without_a_snapshot_is_said_and_not_bridged():
    first, _, turnover = words(*by_week(A, A), day("2026-07-27", debugging(A)))
    assert first == (
        "First by requests: not known for 2 weeks in a row (19 July 2026 to 26 July 2026), no snapshot that week."
    )
    assert turnover == "Turnover in 7 days: not known, since there is no snapshot of 20 July 2026."


def test_of_many_reigns_the_newest_are_listed_and_this_is_said():
    kept = history(*by_week(*[A, B] * 14))
    report = next(task for task in analyse(kept).tasks if task.tag == TAG)
    table = task_leaders(report, trends_of(kept))
    assert table.caption == "First by requests in Debugging, at the end of each finished week: the newest 26 of 28"
    assert [row[1].text for row in table.rows] == ["B", "A"] * 13
