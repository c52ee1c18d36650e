"""The ledger and the calendar: what is to be known about the days themselves, each kind on a tiny history by hand."""

from datetime import date, timedelta

import pytest
from handmade import day, history, printed, task

from generator.analyse import analyse, log_of
from generator.pages.changes import changes_page
from generator.pages.ledger import row_of

LIST = {"a": 300, "b": 200}
CHAT, DEBUGGING = task("chat", 500, LIST), task("code:debugging", 500, LIST)
MORE = {**LIST, "c": 100}


@pytest.mark.parametrize(
    ("days", "rows"),
    [
        ([day("2026-08-30", CHAT), day("2026-08-31", CHAT)], []),
        (
            [day("2026-08-29", CHAT), day("2026-08-31", CHAT)],
            ["30 August 2026 | missing | 1 day without a snapshot, between 29 August 2026 and 31 August 2026"],
        ),
        (
            [day("2026-08-27", CHAT), day("2026-09-02", CHAT)],
            [
                "28 August 2026 to 1 September 2026 | missing | "
                "5 days without a snapshot, between 27 August 2026 and 2 September 2026"
            ],
        ),
        (
            [day("2026-08-31", CHAT, restated_as=(task("chat", 500, {"a": 300, "b": 240}),))],
            [
                "31 August 2026 | restated | the source changed the day (2nd version): 2 of 10 shares differ, "
                "most in maker/b in Chat, request share of the task: 20.0 % before, 24.0 % now"
            ],
        ),
        (
            [day("2026-08-31", CHAT, restated_as=(task("chat", 510, {"a": 300, "c": 200}),))],
            [  # 6 shares of task and category, 2 of the model that is gone and 2 of the one that came
                "31 August 2026 | restated | the source changed the day (2nd version): 10 of 12 shares differ, "
                "most in Chat, request share of everything: 50.0 % before, 51.0 % now"
            ],
        ),
        (
            [day("2026-08-31", CHAT, restated_as=(task("chat", 500, LIST, label="Talk"),))],
            ["31 August 2026 | restated | the source sent the day again: no share differs, only something around them"],
        ),
        (
            [day("2026-08-30", CHAT), day("2026-08-31", CHAT, is_repeat=True)],
            ["31 August 2026 | source repeated | the figures of 30 August 2026 were sent once more under this date"],
        ),
        (
            [day("2026-08-30", CHAT), day("2026-08-31", CHAT, DEBUGGING)],
            [
                "31 August 2026 | macro-category added | Code; against 30 August 2026",
                "31 August 2026 | task added | Debugging; against 30 August 2026",
            ],
        ),
        (
            [day("2026-08-29", CHAT, DEBUGGING), day("2026-08-31", DEBUGGING)],
            [
                "30 August 2026 | missing | 1 day without a snapshot, between 29 August 2026 and 31 August 2026",
                "31 August 2026 | macro-category gone | General; against 29 August 2026",
                "31 August 2026 | task gone | Chat; against 29 August 2026",
            ],
        ),
        (
            [day("2026-08-30", CHAT), day("2026-08-31", task("chat", 500, LIST, label="Talk"))],
            ["31 August 2026 | renamed | chat is called Talk, Chat before; against 30 August 2026"],
        ),
        (
            [day("2026-08-30", CHAT), day("2026-08-31", CHAT, labels={"general": "Everyday"})],
            ["31 August 2026 | renamed | general is called Everyday, General before; against 30 August 2026"],
        ),
        (
            [
                day("2026-08-30", CHAT, DEBUGGING),
                day("2026-08-31", task("chat", 500, LIST, category="code"), DEBUGGING),
            ],
            [
                "31 August 2026 | macro-category gone | General; against 30 August 2026",
                "31 August 2026 | moved | Chat belongs to Code, to General before; against 30 August 2026",
            ],
        ),
        (
            [
                day("2026-08-30", CHAT, DEBUGGING),
                day("2026-08-31", task("chat", 500, MORE), task("code:debugging", 500, MORE)),
            ],
            [
                "31 August 2026 | list length | "
                "lists of 3 models, 2 before, in 2 tasks: Chat and Debugging; against 30 August 2026"
            ],
        ),
        (
            [day("2026-08-30", CHAT), day("2026-08-31", CHAT, window_days=30)],
            ["31 August 2026 | window | the window is 30 days, 7 before; against 30 August 2026"],
        ),
        (
            [day("2026-08-30", CHAT), day("2026-08-31", CHAT, warnings=["new field data.x"])],
            ["31 August 2026 | warning | new field data.x"],
        ),
        (
            [
                day("2026-08-28", CHAT, warnings=["odd", "odd", "new field data.x"]),
                day("2026-08-29", CHAT, warnings=["new field data.x"]),
                day("2026-08-30", CHAT),
                day("2026-08-31", CHAT, warnings=["new field data.x"]),
            ],
            [
                "31 August 2026 | warning | new field data.x",
                "28 August 2026 to 29 August 2026 | warning | on 2 days in a row: new field data.x",
                "28 August 2026 | warning | odd",
            ],
        ),
    ],
)
def test_the_ledger_names_each_kind_of_oddity_with_its_days(days, rows):
    found = [row_of(entry) for entry in log_of(history(*days)).ledger]
    assert sorted(f"{printed(row.day)} | {row.kind} | {printed(row.text)}" for row in found) == sorted(rows)


def test_the_ledger_is_newest_first_and_names_no_more_than_a_few_of_many():
    names = [task(f"task_{n}", 100, LIST) for n in range(9)]
    days = [day("2026-08-28", CHAT), day("2026-08-30", CHAT), day("2026-08-31", CHAT, *names)]
    found = [printed((*row.day, " ", *row.text)) for row in map(row_of, log_of(history(*days)).ledger)]
    assert found == [
        "31 August 2026 Task_0, Task_1, Task_2, Task_3, Task_4, Task_5 and 3 more; against 30 August 2026",
        "29 August 2026 1 day without a snapshot, between 28 August 2026 and 30 August 2026",
    ]


def test_every_kept_day_of_the_ledger_is_linked_and_a_missing_one_is_not():
    (gap,) = (row_of(entry) for entry in log_of(history(day("2026-08-29", CHAT), day("2026-08-31", CHAT))).ledger)
    assert gap.day == ("30\u00a0August\u00a02026",)
    assert [part.path for part in gap.text if not isinstance(part, str)] == ["days/2026-08-29/", "days/2026-08-31/"]


# ---------------------------------------------------------------- the calendar


def test_the_calendar_says_of_every_day_whether_it_was_received_missing_repeated_or_restated():
    days = history(
        day("2026-08-30", CHAT),
        day("2026-09-01", CHAT, is_repeat=True),
        day("2026-09-02", CHAT, restated_as=(task("chat", 500, MORE),)),
        day("2026-09-03", CHAT, is_repeat=True, restated_as=(task("chat", 500, MORE),)),
    )
    content = changes_page(analyse(days), log_of(days)).content
    found = [
        (
            month.label.replace("\u00a0", " "),
            week.label,
            [f"{cell.text}{cell.shapes} {cell.words}" for cell in week.cells if cell.text],
        )
        for month in content.months
        for week in month.weeks
    ]
    assert found == [
        (
            "September 2026",
            "2026-W36",
            ["1= source repeated", "2≠ restated", "3=≠ source repeated, restated"],
        ),
        ("August 2026", "2026-W35", ["30■ received"]),
        ("August 2026", "2026-W36", ["31□ missing"]),
    ]
    assert [len(week.cells) for month in content.months for week in month.weeks] == [7, 7, 7]


@pytest.mark.parametrize(
    ("first", "last", "weeks"),
    [
        (date(2027, 1, 1), date(2027, 1, 5), ["2026-W53", "2027-W01"]),
        (date(2028, 2, 28), date(2028, 2, 29), ["2028-W09"]),
        (date(2028, 2, 29), date(2028, 3, 1), ["2028-W09", "2028-W09"]),  # the week stands in both months
    ],
)
def test_the_weeks_of_the_calendar_are_iso_weeks(first, last, weeks):
    count = (last - first).days + 1
    days = history(*(day((first + timedelta(days=n)).isoformat(), CHAT) for n in range(count)))
    content = changes_page(analyse(days), log_of(days)).content
    assert [week.label for month in content.months for week in month.weeks] == weeks
    cells = [cell for month in content.months[::-1] for week in month.weeks for cell in week.cells if cell.text]
    assert [cell.path for cell in cells] == [f"days/{first + timedelta(days=n)}/" for n in range(count)]


def test_thirteen_months_are_drawn_and_the_older_ones_counted():
    days = [day("2026-01-10", CHAT), day("2026-01-11", CHAT, is_repeat=True), day("2026-03-31", CHAT)]
    days += [day("2027-03-01", CHAT)]
    content = changes_page(analyse(history(*days)), log_of(history(*days))).content
    assert [content.months[0].label, content.months[-1].label] == ["March\u00a02027", "March\u00a02026"]
    found = [
        (
            month.label.replace("\u00a0", " "),
            month.first and month.first.path,
            month.received,
            month.missing,
            month.repeated,
        )
        for month in content.older_months
    ]
    assert found == [("February 2026", None, 0, 28, 0), ("January 2026", "days/2026-01-10/", 2, 20, 1)]
