"""When a reader sees the chart: pages on a slow telephone -> milliseconds until the chart's marks have been painted.

Why LCP alone does not say it: the "largest contentful paint" of a page is that of its largest text or picture. Of a
drawing in SVG it counts the letters, each text for itself, and never a mark; of a canvas nothing. Of Framework's page
it is the heading, and the chart, which the reader came for, follows more than a second later; of Altair's the title of
the chart; of ours on a narrow screen a paragraph.

What is measured, of every page alike: the time from the start of the navigation to the second frame after the one in
which the page first has a chart, so that the frame with the chart has been painted; and nothing is seen before the
first paint, which the browser tells. A chart is an `<svg>` or a
`<canvas>` of 200 by 200 CSS pixels or more; the drawing is whole (the parser has passed its end) and has at least five
shapes, the canvas has pixels of more than one colour. A page that holds nothing but a heading counts as seen with it:
no page can be faster. Whether the chart is on the screen at once does not matter; where it begins is told beside it.

The screen has 768 by 1024 pixels, upright: a telephone's processor and network, but a width at which all pages show
the drawing (below 640 ours show the same rows as a table with bars), and a height that holds it whole on all of them.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial
from operator import attrgetter

from playwright.sync_api import Browser, sync_playwright

from .. import peers
from ..measured import Spread, in_turns
from ..tables import table
from .telephone import PATIENCE, telephone

SCREEN = (768, 1024)  # CSS pixels
HEADER = ("page", "first paint", "chart seen", "its top", "our page to it", "our chart to it")
WATCH = """(() => {
  const SHAPES = 'path, rect, circle, ellipse, line, polyline, polygon, use'; // a path of many parts counts as many
  const probe = new OffscreenCanvas(64, 64).getContext('2d', { willReadFrequently: true });

  window.firstPaint = new Promise((resolve) => {
    new PerformanceObserver((list) => list.getEntriesByName('first-contentful-paint').forEach(resolve))
      .observe({ type: 'paint', buffered: true });
  });
  window.chartSeen = new Promise((resolve) => {
    const watch = () => {
      const chart = [...document.querySelectorAll('svg, canvas, body > h1:only-child')].find(isThere);
      if (!chart) return requestAnimationFrame(watch);
      const { top } = chart.getBoundingClientRect();
      requestAnimationFrame(() => requestAnimationFrame(() => resolve({ time: performance.now(), top })));
    };
    requestAnimationFrame(watch);
  });

  function isThere(element) {
    if (element.matches('h1')) return isWhole(element);
    const { width, height } = element.getBoundingClientRect();
    if (width < 200 || height < 200) return false;
    if (element.matches('canvas')) return isPainted(element);
    return isWhole(element) && shapesIn(element) >= 5;
  }

  function shapesIn(drawing) {
    const partsOf = (shape) => shape.getAttribute('d')?.match(/m/gi)?.length ?? 1;
    return [...drawing.querySelectorAll(SHAPES)].reduce((sum, shape) => sum + partsOf(shape), 0);
  }

  // Something follows it, so the parser is past its end; of what a script puts in, nothing is missing.
  function isWhole(element) {
    for (let each = element; each; each = each.parentElement) if (each.nextSibling) return true;
    return document.readyState !== 'loading';
  }

  function isPainted(canvas) {
    if (!canvas.width || !canvas.height) return false;
    probe.clearRect(0, 0, 64, 64);
    probe.drawImage(canvas, 0, 0, 64, 64);
    const pixels = new Uint32Array(probe.getImageData(0, 0, 64, 64).data.buffer);
    return pixels.some((pixel) => pixel !== pixels[0]);
  }
})();"""
ASK = """async (patience) => {
  const found = Promise.all([window.firstPaint, window.chartSeen]);
  const [paint, chart] = await Promise.race([found, new Promise((resolve) => setTimeout(resolve, patience, []))]);
  return chart ? [paint.startTime, Math.max(chart.time, paint.startTime), chart.top] : null;
}"""


@dataclass(frozen=True, slots=True)
class Load:
    """One load of a page: milliseconds from the start of the navigation, and CSS pixels."""

    painted: float  # first contentful paint: words or pictures, whichever
    seen: float  # the chart
    top: float  # where the chart begins, from the top of the page


Loads = Mapping[str, list[Load]]


def loads_in_turns(addresses: Mapping[str, str], rounds: int) -> Loads:
    """Each page as often as there are rounds, in turns; a browser's very first load, which is slow, is not told."""
    loads: dict[str, list[Load]] = {name: [] for name in addresses}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=peers.browser(), args=["--no-sandbox", "--disable-gpu"])
        load(browser, next(iter(addresses.values())))

        def seen(name: str) -> float:
            loads[name].append(load(browser, addresses[name]))
            return loads[name][-1].seen

        in_turns({name: partial(seen, name) for name in addresses}, rounds)
        browser.close()
    return loads


def load(browser: Browser, url: str) -> Load:
    """One load with nothing kept from before; a page without a chart ends the benchmark."""
    with telephone(browser, *SCREEN) as page:
        page.add_init_script(WATCH)
        page.goto(url)
        found = page.evaluate(ASK, PATIENCE)
    if found is None:
        raise SystemExit(f"{url} showed no chart within {PATIENCE / 1000:.0f} s")
    return Load(*found)


def table_of(loads: Loads, ours: Collection[str], others: Collection[str]) -> str:
    """A row a page; beside the `others` what part of their time each of `ours` takes, round by round."""
    return table(HEADER, [_row(name, loads, ours if name in others else ()) for name in loads])


def _row(name: str, loads: Loads, compared: Collection[str]) -> tuple[str, ...]:
    of = loads[name]
    painted, seen = (Spread(tuple(map(attrgetter(what), of))).told(0, " ms") for what in ("painted", "seen"))
    ratios = [_part(loads[ours], of) for ours in compared] or [""] * 2
    return name, painted, seen, f"{of[0].top:.0f} px", *ratios


def _part(ours: list[Load], theirs: list[Load]) -> str:
    return Spread(tuple(one.seen / other.seen for one, other in zip(ours, theirs, strict=True))).told()
