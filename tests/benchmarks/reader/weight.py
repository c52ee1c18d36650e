"""A task's page, whole, and its first chart alone, beside the usual pages that hold that chart alone.

Requests, bytes, what Lighthouse says, and when the chart is seen, which LCP does not tell (`seen.py`); and when a page
is painted that has nothing but a heading, since no page can be faster than that.
"""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import sync_playwright

from .. import peers
from ..measured import Spread, say
from ..server import Served, served
from ..tables import table
from .lighthouse import Audit, audit, middle
from .published import CHART, TASK, published_site
from .seen import SCREEN, loads_in_turns, table_of
from .usual import NPM, altair_page, framework_page

WHOLE, ALONE = "ours: a task's page, whole", "ours: the chart alone, with its table"
OURS = {WHOLE: TASK, ALONE: f"e/{CHART}/"}
HEADING = "a heading and nothing else"
HEADING_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Debugging</title>
<link rel="icon" href="data:,"><h1>Samphire leads Debugging by requests, Nougat by tokens</h1></html>
"""
OTHERS = {
    "Altair `chart.save`, scripts from a CDN": "altair-cdn/",
    "Altair `chart.save`, scripts inline": "altair-inline/",
    "Observable Framework": "framework/",
}
SEEN = f"When the chart is seen, in Chromium as a slow telephone with a screen of {SCREEN[0]} by {SCREEN[1]} pixels:"
HEADER = (
    "page",
    "requests",
    "bytes, gzip",
    "times our page / our chart",
    "LCP",
    "our page to it",
    "our chart to it",
    "Lighthouse",
)


def measure(rounds: int, site: Path | None = None) -> str:
    """Requests and bytes of a first visit; Lighthouse in turns; then, in turns too, when the chart is seen."""
    site = site or published_site()
    with tempfile.TemporaryDirectory() as place:
        pages = Path(place) / "pages"
        altair_page(site, pages / "altair-cdn", is_inline=False)
        altair_page(site, pages / "altair-inline", is_inline=True)
        framework_page(site, Path(place), pages / "framework")
        folders = {"/usual/": pages, NPM: peers.node_modules()}
        (pages / "heading").mkdir()
        (pages / "heading" / "index.html").write_text(HEADING_PAGE, encoding="utf-8")
        with served(site, folders) as server:
            usual = OTHERS | {HEADING: "heading/"}
            addresses = {name: f"{server.url}{path}" for name, path in OURS.items()}
            addresses |= {name: f"{server.url}usual/{path}" for name, path in usual.items()}
            sent = {name: first_visit(server, url) for name, url in addresses.items()}
            audits = audits_in_turns(addresses, rounds)
            loads = loads_in_turns(addresses, rounds)
    first = table(HEADER, [_row(name, sent, audits) for name in addresses])
    return f"{first}\n\n{SEEN}\n\n{table_of(loads, OURS, OTHERS)}"


def first_visit(server: Served, url: str) -> tuple[int, int]:
    """Requests, and bytes of the answers, until the page asks for nothing more."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=peers.browser(), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        server.sent.clear()
        page.goto(url, wait_until="networkidle")
        if page.locator("svg, canvas, body > h1:only-child").count() == 0:
            raise SystemExit(f"{url} shows no chart")
        browser.close()
    return len(server.sent), sum(server.sent)


def audits_in_turns(addresses: Mapping[str, str], rounds: int) -> dict[str, list[Audit]]:
    """Several runs of Lighthouse on each page, in turns."""
    found: dict[str, list[Audit]] = {name: [] for name in addresses}
    for number in range(rounds):
        for name, url in addresses.items():
            found[name].append(audit(url))
            say(f"round {number + 1} of {rounds}, {name}: LCP {found[name][-1].lcp:,.0f} ms")
    return found


def _row(name: str, sent: Mapping[str, tuple[int, int]], audits: Mapping[str, list[Audit]]) -> tuple[str, ...]:
    requests, size = sent[name]
    paints = Spread(tuple(each.lcp for each in audits[name]))
    told = (name, str(requests), f"{size:,}")
    scores = "/".join(map(str, middle(audits[name]).scores))
    if name not in OTHERS:
        return *told, "", paints.told(0, " ms"), "", "", scores
    times = " / ".join(f"{size / sent[ours][1]:.1f}" for ours in OURS)
    return *told, times, paints.told(0, " ms"), *(_sooner(audits[ours], audits[name]) for ours in OURS), scores


def _sooner(ours: list[Audit], theirs: list[Audit]) -> str:
    """What part of their time ours takes, round by round."""
    return Spread(tuple(one.lcp / other.lcp for one, other in zip(ours, theirs, strict=True))).told()
