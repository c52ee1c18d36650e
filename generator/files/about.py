"""What speaks of the whole site: sitemap, robots, and what the site is made of."""

import json
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from generator.addresses import PREVIEW_ADDRESS
from generator.files.citation import citation_file
from generator.models import File, Report, Settings

_NOT_FOUND = ("404.html", "editions/latest/", "e/")  # no search engine is to find them


def files_about(
    report: Report, pages: Sequence[str], charts: int, settings: Settings, tools: Mapping[str, str], digest: str
) -> tuple[File, ...]:
    """What speaks of the whole site. `pages`: their paths; `tools`: name and version of what determines the output.

    `digest`: of all that the site is made of; by it a published site is known to be the right one.
    """
    texts = tuple(
        File(path, text.encode())
        for path, text in (
            ("sitemap.xml", _sitemap(pages, settings)),
            ("robots.txt", _robots(report, settings)),
            ("build.json", _build_json(report, pages, charts, settings, tools, digest)),
        )
    )
    return (*texts, citation_file(report, settings))


def _sitemap(pages: Sequence[str], settings: Settings) -> str:
    """All pages that may be found by a search engine, with absolute addresses as the protocol wants them."""
    base = settings.address or PREVIEW_ADDRESS
    urls = "".join(
        f"<url><loc>{escape(base + path)}</loc></url>\n" for path in pages if not path.startswith(_NOT_FOUND)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</urlset>\n'
    )


def _robots(report: Report, settings: Settings) -> str:
    if report.is_sample:
        return "User-agent: *\nDisallow: /\n"
    return f"User-agent: *\nAllow: /\nSitemap: {settings.address or PREVIEW_ADDRESS}sitemap.xml\n"


def _build_json(
    report: Report, pages: Sequence[str], charts: int, settings: Settings, tools: Mapping[str, str], digest: str
) -> str:
    made_of = {
        "site": settings.name,
        "address": settings.address or None,
        "is_sample": report.is_sample,
        "as_of": report.as_of.isoformat(),
        "window_days": report.window_days,
        "snapshot": {"path": report.source_path, "sha256": report.source_sha256},
        "history": {
            "first_day": report.first_day.isoformat(),
            "days": report.days_kept,
            "days_missing": report.days_missing,
            "days_restated": report.days_restated,
        },
        "warnings": list(report.warnings),
        "pages": len(pages),
        "charts": charts,
        "made_with": dict(sorted(tools.items())),
        "digest": digest,
    }
    return json.dumps(made_of, indent=2, ensure_ascii=False) + "\n"
