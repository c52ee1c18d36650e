"""The page on which a reader compares two days, and where the comparisons of editions are."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator import formats
from generator.addresses import comparison_path, edition_path
from generator.models import DISTANCES_WEEKS, Earlier, Edition, Link, Log, Page, Report
from generator.pages.lines import Line

MOST_EDITIONS = 52  # in the table; each older one leads to its comparisons itself


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """An edition and those that it is compared with."""

    edition: Link
    earlier: Line


@dataclass(frozen=True, slots=True)
class CompareContent:
    """What compare.html prints."""

    lede: str
    kept: str
    has_two: bool  # days to choose from
    distances: str
    rows: tuple[ComparedRow, ...]
    older: str
    none: str  # why no editions are compared yet; "" where some are


def compare_page(report: Report, log: Log) -> Page:
    """Any two days by script, and a list of the comparisons that are there without one."""
    compared = [edition for edition in log.editions if edition.earlier]
    content = CompareContent(
        lede="Any two days side by side: how large each task was on both, and which models its list held.",
        kept=_kept(report),
        has_two=report.days_kept > 1,
        distances=formats.listed([str(weeks) for weeks in DISTANCES_WEEKS]),
        rows=tuple(map(_row, compared[:MOST_EDITIONS])),
        older=_older(len(compared) - MOST_EDITIONS),
        none="" if compared else f"No editions are compared yet: that takes two, {min(DISTANCES_WEEKS)} weeks apart.",
    )
    breadcrumbs = (Link("Home", ""), Link("Changes", "changes/"))
    return Page("compare/", "compare.html", "Compare two days", content.lede, breadcrumbs, content)


def earlier_line(label: str, earlier: Sequence[Earlier]) -> Line:
    """`1 week (2026-W35), 4 weeks (2026-W32) earlier`, each with its link; empty for none."""
    found: list[Link | str] = []
    for other in earlier:
        found.append(", " if found else "")
        text = f"{formats.plural(other.weeks, 'week')} earlier ({other.label})"
        found.append(Link(text, comparison_path(other.label, label)))
    return tuple(found)


def _kept(report: Report) -> str:
    first, last = formats.long_date(report.first_day), formats.long_date(report.as_of)
    if report.days_kept == 1:
        return f"So far the archive holds one day, {last}. With the next one there are two to compare."
    missing = f"; {formats.plural(report.days_missing, 'day')} between them are missing" if report.days_missing else ""
    return f"{formats.plural(report.days_kept, 'day')} are kept, from {first} to {last}{missing}."


def _row(edition: Edition) -> ComparedRow:
    found: list[Link | str] = []
    for other in edition.earlier:
        found.append(f", {other.weeks}:{formats.NBSP}" if found else f"{other.weeks}:{formats.NBSP}")
        found.append(Link(other.label, comparison_path(other.label, edition.label)))
    return ComparedRow(Link(edition.label, edition_path(edition.label)), tuple(found))


def _older(count: int) -> str:
    if count <= 0:
        return ""
    return f"{formats.plural(count, 'older edition')}: on the front page of each."
