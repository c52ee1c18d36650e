"""Drawings: the same picture in fewer bytes, with a name and a description, kept in a cache that may be damaged."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
import vl_convert
from test_charts import every_chart, history, report  # noqa: F401 (fixtures)

from generator import draw, pipeline
from generator.draw import Workshop
from generator.draw.work import WORTH_WORKERS
from generator.errors import SiteError
from generator.models import Chart

SHOP = Workshop(pipeline.FONTS)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def charts(every_chart):  # noqa: F811
    """One of each form of one day, so few that they are drawn in this process."""
    wanted = {"macro", "tasks", "intensity", "code-debugging"}
    return [chart for chart in every_chart if chart.id in wanted]


@pytest.fixture(scope="module")
def courses(every_chart):  # noqa: F811
    """One of each form over time."""
    return [chart for chart in every_chart if chart.id in {"macro-history", "code-debugging-history"}]


@pytest.fixture(scope="module")
def drawings(charts):
    return draw.draw_all(charts, SHOP)


def coloured(svg):
    """With colours instead of variables, and with the font: as a renderer without CSS needs it."""
    svg = re.sub(r"var\(--background\)", "#ffffff", svg)
    svg = re.sub(r"var\(--\w+\)", "#555555", svg)
    return svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" font-family="Inter" ', 1)


def test_the_cleaned_drawing_is_the_same_picture(charts, courses):
    drawings = draw.draw_all([*charts, *courses], SHOP)
    for chart in (*charts, *courses):
        whole = vl_convert.vegalite_to_svg(chart.spec).replace(' xmlns="http://www.w3.org/2000/svg"', "", 1)
        cleaned = drawings[chart.id].svg
        assert len(cleaned) < 0.7 * len(whole), chart.id
        for scale in (1, 2) if chart in charts else (1,):  # at 2 lines that cross differ in a few shades of their edges
            pictures = [vl_convert.svg_to_png(svg, scale) for svg in (coloured(cleaned), one_decimal(coloured(whole)))]
            assert pictures[0] == pictures[1], (chart.id, scale)


def one_decimal(svg):
    """The same rounding that cleaning does, so that what differs is what was lost."""

    def rounded(match):
        return match[1] + re.sub(r"-?\d*\.\d+(?:e-?\d+)?", lambda n: f"{float(n[0]):.1f}", match[2]) + match[3]

    return re.sub(r'(\s(?:d|transform|x2|y2)=")([^"]*)(")', rounded, svg)


def test_a_drawing_is_an_image_with_a_name_and_a_description(charts, drawings):
    for chart in charts:
        root = ET.fromstring(drawings[chart.id].svg)
        assert root.attrib["role"] == "img"
        assert root.attrib["aria-label"] == chart.title
        assert root.find("desc").text == chart.description
        size = [root.attrib["width"], root.attrib["height"]]
        assert size == [str(drawings[chart.id].width), str(drawings[chart.id].height)]
        assert root.attrib["viewBox"].split()[2:] == size


def test_every_value_stands_in_the_drawing_as_text(charts, drawings):
    for chart in charts:
        texts = set(ET.fromstring(drawings[chart.id].svg).itertext())
        for row in chart.spec["datasets"]["rows"]:
            assert {row["short_label"], row.get("ratio_text") or row["high_text"]} <= texts


def test_nothing_in_a_drawing_needs_an_inline_style_or_another_host(drawings):
    for drawing in drawings.values():
        assert not re.search(r"style=|<style|<script|href|url\(", drawing.svg)


def test_the_place_of_the_plot_does_not_depend_on_the_font(charts, tmp_path):
    """The browser draws with its own letters: where the first group lies must be the same with any."""
    chart = charts[0]
    other = {**chart.spec, "config": {**chart.spec["config"], "font": "monospace"}}
    places = [re.search(r"translate\(([\d.,]+)\)", vl_convert.vegalite_to_svg(spec))[1] for spec in (chart.spec, other)]
    assert places[0] == places[1]


def test_a_second_run_draws_nothing(charts, tmp_path, monkeypatch):
    first = draw.draw_all(charts, Workshop(pipeline.FONTS, tmp_path))
    monkeypatch.setattr(draw.charts, "draw", lambda *given, **named: pytest.fail("drawn again"))
    assert draw.draw_all(charts, Workshop(pipeline.FONTS, tmp_path)) == first


def test_what_determines_a_drawing_determines_its_place_in_the_cache(charts, tmp_path):
    chart = charts[0]
    other = replace(chart, title="Another title")
    draw.draw_all([chart], Workshop(pipeline.FONTS, tmp_path))
    assert 'aria-label="Another title"' in draw.draw_all([other], Workshop(pipeline.FONTS, tmp_path))[chart.id].svg


@pytest.mark.parametrize("damage", [b"", b"{}", b"\xff\xfe", b"0" * 64 + b'\n{"svg": "<svg onload=alert(1)>"}'])
def test_a_damaged_entry_of_the_cache_is_drawn_again(charts, tmp_path, damage):
    first = draw.draw_all(charts[:1], Workshop(pipeline.FONTS, tmp_path))
    (entry,) = tmp_path.glob("*.kept")
    good = entry.read_bytes()
    for bad in (damage, good[:-20], good.replace(b"General", b"Genesis")):
        entry.write_bytes(bad)
        assert draw.draw_all(charts[:1], Workshop(pipeline.FONTS, tmp_path)) == first
        assert entry.read_bytes() == good


def test_a_cache_that_cannot_be_written_is_no_cache_and_no_error(charts, tmp_path):
    (tmp_path / "cache").write_text("a file where the folder should be")
    assert draw.draw_all(charts[:1], Workshop(pipeline.FONTS, tmp_path / "cache"))[charts[0].id].svg.startswith("<svg")


def test_a_specification_that_cannot_be_drawn_is_named():
    broken = Chart("broken", "", "", "", "", {"mark": "nonsense"}, plot=(0, 0))
    with pytest.raises(SiteError, match="chart broken: vl-convert cannot draw its specification"):
        draw.draw(broken)


def test_many_charts_are_drawn_by_several_processes_to_the_same_bytes(every_chart):  # noqa: F811
    charts = [chart for chart in every_chart if chart.id.startswith("code")]
    assert len(charts) >= WORTH_WORKERS - 1
    many = [replace(c, id=f"{c.id}-{n}") for n in (1, 2) for c in charts]
    drawn = draw.draw_all(many, SHOP)
    assert drawn[f"{charts[0].id}-1"] == drawn[f"{charts[0].id}-2"] == draw.draw(charts[0])
