"""What happened, edition by edition, and the ledger: each rule on a history made by hand, then the sample all over again.

The last part works everything out once more from the raw responses in plain Python and reads it back from the page.
"""

import re
from datetime import date, timedelta
from functools import cache
from itertools import takewhile

import pytest
from built import text_of
from handmade import day, history, printed, task
from raw import Raw, percent, place

from generator.analyse import analyse, log_of
from generator.analyse.events import edition_days
from generator.formats import model_names
from generator.pages.changes import MOST_EDITIONS, changes_page
from generator.pages.ledger import row_of
from generator.sample import sample_files

# ---------------------------------------------------------------- three weeks by hand

THREE_WEEKS = history(
    day(
        "2026-08-09",
        task("code:debugging", 600, {"a": 300, "b": 250, "c": 100, "d": 50}),
        task("chat", 400, {"a": 200, "b": 200, "e": 100, "f": 10}),
    ),
    day(
        "2026-08-16",
        task("code:debugging", 550, {"b": 310, "a": 290, "c": 100, "d": 50}),
        task("chat", 350, {"a": 210, "b": 200, "e": 100, "g": 30}),
        task("data:extract", 100, {"a": 500, "x": 100}),
    ),
    day(
        "2026-08-23",
        task("code:debugging", 560, {"a": 300, "b": 300, "c": 90, "h": 40}),
        task("chat", 440, {"a": 220, "e": 120, "f": 100, "b": 90}),
    ),
)

# edition, what, task, model, 7 days earlier -> then (thousandths, and the place in brackets)
EVENTS = """
2026-W34  first     Debugging  A+B  B       -> A+B
2026-W34  left      Extract         100 [3] -> unknown
2026-W34  re-entry  Chat       F    unknown -> 100 [3]
2026-W34  left      Chat       G    30 [4]  -> unknown
2026-W34  new       Debugging  H    unknown -> 40 [4]
2026-W34  left      Debugging  D    50 [4]  -> unknown
2026-W34  moved     Chat            350 [2] -> 440 [2]
2026-W34  moved     Debugging       550 [1] -> 560 [1]
2026-W34  moved     Chat       B    200 [2] -> 90 [4]
2026-W34  moved     Chat       E    100 [3] -> 120 [2]
2026-W34  moved     Chat       A    210 [1] -> 220 [1]
2026-W34  moved     Debugging  A    290 [2] -> 300 [1]
2026-W34  moved     Debugging  B    310 [1] -> 300 [1]
2026-W33  first     Chat       A    A+B     -> A
2026-W33  first     Debugging  B    A       -> B
2026-W33  new       Extract         unknown -> 100 [3]
2026-W33  new       Chat       G    unknown -> 30 [4]
2026-W33  left      Chat       F    10 [4]  -> unknown
2026-W33  moved     Chat            400 [2] -> 350 [2]
2026-W33  moved     Debugging       600 [1] -> 550 [1]
2026-W33  moved     Debugging  B    250 [2] -> 310 [1]
2026-W33  moved     Chat       A    200 [1] -> 210 [1]
2026-W33  moved     Debugging  A    300 [1] -> 290 [2]
"""


def rows_of(log):
    """The events of a log as the rows of the table above, each folded to single spaces."""
    return [" ".join([edition.label, *row]) for edition in log.editions for row in news_rows(edition.news)]


def news_rows(news):
    for lead in news.leads if news else ():
        now, then = ("+".join(model.name for model in side) for side in (lead.after, lead.before))
        yield "first", lead.task.label, now, f"{then} -> {now}"
    for crossing in (*news.tasks, *news.models) if news else ():
        stood = standing(crossing.standing)
        then, now = (stood, "unknown") if crossing.kind == "left" else ("unknown", stood)
        yield tuple(filter(None, (crossing.kind, crossing.task.label, crossing.name, f"{then} -> {now}")))
    for move in news.moves if news else ():
        assert move.difference == pytest.approx(move.after.share.requests - move.before.share.requests)
        both = f"{standing(move.before)} -> {standing(move.after)}"
        yield tuple(filter(None, ("moved", move.task.label, move.name, both)))


def standing(found):
    return f"{round(found.share.requests * 1000)} [{found.rank.place}]"


def test_three_weeks_made_by_hand_give_exactly_the_events_worked_out_by_hand():
    assert rows_of(log_of(THREE_WEEKS)) == [" ".join(line.split()) for line in EVENTS.strip().splitlines()]


def test_every_event_bears_both_days():
    for edition in log_of(THREE_WEEKS).editions[:2]:
        news = edition.news
        for event in (*news.leads, *news.tasks, *news.models, *news.moves):
            assert (event.as_of, event.as_of - event.since) == (edition.as_of, timedelta(days=7))


def test_the_page_says_the_events_with_both_values():
    content = changes_page(analyse(THREE_WEEKS), log_of(THREE_WEEKS)).content
    said = {part.heading: [printed(line) for line in part.lines] for part in content.editions[0].parts}
    assert said["First places"] == [
        "Debugging: A with 30.0 % (29.0 % then) and B with 30.0 % (31.0 % then), level; "
        "7 days earlier B with 31.0 % (30.0 % now)"
    ]
    assert said["Tasks that came or went"] == ["✕ gone: Extract, 10.0 % of all requests then (3rd of 3)"]
    assert said["In and out of the lists"] == [
        "Chat: ↺ back F (3rd, 10.0 %); ✕ left G (4th, 3.0 % then)",
        "Debugging: ✚ new H (4th, 4.0 %); ✕ left D (4th, 5.0 % then)",
    ]
    assert said["Largest moves"][0] == "▲ Chat, share of all requests: from 35.0 % to 44.0 %, +9.0 pp"
    assert said["Largest moves"][2] == "▼ B in Chat: from 20.0 % to 9.0 %, −11.0 pp"
    assert content.editions[0].summary.replace("\u00a0", " ") == (
        "1 change of the first place in a task, 1 entry, 1 re-entry and 2 exits in the tasks' lists of models; "
        "1 task fewer."
    )


def test_what_has_no_page_now_is_plain_text():
    content = changes_page(analyse(THREE_WEEKS), log_of(THREE_WEEKS)).content
    gone, crossed = content.editions[0].parts[1].lines[0], content.editions[0].parts[3].lines[0]
    assert "Extract" in gone, "the task that is gone"
    paths = {part.text: part.path for part in crossed if not isinstance(part, str)}
    assert paths["Chat"] == "tasks/general/chat/"
    assert paths["F"] == "models/maker/f/"
    assert "G" in crossed, "a model that no list holds any more"


# ---------------------------------------------------------------- first places


@pytest.mark.parametrize(
    ("then", "now", "who"),
    [
        ({"a": 300, "b": 200}, {"a": 310, "b": 200}, None),
        ({"a": 300, "b": 200}, {"b": 310, "a": 200}, "A -> B"),
        ({"a": 300, "b": 200}, {"x": 310, "a": 300}, "A -> X"),
        ({"a": 300, "b": 200}, {"a": 250, "b": 250}, "A -> A+B"),
        ({"a": 250, "b": 250}, {"a": 250, "b": 240}, "A+B -> A"),
        ({"a": 250, "b": 250}, {"b": 250, "a": 250}, None),
        ({"a": 250.4, "b": 250}, {"b": 250.4, "a": 250}, None),
        ({"a": 300}, {}, None),
        ({}, {"a": 300}, None),
    ],
)
def test_the_first_place_changes_when_other_models_share_it_in_the_published_decimals(then, now, who):
    (edition, _) = log_of(two_weeks(then, now)).editions
    leads = [row for row in news_rows(edition.news) if row[0] == "first"]
    assert [row[-1] for row in leads] == ([who] if who else [])


def two_weeks(then, now, **options):
    return history(
        day("2026-08-23", task("code:debugging", 1000, then)),
        day("2026-08-30", task("code:debugging", 1000, now, **options)),
    )


# ---------------------------------------------------------------- what is no event

SAME = {"a": 300, "b": 200}
OTHER = {"x": 310, "y": 200}


@pytest.mark.parametrize(
    ("days", "reason"),
    [
        (two_weeks(SAME, OTHER, label="Bug Fixing"), ""),
        (two_weeks(SAME, OTHER, category="general"), ""),
        (
            history(day("2026-08-22", task("chat", 1000, SAME)), day("2026-08-30", task("chat", 1000, OTHER))),
            "there is no snapshot of 23 August 2026",
        ),
        (
            history(
                day("2026-08-23", task("chat", 1000, SAME)),
                day("2026-08-30", task("chat", 1000, OTHER), window_days=30),
            ),
            "the window has another length since",
        ),
        (
            history(
                day("2026-08-23", task("chat", 1000, SAME)),
                day("2026-08-30", task("chat", 1000, OTHER), is_repeat=True),
            ),
            "on 30 August 2026 the source repeated the figures of the day before",
        ),
    ],
    ids=["renamed", "moved", "day missing", "window", "repeated"],
)
def test_nothing_happened_that_we_know_of_where_days_or_tasks_cannot_be_compared(days, reason):
    newest = log_of(days).editions[0]
    assert list(news_rows(newest.news)) == []
    assert newest.no_comparison.replace("\u00a0", " ") == reason
    assert (newest.news is None) == bool(reason)


def test_a_list_that_grew_or_was_cut_makes_no_entries_and_no_exits_beyond_its_end():
    grown = log_of(two_weeks({"a": 300}, {"a": 300, "b": 200, "c": 100})).editions[0]
    cut = log_of(two_weeks({"a": 300, "b": 200, "c": 100}, {"a": 300})).editions[0]
    swapped = log_of(two_weeks({"a": 300, "b": 200, "c": 100}, {"x": 300, "b": 200})).editions[0]
    assert (list(news_rows(grown.news)), list(news_rows(cut.news))) == ([], [])
    crossings = [(crossing.kind, crossing.name) for crossing in swapped.news.models]
    assert crossings == [("new", "X"), ("left", "A")], "C stood where the list now ends"


# ---------------------------------------------------------------- editions


def editions(*days):
    return edition_days([day(as_of, task("chat", 1000, SAME)) for as_of in days])


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["2026-08-31"], {"2026-08-31": False}),  # a Monday
        (["2026-08-30"], {"2026-08-30": True}),  # the Sunday itself
        (["2026-08-28", "2026-08-29"], {"2026-08-29": False}),
        (["2026-08-28", "2026-08-29", "2026-08-31"], {"2026-08-29": True, "2026-08-31": False}),
        (["2026-08-28", "2026-09-09"], {"2026-08-28": True, "2026-09-09": False}),
        (["2026-12-31", "2027-01-01", "2027-01-03"], {"2027-01-03": True}),  # one week: 2026-W53
        (["2027-01-03", "2027-01-04"], {"2027-01-03": True, "2027-01-04": False}),
        (["2028-02-28", "2028-02-29", "2028-03-01"], {"2028-03-01": False}),  # a leap day within the week
        (["2026-09-29", "2026-10-01", "2026-10-04"], {"2026-10-04": True}),
    ],
)
def test_an_edition_is_the_last_day_of_an_iso_week_and_is_over_with_its_sunday_or_a_later_week(days, expected):
    assert editions(*days) == {date.fromisoformat(as_of): is_over for as_of, is_over in expected.items()}


@pytest.mark.parametrize(
    ("then", "now", "label"),
    [
        ("2026-12-27", "2027-01-03", "2026-W53"),
        ("2027-01-03", "2027-01-10", "2027-W01"),
        ("2028-02-27", "2028-03-05", "2028-W09"),  # 29 February lies between
        ("2026-09-27", "2026-10-04", "2026-W40"),
        ("2026-08-22", "2026-08-29", "2026-W35"),  # a Saturday against the Saturday before
    ],
)
def test_editions_are_compared_over_turns_of_year_and_month_and_leap_days(then, now, label):
    first, second = (day(as_of, task("chat", 1000, models)) for as_of, models in ((then, SAME), (now, OTHER)))
    newest = log_of(history(first, second)).editions[0]
    assert (newest.label, newest.news.since) == (label, date.fromisoformat(then))
    assert [crossing.kind for crossing in newest.news.models] == ["new", "new", "left", "left"]


def test_an_edition_of_another_weekday_is_compared_with_exactly_7_days_earlier_and_not_with_the_edition_before():
    saturday = day("2026-08-29", task("chat", 1000, OTHER))
    weeks = history(day("2026-08-22", task("chat", 1000, SAME)), day("2026-08-23", task("chat", 1000, OTHER)), saturday)
    newest, before = log_of(weeks).editions
    assert (before.as_of, newest.news.since) == (date(2026, 8, 23), date(2026, 8, 22))
    assert [crossing.name for crossing in newest.news.models] == ["X", "Y", "A", "B"]


def test_an_unfinished_week_is_told_as_so_far_this_week():
    monday = day("2026-08-24", task("code:debugging", 1000, SAME))
    weeks = history(day("2026-08-17", task("code:debugging", 1000, SAME)), *THREE_WEEKS.days[2:], monday)
    content = changes_page(analyse(weeks), log_of(weeks)).content
    assert [edition.heading for edition in content.editions] == [
        "So far this week: 2026-W35",
        "Edition 2026-W34",
    ]
    assert content.lede.replace("\u00a0", " ").startswith("So far this week (2026-W35), 24 August 2026, against 7 days")


def test_half_a_year_of_editions_is_told_in_full_and_the_others_are_counted():
    first = date(2026, 1, 4)
    weeks = history(
        *(
            day((first + timedelta(days=7 * n)).isoformat(), task("chat", 1000, {"a": 300 + n, "b": 200}))
            for n in range(MOST_EDITIONS + 4)
        )
    )
    content = changes_page(analyse(weeks), log_of(weeks)).content
    assert len(content.editions) == MOST_EDITIONS
    assert printed(content.older) == (
        "4 older editions, from 2026-W04 back to 2026-W01, are told on the pages of their days."
    )


# ---------------------------------------------------------------- the ledger

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
                "most in General, request share of everything: 50.0 % before, 51.0 % now"
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


# ---------------------------------------------------------------- the sample, worked out again

WEEK = timedelta(days=7)


@pytest.fixture(scope="module")
def responses():
    """Every day of the sample: the last response for it."""
    return {date.fromisoformat(path[3:13]): Raw.of(body) for path, body in sample_files()}


@pytest.fixture(scope="module")
def sections(sample_site):
    """heading -> part -> lines, and the links of each edition, as the page has them."""
    found = {}
    for section in sample_site.page("changes/").findall(".//section[@class='edition']"):
        parts = {
            text_of(h3): [text_of(li) for li in ul]
            for h3, ul in zip(section.findall("h3"), section.findall("ul"), strict=True)
        }
        found[section.find("h2").get("id")] = (text_of(section.find("h2")), parts, list(section.iter("a")))
    return found


def lists(raw):
    """tag -> {permaslug: request share}."""
    return {task["tag"]: {model["id"]: model["tag_usage_share"] for model in task["models"]} for task in raw.tasks}


def labels(*raws):
    return {task["tag"]: task["display_name"] for raw in raws for task in raw.tasks}


def first(models):
    return sorted(id for id, share in models.items() if share == max(models.values()))


def ordinal(number):
    return f"{number}{'th' if number in (11, 12, 13) else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def shares(raw):
    return {task["tag"]: task["usage_share"] for task in raw.tasks}


def both(then, now):
    """The tasks of both days, by label."""
    names = labels(then, now)
    return sorted(shares(then).keys() & shares(now).keys(), key=lambda tag: (names[tag], tag))


def expected_leads(then, now, names):
    before, after, label = lists(then), lists(now), labels(then, now)

    def with_shares(side, other, ids, word):
        said = [
            f"{names[id]} with {percent(side[id])} ({percent(other[id]) if id in other else 'not listed'} {word})"
            for id in ids
        ]
        joined = " and ".join(filter(None, (", ".join(said[:-1]), said[-1])))
        return joined + (", level" if len(ids) > 1 else "")

    for tag in both(then, now):
        were, are = first(before[tag]), first(after[tag])
        if were != are:
            now_said = with_shares(after[tag], before[tag], are, "then")
            then_said = with_shares(before[tag], after[tag], were, "now")
            yield f"{label[tag]}: {now_said}; 7 days earlier {then_said}"


def expected_crossings(then, now, names, ever):
    before, after, label = lists(then), lists(now), labels(then, now)
    for tag in both(then, now):
        by_place = sorted(after[tag], key=lambda id: (place(after[tag].values(), after[tag][id]), order(now, tag, id)))
        came = [id for id in by_place if id not in before[tag]]
        gone = [id for id in before[tag] if id not in after[tag]]
        gone.sort(key=lambda id: (place(before[tag].values(), before[tag][id]), id))

        def said(ids, models, then_word=""):
            return ", ".join(
                f"{names[id]} ({ordinal(place(models.values(), models[id]))}, {percent(models[id])}{then_word})"
                for id in ids
            )

        groups = (
            ("✚ new ", said([id for id in came if id not in ever.get(tag, ())], after[tag])),
            ("↺ back ", said([id for id in came if id in ever.get(tag, ())], after[tag])),
            ("✕ left ", said(gone, before[tag], " then")),
        )
        if came or gone:
            yield f"{label[tag]}: " + "; ".join(word + text for word, text in groups if text)


def order(raw, tag, model_id):
    """Among equal places: by tokens, then by permaslug."""
    (task,) = (task for task in raw.tasks if task["tag"] == tag)
    (tokens,) = (model["tag_token_share"] for model in task["models"] if model["id"] == model_id)
    return -tokens, model_id


def expected_tasks(then, now, ever):
    before, after, label = shares(then), shares(now), labels(then, now)

    def said(word, tag, side, then_word=""):
        equal = list(side.values()).count(side[tag]) > 1
        where = f"{'shared ' if equal else ''}{ordinal(place(side.values(), side[tag]))} of {len(side)}"
        return f"{word}: {label[tag]}, {percent(side[tag])} of all requests{then_word} ({where})"

    for tag in after.keys() - before.keys():
        yield said("↺ back" if tag in ever else "✚ new", tag, after)
    for tag in before.keys() - after.keys():
        yield said("✕ gone", tag, before, " then")


def expected_moves(then, now, names):
    label, known = labels(then, now), both(then, now)
    tasks = sorted((-abs(round(shares(now)[tag] - shares(then)[tag], 3)), tag) for tag in known)[:3]
    for _, tag in tasks:
        yield moved(f"{label[tag]}, share of all requests", shares(then)[tag], shares(now)[tag])
    before, after = lists(then), lists(now)
    models = sorted(
        (-abs(round(after[tag][id] - before[tag][id], 3)), tag, id)
        for tag in known
        for id in after[tag]
        if id in before[tag]
    )[:5]
    for _, tag, id in models:
        yield moved(f"{names[id]} in {label[tag]}", before[tag][id], after[tag][id])


def moved(who, before, after):
    difference = round(after - before, 3)
    sign = "+" if difference > 0 else "−"
    shape = "▲" if difference > 0 else "▼"
    return f"{shape} {who}: from {percent(before)} to {percent(after)}, {sign}{abs(difference) * 100:.1f} pp"


def test_every_event_of_the_sample_is_the_one_worked_out_from_the_responses(responses, sections):
    newest = max(responses)
    sundays = [as_of for as_of in responses if as_of.isoweekday() == 7 or as_of == newest]
    told = 0
    for as_of in sundays:
        year, week, _ = as_of.isocalendar()
        heading, parts, _ = sections[f"{year}-W{week:02}"]
        assert heading.startswith("Edition" if as_of.isoweekday() == 7 else "So far this week")
        if as_of - WEEK not in responses:
            assert parts == {}
            continue
        then, now = responses[as_of - WEEK], responses[as_of]
        names = model_names([*then.models(), *now.models()])
        ever, ever_tasks = {}, set()
        for earlier in (raw for day, raw in responses.items() if day < as_of - WEEK):
            ever_tasks |= labels(earlier).keys()
            for tag, models in lists(earlier).items():
                ever.setdefault(tag, set()).update(models)
        assert parts.get("First places", []) == list(expected_leads(then, now, names))
        assert sorted(parts.get("Tasks that came or went", [])) == sorted(expected_tasks(then, now, ever_tasks))
        assert parts["Largest moves"] == list(expected_moves(then, now, names))
        assert parts["In and out of the lists"] == list(expected_crossings(then, now, names, ever))
        told += sum(map(len, parts.values()))
    assert len(sections) == len(sundays)
    assert told > 300, "there is much to compare"


def test_every_value_of_an_event_leads_to_where_it_stands_on_the_page_of_its_day(sample_site, sections):
    page_of, followed = cache(sample_site.page), 0
    for _, _, links in list(sections.values())[:2]:
        for link in links:
            if match := re.fullmatch(r"\.\./(days/\d{4}-\d\d-\d\d/)#(.+)", link.get("href")):
                assert text_of(link) in text_below(page_of(match[1]), match[2])
                followed += 1
    assert followed > 80


def text_below(page, anchor):
    """What stands below the heading with this id, up to the next one."""
    (section,) = (section for section in page.iter("section") if section.find(f"h3[@id='{anchor}']") is not None)
    parts = list(section)
    begin = next(n for n, part in enumerate(parts) if part.get("id") == anchor)
    return " ".join(text_of(part) for part in takewhile(lambda part: part.tag != "h3", parts[begin + 1 :]))
