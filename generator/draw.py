"""Charts -> SVG, drawn by vl-convert without a browser and kept in a cache. Owns vl_convert.

Comes in: charts, a folder with fonts, a folder for the cache (safe to delete at any time). Goes out: one drawing a
chart, fit to stand in HTML: colours stay CSS variables, text stays text, it has a name and a description.
A chart that vl-convert cannot draw is a SiteError; a damaged cache entry is drawn again.
"""

import functools
import hashlib
import json
import os
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import suppress
from importlib import metadata
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import vl_convert

from generator.errors import SiteError
from generator.models import Chart, Drawing

WORKERS = 2
_WORTH_WORKERS = 12  # a worker needs about a second to start, a chart a tenth of one
_SVG = "http://www.w3.org/2000/svg"
_METRICS = "Task Share Metrics"  # see measured(): Inter with hardly a glyph and no features, in static/fonts
_TEXT, _NARROW_TEXT = {"font-size": "14px"}, {"font-size": "12px"}
_INHERITED = {"stroke-width": "2"}  # said once at the top, not at each mark
_NOISE = re.compile(r"class|role|aria-.*|pointer-events|font-family|stroke-miterlimit|version")
_DECIMALS = re.compile(r"-?\d*\.\d+(?:e-?\d+)?")


def workers(fonts: Path) -> ProcessPoolExecutor:
    """Processes that draw, for several calls of `draw_all`; none is started before it is needed."""
    return ProcessPoolExecutor(WORKERS, get_context("spawn"), _use_fonts, (fonts,))


def draw_all(
    charts: Sequence[Chart],
    fonts: Path,
    cache: Path | None,
    progress: Callable[[int], None] = lambda done: None,
    *,
    pool: Executor | None = None,
    is_interactive: bool = True,
) -> dict[str, Drawing]:
    """The drawing of each chart by its id. `progress` is called with the number of charts done.

    `is_interactive`: with the compiled Vega specification; a drawing of a page that stays as it is needs none.
    """
    version = _version(fonts)
    keys = {chart.id: _key(chart, version, is_interactive) for chart in charts}
    found = {chart.id: _cached(cache, keys[chart.id]) for chart in charts}
    missing = [chart for chart in charts if found[chart.id] is None]
    done = len(charts) - len(missing)
    progress(done)
    drawings = {chart_id: drawing for chart_id, drawing in found.items() if drawing is not None}
    drawn = _drawn(missing, functools.partial(draw, is_interactive=is_interactive), fonts, pool)
    for chart, drawing in zip(missing, drawn, strict=True):
        drawings[chart.id] = drawing
        _keep(cache, keys[chart.id], drawing)
        done += 1
        progress(done)
    return drawings


def _drawn(
    charts: Sequence[Chart], one: Callable[[Chart], Drawing], fonts: Path, pool: Executor | None
) -> Iterator[Drawing]:
    if len(charts) < _WORTH_WORKERS:
        _use_fonts(fonts)
        yield from map(one, charts)
    elif pool:
        yield from pool.map(one, charts, chunksize=4)
    else:
        with workers(fonts) as own:
            yield from own.map(one, charts, chunksize=4)


@functools.cache
def _use_fonts(fonts: Path) -> None:
    vl_convert.register_font_directory(str(fonts.resolve()))


def draw(chart: Chart, *, is_interactive: bool = True) -> Drawing:
    """Draw one chart, with the fonts that are registered in this process."""
    try:
        svg = vl_convert.vegalite_to_svg(measured(chart.spec), allowed_base_urls=[])
        narrow = vl_convert.vegalite_to_svg(measured(chart.narrow), allowed_base_urls=[]) if chart.narrow else ""
        vega = vl_convert.vegalite_to_vega(chart.spec) if is_interactive else None
    except ValueError as exc:
        raise SiteError(f"chart {chart.id}: vl-convert cannot draw its specification: {str(exc)[:300]}") from exc
    compiled = json.dumps(vega, separators=(",", ":")) if vega else ""
    wide, width, height = _clean(svg, chart, _TEXT)
    return Drawing(wide, compiled, width, height, _clean(narrow, chart, _NARROW_TEXT)[0] if narrow else "")


def measured(spec: Mapping[str, Any]) -> dict[str, Any]:
    """`spec` in a font that is quick to measure: vl-convert reads its file anew for each letter of a text.

    No place in a chart depends on how wide a font is, and a drawing names no font, so it is the same in less time.
    """
    return {**spec, "config": {**spec.get("config", {}), "font": _METRICS}}


def _clean(svg: str, chart: Chart, text: Mapping[str, str]) -> tuple[str, int, int]:
    """The same picture in a fraction of the bytes, with a name and a description; its width and height."""
    root = ET.fromstring(svg)
    width, height = round(float(root.attrib["width"])), round(float(root.attrib["height"]))
    inherited = {**text, **_INHERITED}
    _strip(root, inherited)
    root.attrib = {
        "viewBox": f"0 0 {width} {height}",
        "width": str(width),
        "height": str(height),
        "role": "img",
        "aria-label": chart.title,
        **inherited,
    }
    description = ET.Element(f"{{{_SVG}}}desc")
    description.text = chart.description
    root.insert(0, description)
    ET.register_namespace("", _SVG)
    clean = ET.tostring(root, encoding="unicode").replace(f' xmlns="{_SVG}"', "", 1).replace(" />", "/>")
    return clean, width, height


def _strip(element: ET.Element, inherited: Mapping[str, str]) -> None:
    for child in list(element):
        _strip(child, inherited)
    element[:] = [kept for child in element for kept in _kept(child)]
    if element.get("stroke-width") == "0":
        element.attrib.pop("stroke", None)
        del element.attrib["stroke-width"]
    for name, value in list(element.attrib.items()):
        if _NOISE.fullmatch(name) or (name == "opacity" and value == "1") or inherited.get(name) == value:
            del element.attrib[name]
        elif name in ("d", "transform", "x2", "y2", "width", "height"):
            element.attrib[name] = _DECIMALS.sub(_one_decimal, value)


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


@functools.cache
def _version(fonts: Path) -> str:
    """Whatever else determines a drawing: vl-convert, the fonts, and this module."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for font in sorted(fonts.glob("*.ttf")):
        digest.update(hashlib.sha256(font.read_bytes()).digest())
    return f"{metadata.version('vl-convert-python')} {digest.hexdigest()}"


def _key(chart: Chart, version: str, is_interactive: bool) -> str:
    content = [version, is_interactive, chart.spec, chart.narrow, chart.title, chart.description]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _cached(cache: Path | None, key: str) -> Drawing | None:
    """A kept drawing; None where there is none, or where it is not what was written."""
    if cache is None:
        return None
    try:
        digest, _, content = (cache / f"{key}.json").read_text("utf-8").partition("\n")
        if hashlib.sha256(content.encode()).hexdigest() != digest:
            return None
        return Drawing(**json.loads(content))
    except (OSError, UnicodeDecodeError):
        return None


def _keep(cache: Path | None, key: str, drawing: Drawing) -> None:
    """Write beside and rename, so that no reader ever sees half an entry. A cache that cannot be written is none."""
    if cache is None:
        return
    fields = {name: getattr(drawing, name) for name in Drawing.__slots__}
    content = json.dumps(fields, ensure_ascii=False)
    beside = cache / f".{key}.{os.getpid()}"
    try:
        cache.mkdir(parents=True, exist_ok=True)
        beside.write_text(f"{hashlib.sha256(content.encode()).hexdigest()}\n{content}", "utf-8")
        beside.replace(cache / f"{key}.json")
    except OSError:
        with suppress(OSError):
            beside.unlink()
