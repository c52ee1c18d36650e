"""Lighthouse, as a telephone on a slow network, on pages of this machine."""

import json
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from .. import peers
from ..measured import PROJECT, run

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"


@dataclass(frozen=True, slots=True)
class Audit:
    """What Lighthouse says of a page: scores of 0 to 100, milliseconds, and what it found at fault."""

    scores: tuple[int, ...]  # in the order of CATEGORIES
    lcp: float  # when the largest part is painted, throttled
    shift: float  # how much the layout moved
    faults: tuple[str, ...]


def audit(url: str, *, is_dark: bool = False) -> Audit:
    """One run."""
    script = peers.node_modules() / "lighthouse" / "cli" / "index.js"
    flags = FLAGS + (" --force-dark-mode" if is_dark else "")
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        options = ["--output=json", f"--output-path={report}", "--quiet", f"--chrome-flags={flags}"]
        only = f"--only-categories={','.join(CATEGORIES)}"
        run(["node", script, url, *options, only], PROJECT, CHROME_PATH=peers.browser())
        return _read(json.loads(report.read_bytes()))


def middle(audits: list[Audit]) -> Audit:
    """The median of each figure; every fault that any run found."""
    scores = tuple(round(median(found)) for found in zip(*(each.scores for each in audits), strict=True))
    faults = tuple(sorted({fault for each in audits for fault in each.faults}))
    return Audit(scores, median(each.lcp for each in audits), max(each.shift for each in audits), faults)


def _read(report: dict[str, Any]) -> Audit:
    audits, categories = report["audits"], report["categories"]
    if report.get("runtimeError"):
        raise SystemExit(f"Lighthouse: {report['runtimeError']['message']}")
    counted = {ref["id"] for category in categories.values() for ref in category["auditRefs"] if ref["weight"]}
    faults = [id for id in counted if audits[id]["score"] is not None and audits[id]["score"] < 0.9]
    return Audit(
        tuple(round(100 * categories[name]["score"]) for name in CATEGORIES),
        audits["largest-contentful-paint"]["numericValue"],
        audits["cumulative-layout-shift"]["numericValue"],
        tuple(faults),
    )
