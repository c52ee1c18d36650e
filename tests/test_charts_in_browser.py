"""Each kind of chart of the real site becomes interactive, and its words and marks stay where they were."""

import pytest
from browser import OpenedPage, PageOpener, layout_shifts, serve_folder
from built import Site
from playwright.sync_api import Locator, expect

pytestmark = pytest.mark.browser
PAGES = ("", "tasks/code/", "tasks/code/debugging/", "models/")


@pytest.fixture(scope="module")
def url(sample_site: Site):
    with serve_folder(sample_site.folder, below="/repo/") as address:
        yield address


@pytest.fixture(scope="module")
def a_model(sample_site: Site) -> str:
    """The path of some model's page."""
    page = next(iter(sorted((sample_site.folder / "models").glob("*/*/index.html"))))
    return f"{page.parent.relative_to(sample_site.folder).as_posix()}/"


def words(drawing: Locator) -> list[tuple[str, float, float]]:
    """Every text of a drawing and where it begins, from top to bottom. Lines that say where they stand are texts."""
    found = drawing.locator("svg text").evaluate_all(
        """(found) => found.flatMap((text) => text.querySelector(':scope > tspan[x]:first-child') ? [...text.children]
             : text).filter((text) => text.textContent.trim()).map((text) => {
             const { left, top } = text.getBoundingClientRect();
             return [text.textContent, left, top];
           })"""
    )
    return sorted((text, left, top) for text, left, top in found)


def wake(opened: OpenedPage, figure: Locator) -> None:
    figure.locator(".drawing").dispatch_event("pointerover")
    opened.page.locator(f"[id='{figure.get_attribute('id')}'][data-interactive=yes]").wait_for()


def check_page(opened: OpenedPage) -> None:
    figures = opened.page.locator("figure[data-chart]").all()
    assert figures
    for figure in figures:
        drawing = figure.locator(".drawing")
        before = words(drawing)
        height = opened.page.evaluate("document.documentElement.scrollHeight")

        wake(opened, figure)

        assert words(drawing) == [
            (text, pytest.approx(left, abs=0.2), pytest.approx(top, abs=0.2)) for text, left, top in before
        ]
        assert opened.page.evaluate("document.documentElement.scrollHeight") == height
        drawing.focus()
        opened.page.keyboard.press("ArrowDown")
        expect(opened.page.locator(".tooltip")).to_be_visible()
        opened.page.keyboard.press("Escape")
    assert opened.messages == []
    assert opened.foreign_requests() == []


@pytest.mark.parametrize("path", PAGES)
def test_nothing_moves_when_a_chart_becomes_interactive(url: str, open_page: PageOpener, path: str) -> None:
    check_page(open_page(url + path))


def test_nothing_moves_in_the_charts_of_a_model(url: str, open_page: PageOpener, a_model: str) -> None:
    check_page(open_page(url + a_model))


def test_the_switch_puts_the_rows_in_the_order_of_tokens(url: str, open_page: PageOpener) -> None:
    opened = open_page(url)
    figure = opened.page.locator("#chart-macro")
    before = {text for text, *_ in words(figure.locator(".drawing"))}
    figure.get_by_label("by tokens", exact=True).check()
    opened.page.locator("#chart-macro[data-interactive=yes]").wait_for()
    figure.locator(".drawing").focus()
    values = []
    for _ in range(4):
        opened.page.keyboard.press("ArrowDown")
        values.append(opened.page.locator(".tooltip dd").last.inner_text())

    assert values == sorted(values, key=lambda value: -float(value.split()[0]))
    assert {text for text, *_ in words(figure.locator(".drawing"))} == before


def test_the_page_does_not_shift_while_it_loads_or_while_it_is_used(url: str, open_page: PageOpener) -> None:
    opened = open_page(url)
    for figure in opened.page.locator("figure[data-chart]").all():
        wake(opened, figure)
    opened.page.locator("#search").fill("debug")
    opened.page.get_by_role("option").first.wait_for()

    assert layout_shifts(opened.page) == []
