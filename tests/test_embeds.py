"""Embeds: complete, small, described for those who discover them, and with the right leader then and now."""

import gzip
import json
import re
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from urllib.parse import urljoin

import html5lib
import pytest
from built import DEFAULTS
from handmade import day, history, task

from generator.addresses import PREVIEW_ADDRESS, embed_path
from generator.analyse import analyse, chart_leads, ended_charts, trends_of
from generator.charts import all_charts
from generator.pages import ended_pages
from generator.sample import sample_files

MOST_BYTES = 14 * 1024  # gzip, of the embed page of a task's chart: style included, and it asks for one script
MOST_SCRIPT_BYTES = 1024
SVG = "{http://www.w3.org/2000/svg}"


def read(site, path):
    return (site.folder / path).read_text("utf-8")


def embeds_of(site):
    """The folders of all embeds that show a chart, live and of editions."""
    return sorted(path.parent for path in (site.folder / "e").rglob("oembed.json"))


def is_frozen(folder):
    """Whether the embed is one of an edition."""
    return folder.parent.name.startswith("2026-W")


def element(text):
    return html5lib.parseFragment(text, namespaceHTMLElements=False)


# ---------------------------------------------------------------- what there is


def test_every_chart_of_the_site_and_of_each_edition_has_an_embed(sample_site):
    live = {path.relative_to(sample_site.folder / "charts").as_posix() for path in
            (sample_site.folder / "charts").rglob("*.json")}  # fmt: skip
    charts = {f"e/{path.removesuffix('.json')}" for path in live}
    for edition in sample_site.folder.glob("editions/2026-W*"):
        charts |= {f"e/{edition.name}/{path.stem}" for path in (edition / "charts").glob("*.svg")}
    assert len(charts) > 800
    assert {path.relative_to(sample_site.folder).as_posix() for path in embeds_of(sample_site)} == charts


def test_an_embed_says_what_it_shows_of_when_and_where_from_and_has_its_table(sample_site):
    for folder in embeds_of(sample_site):
        page = html5lib.parse((folder / "index.html").read_text("utf-8"), namespaceHTMLElements=False)
        told = json.loads((folder / "oembed.json").read_text("utf-8"))
        assert told["title"].split() == "".join(page.find(".//h1").itertext()).split(), folder
        what, source = page.findtext(".//figcaption/p"), page.findtext(".//main/p/span")
        assert "2026" in what and re.search(r"[Aa]s of \d{4}-\d\d-\d\d\.$", source), folder
        quoted = element(told["html"]).find("blockquote")
        assert "".join(quoted.itertext()) == f"{told['title']}. {DEFAULTS.name}: {what}. {source}", folder
        picture = page.find(f".//*[@class='drawing wide']/{SVG}svg")
        if picture is None:
            rows, narrow = f".//table/tbody/tr/td/{SVG}svg", f".//*[@class='narrow tall']/{SVG}svg"
            assert is_frozen(folder) and (page.findall(rows) or page.find(narrow) is not None), folder
            continue
        assert page.findall(".//details//tbody/tr"), folder
        assert picture.get("aria-label") == told["title"]
        assert len(picture.find(f"{SVG}desc").text) > 40


def test_an_embed_asks_for_one_script_and_one_of_an_edition_for_the_style_of_all_besides(sample_site):
    for folder in embeds_of(sample_site):
        html = (folder / "index.html").read_text("utf-8")
        assert re.findall(r'<(?:script|img|iframe|source|video)\b[^>]*src="([^"]*)"', html) == [
            next(iter(re.findall(r'src="((?:\.\./)+static/frame\.js\?v=\w+)"', html)))
        ], folder
        asked = re.findall(r'<link[^>]*rel="(?:stylesheet|preload|icon)" href="([^"?]*)', html)
        assert asked == (["../../../static/frame.css"] if is_frozen(folder) else []), folder


def test_the_style_needs_no_escape_so_that_its_digest_is_that_of_the_page(sample_site):
    html = read(sample_site, "e/macro/index.html")
    style = re.search(r"<style>(.*?)</style>", html)[1]
    assert not set(style) & set("<>&\"'")
    for scheme in ("#fdfdfb", "#14161a"):
        assert scheme in style


def test_the_embed_of_a_task_and_the_scripts_are_small(sample_site):
    sizes = {
        folder: len(gzip.compress((folder / "index.html").read_bytes(), 6, mtime=0))
        for folder in embeds_of(sample_site)
    }
    assert max(sizes.values()) <= MOST_BYTES, max(sizes, key=sizes.get)
    assert len(gzip.compress((sample_site.folder / "static/embed.js").read_bytes(), 6, mtime=0)) <= MOST_SCRIPT_BYTES


# ---------------------------------------------------------------- for those who discover it


def test_every_page_with_a_chart_leads_to_the_description_of_its_first_one(sample_site):
    count = 0
    for path in sorted(sample_site.folder.rglob("index.html")):
        html = path.read_text("utf-8")
        chart = re.search(r'<figure class="chart(?! course)[^>]*id="chart-([^"]*)"', html)
        in_rows = r'<figure class="chart">.*?href="(?:\.\./)+e/2026-W\d\d/([^"/]*)/index\.html"'
        chart = chart or re.search(in_rows, html, re.DOTALL)
        link = re.search(r'<link rel="alternate" type="application/json\+oembed" href="([^"]*)" title="([^"]+)">', html)
        relative = path.relative_to(sample_site.folder).as_posix()
        if relative.startswith(("e/", "embed/")):
            continue
        assert bool(chart) == bool(link), relative
        if chart:
            count += 1
            edition = re.match(r"editions/(2026-W\d\d)/", relative)
            place = f"e/{edition[1]}/{chart[1]}" if edition else f"e/{chart[1]}"
            assert link[1] == f"{PREVIEW_ADDRESS}{place}/oembed.json"
            assert json.loads(read(sample_site, f"{place}/oembed.json"))["title"] == unescape(link[2])
    assert count > 140


def test_a_description_is_a_rich_one_with_the_sentence_and_the_source_before_the_frame(sample_site):
    for folder in embeds_of(sample_site):
        told = json.loads((folder / "oembed.json").read_text("utf-8"))
        assert (told["version"], told["type"]) == ("1.0", "rich")
        assert isinstance(told["width"], int)
        assert 200 <= told["height"] <= 1300
        quote, frame = element(told["html"])
        assert (quote.tag, frame.tag) == ("blockquote", "iframe")
        place = f"{PREVIEW_ADDRESS}{folder.relative_to(sample_site.folder).as_posix()}/"
        assert frame.get("src") == place
        shown = html5lib.parse((folder / "index.html").read_text("utf-8"), namespaceHTMLElements=False)
        assert quote.find("a").get("href") == urljoin(place, shown.find(".//h1/a").get("href"))
        assert (frame.get("width"), frame.get("height")) == (str(told["width"]), str(told["height"]))
        assert frame.get("title") == told["title"]


def test_every_address_in_snippets_and_descriptions_is_there(sample_site):
    files = {
        path.relative_to(sample_site.folder).as_posix() for path in sample_site.folder.rglob("*") if path.is_file()
    }
    texts = [path.read_text("utf-8") for path in (sample_site.folder / "embed").rglob("index.html")]
    texts += [(folder / "oembed.json").read_text("utf-8") for folder in embeds_of(sample_site)]
    found = {
        address for text in texts for address in re.findall(rf"{PREVIEW_ADDRESS}([^\s\"'<>)}}\\&]*)", unescape(text))
    }
    assert len(found) > 1000
    pages = {address.partition("#")[0] for address in found}
    there = {f"{page}index.html" if not page or page.endswith("/") else page for page in pages}
    assert sorted(address for address in there if address not in files) == []


# ---------------------------------------------------------------- who leads now


def firsts(rows, name, share):
    """The identifiers with the largest published share."""
    top = max(row[share] for row in rows)
    return sorted(row[name] for row in rows if row[share] == top)


def leaders_on(body):
    """chart -> who leads it, recomputed from the bytes of a response; without sums over lists."""
    tasks = json.loads(body)["data"]["classifications"]
    groups = json.loads(body)["data"]["macro_categories"]
    found = {"macro": firsts(groups, "key", "usage_share"), "tasks": firsts(tasks, "tag", "usage_share")}
    for group in groups:
        own = [task for task in tasks if task["macro_category"] == group["key"]]
        if own:
            found[group["key"]] = firsts(own, "tag", "category_usage_share")
    for one in tasks:
        if one["models"]:
            chart = f"{one['macro_category']}-{one['tag'].removeprefix(one['macro_category'] + ':')}"
            found[chart] = firsts(one["models"], "id", "tag_usage_share")
    return found


def test_who_leads_now_and_since_when_is_what_the_raw_responses_say(sample_site):
    days = {path[3:13]: leaders_on(body) for path, body in sample_files()}
    *_, newest = days
    for chart, ids in days[newest].items():
        told = json.loads(read(sample_site, f"e/{chart}/now.json"))
        since = newest
        for as_of in sorted(days, reverse=True):
            if days[as_of].get(chart) != ids:
                break
            since = as_of
        assert (told["ids"], told["since"]) == (ids, since), chart
    assert len(days[newest]) > 30


def test_an_edition_s_embed_holds_the_leaders_of_its_own_day(sample_site):
    bodies = {path[3:13]: body for path, body in sample_files()}
    for edition in ("2026-W20", "2026-W30"):
        year, week = map(int, edition.split("-W"))
        sunday = date.fromisocalendar(year, week, 7)
        kept = max(as_of for as_of in bodies if sunday - timedelta(days=6) <= date.fromisoformat(as_of) <= sunday)
        for chart, ids in leaders_on(bodies[kept]).items():
            leaders = re.search(r'data-leaders="([^"]*)"', read(sample_site, f"e/{edition}/{chart}/index.html"))
            assert json.loads(unescape(leaders[1])) == ids, (edition, chart)


DEBUGGING = task("code:debugging", 500, {"a": 300, "b": 200})
CHAT = task("chat", 500, {"b": 300})


def test_a_lead_begins_after_the_last_day_with_other_leaders_and_a_tie_is_one_of_several():
    tied = task("chat", 500, {"a": 300, "b": 300})
    leads = {
        lead.chart: lead
        for lead in chart_leads(
            history(
                day("2026-08-01", CHAT),
                day("2026-08-02", tied),
                day("2026-08-04", tied),
                day("2026-08-05", CHAT),
            )
        )
    }
    chat = next(lead for chart, lead in leads.items() if chart.endswith("-chat"))
    assert ([leader.id for leader in chat.leaders], chat.since) == (["maker/b"], date(2026, 8, 5))
    before = chart_leads(history(day("2026-08-01", CHAT), day("2026-08-02", tied), day("2026-08-04", tied)))
    chat = next(lead for lead in before if lead.chart.endswith("-chat"))
    assert ([leader.id for leader in chat.leaders], chat.since) == (["maker/a", "maker/b"], date(2026, 8, 2))


def test_what_is_listed_no_longer_is_known_by_its_last_day():
    kept = history(day("2026-08-01", CHAT, DEBUGGING), day("2026-08-02", CHAT))
    ended = {thing.charts[0]: thing.as_of for thing in ended_charts(kept) if not thing.is_listed}
    assert ended["code-debugging"] == date(2026, 8, 1)
    assert ended["model/maker/a"] == date(2026, 8, 1)
    assert not any("chat" in chart for chart in ended)
    assert next(lead.as_of for lead in chart_leads(kept) if lead.chart == "code-debugging") == date(2026, 8, 1)


def test_the_address_of_a_chart_that_was_drawn_once_never_vanishes():
    """Renamed, moved and left tasks, empty lists and new models; each morning a person may have taken an address."""
    other = task("code:debugging", 300, {"c": 200, "d": 100})
    days = [
        day("2026-08-01", CHAT, DEBUGGING),
        day("2026-08-02", CHAT, DEBUGGING),
        day("2026-08-03", CHAT, DEBUGGING),  # a Monday: there are two weeks now, and so positions over time
        day("2026-08-04", CHAT, other),
        day("2026-08-05", CHAT, replace(DEBUGGING, label="Mending")),
        day("2026-08-06", CHAT, task("code:debugging", 300, {})),
        day("2026-08-07", replace(CHAT, category="talk"), DEBUGGING),
        day("2026-08-08", task("math", 400, {"z": 200})),
        day("2026-08-12", CHAT, DEBUGGING, other_task()),
    ]
    taken = set()
    for number in range(1, len(days) + 1):
        kept = history(*days[:number])
        report = analyse(kept)
        drawn = {chart.id for chart in all_charts(report, trends_of(kept))}
        taken |= drawn
        told = {path_of(page) for page in ended_pages(ended_charts(kept), frozenset(drawn))}
        assert {embed_path(chart) for chart in taken - drawn} <= told, days[number - 1].as_of
        assert not told & {embed_path(chart) for chart in drawn}
        assert number > 1 or told == set()


def other_task():
    return task("agent:search", 100, {"z": 100})


def path_of(page):
    assert page.content.sentence.startswith(page.title.partition(":")[0])
    return page.path


def test_a_chart_that_cannot_be_drawn_today_says_so_of_what_is_still_listed():
    days = [day("2026-08-01", CHAT, DEBUGGING), day("2026-08-03", CHAT, replace(DEBUGGING, label="Mending"))]
    pages = {page.path: page for page in ended_pages(ended_charts(history(*days)), frozenset())}
    page = pages["e/code-debugging-history/"]
    assert page.title == "Mending: no chart today, embed: code-debugging-history"
    assert page.content.sentence.startswith("Mending: this chart cannot be drawn from the snapshot of 3\u00a0August")


def test_the_address_of_a_chart_that_ended_says_so_in_place_of_an_error(sample_site):
    ended = [path for path in (sample_site.folder / "e").rglob("index.html") if "no longer listed" in path.read_text()]
    assert ended, "the sample has models that left all lists"
    for path in ended:
        assert not (path.parent / "oembed.json").exists()
        assert re.search(r"the snapshot of \d+.\w+.2026 was the last", path.read_text("utf-8"))


@pytest.mark.parametrize("path", ["embed/macro/index.html", "e/macro/index.html"])
def test_the_options_are_said_where_they_can_be_chosen(sample_site, path):
    html = read(sample_site, path)
    assert ("metric=tokens" in html) == path.startswith("embed/")
