"""The pages of days: every figure as the source sent it, and nothing that changes when more days come."""

import hashlib
import re
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import urljoin

import pytest
import responses
from built import build, text_of
from handmade import day, history, printed, task
from raw import Raw, percent, place

from generator.analyse import analyse, day_reports, log_of
from generator.analyse.days import FULL_DAYS
from generator.analyse.log import NEWEST_DAYS
from generator.formats import model_names
from generator.models import History
from generator.pages.changes import changes_page
from generator.pages.day import day_page
from generator.sample import sample_files

WEEK = timedelta(days=7)


def pages_of(kept):
    """date -> what the page of that day prints."""
    return {report.as_of.isoformat(): day_page(report).content for report in day_reports(kept)}


# ---------------------------------------------------------------- every figure


@pytest.fixture(scope="module")
def sample():
    """Path and body of each file of the sample's archive."""
    return dict(sample_files())


DAYS = ["2026-05-04", "2026-07-24", "2026-08-20", "2026-08-31"]  # the first, a restated one, any, the newest


@pytest.mark.parametrize("as_of", DAYS)
def test_every_figure_of_a_day_is_the_response_s(sample_site, sample, as_of):
    raw, then = response_of(sample, as_of), response_of(sample, str(date.fromisoformat(as_of) - WEEK))
    page = sample_site.page(f"days/{as_of}/")
    names = model_names([*raw.models(), *(then.models() if then else ())])
    categories, tasks, *lists = page.findall(".//table[@class='facts day']")
    check_rows(categories, [(c["label"], c["key"], c["usage_share"], c["token_share"]) for c in raw.categories])
    check_rows(tasks, [(t["display_name"], t["tag"], t["usage_share"], t["token_share"]) for t in raw.tasks])
    assert len(lists) == len(raw.tasks)
    for heading, found in zip(page.findall(".//h3[@id]"), lists, strict=True):
        (own,) = (t for t in raw.tasks if t["tag"] == text_of(heading.find(".//code")))
        models = own["models"]
        check_rows(found, [(names[m["id"]], m["id"], m["tag_usage_share"], m["tag_token_share"]) for m in models])
        check_coverage(text_of(paragraph_below(page, heading)), own)


def response_of(sample, as_of):
    """The last response for a day; None without one."""
    bodies = [body for path, body in sample.items() if path.startswith(f"7d/{as_of}.")]
    return Raw.of(bodies[-1]) if bodies else None


def check_rows(table, expected):
    """Place, name, identifier and both shares of each row."""
    requests = [row[2] for row in expected]
    printed = [[text_of(cell) for cell in row][:4] for row in table.find("tbody")]
    assert sorted(printed) == sorted(
        [
            f"{place(requests, usage)}{'=' if requests.count(usage) > 1 else ''}",
            f"{name} {identifier}",
            percent(usage),
            percent(token),
        ]
        for name, identifier, usage, token in expected
    )


def paragraph_below(page, heading):
    (section,) = (section for section in page.iter("section") if heading in list(section))
    parts = list(section)
    return parts[parts.index(heading) + 1]


def check_coverage(sentence, own):
    covered = [sum(model[key] for model in own["models"]) for key in ("tag_usage_share", "tag_token_share")]
    keys = ("usage_share", "token_share", "category_usage_share", "category_token_share")
    assert re.findall(r"\d+\.\d %", sentence) == [percent(share) for share in (*(own[key] for key in keys), *covered)]


@pytest.mark.parametrize("as_of", DAYS[1:])
def test_every_change_of_a_day_is_that_of_the_two_responses(sample_site, sample, as_of):
    raw, then = response_of(sample, as_of), response_of(sample, str(date.fromisoformat(as_of) - WEEK))
    page = sample_site.page(f"days/{as_of}/")
    _, tasks, *_ = page.findall(".//table[@class='facts day']")
    before = {task["tag"]: task["usage_share"] for task in then.tasks}
    now = {task["tag"]: task["usage_share"] for task in raw.tasks}
    for row in tasks.find("tbody"):
        tag, change = text_of(row.find("th/small")), text_of(list(row)[4])
        if tag not in before:
            assert change in ("✚ new", "↺ re-entry")
            continue
        places = place(before.values(), before[tag]) - place(now.values(), now[tag])
        words = f"▲ up {places}" if places > 0 else f"▼ down {-places}" if places < 0 else "= same"
        difference = round(now[tag] - before[tag], 3)
        sign = "+" if difference > 0 else "−" if difference < 0 else ""
        assert change == f"{words}, {sign}{abs(difference) * 100:.1f} pp"


def test_a_restated_day_shows_its_files_with_their_hashes_and_what_was_changed(sample_site, sample):
    page = sample_site.page("days/2026-07-24/")
    paths = ["7d/2026-07-24.json", "7d/2026-07-24.r2.json"]
    files = page.find(".//table[@class='facts files']")
    assert [[text_of(cell) for cell in row] for row in files.find("tbody")] == [
        [f"data/{path}", f"{len(sample[path]):,} bytes {hashlib.sha256(sample[path]).hexdigest()}"] for path in paths
    ]
    first, second = (values(Raw.of(sample[path])) for path in paths)
    differing = sum(first.get(where) != second.get(where) for where in first.keys() | second.keys())
    (note,) = (text_of(row) for row in page.find(".//table[@class='facts ledger']/tbody"))
    assert f"{differing} of {len(first.keys() | second.keys())} shares differ" in note
    most = max(abs(second[where] - first[where]) for where in first.keys() & second.keys())
    was, became = re.search(r": (\S+) % before, (\S+) % now$", note).groups()
    assert abs(float(became) - float(was)) == pytest.approx(100 * most)


def values(raw):
    """Every share of a response by where it stands."""
    found = {
        (category["key"], key): category[key] for category in raw.categories for key in ("usage_share", "token_share")
    }
    for own in raw.tasks:
        found |= {(own["tag"], key): own[key] for key in own if key.endswith("_share")}
        found |= {(own["tag"], m["id"], key): m[key] for m in own["models"] for key in m if key != "id"}
    return found


# ---------------------------------------------------------------- what stays

LATER = r'<nav class="neighbours".*?</nav>\n'


def without_later(html):
    """A page without the links to what came later, and without the version of the style sheet."""
    return re.sub(r"\?v=[0-9a-f]{10}", "?v=", re.sub(LATER, "", html, flags=re.DOTALL))


def bodies(count):
    """An archive of `count` days whose tasks, categories and leaders change as it goes; a gap, a restated day."""
    first = date(2026, 8, 1)
    for n in range(count):
        as_of = (first + timedelta(days=n)).isoformat()
        size = {"tasks": 3 if n < 6 else 4 if n < 12 else 8, "models": 3 if n < 9 else 4}
        if n != 4:
            yield f"7d/{as_of}.json", responses.body(as_of, variant=n // 3, **size)
        if n == 5:
            yield f"7d/{as_of}.r2.json", responses.body(as_of, variant=7, **size)


def test_a_day_built_again_after_30_more_days_differs_in_nothing_but_the_links_to_what_came_later(tmp_path, drawings):
    build(tmp_path / "now", bodies(10), cache=drawings)
    build(tmp_path / "later", bodies(40), cache=drawings)
    days = sorted(path.name for path in (tmp_path / "now/days").iterdir())
    assert len(days) == 9
    for name in days:
        now, later = ((tmp_path / site / "days" / name / "index.html").read_text("utf-8") for site in ("now", "later"))
        assert without_later(now) == without_later(later)
        assert (now == later) == (name != days[-1]), "only the newest day gets a link to what came later"
    links = re.findall(r'<a[^>]*href="([^"]+)"[^>]*>', re.search(LATER, later, re.DOTALL)[0])
    assert links == ["../2026-08-09/index.html", "../2026-08-11/index.html", "../../index.html"]


def test_a_day_links_to_nothing_that_a_later_snapshot_might_not_have(sample_site):
    lasting = re.compile(
        r"/(|(tasks|models|changes|editions|embed|method|data|feeds|check)/|days/[\d-]+/|data/v1/7d/[\d-]+(\.r2)?\.json"
        r"|compare/\?(from=[\d-]+&amp;)?to=[\d-]+)"
    )
    for as_of in DAYS:
        html = (sample_site.folder / "days" / as_of / "index.html").read_text("utf-8")
        found = {urljoin(f"/days/{as_of}/", link) for link in re.findall(r'<a[^>]*href="([^"]+)"', html)}
        found = {re.sub(r"#.*|index\.html", "", link) for link in found}
        assert {link for link in found if not lasting.fullmatch(link)} == set()


def test_a_day_is_told_as_if_nothing_had_come_after_it():
    days = tuple(
        day((date(2026, 8, 1) + timedelta(days=n)).isoformat(), task("chat", 1000, {"a": 300 + n, f"m{n // 4}": 200}))
        for n in range(0, 30)
        if n not in (11, 12)
    )
    whole = {report.as_of: report for report in day_reports(History("7d", days))}
    for count in (1, 7, 8, 12, 20):
        *_, newest = day_reports(History("7d", days[:count]))
        assert newest.following is None
        assert same_but_later(newest, whole[newest.as_of])


def same_but_later(one, other):
    later = {"following"}
    return all(getattr(one, name) == getattr(other, name) for name in one.__slots__ if name not in later)


def test_the_days_agree_with_the_report_of_that_day():
    days = tuple(
        day((date(2026, 8, 1) + timedelta(days=n)).isoformat(), task("chat", 1000, {"a": 300 + n, f"m{n // 4}": 200}))
        for n in range(0, 30, 1)
        if n not in (11, 12)
    )
    for report in day_reports(History("7d", days)):
        expected = analyse(History("7d", days), as_of=report.as_of)
        assert (report.compared_with, report.no_comparison) == (expected.compared_with, expected.no_comparison)
        assert [model.change for model in report.tasks[0].models] == [
            model.change for model in expected.tasks[0].models
        ]
        assert [category.change for category in report.categories] == [c.change for c in expected.categories]


# ---------------------------------------------------------------- where it stands among the days


CHAT = task("chat", 1000, {"a": 300, "b": 200})


def test_a_day_leads_to_the_kept_days_beside_it_and_to_the_newest():
    pages = pages_of(history(day("2026-08-27", CHAT), day("2026-08-28", CHAT), day("2026-08-31", CHAT)))
    links = {name: [link and link.path for link in (of.previous, of.next)] for name, of in pages.items()}
    assert links == {
        "2026-08-27": [None, "days/2026-08-28/"],
        "2026-08-28": ["days/2026-08-27/", "days/2026-08-31/"],
        "2026-08-31": ["days/2026-08-28/", None],
    }


def test_old_days_of_which_nothing_is_to_be_told_have_no_page_and_the_others_lead_past_them():
    first = date(2025, 1, 1)  # a Wednesday; every day but one for 480 days, one of them restated
    kept = [first + timedelta(days=n) for n in range(480) if n != 40]
    days = [day(as_of.isoformat(), CHAT) for as_of in kept]
    days[20] = replace(days[20], revisions=(days[20].shown, replace(days[20].shown, revision=2)))
    log = log_of(History("7d", tuple(days)))
    told = [entry.day for entry in log.calendar if entry.has_page]
    old = [as_of for as_of in told if as_of < kept[-NEWEST_DAYS]]
    sundays = {as_of for as_of in kept if as_of.isoweekday() == 7}
    told_of = {kept[0], kept[20], kept[39], kept[40]}  # the first, the restated one, those around the gap
    assert set(old) == {as_of for as_of in sundays | told_of if as_of < kept[-NEWEST_DAYS]}
    assert set(told) >= set(kept[-NEWEST_DAYS:])
    reports = {report.as_of: report for report in day_reports(History("7d", tuple(days)), frozenset(told))}
    assert reports[old[1]].previous == old[0]
    assert reports[old[1]].following == old[2]


@pytest.fixture
def site_of_old_days(tmp_path, drawings, monkeypatch):
    """24 days, the newest 4 with a page, 3 of them in full. A build stops at links to nowhere; this one is done."""
    monkeypatch.setattr("generator.analyse.log.NEWEST_DAYS", 4)
    monkeypatch.setattr("generator.analyse.days.FULL_DAYS", 3)
    days = [f"2026-08-{n:02}" for n in range(1, 25)]
    files = [(f"7d/{as_of}.json", responses.body(as_of, variant=n, tasks=3, models=3)) for n, as_of in enumerate(days)]
    files.append(("7d/2026-08-13.r2.json", responses.body("2026-08-13", variant=40, tasks=3, models=3)))
    build(tmp_path / "site", files, cache=drawings)
    return {path.name: (path / "index.html").read_text("utf-8") for path in (tmp_path / "site/days").iterdir()}


def test_a_day_says_when_it_will_be_told_in_short(sample_site):
    html = (sample_site.folder / "days/2026-08-24/index.html").read_text("utf-8")
    assert f"after {FULL_DAYS} kept days it is told in short" in html


def test_a_day_that_is_compared_with_one_without_a_page_names_it_without_a_link(site_of_old_days):
    assert len(site_of_old_days) < 24
    for name, then in (("2026-08-13", "2026-08-06"), ("2026-08-22", "2026-08-15")):
        assert then not in site_of_old_days
        assert f"days/{then}/" not in site_of_old_days[name]
        assert "7 days earlier: " in site_of_old_days[name]


def test_an_old_day_is_told_in_short_and_leads_to_its_lists(site_of_old_days):
    old, new = site_of_old_days["2026-08-13"], site_of_old_days["2026-08-24"]
    assert "Models listed for" in site_of_old_days["2026-08-22"] and "Models listed for" in new
    assert "Models listed for" not in site_of_old_days["2026-08-21"]
    assert "told in short: its lists" not in new
    assert "Models listed for" not in old
    assert '<a href="../../data/v1/7d/2026-08-13.r2.json">snapshot</a>' in old
    assert '<a href="../../editions/2026-W33/index.html">2026-W33</a>' in old
    for html in (old, new):
        assert html.count('id="code/task_0"') == 1, "what leads to a task of a day finds it"


@pytest.mark.parametrize("repeats", [2, 7, 8, 30])
def test_a_source_that_stands_still_however_long_is_said_with_the_day_since_when(repeats):
    first = date(2026, 7, 1)
    days = [day((first + timedelta(days=n)).isoformat(), CHAT, is_repeat=n > 2) for n in range(3 + repeats)]
    said = {name: printed(content.comparison) for name, content in pages_of(history(*days)).items()}
    stood_still = [f"{first + timedelta(days=n)}" for n in range(4, 3 + repeats)]  # from the second time on
    for name in stood_still:
        assert said[name] == "Nothing is compared: the source has sent the same figures since 3 July 2026."


def test_a_missing_day_before_is_named_and_so_is_the_beginning():
    pages = pages_of(history(day("2026-08-28", CHAT), day("2026-08-31", CHAT)))
    said = {name: [(printed(row.day), row.kind, printed(row.text)) for row in of.notes] for name, of in pages.items()}
    assert said["2026-08-28"] == [("28 August 2026", "first day", "the archive begins here")]
    assert said["2026-08-31"] == [
        (
            "29 August 2026 to 30 August 2026",
            "missing",
            "2 days without a snapshot, between 28 August 2026 and 31 August 2026",
        )
    ]


def test_what_cannot_be_compared_says_why_and_has_no_column_of_changes():
    pages = pages_of(history(day("2026-08-28", CHAT), day("2026-08-31", CHAT)))
    assert [of.compared_with for of in pages.values()] == ["", ""]
    assert printed(pages["2026-08-31"].comparison) == (
        "Nothing is compared: the archive begins on 28 August 2026, and 24 August 2026 is needed."
    )
    assert {row.change for row in pages["2026-08-31"].lists[0].models} == {"–"}


def test_a_list_that_is_not_compared_says_so_below():
    then, now = task("chat", 1000, {"a": 300}), task("chat", 1000, {"a": 300, "b": 200})
    (below,) = pages_of(history(day("2026-08-24", then), day("2026-08-31", now)))["2026-08-31"].lists[0].notes
    assert below == "– no comparison: the list was shorter then: 1 model."


def test_warnings_stand_on_the_page_of_their_day():
    pages = pages_of(history(day("2026-08-30", CHAT), day("2026-08-31", CHAT, warnings=["new field data.x"])))
    assert [printed(row.text) for row in pages["2026-08-31"].notes] == ["new field data.x"]


def test_an_empty_list_is_said_to_be_empty():
    (only,) = pages_of(history(day("2026-08-31", task("chat", 1000, {})))).values()
    assert only.lists[0].coverage.endswith("No model is listed.")
    assert only.lists[0].models == ()


# ---------------------------------------------------------------- one snapshot


def test_with_one_snapshot_the_changes_say_why_there_is_no_history_and_the_calendar_has_the_one_day():
    one = history(day("2026-08-31", CHAT))
    content = changes_page(analyse(one), log_of(one)).content
    assert content.no_history.startswith("This is the first snapshot of this site.")
    assert (content.editions, content.ledger, content.older) == ((), (), ())
    cells = [cell for month in content.months for week in month.weeks for cell in week.cells if cell.text]
    assert [(cell.text, cell.words, cell.path) for cell in cells] == [("31", "received", "days/2026-08-31/")]


def test_a_second_day_still_says_what_is_missing_for_a_comparison():
    two = history(day("2026-08-30", CHAT), day("2026-08-31", CHAT))
    content = changes_page(analyse(two), log_of(two)).content
    assert content.no_history.replace("\u00a0", " ") == (
        "No changes are shown: the archive begins on 30 August 2026, and 24 August 2026 is needed."
    )


def test_a_site_of_one_snapshot_has_the_changes_and_the_day_and_nothing_empty(tmp_path, drawings):
    build(tmp_path / "site", [("7d/2026-08-31.json", responses.body(tasks=3, models=3))], cache=drawings)
    for path in ("changes", "days/2026-08-31"):
        html = (tmp_path / "site" / path / "index.html").read_text("utf-8")
        assert "None" not in html
        assert not re.search(r"<(tbody|ul|h2|h3|caption|p|nav)[^>]*>\s*</\1>", html)
    home = (tmp_path / "site/index.html").read_text("utf-8")
    assert 'href="./changes/"' in home
