"""The record of a model in a task's list: a history of editions made by hand, and what is counted in it."""

from datetime import date, timedelta

import pytest
from test_changes import day

from generator.analyse.trends import trends_of
from generator.models import History, Record

FIRST = date(2026, 7, 5)  # a Sunday
KEY = ("listed", "code:debugging", "a/a")


def record(weeks, *, unfinished=False):
    """The record of `a` over weeks given as its position in a list of three, 0 for not listed, None for no snapshot."""
    days = []
    for number, position in enumerate(weeks):
        if position is not None:
            names = ["x", "y", "z"]
            if position:
                names[position - 1] = "a"
            as_of = FIRST + timedelta(days=7 * number)
            days.append(day(as_of, {name: 300 - 100 * place for place, name in enumerate(names)}))
    if unfinished:
        days.append(day(days[-1].as_of + timedelta(days=1), {"a": 300}))
    return trends_of(History("7d", tuple(days))).records.get(KEY)


def sunday(number):
    return FIRST + timedelta(days=7 * number)


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [
        #                 editions listed first best best_since first_seen in_a_row re_entries
        ([1], Record(1, 1, 1, 1, sunday(0), sunday(0), 1, 0)),
        ([3, 2, 1], Record(3, 3, 1, 1, sunday(2), sunday(0), 3, 0)),
        ([0, 2, 2], Record(3, 2, 0, 2, sunday(1), sunday(1), 2, 0)),
        ([1, 0, 2], Record(3, 2, 1, 1, sunday(0), sunday(0), 1, 1)),
        ([1, 0, 0, 2, 0, 1], Record(6, 3, 2, 1, sunday(0), sunday(0), 1, 2)),
        ([1, None, 1], Record(2, 2, 2, 1, sunday(0), sunday(0), 1, 0)),
        ([2, None, 0, 1], Record(3, 2, 1, 1, sunday(3), sunday(0), 1, 1)),
    ],
)
def test_a_record_is_counted_in_editions(weeks, expected):
    assert record(weeks) == expected


def test_a_week_that_is_not_over_does_not_count():
    assert record([2, 2], unfinished=True) == Record(2, 2, 0, 2, sunday(0), sunday(0), 2, 0)


def test_what_no_edition_lists_has_no_record():
    assert record([0], unfinished=True) is None


def test_days_of_one_week_count_once():
    days = [day(FIRST - timedelta(days=back), {"a": 300}) for back in (6, 5, 4, 0)]
    assert trends_of(History("7d", tuple(days))).records[KEY].listed == 1


def test_a_model_that_was_level_with_the_first_was_first():
    days = [day(FIRST + timedelta(days=7 * n), {"x": 300, "a": share}) for n, share in enumerate((300, 200))]
    found = trends_of(History("7d", tuple(days))).records
    assert (found[KEY].first, found[KEY].best, found[KEY].best_since) == (1, 1, sunday(0))
    assert found["listed", "code:debugging", "a/x"].first == 2
