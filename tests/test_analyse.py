"""Ranks, ties, coverage, intensity, lower bounds, mix and lift, worked out by hand on a snapshot of three tasks."""

from datetime import date

import pytest
from handmade import model_list

from generator.analyse import analyse, intensity_of, rank_all
from generator.models import Category, Day, History, Pair, Rank, Snapshot, StoredSnapshot, Task

DAY = date(2026, 8, 31)


def stored(snapshot, day=DAY, revision=1):
    return StoredSnapshot(f"7d/{day}.json", day, revision, "ab", f"content {day} {revision}", 10, snapshot)


def history(snapshot):
    return History("7d", (Day(snapshot.as_of, (stored(snapshot),), False),))


def snapshot(tasks, categories):
    return Snapshot(7, DAY, tuple(tasks), tuple(categories), False, ())


# By hand: code has two tasks (60 % and 40 % of its requests), general has one.
CODE = Category("code", "Code", 0.5, 0.8)
GENERAL = Category("general", "General", 0.5, 0.2)
DEBUGGING = Task(
    "code:debugging", "Debugging", "code", 0.3, 0.6, 0.6, 0.75,
    model_list(("a/one", 0.5, 0.2), ("b/two", 0.2, 0.2), ("a/three", 0.2, 0.4)),
)  # fmt: skip
REVIEW = Task("code:review", "Review", "code", 0.2, 0.2, 0.4, 0.25, model_list(("a/one", 0.1, 0.3)))
MATH = Task("math", "Math", "general", 0.5, 0.2, 1.0, 1.0, model_list())


@pytest.fixture
def report():
    return analyse(history(snapshot([MATH, DEBUGGING, REVIEW], [CODE, GENERAL])))


def task_of(report, tag):
    return next(task for task in report.tasks if task.tag == tag)


def model_of(report, model_id):
    return next(model for model in report.models if model.id == model_id)


def test_equal_shares_share_a_place_and_the_next_place_is_skipped():
    assert [rank.place for rank in rank_all([0.3, 0.2, 0.2, 0.1])] == [1, 2, 2, 4]
    assert [rank.is_shared for rank in rank_all([0.3, 0.2, 0.2, 0.1])] == [False, True, True, False]


def test_shares_that_differ_below_the_published_decimals_are_a_tie():
    assert [rank.place for rank in rank_all([0.20049, 0.2, 0.1994])] == [1, 1, 3]


def test_tied_tasks_stand_by_tokens_and_then_by_tag():
    same = [Task(tag, "Same", "general", 0.25, tokens, 0.25, 0.25, model_list()) for tag, tokens in TIED]
    report = analyse(history(snapshot(same, [Category("general", "General", 1.0, 1.0)])))
    assert [task.tag for task in report.tasks] == ["d", "a", "b", "c"]


TIED = (("c", 0.1), ("b", 0.1), ("d", 0.4), ("a", 0.1))


def test_tasks_are_ranked_over_all_and_within_their_category(report):
    debugging = task_of(report, "code:debugging")
    assert debugging.ranks.requests == Rank(2, 3, False)
    assert debugging.ranks.tokens == Rank(1, 3, False)
    assert debugging.category_ranks.requests == Rank(1, 2, False)
    assert [task.tag for task in report.tasks] == ["math", "code:debugging", "code:review"]


def test_coverage_is_what_is_listed_and_the_rest_is_unknown(report):
    debugging = task_of(report, "code:debugging")
    assert debugging.coverage == Pair(pytest.approx(0.9), pytest.approx(0.8))
    assert debugging.unlisted == Pair(pytest.approx(0.1), pytest.approx(0.2))
    assert task_of(report, "math").coverage == Pair(0, 0)
    assert task_of(report, "math").leader is None


def test_a_coverage_over_one_by_rounding_leaves_nothing_unlisted_and_nothing_negative():
    task = Task("t", "T", "general", 1.0, 1.0, 1.0, 1.0, model_list(("a/x", 0.6, 0.6), ("a/y", 0.402, 0.4)))
    report = analyse(history(snapshot([task], [Category("general", "General", 1.0, 1.0)])))
    assert report.tasks[0].unlisted.requests == 0.0


def test_the_models_of_a_task_are_ranked_by_both_measures(report):
    models = task_of(report, "code:debugging").models
    assert [model.id for model in models] == ["a/one", "a/three", "b/two"], "the tie goes to more tokens"
    assert [model.ranks.requests.place for model in models] == [1, 2, 2]
    assert [model.ranks.tokens.place for model in models] == [2, 1, 2]


def test_intensity_has_the_bounds_that_rounding_leaves():
    intensity = intensity_of(Pair(0.002, 0.007))
    assert intensity.ratio == pytest.approx(3.5)
    assert intensity.low == pytest.approx(0.0065 / 0.0025)
    assert intensity.high == pytest.approx(0.0075 / 0.0015)


def test_intensity_says_nothing_where_a_share_is_published_as_zero():
    assert intensity_of(Pair(0.0, 0.1)) is None
    assert intensity_of(Pair(0.1, 0.0)) is None
    assert intensity_of(Pair(None, 0.1)) is None


def test_a_model_carries_at_least_the_sum_over_the_tasks_that_list_it(report):
    one = model_of(report, "a/one")
    assert one.share == Pair(pytest.approx(0.3 * 0.5 + 0.2 * 0.1), pytest.approx(0.6 * 0.2 + 0.2 * 0.3))
    code = next(category for category in report.categories if category.key == "code")
    carrying = next(model for model in code.models if model.id == "a/one")
    assert carrying.share.requests == pytest.approx(0.6 * 0.5 + 0.4 * 0.1)
    assert carrying.listed_in == 2


def test_a_task_that_does_not_list_a_model_is_absent_from_it_and_not_zero(report):
    assert [listing.tag for listing in model_of(report, "b/two").listings] == ["code:debugging"]


def test_mix_divides_what_is_known_of_a_model_and_lift_compares_it_with_the_same_tasks(report):
    first, second = model_of(report, "a/one").listings
    assert (first.tag, second.tag) == ("code:debugging", "code:review")
    assert first.mix.requests == pytest.approx(0.15 / 0.17)
    assert first.mix.requests + second.mix.requests == pytest.approx(1)
    assert first.lift.requests == pytest.approx((0.15 / 0.17) / (0.3 / 0.5))
    assert second.lift.requests == pytest.approx((0.02 / 0.17) / (0.2 / 0.5))


def test_mix_and_lift_are_unknown_for_a_model_whose_shares_are_all_zero():
    task = Task("t", "T", "general", 1.0, 1.0, 1.0, 1.0, model_list(("a/x", 0.0, 0.0)))
    listing = analyse(history(snapshot([task], [Category("general", "General", 1.0, 1.0)]))).models[0].listings[0]
    assert (listing.mix, listing.lift) == (Pair(None, None), Pair(None, None))


def test_siblings_are_the_other_models_of_the_same_author(report):
    assert model_of(report, "a/one").siblings == ("a/three",)
    assert model_of(report, "b/two").siblings == ()


def test_models_without_an_author_are_nobody_s_siblings():
    task = Task("t", "T", "general", 1.0, 1.0, 1.0, 1.0, model_list(("x", 0.1, 0.1), ("y", 0.1, 0.1)))
    report = analyse(history(snapshot([task], [Category("general", "General", 1.0, 1.0)])))
    assert [model.siblings for model in report.models] == [(), ()]


def test_the_report_counts_days_kept_missing_and_restated():
    first, newest = date(2026, 8, 28), DAY
    said = snapshot([MATH], [GENERAL])
    first_revisions = stored(said, first), stored(said, first, 2)
    report = analyse(History("7d", (Day(first, first_revisions, False), Day(newest, (stored(said, newest),), False))))
    assert (report.days_kept, report.days_missing, report.days_restated) == (2, 2, 1)
    assert (report.first_day, report.source_path) == (first, "7d/2026-08-31.json")
