"""The method page, written in Markdown, and the page for addresses that lead nowhere."""

from dataclasses import dataclass

import markdown

from generator import formats
from generator.models import Link, Page, Report


@dataclass(frozen=True, slots=True)
class Prose:
    """The project's own Markdown, or HTML made from it, never the source's data."""

    html: str

    def __html__(self) -> str:
        """Jinja prints it unescaped."""
        return self.html


@dataclass(frozen=True, slots=True)
class MethodContent:
    """What method.html prints."""

    contents: Prose
    prose: Prose
    text: Prose  # the same in Markdown


@dataclass(frozen=True, slots=True)
class NotFoundContent:
    """What 404.html prints: nothing of the data."""


def method_page(report: Report, text: str) -> Page:
    """How to read the site. `text` is Markdown; `{window}`, `{as_of}` and `{days}` in it stand for the snapshot's."""
    filled = (
        text.replace("{window}", formats.window_dates(report.window_days, report.as_of))
        .replace("{as_of}", report.as_of.isoformat())
        .replace("{days}", formats.plural(report.window_days, "day"))
    )
    parser = markdown.Markdown(
        extensions=["toc", "tables"],
        extension_configs={"toc": {"anchorlink": True, "toc_depth": "2-3"}},  # a heading links to itself
    )
    prose = Prose(parser.convert(filled))
    contents = Prose(getattr(parser, "toc"))  # noqa: B009 - the extension adds it, the types do not know it
    content = MethodContent(contents, prose, Prose(filled.strip()))
    description = "What the shares are shares of, what the lists leave out, how ties, ranks and intensity are counted."
    return Page("method/", "method.html", "Method", description, (Link("Home", ""),), content)


def not_found_page() -> Page:
    """The page that the server shows for an address that leads nowhere."""
    return Page("404.html", "404.html", "Not found", "There is no page at this address.", (), NotFoundContent())
