"""The sample site in a real browser: readable, reachable and quiet on every page, interactive where it says so."""

import base64
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from browser import OpenedPage, PageOpener, accessibility_problems, is_local, new_context, open_in, serve_folder
from built import Site
from playwright.sync_api import Browser, Locator, Page, Response, expect

pytestmark = pytest.mark.browser
Tour = Callable[..., Iterator[tuple[str, Page]]]

TYPES = (
    "home",
    "tasks",
    "category",
    "task",
    "models",
    "model",
    "changes",
    "day",
    "edition",
    "category of an edition",
    "comparison",
    "method",
    "use",
    "builder",
    "404",
)
RANKING = "figure.chart:not(.course)"  # a course over time has no bars to become and no order to switch
FROZEN = ("edition", "category of an edition", "comparison")  # they have no script to be without
PLAIN = [name for name in TYPES if name not in ("use", "builder", *FROZEN)]  # the first two add what only it can do
WITH_CHARTS = ("home", "category", "task", "models", "model")


@pytest.fixture(scope="module")
def folder(sample_site: Site) -> Path:
    return sample_site.folder


@pytest.fixture(scope="module")
def paths(folder: Path) -> dict[str, str]:
    """One page of each type, by its path below the root."""
    model = sorted(folder.glob("models/*/*/index.html"))[0].parent.relative_to(folder).as_posix()
    return {
        "home": "",
        "tasks": "tasks/",
        "category": "tasks/code/",
        "task": "tasks/code/debugging/",
        "models": "models/",
        "model": f"{model}/",
        "changes": "changes/",
        "day": "days/2026-08-31/",
        "edition": "editions/2026-W33/",
        "category of an edition": "editions/2026-W33/tasks/code/",
        "comparison": "compare/2026-W29/2026-W33/",
        "method": "method/",
        "use": "embed/code-debugging/",
        "builder": "embed/",
        "404": "404.html",
    }


@pytest.fixture(scope="module")
def url(folder: Path) -> Iterator[str]:
    with serve_folder(folder) as address:
        yield address


@pytest.fixture
def visit(url: str, paths: dict[str, str], open_page: PageOpener) -> Iterator[PageOpener]:
    """Opens a page by its type. After the test: no word on the console, no request to another machine."""
    visits: list[OpenedPage] = []

    def visit(name: str, **options: object) -> OpenedPage:
        visits.append(open_page(url + paths[name], **options))
        return visits[-1]

    yield visit
    for opened in visits:
        assert opened.messages == []
        assert opened.foreign_requests() == []


@pytest.fixture
def tour(url: str, paths: dict[str, str], open_page: PageOpener) -> Tour:
    """Opens pages by their types, one after the other in one window, as `visit` does."""

    def tour(names: Sequence[str] = TYPES, **options: object) -> Iterator[tuple[str, Page]]:
        opened = open_page("about:blank", **options)
        for name in names:
            opened.page.goto(url + paths[name])
            yield name, opened.page
            assert opened.messages == [], name
            assert opened.foreign_requests() == [], name

    return tour


# --- Every page -----------------------------------------------------------------------------------------------------


def test_no_page_says_a_word_on_the_console_misses_a_file_scrolls_sideways_or_has_tiny_letters(
    browser: Browser, folder: Path, url: str
) -> None:
    context = new_context(browser, width=320)
    opened = open_in(context, url)
    problems: list[str] = []

    def note(response: Response) -> None:
        if response.status >= 400:
            problems.append(f"{response.status}: {response.url}")

    opened.page.on("response", note)
    opened.page.on("requestfailed", lambda request: problems.append(f"{request.failure}: {request.url}"))
    days, pages = [], []
    for path in pages_below(folder):
        (days if path.startswith("days/") else pages).append(path)
    assert len(pages) > 80
    for path in (*pages, *days[:9], *days[-9:]):  # one day is much like another
        opened.page.goto(url + path)
        problems += [f"{path}: {message}" for message in opened.messages]
        problems += [f"{path}: {address}" for address in opened.requests if not is_local(address)]
        problems += [f"{path}: {problem}" for problem in (*too_wide(opened.page), *too_small(opened.page))]
        opened.messages.clear()
        opened.requests.clear()
    context.close()
    left = "net::ERR_ABORTED: "  # by the next page, before the picture for the tab was there
    assert [problem for problem in problems if not problem.startswith(left)] == []


# --- Every type of page ---------------------------------------------------------------------------------------------


# One page of each type and not all: a run takes a second or two. A narrow window has the colours of a wide one.
@pytest.mark.parametrize(("width", "is_dark"), [(1280, False), (1280, True), (320, False)])
def test_axe_finds_nothing(tour: Tour, width: int, is_dark: bool) -> None:
    found = {name: accessibility_problems(page) for name, page in tour(width=width, is_dark=is_dark)}
    assert {name: problems for name, problems in found.items() if problems} == {}


def test_a_window_of_640_pixels_at_200_percent_zoom_needs_no_sideways_scroll(
    browser: Browser, url: str, paths: dict[str, str]
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 400}, device_scale_factor=2)
    opened = open_in(context, url)
    for name in TYPES:
        opened.page.goto(url + paths[name])
        assert too_wide(opened.page) == [], name
    context.close()


def test_a_page_has_one_h1_landmarks_and_headings_in_order(tour: Tour) -> None:
    for name, page in tour():
        expect(page.locator("h1")).to_have_count(1)
        for role in ("banner", "main", "contentinfo"):
            expect(page.get_by_role(role)).to_have_count(1)
        has_script = min(
            page.locator("script[src]").count(), 1
        )  # pages that stay as they are have none, so no search either
        expect(page.get_by_role("search")).to_have_count(has_script)
        expect(page.get_by_role("navigation", name="Main")).to_have_count(1)
        headings = page.locator("h1, h2, h3, h4, h5, h6").all()
        levels = [int(heading.evaluate("heading => heading.localName[1]")) for heading in headings]
        assert all(below - above <= 1 for above, below in pairwise(levels)), name


@pytest.mark.parametrize("width", [641, 768, 901, 960, 1021])
def test_no_type_of_page_scrolls_sideways_between_a_telephone_and_a_desk(tour: Tour, width: int) -> None:
    assert {name: problems for name, page in tour(width=width) if (problems := too_wide(page))} == {}


def test_every_page_has_a_title_of_its_own(folder: Path, url: str, open_page: PageOpener) -> None:
    page = open_page(url).page
    sources = {path: (folder / path).read_text("utf-8") for path in pages_below(folder)}
    titles = page.evaluate(
        "sources => sources.map(source => new DOMParser().parseFromString(source, 'text/html').title)",
        list(sources.values()),
    )
    assert len(set(titles)) == len(sources)


def test_the_first_tab_stop_leads_past_the_navigation(tour: Tour) -> None:
    for name, page in tour():
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Skip to the content")
        expect(skip).to_be_focused()
        box = skip.bounding_box()
        assert box is not None
        assert min(box["x"], box["y"]) >= 3, f"{name}: the focus ring is cut off"

        page.keyboard.press("Enter")
        page.keyboard.press("Tab")

        assert page.evaluate("document.activeElement.closest('main, footer') !== null"), name


def test_without_javascript_nothing_is_missing(tour: Tour) -> None:
    for (name, bare), (_, full) in zip(tour(PLAIN, has_javascript=False), tour(PLAIN), strict=True):
        switches = "main => main.querySelectorAll('.controls').forEach(controls => controls.remove())"
        full.locator("main").evaluate(switches)
        assert bare.locator("main").inner_text() == full.locator("main").inner_text(), name
        expect(bare.get_by_role("search")).to_be_hidden()
        assert bare.locator("[tabindex]").count() == 0
        for chart in bare.locator("figure.chart").all():
            expect(chart.locator("svg[role=img][aria-label]")).to_be_visible()
        for ranking in bare.locator(RANKING).all():
            expect(ranking.locator("xpath=following-sibling::table[1]")).to_be_visible()


def test_on_paper_charts_and_tables_are_there_and_the_navigation_is_not(tour: Tour) -> None:
    for name, page in tour(width=718, is_dark=True):
        page.emulate_media(media="print")
        for thing in page.locator("main table, main figure.chart svg[role=img]").all():
            expect(thing).to_be_visible()
        heads = page.locator("main table thead").all()
        assert all(head.evaluate("head => head.getBoundingClientRect().width") > 100 for head in heads), "tables stay"
        expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
        expect(page.locator("form.search")).to_be_hidden()
        assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
        assert too_wide(page) == [], name


# --- Charts at every width ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [320, 400, 600])
def test_a_narrow_window_shows_lists_with_bars_on_one_scale(tour: Tour, width: int) -> None:
    for name, page in tour(WITH_CHARTS, width=width):
        assert [drawing for drawing in page.locator(f"{RANKING} .drawing").all() if drawing.is_visible()] == [], name
        expect(page.locator("figcaption").first).to_be_visible()
        for bars in bars_by_table(page):
            assert len(bars) > 1
            assert len({(left, room) for left, room, _, _ in bars}) == 1, f"{name}: one zero and one scale for all bars"
            assert bars[0][1] >= 50, f"{name}: room for the bars"
            assert all(abs(drawn - share * room) < 1 for _, room, drawn, share in bars), name
            assert max(share for _, _, _, share in bars) == 1, name


@pytest.mark.parametrize("width", [320, 641, 768, 1280])
def test_no_letter_of_a_chart_is_smaller_than_12_pixels(tour: Tour, width: int) -> None:
    for name, page in tour(WITH_CHARTS, width=width):
        charts = page.locator(".drawing svg:visible").all()
        assert charts or width == 320, name
        for chart in charts:
            sizes = chart.evaluate(
                """svg => [...svg.querySelectorAll('text')]
                     .map(text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)"""
            )
            assert sizes
            assert min(sizes) > 11.99, name


# --- Interactive ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["hover", "keyboard", "tap"])
@pytest.mark.parametrize("name", ["home", "task"])
def test_a_chart_answers_pointer_key_and_finger_and_nothing_moves(visit: PageOpener, name: str, how: str) -> None:
    page = visit(name, has_touch=how == "tap", width=768, height=1000).page
    shifts = watch_shifts(page)
    drawing = page.locator(".drawing").first
    row = drawing.get_by_text("Code" if name == "home" else "Samphire 2.6", exact=True).first
    before = places(page)
    if how == "hover":
        row.hover(force=True)
    elif how == "tap":
        row.tap(force=True)
    else:
        drawing.focus()
        page.keyboard.press("ArrowDown")

    page.locator("figure[data-interactive=yes]").wait_for()
    tooltip = page.locator(".tooltip")
    expect(tooltip).to_contain_text("● requests")
    if how == "keyboard":
        expect(page.locator(".spoken[aria-live]").last).to_contain_text("requests")
        page.keyboard.press("Escape")
        expect(tooltip).to_be_hidden()
    assert places(page) == before
    assert shifts() == []


@pytest.mark.parametrize(("name", "is_dark"), [*((name, False) for name in WITH_CHARTS), ("home", True)])
def test_every_kind_of_chart_looks_the_same_before_and_after(
    visit: PageOpener, open_page: PageOpener, name: str, is_dark: bool
) -> None:
    page, easel = visit(name, is_dark=is_dark, height=1100).page, open_page("about:blank").page
    for figure in page.locator("figure.chart").all():
        drawing = figure.locator(".drawing")
        picture, size = drawing.screenshot(), places(page)

        wake(page, figure)

        assert drawing.locator("svg[role=img][aria-label]").count() == 1
        assert places(page) == size
        changed = changed_pixels(easel, picture, drawing.screenshot())
        assert changed < 0.002, f"{figure.get_attribute('id')}: {changed} of all pixels; smoothing alone is less"


@pytest.mark.parametrize("name", WITH_CHARTS)
def test_the_switch_puts_the_largest_share_of_tokens_on_top(visit: PageOpener, name: str) -> None:
    page = visit(name, height=1100).page
    figures = page.locator(f"{RANKING}:has(.controls)").all()
    assert figures
    for figure in figures:
        figure.get_by_role("radio", name="by tokens").check()
        expect(figure).to_have_attribute("data-interactive", "yes")
        figure.locator(".drawing").focus()
        shares = []
        for _ in range(3):
            page.keyboard.press("ArrowDown")
            shares.append(float(page.locator(".tooltip dd").last.inner_text().split()[0]))
        assert shares == sorted(shares, reverse=True), figure.get_attribute("id")


# --- Wherever the site lies -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["/", "/repo/", "a folder"])
def test_the_same_site_works_wherever_it_lies(folder: Path, open_page: PageOpener, place: str) -> None:
    if place == "a folder":
        walk_through(open_page, (folder / "index.html").as_uri(), folder.as_uri() + "/", "index.html")
    else:
        with serve_folder(folder, below=place) as url:
            walk_through(open_page, url, url, "")


def walk_through(open_page: PageOpener, home: str, root: str, file: str) -> None:
    """Searches, opens what was found, makes its chart interactive, follows links back to the home page."""
    opened = open_page(home)
    page = opened.page
    page.locator("#search").fill("debugg")
    page.get_by_role("option", name="Debugging").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{root}tasks/code/debugging/{file}")
    expect(page.locator("h1")).to_have_text("Debugging")

    wake(page, page.locator("figure[data-chart=code-debugging]"))

    page.get_by_role("navigation", name="Breadcrumbs").get_by_role("link", name="Code").click()
    page.wait_for_url(f"{root}tasks/code/{file}")
    page.locator("table th a").first.click()
    page.get_by_role("link", name="Task Share").click()
    page.wait_for_url(f"{root}{file}")
    assert opened.messages == []
    assert opened.foreign_requests() == []


# --- What the tests look at -----------------------------------------------------------------------------------------


def pages_below(folder: Path) -> list[str]:
    """All but the address of the latest edition, which leads on at once, and most of those that differ in a chart only.

    Embeds of one edition and what can be taken from the charts of a macro-category stand for those of the others.
    """
    files = (file.relative_to(folder).as_posix() for file in sorted(folder.rglob("*.html")))
    left_out = r"editions/latest/index\.html|e/2026-W(?!30).*|embed/(?!index|code|macro).*"
    return [path for path in files if not re.fullmatch(left_out, path)]


def too_wide(page: Page) -> list[str]:
    """What makes the page scroll sideways; nothing if it does not."""
    return page.evaluate(
        """() => {
             const room = document.documentElement.clientWidth;
             if (document.documentElement.scrollWidth <= room) return [];
             return [...document.querySelectorAll('body *')]
               .filter(element => element.getBoundingClientRect().right > room)
               .map(element => `${element.localName} reaches ${Math.round(element.getBoundingClientRect().right)}`);
           }"""
    )


def too_small(page: Page) -> list[str]:
    """The elements outside of charts whose text is under 12 px."""
    return page.evaluate(
        """() => [...document.querySelectorAll('body *')]
             .filter(element => !element.closest('svg') && element.textContent.trim())
             .filter(element => parseFloat(getComputedStyle(element).fontSize) < 12)
             .map(element => `${element.localName} is set in ${getComputedStyle(element).fontSize}`)"""
    )


def bars_by_table(page: Page) -> list[list[tuple[float, float, float, float]]]:
    """For each table with bars, of each bar: where it starts, its room, its width, and the share of the room meant."""
    return page.locator("table:has(.share svg)").evaluate_all(
        """tables => tables.map(table => [...table.querySelectorAll("td.share svg")].map(bar => {
             const box = bar.getBoundingClientRect(), rect = bar.querySelector('rect');
             return [box.left, box.width, rect.getBBox().width, parseFloat(rect.getAttribute('width')) / 100];
           }))"""
    )


def watch_shifts(page: Page) -> Callable[[], list[float]]:
    """Begins to watch; what it gives tells every layout shift since the page began."""
    page.evaluate(
        """() => {
             self.shifts = [];
             new PerformanceObserver(list => self.shifts.push(...list.getEntries().map(entry => entry.value)))
               .observe({ type: 'layout-shift', buffered: true });
           }"""
    )
    return lambda: page.evaluate("new Promise(done => setTimeout(() => done(self.shifts), 100))")


def places(page: Page) -> object:
    """Where on the page every part of the content lies, whatever is scrolled."""
    return page.evaluate(
        """() => [...document.querySelectorAll('main > *, section > *, figure > *, .drawing > svg')].map(part => {
             const { x, y, width, height } = part.getBoundingClientRect();
             return width && [x, y + scrollY, width, height].map(Math.round); // 0: it is not shown
           })"""
    )


def wake(page: Page, figure: Locator) -> None:
    """Makes a chart interactive and goes away again."""
    figure.locator(".drawing").hover(position={"x": 2, "y": 2})
    expect(figure).to_have_attribute("data-interactive", "yes")
    page.mouse.move(0, 0)
    expect(page.locator(".tooltip")).to_be_hidden()


def changed_pixels(page: Page, one: bytes, other: bytes) -> float:
    """The part of all pixels that are clearly of another colour in the other picture; 1 if the sizes differ."""
    pictures = [f"data:image/png;base64,{base64.b64encode(png).decode()}" for png in (one, other)]
    return page.evaluate(
        """async pictures => {
             const [one, other] = await Promise.all(pictures.map(async address => {
               const image = new Image();
               image.src = address;
               await image.decode();
               const { width, height } = image;
               const canvas = new OffscreenCanvas(width, height).getContext('2d');
               canvas.drawImage(image, 0, 0);
               return { size: `${width} ${height}`, data: canvas.getImageData(0, 0, width, height).data };
             }));
             if (one.size !== other.size) return 1;
             let changed = 0;
             for (let at = 0; at < one.data.length; at += 4) {
               const isOther = channel => Math.abs(one.data[at + channel] - other.data[at + channel]) > 64;
               if ([0, 1, 2].some(isOther)) changed += 1;
             }
             return changed / (one.data.length / 4);
           }""",
        pictures,
    )
