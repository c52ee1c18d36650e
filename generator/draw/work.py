"""Things to be drawn -> what was kept of them, and the rest by several processes."""

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import vl_convert

from generator.kept import keep, kept

WORKERS = 2
WORTH_WORKERS = 12  # a worker needs about a second to start, a chart a tenth of one
_AT_A_TIME = 4  # that a worker is handed
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where things are drawn: with which fonts, what is kept where, and by whom."""

    fonts: Path
    cache: Path | None = None
    pool: Executor | None = None  # None: workers of its own, where there is enough to do


def workers(fonts: Path) -> ProcessPoolExecutor:
    """Processes that draw, for several calls; none is started before it is needed."""
    return ProcessPoolExecutor(WORKERS, get_context("spawn"), use_fonts, (fonts,))


def made_all(
    things: Mapping[str, Thing],
    make: Callable[[Thing], bytes],
    shop: Workshop,
    progress: Callable[[int], None] = lambda done: None,
    *,
    worth_workers: int = WORTH_WORKERS,
) -> dict[str, bytes]:
    """What `make` makes of each thing, by the key that it is kept under. `progress` hears how many are done.

    `worth_workers`: how many things there must be for others to take part.
    """
    found = {key: content for key in things if (content := kept(shop.cache, key)) is not None}
    missing = [key for key in things if key not in found]
    progress(len(found))
    for key, content in zip(missing, _made([things[key] for key in missing], make, shop, worth_workers), strict=True):
        found[key] = content
        keep(shop.cache, key, content)
        progress(len(found))
    return found


@functools.cache
def use_fonts(fonts: Path) -> None:
    """Once in a process."""
    vl_convert.register_font_directory(str(fonts.resolve()))


def _made(
    things: Sequence[Thing], make: Callable[[Thing], bytes], shop: Workshop, worth_workers: int
) -> Iterator[bytes]:
    if len(things) < worth_workers:
        use_fonts(shop.fonts)
        yield from map(make, things)
    elif shop.pool:
        yield from shop.pool.map(make, things, chunksize=_AT_A_TIME)
    else:
        with workers(shop.fonts) as own:
            yield from own.map(make, things, chunksize=_AT_A_TIME)
