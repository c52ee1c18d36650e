"""From a click on a chart to the chart that answers, beside stock vega-embed; and whether anything moves meanwhile.

On a slow telephone. On both pages stands the same drawing, and a click loads what is needed: ours `vega.js` and the
compiled chart; vega-embed its three scripts and the specification. The time ends when the interactive chart has been
painted.
"""

import json
import tempfile
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from .. import peers
from ..measured import in_turns, ratio
from ..server import served
from ..tables import table
from .published import CHART, TASK, TREND, published_site, specification
from .scores import kinds_of_pages
from .telephone import telephone
from .usual import NPM

CHARTS = {"bars": (CHART, 0.6), "trend": (TREND, 0.7)}  # and the goal
SCREEN = (390, 800)  # CSS pixels
WIDTHS = (390, 1280)
OURS, STOCK = "ours", "vega-embed"
USUAL_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Chart</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head><body>
<div id="chart">{drawing}</div>
<script>
  const load = (src) => new Promise((onload, onerror) => {{
    document.head.append(Object.assign(document.createElement('script'), {{ src, async: false, onload, onerror }}));
  }});
  document.querySelector('#chart').addEventListener('click', async () => {{
    const specification = fetch('{specification}').then((answer) => answer.json());
    await Promise.all({scripts}.map(load));
    await vegaEmbed('#chart', await specification, {{ actions: false, renderer: 'svg' }});
    document.querySelector('#chart').dataset.interactive = 'yes';
  }}, {{ once: true }});
</script></body></html>"""
CLICK_AND_WAIT = """([chart, drawing]) => new Promise((resolve) => {
  const began = performance.now();
  const painted = () => requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
  new MutationObserver(() => chart.dataset.interactive && painted()).observe(chart, { attributes: true });
  drawing.dispatchEvent(new MouseEvent('click', { bubbles: true, clientX: 200, clientY: 200 }));
})"""
SHIFTS = """() => new Promise((resolve) => {
  let moved = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => (moved += entry.value)))
    .observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => resolve(moved), 300);
})"""


def measure(rounds: int, site: Path | None = None) -> str:
    """Milliseconds of a chart of rows and of one of lines; then the layout shift of every kind of page."""
    site = site or published_site(365)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=peers.browser(), args=["--no-sandbox", "--disable-gpu"])
        for chart, _ in CHARTS.values():
            write_usual_page(site, Path(folder), chart)
        with served(site, {"/usual/": Path(folder), NPM: peers.node_modules()}) as server:
            rows = [_row(browser, server.url, kind, rounds) for kind in CHARTS]
            moved = {(path, width): shift(browser, server.url + path, width) for path, width in _views(site)}
        browser.close()
    header = ("click to interactive", OURS, STOCK, "ratio", "goal")
    return f"{table(header, rows)}\n\n{_told(moved)}"


def write_usual_page(site: Path, folder: Path, chart: str) -> None:
    """A page with our drawing of the chart, which vega-embed replaces."""
    scripts = [f"{NPM}{name}/build/{name}.min.js" for name in ("vega", "vega-lite", "vega-embed")]
    (folder / f"{chart}.json").write_text(json.dumps(specification(site, chart)), encoding="utf-8")
    drawing = (site / "charts" / f"{chart}-text.svg").read_text(encoding="utf-8")
    html = USUAL_PAGE.format(drawing=drawing, specification=f"{chart}.json", scripts=json.dumps(scripts))
    (folder / f"{chart}.html").write_text(html, encoding="utf-8")


def _row(browser: Browser, url: str, kind: str, rounds: int) -> tuple[str, ...]:
    chart, goal = CHARTS[kind]
    contenders = {
        OURS: partial(click, browser, url + TASK, f"#chart-{chart}", ".drawing"),
        STOCK: partial(click, browser, f"{url}usual/{chart}.html", "#chart", "svg"),
    }
    found = in_turns(contenders, rounds)
    times = (found[name].told(0, " ms") for name in (OURS, STOCK))
    return kind, *times, ratio(found, OURS, STOCK).told(), str(goal)


def click(browser: Browser, url: str, chart: str, drawing: str) -> float:
    """Milliseconds until the chart answers, in a fresh browser on a slow telephone."""
    with telephone(browser, *SCREEN) as page:
        page.goto(url, wait_until="networkidle")
        places = [page.query_selector(chart), page.query_selector(f"{chart} {drawing}")]
        return float(page.evaluate(CLICK_AND_WAIT, places))


def _views(site: Path) -> Iterator[tuple[str, int]]:
    return ((path, width) for path in kinds_of_pages(site) for width in WIDTHS)


def shift(browser: Browser, url: str, width: int) -> float:
    """How much the layout moved while the page came and each of its charts became interactive."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(url, wait_until="networkidle")
    for drawing in page.locator("[data-chart] .drawing:visible").all():
        drawing.scroll_into_view_if_needed()
        drawing.focus()
        page.wait_for_timeout(400)
    moved = float(page.evaluate(SHIFTS))
    context.close()
    return moved


def _told(moved: Mapping[tuple[str, int], float]) -> str:
    shifted = [f"`{path or '/'}` at {width} px: {value:.4f}" for (path, width), value in moved.items() if value]
    widths = " and ".join(map(str, WIDTHS))
    told = ", ".join(shifted) if shifted else "0 on all"
    return (
        f"Layout shift of {len(moved) // len(WIDTHS)} kinds of pages at {widths} px, charts made interactive: {told}."
    )
