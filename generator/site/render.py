"""Page -> HTML, or Markdown. Owns jinja2: everything is escaped, and what a template names must be there."""

import json
import re
from collections.abc import Callable, Sequence
from functools import partial
from itertools import takewhile
from operator import eq
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError

from generator.addresses import PREVIEW_ADDRESS
from generator.errors import SiteError
from generator.models import Page, SiteWords
from generator.site.markdown import as_address, as_target, as_text
from generator.site.static import Styles

_FOLDER = re.compile(r'(href="[^":?#]*/)(?=["?#])')  # a link to a folder of the site
_FROM_ROOT = re.compile(r'(?<= href=")(?:\.\./)+([^"?#.][^"?#]*)(#?)')  # a link that begins at the root of the site


def renderer(
    words: SiteWords, templates: Path, styles: Styles, version: str, data_version: str
) -> Callable[[Page], bytes]:
    """A function that renders pages. The versions are those of static files, and of all files that scripts ask for.

    `styles` stand in the pages that follow the newest snapshot, which so are painted after one answer. Most pages that
    stay as they are, and those of charts that ended, ask for the files: there are thousands of them, and it would be
    most of each. Those that stay ask for no script, which would delay their style; so what they link to is named to its
    end, for who opened the site from a folder.
    """
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    in_markdown = environment.overlay(finalize=partial(as_text, address=words.address or PREVIEW_ADDRESS))

    def render(page: Page) -> bytes:
        try:
            printer = in_markdown if page.template.endswith(".md") else environment
            text = printer.get_template(page.template).render(
                page=page,
                content=page.content,
                site=words,
                snapshot=page.frozen.snapshot if page.frozen else words.snapshot,
                address=words.address or PREVIEW_ADDRESS,
                root=_root_of(page.path, words),
                to=partial(as_target, page=page.path),
                at=partial(as_address, address=words.address or PREVIEW_ADDRESS),
                styles=styles if _has_styles(page) else None,
                version=version,
                data_version=data_version,
            )
        except TemplateError as exc:
            raise SiteError(f"page {page.path or '/'}: template {page.template}: {exc}") from exc
        return _finished(text, page).encode()

    return render


def _has_styles(page: Page) -> bool:
    """Whether they stand in it. Otherwise a second answer is waited for, but not written thousands of times."""
    return page.frozen.has_styles if page.frozen else page.template != "ended.html"


def _finished(text: str, page: Page) -> str:
    """What the template printed, as it is written."""
    if page.template.endswith(".json"):
        return _small_json(text)
    if not page.frozen:
        return text
    if page.template != "embed.html":
        text = _FOLDER.sub(r"\1index.html", text)
    return _FROM_ROOT.sub(partial(_shortest, here=page.path.split("/")[:-1]), text)


def _shortest(link: re.Match[str], here: Sequence[str]) -> str:
    """From the page in the folders `here`: most links of what stays as it is lead to itself or to what is near."""
    there, hash_sign = link[1].split("/"), link[2]
    shared = len(list(takewhile(bool, map(eq, here, there[:-1]))))
    if hash_sign and shared == len(here) and there[shared:] in ([""], ["index.html"]):
        return hash_sign
    return (("../" * (len(here) - shared) + "/".join(there[shared:])) or "./") + hash_sign


def _small_json(text: str) -> str:
    """Without what a template writes to be read, and what it escapes because it may be writing HTML."""
    return json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"))


def file_of(path: str) -> str:
    """`tasks/` -> `tasks/index.html`."""
    return f"{path}index.html" if not path or path.endswith("/") else path


def _root_of(path: str, words: SiteWords) -> str:
    """The way from a page to the site's root; the page for unknown addresses may be shown at any depth."""
    if path == "404.html":
        return urlsplit(words.address).path or "/"
    return "../" * path.count("/") or "./"
