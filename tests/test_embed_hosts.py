"""Embeds in the pages that show them: each kind of host, played in a browser on another origin than the site's.

In each the whole chart is visible, nothing scrolls inside the frame, nothing is said on the console, nothing is asked
of any other machine.
"""

import functools
import json
import re
import threading
from collections.abc import Callable, Iterator
from html import escape, unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import html5lib
import markdown
import pytest
from browser import OpenedPage, PageOpener, layout_shifts, new_context, open_in, serve_folder
from built import Site
from playwright.sync_api import Frame, Page, expect

from generator.addresses import PREVIEW_ADDRESS

pytestmark = pytest.mark.browser

WIDTHS = (320, 400, 600)
EDITION = "2026-W30"
CHARTS = (
    "macro",
    "tasks",
    "intensity",
    "code-debugging",
    "code-debugging-history",
    "code-debugging-share",
    "code-models",
)
LIGHT_TEXT, DARK_TEXT = "rgb(28, 30, 34)", "rgb(232, 232, 228)"

WORDPRESS = """
// What WordPress's own script does, as its documentation and PUBLISHING tell: it hides the frame until it has a height.
window.linked = [];
const frame = document.querySelector('iframe'), quote = document.querySelector('blockquote');
const secret = 'abcDEF1234';
frame.setAttribute('sandbox', 'allow-scripts');
frame.setAttribute('security', 'restricted');
frame.style = 'position: absolute; visibility: hidden;';
frame.dataset.secret = secret;
addEventListener('message', (event) => {
  const { data, source } = event;
  if (!data || !(data.secret || data.message || data.value) || /[^a-zA-Z0-9]/.test(data.secret)) return;
  if (source !== frame.contentWindow || data.secret !== frame.dataset.secret) return;
  frame.removeAttribute('style');
  if (data.message === 'height') {
    quote.style.display = 'none';
    frame.height = Math.min(1000, Math.max(200, parseInt(data.value, 10)));
  }
  if (data.message === 'link') {
    const target = new URL(data.value);
    if (target.host === new URL(frame.src).host) window.linked.push(data.value);
  }
});
frame.src = frame.getAttribute('src') + '#?secret=' + secret;
frame.addEventListener('load', () => frame.contentWindow.postMessage({ message: 'ready', secret }, '*'));
"""


class SharingHandler(SimpleHTTPRequestHandler):
    """As GitHub Pages answers: any page may ask for any file."""

    def end_headers(self) -> None:
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the tests' output is the tests'."""


@pytest.fixture(scope="module")
def url(sample_site: Site) -> Iterator[str]:
    handler = functools.partial(SharingHandler, directory=str(sample_site.folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture
def host(tmp_path: Path, open_page: PageOpener) -> Iterator[Callable[..., OpenedPage]]:
    """Opens a page of somebody else with this body. After the test: quiet, and nothing foreign was asked for."""
    shown: list[OpenedPage] = []
    with serve_folder(tmp_path) as address:

        def show(body: str, style: str = "", **options: Any) -> OpenedPage:
            head = '<meta charset="utf-8"><title>Host</title><link rel="icon" href="data:,">'
            page = f'<!doctype html><html lang="en">{head}<style>{style}</style>{body}'
            (tmp_path / "host.html").write_text(page, "utf-8")
            shown.append(open_page(f"{address}host.html", **options))
            return shown[-1]

        yield show
    for opened in shown:
        assert opened.messages == []
        assert opened.foreign_requests() == []


def described(site: Site, chart: str, edition: str = "") -> dict[str, Any]:
    """The oEmbed description of a chart."""
    folder = site.folder / "e" / edition / chart if edition else site.folder / "e" / chart
    return json.loads((folder / "oembed.json").read_text("utf-8"))


def said_of(site: Site, chart: str, edition: str) -> dict[str, str]:
    """What its own page says of a chart: for those who do not see it, the source line, and the page that shows it."""
    place = f"{edition}/{chart}" if edition else chart
    html = (site.folder / "e" / place / "index.html").read_text("utf-8")
    page = html5lib.parse(html, namespaceHTMLElements=False)
    drawn = page.find(".//*[@class='drawing wide']//{*}desc")
    return {
        "description": page.find(".//meta[@name='description']").get("content") if drawn is None else drawn.text,
        "source": page.findtext(".//main/p/span"),
        "page": urljoin(f"{PREVIEW_ADDRESS}e/{place}/", page.find(".//h1/a").get("href")),
    }


def framed(site: Site, url: str, chart: str, width: int, edition: str = "", query: str = "") -> str:
    """A frame of the height that the description gives, and of some width."""
    place = f"e/{edition}/{chart}/" if edition else f"e/{chart}/"
    height = described(site, chart, edition)["height"]
    source = f"{url}{place}{query}"
    return f'<iframe src="{escape(source)}" title="x" width="{width}" height="{height}" frameborder="0"></iframe>'


def frames_of(page: Page) -> list[Frame]:
    for frame in page.frames[1:]:
        frame.wait_for_load_state("load")
    return page.frames[1:]


def overflow(frame: Frame) -> list[int]:
    """By how many pixels the content is wider and higher than the frame."""
    return frame.evaluate(
        """() => {
             const { scrollWidth, scrollHeight } = document.documentElement;
             const body = document.body.getBoundingClientRect();
             return [Math.max(scrollWidth, body.right) - innerWidth, Math.max(scrollHeight, body.bottom) - innerHeight]
               .map((distance) => Math.max(0, Math.ceil(distance)));
           }"""
    )


def clipped(frame: Frame) -> list[str]:
    """Texts of the chart in sight that its picture cuts off."""
    return frame.evaluate(
        """() => [...document.querySelectorAll('figure > div svg text, .rows :is(th, td)')]
             .filter((text) => text.checkVisibility() && text.textContent.trim())
             .filter((text) => {
               const box = text.getBoundingClientRect(), room = text.closest('figure > *').getBoundingClientRect();
               if (box.top >= room.bottom - 1 || box.bottom <= room.top + 1) return false; // around it
               return box.left < room.left - 1 || box.right > room.right + 1 || box.bottom > room.bottom + 1;
             })
             .map((text) => text.textContent)"""
    )


def has_chart(frame: Frame) -> bool:
    """Exactly one of the forms of the chart is in sight, with marks in it."""
    return frame.evaluate(
        """() => {
             const all = [...document.querySelectorAll('.wide, .narrow, .rows')];
             const forms = all.filter((form) => form.checkVisibility());
             return forms.length === 1 && forms[0].querySelectorAll('rect, path, line').length > 2;
           }"""
    )


# --- Without any script of the host ---------------------------------------------------------------------------------


@pytest.mark.parametrize("has_javascript", [True, False], ids=["scripts", "no scripts"])
def test_in_a_plain_frame_of_the_given_height_the_whole_chart_is_there_at_any_width(
    sample_site, url, host, has_javascript
):
    for chart in CHARTS:
        body = "".join(framed(sample_site, url, chart, width) for width in WIDTHS)
        opened = host(body, width=1400, height=1200, has_javascript=has_javascript)
        for frame, width in zip(frames_of(opened.page), WIDTHS, strict=True):
            assert has_chart(frame), (chart, width)
            assert overflow(frame) == [0, 0], (chart, width)
            assert clipped(frame) == [], (chart, width)


def test_every_chart_fits_the_height_that_its_description_gives(sample_site, url, host, browser):
    charts = sorted(path.parent.relative_to(sample_site.folder / "e").as_posix() for path in
                    (sample_site.folder / "e").rglob("oembed.json"))  # fmt: skip
    live = [chart for chart in charts if not chart.startswith("2026-")]
    frozen = [chart for chart in charts if chart.startswith(EDITION)]
    context = new_context(browser)
    page = open_in(context, f"{url}e/macro/").page
    for place in (*live, *frozen):
        height = json.loads((sample_site.folder / "e" / place / "oembed.json").read_text("utf-8"))["height"]
        page.goto(f"{url}e/{place}/", wait_until="load")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": height})
            assert overflow(page.main_frame) == [0, 0], (place, width)
    context.close()


def test_an_embed_asks_for_one_script_before_anybody_reaches_for_the_chart(sample_site, url, open_page):
    opened = open_page(f"{url}e/code-debugging/", width=600)
    opened.page.wait_for_load_state("networkidle")
    assert opened.requested_files()[1:] == ["frame.js"]
    opened.page.locator(".wide svg").hover()
    expect(opened.page.locator("figure[data-interactive=yes]")).to_be_visible()
    assert {"site.js", "charts.js", "vega.js"} < set(opened.requested_files())
    assert overflow(opened.page.main_frame)[0] == 0
    assert opened.messages == [] and opened.foreign_requests() == []


def test_nothing_moves_when_the_chart_becomes_interactive(sample_site, url, open_page):
    opened = open_page(f"{url}e/code-debugging/", width=672)
    drawing = opened.page.locator(".wide")
    before = drawing.bounding_box()
    drawing.focus()
    expect(opened.page.locator("figure[data-interactive=yes]")).to_be_visible()
    assert drawing.bounding_box() == before
    assert opened.page.locator(".wide svg").get_attribute("viewBox").split()[1] != "0", "the plot alone, as before"


# --- With our script ------------------------------------------------------------------------------------------------


def test_with_the_host_script_each_of_many_frames_is_as_high_as_its_chart(sample_site, url, host):
    body = "".join(
        framed(sample_site, url, chart, width) for chart in ("macro", "tasks", "code-debugging") for width in WIDTHS
    )
    opened = host(f'{body}<script src="{url}static/embed.js" async></script>', width=1400)
    for frame in frames_of(opened.page):
        element = frame.frame_element()
        opened.page.wait_for_function("(frame) => frame.style.height !== ''", arg=element)
        needed = frame.evaluate("Math.ceil(document.body.getBoundingClientRect().height)")
        assert element.evaluate("(frame) => frame.clientHeight") == needed
        assert overflow(frame) == [0, 0]
    assert opened.page.evaluate("Object.keys(window).filter((name) => /task-?share|embed/i.test(name))") == []


def test_the_frame_grows_with_the_opened_table_and_shrinks_again(sample_site, url, host):
    opened = host(f'{framed(sample_site, url, "macro", 600)}<script src="{url}static/embed.js" async></script>')
    (frame,) = frames_of(opened.page)
    element = frame.frame_element()
    opened.page.wait_for_function("(frame) => frame.style.height !== ''", arg=element)
    closed = element.evaluate("(frame) => frame.clientHeight")
    frame.locator("summary").click()
    opened.page.wait_for_function("([frame, height]) => frame.clientHeight > height + 50", arg=[element, closed])
    frame.locator("summary").click()
    opened.page.wait_for_function("([frame, height]) => frame.clientHeight === height", arg=[element, closed])


def test_a_page_that_pretends_to_be_an_embed_changes_no_frame(sample_site, url, host):
    script = "<script>parent.postMessage({'task-share-height': 5000}, '*')</script>"
    body = f'<iframe id="other" srcdoc="{script}"></iframe>'
    opened = host(f'{framed(sample_site, url, "macro", 400)}{body}<script src="{url}static/embed.js"></script>')
    frames_of(opened.page)
    opened.page.wait_for_timeout(300)
    assert opened.page.locator("#other").evaluate("(frame) => frame.style.height") == ""
    assert opened.page.locator("iframe").first.evaluate("(frame) => frame.clientHeight") < 1000


# --- Content management systems -------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("chart", "edition"), [("code-debugging", ""), ("tasks", ""), ("code-debugging", EDITION)])
def test_wordpress_shows_the_frame_once_it_knows_its_height(sample_site, url, host, chart, edition, width):
    html = described(sample_site, chart, edition)["html"].replace(PREVIEW_ADDRESS, url)
    kept = re.sub(r' style="[^"]*"', "", html)  # WordPress lets no style through
    opened = host(f"{kept}<script>{WORDPRESS}</script>", f"iframe {{ max-width: {width}px }}", width=700, height=1200)
    opened.page.wait_for_function("document.querySelector('blockquote').style.display === 'none'")
    (frame,) = frames_of(opened.page)
    expect(opened.page.locator("iframe")).to_be_visible()
    assert has_chart(frame)
    opened.page.wait_for_load_state("networkidle")  # what came after an edition is asked for, and may want a line more
    frame.wait_for_function("document.documentElement.scrollHeight <= innerHeight")
    assert overflow(frame) == [0, 0]
    frame.locator("h1 a").click()
    opened.page.wait_for_function("window.linked.length === 1")
    page = opened.page.evaluate("window.linked[0]")
    assert page.startswith(f"{url}{f'editions/{edition}/' if edition else ''}")


def test_before_its_height_is_known_wordpress_shows_the_sentence_with_the_source(sample_site, host):
    html = described(sample_site, "code-debugging")["html"]
    opened = host(
        html.replace("<iframe", '<iframe style="position:absolute;visibility:hidden"').replace("src=", "data-src=")
    )
    expect(opened.page.locator("blockquote")).to_contain_text("leads Debugging by requests")
    expect(opened.page.locator("blockquote")).to_contain_text("Sample data, fictional models")


def test_a_sandbox_without_an_origin_of_its_own_shows_chart_and_notice(sample_site, url, host):
    frame_html = framed(sample_site, url, "code-debugging", 600, EDITION).replace(
        "<iframe", '<iframe sandbox="allow-scripts"'
    )
    opened = host(frame_html)
    (frame,) = frames_of(opened.page)
    assert frame.evaluate("self.origin") == "null"
    expect(frame.locator(".notice")).to_contain_text("Since this edition: the leader changed from")
    assert overflow(frame) == [0, 0]


def test_amp_and_medium_are_told_the_height_in_their_own_words(sample_site, url, host):
    listen = "<script>window.told = []; addEventListener('message', ({ data }) => window.told.push(data))</script>"
    opened = host(f"{listen}{framed(sample_site, url, 'macro', 600)}")
    (frame,) = frames_of(opened.page)
    opened.page.wait_for_function("window.told.length >= 3")
    told = opened.page.evaluate("window.told")
    height = frame.evaluate("Math.ceil(document.body.getBoundingClientRect().height)")
    assert {"task-share-height": height} in told
    assert {"sentinel": "amp", "type": "embed-size", "height": height} in told
    medium = [json.loads(one) for one in told if isinstance(one, str)]
    assert medium == [{"src": f"{url}e/macro/", "context": "iframe.resize", "height": height}]
    assert len(told) == 3, "never twice when nothing changed"


# --- Colours and options --------------------------------------------------------------------------------------------


def colour(frame: Frame) -> str:
    return frame.evaluate("getComputedStyle(document.querySelector('h1')).color")


@pytest.mark.parametrize(
    ("style", "is_dark", "query", "expected"),
    [
        ("", False, "", LIGHT_TEXT),
        ("", True, "", DARK_TEXT),  # a host that says nothing of schemes: the browser gives the frame the reader's
        ("", True, "?theme=light", LIGHT_TEXT),
        (":root { color-scheme: light }", False, "", LIGHT_TEXT),
        (":root { color-scheme: dark; background: #101010 }", False, "", DARK_TEXT),
        (":root { color-scheme: light dark }", True, "", DARK_TEXT),
        (":root { color-scheme: light dark }", True, "?theme=light", LIGHT_TEXT),
        ("", False, "?theme=dark", DARK_TEXT),
        ("", False, "?theme=nonsense", LIGHT_TEXT),
    ],
)
def test_the_colours_are_those_of_the_host_or_those_asked_for(sample_site, url, host, style, is_dark, query, expected):
    opened = host(framed(sample_site, url, "macro", 600, query=query), style, is_dark=is_dark)
    if not is_dark:
        opened.page.emulate_media(color_scheme="null")  # an emulated scheme would be forced on the frame too
    (frame,) = frames_of(opened.page)
    assert colour(frame) == expected
    assert frame.evaluate("getComputedStyle(document.body).backgroundColor") == "rgba(0, 0, 0, 0)"


def rows_of(frame: Frame) -> list[tuple[str, str, str]]:
    """Name, requests and tokens of the rows in sight."""
    rows = frame.locator(".rows tbody tr").all()
    return [tuple(cell for cell in row.locator("th, td").all_inner_texts() if cell) for row in rows]


def test_rows_can_be_fewer_and_in_the_order_of_tokens(sample_site, url, host):
    opened = host(
        "".join(framed(sample_site, url, "tasks", 600, query=query) for query in ("?n=5", "?metric=tokens&n=3"))
    )
    few, by_tokens = map(rows_of, frames_of(opened.page))
    page = sample_site.page("e/tasks")
    table = [["".join(cell.itertext()) for cell in row] for row in page.findall(".//details//tbody/tr")]
    assert few == [tuple(row) for row in table[:5]]
    most = sorted(table, key=lambda row: -float(row[2].split()[0]))
    assert by_tokens == [tuple(row) for row in most[:3]]


@pytest.mark.parametrize("query", ["?n=0", "?n=-3", "?n=x", "?n=1000", "?metric=size", "?title=1", "?theme="])
def test_an_option_that_makes_no_sense_leaves_the_chart_as_it_is(sample_site, url, host, query):
    opened = host(framed(sample_site, url, "code-debugging", 600, query=query))
    (frame,) = frames_of(opened.page)
    assert has_chart(frame)
    assert frame.locator("h1").is_visible()
    assert frame.locator(".rows tbody tr").count() == 10


@pytest.mark.parametrize("query", ["?n=5", "?metric=tokens", "?n=3&theme=dark&title=0"])
def test_nothing_is_seen_to_move_when_the_address_asks_for_other_rows(url, open_page, query):
    for _ in range(4):  # it is a matter of who is quicker
        page = open_page(f"{url}e/code-debugging/{query}", width=600).page
        expect(page.locator(".rows")).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert layout_shifts(page) == []


def test_title_and_notice_can_be_left_out(sample_site, url, host):
    opened = host(framed(sample_site, url, "code-debugging", 600, EDITION, "?title=0&notice=0"))
    (frame,) = frames_of(opened.page)
    assert not frame.locator("h1").is_visible()
    assert frame.locator(".notice").count() == 0
    assert has_chart(frame)


def test_an_edition_without_scripts_still_leads_to_the_latest(sample_site, url, host):
    opened = host(framed(sample_site, url, "code-debugging", 600, EDITION), has_javascript=False)
    (frame,) = frames_of(opened.page)
    assert frame.locator(".notice a").get_attribute("href") == "../../code-debugging/"
    assert "Since this edition" not in frame.locator(".notice").inner_text()


def test_an_edition_whose_leader_still_leads_says_nothing_of_changes(sample_site, url, host):
    newest = max(path.name for path in (sample_site.folder / "e").glob("2026-W*"))
    opened = host(framed(sample_site, url, "macro", 600, newest))
    (frame,) = frames_of(opened.page)
    opened.page.wait_for_load_state("networkidle")
    assert frame.locator(".notice").inner_text().strip() == "See the latest"


# --- The builder and its snippets -----------------------------------------------------------------------------------


def snippets_of(page: Page) -> dict[str, str]:
    """Platform -> what is to be pasted."""
    return {
        snippet.locator("h3").evaluate("(head) => head.firstChild.textContent").strip(): snippet.locator(
            "code"
        ).text_content()
        for snippet in page.locator(".snippet").all()
    }


def pasted(platform: str, code: str) -> str:
    """What the platform makes of it, as HTML."""
    if platform == "Hugo":
        given = dict(re.findall(r'(\w+)="([^"]*)"', code))
        image = f'<a href="{given["link"]}"><img src="{given["src"]}" alt="{given["alt"]}"></a>'
        return f"<figure>{image}<figcaption>{given['caption']}</figcaption></figure>"
    if platform in ("GitHub", "Markdown"):
        return markdown.markdown(code)
    if platform in ("WordPress", "Notion") or platform.startswith("dev.to"):
        return f'<a href="{code}">{code}</a>'
    return code


@pytest.mark.parametrize("choice", ["", EDITION])
@pytest.mark.parametrize("chart", ["macro", "code-debugging"])
def test_every_snippet_works_where_it_is_pasted(sample_site, url, host, open_page, chart, choice):
    builder = open_page(f"{url}embed/{chart}/{f'?edition={choice}' if choice else ''}")
    expect(builder.page.locator(".preview iframe")).to_be_visible()
    builder.page.wait_for_load_state("networkidle")
    snippets = snippets_of(builder.page)
    assert len(snippets) == 16
    told = said_of(sample_site, chart, choice)
    for platform, code in snippets.items():
        if platform in ("As a sentence", "APA", "BibTeX", "CSL-JSON"):  # what they say: test_citations.py
            assert said_of(sample_site, chart, "")["page"] in code, platform
            assert "editions/" not in code, "a citation of the live page names its day"
            continue
        opened = host(pasted(platform, code.replace(PREVIEW_ADDRESS, url)))
        page = opened.page
        page.wait_for_load_state("networkidle")
        assert page.locator("iframe, img, a").count(), platform
        for image in page.locator("img").all():
            assert image.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 300, platform
            assert image.get_attribute("alt") == told["description"], platform
        for frame in frames_of(page):
            assert has_chart(frame), platform
            assert overflow(frame) == [0, 0], platform
        for link in page.locator("a").all():
            target = urlsplit(link.get_attribute("href")).path.lstrip("/")
            assert (sample_site.folder / target / "index.html").is_file(), platform
        if page.locator("img").count():
            assert " ".join(told["source"].split()) in " ".join(page.locator("body").inner_text().split()), platform


def test_the_builder_puts_choices_into_snippets_and_preview(sample_site, url, open_page):
    opened = open_page(f"{url}embed/code-debugging/")
    page = opened.page
    page.get_by_label("Colours").select_option("dark")
    page.get_by_label("Rows").select_option("5")
    frame = page.frame_locator(".preview iframe")
    expect(frame.locator(".rows tbody tr")).to_have_count(5)
    snippets = snippets_of(page)
    assert snippets["WordPress"].endswith("/e/code-debugging/?theme=dark&n=5")
    assert 'src="http://localhost:8000/e/code-debugging/?theme=dark&amp;n=5"' in snippets["Any page"]
    page.get_by_label("Preview").select_option("320")
    assert page.locator(".preview iframe").get_attribute("width") == "320"
    assert opened.messages == [] and opened.foreign_requests() == []


def test_a_snippet_is_copied_by_keyboard(sample_site, url, open_page):
    page = open_page(f"{url}embed/macro/").page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button = page.get_by_role("button", name="Copy: WordPress")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{PREVIEW_ADDRESS}e/macro/"


def test_an_edition_without_the_chart_is_said_and_the_snippets_stay_live(sample_site, url, open_page):
    page = open_page(f"{url}embed/macro/?edition=1999-W01").page
    expect(page.locator(".told")).to_contain_text("This chart is not in the edition 1999-W01")
    assert snippets_of(page)["WordPress"] == f"{PREVIEW_ADDRESS}e/macro/"


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", ["embed/", "embed/code-debugging/"])
def test_nothing_moves_when_choices_and_preview_come(sample_site, url, open_page, path, width):
    page = open_page(f"{url}{path}", width=width).page
    expect(page.frame_locator(".preview iframe").locator("figure")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert layout_shifts(page) == []


def test_without_javascript_the_page_of_a_chart_has_its_snippets_and_no_empty_controls(sample_site, url, open_page):
    page = open_page(f"{url}embed/code-debugging/", has_javascript=False).page
    assert page.locator(".snippet").count() == 16
    assert not page.locator(".choices").is_visible()
    assert page.get_by_role("button").count() == 0


def test_beside_every_chart_stand_embed_image_data_and_cite_and_all_lead_somewhere(sample_site):
    for path in ("", "tasks/code/debugging", f"editions/{EDITION}", f"editions/{EDITION}/tasks/code", "models"):
        page = sample_site.page(path)
        figures = page.findall(".//figure")
        assert figures
        for figure in figures:
            links = figure.findall(".//ul[@class='uses']/li/a")
            assert [link.text for link in links] == ["Embed", "Image", "Data", "Cite"]
            for link in links:
                target = unescape(urlsplit(urljoin(f"http://site/{path}/", link.get("href"))).path).lstrip("/")
                place = sample_site.folder / target
                assert place.is_file() or (place / "index.html").is_file(), link.get("href")


def test_the_snippets_of_the_page_without_scripts_are_those_of_the_page_with_them(sample_site, url, open_page):
    page = sample_site.page("embed/code-debugging")
    plain = ["".join(code.itertext()) for code in page.findall(".//pre/code")]
    scripted = open_page(f"{url}embed/code-debugging/").page
    expect(scripted.locator(".preview iframe")).to_be_visible()
    assert list(snippets_of(scripted).values()) == plain
