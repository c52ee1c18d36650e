"""Any two days in a real browser: the tables are the raw responses', the address is the state, names stay text."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import responses
from browser import OpenedPage, PageOpener, accessibility_problems, layout_shifts, serve_folder
from built import build
from playwright.sync_api import Page, expect
from raw import percent, place

pytestmark = pytest.mark.browser

HOSTILE = '"><img src=x onerror=alert(1)>'
MODEL = "x/<script>alert(1)</script>"
TURNED = "abc\u202egnp"


def answers() -> dict[str, dict[str, Any]]:
    """path -> response: a gap, a repeated day, a restated one, a renamed and a vanished task, names that want more."""
    found = {
        "7d/2026-08-02.json": responses.answer("2026-08-02", variant=5),
        "7d/2026-08-20.json": responses.answer("2026-08-20", variant=1),
        "7d/2026-08-24.json": responses.answer("2026-08-24"),
        "7d/2026-08-25.json": responses.answer("2026-08-25"),
        "7d/2026-08-30.json": responses.answer("2026-08-30", variant=3),
        "7d/2026-08-30.r2.json": responses.answer("2026-08-30", variant=2, models=3),
        "7d/2026-08-31.json": responses.answer("2026-08-31", tasks=7, variant=4),
    }
    rows = found["7d/2026-08-31.json"]["data"]["classifications"]
    rows[1]["display_name"] = HOSTILE
    rows[2]["display_name"] = TURNED
    rows[0]["models"][1]["id"] = MODEL
    rows[0]["models"][2]["tag_usage_share"] = rows[0]["models"][1]["tag_usage_share"]
    return found


ANSWERS = answers()


def data_of(day: str) -> dict[str, Any]:
    """The last response for a day."""
    return [answer["data"] for path, answer in ANSWERS.items() if day in path][-1]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, drawings: Path) -> Path:
    out = tmp_path_factory.mktemp("compare") / "site"
    build(out, [(path, responses.dump(answer)) for path, answer in ANSWERS.items()], cache=drawings)
    return out


@pytest.fixture(scope="module")
def url(folder: Path) -> Iterator[str]:
    with serve_folder(folder, below="/some/where/") as address:
        yield address


@pytest.fixture
def visit(url: str, open_page: PageOpener) -> Iterator[PageOpener]:
    """Opens the page with a query. After the test: no dialog, no word on the console, no request to elsewhere."""
    visits: list[OpenedPage] = []
    dialogs: list[str] = []

    def visit(query: str = "", **options: object) -> OpenedPage:
        opened = open_page("about:blank", **options)
        opened.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        opened.page.goto(f"{url}compare/{query}")
        visits.append(opened)
        return opened

    yield visit
    assert dialogs == []
    for opened in visits:
        assert opened.messages == []
        assert opened.foreign_requests() == []


def tables(page: Page) -> list[list[list[str]]]:
    """Each table with its rows of cells, once it is drawn; plain spaces."""
    page.locator("table.compared").first.wait_for()
    return page.evaluate(
        """() => [...document.querySelectorAll('table.compared')].map((table) => [...table.tBodies[0].rows].map(
             (row) => [...row.cells].map((cell) => cell.textContent.replaceAll('\\u00a0', ' ').trim())))"""
    )


def status(page: Page) -> str:
    return page.locator("[data-tool=compare] [role=status]").inner_text().replace("\u00a0", " ")


def query(page: Page) -> str:
    return page.evaluate("location.search")


def points(now: float, then: float) -> str:
    difference = round(now * 1000) - round(then * 1000)
    return f"{'+' if difference > 0 else '−' if difference < 0 else ''}{abs(difference) / 10:.1f} pp"


def printed_place(shares: list[float], share: float) -> str:
    return f"{place(shares, share)}{'=' if shares.count(share) > 1 else ''}"


def expected_cells(then: list[dict], now: list[dict], key: str, requests: str, tokens: str, absent: str) -> dict:
    """identifier -> the nine cells of its row, worked out anew."""
    sides = [{item[key]: item for item in side} for side in (then, now)]
    usage = [[item[requests] for item in side] for side in (then, now)]
    found = {}
    for identifier in sides[0] | sides[1]:
        items = [side.get(identifier) for side in sides]
        cells = [printed_place(usage[n], item[requests]) if item else "–" for n, item in enumerate(items)]
        if all(items):
            gained = place(usage[0], items[0][requests]) - place(usage[1], items[1][requests])
            cells.append(f"▲ up {gained}" if gained > 0 else f"▼ down {-gained}" if gained < 0 else "= same")
        else:
            cells.append("✚ new" if items[1] else "✕ left")
        for measure in (requests, tokens):
            cells += [percent(item[measure]) if item else absent for item in items]
            cells.append(points(items[1][measure], items[0][measure]) if all(items) else "–")
        found[identifier] = cells
    return found


def test_the_tables_are_those_of_the_two_responses(visit: PageOpener) -> None:
    page = visit("?from=2026-08-20&to=2026-08-24&task=code:task_0").page
    categories, tasks, models = tables(page)
    then, now = data_of("2026-08-20"), data_of("2026-08-24")
    shares = ("usage_share", "token_share", "not there")
    for rows, part, key in ((categories, "macro_categories", "key"), (tasks, "classifications", "tag")):
        expected = expected_cells(then[part], now[part], key, *shares)
        labels = {item[key]: item.get("label") or item.get("display_name") for item in now[part]}
        assert {row[0]: row[1:] for row in rows} == {f"{labels[id]} {id}": cells for id, cells in expected.items()}
    lists = [next(task["models"] for task in side["classifications"] if task["tag"] == "code:task_0")
             for side in (then, now)]  # fmt: skip
    expected = expected_cells(*lists, "id", "tag_usage_share", "tag_token_share", "not listed")
    assert {row[0]: row[1:] for row in models} == expected
    assert status(page) == "24 August 2026 against 20 August 2026, 4 days earlier."
    expect(page.get_by_text("These windows share 3 of 7 days, so a difference says less.")).to_be_visible()


def test_a_packed_snapshot_is_read_like_any_other(visit: PageOpener) -> None:
    asked = "?from=2026-08-24&to=2026-08-30&task=code:task_0"
    expected = tables(visit(asked).page)
    opened = visit()
    packed = gzip.compress(responses.dump(ANSWERS["7d/2026-08-24.json"]))
    opened.page.route(
        "**/7d/2026-08-24.json", lambda route: route.fulfill(body=packed, content_type="application/gzip")
    )
    opened.page.goto(opened.page.url.partition("?")[0] + asked)
    assert tables(opened.page) == expected


def test_without_a_query_the_newest_day_is_compared_with_7_days_earlier(visit: PageOpener) -> None:
    page = visit().page
    assert len(tables(page)) == 2
    assert status(page) == "31 August 2026 against 24 August 2026, 7 days earlier."
    assert query(page) == ""
    expect(page.get_by_text("These windows share")).to_have_count(0)


def test_a_choice_goes_into_the_address_and_the_back_button_takes_it_back(visit: PageOpener) -> None:
    page = visit().page
    tables(page)
    page.get_by_label("One day").select_option("2026-08-20")
    expect(page.get_by_role("status").first).to_contain_text("11 days earlier")
    assert query(page) == "?from=2026-08-20&to=2026-08-31"
    page.get_by_label("Task", exact=True).select_option("code:task_0")
    expect(page.locator("table.compared")).to_have_count(3)
    assert query(page) == "?from=2026-08-20&to=2026-08-31&task=code:task_0"

    page.go_back()
    expect(page.locator("table.compared")).to_have_count(2)
    page.go_back()
    expect(page.get_by_role("status").first).to_contain_text("7 days earlier")
    expect(page.get_by_label("One day")).to_have_value("2026-08-24")
    page.go_forward()
    expect(page.get_by_label("One day")).to_have_value("2026-08-20")


def test_days_in_the_other_order_are_the_same_comparison(visit: PageOpener) -> None:
    page = visit("?from=2026-08-31&to=2026-08-24").page
    turned = tables(page)
    assert status(page) == "31 August 2026 against 24 August 2026, 7 days earlier."
    assert turned == tables(visit("?from=2026-08-24&to=2026-08-31").page)


def test_the_last_version_of_a_restated_day_is_asked_for_and_each_file_once(visit: PageOpener) -> None:
    opened = visit("?from=2026-08-24&to=2026-08-30")
    tables(opened.page)
    opened.page.get_by_label("One day").select_option("2026-08-20")
    expect(opened.page.get_by_role("status").first).to_contain_text("10 days earlier")
    asked = [name for name in opened.requested_files() if name.endswith(".json")]
    assert asked == ["days.json", "2026-08-24.json", "2026-08-30.r2.json", "2026-08-20.json"]


def test_an_unknown_day_is_said_with_what_is_there(visit: PageOpener) -> None:
    page = visit("?from=2026-08-22&to=2026-08-31").page
    expect(page.get_by_role("status").first).not_to_be_empty()
    assert status(page) == (
        "There is no snapshot of 22 August 2026. 6 days are kept, from 2 August 2026 to 31 August 2026; "
        "the nearest: 20 August 2026 and 24 August 2026."
    )
    expect(page.locator("table.compared")).to_have_count(0)
    assert page.get_by_label("One day").locator("option:checked").inner_text().startswith("no snapshot of")
    page.get_by_label("One day").select_option("2026-08-24")
    assert len(tables(page)) == 2


@pytest.mark.parametrize("asked", ["yesterday", "%3Cimg%20src=x%20onerror=alert(1)%3E", "2026-13-45", "__proto__"])
def test_nonsense_in_the_address_is_text(visit: PageOpener, asked: str) -> None:
    page = visit(f"?from={asked}&to=2026-08-31&task={asked}").page
    expect(page.get_by_role("status").first).to_contain_text("There is no snapshot of")
    assert page.locator("[data-tool=compare] img").count() == 0


def test_the_same_day_twice_and_an_unknown_task_are_said(visit: PageOpener) -> None:
    page = visit("?from=2026-08-24&to=2026-08-24").page
    expect(page.get_by_role("status").first).to_have_text("Both are the same day. Choose another one.")
    page = visit("?from=2026-08-24&to=2026-08-30&task=nothing").page
    expect(page.get_by_text("Neither snapshot has a task nothing.")).to_be_visible()


def test_a_repeated_day_is_shown_and_not_compared(visit: PageOpener) -> None:
    page = visit("?from=2026-08-24&to=2026-08-25").page
    _, tasks = tables(page)
    assert {tuple(row[3::3]) for row in tasks} == {("–", "–", "–")}
    assert [row[4] for row in tasks] == [row[5] for row in tasks]
    note = "Nothing is compared: on 25\u00a0August\u00a02026 the source repeated the figures of the day before."
    expect(page.get_by_text(note)).to_be_visible()


def test_a_renamed_and_a_vanished_task_are_said(visit: PageOpener) -> None:
    page = visit("?from=2026-08-24&to=2026-08-31&task=agent:task_2").page
    _, tasks, models = tables(page)
    (renamed,) = [row for row in tasks if "task_1," in row[0]]
    assert "called Task 1 & more then" in renamed[0]
    assert renamed[3::3] == ["–", "–", "–"]
    assert tasks[-1][0].endswith("data:task_7")
    assert tasks[-1][1:] == ["8", "–", "✕ left", percent(data_of("2026-08-24")["classifications"][7]["usage_share"]),
                             "not there", "–", tasks[-1][7], "not there", "–"]  # fmt: skip
    assert {row[3] for row in models} == {"–"}
    reason = "– no comparison: the task was renamed or moved to another macro-category in between."
    expect(page.get_by_text(reason)).to_have_count(2)


def test_a_list_that_became_shorter_is_no_departure(visit: PageOpener) -> None:
    page = visit("?from=2026-08-24&to=2026-08-30&task=code:task_0").page
    *_, models = tables(page)
    assert [row[3] for row in models if row[2] == "–" and int(row[1].strip("=")) > 3] != []
    for row in models:
        if row[2] == "–":
            assert row[3] == ("–" if int(row[1].strip("=")) > 3 else "✕ left")
    expect(page.get_by_text("– no comparison: the list is shorter since: 3 models.")).to_be_visible()


def test_names_stay_text(visit: PageOpener) -> None:
    page = visit("?from=2026-08-30&to=2026-08-31&task=code:task_0").page
    _, tasks, models = tables(page)
    names = [row[0] for row in tasks]
    assert any(HOSTILE in name for name in names)
    assert any("abc\ufffdgnp" in name for name in names)
    assert MODEL in [row[0] for row in models]
    assert page.locator("main img, main script").count() == 0
    ties = [row for row in models if row[2].endswith("=")]
    assert len(ties) == 2 and {row[5] for row in ties} == {ties[0][5]}


def test_every_value_leads_to_its_day_and_every_place_into_the_raw_response(
    visit: PageOpener, url: str, folder: Path
) -> None:
    page = visit("?from=2026-08-24&to=2026-08-30&task=code:task_0").page
    tables(page)
    links = page.evaluate("[...document.querySelectorAll('table.compared td a')].map((a) => [a.href, a.textContent])")
    assert len(links) > 60
    for href, text in links:
        path, _, fragment = href.removeprefix(url).partition("#")
        if path.startswith("days/"):
            assert f'id="{fragment}"' in (folder / path / "index.html").read_text("utf-8")
            continue
        value = json.loads((folder / path).read_bytes())
        for step in fragment.split("/")[1:]:
            value = value[int(step)] if step.isdigit() else value[step]
        assert {"usage_share", "tag_usage_share"} & value.keys(), text


def test_everything_is_done_by_keyboard(visit: PageOpener) -> None:
    page = visit("?from=2026-08-24&to=2026-08-30").page
    tables(page)
    page.get_by_label("One day").focus()
    page.keyboard.press("End")
    expect(page.get_by_label("One day")).to_have_value("2026-08-02")
    expect(page.get_by_label("One day")).to_be_focused()
    expect(page.locator("table.compared caption").first).to_contain_text("2 August 2026")  # drawn anew
    page.get_by_role("link", name="Task 0 & more").focus()
    page.keyboard.press("Enter")
    expect(page.locator("table.compared")).to_have_count(3)
    expect(page.get_by_label("Task", exact=True)).to_be_focused()
    assert query(page) == "?from=2026-08-02&to=2026-08-30&task=code:task_0"


def test_a_snapshot_that_cannot_be_loaded_is_said_and_asked_for_again(visit: PageOpener) -> None:
    opened = visit("?from=2026-08-20&to=2026-08-24")
    page = opened.page
    tables(page)
    page.route("**/2026-08-31.json", lambda route: route.abort())
    page.get_by_label("Another day").select_option("2026-08-31")
    expect(page.get_by_role("status").first).to_contain_text("could not be loaded")
    page.unroute("**/2026-08-31.json")
    page.get_by_label("One day").select_option("2026-08-24")
    expect(page.locator("table.compared")).to_have_count(2)
    assert all("ERR_FAILED" in message for message in opened.messages)
    opened.messages.clear()


def test_without_javascript_the_page_explains_and_lists_the_comparisons(visit: PageOpener) -> None:
    page = visit(has_javascript=False).page
    expect(page.get_by_text("Choosing two days takes JavaScript.")).to_be_visible()
    page.get_by_role("link", name="2026-W31").last.click()
    page.wait_for_url("**/compare/2026-W31/2026-W35/")
    expect(page.get_by_role("heading", level=1)).to_have_text("2026-W31 and 2026-W35")


def test_in_a_folder_it_is_said_in_words_and_the_links_work(open_page: PageOpener, folder: Path) -> None:
    opened = open_page((folder / "days/2026-08-31/index.html").as_uri())
    opened.page.get_by_role("link", name="Compare with another day").click()
    opened.page.wait_for_url("**/compare/index.html?from=2026-08-24&to=2026-08-31")
    expect(opened.page.get_by_role("status").first).to_contain_text("Opened from a folder, this page may not read")
    opened.page.get_by_role("link", name="2026-W31").last.click()
    opened.page.wait_for_url("**/compare/2026-W31/2026-W35/index.html")
    assert opened.messages == []


@pytest.mark.parametrize(("width", "is_dark"), [(320, True), (1280, False)])
def test_it_fits_moves_nothing_and_axe_finds_nothing(visit: PageOpener, url: str, width: int, is_dark: bool) -> None:
    page = visit("?from=2026-08-20&to=2026-08-31&task=code:task_0", width=width, is_dark=is_dark).page
    tables(page)
    assert sum(layout_shifts(page)) < 0.01
    for path in ("", "compare/2026-W31/2026-W35/"):
        if path:
            page.goto(url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert accessibility_problems(page) == []
