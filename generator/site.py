"""Pages + files + static -> output folder. Owns jinja2. Renders everything, checks every link, then swaps.

Comes in: pages, files, the folders of templates and static files. Goes out: a complete site in place of the last one.
It refuses two things under one path, a link that leads nowhere, and to replace a folder that no build made.
Whatever it refuses, the last site stays as it was.
"""

import hashlib
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path, PurePosixPath
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError

from generator.errors import SiteError
from generator.models import File, Page, SiteWords, Written

_MARKER = "build.json"  # every site has it; a folder without it is not ours to replace
_PUBLISHED = {".js", ".css", ".svg", ".png", ".txt", ".woff2"}
_STYLESHEET, _STYLES = "site.css", ("palette.css", "site.css")  # one request for all styles


def write_site(
    pages: Sequence[Page], files: Sequence[File], words: SiteWords, templates: Path, static: Path, out: Path
) -> Written:
    """Render, check and write the whole site to `out`, which is replaced at once when all is well."""
    published = _static_files(static)
    version = _version([*published, *(file for file in files if file.path != _MARKER)])
    rendered = [File(_file_of(page.path), body) for page, body in _rendered(pages, words, templates, version)]
    everything = _by_path([*rendered, *published, *files])
    check_links(everything)
    _replace(out, everything)
    return Written(len(rendered), len(everything), sum(len(body) for body in everything.values()))


def _rendered(pages: Sequence[Page], words: SiteWords, templates: Path, version: str) -> Iterator[tuple[Page, bytes]]:
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for page in pages:
        try:
            template = environment.get_template(page.template)
            html = template.render(
                page=page, content=page.content, site=words, root=_root_of(page.path, words), version=version
            )
        except TemplateError as exc:
            raise SiteError(f"page {page.path or '/'}: template {page.template}: {exc}") from exc
        yield page, html.encode()


def _root_of(path: str, words: SiteWords) -> str:
    """The way from a page to the site's root; the page for unknown addresses may be shown at any depth."""
    if path == "404.html":
        return urlsplit(words.address).path or "/"
    return "../" * path.count("/") or "./"


def _file_of(path: str) -> str:
    return f"{path}index.html" if not path or path.endswith("/") else path


def _static_files(static: Path) -> list[File]:
    """The files right in `static`; what lies in its folders is for making them."""
    found = {path.name: path.read_bytes() for path in sorted(static.iterdir()) if path.suffix in _PUBLISHED}
    found[_STYLESHEET] = b"".join(found.pop(name) for name in _STYLES)
    return [File(f"static/{name}", body) for name, body in sorted(found.items())]


def _version(files: Iterable[File]) -> str:
    """Ten letters that change whenever a file that pages ask for changes: no reader gets a stale one."""
    digest = hashlib.sha256()
    for file in sorted(files, key=lambda file: file.path):
        digest.update(f"{file.path}\0{len(file.body)}\0".encode() + file.body)
    return digest.hexdigest()[:10]


def _by_path(files: Iterable[File]) -> dict[str, bytes]:
    """Each file by its path. Paths that differ in case only are one on many disks."""
    found: dict[str, bytes] = {}
    seen: dict[str, str] = {}
    for file in files:
        parts = PurePosixPath(file.path).parts
        if file.path.startswith("/") or ".." in parts or not parts:
            raise SiteError(f"path {file.path!r} leaves the site; every path goes through addresses.safe_segment")
        if (first := seen.setdefault(file.path.casefold(), file.path)) in found:
            raise SiteError(
                f"two things have one path, {first!r} and {file.path!r}: found two identifiers that differ in nothing "
                "that a path can hold; expected distinct ones. Exclude or rename one of them in the source data"
            )
        found[file.path] = file.body
    return found


# A tag as templates and drawings write it: `<` and `>` of the data are escaped outside of quotes, quotes within them.
_TAG = re.compile(r"""<[a-z][^"'<>]*(?:"[^"]*"[^"'<>]*|'[^']*'[^"'<>]*)*>""", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""")


@dataclass(frozen=True, slots=True)
class _Links:
    """The links and the anchors of a page."""

    targets: tuple[str, ...]
    anchors: frozenset[str]


def check_links(files: Mapping[str, bytes]) -> None:
    """Every link within the site leads to a file, every fragment to an id. Raises SiteError with all that do not."""
    parsed = {path: _links_of(body) for path, body in files.items() if path.endswith(".html")}
    broken = [
        f"{path}: {target}"
        for path, links in parsed.items()
        if path != "404.html"
        for target in links.targets
        if not _leads_somewhere(path, target, files, parsed)
    ]
    if broken:
        shown = "\n".join(f"  - {line}" for line in broken[:20])
        raise SiteError(f"{len(broken)} links lead nowhere (page: link), the first ones:\n{shown}")


def _links_of(body: bytes) -> _Links:
    """Every address and every id. Not by an HTML parser, which takes longer than everything else done to a page."""
    found = [
        (name.lower(), unescape(double or single or bare))
        for tag in _TAG.findall(body.decode())
        if "=" in tag  # most have no attribute at all
        for name, double, single, bare in _ATTRIBUTE.findall(tag)
    ]
    return _Links(
        tuple(value for name, value in found if name in ("href", "src")),
        frozenset(value for name, value in found if name == "id"),
    )


def _leads_somewhere(path: str, target: str, files: Mapping[str, bytes], parsed: Mapping[str, _Links]) -> bool:
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return parts.scheme in ("https", "mailto")
    folder = path.rpartition("/")[0]
    file = normpath(f"{folder}/{unquote(parts.path)}".lstrip("/")) if parts.path else path
    if parts.path.endswith("/") or file == ".":
        file = _file_of("" if file == "." else f"{file}/")
    return file in files and (not parts.fragment or parts.fragment in parsed[file].anchors)


def _replace(out: Path, files: Mapping[str, bytes]) -> None:
    """Write everything beside, then put it in the place of the last site: no moment shows half of it."""
    if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / _MARKER).is_file())):
        raise SiteError(
            f"{out} is there and was not made by a build (it holds no {_MARKER}), so it is left alone; "
            "give another folder with --out, or remove it yourself"
        )
    beside, last = out.with_name(f"{out.name}.new"), out.with_name(f"{out.name}.last")
    try:
        _remove(beside)
        for path, body in files.items():
            file = beside / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(body)
        _remove(last)
        if out.exists():
            out.rename(last)
        beside.rename(out)
        _remove(last)
    except OSError as exc:
        raise SiteError(
            f"cannot write the site to {out}: {exc.strerror or exc} ({exc.filename}); free space and "
            "permissions are worth a look. The last site is as it was"
        ) from exc


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
