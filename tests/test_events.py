"""What happened, edition by edition: three weeks made by hand with all their events, then each rule by itself."""

from datetime import date, timedelta

import pytest
from handmade import day, history, printed, task

from generator.analyse import analyse, log_of
from generator.analyse.events import edition_days
from generator.pages.changes import MOST_EDITIONS, changes_page

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
