"""charts -> draw -> pages, files: charts and their drawings."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.models.report import Pair


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A row of a chart of two shares: what it is, its shares (fractions), and its colour, a CSS variable."""

    key: str  # unique in the chart
    label: str
    share: Pair
    colour: str
    intensity: float | None = None  # token share / request share, where the chart is of that


@dataclass(frozen=True, slots=True)
class CourseLine:
    """A line of a chart over time: at each date its shares (fractions) or its position in a list; None: not known."""

    key: str  # unique in the chart
    label: str
    points: tuple[Pair | int | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart in words and as a Vega-Lite specification. All colours in it are CSS variables: `var(--code)`."""

    id: str  # short and stable: "macro", "code", "code-debugging"
    page: str  # the path of the page that shows it
    title: str  # the finding
    subtitle: str  # what is measured, and of what
    description: str  # for those who do not see it
    spec: dict[str, Any]
    plot: tuple[
        int, int
    ]  # where the plot with its axis begins in the picture, and its height: between title and source
    rows: tuple[ShareRow, ...] = ()  # of a chart of one day, in its order
    dates: tuple[date, ...] = ()  # of a chart over time, and what it shows at each
    lines: tuple[CourseLine, ...] = ()
    narrow: dict[str, Any] | None = None  # the plot alone, for 320 pixels; None where rows can be printed one by one


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawn chart: an SVG element that may stand in HTML as it is."""

    svg: str  # accessible: role="img", title and description; colours are CSS variables
    vega: str  # the compiled Vega specification as JSON, for the reader who asks for more; "" on frozen pages
    width: int
    height: int
    narrow: str = ""  # the plot alone as an SVG element for 320 pixels; "" where the rows are to be shown there

    def __html__(self) -> str:
        """Jinja prints it unescaped: every text in it was escaped when it was drawn."""
        return self.svg
