"""What a picture says: its text, and the letters that it holds as outlines, read back from the fonts."""

import functools
import struct
import xml.etree.ElementTree as ET

import uharfbuzz

from generator.pipeline import FONTS

SVG = "{http://www.w3.org/2000/svg}"


def words_of(svg):
    """All that is written in an SVG file, without its spaces, which are not drawn: a line a text."""
    root = ET.fromstring(svg)
    lines = [unspaced(line) for text in root.iter(f"{SVG}text") for line in _lines(text)]
    for group in root.iter(f"{SVG}g"):
        names = [use.attrib["href"].removeprefix("#") for use in group.findall(f"{SVG}use")]
        if names and names[0][0] in "RS":
            lines.append("".join(letters(name[0])[int(name[1:])] for name in names))
    return "\n".join(lines)


def _lines(text):
    """A text whose lines each stand at a place of their own is as many texts."""
    is_several = len(text) and "x" in text[0].attrib
    return [part.text for part in text] if is_several else ["".join(text.itertext())]


def unspaced(text):
    """`text` as `words_of` gives it."""
    return "".join(text.split())


def size_of(png):
    """Width and height, from the header."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


@functools.cache
def letters(weight):
    """Glyph -> letter."""
    name = {"R": "Regular", "S": "SemiBold"}[weight]
    face = uharfbuzz.Face((FONTS / f"Inter-{name}.ttf").read_bytes())
    font = uharfbuzz.Font(face)
    return {font.get_nominal_glyph(letter): chr(letter) for letter in sorted(face.unicodes, reverse=True)}
