"""Drawings -> files to be taken along: SVG that follows the reader's scheme or has its own, and PNG.

Comes in: drawings by the id of their chart, and the palette. Goes out: for each the files of the looks asked for, made
by the same workers and kept in the same cache as the drawings. Letters are outlines, but where the look is `text`.
"""

import base64
import functools
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping, Sequence

from generator.addresses import LOOKS, Look, picture_path
from generator.draw.clean import SVG
from generator.draw.colours import Palette, adaptive, fixed, palette_of
from generator.draw.keys import key_of
from generator.draw.letters import Letters
from generator.draw.outlines import outlined
from generator.draw.png import png_of
from generator.draw.work import Workshop, made_all
from generator.models import Drawing, File, Scheme

PNG_WIDTH = 1344  # twice the width of a chart
_MARGIN = 16  # around a picture that has its own background
_FONT = "Inter,system-ui,sans-serif"
_AT_ONCE = 24  # charts whose pictures are held in memory


def picture_files(
    drawings: Mapping[str, Drawing],
    palette: str,
    shop: Workshop,
    progress: Callable[[int, int], None] = lambda done, total: None,
    *,
    edition: str = "",
) -> Iterator[File]:
    """The pictures of each chart. `edition`: the one whose charts they are; "" for those of the newest snapshot.
    `progress` hears how many of how many files are made.

    An edition has one picture a chart, with text: years of them in outlines would take more room than all pages.
    """
    looks: tuple[Look, ...] = ("text",) if edition else LOOKS
    make = functools.partial(_made, palette=palette, looks=looks, letters=Letters(shop.fonts))
    keys = {chart_id: key_of(shop.fonts, "pictures", palette, looks, item.svg) for chart_id, item in drawings.items()}
    for first in range(0, len(keys), _AT_ONCE):
        some = list(keys)[first : first + _AT_ONCE]
        made = made_all({keys[chart_id]: drawings[chart_id].svg for chart_id in some}, make, shop, worth_workers=6)
        for chart_id in some:
            bodies = json.loads(made[keys[chart_id]])
            for look in looks:
                path = picture_path(chart_id, "adaptive" if edition else look, edition)
                yield File(path, base64.b64decode(bodies[look]))
        progress((first + len(some)) * len(looks), len(keys) * len(looks))


def picture(
    svg: str, look: Look, palette: Palette, letters: Letters, *, width: int = PNG_WIDTH, margin: int = _MARGIN
) -> bytes:
    """One picture of a drawing. `width` of a PNG in pixels; `margin`: around one with a background, in a chart's."""
    match look:
        case "adaptive" | "text":
            return _following(svg, palette, None if look == "text" else letters).encode()
        case "light" | "dark":
            return _with_background(svg, palette, look, letters, margin).encode()
        case "png" | "png-dark":
            scheme: Scheme = "light" if look == "png" else "dark"
            return png_of(_with_background(svg, palette, scheme, letters, margin, is_readers_font_there=False), width)


def _made(svg: str, palette: str, looks: Sequence[Look], letters: Letters) -> bytes:
    """All looks of a drawing, as one entry of the cache."""
    bodies = {look: picture(svg, look, palette_of(palette), letters) for look in looks}
    return json.dumps({look: base64.b64encode(body).decode() for look, body in bodies.items()}).encode()


def _following(svg: str, palette: Palette, letters: Letters | None) -> str:
    """Transparent, in the reader's scheme; with text where there are no `letters`."""
    drawn, rules = adaptive(svg, palette)
    root = ET.fromstring(drawn)
    style = ET.Element("style")
    style.text = rules
    if letters is None:
        style.text += f"svg{{font-family:{_FONT};font-variant-numeric:tabular-nums}}"
    else:
        _in_outlines(root, letters, is_readers_font_there=True)
    root.insert(1, style)
    return _file(root)


def _with_background(
    svg: str, palette: Palette, scheme: Scheme, letters: Letters, margin: int, *, is_readers_font_there: bool = True
) -> str:
    """Opaque, in one scheme, with room around it."""
    root = ET.fromstring(fixed(svg, palette, scheme))
    width, height = (int(root.attrib[side]) + 2 * margin for side in ("width", "height"))
    left, top = (int(place) - margin for place in root.attrib["viewBox"].split()[:2])
    root.attrib |= {
        "viewBox": f"{left} {top} {width} {height}",
        "width": str(width),
        "height": str(height),
    }
    _in_outlines(root, letters, is_readers_font_there=is_readers_font_there)
    ground = {"x": str(left), "y": str(top), "width": str(width), "height": str(height)}
    root.insert(1, ET.Element("rect", {**ground, "fill": palette.of(scheme)["background"]}))
    return _file(root)


def _in_outlines(root: ET.Element, letters: Letters, *, is_readers_font_there: bool) -> None:
    outlined(root, letters, is_readers_font_there=is_readers_font_there)
    if next(root.iter("text"), None) is not None:
        root.set("font-family", _FONT)


def _file(root: ET.Element) -> str:
    """As a file of its own."""
    root.attrib = {"xmlns": SVG, **root.attrib}
    return ET.tostring(root, encoding="unicode").replace(" />", "/>")
