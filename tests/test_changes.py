"""What changed in 7 days: each rule on a history made by hand, small enough to check by reading."""

from datetime import date, timedelta

import pytest
from handmade import model_list

from generator.analyse import analyse
from generator.models import Category, Day, History, Pair, Snapshot, StoredSnapshot, Task

TODAY = date(2026, 8, 31)
WEEK = timedelta(days=7)


def day(as_of, models, *, label="Debugging", category="code", window_days=7, is_repeat=False, revisions=1):
    """A day with one task whose list holds `models` (name -> thousandths of requests)."""
    listed = model_list(*((f"a/{name}", share / 1000, share / 2000) for name, share in models.items()))
    task = Task("code:debugging", label, category, 1.0, 1.0, 1.0, 1.0, listed)
    snapshot = Snapshot(window_days, as_of, (task,), (Category(category, category.title(), 1.0, 1.0),), False, ())
    stored = [StoredSnapshot(f"7d/{as_of}.r{n}.json", as_of, n, "", "", 1, snapshot) for n in range(1, revisions + 1)]
    return Day(as_of, tuple(stored), is_repeat)


def states(*days):
    """name -> (state, places gained, difference of requests in thousandths) of the newest day's list."""
    (task,) = analyse(History("7d", days)).tasks
    return {
        model.id[2:]: (model.change.state, model.change.places, thousandths(model.change.share.requests))
        for model in task.models
    }


def thousandths(share):
    return None if share is None else round(share * 1000)


# today's list against the one 7 days earlier; before that, a list that held `back` and `gone`
OLD, THEN, NOW = (
    {"back": 90, "gone": 80},
    {"a": 300, "b": 200, "c": 100, "gone": 50, "low": 5},
    {"b": 310, "a": 250, "c": 100},
)


def test_up_down_same_and_new_are_told_by_place_with_the_difference_in_shares():
    days = day(TODAY - WEEK, THEN), day(TODAY, NOW | {"d": 20})
    assert states(*days) == {
        "b": ("up", 1, 110),
        "a": ("down", -1, -50),
        "c": ("same", 0, 0),
        "d": ("new", 0, None),
    }


def test_what_comes_back_after_an_absence_is_a_re_entry_and_not_new():
    days = day(TODAY - 2 * WEEK, OLD), day(TODAY - WEEK, THEN), day(TODAY, NOW | {"back": 40, "d": 20})
    assert states(*days)["back"] == ("re-entry", 0, None)
    assert states(*days)["d"] == ("new", 0, None)


def test_what_was_listed_first_within_the_last_7_days_is_still_new():
    days = day(TODAY - WEEK, THEN), day(TODAY - timedelta(days=2), NOW | {"d": 10}), day(TODAY, NOW | {"d": 20})
    assert states(*days)["d"] == ("new", 0, None)


def test_what_left_the_list_is_named_with_its_place_then():
    (task,) = analyse(History("7d", (day(TODAY - WEEK, THEN), day(TODAY, NOW)))).tasks
    gone, low = task.departed
    assert (gone.id, gone.rank.place, gone.share.requests) == ("a/gone", 4, 0.05)
    assert low.id == "a/low"


def test_tied_places_compare_as_the_place_that_they_share():
    days = day(TODAY - WEEK, {"a": 300, "b": 200, "c": 200}), day(TODAY, {"a": 300, "b": 210, "c": 200})
    assert states(*days) == {"a": ("same", 0, 0), "b": ("same", 0, 10), "c": ("down", -1, 0)}


def test_a_difference_below_the_published_decimals_is_none():
    days = day(TODAY - WEEK, {"a": 300.4, "b": 200}), day(TODAY, {"a": 300, "b": 200.4})
    assert states(*days) == {"a": ("same", 0, 0), "b": ("same", 0, 0)}


@pytest.mark.parametrize(
    ("days", "reason"),
    [
        ([day(TODAY, NOW)], "the archive begins on 31 August 2026, and 24 August 2026 is needed"),
        (
            [day(TODAY - timedelta(days=6), THEN), day(TODAY, NOW)],
            "the archive begins on 25 August 2026, and 24 August 2026 is needed",
        ),
        (
            [day(TODAY - timedelta(days=8), THEN), day(TODAY - timedelta(days=6), THEN), day(TODAY, NOW)],
            "there is no snapshot of 24 August 2026",
        ),
        (
            [day(TODAY - WEEK, THEN), day(TODAY, NOW, is_repeat=True)],
            "on 31 August 2026 the source repeated the figures of the day before",
        ),
        (
            [
                day(TODAY - timedelta(days=2), NOW),
                day(TODAY - timedelta(days=1), NOW, is_repeat=True),
                day(TODAY, NOW, is_repeat=True),
            ],
            "the source has sent the same figures since 29 August 2026",
        ),
        (
            [day(TODAY - timedelta(days=8), THEN), day(TODAY - WEEK, THEN, is_repeat=True), day(TODAY, NOW)],
            "on 24 August 2026 the source repeated the figures of the day before",
        ),
        (
            [day(TODAY - WEEK, THEN, label="Bug Fixing"), day(TODAY, NOW)],
            "the task was renamed or moved to another macro-category in between",
        ),
        (
            [day(TODAY - WEEK, THEN, category="general"), day(TODAY, NOW)],
            "the task was renamed or moved to another macro-category in between",
        ),
        ([day(TODAY - WEEK, THEN, window_days=30), day(TODAY, NOW)], "the window has another length since"),
    ],
)
def test_nothing_is_compared_across_what_cannot_be_bridged_and_the_reason_is_said(days, reason):
    (task,) = analyse(History("7d", tuple(days))).tasks
    for model in task.models:
        assert (model.change.state, model.change.since) == ("no comparison", None)
        assert model.change.share == Pair(None, None)
        assert model.change.reason.replace("\u00a0", " ") == reason
    assert task.departed == ()


def test_a_model_below_the_end_of_a_list_that_was_shorter_is_not_called_new():
    days = day(TODAY - WEEK, {"a": 300, "b": 200}), day(TODAY, {"d": 310, "a": 300, "b": 200})
    (task,) = analyse(History("7d", days)).tasks
    found = {model.id: model.change for model in task.models}
    assert found["a/d"].state == "new", "it stands above the end of the list then"
    assert found["a/b"].state == "down"
    days = day(TODAY - WEEK, {"a": 300, "b": 200}), day(TODAY, {"a": 300, "b": 200, "d": 100})
    change = analyse(History("7d", days)).tasks[0].models[2].change
    assert (change.state, change.reason) == ("no comparison", "the list was shorter then: 2 models")


def test_the_last_revision_of_each_day_is_the_one_compared():
    then = day(TODAY - WEEK, THEN)
    restated = day(TODAY - WEEK, NOW).revisions[0]
    both = Day(then.as_of, (then.revisions[0], restated), False)
    assert {state for state, _, _ in states(both, day(TODAY, NOW)).values()} == {"same"}


@pytest.mark.parametrize("today", [date(2028, 3, 3), date(2027, 1, 2), date(2026, 10, 1)])
def test_leap_days_turns_of_the_year_and_of_the_month_are_seven_days_like_any_other(today):
    days = day(today - WEEK, THEN), day(today, NOW)
    report = analyse(History("7d", days))
    assert report.compared_with == today - WEEK
    assert report.no_comparison == ""


def test_a_day_can_be_analysed_as_if_nothing_had_come_after_it():
    days = tuple(day(TODAY + n * WEEK, {"a": 300 + 10 * n, "b": 300 - 10 * n}) for n in range(4))
    alone = analyse(History("7d", days[:2]))
    assert analyse(History("7d", days), as_of=TODAY + WEEK) == alone


def test_a_window_of_30_days_is_compared_with_7_days_earlier_all_the_same():
    days = day(TODAY - WEEK, THEN, window_days=30), day(TODAY, NOW, window_days=30)
    assert states(*days)["b"] == ("up", 1, 110)
