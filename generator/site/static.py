"""The files that pages ask for: styles, scripts, pictures. Owns rcssmin and rjsmin.

Comes in: the folder static/. Goes out: what lies right in it, styles and scripts without comments and white space: they
are written to be read, and sent to be small. What lies in its folders is for making the others.
"""

from collections.abc import Iterable
from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin

from generator.errors import SiteError
from generator.models import File, Style

_PUBLISHED = {".js", ".css", ".svg", ".png", ".txt", ".woff2"}
_STYLESHEET, _STYLES = "site.css", ("palette.css", "site.css")  # one request for the styles of all pages
_SMALL_ALREADY = {"vega.js"}  # made by static/vega/build


def static_files(static: Path) -> list[File]:
    """The published files of the folder, by path."""
    found = {path.name: path.read_bytes() for path in sorted(static.iterdir()) if path.suffix in _PUBLISHED}
    found[_STYLESHEET] = b"".join(found.pop(name) for name in _STYLES)
    return [File(f"static/{name}", _small(name, body)) for name, body in sorted(found.items())]


def style_of(published: Iterable[File]) -> Style:
    """The stylesheet of all pages, to stand in them."""
    text = next(file.body for file in published if file.path == f"static/{_STYLESHEET}").decode()
    if "</" in text or "<!--" in text:
        raise SiteError(f"static/{_STYLESHEET} holds '</' or '<!--', which would end the element that it stands in")
    return Style(text)


def _small(name: str, body: bytes) -> bytes:
    if name.endswith(".css"):
        return bytes(cssmin(body))
    if name.endswith(".js") and name not in _SMALL_ALREADY:
        return bytes(jsmin(body))
    return body
