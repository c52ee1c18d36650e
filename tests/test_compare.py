"""Two editions side by side: which pairs there are, what is said of them, and that nothing of it changes later."""

import gzip
import json
import re
from datetime import date, timedelta

import pytest
from built import build, text_of
from handmade import day, history, printed, task
from raw import last_of_each_day, percent, place
from test_day_pages import bodies, without_later

from generator.addresses import task_anchor
from generator.analyse import analyse, edition_comparisons, edition_reports, log_of
from generator.files import kept_days
from generator.formats import model_names
from generator.models import DISTANCES_WEEKS
from generator.pages import comparison_page
from generator.pages.compare import MOST_EDITIONS, compare_page, earlier_line
from generator.sample import sample_files

WEEK = timedelta(days=7)
CHAT = task("chat", 1000, {"a": 300, "b": 200})
SUNDAY, LATER = "2026-08-02", "2026-08-30"  # editions 2026-W31 and 2026-W35


def every_pair(kept):
    """The comparisons of all editions in one list."""
    return [pair for pairs in edition_comparisons(kept) for pair in pairs]


def sundays(count, last=date(2026, 8, 30)):
    return [(last - n * WEEK).isoformat() for n in reversed(range(count))]


def compared(*days):
    """The only comparison of a history."""
    (found,) = every_pair(history(*days))
    return found


def page_of(*days):
    return comparison_page(compared(*days)).content


def rows(content):
    """tag -> places, requests and tokens as they are printed."""
    return {
        row.id: (
            tuple(printed(part if isinstance(part, tuple) else (part,)) for part in row.places),
            tuple(printed((part,)) for part in row.requests),
        )
        for row in content.tasks
    }


def lines(content):
    return [printed(line) for line in content.lists]


# ---------------------------------------------------------------- which pairs


def test_an_edition_is_compared_with_those_of_a_fixed_set_of_weeks_earlier():
    kept = history(*(day(as_of, CHAT) for as_of in sundays(60)))
    newest = [pair for pair in every_pair(kept) if pair.after.label == "2026-W35"]
    assert [pair.weeks for pair in newest] == [4, 52] == list(DISTANCES_WEEKS)
    assert [pair.before.label for pair in newest] == ["2026-W31", "2025-W35"]
    assert all((pair.after.as_of - pair.before.as_of).days == 7 * pair.weeks for pair in newest)


def test_the_number_of_pairs_grows_with_the_editions_and_not_with_their_square():
    def pairs(count):
        return sum(1 for _ in every_pair(history(*(day(as_of, CHAT) for as_of in sundays(count)))))

    assert pairs(150) - pairs(120) == 30 * len(DISTANCES_WEEKS)


def test_weeks_are_counted_by_the_calendar_whichever_day_an_edition_is_of_and_a_missing_one_has_no_pair():
    saturday = (date.fromisoformat(SUNDAY) - timedelta(days=1)).isoformat()
    pair = compared(day(saturday, CHAT), day(LATER, CHAT))
    assert (pair.before.label, pair.after.label, pair.weeks) == ("2026-W31", "2026-W35", 4)


def test_a_week_of_53_counts_as_one():
    pair = compared(day("2026-12-27", CHAT), day("2027-01-24", CHAT))
    assert (pair.before.label, pair.after.label, pair.weeks) == ("2026-W52", "2027-W03", 4)


def test_a_week_that_is_not_over_is_compared_with_nothing():
    assert every_pair(history(day(SUNDAY, CHAT), day("2026-08-29", CHAT))) == []


def test_the_front_page_of_an_edition_and_the_list_of_all_name_the_same_pairs():
    kept = history(*(day(as_of, CHAT) for as_of in sundays(10)))
    pairs = {(pair.before.label, pair.after.label) for pair in every_pair(kept)}
    fronts = {(other.label, edition.label) for edition in edition_reports(kept) for other in edition.earlier}
    listed = {(other.label, edition.label) for edition in log_of(kept).editions for other in edition.earlier}
    assert pairs == fronts == listed
    *_, newest = edition_reports(kept)
    line = printed(earlier_line(newest.label, newest.earlier))
    assert line == "4 weeks earlier (2026-W31)"


# ---------------------------------------------------------------- what is said


def test_places_shares_and_differences_are_told_with_ties_and_below_the_decimals_nothing():
    then = [task("chat", 400, {}), task("code:fix", 300, {}), task("math", 300.4, {})]
    now = [task("chat", 320, {}), task("code:fix", 380, {}), task("math", 300, {})]
    content = page_of(day(SUNDAY, *then), day(LATER, *now))
    assert {tag: (places, requests) for tag, (places, requests) in rows(content).items()} == {
        "code:fix": (("2=", "1", "▲ up 1"), ("30.0 %", "38.0 %", "+8.0 pp")),
        "chat": (("1", "2", "▼ down 1"), ("40.0 %", "32.0 %", "−8.0 pp")),
        "math": (("2=", "3", "▼ down 1"), ("30.0 %", "30.0 %", "0.0 pp")),
    }
    assert [row.id for row in content.tasks] == ["code:fix", "chat", "math"]


def test_a_task_that_came_or_went_has_no_share_on_the_other_day_and_not_zero():
    content = page_of(day(SUNDAY, CHAT, task("old", 10, {"x": 500})), day(LATER, CHAT, task("young", 20, {"y": 500})))
    found = rows(content)
    assert found["young"] == (("–", "2", "✚ new"), ("not there", "2.0 %", "–"))
    assert found["old"] == (("2", "–", "✕ left"), ("1.0 %", "not there", "–"))
    assert [row.id for row in content.tasks][-1] == "old"
    assert lines(content) == []  # nothing is said of the list of a task that came or went


def test_models_that_came_left_and_moved_most_are_named_with_their_values():
    then = task("chat", 1000, {"a": 300, "b": 200, "gone": 150, "c": 100})
    now = task("chat", 1000, {"b": 310, "a": 250, "fresh": 120, "c": 101})
    (line,) = lines(page_of(day(SUNDAY, then), day(LATER, now)))
    assert line == (
        "Chat: ✚ new Fresh (3rd, 12.0 %); ✕ left Gone (3rd, 15.0 % then); "
        "▲ B from 20.0 % to 31.0 %, +11.0 pp; ▼ A from 30.0 % to 25.0 %, −5.0 pp"
    )


def test_equal_moves_are_told_by_permaslug_and_a_list_without_any_is_named_as_quiet():
    then, now = {"a": 300, "b": 200, "c": 100}, {"a": 290, "b": 210, "c": 110}
    pair = compared(day(SUNDAY, task("chat", 900, then), task("math", 100, {"a": 1})),
                    day(LATER, task("chat", 900, now), task("math", 100, {"a": 1})))  # fmt: skip
    assert [model.id for model in pair.tasks[0].moved] == ["maker/a", "maker/b"]
    assert comparison_page(pair).content.quiet == "No model came, left or moved in Math."


def test_a_model_in_a_place_that_the_other_list_was_too_short_for_neither_came_nor_left():
    short, long = task("chat", 1000, {"a": 300}), task("chat", 1000, {"a": 300, "b": 200})
    for sides in ((short, long), (long, short)):
        (found,) = compared(day(SUNDAY, sides[0]), day(LATER, sides[1])).tasks
        assert (found.came, found.left) == ((), ())


@pytest.mark.parametrize(
    ("options", "note"),
    [
        ({"label": "Talk"}, "called Talk then"),
        ({"category": "code"}, "part of Code then"),
        ({"label": "Talk", "category": "code"}, "called Talk then and part of Code then"),
    ],
)
def test_a_task_that_was_renamed_or_moved_is_shown_and_not_compared(options, note):
    then = task("chat", 900, {"a": 300}, **options)
    content = page_of(day(SUNDAY, then, task("math", 100, {})), day(LATER, task("chat", 800, {"b": 300})))
    (row,) = (row for row in content.tasks if row.id == "chat")
    assert row.note == note
    assert rows(content)["chat"][0] == ("1", "1", "–")
    assert rows(content)["chat"][1] == ("90.0 %", "80.0 %", "–")
    assert lines(content) == []
    assert content.reasons == ("– no comparison: the task was renamed or moved to another macro-category in between.",)
    then_link, now_link = row.places[0][0].path, row.places[1][0].path
    category = options.get("category", "general")
    assert then_link == f"editions/2026-W31/tasks/{category}/#{task_anchor(category, 'chat')}"
    assert now_link == "editions/2026-W35/tasks/general/#general/chat"


def test_a_label_that_only_another_task_made_longer_is_no_new_name():
    then = [task("chat", 500, {}, label="Talk")]
    now = [task("chat", 500, {}, label="Talk"), task("code:chat", 400, {}, label="Talk")]
    content = page_of(day(SUNDAY, *then), day(LATER, *now))
    assert next((row.id, row.name, row.note) for row in content.tasks) == ("chat", "Talk (chat)", "")
    assert rows(content)["chat"][0] == ("1", "1", "= same")


@pytest.mark.parametrize(
    ("then", "now", "reason"),
    [
        ({}, {"is_repeat": True}, "on 30 August 2026 the source repeated the figures of the day before"),
        ({"is_repeat": True}, {}, "on 2 August 2026 the source repeated the figures of the day before"),
        ({"window_days": 30}, {}, "the window has another length since"),
    ],
)
def test_days_that_cannot_be_compared_are_shown_and_the_reason_is_said(then, now, reason):
    before = task("chat", 900, {"x": 100})
    content = page_of(day(SUNDAY, before, **then), day(LATER, CHAT, **now))
    assert content.finding.replace("\u00a0", " ") == f"Nothing is compared: {reason}."
    assert rows(content)["chat"] == (("1", "1", "–"), ("90.0 %", "100.0 %", "–"))
    assert (lines(content), content.reasons) == ([], ())


def test_windows_that_share_days_are_said_to():
    content = page_of(day(SUNDAY, CHAT, window_days=30), day(LATER, CHAT, window_days=30))
    assert [note.replace("\u00a0", " ") for note in content.notes] == [
        "These windows share 2 of 30 days, so a difference says less."
    ]
    assert page_of(day(SUNDAY, CHAT), day(LATER, CHAT)).notes == ()


def test_a_restated_day_is_said_and_its_last_version_compared():
    content = page_of(day(SUNDAY, CHAT, restated_as=[task("chat", 700, {})]), day(LATER, CHAT))
    assert [note.replace("\u00a0", " ") for note in content.notes] == [
        "The source restated 2 August 2026; its 2nd version is shown."
    ]
    assert rows(content)["chat"][1] == ("70.0 %", "100.0 %", "+30.0 pp")


def test_the_finding_is_the_share_that_moved_most():
    content = page_of(day(SUNDAY, task("chat", 400, {})), day(LATER, task("chat", 380, {})))
    assert content.finding.replace("\u00a0", " ") == (
        "The share that moved most is that of Chat: 40.0 % of all requests then, 38.0 % now (−2.0 pp)."
    )
    assert page_of(day(SUNDAY, CHAT), day(LATER, CHAT)).finding.startswith("No task has another share")


# ---------------------------------------------------------------- the page of choice


def test_with_one_day_the_page_says_that_there_is_nothing_to_choose_yet():
    kept = history(day(LATER, CHAT))
    content = compare_page(analyse(kept), log_of(kept)).content
    assert not content.has_two
    assert content.kept.replace("\u00a0", " ").startswith("So far the archive holds one day, 30 August 2026.")
    assert content.none == "No editions are compared yet: that takes two, 4 weeks apart."


def test_the_table_ends_after_a_year_and_says_where_the_older_ones_are():
    kept = history(*(day(as_of, CHAT) for as_of in sundays(MOST_EDITIONS + 7)))
    content = compare_page(analyse(kept), log_of(kept)).content
    assert len(content.rows) == MOST_EDITIONS
    assert content.older.replace("\u00a0", " ") == "3 older editions: on the front page of each."


def test_every_kept_day_is_named_with_the_file_of_its_last_version():
    kept = history(
        day("2026-08-28", CHAT), day(LATER, CHAT, restated_as=[CHAT]), day("2026-08-31", CHAT, is_repeat=True)
    )
    file = kept_days(kept, log_of(kept))
    assert file.path == "compare/days.json"
    assert json.loads(file.body) == [
        {"day": "2026-08-28", "file": "data/v1/7d/2026-08-28.r1.json", "page": "days/2026-08-28/"},
        {
            "day": LATER,
            "file": "data/v1/7d/2026-08-30.r2.json",
            "edition": "2026-W35",
            "page": "days/2026-08-30/",
        },
        {
            "day": "2026-08-31",
            "file": "data/v1/7d/2026-08-31.r1.json",
            "repeats": True,
            "page": "days/2026-08-31/",
        },
    ]


# ---------------------------------------------------------------- the sample


@pytest.fixture(scope="module")
def responses_by_day():
    return last_of_each_day(sample_files())


PAIRS = [("2026-W31", "2026-W35"), ("2026-W29", "2026-W33")]


def sunday_of(label):
    return date.fromisocalendar(int(label[:4]), int(label[6:]), 7)


def points(now, then):
    difference = round(now, 3) - round(then, 3)
    sign = "+" if difference > 0.0005 else "−" if difference < -0.0005 else ""
    return f"{sign}{abs(difference) * 100:.1f} pp"


def printed_place(shares, share):
    return f"{place(shares, share)}{'=' if shares.count(share) > 1 else ''}"


def words(then, now):
    gained = then - now
    return f"▲ up {gained}" if gained > 0 else f"▼ down {-gained}" if gained < 0 else "= same"


@pytest.mark.parametrize(("earlier", "later"), PAIRS)
def test_every_figure_of_a_comparison_is_the_responses(sample_site, responses_by_day, earlier, later):
    then, now = (responses_by_day[sunday_of(label)] for label in (earlier, later))
    page = sample_site.page(f"compare/{earlier}/{later}/")
    categories, tasks = page.findall(".//table[@class='facts compared']")
    check_table(categories, then.categories, now.categories, "key")
    check_table(tasks, then.tasks, now.tasks, "tag")


def check_table(table, then, now, key):
    sides = [{item[key]: item for item in side} for side in (then, now)]
    usage = [[item["usage_share"] for item in side] for side in (then, now)]
    seen = {}
    for row in table.find("tbody"):
        _, *cells = [text_of(cell) for cell in row]
        seen[text_of(row.find("th/small")).partition(",")[0]] = cells
    assert seen.keys() == sides[0].keys() | sides[1].keys()
    for identifier, cells in seen.items():
        items = [side.get(identifier) for side in sides]
        places = [
            printed_place(shares, item["usage_share"]) if item else "–"
            for shares, item in zip(usage, items, strict=True)
        ]
        assert cells[:2] == places
        if all(items) and same_definition(*items):
            expected = words(*(place(shares, item["usage_share"]) for shares, item in zip(usage, items, strict=True)))
            assert cells[2] == expected
        for number, measure in ((3, "usage_share"), (6, "token_share")):
            assert cells[number : number + 2] == [percent(item[measure]) if item else "not there" for item in items]
            if all(items) and same_definition(*items):
                assert cells[number + 2] == points(items[1][measure], items[0][measure])
            else:
                assert cells[number + 2] == "–"


def same_definition(then, now):
    return all(then.get(name) == now.get(name) for name in ("display_name", "macro_category"))


@pytest.mark.parametrize(("earlier", "later"), PAIRS)
def test_who_came_and_left_is_in_the_responses(sample_site, responses_by_day, earlier, later):
    then, now = ({task["tag"]: task for task in responses_by_day[sunday_of(label)].tasks} for label in (earlier, later))
    every = [model["id"] for side in (then, now) for task in side.values() for model in task["models"]]
    names = model_names(every)
    expected = {}
    for tag in then.keys() & now.keys():
        if not same_definition(then[tag], now[tag]):
            continue
        lists = [{model["id"]: model["tag_usage_share"] for model in side[tag]["models"]} for side in (then, now)]
        came, left = (
            {
                f"{names[id]} ({ordinal(place(list(own.values()), share))}, {percent(share)}{when})"
                for id, share in own.items()
                if id not in other and place(list(own.values()), share) <= len(other)
            }
            for own, other, when in ((lists[1], lists[0], ""), (lists[0], lists[1], " then"))
        )
        if came or left:
            expected[now[tag]["display_name"]] = (came, left)
    page = sample_site.page(f"compare/{earlier}/{later}/")
    found = {}
    for item in page.find(".//ul[@class='events']"):
        label, _, rest = text_of(item).partition(": ")
        parts = {part[:6].strip(): part for part in rest.split("; ")}
        came = parts.get("✚ new", "✚ new ").removeprefix("✚ new ")
        left = parts.get("✕ left", "✕ left ").removeprefix("✕ left ")
        if came or left:
            found[label] = tuple({f"{one.strip()})" for one in side.split("),")} - {")"} for side in (came, left))
    cleaned = {label: tuple({one.replace("))", ")") for one in side} for side in pair) for label, pair in found.items()}
    assert cleaned == expected


def ordinal(number):
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number, 'th') }"


def test_pages_of_comparison_are_small_and_lead_to_what_stays(sample_site):
    pages = sorted((sample_site.folder / "compare").glob("2*/2*/index.html"))
    assert len(pages) == 13
    lasting = r"|tasks/|models/|changes/|editions/|embed/|method/|data/|feeds/|check/"
    lasting += r"|compare/(\?from=[\d-]+&amp;to=[\d-]+)?"
    for path in pages:
        html = path.read_text("utf-8")
        assert len(gzip.compress(html.encode(), 9)) <= 10_000
        earlier, later = path.parts[-3:-1]
        for link in re.findall(r'<a[^>]*href="\.\./\.\./\.\./([^"#]*)', html):
            kept = rf"editions/({earlier}|{later})/.*|days/[\d-]+/"
            assert re.fullmatch(f"{lasting}|{kept}", link.replace("index.html", "")), (path, link)


# ---------------------------------------------------------------- what stays


def test_a_comparison_built_again_after_30_more_days_is_the_same(tmp_path, drawings):
    build(tmp_path / "now", bodies(45), cache=drawings)
    build(tmp_path / "later", bodies(75), cache=drawings)
    now, later = (tmp_path / site / "compare" for site in ("now", "later"))
    pages = [path.relative_to(now) for path in now.glob("*/*/index.html")]
    assert len(pages) == 3
    assert len(list(later.glob("*/*/index.html"))) > 4
    for path in pages:
        assert len({without_later((folder / path).read_text("utf-8")) for folder in (now, later)}) == 1, path
