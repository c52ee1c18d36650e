"""Cards: what a social network or a chat shows of a page, read from the page as they read it."""

import json
import re
from dataclasses import replace
from io import BytesIO

import pytest
from built import DEFAULTS, build, text_of
from conftest import contents
from extruct.opengraph import OpenGraphExtractor
from html5lib import parse
from pictures import size_of
from PIL import Image
from test_day_pages import bodies

from generator import pipeline
from generator.addresses import PREVIEW_ADDRESS
from generator.draw import Workshop, card_files
from generator.draw.letters import Letters
from generator.draw.typeset import shortened, wrapped
from generator.models import Card, CardRow, Pair

PALETTE = (pipeline.STATIC / "palette.css").read_text("utf-8")
LETTERS = Letters(pipeline.FONTS)


def told(html):
    """What the page says of itself, as a library reads it that is made for that."""
    (found,) = OpenGraphExtractor().extract(html)
    properties = {}
    for name, value in found["properties"]:
        assert name not in properties, name
        properties[name] = value
    return properties


def pages_of(folder):
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.html")}


def card(**given):
    rows = tuple(CardRow(f"Row {n}", "code", Pair(0.5 - n / 10, 0.1 * n or None)) for n in range(5))
    whole = Card("cards/a.png", "Alt", "Code", "A leads", rows, "Share", "7 days", "Source", is_sample=False)
    return replace(whole, **given)


def drawn(one):
    (file,) = card_files([one], "Site", PALETTE, Workshop(pipeline.FONTS))
    return file.body


def test_every_page_of_the_sample_has_a_card_that_is_there_and_is_what_the_page_says_it_is(sample_site):
    seen = {}
    for path, html in pages_of(sample_site.folder).items():
        said = told(html)
        is_short = path.startswith("e/2026-W")  # there are thousands: what its readers find in the page is left out
        if not is_short:
            assert 0 < len(said["og:title"]) <= 70, path
            assert 0 < len(said["og:description"]) <= 200, path
            assert said["og:type"] == "website"
            assert said["og:site_name"] == DEFAULTS.name
            assert said["og:url"] == PREVIEW_ADDRESS + path.removesuffix("index.html")
            assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
            assert len(said["og:image:alt"]) > 40, path
        assert '<meta name="twitter:card" content="summary_large_image">' in html
        picture = sample_site.folder / said["og:image"].removeprefix(PREVIEW_ADDRESS)
        size = seen.setdefault(picture, None) or size_of(picture.read_bytes())
        seen[picture] = size
        assert size == (1200, 630), path
    assert len(seen) > 90
    assert max(picture.stat().st_size for picture in seen) < 45_000
    cards = {path for path in sample_site.folder.rglob("*.png") if "charts" not in path.parts}
    assert cards == set(seen), "none is drawn for nothing"


@pytest.mark.parametrize(
    ("page", "path"),
    [
        ("", "cards/2026-08-31/home.png"),
        ("method/", "cards/2026-08-31/home.png"),
        ("tasks/", "cards/2026-08-31/tasks.png"),
        ("tasks/code/", "cards/2026-08-31/tasks/code.png"),
        ("tasks/code/debugging/", "cards/2026-08-31/tasks/code/debugging.png"),
        ("editions/2026-W35/", "editions/2026-W35/card.png"),
        ("editions/2026-W35/tasks/code/", "editions/2026-W35/card.png"),
        ("compare/2026-W31/2026-W35/", "editions/2026-W35/card.png"),
        ("days/2026-08-31/", "cards/site.png"),
    ],
)
def test_the_date_stands_in_the_address_of_a_card(sample_site, page, path):
    html = (sample_site.folder / page / "index.html").read_text("utf-8")
    assert told(html)["og:image"] == PREVIEW_ADDRESS + path


def test_alt_text_says_finding_window_figures_and_source_from_the_data(sample_site):
    data = json.loads(sample_site.response)["data"]
    debugging = next(task for task in data["classifications"] if task["tag"] == "code:debugging")
    html = (sample_site.folder / "tasks/code/debugging/index.html").read_text("utf-8")
    alt = told(html)["og:image:alt"].replace("\xa0", " ")
    finding = text_of(parse(html, namespaceHTMLElements=False).find(".//*[@class='lede']"))
    assert alt.startswith(finding.rstrip("."))
    assert "7 days ending 31 August 2026, UTC" in alt
    assert "Sample data, fictional models" in alt
    shares = sorted((model["tag_usage_share"] for model in debugging["models"]), reverse=True)[:5]
    found = re.findall(r"(\d+\.\d) %", alt.partition("By requests:")[2])
    assert found == [f"{share * 100:.1f}" for share in shares]


def test_an_address_that_is_set_stands_in_every_card(tmp_path, drawings):
    settings = replace(DEFAULTS, address="https://example.org/shares/")
    build(tmp_path / "site", bodies(3), settings=settings, cache=drawings)
    for path, html in pages_of(tmp_path / "site").items():
        said = told(html)
        if not path.startswith("e/2026-W"):
            assert said["og:url"] == f"https://example.org/shares/{path.removesuffix('index.html')}"
        assert said["og:image"].startswith("https://example.org/shares/")
        assert (tmp_path / "site" / said["og:image"].removeprefix("https://example.org/shares/")).is_file()


def test_cards_of_editions_stay_as_they_are_when_later_days_come(tmp_path, drawings):
    build(tmp_path / "now", bodies(9), cache=drawings)
    build(tmp_path / "later", bodies(39), cache=drawings)
    now, later = (
        {path: body for path, body in contents(tmp_path / site).items() if re.match(r"editions/.*\.(png|svg)", path)}
        for site in ("now", "later")
    )
    assert len(now) > 8
    assert now == {path: later[path] for path in now}


def test_long_and_hostile_words_fit_and_no_title_is_blank():
    title_area = (72, 120, 1136, 270)
    blank = Image.open(BytesIO(drawn(card(title=" ")))).convert("L").crop(title_area)
    hostile = (
        "日本語モデル 👩‍💻 🦄",
        "W" * 400,
        "word " * 90,
        "</svg><script>alert(1)</script> & <b>",
        "\u202eturned\u0000 \x1b[0m \ufeff name",
        "e\u0301" * 50,
    )
    for text in hostile:
        rows = tuple(replace(row, label=text) for row in card().rows)
        whole = card(title=text, place=text, rows=rows, measure=text, window=text, source=text, is_sample=True)
        picture = Image.open(BytesIO(drawn(whole))).convert("L")
        assert picture.size == (1200, 630)
        assert picture.crop(title_area).tobytes() != blank.tobytes()
        assert picture.crop((1145, 0, 1200, 630)).getextrema()[0] > 240, "nothing runs into the margin"


def test_a_card_without_rows_or_with_unknown_shares_is_drawn():
    assert size_of(drawn(card(rows=()))) == (1200, 630)
    unknown = tuple(replace(row, share=Pair(None, None), category="speech") for row in card().rows)
    assert size_of(drawn(card(rows=unknown))) == (1200, 630)
    nothing = tuple(replace(row, share=Pair(0.0, 0.0)) for row in card().rows)
    assert size_of(drawn(card(rows=nothing))) == (1200, 630)


def test_a_bar_is_as_long_as_its_share():
    rows = (CardRow("A", "code", Pair(0.4, 0.1)), CardRow("B", "code", Pair(0.2, None)))
    picture = Image.open(BytesIO(drawn(card(rows=rows)))).convert("RGB")
    for y, share in ((324, 0.4), (341, 0.1), (366, 0.2)):
        end = 430 + round(440 * share / 0.4)
        assert picture.getpixel((end - 14, y)) == (0x2B, 0x5B, 0xD0)
        assert picture.getpixel((end + 14, y)) == (0xFD, 0xFD, 0xFB)
    assert picture.getpixel((436, 383)) == (0xFD, 0xFD, 0xFB), "what is not known has no bar"


def test_words_are_cut_where_they_do_not_fit_and_only_there():
    assert shortened("Debugging", 28, "Regular", 340, LETTERS) == "Debugging"
    cut = shortened("A name that nobody would give to a task of any kind", 28, "Regular", 340, LETTERS)
    assert cut.endswith("…")
    assert 300 < LETTERS.width(cut, 28, "Regular") <= 340
    lines = wrapped("one two three four five six", 28, "Regular", 140, LETTERS)
    assert " ".join(lines) == "one two three four five six"
    assert all(LETTERS.width(line, 28, "Regular") <= 140 for line in lines)
    assert wrapped(" ", 28, "Regular", 140, LETTERS) == []
