"""What pages may weigh: `uv run python -m tests.benchmarks.budgets _site`.

Comes in: a built site. Beside it are measured the pages that follow the newest of 365 sample days and, where the real
day lies beside the project, those of it, alone and after a year made up from it. Goes out: a table of the limits with
the heaviest of each kind, on standard output. The exit code is 1 where something is too heavy, or where a kind is not
there at all: a check that finds nothing to check is broken.

Bytes are after gzip as a host sends them; a KB has 1,000. A page counts with its style sheets, since it cannot be
shown without them.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median_low

from .tables import table
from .weights import Kind, Weight, weights_of
from .years import REAL_DAY, real_day, real_year, sample_year, write_current_pages

FIRST_FLIGHT = 14_600  # ten packets: what a server may send before the reader's machine has answered
EDITION = r"editions/\d{4}-W\d\d/"
TASK = r"tasks/[^/]+/[^/]+/"
ROWS = r"(?!.*-(history|share)$).+"  # of a task's charts the one of a single day


@dataclass(frozen=True, slots=True)
class Budget:
    """A limit for all things of a kind whose path matches; `needs`: what a site must have for there to be any."""

    what: str
    kind: Kind
    where: str
    limit: int
    needs: str = "pages"
    of_median: bool = False  # the limit is for the one in the middle

    def worst(self, weights: Sequence[Weight]) -> Weight | None:
        """The thing that the limit is for; None where there is none of its kind."""
        found = [weight for weight in weights if weight.matches(self.kind, self.where)]
        return (median_low if self.of_median else max)(found) if found else None


BUDGETS = (
    Budget("home page", "page", "", 30_000),
    Budget("page of a macro-category", "page", r"tasks/[^/]+/", 30_000),
    Budget("page of a task", "page", TASK, FIRST_FLIGHT),
    Budget("page of a task, typically", "page", TASK, 12_000, "real data", of_median=True),  # more moves in the sample
    Budget("page of a model", "page", r"models/.+/", 30_000),
    Budget("any page", "page", ".*", 40_000),
    Budget("edition: front", "page", EDITION, 30_000, "editions"),
    Budget("edition: macro-category", "page", rf"{EDITION}tasks/[^/]+/", 30_000, "editions"),
    Budget("a day", "page", r"days/[^/]+/", 30_000, "editions"),
    Budget("embed, complete", "page", "e/.+/", 14_000, "editions"),
    Budget("drawing of 10 rows", "drawing", f"{TASK}#{ROWS}", 1_200),
    Budget("drawing of all tasks", "drawing", "#tasks", 1_600),
    Budget("drawing of 10 lines over a year", "drawing", f"{TASK}#.+-history", 4_500, "a year"),
    Budget("requests until a page of a task can be read", "requests", TASK, 2),
    Budget("requests until any page can be read", "requests", ".*", 3),
    Budget("scripts before a reader acts", "scripts", ".*", 3_000),
    Budget("scripts and style of interactive charts", "interactive", "", 150_000),
    Budget("script for the page around an embed", "file", r"static/embed\.js", 1_000, "files"),
)


@dataclass(frozen=True, slots=True)
class Site:
    """A site to measure, and what it has beside the pages of today: "files", "editions", "a year", "real data"."""

    name: str
    folder: Path
    has: frozenset[str] = frozenset()

    def must_have(self, budget: Budget) -> bool:
        """Whether things of this budget have to be there."""
        return budget.needs == "pages" or budget.needs in self.has


@dataclass(frozen=True, slots=True)
class Finding:
    """What a budget is for in one site; None where there is nothing of its kind."""

    budget: Budget
    site: str
    weight: Weight | None

    @property
    def problem(self) -> str:
        """What is wrong, in words; "" where nothing is."""
        budget = self.budget
        if self.weight is None:
            return f"{self.site}: {budget.what}: found none, expected at least one ({budget.kind} {budget.where!r})"
        if self.weight.amount <= budget.limit:
            return ""
        return (
            f"{self.site}: {budget.what}: {self.weight.path or '/'} has {self.weight.amount:,}, limit {budget.limit:,}"
        )


def findings_in(site: Site, budgets: Sequence[Budget] = BUDGETS) -> list[Finding]:
    """What each budget is for in a site."""
    weights = weights_of(site.folder)
    return [Finding(budget, site.name, budget.worst(weights)) for budget in budgets if site.must_have(budget)]


def table_of(findings: Sequence[Finding], budgets: Sequence[Budget] = BUDGETS) -> str:
    """One row a budget: the heaviest of all sites, and how much is left."""
    return table(("what", "limit", "heaviest", "is", "left"), [_row(budget, findings) for budget in budgets])


def _row(budget: Budget, findings: Sequence[Finding]) -> tuple[str, ...]:
    found = [(finding.weight, finding.site) for finding in findings if finding.budget is budget and finding.weight]
    if not found:
        return budget.what, f"{budget.limit:,}", "none", "", ""
    weight, site = max(found)
    return (
        budget.what,
        f"{budget.limit:,}",
        f"{site}: `{weight.path or '/'}`",
        f"{weight.amount:,}",
        f"{1 - weight.amount / budget.limit:.0%}",
    )


def sites_beside(site: Path, work: Path, cache: Path) -> Iterator[Site]:
    """The given site and those that are made for the comparison, one after the other."""
    yield Site("site", site, frozenset({"files", "editions"}))
    for name, history, has in (
        ("365 sample days", sample_year, {"a year"}),
        ("real day", real_day, {"real data"}),
        ("year from the real day", real_year, {"a year", "real data"}),
    ):
        if history is sample_year or REAL_DAY.is_file():
            folder = work / name.replace(" ", "-")
            write_current_pages(history(), folder, site / "static", cache)
            yield Site(name, folder, frozenset(has))


def main() -> int:
    """Measure, print, and say by the exit code whether all is within its limits."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.budgets", description=__doc__.partition("\n")[0])
    parser.add_argument("site", type=Path, help="a site that `generator build` made")
    parser.add_argument("--cache", type=Path, default=Path(".cache/drawings"), help="where drawings are kept")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        findings = [
            finding for site in sites_beside(options.site, Path(work), options.cache) for finding in findings_in(site)
        ]
    problems = [finding.problem for finding in findings if finding.problem]
    sys.stdout.write("\n".join((table_of(findings), *problems)) + "\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
