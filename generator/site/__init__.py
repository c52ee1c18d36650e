"""Pages + files + static -> output folder. Renders one thing after the other, checks every link, then swaps.

Comes in: pages and files as they are made, the folders of templates and static files. Goes out: a complete site in
place of the last one. It refuses two things under one path, a link that leads nowhere, and to replace a folder that no
build made. Whatever it refuses, the last site stays as it was. It holds on to links, not to pages: years of frozen
pages pass through.
"""

import contextlib
import hashlib
from collections.abc import Callable, Generator, Iterable, Sequence
from functools import partial
from pathlib import Path

from generator.addresses import PREVIEW_ADDRESS
from generator.models import Batch, File, Page, SiteWords, Written
from generator.site.folder import replaced
from generator.site.kept import Rendered, is_kept, keeping, kept_things
from generator.site.links import check_links, links_of
from generator.site.render import file_of, renderer
from generator.site.standing import note_standing, standing
from generator.site.static import static_files, styles_of

__all__ = ["check_links", "is_kept", "links_of", "note_standing", "standing", "write_site"]


def write_site(
    things: Iterable[Page | Batch | File],
    asked_for: Sequence[File],
    closing: Callable[[Sequence[str]], Iterable[File]],
    words: SiteWords,
    templates: Path,
    static: Path,
    out: Path,
    cache: Path | None = None,
) -> Written:
    """Render, check and write the whole site to `out`, which is replaced at once when all is well.

    `asked_for`: the files that scripts ask for by address: where one changes, its address does. `closing` makes the
    files that speak of all pages, from the pages' paths. `cache`: where batches are kept.
    """
    published = static_files(static)
    versions = _version(published), _version([*published, *asked_for])
    print_page = renderer(words, templates, styles_of(static), *versions)
    render = partial(_page, print_page=print_page, address=words.address or PREVIEW_ADDRESS)
    pages, links, anchors = list[str](), dict[str, tuple[str, ...]](), dict[str, frozenset[str]]()
    with replaced(out) as folder:
        for file in (*published, *asked_for):
            folder.add(file)
        del asked_for  # of ten years 40 MB, which nobody else holds
        with contextlib.closing(_rendered(things, render, cache)) as made:
            for one in made:
                if isinstance(one, File):
                    folder.add(one)
                    continue
                if file_of(one.path).endswith(".html"):
                    pages.append(one.path)
                folder.add(File(one.file, one.body))
                links[one.file] = one.links
                if one.anchors:  # tens of thousands of small pages have none
                    anchors[one.file] = one.anchors
        for file in closing(pages):
            folder.add(file)
        check_links(links, anchors, folder.paths)
    return Written(len(pages), len(folder.paths), folder.size_bytes)


def _rendered(
    things: Iterable[Page | Batch | File], render: Callable[[Page], Rendered], cache: Path | None
) -> Generator[Rendered | File, None, None]:
    """As it is made: no batch is ever held."""
    for thing in things:
        if not isinstance(thing, Batch):
            yield _one(thing, render)
        elif thing.things is None:
            yield from kept_things(cache, thing.key)
        else:
            with keeping(cache, thing.key) as keep:
                for one in thing.things:
                    made = _one(one, render)
                    keep(made)
                    yield made


def _one(thing: Page | File, render: Callable[[Page], Rendered]) -> Rendered | File:
    return thing if isinstance(thing, File) else render(thing)


def _page(page: Page, *, print_page: Callable[[Page], bytes], address: str) -> Rendered:
    body, file = print_page(page), file_of(page.path)
    return Rendered(page.path, file, body, *links_of(file, body, address))


def _version(files: Iterable[File]) -> str:
    """Ten letters that change whenever a file that pages ask for changes: no reader gets a stale one."""
    digest = hashlib.sha256()
    for file in sorted(files, key=lambda file: file.path):
        digest.update(f"{file.path}\0{len(file.body)}\0".encode() + file.body)
    return digest.hexdigest()[:10]
