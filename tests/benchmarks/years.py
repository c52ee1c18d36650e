"""Archives of a year -> the pages that follow their newest day, made in seconds and only to be weighed.

Comes in: the sample, or the real day where it lies beside the project. Goes out: every page that `generator build`
makes of the newest snapshot, the same in every byte but for the version in its addresses; no editions, no days, no
pictures, so that many of its links lead nowhere. Such a folder is not to be published.
"""

import json
import shutil
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from generator import analyse, archive, charts, draw, pages, validate
from generator.addresses import Paths
from generator.models import History
from generator.pipeline.pieces import paired
from generator.pipeline.places import FONTS, PROJECT, STATIC, TEMPLATES
from generator.sample import sample_files
from generator.sample.noise import wave
from generator.settings import load_settings
from generator.site.render import file_of, renderer
from generator.site.static import styles_of

REAL_DAY = PROJECT.parent / "shared" / "real" / "2026-08-31.json"
DAYS = 365
_VERSION = "0123456789"  # in place of a digest: as long, and as hard to compress


def sample_year() -> History:
    """The sample, a year long."""
    return _history(sample_files(DAYS))


def real_day() -> History:
    """The real day alone."""
    return _history([_named(json.loads(REAL_DAY.read_bytes()))])


def real_year() -> History:
    """The real day, and before it a year made up from it: its tasks and models, and shares that wander."""
    answer = json.loads(REAL_DAY.read_bytes())
    return _history(_named(_earlier(answer, days)) for days in reversed(range(DAYS)))


def write_current_pages(history: History, out: Path, static: Path, cache: Path) -> None:
    """Write the pages of the newest day to `out`, and beside them the folder `static` of a built site."""
    report, trends, log = analyse.analyse(history), analyse.trends_of(history), analyse.log_of(history)
    made = charts.all_charts(report, trends)
    with draw.workers(FONTS) as pool:
        drawn = paired(made, draw.draw_all(made, draw.Workshop(FONTS, cache, pool)))
    settings = load_settings("", {}, {})
    cards = (
        pages.front_card(report, drawn, Paths(report.source_path)),
        pages.lasting_card(settings, is_sample=report.is_sample),
    )
    print_page = renderer(pages.site_words(report, settings, cards), TEMPLATES, styles_of(STATIC), _VERSION, _VERSION)
    prose = (TEMPLATES / "method.md").read_text("utf-8")
    for page in pages.current_pages(report, trends, log, drawn, prose, settings):
        file = out / file_of(page.path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(print_page(page))
    shutil.copytree(static, out / "static")


def _history(files: Iterable[tuple[str, bytes]]) -> History:
    stored = (archive.ArchiveFile(path, body) for path, body in files)
    return archive.assemble("7d", stored, parse=validate.parse_snapshot, digest=validate.content_digest)


def _named(answer: dict[str, Any]) -> tuple[str, bytes]:
    return f"7d/{answer['data']['as_of']}.json", json.dumps(answer).encode()


def _earlier(answer: dict[str, Any], days: int) -> dict[str, Any]:
    """The answer as it might have been that many days before."""
    data = answer["data"]
    as_of = date.fromisoformat(data["as_of"]) - timedelta(days=days)
    tasks = [{**task, "models": _wandered(task, as_of) if days else task["models"]} for task in data["classifications"]]
    return {"data": {**data, "as_of": as_of.isoformat(), "classifications": tasks}}


def _wandered(task: dict[str, Any], day: date) -> list[dict[str, Any]]:
    """The models of a task, each with 60 to 100 % of its shares, so that they still fit into the whole."""
    models = []
    for model in task["models"]:
        of_requests, of_tokens = (0.8 + 0.2 * part for part in wave(f"{task['tag']} {model['id']}", day.toordinal(), 2))
        requests, tokens = model["tag_usage_share"] * of_requests, model["tag_token_share"] * of_tokens
        models.append({**model, "tag_usage_share": round(requests, 3), "tag_token_share": round(tokens, 3)})
    return sorted(models, key=lambda model: -model["tag_usage_share"])
