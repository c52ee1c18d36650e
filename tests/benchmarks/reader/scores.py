"""Lighthouse on every kind of page that the site has, in light and in dark."""

from pathlib import Path

from ..measured import say
from ..server import served
from ..tables import table
from .lighthouse import CATEGORIES, Audit, audit, middle
from .published import CHART, TASK, published_site

GOAL_LCP = 900  # ms


def measure(rounds: int, site: Path | None = None) -> str:
    """A row a page: the worse of light and dark, each the median of its rounds."""
    site = site or published_site()
    rows = []
    with served(site) as server:
        for path in kinds_of_pages(site):
            found = []
            for is_dark in (False, True):
                found.append(middle([audit(server.url + path, is_dark=is_dark) for _ in range(rounds)]))
                say(f"{path or '/'} {'dark' if is_dark else 'light'}: {found[-1]}")
            rows.append(_row(path, *found))
    header = ("page", *CATEGORIES, "LCP", "layout shift", "at fault")
    return table(header, rows)


def kinds_of_pages(site: Path) -> list[str]:
    """One page of each kind: all in the first row of the site, and one of each that there are many of."""
    edition = max(folder.name for folder in (site / "editions").glob("????-W??"))
    day = max(folder.name for folder in (site / "days").iterdir())
    model = min(file.parent.relative_to(site).as_posix() for file in (site / "models").glob("*/*/index.html"))
    tops = sorted(f"{file.parent.name}/" for file in site.glob("*/index.html"))
    many = ("tasks/code/", TASK, f"{model}/", f"editions/{edition}/", f"editions/{edition}/tasks/code/", f"days/{day}/")
    compared = max(file.parent.relative_to(site).as_posix() for file in (site / "compare").glob("*/*/index.html"))
    uses = (f"embed/{CHART}/", f"e/{CHART}/", f"e/{edition}/{CHART}/")
    return ["", *tops, *many, f"{compared}/", *uses]


def _row(path: str, light: Audit, dark: Audit) -> tuple[str, ...]:
    scores = (str(min(pair)) for pair in zip(light.scores, dark.scores, strict=True))
    faults = sorted({*light.faults, *dark.faults})
    worst = max(light.lcp, dark.lcp)
    return f"`{path or '/'}`", *scores, f"{worst:,.0f} ms", f"{max(light.shift, dark.shift):g}", ", ".join(faults)
