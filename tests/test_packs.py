"""Newsroom packs: what is in them, that the README names it all, that the sample says what it is, who has one."""

import csv
import io
import json
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace
from datetime import date

import html5lib
import pytest
from built import DEFAULTS, build, text_of
from conftest import contents
from pictures import size_of, unspaced, words_of
from PIL import Image
from raw import last_of_each_day, percent, place
from test_day_pages import bodies

from generator.draw.colours import palette_of
from generator.pipeline import STATIC
from generator.sample import sample_files

NEWEST, DAY = "2026-W35", date(2026, 8, 30)
SAMPLE = "Sample data, fictional models: not OpenRouter's figures. As of 2026-08-30."
SIZES = {"1200x630": (1200, 630), "1080x1080": (1080, 1080)}


@pytest.fixture(scope="module")
def pack(sample_site):
    """Path in the pack -> content."""
    return unpacked(sample_site.folder / f"packs/newsroom-{NEWEST}.zip")


@pytest.fixture(scope="module")
def raw():
    return last_of_each_day(sample_files())[DAY]


def unpacked(path):
    with zipfile.ZipFile(path) as file:
        assert file.testzip() is None
        assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.filename.partition("/")[0] for info in file.infolist()} == {path.stem}
        return {info.filename.partition("/")[2]: file.read(info) for info in file.infolist()}


def text(pack, path):
    return pack[path].decode()


# ---------------------------------------------------------------- who has one


def test_the_two_newest_editions_have_one_and_the_list_of_editions_leads_there(sample_site):
    zips = {path.name: path.stat().st_size for path in (sample_site.folder / "packs").iterdir()}
    assert sorted(zips) == ["newsroom-2026-W34.zip", "newsroom-2026-W35.zip"]
    assert sum(zips.values()) < 8_500_000
    links = [a.get("href") for a in sample_site.page("editions").iter("a") if a.get("href").endswith(".zip")]
    assert links == ["../packs/newsroom-2026-W35.zip", "../packs/newsroom-2026-W34.zip"]


def test_no_frozen_page_leads_to_a_pack_which_ends(sample_site):
    frozen = [*(sample_site.folder / "editions").glob("2*/**/*.html"), *(sample_site.folder / "days").glob("*/*.html")]
    assert len(frozen) > 180
    assert [path for path in frozen if "packs/" in path.read_text("utf-8")] == []


def test_how_many_there_are_is_a_setting_and_a_pack_is_the_same_from_the_cache_and_without(tmp_path):
    sites = {}
    for name, count, cache in (("none", 0, "a"), ("one", 1, "a"), ("again", 1, "a"), ("anew", 1, "b")):
        settings = replace(DEFAULTS, packs=count)
        build(tmp_path / name, bodies(9), settings=settings, cache=tmp_path / cache)
        found = contents(tmp_path / name)
        sites[name] = {path: body for path, body in found.items() if path.endswith(".zip")}
        assert (b".zip" in found["editions/index.html"]) is bool(count)
    assert sites["none"] == {}
    assert list(sites["one"]) == ["packs/newsroom-2026-W32.zip"]
    assert sites["one"] == sites["again"] == sites["anew"]


def test_a_pack_of_real_data_carries_line_terms_and_address(tmp_path, drawings):
    settings = replace(DEFAULTS, packs=1, address="https://example.org/x/")
    build(tmp_path / "site", bodies(9), settings=settings, cache=drawings)
    pack = unpacked(tmp_path / "site/packs/newsroom-2026-W32.zip")
    line = "Source: OpenRouter (openrouter.ai/rankings), as of 2026-08-09. Licensed under CC BY 4.0."
    assert "https://creativecommons.org/licenses/by/4.0/" in text(pack, "LICENCE.txt")
    for path in ("README.txt", "LICENCE.txt", "captions.txt", "citation.txt", "tables/macro.md", "tables/macro.html"):
        assert line in text(pack, path)
        assert "SAMPLE" not in text(pack, path)
    assert text(pack, "citation.txt") == (
        "Task Share, edition 2026-W32 (Week 32 of 2026), snapshot of 9 August 2026. "
        f"https://example.org/x/editions/2026-W32/ {line}\n"
    )
    assert unspaced("Source: OpenRouter (openrouter.ai/rankings), as of 2026-08-09.") in words_of(
        text(pack, "pictures/macro-light.svg")
    )


# ---------------------------------------------------------------- what is in it


def test_the_readme_names_every_file_and_no_other(pack):
    named = [line.strip() for line in text(pack, "README.txt").splitlines() if line.startswith("  ") and line[2] != " "]
    assert sorted(named) == sorted(pack)
    assert len(named) == len(set(named))


def test_the_charts_of_the_week_come_in_all_formats_and_every_task_as_a_picture(pack, raw):
    names = [path.removeprefix("pictures/") for path in pack if path.startswith("pictures/")]
    endings = [f"{form}-{scheme}.png" for form in SIZES for scheme in ("light", "dark")]
    endings += ["600-light@2x.png", "600-dark@2x.png", "light.svg", "dark.svg"]
    for chart in ("macro", "tasks", "code", "data", "agent", "general"):
        assert {f"{chart}-{ending}" for ending in endings} <= set(names)
    changed = {name.removesuffix("-1080x1080-dark.png") for name in names if name.endswith("-1080x1080-dark.png")}
    assert len(changed) - 6 == 3
    tasks = {f"{task['macro_category']}-{task['tag'].rpartition(':')[2]}" for task in raw.tasks}
    assert {name.removesuffix("-600-light@2x.png") for name in names if name.endswith("-600-light@2x.png")} == (
        tasks | {"macro", "tasks", "code", "data", "agent", "general"}
    )
    assert {path for path in pack if path.endswith(".md")} == {
        f"tables/{chart}.md" for chart in tasks | {"macro", "tasks", "code", "data", "agent", "general"}
    }


def test_every_picture_has_the_size_that_its_name_says(pack):
    for path, body in pack.items():
        if path.endswith("@2x.png"):
            assert size_of(body)[0] == 1200
        elif path.endswith(".png"):
            assert size_of(body) == SIZES[path.rsplit("-", 2)[1]]
        elif path.endswith(".svg"):
            root = ET.fromstring(body)
            assert next(root.iter("{http://www.w3.org/2000/svg}text"), None) is None, "letters are outlines"


def test_the_sample_says_so_in_every_picture_and_every_text(pack):
    for path, body in pack.items():
        if path.endswith(".svg"):
            assert unspaced(SAMPLE) in words_of(body.decode())
        elif path.endswith((".txt", ".md", ".html")):
            assert "ample data, fictional models" in body.decode() or "SAMPLE DATA" in body.decode()
        elif "1200x630" in path or "1080x1080" in path:
            assert says_sample(body, "dark" if "-dark" in path else "light"), path


def says_sample(png, scheme):
    """The label of the sample stands at the top right: a box in the colour of text, with a wide band of it."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    colour = palette_of((STATIC / "palette.css").read_text()).of(scheme)["text"]
    expected = tuple(int(colour[n : n + 2], 16) for n in (1, 3, 5))
    right = 1136 if picture.width == 1200 else 1016
    row = [picture.getpixel((x, 58)) for x in range(right - 300, right - 30)]
    return all(max(abs(a - b) for a, b in zip(pixel, expected, strict=True)) < 12 for pixel in row)


def test_the_sentences_and_captions_are_those_that_the_pages_offer(pack, sample_site):
    told = text(pack, "captions.txt").split("\n\n")
    offered = {"editions/2026-W35/tasks/code": 1, "editions/2026-W35": 6}
    for path, count in offered.items():
        quoted = [text_of(item) for item in sample_site.page(path).findall(".//section[@class='quotes']//dd")]
        assert len(quoted) == count
        for quote in quoted:
            assert [part for part in told if part.partition(": ")[2].startswith(quote.partition(" http")[0])]


# ---------------------------------------------------------------- the figures


def test_the_table_of_everything_is_the_response(pack, raw):
    rows = list(csv.DictReader(io.StringIO(text(pack, "tables/all-tasks-and-models.csv"))))
    assert [list(rows[0])] == [
        ["as_of", "task", "task_label", "place", "model", "model_name", "request_share", "token_share"]
    ]
    found = {(row["task"], row["model"]): (row["place"], row["request_share"], row["token_share"]) for row in rows}
    assert found == {
        (task["tag"], model["id"]): (
            str(place([other["tag_usage_share"] for other in task["models"]], model["tag_usage_share"])),
            f"{model['tag_usage_share']:.3f}",
            f"{model['tag_token_share']:.3f}",
        )
        for task in raw.tasks
        for model in task["models"]
    }
    assert {row["as_of"] for row in rows} == {"2026-08-30"}


def test_the_tables_of_a_chart_say_the_same_in_three_ways(pack, raw):
    expected = {item["label"]: (percent(item["usage_share"]), percent(item["token_share"])) for item in raw.categories}
    lines = [line.strip("|").split("|") for line in text(pack, "tables/macro.md").splitlines() if line.startswith("|")]
    in_markdown = {name.strip(): (one.strip(), two.strip()) for name, one, two in lines[2:]}
    page = html5lib.parse(text(pack, "tables/macro.html"), namespaceHTMLElements=False)
    in_html = {text_of(row[0]): (text_of(row[1]), text_of(row[2])) for row in page.find(".//tbody")}
    rows = csv.DictReader(io.StringIO(text(pack, "tables/macro.csv")))
    in_csv = {row["label"]: (percent(float(row["request_share"])), percent(float(row["token_share"]))) for row in rows}
    plain = {name: tuple(cell.replace("\u00a0", " ") for cell in cells) for name, cells in in_markdown.items()}
    assert plain == in_html == in_csv == expected


def test_names_that_want_to_be_markup_stay_text(tmp_path, drawings):
    answer = json.loads(dict(bodies(9))["7d/2026-08-09.json"])
    name = "<img src=x>|[a](javascript:b)*`_"
    answer["data"]["classifications"][0]["display_name"] = name
    files = [*bodies(8), ("7d/2026-08-09.json", json.dumps(answer).encode())]
    build(tmp_path / "site", files, settings=replace(DEFAULTS, packs=1), cache=drawings)
    pack = unpacked(tmp_path / "site/packs/newsroom-2026-W32.zip")
    page = html5lib.parse(text(pack, "tables/tasks.html"), namespaceHTMLElements=False)
    assert name in [text_of(cell) for cell in page.findall(".//tbody//th")]
    assert page.find(".//img") is None
    (row,) = [line for line in text(pack, "tables/tasks.md").splitlines() if "javascript" in line and line[0] == "|"]
    assert row.startswith("| \\<img src=x\\>\\|\\[a\\](javascript:b)\\*\\`\\_ | ")
