"""A built site -> what each page, drawing and script weighs, as a reader's browser would ask for them.

It reads the HTML as it is and follows its links to styles and scripts, so it knows nothing of how the site was made.
"""

import gzip
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from posixpath import normpath
from typing import Literal
from urllib.parse import unquote, urlsplit

Kind = Literal["page", "requests", "scripts", "drawing", "interactive", "file"]
INTERACTIVE = ("static/vega.js", "static/charts.js", "static/interactive.css")  # what site.js asks for, but the chart
_DRAWING = re.compile(
    r'<figure [^>]*\bid="chart-([^"]+)".*?<div class="drawing[^"]*">(<svg\b.*?</svg>)</div>', re.DOTALL
)


@dataclass(frozen=True, slots=True, order=True)
class Weight:
    """A thing and its bytes after gzip, or how many requests it takes. The heaviest one is the greatest."""

    amount: int
    path: str  # as addresses have it: "tasks/code/"; of a drawing with the chart's id: "tasks/code/#code"
    kind: Kind

    def matches(self, kind: Kind, where: str) -> bool:
        """Whether it is of this kind, and the pattern describes all of its path."""
        return self.kind == kind and re.fullmatch(where, self.path) is not None


def zipped(body: bytes) -> int:
    """Bytes after gzip at the level that web servers use."""
    return len(gzip.compress(body, 6, mtime=0))


def weights_of(site: Path) -> list[Weight]:
    """Everything that a budget may be for."""
    size_of = cache(lambda path: zipped((site / path).read_bytes()))
    found = [Weight(sum(map(size_of, INTERACTIVE)), "", "interactive")]
    found += [Weight(size_of(path), path, "file") for path in _names(site / "static", "static")]
    for file in sorted(site.rglob("*.html")):
        found += _weights_of_page(file.relative_to(site).as_posix(), file.read_bytes(), size_of)
    return found


def _names(folder: Path, below: str) -> list[str]:
    return [f"{below}/{file.name}" for file in sorted(folder.iterdir()) if file.is_file()]


def _weights_of_page(file: str, body: bytes, size_of: Callable[[str], int]) -> Iterator[Weight]:
    path, html = file.removesuffix("index.html"), body.decode()
    asked = Asked(html)
    size = zipped(body)
    styles, scripts = ([_file_at(address, path) for address in found] for found in (asked.styles, asked.scripts))
    yield Weight(size + sum(map(size_of, styles)), path, "page")
    yield Weight(1 + len(asked.waited_for), path, "requests")
    yield Weight(sum(map(size_of, scripts)), path, "scripts")
    for chart, drawing in _DRAWING.findall(html):
        yield Weight(zipped(drawing.encode()), f"{path}#{chart}", "drawing")


def _file_at(address: str, path: str) -> str:
    """`../static/site.css?v=1` on the page `tasks/` -> `static/site.css`; as an absolute path on the page 404.html."""
    relative = unquote(urlsplit(address).path)
    return normpath(
        relative.lstrip("/") if relative.startswith("/") else path.rpartition("/")[0] + "/" + relative
    ).lstrip("/")


class Asked(HTMLParser):
    """What a page asks for by itself, as it gives the addresses: styles, scripts, and what has to be waited for.

    A deferred script is not waited for, nor is an icon; a style sheet, a picture and a frame are.
    """

    def __init__(self, html: str) -> None:
        """Of the HTML of a page."""
        super().__init__()
        self.styles: list[str] = []
        self.scripts: list[str] = []
        self.waited_for: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what this element asks for."""
        given = dict(attrs)
        address = given.get("href" if tag == "link" else "src") or ""
        if tag == "link" and "stylesheet" in (given.get("rel") or ""):
            self.styles.append(address)
        elif tag == "script" and address:
            self.scripts.append(address)
        elif tag not in ("img", "iframe"):
            return
        if address and "defer" not in given and "async" not in given and given.get("loading") != "lazy":
            self.waited_for.append(address)
