"""Cards -> PNG of 1200 by 630 pixels, made to be read at a third of that width.

Comes in: cards in words and shares, the palette. Goes out: a file each, by the same workers and kept in the same cache
as all pictures. A title or name that is too long ends with an ellipsis; a letter that the fonts lack is a box.
"""

import functools
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator

from generator import formats
from generator.draw.clean import SVG
from generator.draw.colours import fixed, palette_of
from generator.draw.keys import key_of
from generator.draw.letters import Letters, Weight
from generator.draw.outlines import outlined
from generator.draw.png import png_of
from generator.draw.typeset import shortened, wrapped
from generator.draw.work import Workshop, made_all
from generator.models import Card, CardRow, File

WIDTH, HEIGHT = 1200, 630
_COLOURS = 20
_LEFT, _RIGHT = 72, 1136
_TITLE_SIZES, _TITLE_TOP, _TITLE_LINES = (56, 50, 44), 172, 3
_LARGE_SIZES = (72, 64, 56)  # where there are no rows
_FIRST_ROW, _ROW = 332, 42
_LABELS, _BARS, _NUMBERS = 340, 430, (1004, _RIGHT)  # how wide, from where, up to where
_LONGEST_BAR = 440
_KNOWN = ("code", "data", "agent", "general")


def card_files(
    cards: Iterable[Card], site: str, palette: str, shop: Workshop, *, worth_workers: int = 12
) -> Iterator[File]:
    """The picture of each card. `site`: the name that stands on it."""
    paths = {key_of(shop.fonts, "card", repr(card), site, palette): card for card in cards}
    make = functools.partial(draw_card, site=site, palette=palette, letters=Letters(shop.fonts))
    made = made_all(paths, make, shop, worth_workers=worth_workers)
    for key, card in paths.items():
        yield File(card.path, made[key])


def draw_card(card: Card, site: str, palette: str, letters: Letters) -> bytes:
    """One card, in the light scheme."""
    size = {"width": str(WIDTH), "height": str(HEIGHT)}
    root = ET.Element("svg", {"xmlns": SVG, "viewBox": f"0 0 {WIDTH} {HEIGHT}", **size})
    root.append(ET.Element("rect", {**size, "fill": "var(--background)"}))
    root.extend(_edge(card))
    root.extend(_head(card, site, letters))
    root.extend(_title(card, letters))
    root.extend(_rows(card, letters))
    root.extend(_foot(card, letters))
    outlined(root, letters, is_readers_font_there=False)
    return png_of(fixed(ET.tostring(root, encoding="unicode"), palette_of(palette), "light"), WIDTH, _COLOURS)


def _edge(card: Card) -> Iterator[ET.Element]:
    """A strip in the colours of the rows."""
    names = list(dict.fromkeys(_colour(row) for row in card.rows)) or list(_KNOWN)
    height = HEIGHT / len(names)
    for position, name in enumerate(names):
        yield _box(0, position * height, 16, height, f"var(--{name})")


def _head(card: Card, site: str, letters: Letters) -> Iterator[ET.Element]:
    """The site's name, where on it this is, and that it is the sample."""
    right = _RIGHT
    if card.is_sample:
        words = "Sample data, fictional models"
        room = letters.width(words, 24, "SemiBold") + 40
        right -= round(room) + 24
        yield _box(_RIGHT - room, 52, room, 44, "var(--text)", radius=22)
        yield _text(words, _RIGHT - 20, 82, 24, "background", weight="SemiBold", anchor="end")
    name = shortened(site, 30, "SemiBold", (right - _LEFT) * 0.6, letters)
    yield _text(name, _LEFT, 85, 30, weight="SemiBold")
    if card.place:
        begin = _LEFT + letters.width(name, 30, "SemiBold") + 20
        yield _text(shortened(card.place, 30, "Regular", right - begin, letters), begin, 85, 30, "muted")


def _title(card: Card, letters: Letters) -> Iterator[ET.Element]:
    """As large as it fits."""
    sizes, most, top = (_TITLE_SIZES, _TITLE_LINES, _TITLE_TOP) if card.rows else (_LARGE_SIZES, 4, 220)
    for size in sizes:
        lines = wrapped(card.title, size, "SemiBold", _RIGHT - _LEFT, letters)
        if len(lines) < most:
            break
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    top -= 28 if len(lines) == most else 0
    for position, line in enumerate(lines):
        words = shortened(line, size, "SemiBold", _RIGHT - _LEFT, letters)
        yield _text(words, _LEFT, top + position * size * 1.16, size, weight="SemiBold")


def _rows(card: Card, letters: Letters) -> Iterator[ET.Element]:
    """Each row: its name, two bars that end in the marks of the site, two numbers."""
    if not card.rows:
        return
    head = _FIRST_ROW - 40
    yield _text(shortened(card.measure, 24, "Regular", 700, letters), _LEFT, head, 24, "muted")
    for words, right in zip(("● requests", "◇ tokens"), _NUMBERS, strict=True):
        yield _text(words, right, head, 24, "muted", anchor="end")
    largest = max(share or 0.0 for row in card.rows for share in (row.share.requests, row.share.tokens)) or 1.0
    for position, row in enumerate(card.rows):
        y = _FIRST_ROW + position * _ROW
        yield _text(shortened(row.label, 28, "Regular", _LABELS, letters), _LEFT, y + 10, 28)
        yield from _bars(row, y, _LONGEST_BAR / largest)
        for share, right in zip((row.share.requests, row.share.tokens), _NUMBERS, strict=True):
            yield _text(formats.percent(share), right, y + 10, 28, weight="SemiBold", anchor="end")


def _bars(row: CardRow, y: float, scale: float) -> Iterator[ET.Element]:
    """Requests above, ending in a disc; tokens below, ending in a diamond. What is not known has no bar."""
    colour = f"var(--{_colour(row)})"
    for share, middle, is_tokens in ((row.share.requests, y - 8, False), (row.share.tokens, y + 9, True)):
        if share is None:
            continue
        end = _BARS + share * scale
        yield _box(_BARS, middle - 2.5, end - _BARS, 5, colour)
        if is_tokens:
            shape = f"M{end - 9:.1f},{middle}l9,-9l9,9l-9,9z"
            yield ET.Element("path", {"d": shape, "fill": "var(--background)", "stroke": colour, "stroke-width": "3.5"})
        else:
            yield ET.Element("circle", {"cx": f"{end:.1f}", "cy": f"{middle}", "r": "8", "fill": colour})


def _foot(card: Card, letters: Letters) -> Iterator[ET.Element]:
    yield _text(shortened(card.window, 26, "SemiBold", _RIGHT - _LEFT, letters), _LEFT, 580, 26, weight="SemiBold")
    yield _text(shortened(card.source, 22, "Regular", _RIGHT - _LEFT, letters), _LEFT, 610, 22, "muted")


def _colour(row: CardRow) -> str:
    return row.category if row.category in _KNOWN else "other"


def _text(
    words: str, x: float, y: float, size: float, colour: str = "text", *, weight: Weight = "Regular", anchor: str = ""
) -> ET.Element:
    given = {"transform": f"translate({x:.1f},{y:.1f})", "font-size": f"{size}px", "fill": f"var(--{colour})"}
    given |= {"font-weight": "600"} if weight == "SemiBold" else {}
    element = ET.Element("text", given | ({"text-anchor": anchor} if anchor else {}))
    element.text = words
    return element


def _box(x: float, y: float, width: float, height: float, fill: str, *, radius: int = 0) -> ET.Element:
    places = {"x": f"{x:.1f}", "y": f"{y:.1f}", "width": f"{max(width, 0):.1f}", "height": f"{height:.1f}"}
    return ET.Element("rect", {**places, "rx": str(radius), "fill": fill})
