"""Badges -> small SVG in two parts, the size that badges have in a README.

Comes in: a badge in words, the palette. Goes out: an SVG file. Its text is text, held to the width that its letters
have in the project's own fonts: in any other font it is pressed or stretched and never runs over.
"""

import xml.etree.ElementTree as ET
from pathlib import Path

from generator.draw.clean import SVG
from generator.draw.colours import palette_of
from generator.draw.letters import Letters
from generator.draw.typeset import shortened
from generator.models import Badge, File

HEIGHT = 20
_SIZE, _BASELINE, _BESIDE = 11, 14, 7
_WIDEST = 300  # of a text
_FONT = "Inter,Verdana,DejaVu Sans,sans-serif"


def badge_file(badge: Badge, palette: str, fonts: Path) -> File:
    """The picture of a badge: what it is about on grey, what is so in the colour of the macro-category."""
    letters, light = Letters(fonts), palette_of(palette).light
    texts = [shortened(text, _SIZE, "Regular", _WIDEST, letters) for text in (badge.label, badge.message)]
    widths = [round(letters.width(text, _SIZE), 1) for text in texts]
    first, second = (width + 2 * _BESIDE for width in widths)
    whole = {"width": f"{first + second:.1f}", "height": str(HEIGHT)}
    root = ET.Element(
        "svg", {"xmlns": SVG, **whole, "role": "img", "aria-label": _harmless(f"{badge.label}: {badge.message}")}
    )
    ET.SubElement(root, "title").text = _harmless(badge.title)
    rounded = ET.SubElement(root, "clipPath", {"id": "r"})
    ET.SubElement(rounded, "rect", {**whole, "rx": "3"})
    parts = ET.SubElement(root, "g", {"clip-path": "url(#r)"})
    ET.SubElement(parts, "rect", {**whole, "fill": light["muted"]})
    colour = light.get(badge.colour, light["other"])
    ET.SubElement(parts, "rect", {"x": f"{first:.1f}", "width": f"{second:.1f}", "height": "20", "fill": colour})
    words = ET.SubElement(root, "g", {"fill": "#fff", "font-family": _FONT, "font-size": str(_SIZE)})
    for text, width, x in zip(texts, widths, (_BESIDE, first + _BESIDE), strict=True):
        fit = {"textLength": f"{width:.1f}", "lengthAdjust": "spacingAndGlyphs"}
        ET.SubElement(words, "text", {"x": f"{x:.1f}", "y": str(_BASELINE), **fit}).text = text
    return File(f"{badge.path}.svg", ET.tostring(root, encoding="unicode").replace(" />", "/>").encode())


def _harmless(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(letter for letter in text if letter.isprintable() or letter.isspace())
