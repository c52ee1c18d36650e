"""The charts become interactive in a real browser, under the pages' Content-Security-Policy, and nothing moves."""

import hashlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser import OpenedPage, PageOpener, accessibility_problems, layout_shifts, serve_folder
from chart_site import charts, make_site
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser
NAMES = ("rows", "columns", "points", "lines")
BY_REQUESTS = ["Classification", "Q&A & Knowledge <b>", "Workflow Execution", "Debugging"]
BY_TOKENS = ["Workflow Execution", "Debugging", "Classification", "Q&A & Knowledge <b>"]
ON_DEMAND = {"charts.js", "vega.js", "interactive.css", "rows.vega.js"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("site")
    make_site(path, charts())
    return path


@pytest.fixture(scope="module")
def url(folder: Path) -> Iterator[str]:
    with serve_folder(folder, below="/repo/") as address:
        yield address


@pytest.fixture
def visit(url: str, open_page: PageOpener) -> Iterator[PageOpener]:
    """Opens the site. After the test: no word on the console, no request to elsewhere, nothing has moved."""
    visits: list[OpenedPage] = []

    def visit(address: str = url, **options: object) -> OpenedPage:
        visits.append(open_page(address, **options))
        return visits[-1]

    yield visit
    for opened in visits:
        assert opened.messages == []
        assert opened.foreign_requests() == []
        assert layout_shifts(opened.page) == []


def drawing(page: Page, name: str = "rows") -> Locator:
    return page.locator(f"#chart-{name} .drawing")


def wake(page: Page, name: str = "rows") -> Locator:
    """Makes a chart interactive and goes away again."""
    drawing(page, name).hover(position={"x": 1, "y": 1})
    page.locator(f"#chart-{name}[data-interactive=yes]").wait_for()
    page.mouse.move(0, 0)
    expect(page.locator(".tooltip")).to_be_hidden()
    return drawing(page, name)


def point_at(page: Page, text: str) -> None:
    """Moves the pointer onto the label of a row."""
    page.locator("#chart-rows text", has_text=text).first.hover(force=True)


def looks(page: Page) -> str:
    """A digest of the whole page as a picture, scrolled to its top: elsewhere its letters lie between other pixels."""
    page.evaluate("scrollTo(0, 0)")
    return hashlib.sha256(page.screenshot(full_page=True)).hexdigest()


def eventually(is_so: Callable[[], bool]) -> None:
    """Waits up to five seconds. (Playwright's own way evaluates a string, which the policy of the page forbids.)"""
    deadline = time.monotonic() + 5
    while not is_so():
        assert time.monotonic() < deadline, "it did not become so within five seconds"
        time.sleep(0.02)


def row_labels(page: Page) -> list[str]:
    """The names of the rows from top to bottom, as seen."""
    labels = page.locator("#chart-rows svg text").all()
    names = [(box["y"], label.text_content()) for label in labels if (box := label.bounding_box())]
    return [name for _, name in sorted(names) if name in BY_REQUESTS]


def test_nothing_but_the_page_is_loaded_before_the_reader_acts(visit: PageOpener) -> None:
    opened = visit()
    opened.page.wait_for_timeout(200)

    assert sorted(opened.requested_files()[1:]) == ["site.css", "site.js"]


def test_a_chart_loads_what_it_needs_once_with_the_version_of_the_page(visit: PageOpener) -> None:
    opened = visit()
    wake(opened.page)
    wake(opened.page)

    assert sorted(opened.requested_files()[3:]) == sorted(ON_DEMAND)
    assert all(address.endswith("?v=1") for address in opened.requests[1:])


@pytest.mark.parametrize("is_dark", [False, True])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_interactive_charts_look_exactly_like_the_pictures(
    url: str, open_page: PageOpener, is_dark: bool, width: int
) -> None:
    """Each page is photographed once and last: the window grows for a picture, which no reader sees."""
    picture = looks(open_page(url, is_dark=is_dark, width=width).page)
    page = open_page(url, is_dark=is_dark, width=width).page

    for name in NAMES:
        wake(page, name)

    assert layout_shifts(page) == []
    assert looks(page) == picture


def test_opened_from_a_folder_the_charts_work_too(visit: PageOpener, folder: Path) -> None:
    opened = visit((folder / "index.html").as_uri())
    page = opened.page
    point_at(page, "Debugging")
    expect(page.locator(".tooltip")).to_contain_text("Debugging")
    page.get_by_label("by tokens").check()

    eventually(lambda: row_labels(page) == BY_TOKENS)
    assert sorted(opened.requested_files()[3:]) == sorted(ON_DEMAND)


def test_pointing_near_a_row_shows_its_values_and_dims_the_others(visit: PageOpener) -> None:
    page = visit().page
    point_at(page, "Workflow Execution")

    expect(page.locator(".tooltip")).to_have_text("Workflow ExecutionRequests8.7%Tokens23.5%")
    marks = page.locator("#chart-rows .mark-rule.role-mark line")
    assert [mark.get_attribute("opacity") for mark in marks.all()].count("1") == 1


def test_the_names_of_the_data_never_become_html(visit: PageOpener) -> None:
    page = visit().page
    point_at(page, "Q&A")

    expect(page.locator(".tooltip p")).to_have_text("Q&A & Knowledge <b>")
    assert page.locator(".tooltip b").count() == 0


def test_the_tooltip_stays_while_it_is_pointed_at_and_goes_when_it_is_left(visit: PageOpener) -> None:
    page = visit().page
    point_at(page, "Debugging")
    tooltip = page.locator(".tooltip")
    tooltip.hover()
    page.wait_for_timeout(50)
    expect(tooltip).to_contain_text("Debugging")

    page.locator("h1").hover()

    expect(tooltip).to_be_hidden()
    assert page.locator("#chart-rows .mark-rule.role-mark line[opacity='1']").count() == 4


def test_the_nearest_point_is_found_where_points_lie_anywhere(visit: PageOpener) -> None:
    page = visit().page
    dots = wake(page, "points").locator(".mark-symbol.role-mark path")
    for index in (0, 5, 9):
        dots.nth(index).hover()
        expect(page.locator(".tooltip")).to_have_text(f"Point {index}")


def test_the_arrow_keys_step_through_the_rows_and_say_them(visit: PageOpener) -> None:
    page = visit().page
    drawing(page).focus()
    page.locator("#chart-rows[data-interactive=yes]").wait_for()
    spoken = page.locator(".spoken[aria-live=polite]")
    steps = {
        "ArrowDown": "Classification. Requests: 23.1%. Tokens: 5.5%. 1 of 4.",
        "ArrowRight": "Q&A & Knowledge <b>. Requests: 10.3%. Tokens: 4.1%. 2 of 4.",
        "End": "Debugging. Requests: 6.1%. Tokens: 12.0%. 4 of 4.",
        "ArrowUp": "Workflow Execution. Requests: 8.7%. Tokens: 23.5%. 3 of 4.",
        "Home": "Classification. Requests: 23.1%. Tokens: 5.5%. 1 of 4.",
    }
    for key, sentence in steps.items():
        page.keyboard.press(key)
        expect(spoken).to_have_text(sentence)
        expect(page.locator(".tooltip")).to_contain_text(sentence.partition(".")[0])

    page.keyboard.press("Escape")

    expect(page.locator(".tooltip")).to_be_hidden()
    assert drawing(page).evaluate("element => element === document.activeElement")


def test_a_key_pressed_while_the_chart_loads_is_not_lost(visit: PageOpener) -> None:
    page = visit().page
    drawing(page, "columns").focus()
    page.keyboard.press("End")

    expect(page.locator(".tooltip")).to_contain_text("14 August 2026")


def test_among_lines_the_keys_follow_a_line_or_change_to_another(visit: PageOpener) -> None:
    page = visit().page
    wake(page, "lines").focus()
    way = {
        "Home": "upper1",
        "ArrowRight": "upper2",
        "ArrowDown": "lower2",
        "ArrowLeft": "lower1",
        "ArrowUp": "upper1",
        "End": "lower3",
    }
    for key, stop in way.items():
        page.keyboard.press(key)
        expect(page.locator(".tooltip")).to_have_text(f"{stop[:-1]}Day{stop[-1]} August 2026")


def test_a_pointer_that_rests_on_the_chart_does_not_disturb_the_keys(visit: PageOpener) -> None:
    page = visit(height=130).page  # so low that the keys scroll the page below the pointer
    wake(page).focus()
    page.keyboard.press("End")
    page.mouse.move(300, 3)
    page.keyboard.press("Home")
    page.wait_for_timeout(200)

    assert drawing(page).evaluate("element => element.getBoundingClientRect().top") > 3
    expect(page.locator(".tooltip p")).to_have_text("Classification")
    expect(page.locator(".tooltip")).to_be_visible()


def test_days_are_stepped_in_order_and_a_gap_has_no_stop(visit: PageOpener) -> None:
    page = visit().page
    wake(page, "columns").focus()
    days = []
    for _ in range(13):
        page.keyboard.press("ArrowRight")
        days.append(page.locator(".tooltip p").inner_text().partition(" ")[0])

    assert days == ["1", "2", "3", "4", "5", "6", "7", "8", "10", "11", "12", "13", "14"]


def test_by_keyboard_the_tooltip_covers_no_label_of_its_row(visit: PageOpener) -> None:
    page = visit().page
    wake(page).focus()
    page.keyboard.press("Home")
    tooltip = page.locator(".tooltip").bounding_box()
    label = page.locator("#chart-rows text", has_text="23.1%").bounding_box()

    assert tooltip is not None
    assert label is not None
    assert tooltip["x"] >= label["x"] + label["width"]


def test_leaving_with_the_tab_key_hides_the_tooltip(visit: PageOpener) -> None:
    page = visit().page
    wake(page).focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".tooltip")).to_be_visible()
    page.keyboard.press("Tab")

    expect(page.locator(".tooltip")).to_be_hidden()


def test_a_tap_shows_the_values_and_a_tap_elsewhere_hides_them(visit: PageOpener) -> None:
    page = visit(has_touch=True, width=320).page
    page.locator("#chart-rows text", has_text="Debugging").tap(force=True)
    tooltip = page.locator(".tooltip")
    expect(tooltip).to_contain_text("Debugging")
    page.locator("#chart-rows text", has_text="Classification").tap(force=True)
    expect(tooltip).to_contain_text("Classification")

    page.locator("h1").tap()

    expect(tooltip).to_be_hidden()


def test_a_finger_that_only_scrolls_over_a_chart_loads_nothing(visit: PageOpener) -> None:
    opened = visit(has_touch=True)
    drawing(opened.page).dispatch_event("pointerover", {"pointerType": "touch"})
    opened.page.wait_for_timeout(200)

    assert "vega.js" not in opened.requested_files()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_tooltip_is_always_within_the_window(visit: PageOpener, width: int) -> None:
    page = visit(width=width, height=480).page
    for name in NAMES:
        wake(page, name).focus()
        for _ in range(14):
            page.keyboard.press("ArrowDown")
            box = page.locator(".tooltip").bounding_box()
            assert box is not None
            assert min(box["x"], box["y"]) >= 0
            assert box["x"] + box["width"] <= width
            assert box["y"] + box["height"] <= 480
        page.keyboard.press("Escape")


def test_the_switch_shows_tokens_without_moving_anything(visit: PageOpener) -> None:
    page = visit().page
    size = drawing(page).bounding_box()
    assert row_labels(page) == BY_REQUESTS

    page.get_by_label("by tokens").check()

    eventually(lambda: row_labels(page) == BY_TOKENS)
    assert drawing(page).bounding_box() == size


def test_the_switch_works_by_keyboard_and_the_keys_follow_the_new_order(visit: PageOpener) -> None:
    page = visit().page
    page.get_by_label("by requests").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("by tokens")).to_be_checked()
    eventually(lambda: row_labels(page) == BY_TOKENS)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")

    expect(page.locator(".tooltip p")).to_have_text("Workflow Execution")


def test_the_wheel_over_a_chart_scrolls_the_page(visit: PageOpener) -> None:
    page = visit(height=400).page
    wake(page)
    point_at(page, "Debugging")
    before = page.evaluate("scrollY")
    page.mouse.wheel(0, 120)

    eventually(lambda: page.evaluate("scrollY") > before)


@pytest.mark.parametrize("is_dark", [False, True])
def test_axe_finds_nothing_before_and_after(visit: PageOpener, is_dark: bool) -> None:
    page = visit(is_dark=is_dark).page
    assert accessibility_problems(page) == []
    for name in NAMES:
        wake(page, name)
    point_at(page, "Debugging")
    expect(page.locator(".tooltip")).to_be_visible()

    assert accessibility_problems(page) == []


def test_to_a_screen_reader_the_chart_keeps_its_name(visit: PageOpener) -> None:
    page = visit().page
    wake(page)

    expect(page.get_by_role("application", name="Chart rows")).to_have_count(1)
    expect(page.locator("#chart-rows svg[role=img][aria-label='Chart rows']")).to_have_count(1)


def test_the_scripts_leave_two_global_names_and_no_more(visit: PageOpener) -> None:
    page = visit().page
    before = set(page.evaluate("Object.getOwnPropertyNames(self)"))
    wake(page)
    page.locator("#search").focus()
    page.locator(".search-results").wait_for(state="attached")

    assert set(page.evaluate("Object.getOwnPropertyNames(self)")) - before == {"taskShareCharts", "taskShareSearch"}


def test_without_javascript_the_picture_is_no_stop_for_the_keyboard(
    visit: PageOpener, url: str, open_page: PageOpener
) -> None:
    page = open_page(url, has_javascript=False).page

    assert page.locator("[tabindex]").count() == 0
    expect(page.locator("form.search")).to_be_hidden()
    expect(drawing(page).locator("svg")).to_be_visible()


def test_a_chart_that_cannot_be_loaded_stays_a_picture_and_the_next_reach_tries_again(
    folder: Path, open_page: PageOpener
) -> None:
    with serve_folder(folder) as address:
        opened = open_page(address)
        page = opened.page
        page.route("**/rows.vega.js*", lambda route: route.abort())
        with page.expect_event("requestfailed"):
            drawing(page).hover(position={"x": 1, "y": 1})
        page.mouse.move(0, 0)
        page.unroute("**/rows.vega.js*")
        expect(drawing(page).locator("svg")).to_be_visible()
        assert page.locator("#chart-rows[data-interactive]").count() == 0

        wake(page)

    assert ["Failed to load resource" in message for message in opened.messages] == [True]
