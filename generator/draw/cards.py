"""Cards -> PNG of 1200 by 630 pixels, made to be read at a third of that width, or square for a newsroom.

Comes in: cards in words and shares, the palette. Goes out: a file each, by the same workers and kept in the same cache
as all pictures. A title or name that is too long ends with an ellipsis; a letter that the fonts lack is a box.
"""

import functools
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator import formats
from generator.draw.clean import SVG
from generator.draw.colours import fixed, palette_of
from generator.draw.keys import key_of
from generator.draw.letters import Letters, Weight
from generator.draw.outlines import outlined
from generator.draw.png import png_of
from generator.draw.typeset import shortened, wrapped
from generator.draw.work import Workshop, made_all
from generator.models import Card, CardRow, File, Scheme

_COLOURS = 20
_TITLE_SIZES, _TITLE_LINES = (56, 50, 44), 3
_LARGE_SIZES = (72, 64, 56)  # where there are no rows
_KNOWN = ("code", "data", "agent", "general")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a card is drawn on and where its parts lie, in pixels."""

    width: int
    height: int
    left: int
    right: int
    title_top: int
    first_row: int
    last_row: int
    row: int  # from one to the next, at most
    labels: int  # how wide
    bars: int  # where they begin
    longest_bar: int
    numbers: tuple[int, int]  # where they end


WIDE = Sheet(1200, 630, 72, 1136, 172, 332, 500, 42, 340, 430, 440, (1004, 1136))
SQUARE = Sheet(1080, 1080, 72, 1016, 196, 420, 942, 110, 330, 420, 320, (886, 1016))


def card_files(
    cards: Iterable[Card], site: str, palette: str, shop: Workshop, *, worth_workers: int = 12
) -> Iterator[File]:
    """The picture of each card. `site`: the name that stands on it."""
    paths = {key_of(shop.fonts, "card", repr(card), site, palette): card for card in cards}
    make = functools.partial(draw_card, site=site, palette=palette, letters=Letters(shop.fonts))
    made = made_all(paths, make, shop, worth_workers=worth_workers)
    for key, card in paths.items():
        yield File(card.path, made[key])


def draw_card(
    card: Card, site: str, palette: str, letters: Letters, *, sheet: Sheet = WIDE, scheme: Scheme = "light"
) -> bytes:
    """One card."""
    size = {"width": str(sheet.width), "height": str(sheet.height)}
    root = ET.Element("svg", {"xmlns": SVG, "viewBox": f"0 0 {sheet.width} {sheet.height}", **size})
    root.append(ET.Element("rect", {**size, "fill": "var(--background)"}))
    root.extend(_edge(card, sheet))
    root.extend(_head(card, site, sheet, letters))
    root.extend(_title(card, sheet, letters))
    root.extend(_rows(card, sheet, letters))
    root.extend(_foot(card, sheet, letters))
    outlined(root, letters, is_readers_font_there=False)
    return png_of(fixed(ET.tostring(root, encoding="unicode"), palette_of(palette), scheme), sheet.width, _COLOURS)


def _edge(card: Card, sheet: Sheet) -> Iterator[ET.Element]:
    """A strip in the colours of the rows."""
    names = list(dict.fromkeys(_colour(row) for row in card.rows)) or list(_KNOWN)
    height = sheet.height / len(names)
    for position, name in enumerate(names):
        yield _box(0, position * height, 16, height, f"var(--{name})")


def _head(card: Card, site: str, sheet: Sheet, letters: Letters) -> Iterator[ET.Element]:
    """The site's name, where on it this is, and that it is the sample."""
    right = sheet.right
    if card.is_sample:
        words = "Sample data, fictional models"
        room = letters.width(words, 24, "SemiBold") + 40
        right -= round(room) + 24
        yield _box(sheet.right - room, 52, room, 44, "var(--text)", radius=22)
        yield _text(words, sheet.right - 20, 82, 24, "background", weight="SemiBold", anchor="end")
    name = shortened(site, 30, "SemiBold", (right - sheet.left) * 0.6, letters)
    yield _text(name, sheet.left, 85, 30, weight="SemiBold")
    if card.place:
        begin = sheet.left + letters.width(name, 30, "SemiBold") + 20
        yield _text(shortened(card.place, 30, "Regular", right - begin, letters), begin, 85, 30, "muted")


def _title(card: Card, sheet: Sheet, letters: Letters) -> Iterator[ET.Element]:
    """As large as it fits."""
    sizes, most, top = (_TITLE_SIZES, _TITLE_LINES, sheet.title_top) if card.rows else (_LARGE_SIZES, 4, 220)
    room = sheet.right - sheet.left
    for size in sizes:
        lines = wrapped(card.title, size, "SemiBold", room, letters)
        if len(lines) < most:
            break
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    top -= 28 if len(lines) == most else 0
    for position, line in enumerate(lines):
        words = shortened(line, size, "SemiBold", room, letters)
        yield _text(words, sheet.left, top + position * size * 1.16, size, weight="SemiBold")


def _rows(card: Card, sheet: Sheet, letters: Letters) -> Iterator[ET.Element]:
    """Each row: its name, two bars that end in the marks of the site, two numbers."""
    if not card.rows:
        return
    head = sheet.first_row - 40
    yield _text(
        shortened(card.measure, 24, "Regular", sheet.numbers[0] - 160 - sheet.left, letters),
        sheet.left,
        head,
        24,
        "muted",
    )
    for words, right in zip(("● requests", "◇ tokens"), sheet.numbers, strict=True):
        yield _text(words, right, head, 24, "muted", anchor="end")
    largest = max(share or 0.0 for row in card.rows for share in (row.share.requests, row.share.tokens)) or 1.0
    step = min(sheet.row, (sheet.last_row - sheet.first_row) / max(1, len(card.rows) - 1))
    for position, row in enumerate(card.rows):
        y = sheet.first_row + position * step
        yield _text(shortened(row.label, 28, "Regular", sheet.labels, letters), sheet.left, y + 10, 28)
        yield from _bars(row, sheet.bars, y, sheet.longest_bar / largest)
        for share, right in zip((row.share.requests, row.share.tokens), sheet.numbers, strict=True):
            yield _text(formats.percent(share), right, y + 10, 28, weight="SemiBold", anchor="end")


def _bars(row: CardRow, x: float, y: float, scale: float) -> Iterator[ET.Element]:
    """Requests above, ending in a disc; tokens below, ending in a diamond. What is not known has no bar."""
    colour = f"var(--{_colour(row)})"
    for share, middle, is_tokens in ((row.share.requests, y - 8, False), (row.share.tokens, y + 9, True)):
        if share is None:
            continue
        end = x + share * scale
        yield _box(x, middle - 2.5, end - x, 5, colour)
        if is_tokens:
            shape = f"M{end - 9:.1f},{middle}l9,-9l9,9l-9,9z"
            yield ET.Element("path", {"d": shape, "fill": "var(--background)", "stroke": colour, "stroke-width": "3.5"})
        else:
            yield ET.Element("circle", {"cx": f"{end:.1f}", "cy": f"{middle}", "r": "8", "fill": colour})


def _foot(card: Card, sheet: Sheet, letters: Letters) -> Iterator[ET.Element]:
    room, low = sheet.right - sheet.left, sheet.height
    window = shortened(card.window, 26, "SemiBold", room, letters)
    yield _text(window, sheet.left, low - 50, 26, weight="SemiBold")
    yield _text(shortened(card.source, 22, "Regular", room, letters), sheet.left, low - 20, 22, "muted")


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
