"""How values go into Markdown: as text, whatever they hold, and as the place that a link leads to."""

from dataclasses import dataclass
from posixpath import relpath
from urllib.parse import quote

from generator.addresses import twin_path
from generator.formats import in_markdown


@dataclass(frozen=True, slots=True)
class Written:
    """Markdown as it is."""

    text: str

    def __html__(self) -> str:
        """Jinja prints it unescaped."""
        return self.text


def as_text(value: object, address: str) -> object:
    """What stands in the page for a value: text, unless it is Markdown already. Jinja asks for every value printed.

    The `address` of the site may become a link, as in a citation; that of no other place may.
    """
    if hasattr(value, "__html__"):
        return value
    return Written(in_markdown(str(value)).replace(in_markdown(address), address))


def as_target(path: str, page: str) -> Written:
    """Where a link from `page` to a path of the site leads, or to its twin: no character in it ends the link.

    `tasks/code/debugging/index.md`, `tasks/code/` -> `../index.md`.
    """
    place, mark, fragment = (twin_path(path) or path).partition("#")
    way = relpath(place, page.rpartition("/")[0] or ".")
    return _quoted(f"{way}{'/' if place.endswith('/') else ''}{mark}{fragment}")


def as_address(path: str, address: str) -> Written:
    """The same with the whole address of the site before it."""
    return _quoted(f"{address}{twin_path(path) or path}")


def _quoted(target: str) -> Written:
    return Written(quote(target, safe="/#?=&%:~.-_"))
