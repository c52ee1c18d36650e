"""The files that pages ask for: styles, scripts, pictures. Owns rcssmin and rjsmin.

Comes in: the folder static/. Goes out: what lies right in it, styles and scripts without comments and white space: they
are written to be read, and sent to be small. What lies in its folders is for making the others.
The styles that all pages share stand in the pages that follow the newest snapshot; pages that stay as they are ask for
one file, site.css, with those of the record, citations and comparisons besides. So do live embeds and those of
editions, with frame.css.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin

from generator.errors import SiteError
from generator.models import File, Style

_PUBLISHED = {".js", ".css", ".svg", ".png", ".txt", ".woff2"}
_SHARED, _OF_RECORD = ("palette.css", "site.css"), ("rows.css", "record.css", "snippet.css", "compared.css")
_NEVER_BESIDES = {*_SHARED, "frame.css"}
_SMALL_ALREADY = {"vega.js"}  # made by static/vega/build
_COLOUR = re.compile(r"--(\w+): (#\w+);")


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles that stand in pages: in all of them, in some, by the name of the file, and in embeds."""

    page: Style
    some: Mapping[str, Style]
    embed: Style

    def of(self, sheets: Iterable[str]) -> tuple[Style, ...]:
        """Those of a page that asks for these sheets besides."""
        return self.page, *(self.some[name] for name in sheets)


def static_files(static: Path) -> list[File]:
    """The published files of the folder, by path."""
    found = {path.name: path.read_bytes() for path in sorted(static.iterdir()) if path.suffix in _PUBLISHED}
    found["site.css"] = b"".join(found[name] for name in (*_SHARED, *_OF_RECORD))
    found["frame.css"] = _of_embeds(static)
    del found["palette.css"]
    return [File(f"static/{name}", _small(name, body)) for name, body in sorted(found.items())]


def styles_of(static: Path) -> Styles:
    """All of them. Raises SiteError for what would end the element around."""
    shared = b"".join((static / name).read_bytes() for name in _SHARED)
    others = {path.stem: path.read_bytes() for path in sorted(static.glob("*.css")) if path.name not in _NEVER_BESIDES}
    return Styles(
        page=_to_stand_in(shared, " or ".join(_SHARED)),
        some={name: _to_stand_in(sheet, f"{name}.css") for name, sheet in others.items()},
        embed=_to_stand_in(_of_embeds(static), "frame.css"),
    )


def _of_embeds(static: Path) -> bytes:
    """Their sheet with the colours of both schemes. A reader's address may choose one, so each colour holds both."""
    screens = (static / "palette.css").read_text("utf-8").split("@media")[:2]  # after them come those of paper
    light, dark = (dict(_COLOUR.findall(part)) for part in screens)
    colours = "".join(f"--{name}: light-dark({value}, {dark[name]}); " for name, value in light.items())
    return f":root {{ color-scheme: light dark; {colours}}}\n".encode() + b"".join(
        (static / name).read_bytes() for name in ("rows.css", "frame.css")
    )


def _to_stand_in(sheet: bytes, names: str) -> Style:
    text = bytes(cssmin(sheet)).decode()
    if "</" in text or "<!--" in text:
        raise SiteError(f"{names} holds '</' or '<!--', which would end the element that it stands in")
    return Style(text)


def _small(name: str, body: bytes) -> bytes:
    if name.endswith(".css"):
        return bytes(cssmin(body))
    if name.endswith(".js") and name not in _SMALL_ALREADY:
        return bytes(jsmin(body))
    return body
