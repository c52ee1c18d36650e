"""Badges: who stands first, against the data by plain Python; dated ones that never change; what shields.io reads."""

import json
import re
import xml.etree.ElementTree as ET

import pytest
from built import build
from conftest import contents
from handmade import day, history, task
from pictures import SVG
from test_day_pages import bodies

from generator import files, pipeline
from generator.analyse import analyse
from generator.draw import badge_file
from generator.models import Badge

PALETTE = (pipeline.STATIC / "palette.css").read_text("utf-8")


def svg_of(badge):
    return ET.fromstring(badge_file(badge, PALETTE, pipeline.FONTS).body)


def badge(label="#1 in Chat", message="A · 31 Aug 2026", colour="code"):
    return Badge("badges/code/chat", label, message, colour, "First in Chat")


def expected(data):
    """Tag -> the names of its first models by requests, which end as their permaslugs do."""
    found = {}
    for item in data["classifications"]:
        most = max((model["tag_usage_share"] for model in item["models"]), default=None)
        found[item["tag"]] = (item, [model["id"] for model in item["models"] if model["tag_usage_share"] == most])
    return found


def test_every_task_of_the_sample_has_a_badge_that_says_what_the_data_say(sample_site):
    data = json.loads(sample_site.response)["data"]
    found = list((sample_site.folder / "badges").rglob("*.svg"))
    gone = [path for path in found if "no longer listed" in path.read_text("utf-8")]
    assert [path.name for path in gone] == ["image_prompting.svg"]
    assert len(found) == len(data["classifications"]) + len(gone)
    for tag, (item, first) in expected(data).items():
        path = sample_site.folder / "badges" / item["macro_category"] / tag.rpartition(":")[2]
        read = json.loads(path.with_suffix(".json").read_text("utf-8"))
        assert read["label"] == f"#1{'=' if len(first) > 1 else ''} in {item['display_name']}"
        assert read["message"].endswith(" · 31 Aug 2026 · sample")
        name = read["message"].partition(" · ")[0]
        assert name.split()[0].lower() in first[0] or any(name.split()[0].lower() in one for one in first)
        root = ET.fromstring(path.with_suffix(".svg").read_text("utf-8"))
        assert [text.text for text in root.iter(f"{SVG}text")] == [read["label"], read["message"]]
        share = max(model["tag_usage_share"] for model in item["models"])
        title = root.find(f"{SVG}title").text
        assert f"with {share * 100:.1f} % of its requests" in title
        assert "Sample data, fictional models" in title


def test_what_shields_io_reads_is_as_its_documentation_says(sample_site):
    """https://shields.io/badges/endpoint-badge"""
    known = {"schemaVersion", "label", "message", "color", "labelColor", "isError", "namedLogo", "logoSvg", "logoColor"}
    known |= {"logoSize", "style", "cacheSeconds"}
    for path in (sample_site.folder / "badges").rglob("*.json"):
        read = json.loads(path.read_text("utf-8"))
        assert set(read) <= known
        assert read["schemaVersion"] == 1
        assert isinstance(read["label"], str)
        assert isinstance(read["message"], str)
        assert read["message"]
        assert re.fullmatch(r"[0-9a-f]{6}", read["color"])
        assert read["cacheSeconds"] >= 300


def test_a_shared_first_place_and_an_empty_list_say_so():
    tied = task("code:tied", 500, {"a": 300, "b": 300, "c": 100})
    many = task("code:many", 300, dict.fromkeys("abcd", 200))
    empty = task("code:empty", 200, {})
    report = analyse(history(day("2026-08-31", tied, many, empty)))
    found = {badge.path: badge for badge in files.badges(report)}
    assert found["badges/code/tied"].label.startswith("#1= in ")
    assert found["badges/code/tied"].message == "A and B · 31 Aug 2026"
    assert found["badges/code/many"].message == "A and 3 others · 31 Aug 2026"
    assert found["badges/code/empty"].message == "no model listed · 31 Aug 2026"


def test_dated_badges_stay_as_they_are_when_30_more_days_come(tmp_path, drawings):
    build(tmp_path / "now", bodies(9), cache=drawings)
    build(tmp_path / "later", bodies(39), cache=drawings)
    now, later = (
        {path: body for path, body in contents(tmp_path / site).items() if re.match(r"editions/.*/badges/", path)}
        for site in ("now", "later")
    )
    assert len(now) >= 2
    assert all(path.endswith(".svg") for path in now)
    assert now == {path: later[path] for path in now}


def test_a_badge_is_a_picture_with_a_name_in_two_parts_that_leads_nowhere():
    root = svg_of(badge())
    assert (root.attrib["role"], root.attrib["height"]) == ("img", "20")
    assert root.attrib["aria-label"] == "#1 in Chat: A · 31 Aug 2026"
    assert root.find(f"{SVG}title").text == "First in Chat"
    assert not [name for element in root.iter() for name in element.attrib if "href" in name or name.startswith("on")]
    assert [rect.attrib["fill"] for rect in root.iter(f"{SVG}rect") if "fill" in rect.attrib] == ["#5a606a", "#2b5bd0"]


@pytest.mark.parametrize("text", ["A", "W" * 200, "日本語 👩‍💻", "</text><script>&", "\u202eturned\x00"])
def test_no_text_runs_out_of_its_part(text):
    root = svg_of(badge(text, text))
    width = float(root.attrib["width"])
    first, second = root.iter(f"{SVG}text")
    assert float(first.attrib["x"]) + float(first.attrib["textLength"]) + 14 <= float(second.attrib["x"]) + 0.2
    assert float(second.attrib["x"]) + float(second.attrib["textLength"]) + 7 <= width + 0.2
    assert width <= 2 * 314 + 0.2
    assert first.text


def test_the_badges_of_an_edition_are_small(sample_site):
    found = list((sample_site.folder / "editions/2026-W35/badges").rglob("*.svg"))
    assert len(found) >= 29
    assert sum(path.stat().st_size for path in found) < 50_000
    assert "30 Aug 2026" in found[0].read_text("utf-8")
