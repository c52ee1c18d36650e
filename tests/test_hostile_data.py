"""Names that want to be HTML, scripts, templates or paths: the site shows them as text, or no site is made at all."""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import responses
from browser import OpenedPage, PageOpener, serve_folder
from built import build, text_of
from cmarkgfm import github_flavored_markdown_to_html
from cmarkgfm.cmark import Options
from conftest import contents
from html5lib import parse
from markdown import markdown
from playwright.sync_api import Page, expect

from generator import validate
from generator.addresses import category_path, model_path, safe_segment, task_path

SCRIPT, PICTURE = "</script><img src=x onerror=alert(1)>", '"><svg onload=alert(1)>'
TASKS = (  # tag, macro-category, display name, and how readers see it
    ("code:../../x", "code", SCRIPT, SCRIPT),
    ("../../x", "index.html", PICTURE, PICTURE),
    ('say"it\'s"', "index.html", "{{7*7}}", "{{7*7}}"),
    ("index.html", "🦙", "javascript:alert(1)", "javascript:alert(1)"),
    ("..", "🦙", "\u202egnp.exe", "\ufffdgnp.exe"),
    ("CON", "🦙", "שלום עולם", "שלום עולם"),
    ("a b&c", "</script>", "W" * 200, "W" * 200),
    ("${x}{% x %}", "</script>", "日本語の名前がここにありますので表示を確認してください" * 3, None),
    ("same:1", "</script>", "Same", "Same (same:1)"),
    ("same:2", "</script>", "Same", "Same (same:2)"),
)
OUTSIDE = {"https://creativecommons.org/licenses/by/4.0/", "https://openrouter.ai/rankings"}  # of the method's prose
HARMLESS = {
    *("body", "h1", "h2", "h3", "p", "blockquote", "strong", "em", "ul", "ol", "li", "hr", "a", "code"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
MODELS = (
    *('o\'brien/"quoted"', "with space/a b", "🦙/emoji-🦙", "מודל/שם", "turned/\u202egnp", "L" + "o" * 198 + "g"),
    *("UPPER/CASE", "upper/case", "a/b/c/d", "A/" * 99 + "A", "noslash", "..", "author/../..", "/", "-rf/--"),
    *("index.html", "index.html/index.html", SCRIPT, f"x/{PICTURE}", "javascript:alert(1)", "{{7*7}}/${7*7}"),
    *("x/%2e%2e", "x/?q#f", "=cmd|x", "a/b-c", "a-b/c"),
)
PAGES = {task_path(category, tag): seen or label for tag, category, label, seen in TASKS}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, drawings: Path) -> Path:
    """The site of two hostile days a week apart, in a folder with something beside it."""
    beside = tmp_path_factory.mktemp("hostile")
    (beside / "precious").mkdir()
    (beside / "precious" / "index.html").write_text("precious", encoding="utf-8")
    days = [("2026-08-24", 2), ("2026-08-31", 0)]
    build(beside / "site", [(f"7d/{day}.json", hostile(day, turn)) for day, turn in days], cache=drawings)
    return beside / "site"


@pytest.fixture(scope="module")
def url(folder: Path) -> Iterator[str]:
    with serve_folder(folder) as address:
        yield address


@pytest.fixture
def visit(url: str, open_page: PageOpener) -> Iterator[PageOpener]:
    """Opens a page. After the test: no dialog was opened, not a word on the console, no request to elsewhere."""
    visits: list[OpenedPage] = []
    dialogs: list[str] = []

    def visit(path: str, **options: object) -> OpenedPage:
        opened = open_page("about:blank", **options)
        opened.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        opened.page.goto(url + path)
        visits.append(opened)
        return opened

    yield visit
    assert dialogs == []
    for opened in visits:
        assert opened.messages == []
        assert opened.foreign_requests() == []


def hostile(as_of: str = "2026-08-31", turn: int = 0) -> bytes:
    """A response with all of it. Another `turn` has the models in other lists."""
    answer = responses.answer(as_of, tasks=len(TASKS), models=0)
    rows = answer["data"]["classifications"]
    for row, (tag, category, label, _) in zip(rows, TASKS, strict=True):
        row.update(tag=tag, macro_category=category, display_name=label)
    regroup(answer)
    for number, row in enumerate(rows):
        ids = (MODELS * 3)[5 * number + turn :][:5]
        row["models"] = [
            {"id": id, "tag_usage_share": share / 1000, "tag_token_share": round(share / 2000, 3)}
            for id, share in zip(ids, responses.thousandths(5, 600), strict=True)
        ]
    body = responses.dump(answer)
    assert validate.parse_snapshot(body).warnings == ()
    return body


def regroup(answer: dict) -> None:
    """Works out the macro-categories anew, after tasks have changed theirs."""
    groups: dict[str, list[dict]] = {}
    for row in answer["data"]["classifications"]:
        groups.setdefault(row["macro_category"], []).append(row)
    categories = []
    for key, rows in groups.items():
        category = {"key": key, "label": f"{key} & <i>"}
        for name in ("usage_share", "token_share"):
            category[name] = sum(row[name] for row in rows)
            for row in rows:
                row[f"category_{name}"] = round(row[name] / category[name], 3)
        categories.append(category)
    answer["data"]["macro_categories"] = categories


def pages_of(folder: Path) -> list[str]:
    """All but the address of the latest edition, which leads on at once."""
    files = (file.relative_to(folder).as_posix() for file in folder.rglob("*.html"))
    return sorted(path for path in files if path != "editions/latest/index.html")


# --- What lies on the disk ------------------------------------------------------------------------------------------


def test_nothing_is_written_outside_of_the_output(folder: Path) -> None:
    assert sorted(path.name for path in folder.parent.iterdir()) == ["precious", "site", "site-data"]
    assert contents(folder.parent / "precious") == {"index.html": b"precious"}
    assert sorted(contents(folder.parent / "site-data")) == ["7d/2026-08-24.json", "7d/2026-08-31.json"]


def test_no_name_becomes_a_path_that_is_not_plain(folder: Path) -> None:
    paths = [path.relative_to(folder).as_posix() for path in folder.rglob("*")]
    assert [path for path in paths if not re.fullmatch(r"([A-Za-z0-9_][A-Za-z0-9._~-]{0,99}/?)+", path)] == []
    assert max(map(len, paths)) < 400, "the path of an id with a hundred slashes"
    assert len({path.casefold() for path in paths}) == len(paths)


def test_each_thing_has_a_page_of_its_own(folder: Path) -> None:
    categories = {category_path(category) for _, category, _, _ in TASKS}
    expected = {*PAGES, *categories, *map(model_path, MODELS)}
    assert len(expected) == len(TASKS) + 4 + len(MODELS)
    assert {path.removesuffix("index.html") for path in pages_of(folder)} >= expected


def test_every_link_leads_to_a_file_of_the_site(folder: Path) -> None:
    base, broken = "http://site.example/", []
    for path in pages_of(folder):
        page = parse((folder / path).read_text("utf-8"), namespaceHTMLElements=False)
        links = [element.get(name) for element in page.iter() for name in ("href", "src") if element.get(name)]
        for link in links:
            target = urlsplit(urljoin(base + path, link))
            file = folder / unquote(target.path).lstrip("/")
            is_there = (file / "index.html").is_file() if target.path.endswith("/") else file.is_file()
            if not is_there and f"{target.scheme}://{target.netloc}/" == base:
                broken.append(f"{path}: {link}")
            assert target.scheme in ("http", "https"), f"{path}: {link}"
    assert broken == []


def test_every_name_stands_on_its_page_as_text(folder: Path) -> None:
    for path, name in PAGES.items():
        page = parse((folder / path / "index.html").read_text("utf-8"), namespaceHTMLElements=False)
        assert text_of(page.find(".//h1")) == name
        assert page.findall(".//img") == []
        (data,) = [script.text for script in page.iter("script") if script.get("src") is None]
        assert json.loads(data)["@graph"][0]["name"].startswith(f"{name}: shares of requests and tokens")
        assert [script.get("src") is not None for script in page.iter("script")] == [False, True]
        handlers = [name for element in page.iter() for name in element.keys() if name.startswith("on")]  # noqa: SIM118
        assert handlers == []


def test_every_name_stands_in_its_twin_as_text(folder: Path) -> None:
    for file in sorted(folder.rglob("index.md")):
        text = file.read_text("utf-8")
        html = github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE)
        for page in (parse(html, namespaceHTMLElements=False), parse(in_python(text), namespaceHTMLElements=False)):
            assert {element.tag for element in page.find("body").iter()} <= HARMLESS, file
            assert {link.get("href") for link in page.iter("a") if ":" in link.get("href", "")} <= OUTSIDE, file
            for table in page.iter("table"):
                assert len({len(row) for row in table.iter("tr")}) == 1, file
        name = PAGES.get(file.parent.relative_to(folder).as_posix() + "/")
        assert name is None or text_of(page.find(".//h1")) == name


def in_python(text: str) -> str:
    return markdown(text, extensions=["tables"])


def test_no_character_that_turns_text_around_stands_in_a_sentence(folder: Path) -> None:
    turning = re.compile("[\u202a-\u202e\u2066-\u2069]")
    for path in pages_of(folder):
        page = parse((folder / path).read_text("utf-8"), namespaceHTMLElements=False)
        for isolated in [
            part for part in page.iter() if part.tag in ("code", "small") or part.get("class") == "unseen"
        ]:
            isolated.clear()  # an identifier as it was sent, which the style sheet keeps apart
        assert not turning.search(text_of(page.find("body"))), path


def test_pictures_are_well_formed_and_hold_nothing_that_runs(folder: Path) -> None:
    pictures = list((folder / "charts").rglob("*.svg"))
    assert len(pictures) > 40
    for picture in pictures:
        root = ET.parse(picture).getroot()
        names = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert names <= {"svg", "style", "desc", "g", "path", "line", "rect", "circle", "text", "tspan", "defs", "use"}
        attributes = [item for element in root.iter() for item in element.attrib.items()]
        assert not [name for name, value in attributes if name.startswith("on") or "}" in name]
        assert not [value for name, value in attributes if name == "href" and not re.fullmatch(r"#[RSP]\d+", value)]


def test_what_other_programs_read_is_well_formed(folder: Path) -> None:
    for file in (folder / "charts").rglob("*.json"):
        assert json.loads(file.read_text("utf-8"))["$schema"].startswith("https://vega.github.io/schema/vega-lite/")
    assert json.loads((folder / "build.json").read_text("utf-8"))["as_of"] == "2026-08-31"
    sitemap = ET.parse(folder / "sitemap.xml").getroot()
    found = [path for path in pages_of(folder) if not path.startswith(("404.", "e/"))]
    assert len(sitemap) == len(found)


# --- In the browser -------------------------------------------------------------------------------------------------


@pytest.mark.browser
def test_the_scripts_that_hold_data_are_data(visit: PageOpener, folder: Path) -> None:
    page = visit("").page
    files = sorted((folder / "charts").rglob("*.vega.js"))
    for file in (folder / "search-index.js", *files):
        page.add_script_tag(url=f"/{file.relative_to(folder).as_posix()}")

    ids = page.evaluate("Object.keys(self.taskShareCharts)")
    assert sorted(ids) == sorted(str(file.relative_to(folder / "charts")).removesuffix(".vega.js") for file in files)
    rows = page.evaluate("self.taskShareSearch")
    assert [row for row in rows if len(row) != 3 or not all(isinstance(text, str) for text in row)] == []
    assert {(path, name) for name, path, _ in rows} >= set(PAGES.items())


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_no_page_runs_anything_or_grows_wider_than_the_window(visit: PageOpener, folder: Path, width: int) -> None:
    opened = visit("", width=width)
    root = opened.page.url
    for path in pages_of(folder):
        opened.page.goto(root + path)
        assert opened.messages == [], path
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.browser
def test_identifiers_turn_no_text_around_them(visit: PageOpener) -> None:
    page = visit(model_path("turned/\u202egnp")).page
    assert "\u202e" in page.locator("code").inner_text()
    assert page.locator("code").evaluate("code => getComputedStyle(code).unicodeBidi") == "isolate"


@pytest.mark.browser
@pytest.mark.parametrize("path", ["", *list(PAGES)[:6], model_path(SCRIPT), model_path("..")])
def test_interactive_charts_show_names_as_text(visit: PageOpener, path: str) -> None:
    page = visit(path).page
    for figure in page.locator("figure.chart").all():
        wake(page, figure.get_attribute("data-chart"))
        figure.locator(".drawing").focus()
        for _ in range(4):
            page.keyboard.press("ArrowDown")
            expect(page.locator(".tooltip")).to_be_visible()
    assert page.locator("main img, .tooltip img, .tooltip svg, .spoken img").count() == 0


@pytest.mark.browser
@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("script img onerror", "tasks/code/"),
        ("7 7", "tasks/"),
        ("javascript alert", "tasks/"),
        ("gnp", "tasks/"),
        ("w" * 200, "tasks/"),
        ("o'brien", "models/"),
    ],
)
def test_the_search_shows_names_as_text_and_opens_their_pages(visit: PageOpener, words: str, path: str) -> None:
    opened = visit("")
    page, root = opened.page, opened.page.url
    page.locator("#search").fill(words)
    page.get_by_role("option").first.wait_for()
    assert page.locator(".search-results img, .search-results svg, .search-results script").count() == 0
    page.keyboard.press("Enter")
    page.wait_for_url(f"{root}{path}**")
    expect(page.locator("h1")).to_have_count(1)


def wake(page: Page, chart_id: str | None) -> None:
    figure = page.locator(f'figure[data-chart="{chart_id}"]')
    figure.locator(".drawing").hover(position={"x": 2, "y": 2})
    expect(figure).to_have_attribute("data-interactive", "yes")


# --- Two things with one address ------------------------------------------------------------------------------------

ODD = "A b"  # would have the address a-b-..., which another id may simply be called
COLLISIONS = {
    "tags": ([("code:x", "code", "One"), ("x", "code", "Two")], ["maker/model"]),
    "models": ([("code:x", "code", "One")], [ODD, safe_segment(ODD)]),
}


@pytest.mark.parametrize("case", COLLISIONS)
def test_two_things_whose_addresses_would_be_one_both_have_theirs(tmp_path: Path, drawings: Path, case: str) -> None:
    tasks, models = COLLISIONS[case]
    build(tmp_path / "site", [("7d/2026-08-31.json", colliding(tasks, models))], cache=drawings)

    paths = {task_path(category, tag) for tag, category, _ in tasks} | {model_path(model) for model in models}
    assert len(paths) == len(tasks) + len(models)
    pages = [(tmp_path / "site" / path / "index.html").read_text("utf-8") for path in paths]
    assert len({re.search(r"<h1[^>]*>(.*?)</h1>", html)[1] for html in pages}) == len(paths)


def colliding(tasks: list[tuple[str, str, str]], models: list[str]) -> bytes:
    answer = responses.answer(tasks=len(tasks), models=len(models))
    for row, (tag, category, label) in zip(answer["data"]["classifications"], tasks, strict=True):
        row.update(tag=tag, macro_category=category, display_name=label)
        for model, model_id in zip(row["models"], models, strict=True):
            model["id"] = model_id
    regroup(answer)
    return responses.dump(answer)
