"""What vl-convert drew -> the same picture in a fraction of the bytes, with a name and a description."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping

from generator.draw.lean import lean
from generator.models import Chart

SVG = "http://www.w3.org/2000/svg"
TEXT, NARROW_TEXT = "14", "12"  # pixels
_STROKE = "2"  # pixels, of most lines
_NOISE = re.compile(r"class|role|aria-.*|pointer-events|font-family|stroke-miterlimit|version")
_UNSAID = {  # what SVG takes for granted
    "text-anchor": "start", "font-weight": "normal", "stroke-linejoin": "miter", "x2": "0", "y2": "0", "opacity": "1",
    "transform": "translate(0,0)",
}  # fmt: skip
_DECIMALS = re.compile(r"-?\d*\.\d+(?:e-?\d+)?")


def cleaned(svg: str, chart: Chart, text: str = TEXT) -> tuple[str, int, int]:
    """An element that may stand in HTML as it is, its width and its height. `text`: the size of most letters."""
    root = ET.fromstring(svg)
    width, height = round(float(root.attrib["width"])), round(float(root.attrib["height"]))
    inherited = {"font-size": text, "stroke-width": _STROKE}  # said once at the top, not at each mark
    _strip(root, {**_UNSAID, **inherited})
    left, top, look = _frame(root)
    lean(root, _STROKE)
    root.attrib = {
        "viewBox": f"{left} {top} {width} {height}",
        "width": str(width),
        "height": str(height),
        "role": "img",
        "aria-label": chart.title,
        **inherited,
        **look,
    }
    description = ET.Element(f"{{{SVG}}}desc")
    description.text = chart.description
    root.insert(0, description)
    ET.register_namespace("", SVG)
    clean = ET.tostring(root, encoding="unicode").replace(f' xmlns="{SVG}"', "", 1).replace(" />", "/>")
    return clean, width, height


def _frame(root: ET.Element) -> tuple[int, int, dict[str, str]]:
    """Where the picture begins, counted from where its plot does, and what the group around all says of its marks.

    The group is dissolved: `viewBox` places the plot as well. An interactive chart takes it over (static/charts.js).
    """
    (plot,) = root
    look = dict(plot.attrib)
    place = re.fullmatch(r"translate\((\d+),(\d+)\)", look.pop("transform", ""))
    assert place, f"the plot of a chart stands at whole pixels, found {plot.attrib}"
    root[:] = list(plot)
    return -int(place[1]), -int(place[2]), look


def _strip(element: ET.Element, unsaid: Mapping[str, str]) -> None:
    for child in list(element):
        _strip(child, unsaid)
    element[:] = [kept for child in element for kept in _kept(child)]
    if element.get("stroke-width") == "0":
        element.attrib.pop("stroke", None)
        del element.attrib["stroke-width"]
    for name, value in list(element.attrib.items()):
        if name in ("d", "transform", "x2", "y2", "width", "height"):
            element.attrib[name] = value = _DECIMALS.sub(_one_decimal, value)
        if name == "font-size":
            element.attrib[name] = value = value.removesuffix("px")
        if _NOISE.fullmatch(name) or unsaid.get(name) == value:
            del element.attrib[name]


def _kept(element: ET.Element) -> list[ET.Element]:
    """The element itself, nothing where it draws nothing, its children where it only groups them."""
    name = element.tag.rpartition("}")[2]
    if element.get("opacity") == "0":
        return []
    is_painted = "stroke" in element.attrib or "fill" in element.attrib
    if name == "path" and not (is_painted and element.get("d")):
        return []
    if name == "g" and (len(element) == 0 or element.attrib in ({}, {"transform": "translate(0,0)"})):
        return list(element)
    if name == "text" and not (element.text or "").strip() and len(element) == 0:
        return []
    return [element]


def _one_decimal(match: re.Match[str]) -> str:
    return f"{float(match[0]):.1f}".removesuffix(".0").replace("-0.0", "0")
