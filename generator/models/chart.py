"""charts -> draw -> pages, files: charts and their drawings."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart in words and as a Vega-Lite specification. All colours in it are CSS variables: `var(--code)`."""

    id: str  # short and stable: "macro", "code", "code-debugging"
    page: str  # the path of the page that shows it
    title: str  # the finding
    subtitle: str  # what is measured, and of what
    description: str  # for those who do not see it
    spec: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawn chart: an SVG element that may stand in HTML as it is."""

    svg: str  # accessible: role="img", title and description; colours are CSS variables
    vega: str  # the compiled Vega specification as JSON, for the reader who asks for more; "" on frozen pages
    width: int
    height: int

    def __html__(self) -> str:
        """Jinja prints it unescaped: every text in it was escaped when it was drawn."""
        return self.svg
