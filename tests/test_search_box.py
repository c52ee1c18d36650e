"""The search box finds tasks and models by keyboard and mouse, on a server and in a folder, without either's help."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import OpenedPage, PageOpener, accessibility_problems, serve_folder
from chart_site import make_site
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("site")
    make_site(path, {})
    return path


@pytest.fixture(scope="module")
def url(folder: Path) -> Iterator[str]:
    with serve_folder(folder, below="/repo/") as address:
        yield address


@pytest.fixture
def visit(url: str, open_page: PageOpener) -> Iterator[PageOpener]:
    """Opens the site. After the test: no word on the console, no request to elsewhere."""
    visits: list[OpenedPage] = []

    def visit(address: str = url, **options: object) -> OpenedPage:
        visits.append(open_page(address, **options))
        return visits[-1]

    yield visit
    for opened in visits:
        assert opened.messages == []
        assert opened.foreign_requests() == []


def search(page: Page, words: str) -> None:
    page.get_by_label("Find a task or model").fill(words)


def results(page: Page) -> list[str]:
    """The names in the list that is open, once there is one."""
    page.locator(".search-results:visible").first.wait_for()
    return [option.inner_text().partition("\n")[0].strip() for option in page.get_by_role("option").all()]


def test_nothing_is_loaded_before_the_box_is_reached(visit: PageOpener) -> None:
    opened = visit()
    opened.page.wait_for_timeout(200)
    assert "search-index.js" not in opened.requested_files()

    opened.page.locator("#search").focus()
    search(opened.page, "debug")
    results(opened.page)

    assert sorted(opened.requested_files()[3:]) == ["interactive.css", "search-index.js", "search.js"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("debugging", ["Debugging"]),
        ("DEBUG", ["Debugging"]),
        ("impl gen", ["General Implementation"]),
        ("q&a", ["Q&A & Knowledge"]),
        ("cafe", ["Café Recommendations"]),
        ("CAFÉ", ["Café Recommendations"]),
        ("gpt-5.6", ["openai/gpt-5.6-luna-20260709"]),
        ("gpt5", ["openai/gpt-5.6-luna-20260709"]),
        ("openai luna", ["openai/gpt-5.6-luna-20260709"]),
        ("general", ["General Implementation", "Q&A & Knowledge", "Café Recommendations"]),
        ("bug hunter 12", ["acme/bug-hunter-12"]),
    ],
)
def test_every_word_must_match_wherever_it_stands(visit: PageOpener, words: str, found: list[str]) -> None:
    page = visit().page
    search(page, words)

    assert results(page) == found


def test_names_that_begin_with_the_word_come_first_and_eight_are_shown(visit: PageOpener) -> None:
    page = visit().page
    search(page, "bug")

    assert results(page) == [f"acme/bug-hunter-{number}" for number in range(1, 9)]
    expect(page.get_by_role("status")).to_have_text("8 of 13 results")


def test_nothing_found_is_said(visit: PageOpener) -> None:
    page = visit().page
    search(page, "zebra debugging")

    expect(page.get_by_role("status")).to_have_text("Nothing found.")
    expect(page.get_by_role("status")).to_be_visible()


def test_a_name_is_opened_by_keyboard_from_any_page(visit: PageOpener, url: str) -> None:
    page = visit(f"{url}page/").page
    box = page.get_by_role("combobox", name="Find a task or model")
    box.focus()
    box.press_sequentially("general")
    results(page)
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Q&A & Knowledge")
    expect(box).to_have_attribute(
        "aria-activedescendant", page.get_by_role("option", selected=True).get_attribute("id")
    )

    page.keyboard.press("Enter")

    page.wait_for_url(f"{url}tasks/general/qa/")


def test_enter_opens_the_first_name_when_none_is_chosen(visit: PageOpener, url: str) -> None:
    page = visit().page
    search(page, "luna")
    results(page)
    page.keyboard.press("Enter")

    page.wait_for_url(f"{url}models/openai/gpt-5.6-luna-20260709/")


def test_the_arrows_go_around_and_back_to_the_box(visit: PageOpener) -> None:
    page = visit().page
    search(page, "general")
    results(page)
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Café")
    page.keyboard.press("ArrowDown")

    expect(page.get_by_role("option", selected=True)).to_have_count(0)


def test_escape_closes_the_list_and_keeps_the_words(visit: PageOpener) -> None:
    page = visit().page
    search(page, "debug")
    results(page)
    page.keyboard.press("Escape")

    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.locator("#search")).to_have_value("debug")
    expect(page.locator("#search")).to_be_focused()


def test_a_name_is_opened_with_the_mouse(visit: PageOpener, url: str) -> None:
    page = visit().page
    search(page, "debug")
    page.get_by_role("option", name="Debugging").click()

    page.wait_for_url(f"{url}tasks/code/debugging/")


def test_a_click_elsewhere_closes_the_list(visit: PageOpener) -> None:
    page = visit().page
    search(page, "debug")
    results(page)
    page.locator("#end").click()

    expect(page.get_by_role("listbox")).to_be_hidden()


@pytest.mark.parametrize("is_dark", [False, True])
def test_axe_finds_nothing_while_the_list_is_open(visit: PageOpener, is_dark: bool) -> None:
    page = visit(is_dark=is_dark, width=320).page
    search(page, "bug")
    results(page)
    page.keyboard.press("ArrowDown")

    assert accessibility_problems(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_in_a_folder_the_search_and_all_links_lead_to_files(visit: PageOpener, folder: Path) -> None:
    page = visit((folder / "index.html").as_uri()).page
    page.get_by_role("link", name="another page").click()
    page.wait_for_url((folder / "page" / "index.html").as_uri())
    search(page, "debug")
    results(page)
    page.keyboard.press("Enter")

    page.wait_for_url((folder / "tasks" / "code" / "debugging" / "index.html").as_uri())
    expect(page.get_by_text("found", exact=True)).to_be_visible()
