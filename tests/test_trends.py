"""What the lines over time are drawn from: each rule on a history made by hand."""

from datetime import date, timedelta

import handmade
import pytest
from handmade import history, task
from test_changes import TODAY, day

from generator.analyse import trends_of
from generator.models import History, Redefinition

LISTED = ("listed", "code:debugging", "a/a")


def trends(*days):
    return trends_of(History("7d", days))


def thousandths(course):
    return [None if share is None else round(share.requests * 1000) for share in course]


def test_every_day_has_its_place_and_a_missing_one_is_none():
    found = trends(
        day(TODAY - timedelta(days=3), {"a": 300}), day(TODAY - timedelta(days=1), {"a": 310}), day(TODAY, {"a": 320})
    )
    assert found.grain == "day"
    assert found.dates == tuple(TODAY - timedelta(days=n) for n in (3, 2, 1, 0))
    assert thousandths(found.shares[LISTED]) == [300, None, 310, 320]


def test_a_model_that_was_not_listed_is_unknown_that_day_and_not_zero():
    found = trends(day(TODAY - timedelta(days=1), {"b": 300}), day(TODAY, {"a": 320, "b": 300}))
    assert thousandths(found.shares[LISTED]) == [None, 320]


def test_only_what_stands_in_today_s_rankings_is_followed():
    found = trends(day(TODAY - timedelta(days=1), {"a": 1, "gone": 300}), day(TODAY, {"a": 320}))
    assert ("listed", "code:debugging", "a/gone") not in found.shares


@pytest.mark.parametrize("before", [{"label": "Bug Fixing"}, {"category": "general"}])
def test_a_task_that_was_renamed_or_moved_begins_anew(before):
    found = trends(day(TODAY - timedelta(days=7), {"a": 300}, **before), day(TODAY, {"a": 320}))
    assert thousandths(found.shares[LISTED])[0] is None
    assert found.positions[LISTED][0] is None
    assert found.tasks["code:debugging"].leads[0] is None


def test_restated_days_are_named_and_their_last_revision_counts():
    found = trends(day(TODAY - timedelta(days=1), {"a": 300}, revisions=2), day(TODAY, {"a": 320}))
    assert found.restated == (TODAY - timedelta(days=1),)


@pytest.mark.parametrize(
    ("span_days", "grain", "dates"), [(130, "day", 131), (131, "week", 20), (1830, "week", 263), (1831, "month", 61)]
)
def test_the_grain_coarsens_with_the_years(span_days, grain, dates):
    found = trends(day(TODAY - timedelta(days=span_days), {"a": 300}), day(TODAY, {"a": 320}))
    assert (found.grain, len(found.dates)) == (grain, dates)
    assert thousandths(found.shares[LISTED])[0] == 300
    assert thousandths(found.shares[LISTED])[1:-1] == [None] * (dates - 2), "what is missing stays missing"
    assert found.dates[-1] == TODAY


def test_a_week_is_its_last_snapshot_and_a_week_without_one_is_named_by_its_sunday():
    sunday = date(2026, 8, 30)
    found = trends(
        day(sunday - timedelta(days=15), {"a": 300, "b": 100}),  # a Saturday, the last of its week
        day(sunday - timedelta(days=1), {"b": 300, "a": 100}),
        day(sunday, {"a": 310, "b": 100}),
    )
    assert found.weeks == (date(2026, 8, 15), date(2026, 8, 23), sunday)
    assert found.positions[LISTED] == (1, None, 1)
    assert found.is_last_week_over is True
    assert [lead and ids(lead) for lead in found.tasks["code:debugging"].leads] == [["a/a"], None, ["a/a"]]


@pytest.mark.parametrize(
    ("first", "last", "weeks"),
    [
        (date(2026, 12, 27), date(2027, 1, 10), 3),  # 2026-W52, W53, 2027-W01
        (date(2027, 12, 26), date(2028, 1, 9), 3),  # 2027-W51, W52, 2028-W01
        (date(2028, 2, 27), date(2028, 3, 5), 2),  # over a leap day
    ],
)
def test_weeks_run_over_the_turn_of_the_year_and_leap_days(first, last, weeks):
    found = trends(day(first, {"a": 300}), day(last, {"a": 320}))
    assert len(found.weeks) == weeks
    assert (found.weeks[0], found.weeks[-1]) == (first, last)


def test_models_tied_at_the_first_place_lead_together():
    found = trends(day(TODAY - timedelta(days=7), {"b": 300, "c": 200, "a": 300}), day(TODAY, {"a": 320}))
    assert ids(found.tasks["code:debugging"].leads[0]) == ["a/a", "a/b"]


def ids(lead):
    return [leader.id for leader in lead.leaders]


# ---------------------------------------------------------------- what was defined anew

DEBUGGING = "code:debugging"


def redefined(*days):
    return trends_of(history(*days)).redefined


def one_task(as_of, models="ab", **options):
    return handmade.day(as_of, task(DEBUGGING, 1000, dict.fromkeys(models, 300), **options))


def test_nothing_is_defined_anew_where_only_shares_and_models_differ():
    assert redefined(one_task("2026-08-01", "ab"), one_task("2026-08-02", "bc")) == {}


def test_a_renamed_a_moved_and_a_shortened_task_are_told_with_the_first_day_on_which_it_is_so():
    found = redefined(
        one_task("2026-08-01", "abc", label="Bug Fixing"),
        one_task("2026-08-02", "abc"),
        one_task("2026-08-05", "ab"),
        handmade.day(
            "2026-08-06",
            task(DEBUGGING, 500, {"a": 1, "b": 1}, category="agent"),
            task("code:review", 500, {"a": 1}),
        ),
    )
    assert found[DEBUGGING] == (
        Redefinition("task renamed", date(2026, 8, 2), "Bug Fixing", "Debugging"),
        Redefinition("list length", date(2026, 8, 5), "3", "2"),
        Redefinition("task moved", date(2026, 8, 6), "Code", "Agent"),
    )
    assert found[""] == (Redefinition("categories", date(2026, 8, 6), "", "Agent"),)
    assert "code:review" not in found, "a task that comes is no other one"


def test_a_task_that_comes_back_is_held_against_when_it_was_last_seen():
    found = redefined(
        one_task("2026-08-01", "ab"),
        handmade.day("2026-08-02", task("code:review", 1000, {"a": 1})),
        one_task("2026-08-03", "a"),
    )
    assert found == {DEBUGGING: (Redefinition("list length", date(2026, 8, 3), "2", "1"),)}


def test_the_set_and_the_names_of_macro_categories_and_the_window_concern_all():
    def of(as_of, tag, label="Code", window_days=7):
        tasks = task(DEBUGGING, 500, {"a": 1}), task(tag, 500, {"a": 1})
        return handmade.day(as_of, *tasks, labels={"code": label}, window_days=window_days)

    found = redefined(
        of("2026-08-01", "data:x"), of("2026-08-02", "agent:y"), of("2026-08-03", "agent:y", "Programming", 30)
    )
    assert found == {
        "": (
            Redefinition("categories", date(2026, 8, 2), "Data", "Agent"),
            Redefinition("window", date(2026, 8, 3), "7", "30"),
            Redefinition("category renamed", date(2026, 8, 3), "Code", "Programming"),
        )
    }


def test_the_course_within_the_macro_category_is_followed_too():
    found = trends(day(TODAY - timedelta(days=1), {"a": 300}), day(TODAY, {"a": 320}))
    assert thousandths(found.shares["within", DEBUGGING, "code"]) == [1000, 1000]
