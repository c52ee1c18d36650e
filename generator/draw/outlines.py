"""SVG with text -> the same picture with outlines of letters, which looks the same wherever it is shown.

Comes in: an element as drawings and cards have them: texts with anchor, place, size, weight, and lines as `tspan`.
Each letter is defined once in the picture and used by name where it stands.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping

from generator.draw.clean import TEXT
from generator.draw.letters import UNITS, Letters, Weight

_PLACE = re.compile(r"translate\((-?[\d.]+),(-?[\d.]+)\)")
_INHERITED = ("text-anchor", "font-size", "font-weight")  # what a group says for the texts in it
_SHIFTS = {"start": 0.0, "middle": 0.5, "end": 1.0}


def outlined(root: ET.Element, letters: Letters, *, is_readers_font_there: bool) -> None:
    """Replace every text within `root`, which carries no namespace.

    `is_readers_font_there`: a text with a letter that the fonts lack stays text, for a browser to draw; else that
    letter becomes a box.
    """
    used: dict[str, None] = {}
    _replace_texts(root, letters, used, {}, is_readers_font_there)
    names = {letters.outline(name): name for name in sorted(used)}
    if names:
        definitions = ET.Element("defs")
        definitions.extend(ET.Element("path", {"id": name, "d": shape}) for shape, name in names.items())
        root.insert(sum(child.tag in ("title", "desc") for child in root), definitions)


def _replace_texts(
    parent: ET.Element,
    letters: Letters,
    used: dict[str, None],
    around: Mapping[str, str],
    is_readers_font_there: bool,
) -> None:
    """`around`: what the elements around `parent` say of texts within."""
    said = {**around, **{name: value for name, value in parent.attrib.items() if name in _INHERITED}}
    for position, child in enumerate(parent):
        if child.tag == "text" and len(child) and "x" in child[0].attrib:
            parent[position] = child = _apart(child)
        if child.tag != "text":
            _replace_texts(child, letters, used, said, is_readers_font_there)
        elif not (is_readers_font_there and not letters.has_all("".join(child.itertext()))):
            parent[position] = _group(child, {**said, **child.attrib}, letters, used)


def _apart(text: ET.Element) -> ET.Element:
    """Lines that stand each at a place of its own, as texts in a group."""
    group = ET.Element("g", {name: value for name, value in text.attrib.items() if name != "y"})
    y = float(text.get("y", 0))
    for line in text:
        y += float(line.get("dy", 0))
        ET.SubElement(group, "text", {"x": line.attrib["x"], "y": f"{y:g}"}).text = line.text
    return group


def _group(text: ET.Element, look: Mapping[str, str], letters: Letters, used: dict[str, None]) -> ET.Element:
    """The glyphs of a text in a group that places and scales them."""
    size = float(look.get("font-size", TEXT).removesuffix("px"))
    x, y = _place(text)
    group = ET.Element("g", {"transform": f"translate({x:g},{y:g})scale({size / UNITS:g})"})
    if "fill" in text.attrib:
        group.set("fill", text.attrib["fill"])
    weight: Weight = "SemiBold" if look.get("font-weight") == "600" else "Regular"
    shift = _SHIFTS[look.get("text-anchor", "start")]
    for words, down in _lines(text):
        line = letters.line(words, weight)
        begin = -round(line.width * shift)
        for glyph in line.glyphs:
            used[glyph.name] = None
            place = {"x": str(begin + glyph.across)} | ({"y": str(round(down * UNITS / size))} if down else {})
            group.append(ET.Element("use", {"href": f"#{glyph.name}", **place}))
    return group


def _place(text: ET.Element) -> tuple[float, float]:
    match = _PLACE.fullmatch(text.get("transform", "translate(0,0)"))
    assert match, f"a text is placed by translate() alone, found {text.get('transform')}"
    return float(match[1]) + float(text.get("x", 0)), float(match[2]) + float(text.get("y", 0))


def _lines(text: ET.Element) -> Iterator[tuple[str, float]]:
    """The lines of a text and how far down each is."""
    if len(text) == 0:
        yield text.text or "", 0.0
        return
    down = 0.0
    for line in text:
        down += float(line.get("dy", 0))
        yield line.text or "", down
