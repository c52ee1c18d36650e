"""Twins in Markdown: the same figures as on their pages, read from both; and llms.txt, which leads to them."""

import re
from collections import Counter
from html import unescape
from pathlib import Path

import cmarkgfm
import markdown
import pytest
import responses
from built import build, text_of
from html5lib import parse
from hypothesis import given
from hypothesis import strategies as st

from generator.addresses import PREVIEW_ADDRESS, twin_path
from generator.formats import in_markdown, upright

TEMPLATES = Path(__file__).parent.parent / "templates"
FIGURE = re.compile(r"[+−]?\d+\.\d\s(?:%|pp)")
LINK = re.compile(r"(?<!\\)\]\(([^)]*)\)")


@pytest.fixture(scope="module")
def real_site(tmp_path_factory, drawings):
    """Two weeks of real data, by its marks."""
    files = [(f"7d/2026-08-{day}.json", responses.body(f"2026-08-{day}", variant=day)) for day in (23, 30)]
    out = tmp_path_factory.mktemp("twins") / "site"
    build(out, files, cache=drawings)
    return out


def twins_of(folder):
    """Path of each page that has a twin -> HTML and Markdown."""
    return {
        path.parent.relative_to(folder).as_posix().removeprefix(".") + "/" * (path.parent != folder): (
            path.with_suffix(".html").read_text("utf-8"),
            path.read_text("utf-8"),
        )
        for path in sorted(folder.rglob("index.md"))
    }


def tables_of(html):
    """The tables of a page by their captions, without those that the twin leaves out and without what is only heard."""
    seen = re.sub(r'<span class="unseen">.*?</span>|<svg aria-hidden.*?</svg>', "", html)
    found = re.findall(r"<table.*?</table>", seen, re.DOTALL)
    return [table for table in found if 'class="facts calendar"' not in table]


def is_left_out(table, path):
    """The front of an edition says how heavy requests are in a sentence: the shares stand in the table before it."""
    return path.startswith("editions/2") and "Tasks by tokens per request" in table


# ---------------------------------------------------------------- figures


def test_every_figure_in_the_tables_of_a_page_stands_in_its_twin_and_no_other(sample_site):
    pages = twins_of(sample_site.folder)
    assert len(pages) > 90
    for path, (html, text) in pages.items():
        tables = [table for table in tables_of(html) if not is_left_out(table, path)]
        on_page = Counter(figures("".join(re.sub("<[^>]*>", " ", table) for table in tables)))
        assert on_page == Counter(figures("".join(re.findall(r"^\|.*\n", text, re.MULTILINE)))), path
    assert sum(len(figures(text)) for _, text in pages.values()) > 10_000


def figures(text):
    return [figure.replace("\xa0", " ") for figure in FIGURE.findall(unescape(text))]


@pytest.mark.parametrize("path", ["", "tasks/", "tasks/code/", "tasks/code/debugging/", "models/"])
def test_a_twin_read_by_python_has_the_tables_of_its_page_cell_by_cell(sample_site, path):
    html, text = twins_of(sample_site.folder)[path]
    page = rows_of(parse(html, namespaceHTMLElements=False))
    twin = rows_of(parse(markdown.markdown(text, extensions=["tables"]), namespaceHTMLElements=False))
    assert len(page) == len(twin) > 5
    for of_page, of_twin in zip(page, twin, strict=True):
        assert len(of_page) == len(of_twin)
        for cell, same in zip(of_page, of_twin, strict=True):
            assert same.startswith(cell), "behind it, the twin has the identifier"


def rows_of(page):
    """The cells of all tables, but for empty ones and for brackets, in which twins have what is printed smaller."""
    rows = []
    for table in page.iter("table"):
        if table.get("class") != "facts calendar":
            for part in table.iter():
                if part.get("class") == "unseen":
                    part.text = None
            rows += [[bare(text_of(cell)) for cell in row if bare(text_of(cell))] for row in table.iter("tr")]
    return rows


def bare(text):
    return re.sub(r"[(),]", "", text)


# ---------------------------------------------------------------- what a twin is


def test_each_page_that_has_a_twin_says_so_and_no_other_does(sample_site):
    folder = sample_site.folder
    for file in folder.rglob("*.html"):
        path = file.relative_to(folder).as_posix().removesuffix("index.html")
        html = file.read_text("utf-8")
        links = re.findall(r'<link rel="alternate" type="text/markdown" href="([^"]*)"', html)
        assert [str((file.parent / link).resolve().relative_to(folder.resolve())) for link in links] == [
            twin for twin in (twin_path(path),) if twin
        ], path


@pytest.mark.parametrize("site", ["real", "sample"])
def test_each_twin_says_window_source_and_licence_or_that_it_is_the_sample(sample_site, real_site, site):
    for path, (_, text) in twins_of(real_site if site == "real" else sample_site.folder).items():
        assert re.match(r"# .+\n\n", text), path
        assert re.search(r"\n7 days ending \d+ \w+ 2026, UTC\.", text), path
        line = r"\nSource: OpenRouter \(openrouter.ai/rankings\), as of 2026-08-\d\d\. Licensed under CC BY 4\.0\.\n"
        assert bool(re.search(line, text)) == (site == "real"), path
        assert ("\n> **Sample data.** The models on this page are fictional" in text) == (site == "sample"), path
        assert text.endswith("\n"), path
        assert "&#" not in text, f"{path}: nothing in these data has to be written as a number"


def test_links_between_twins_lead_to_twins_and_are_checked_by_the_build(sample_site):
    folder = sample_site.folder
    text = (folder / "tasks/code/debugging/index.md").read_text("utf-8")
    targets = LINK.findall(text)
    assert {"../index.md", "../../../method/index.md", "./", "../../../charts/code-debugging.csv"} <= set(targets)
    assert all((folder / "tasks/code/debugging" / target.partition("#")[0]).exists() for target in targets)


def test_twins_are_small(sample_site):
    sizes = {path: len(text.encode()) for path, (_, text) in twins_of(sample_site.folder).items()}
    assert max(size for path, size in sizes.items() if path.startswith(("tasks/", "models/"))) < 12_000
    editions = [path for path in sizes if re.fullmatch(r"editions/\d+-W\d+/", path)]
    for edition in editions:
        assert [size < 12_000 for path, size in sizes.items() if path.startswith(edition)] == [True], "of its front"


# ---------------------------------------------------------------- text stays text


@given(st.text(st.one_of(st.sampled_from("\\`*_[]()<>|&#;:/!~+-=.1 w\n"), st.characters()), max_size=40))
def test_any_text_in_a_cell_is_shown_as_it_is_by_the_renderer_of_github(text):
    html = cmarkgfm.github_flavored_markdown_to_html(f"| head |\n|---|\n| x{in_markdown(text)}x |\n")
    (cell,) = parse(html, namespaceHTMLElements=False).iter("td")
    assert list(cell) == [], "neither mark-up nor a link"
    assert cell.text == f"x{shown(text)}x"


@given(st.text(st.sampled_from("\\`*_[]()<>|&#;+-.1 a"), max_size=12))
def test_any_text_is_a_paragraph_and_nothing_else(text):
    html = cmarkgfm.github_flavored_markdown_to_html(f"Before\n\n{in_markdown(text)}\n")
    found = [element.tag for element in parse(html, namespaceHTMLElements=False).find("body")]
    assert found == ["p", "p"][: 1 + bool(shown(text).strip())]


def shown(text):
    return re.sub(r"[\x00-\x1f\x7f]", "\ufffd", re.sub(r"\s+", " ", upright(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Q&A & Knowledge", "Q&A & Knowledge"),
        ("code:general_impl", "code:general_impl"),
        ("_x_ __y", r"\_x\_ \_\_y"),
        ("a|b\nc", r"a\|b c"),
        ("[x](https://a.example)", r"\[x\](https&#58;//a.example)"),
        ("<script>", "&lt;script&gt;"),
        ("&lt;", "&amp;lt;"),
        ("# 1", r"\# 1"),
        ("1. x", r"1\. x"),
        ("12.7 %", "12.7 %"),
        ("- x", r"\- x"),
        ("Source: OpenRouter (openrouter.ai/rankings), as of 2026-08-31.",) * 2,
    ],
)
def test_only_what_would_be_taken_for_mark_up_is_escaped(text, expected):
    assert in_markdown(text) == expected


def test_templates_of_twins_join_nothing_that_has_not_been_escaped_for_markdown():
    for file in (TEMPLATES / "markdown").iterdir():
        assert not re.search(r"\|\s*(join|replace|e|escape|safe|format|string)\b", file.read_text("utf-8")), file.name


# ---------------------------------------------------------------- llms.txt


def test_llms_txt_has_the_form_that_is_asked_for_and_leads_to_what_is_there(sample_site):
    text = (sample_site.folder / "llms.txt").read_text("utf-8")
    head, *lists = re.split(r"\n## ", text)
    title, quote, *notes = head.strip().split("\n\n")
    assert title == "# Task Share"
    assert quote.startswith("> Who does what with language models")
    assert notes[0].startswith("**Sample data.**")
    assert not any(note.startswith("#") for note in notes)
    assert [part.split("\n")[0] for part in lists] == ["Pages", "Tasks", "Data", "Optional"]
    entries = [line for part in lists for line in part.split("\n")[1:] if line]
    paths = [re.fullmatch(rf"- \[.+\]\({re.escape(PREVIEW_ADDRESS)}([^)]+)\): .+", line)[1] for line in entries]
    assert len(set(paths)) == len(paths) > 80
    assert all((sample_site.folder / path).exists() for path in paths)
    assert {"index.md", "tasks/code/debugging/index.md", "editions/2026-W35/index.md"} <= set(paths)


def test_llms_txt_says_how_to_cite_real_data(real_site):
    text = (real_site / "llms.txt").read_text("utf-8")
    line = "Source: OpenRouter (openrouter.ai/rankings), as of 2026-08-30. Licensed under CC BY 4.0."
    assert f"\n- To cite: {line} Task Share, and the address of the page.\n" in text
    assert "Sample" not in text
