"""A task's page, whole, beside pages that hold its first chart alone: requests, bytes, and when it is painted."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import sync_playwright

from .. import peers
from ..measured import Spread, say
from ..server import Served, served
from ..tables import table
from .lighthouse import Audit, audit, middle
from .published import TASK, published_site
from .usual import NPM, altair_page, framework_page

OURS = "ours: a task's page, whole"
OTHERS = {
    "Altair `chart.save`, scripts from a CDN": "altair-cdn/",
    "Altair `chart.save`, scripts inline": "altair-inline/",
    "Observable Framework": "framework/",
}
HEADER = ("page", "requests", "bytes, gzip", "times ours", "LCP", "ours to it", "Lighthouse")


def measure(rounds: int, site: Path | None = None) -> str:
    """Requests and bytes of a first visit; Lighthouse in turns."""
    site = site or published_site()
    with tempfile.TemporaryDirectory() as place:
        pages = Path(place) / "pages"
        altair_page(site, pages / "altair-cdn", is_inline=False)
        altair_page(site, pages / "altair-inline", is_inline=True)
        framework_page(site, Path(place), pages / "framework")
        folders = {"/usual/": pages, NPM: peers.node_modules()}
        with served(site, folders) as server:
            addresses = {OURS: server.url + TASK} | {name: f"{server.url}usual/{path}" for name, path in OTHERS.items()}
            sent = {name: first_visit(server, url) for name, url in addresses.items()}
            audits = audits_in_turns(addresses, rounds)
    return table(HEADER, [_row(name, sent, audits) for name in addresses])


def first_visit(server: Served, url: str) -> tuple[int, int]:
    """Requests, and bytes of the answers, until the page asks for nothing more."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=peers.browser(), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        server.sent.clear()
        page.goto(url, wait_until="networkidle")
        if page.locator("svg, canvas").count() == 0:
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
    if name == OURS:
        return *told, "", paints.told(0, " ms"), "", scores
    pairs = zip(audits[OURS], audits[name], strict=True)
    ratios = Spread(tuple(ours.lcp / theirs.lcp for ours, theirs in pairs))
    return *told, f"{size / sent[OURS][1]:.1f}", paints.told(0, " ms"), ratios.told(), scores
