"""Charts as files: the same words in every look, the same pixels on any machine, small enough."""

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from io import BytesIO
from pathlib import Path

import pytest
import vl_convert
from pictures import SVG, size_of, unspaced, words_of
from PIL import Image, ImageChops, ImageDraw, ImageFont
from test_charts import every_chart, history, report  # noqa: F401 (fixtures)

from generator import draw, pipeline
from generator.addresses import LOOKS, category_chart_id, model_chart_id, picture_path, task_chart_id
from generator.draw import Workshop
from generator.draw.letters import BOX, UNITS, Letters
from generator.errors import SiteError
from generator.models import Drawing

PROJECT = Path(__file__).parent.parent
PALETTE = (pipeline.STATIC / "palette.css").read_text("utf-8")
LETTERS = Letters(pipeline.FONTS)


def files_of(drawings, **given):
    found = draw.picture_files(drawings, PALETTE, Workshop(pipeline.FONTS, given.pop("cache", None)), **given)
    return {file.path: file.body for file in found}


def drawing(*elements):
    return Drawing(
        f'<svg viewBox="0 0 300 80" width="300" height="80" role="img" aria-label="Name" font-size="14px" '
        f'stroke-width="2"><desc>About it.</desc>{"".join(elements)}</svg>',
        *("", 300, 80),
    )


def label(text, **attributes):
    given = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f'<text transform="translate(10,20)" fill="var(--text)"{given}>{text}</text>'


def test_every_look_of_every_kind_of_chart_says_the_same_words(every_chart):  # noqa: F811
    wanted = {"macro", "intensity", "code-debugging", "code-debugging-history", "code-debugging-share", "macro-history"}
    charts = [chart for chart in every_chart if chart.id in wanted]
    drawings = draw.draw_all(charts, Workshop(pipeline.FONTS))
    files = files_of(drawings)
    assert len(charts) == len(wanted)
    for chart in charts:
        said = {look: words_of(files[picture_path(chart.id, look)]) for look in ("adaptive", "text", "light", "dark")}
        assert len({"".join(sorted(words)) for words in said.values()}) == 1, chart.id
        for words in said.values():
            assert unspaced(chart.title) in unspaced(words), chart.id
            assert "Sampledata,fictionalmodels" in words or "Source:OpenRouter" in words
        root = ET.fromstring(files[picture_path(chart.id)])
        assert (root.attrib["aria-label"], root.find(f"{SVG}desc").text) == (chart.title, chart.description)


def test_every_picture_of_the_sample_says_so_with_its_window_and_date(sample_site):
    pictures = list((sample_site.folder / "charts").rglob("*.svg"))
    assert len(pictures) == 4 * 192
    for path in pictures:
        words = words_of(path.read_text("utf-8"))
        assert "Sampledata,fictionalmodels:notOpenRouter'sfigures.Asof2026-08-31." in words, path
        assert re.search("31August2026", unspaced(words)), path


def test_no_text_is_left_where_letters_are_outlines_and_all_of_it_where_they_are_not():
    files = files_of({"a": drawing(label("Debugging, 7.0 %"))})
    for look in ("adaptive", "light", "dark"):
        assert "<text" not in files[picture_path("a", look)].decode()
    root = ET.fromstring(files[picture_path("a", "text")])
    assert [text.text for text in root.iter(f"{SVG}text")] == ["Debugging, 7.0 %"]
    assert not list(root.iter(f"{SVG}use"))


def test_colours_are_written_out_and_turn_with_the_readers_scheme():
    files = files_of({"a": drawing(label("A"), '<path d="M0,0L9,9" stroke="var(--code)"/>')})
    adaptive, light, dark = (files[picture_path("a", look)].decode() for look in ("adaptive", "light", "dark"))
    assert "var(" not in adaptive + light + dark
    assert '[fill="#1c1e22"]{fill:#e8e8e4}' in adaptive
    assert '[stroke="#2b5bd0"]{stroke:#5c9cf5}' in adaptive
    assert "<rect" not in adaptive, "what is behind it shows through"
    assert ('fill="#fdfdfb"' in light, 'stroke="#2b5bd0"' in light) == (True, True)
    assert ('fill="#14161a"' in dark, 'stroke="#5c9cf5"' in dark) == (True, True)
    assert "<style" not in light + dark


def test_a_colour_that_the_palette_lacks_is_named():
    with pytest.raises(SiteError, match="no light colour --mauve"):
        files_of({"a": drawing('<path d="M0,0L9,9" stroke="var(--mauve)"/>')})


def test_a_letter_stands_where_its_text_is_anchored():
    width = LETTERS.width("Debugging", 18, "SemiBold")
    assert 85 < width < 100
    for anchor, begin in (("start", 0.0), ("middle", 0.5), ("end", 1.0)):
        text = label("Debugging", font_size="18px", font_weight="600", text_anchor=anchor)
        root = ET.fromstring(files_of({"a": drawing(text)})["charts/a.svg"])
        (group,) = (group for group in root.iter(f"{SVG}g") if group.find(f"{SVG}use") is not None)
        assert group.attrib["transform"] == "translate(10,20)scale(0.036)"
        assert float(group.find(f"{SVG}use").attrib["x"]) * 0.036 == pytest.approx(-begin * width, abs=0.05)


@pytest.mark.parametrize("letter", ["S", "g", "é", "8", "%", "&", "◇"])
@pytest.mark.parametrize("weight", ["Regular", "SemiBold"])
def test_outlines_are_the_shapes_that_the_font_has(letter, weight):
    """The same letter by another library that reads the font's file: another one would differ by as much as it has"""
    size, black = 200, 0
    path = LETTERS.outline(LETTERS.line(letter, weight).glyphs[0].name)
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="250" height="250"><rect width="250" height="250" fill="#fff"/>'
        f'<path transform="translate(20,200)scale({size / UNITS})" d="{path}"/></svg>'
    )
    ours = Image.open(BytesIO(vl_convert.svg_to_png(svg))).convert("L")
    theirs = Image.new("L", ours.size, 255)
    font = ImageFont.truetype(pipeline.FONTS / f"Inter-{weight}.ttf", size)
    ImageDraw.Draw(theirs).text((20, 200), letter, fill=black, font=font, anchor="ls")
    dark = sum(theirs.histogram()[:128])
    assert dark > 1500
    assert (
        sum(ImageChops.difference(ours, theirs).histogram()[128:]) < 0.1 * dark
    )  # the other one fits letters to the grid


def test_letters_that_the_fonts_lack_are_boxes_in_points_and_text_for_a_browser_to_draw():
    assert LETTERS.drawable("日本 GPT 👩‍💻\u202e x\u0301é") == f"{BOX}{BOX} GPT {BOX}{BOX} x́é".replace("\u0301", "")
    files = files_of({"a": drawing(label("日本 5"), label("Plain"))})
    for look in ("adaptive", "light", "dark"):
        root = ET.fromstring(files[picture_path("a", look)])
        assert [text.text for text in root.iter(f"{SVG}text")] == ["日本 5"]
        assert "system-ui" in root.attrib["font-family"]
    blank = files_of({"a": drawing(label("Plain"))})
    assert files["charts/a.png"] != blank["charts/a.png"], "boxes are drawn"


def test_points_are_twice_as_many_in_few_colours_on_the_right_ground(every_chart):  # noqa: F811
    charts = [chart for chart in every_chart if chart.id == "code-debugging"]
    files = files_of(draw.draw_all(charts, Workshop(pipeline.FONTS)))
    for look, ground in (("png", (0xFD, 0xFD, 0xFB)), ("png-dark", (0x14, 0x16, 0x1A))):
        body = files[picture_path("code-debugging", look)]
        assert size_of(body)[0] == 1344
        assert len(body) < 80_000
        picture = Image.open(BytesIO(body))
        assert picture.mode == "P"
        assert picture.convert("RGB").getpixel((3, 3)) == ground


def test_a_machine_without_fonts_draws_the_same_pixels_and_outlines(tmp_path):
    """Of the largest chart of the sample, in a process that finds no font of the system."""
    script = (
        "import sys; from pathlib import Path; from generator import analyse, charts, draw, pipeline\n"
        "from generator.pipeline import building\n"
        "from generator.settings import load_settings\n"
        "history, _ = building._history(Path('none'), load_settings('', {}, {}), 30, None)\n"
        "every = charts.all_charts(analyse.analyse(history), analyse.trends_of(history))\n"
        "made = [chart for chart in every if chart.id == 'tasks']\n"
        "shop = draw.Workshop(pipeline.FONTS)\n"
        "palette = (pipeline.STATIC / 'palette.css').read_text('utf-8')\n"
        "for file in draw.picture_files(draw.draw_all(made, shop), palette, shop):\n"
        "    Path(sys.argv[1], Path(file.path).name).write_bytes(file.body)\n"
    )
    (tmp_path / "fonts.conf").write_text('<?xml version="1.0"?><fontconfig></fontconfig>')
    found = []
    for name, environment in (("usual", {}), ("bare", {"FONTCONFIG_FILE": str(tmp_path / "fonts.conf")})):
        folder = tmp_path / name
        folder.mkdir()
        home = {"HOME": str(tmp_path / "nobody"), "XDG_DATA_HOME": str(tmp_path / "nobody")} if environment else {}
        given = [sys.executable, "-c", script, str(folder)]
        subprocess.run(given, check=True, cwd=PROJECT, env={**os.environ, **environment, **home})
        found.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert len(found[0]) == len(LOOKS)
    assert found[0] == found[1]


def test_pictures_are_kept_and_a_damaged_entry_is_drawn_again(tmp_path, monkeypatch):
    first = files_of({"a": drawing(label("A"))}, cache=tmp_path)
    (entry,) = tmp_path.glob("*.kept")
    good = entry.read_bytes()
    for bad in (b"", good[:-9], b"0" * 64 + good[64:]):
        entry.write_bytes(bad)
        assert files_of({"a": drawing(label("A"))}, cache=tmp_path) == first
        assert entry.read_bytes() == good
    monkeypatch.setattr(draw.pictures, "picture", lambda *given: pytest.fail("drawn again"))
    assert files_of({"a": drawing(label("A"))}, cache=tmp_path) == first


def test_an_edition_has_one_picture_a_chart_and_all_of_them_are_small(sample_site):
    folder = sample_site.folder / "editions/2026-W35/charts"
    pictures = list(folder.rglob("*"))
    assert {path.suffix for path in pictures} == {".svg"}
    assert len(pictures) == 40
    assert sum(path.stat().st_size for path in pictures) < 300_000
    for path in pictures:
        words = words_of(path.read_text("utf-8"))
        assert "Sampledata,fictionalmodels:notOpenRouter'sfigures.Asof2026-08-30." in words


def test_no_task_or_model_has_a_name_that_takes_the_place_of_a_picture():
    ids = [category_chart_id(key) for key in ("code", "macro", "tasks", "models", "intensity", "data-dark")]
    ids += [task_chart_id("code", f"code:{tag}") for tag in ("text", "dark", "light", "models", "history", "x-share")]
    ids += [
        model_chart_id(model) for model in ("a/grok", "a/grok-light", "a/grok-dark", "a/grok-text", "dark", "a/dark")
    ]
    ids += ["macro", "tasks", "models", "intensity", "code-models", "code-x-share", "macro-history"]
    paths = [picture_path(chart_id, look) for chart_id in ids for look in LOOKS]
    assert len(set(paths)) == len(ids) * len(LOOKS)
