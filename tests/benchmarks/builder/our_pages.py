"""The contender that is ours: `python -m tests.benchmarks.builder.our_pages CONTENT OUT PROCESSES`.

Pages are printed by the function that prints the site's (`generator.site.render`): everything escaped, an unknown name
an error.
"""

import json
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from generator.models import Drawing, Page, SiteWords, SnapshotWords, Style
from generator.site.render import file_of, renderer

LAYOUTS = Path(__file__).parent / "layouts"
WORDS = SiteWords("Benchmark", "", "", "", False, SnapshotWords("", "", ""), "", (), ())


@dataclass(frozen=True, slots=True)
class Content:
    """What a page prints."""

    title: str
    rows: list[dict[str, Any]]
    drawing: Drawing


def write_pages(files: Sequence[Path], out: Path) -> None:
    """Print the page of each file: its front matter is JSON, its text a drawing."""
    print_page = renderer(WORDS, LAYOUTS, Style(""), "", "")
    for file in files:
        front, _, svg = file.read_text(encoding="utf-8").partition("\n}\n")
        given = json.loads(front + "}")
        content = Content(given["title"], given["rows"], Drawing(svg.strip(), "", 0, 0))
        path = f"p/{file.stem}/"
        (out / path).mkdir(parents=True)
        (out / file_of(path)).write_bytes(print_page(Page(path, "ours.html", content.title, "", (), content)))


def main(content: str, out: str, processes: str) -> None:
    """Share the files among the processes."""
    files, count = sorted(Path(content).iterdir()), int(processes)
    if count == 1:
        write_pages(files, Path(out))
        return
    with ProcessPoolExecutor(count) as pool:
        list(pool.map(partial(write_pages, out=Path(out)), [files[number::count] for number in range(count)]))


if __name__ == "__main__":
    main(*sys.argv[1:])
