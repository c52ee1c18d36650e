"""A site as it is published: the sample's days without the mark that makes them a sample.

The sample asks search engines to stay away and says on every page that it is fictional, which a published site does
not; Lighthouse would count the first as a fault.
Such a site is to be measured and never published; it lies in `.cache/benchmarks`, with the cache that made it.
"""

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.sample import sample_files

from ..builder.archives import write_archive
from ..measured import PROJECT, run, say

PLACE = PROJECT / ".cache" / "benchmarks"
TASK, CHART, TREND = "tasks/code/debugging/", "code-debugging", "code-debugging-history"


def published_site(days: int = 120) -> Path:
    """Build it and give its folder."""
    say(f"building a site of {days} days as it is published")
    shutil.rmtree(PLACE / "data", ignore_errors=True)
    write_archive(PLACE / "data", _unmarked(days))
    run([sys.executable, "-m", "generator", "build"], PLACE, PYTHONPATH=str(PROJECT))
    return PLACE / "_site"


def _unmarked(days: int) -> Iterator[tuple[str, bytes]]:
    for path, body in sample_files(days):
        answer = json.loads(body)
        del answer["data"]["sample"]
        yield path, json.dumps(answer).encode()


def specification(site: Path, chart: str) -> dict[str, Any]:
    """The Vega-Lite specification of a chart, as the site gives it away."""
    found: dict[str, Any] = json.loads((site / "charts" / f"{chart}.json").read_bytes())
    return found
