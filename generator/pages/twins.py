"""Markdown twins: the same content as the page, printed by the template of its name in `templates/markdown/`."""

from collections.abc import Iterator
from dataclasses import replace

from generator.addresses import twin_path
from generator.models import Alternate, Page


def with_twin(page: Page) -> Iterator[Page]:
    """The page, which says where its twin is, and the twin; the page alone where `addresses.twin_path` has none."""
    path = twin_path(page.path)
    if path is None:
        yield page
        return
    yield replace(page, alternates=(*page.alternates, Alternate("text/markdown", path, "This page in Markdown")))
    yield replace(page, path=path, template=f"markdown/{page.template.removesuffix('.html')}.md", card=None)
