"""What today's pages and the frozen ones are both made of."""

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from generator import kept
from generator.models import Badge, Card, Chart, Drawing, File, Page
from generator.pipeline.places import FONTS, PROJECT

_TOOLS = (
    *("altair", "jinja2", "markdown", "pillow", "polars"),
    *("rcssmin", "rjsmin", "uharfbuzz", "vl-convert-python", "xlsxwriter"),
)
Progress = Callable[[str, int, int], None]  # what is made, how many are done, how many there are
CardFiles = Callable[[Iterable[Card]], Iterator[File]]


def with_cards(pages: Iterable[Page], card_files: CardFiles) -> Iterator[Page | File]:
    """The pages, then the cards that they have of their own; several may have the same."""
    cards: dict[str, Card] = {}
    for page in pages:
        if isinstance(page.card, Card):
            cards[page.card.path] = page.card
        yield page
    yield from card_files(cards.values())


def badge_files(badges: Iterable[Badge], palette: str, *, is_live: bool = True) -> Iterator[File]:
    """Who stands first, as pictures; those that follow the newest snapshot also as shields.io reads them."""
    from generator import draw, files

    for badge in badges:
        yield draw.badge_file(badge, palette, FONTS)
        if is_live:
            yield files.shields_file(badge, palette)


def paired(charts: Sequence[Chart], drawings: Mapping[str, Drawing]) -> dict[str, tuple[Chart, Drawing]]:
    """Each chart with its drawing, by its id."""
    return {chart.id: (chart, drawings[chart.id]) for chart in charts}


def tools() -> dict[str, str]:
    """What else determines the bytes of a site, beside code and data."""
    return {name: version(name) for name in _TOOLS}


@functools.cache
def rules() -> str:
    """A digest of all that determines what is accepted as a snapshot, and what it says."""
    folders = (PROJECT / "generator/validate", "*.py"), (PROJECT / "generator/models", "*.py")
    return kept.digest_of(version("pydantic"), version("msgspec"), *source_digests(folders))


def source_digests(folders: Iterable[tuple[Path, str]]) -> Iterator[str]:
    """Of each file that a folder holds by a pattern, in order."""
    for folder, pattern in folders:
        for path in sorted(folder.glob(pattern)):
            yield sha256(path.read_bytes()).hexdigest()
