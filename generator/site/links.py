"""The links of all pages: each leads to a file, each fragment to an id."""

import json
import re
from collections.abc import Container, Iterable, Mapping, Sequence
from html import unescape
from posixpath import normpath
from sys import intern  # thousands of pages link to the same places: each is kept once
from urllib.parse import unquote, urlsplit

from generator.errors import SiteError
from generator.site.render import file_of

# A tag as templates and drawings write it: `<` and `>` of the data are escaped outside of quotes, quotes within them.
_TAG = re.compile(r"""<[a-z][^"'<>]*(?:"[^"]*"[^"'<>]*|'[^']*'[^"'<>]*)*>""", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""")
_IN_MARKDOWN = re.compile(r"(?<!\\)\]\(([^)]*)\)")  # brackets of the data have a backslash before them


def links_of(path: str, body: bytes, address: str = "") -> tuple[tuple[str, ...], frozenset[str]]:
    """Where a page's links lead, as `file` or `file#fragment`, and its ids. A link that no page may have stays itself.

    What begins with `address`, that of the site, is a link within it.

    Not by an HTML parser, which takes longer than everything else done to a page.
    """
    text = body.decode()
    if path.endswith(".json"):  # oEmbed, which describes with what is to be pasted
        text = json.loads(text)["html"]
    if path.endswith((".md", ".txt")):
        return _sorted({_place(path, target, address) for target in _IN_MARKDOWN.findall(text)}), frozenset()
    found = [
        (name.lower(), unescape(double or single or bare))
        for tag in _TAG.findall(text)
        if "=" in tag  # most have no attribute at all
        for name, double, single, bare in _ATTRIBUTE.findall(tag)
    ]
    targets = {_place(path, value, address) for name, value in found if name in ("href", "src")}
    return _sorted(targets), frozenset(intern(value) for name, value in found if name == "id")


def _sorted(targets: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(intern, sorted(target for target in targets if target)))


def check_links(
    links: Mapping[str, Sequence[str]], anchors: Mapping[str, frozenset[str]], files: Container[str]
) -> None:
    """Raises SiteError with all links that lead nowhere. The page for unknown addresses may lie anywhere: left out."""
    broken = [
        f"{path}: {target}"
        for path, targets in links.items()
        if path != "404.html"
        for target in targets
        if not _is_there(target, anchors, files)
    ]
    if broken:
        shown = "\n".join(f"  - {line}" for line in broken[:20])
        raise SiteError(f"{len(broken)} links lead nowhere (page: link), the first ones:\n{shown}")


def _is_there(target: str, anchors: Mapping[str, frozenset[str]], files: Container[str]) -> bool:
    file, _, fragment = target.partition("#")
    return file in files and (not fragment or fragment in anchors.get(file, ()))


def _place(path: str, target: str, address: str) -> str:
    """`../b/?v=1#there` on `a/index.html` -> `b/index.html#there`; "" for what leads out of the site and may.

    A JSON pointer is left out: each of the hundreds of a page would be a text to be held.
    """
    if address and target.startswith(address):
        path, target = "", target.removeprefix(address) or "./"
    parts = urlsplit(target)
    if parts.scheme in ("https", "mailto"):
        return ""
    if parts.scheme or parts.netloc:
        return target
    file = normpath(f"{path.rpartition('/')[0]}/{unquote(parts.path)}".lstrip("/")) if parts.path else path
    if parts.path.endswith("/") or file == ".":
        file = file_of("" if file == "." else f"{file}/")
    is_pointer = file.endswith(".json") and parts.fragment.startswith("/")  # into a file, not to an id
    return f"{file}#{parts.fragment}" if parts.fragment and not is_pointer else file
