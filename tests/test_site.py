"""The folder that a build leaves: whole or untouched, the same bytes everywhere, honest about what it is made of."""

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import responses
from built import DEFAULTS, build
from conftest import contents

from generator import pipeline, site
from generator.errors import SiteError
from generator.models import File, Frozen, Link, Page, SiteWords, SnapshotWords

PROJECT = Path(__file__).parent.parent
SHEETS = tuple(f"{name}.css" for name in ("compare", "compared", "frame", "record", "rows", "site", "snippet", "use"))
WORDS = SiteWords("Site", "About it.", "", "", False, SnapshotWords("7 days", "Source.", ""), "2026-08-31", (), ())


@pytest.fixture
def folders(tmp_path):
    """Templates and static files of a tiny site."""
    templates, static = tmp_path / "templates", tmp_path / "static"
    templates.mkdir()
    static.mkdir()
    (templates / "page.html").write_text(
        "<p id=here>{{ content }}</p>{% if page.path == 'x/' %}{{ nothing }}{% endif %}"
    )
    (static / "palette.css").write_text(
        ":root { --text: #111; } @media (prefers-color-scheme: dark) { :root { --text: #eee; } }"
    )
    for name in (*SHEETS, "site.js"):
        (static / name).write_text(f"/* {name} */ a {{ color : red; }}" if name.endswith("css") else f"// {name}")
    return templates, static


def write(folders, out, *paths, files=(), content="Text"):
    pages = [Page(path, "page.html", "Title", "", (), content) for path in paths]
    return site.write_site([*pages, *files], (), lambda paths: [File("build.json", b"{}")], WORDS, *folders, out)


def test_no_text_of_a_script_holds_another_whose_spaces_the_minifier_would_take():
    for script in (PROJECT / "static").glob("*.js"):
        if script.name != "vega.js":
            assert not re.search(r"`[^`]*\$\{[^}`]*`", script.read_text("utf-8")), script.name


def test_a_site_is_written_whole(folders, tmp_path):
    written = write(folders, tmp_path / "out", "", "a/b/", "404.html", files=[File("data/x.csv", b"1")])
    assert set(contents(tmp_path / "out")) == {
        *("index.html", "a/b/index.html", "404.html", "build.json", "data/x.csv"),
        *(f"static/{name}" for name in (*SHEETS, "site.js")),
    }
    assert (written.pages, written.files) == (3, 14)
    assert (tmp_path / "out/static/site.css").read_text().endswith("}}" + "a{color:red}" * 5)


@pytest.mark.parametrize(
    ("paths", "files", "message"),
    [
        (("x/",), (), "page x/: template page.html: 'nothing' is undefined"),
        (("a/", "a/"), (), "two things have one path, 'a/index.html'"),
        (("a/", "A/"), (), "two things have one path, 'a/index.html' and 'A/index.html'"),
        (("../a/",), (), "leaves the site"),
        (("a/",), (File("/etc/x", b""),), "leaves the site"),
    ],
)
def test_what_is_refused_leaves_the_last_site_as_it_was(folders, tmp_path, paths, files, message):
    write(folders, tmp_path / "out", "")
    before = contents(tmp_path)
    with pytest.raises(SiteError, match=re.escape(message)):
        write(folders, tmp_path / "out", *paths, files=files)
    assert contents(tmp_path) == before


def test_text_of_the_data_is_escaped(folders, tmp_path):
    write(folders, tmp_path / "out", "", content="<script>alert(1)</script>")
    assert "&lt;script&gt;" in (tmp_path / "out/index.html").read_text()


@pytest.mark.parametrize(
    ("link", "is_good"),
    [
        ("b/", True), ("b/#there", True), ("#here", True), ("../a/b/", True), ("b/index.html", True), ("./", True),
        ("b/?v=1", True), ("https://openrouter.ai/", True), ("mailto:a@b", True), ("c/", False), ("b/#gone", False),
        ("#gone", False), ("b", False), ("../../../etc/passwd", False), ("http://other.example/", False),
        ("//other.example/x.js", False), ("javascript:alert(1)", False), ("data:text/html,x", False),
    ],
)  # fmt: skip
def test_every_link_leads_somewhere_or_the_build_stops(link, is_good):
    files = {
        "a/index.html": f'<p id="here"><a href="{link}">x</a></p>'.encode(),
        "a/b/index.html": b'<p id="there"></p>',
    }
    found = {path: site.links_of(path, body) for path, body in files.items()}
    links, anchors = ({path: pair[n] for path, pair in found.items()} for n in (0, 1))
    if is_good:
        site.check_links(links, anchors, files)
    else:
        with pytest.raises(SiteError, match="1 links lead nowhere"):
            site.check_links(links, anchors, files)


def test_a_link_to_the_site_s_own_address_is_a_link_within_it_with_or_without_tls():
    body = b'<a href="http://site.example/a/b/#there"></a><a href="http://other.example/">x</a><a href="http://site.example/">'
    links, _ = site.links_of("a/index.html", body, "http://site.example/")
    assert set(links) == {"a/b/index.html#there", "http://other.example/", "index.html"}


def test_a_folder_that_no_build_made_is_left_alone(folders, tmp_path):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos/holiday.jpg").write_bytes(b"precious")
    with pytest.raises(SiteError, match="was not made by a build"):
        write(folders, tmp_path / "photos", "")
    assert (tmp_path / "photos/holiday.jpg").read_bytes() == b"precious"


def test_an_empty_folder_may_be_filled(folders, tmp_path):
    (tmp_path / "out").mkdir()
    write(folders, tmp_path / "out", "")
    assert (tmp_path / "out/index.html").is_file()


def test_a_page_that_is_gone_is_gone_from_the_next_site(folders, tmp_path):
    write(folders, tmp_path / "out", "", "old/")
    write(folders, tmp_path / "out", "")
    assert not (tmp_path / "out/old").exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("out")] == ["out"]


def test_a_disk_that_is_full_leaves_the_last_site_and_says_so(folders, tmp_path, monkeypatch):
    write(folders, tmp_path / "out", "")
    before = contents(tmp_path / "out")

    def full(self, body):
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(SiteError, match="No space left on device"):
        write(folders, tmp_path / "out", "", "more/")
    assert contents(tmp_path / "out") == before


def test_the_address_of_a_changed_asset_changes(folders, tmp_path):
    templates, static = folders
    (templates / "page.html").write_text("{{ version }}")
    versions = set()
    for text in ("one", "two", "one"):
        (static / "site.js").write_text(text)
        write(folders, tmp_path / "out", "")
        versions.add((tmp_path / "out/index.html").read_text())
    assert len(versions) == 2


ANSWER = [("7d/2026-08-31.json", responses.body())]


@pytest.fixture(scope="module")
def small_site(tmp_path_factory, drawings):
    """A site of real data (by its marks, not by its names)."""
    out = tmp_path_factory.mktemp("small") / "site"
    build(out, ANSWER, cache=drawings)
    return out


def pages_of(folder):
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.html")}


def test_the_sample_says_what_it_is_on_every_page_and_in_every_picture_and_keeps_robots_out(sample_site):
    for path, html in pages_of(sample_site.folder).items():
        assert "<strong>Sample data.</strong>" in html, path
        assert '<meta name="robots" content="noindex">' in html, path
        assert "(sample data)</title>" in html, path
        assert "Source: OpenRouter" not in html, path
    for picture in (sample_site.folder / "charts").rglob("*-text.svg"):
        assert "Sample data, fictional models" in picture.read_text("utf-8")
    assert "Disallow: /" in (sample_site.folder / "robots.txt").read_text()
    assert json.loads((sample_site.folder / "build.json").read_text())["is_sample"] is True


def test_real_data_carry_the_source_line_on_every_page_and_in_every_picture(small_site):
    line = "Source: OpenRouter (openrouter.ai/rankings), as of 2026-08-31."
    for path, html in pages_of(small_site).items():
        assert line in html, path
        assert "Licensed under CC BY 4.0." in html, path
        assert "Sample data" not in html, path
        is_elsewhere = path.startswith("e/") and '<link rel="canonical"' in html
        assert ("noindex" in html) == (path == "404.html" or (path.startswith("e/") and not is_elsewhere)), path
    for picture in (small_site / "charts").rglob("*-text.svg"):
        assert line in picture.read_text("utf-8")
    assert "Allow: /" in (small_site / "robots.txt").read_text()


CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)


DATA_BLOCK = re.compile(r'<script type="application/ld\+json">[^<]*</script>')


def policy_of(path, html):
    """Pages that do not stay as they are have their styles in them, named by their digests, and so have live embeds.

    An embed shows no picture but its drawing; pages with a preview may show frames of this site.
    """
    policy = CSP
    styles = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    digests = (base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() for style in styles)
    policy = policy.replace("style-src 'self'", " ".join(["style-src 'self'", *(f"'sha256-{one}'" for one in digests)]))
    if "static/frame.js" in html:
        return policy.replace(" img-src 'self' data:;", "")
    return f"{policy}; frame-src 'self'" if path.startswith("embed/") else policy


def test_every_page_has_the_strict_policy_and_asks_no_other_host_for_anything(sample_site):
    for path, html in pages_of(sample_site.folder).items():
        assert f'<meta http-equiv="Content-Security-Policy" content="{policy_of(path, html)}">' in html, path
        html = re.sub(r"<style>[^<]*</style>", "", html)
        if path.startswith(("e/", "embed/")):
            html = re.sub(r"<code>[^<]*</code>", "", html)  # what is to be pasted elsewhere, as text
        assert not re.search(r'(?:src|srcset|action|poster)="(?:https?:)?//', html), path
        assert not re.search(r'<link[^>]+rel="(?:stylesheet|icon|preload)"[^>]+href="(?:https?:)?//', html), path
        html = DATA_BLOCK.sub("", html)  # data for programs, which no browser runs
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", html), path


def test_links_are_relative_on_every_page_but_the_one_for_unknown_addresses(sample_site):
    for path, html in pages_of(sample_site.folder).items():
        if path != "404.html":
            assert not re.search(r'(?:href|src)="/', html), path


def test_the_page_for_unknown_addresses_links_from_the_root_of_the_published_site(tmp_path, drawings):
    settings = DEFAULTS.__class__(**{**fields(DEFAULTS), "address": "https://someone.github.io/task-share/"})
    build(tmp_path / "site", ANSWER, settings=settings, cache=drawings)
    html = (tmp_path / "site/404.html").read_text()
    assert 'src="/task-share/static/site.js' in html
    home = (tmp_path / "site/index.html").read_text()
    assert '<link rel="canonical" href="https://someone.github.io/task-share/">' in home
    sitemap = ET.parse(tmp_path / "site/sitemap.xml").getroot()
    locations = [location.text for location in sitemap.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert "https://someone.github.io/task-share/models/maker-0/model-0-20260810/" in locations
    found = [path for path in pages_of(tmp_path / "site") if path != "404.html" and not path.startswith("e/")]
    assert len(locations) == len(set(locations)) == len(found)
    assert "Sitemap: https://someone.github.io/task-share/sitemap.xml" in (tmp_path / "site/robots.txt").read_text()


def fields(settings):
    return {name: getattr(settings, name) for name in settings.__slots__}


def test_build_json_says_what_the_site_is_made_of(small_site):
    made_of = json.loads((small_site / "build.json").read_text())
    assert made_of["as_of"] == "2026-08-31"
    assert made_of["snapshot"]["path"] == "7d/2026-08-31.json"
    assert made_of["history"] == {"first_day": "2026-08-31", "days": 1, "days_missing": 0, "days_restated": 0}
    assert made_of["pages"] == len(pages_of(small_site))
    tools = "altair jinja2 markdown pillow polars rcssmin rjsmin uharfbuzz vl-convert-python xlsxwriter"
    assert set(made_of["made_with"]) == set(tools.split())
    assert len(made_of["digest"]) == 64


def test_a_first_snapshot_says_why_there_is_no_history(small_site, sample_site):
    below = "This is the first snapshot of this site, and the source keeps no history: there is none to show yet."
    for path in ("tasks/code/task_0/", "models/maker-0/model-0-20260810/"):
        assert below in (small_site / path / "index.html").read_text("utf-8")
    words = "This is the first snapshot of this site. The source keeps no history"
    assert words in (small_site / "index.html").read_text()
    assert words not in (sample_site.folder / "index.html").read_text()


def test_two_builds_elsewhere_give_the_same_bytes(tmp_path):
    """Another process, folder, time zone, language and hash seed; once with a cache and once without."""
    sites = []
    for name, surroundings in (
        ("one", {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "LC_ALL": "C"}),
        ("two/deeper", {"TZ": "America/Los_Angeles", "PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8"}),
    ):
        folder = tmp_path / name
        folder.mkdir(parents=True)
        command = [sys.executable, "-m", "generator", "build", "--sample-days", "2", "--out", "site"]
        environment = {**os.environ, **surroundings, "PYTHONPATH": str(PROJECT)}
        subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
        sites.append(contents(folder / "site"))
    assert sites[0].keys() == sites[1].keys()
    assert [path for path in sites[0] if sites[0][path] != sites[1][path]] == []


def test_the_command_says_what_it_made_and_where_to_open_it(run, tmp_path):
    result = run("build", "--sample-days", "1", "--out", "site")
    assert result.code == 0
    assert "no snapshot of the window 7d in data: this is the sample, fictional models" in result.out
    assert re.search(r"built site: \d+ pages, \d+ charts, as of 2026-08-31, \d+\.\d MB in", result.out)
    assert f"open {(tmp_path / 'site/index.html').as_uri()}" in result.out


def test_a_damaged_archive_stops_the_build_and_the_last_site_stays(run, tmp_path):
    (tmp_path / "data/7d").mkdir(parents=True)
    (tmp_path / "data/7d/2026-08-31.json").write_bytes(responses.body())
    assert run("build", "--out", "site").code == 0
    before = contents(tmp_path / "site")
    (tmp_path / "data/7d/2026-08-31.json").write_bytes(responses.body()[:-40])
    result = run("build", "--out", "site")
    assert result.code == 1
    assert "2026-08-31.json" in result.err
    assert contents(tmp_path / "site") == before


def test_the_navigation_is_made_of_the_data(small_site):
    html = (small_site / "index.html").read_text()
    found = re.findall(r'<li><a href="\./([^"]*)"', html)
    links = [Link("", path) for path in found]
    assert {link.path for link in links} >= {"tasks/code/", "tasks/data/", "tasks/", "models/", "method/"}


def test_pipeline_finds_templates_and_static_files_wherever_it_is_run():
    assert pipeline.TEMPLATES == PROJECT / "templates"
    assert (pipeline.FONTS / "Inter-Regular.ttf").is_file()


@pytest.mark.parametrize(
    ("link", "written"),
    [
        ("days/2026-08-30/", "index.html"),
        ("days/2026-08-30/#models", "#models"),
        ("days/2026-08-23/#code/debugging", "../2026-08-23/index.html#code/debugging"),
        ("days/", "../index.html"),
        ("days-of-old/", "../../days-of-old/index.html"),
        ("compare/?from=2026-08-23", "../../compare/index.html?from=2026-08-23"),
        ("data/v1/7d/2026-08-30.json#/data", "../../data/v1/7d/2026-08-30.json#/data"),
        ("", "../../index.html"),
    ],
)
def test_links_of_what_stays_as_it_is_are_named_to_their_end_by_the_shortest_way(folders, tmp_path, link, written):
    templates, static = folders
    text = '<a href="{{ root }}{{ content }}"></a>{{ page.title }}<p id="models"><p id="code/debugging">'
    (templates / "page.html").write_text(text)
    words = SnapshotWords("7 days", "Source.", "")
    others = [Page(path, "page.html", path, "", (), "") for path in
              ("", "days/", "days-of-old/", "compare/", "days/2026-08-23/")]  # fmt: skip
    page = Page("days/2026-08-30/", "page.html", "Day", "", (), link, Frozen(words))
    write_all = [*others, page, File("data/v1/7d/2026-08-30.json", b"{}")]
    site.write_site(write_all, (), lambda paths: [], WORDS, templates, static, tmp_path / "out")
    assert (tmp_path / "out/days/2026-08-30/index.html").read_text().startswith(f'<a href="{written}"></a>Day')
