"""Charts -> drawings: SVG that is fit to stand in HTML, laid out by vl-convert without a browser.

Colours stay CSS variables, text stays text. A chart that vl-convert cannot draw is a SiteError.
"""

import functools
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import vl_convert

from generator.draw.clean import NARROW_TEXT, cleaned
from generator.draw.keys import key_of
from generator.draw.work import Workshop, made_all
from generator.errors import SiteError
from generator.models import Chart, Drawing

_METRICS = "Task Share Metrics"  # see measured(): Inter with hardly a glyph and no features, in static/fonts


def draw_all(
    charts: Sequence[Chart],
    shop: Workshop,
    progress: Callable[[int], None] = lambda done: None,
    *,
    is_interactive: bool = True,
) -> dict[str, Drawing]:
    """The drawing of each chart by its id. `progress` is called with the number of charts done.

    `is_interactive`: with the compiled Vega specification; a drawing of a page that stays as it is needs none.
    """
    keys = {
        chart.id: key_of(
            shop.fonts, "drawing", is_interactive, chart.spec, chart.narrow, chart.title, chart.description
        )
        for chart in charts
    }
    make = functools.partial(_drawn, is_interactive=is_interactive)
    made = made_all({keys[chart.id]: chart for chart in charts}, make, shop, progress)
    drawings = {key: Drawing(**json.loads(made.pop(key))) for key in [*made]}  # years of charts are not held twice
    return {chart.id: drawings[keys[chart.id]] for chart in charts}


def draw(chart: Chart, *, is_interactive: bool = True) -> Drawing:
    """Draw one chart, with the fonts that are registered in this process."""
    try:
        svg = vl_convert.vegalite_to_svg(measured(chart.spec), allowed_base_urls=[])
        narrow = vl_convert.vegalite_to_svg(measured(chart.narrow), allowed_base_urls=[]) if chart.narrow else ""
        vega = vl_convert.vegalite_to_vega(chart.spec) if is_interactive else None
    except ValueError as exc:
        raise SiteError(f"chart {chart.id}: vl-convert cannot draw its specification: {str(exc)[:300]}") from exc
    compiled = json.dumps(vega, separators=(",", ":")) if vega else ""
    wide, width, height = cleaned(svg, chart)
    return Drawing(wide, compiled, width, height, cleaned(narrow, chart, NARROW_TEXT)[0] if narrow else "")


def measured(spec: Mapping[str, Any]) -> dict[str, Any]:
    """`spec` in a font that is quick to measure: vl-convert reads its file anew for each letter of a text.

    No place in a chart depends on how wide a font is, and a drawing names no font, so it is the same in less time.
    """
    return {**spec, "config": {**spec.get("config", {}), "font": _METRICS}}


def _drawn(chart: Chart, *, is_interactive: bool) -> bytes:
    drawing = draw(chart, is_interactive=is_interactive)
    return json.dumps({name: getattr(drawing, name) for name in Drawing.__slots__}, ensure_ascii=False).encode()
