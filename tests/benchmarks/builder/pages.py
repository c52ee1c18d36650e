"""12,000 pages with a heading, a table of ten rows and a drawing of 6 KB: ours beside Hugo and Eleventy.

All read the same files, each a page with its front matter as JSON, and write the same pages; whether they did is
compared. Everything lies in memory (/dev/shm) where there is that: on a disk, creating files costs more than the rest.
"""

import json
import re
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path

from .. import peers
from ..measured import PROJECT, Usage, ratio, run, usages_in_turns
from ..tables import table

PAGES, ROWS = 12_000, 10
LAYOUTS = Path(__file__).parent / "layouts"
MEMORY = Path("/dev/shm")
OURS, ONE_PROCESS, HUGO, ELEVENTY = "ours, 2 processes", "ours, 1 process", "Hugo", "Eleventy"
GOALS = {HUGO: 0.6, ELEVENTY: 0.3}
Command = list[str | Path]


def measure(rounds: int) -> str:
    """Wall seconds from the start of the program to its end."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as place:
        folder = Path(place)
        write_content(folder / "content", PAGES)
        commands = {OURS: ours(folder, 2), ONE_PROCESS: ours(folder, 1), HUGO: hugo(folder), ELEVENTY: eleventy(folder)}
        contenders = {name: partial(_use, folder, command) for name, command in commands.items()}
        wall, processor = usages_in_turns(contenders, rounds)
        refuse_differences(folder, commands)
    rows = [(OURS, wall[OURS].told(unit=" s"), "", "", "")]
    for name in list(commands)[1:]:
        of_wall, of_processor = (ratio(found, OURS, name).told() for found in (wall, processor))
        rows.append((name, wall[name].told(unit=" s"), of_wall, str(GOALS.get(name, "")), of_processor))
    return table((f"{PAGES:,} pages", "wall time", "ours to it", "goal", "processor time, ours to it"), rows)


def write_content(folder: Path, pages: int) -> None:
    """A file a page; no two have the same words or the same drawing."""
    folder.mkdir()
    for number in range(pages):
        rows = [
            {
                "place": row + 1,
                "name": f"Model & maker {number * 7 % 97}-{row}",
                "requests": f"{(number + row) % 300 / 10} %",
            }
            | {"tokens": f"{(number * 3 + row) % 300 / 10} %"}
            for row in range(ROWS)
        ]
        front = json.dumps({"title": f"Task <{number}>", "rows": rows}, indent=1)
        (folder / f"page-{number}.html").write_text(f"{front}\n{drawing(number)}\n", encoding="utf-8")


def drawing(number: int) -> str:
    """6 KB of SVG."""
    lines = (
        f'<path d="M{row * 7},{number % 89}l{number % 41},{row}v{row * number % 67}" stroke="var(--code)"/>'
        for row in range(122)
    )
    return f'<svg viewBox="0 0 672 430" role="img" aria-label="Drawing {number}">{"".join(lines)}</svg>'


def ours(folder: Path, processes: int) -> Command:
    """The function that prints the pages of the site."""
    module = "tests.benchmarks.builder.our_pages"
    return [sys.executable, "-m", module, folder / "content", folder / f"out-{processes}", str(processes)]


def hugo(folder: Path) -> Command:
    """Hugo, without the lists and feeds that it makes unless told not to."""
    layout = folder / "layouts" / "_default" / "single.html"
    layout.parent.mkdir(parents=True)
    shutil.copy(LAYOUTS / "hugo.html", layout)
    kinds = ("home", "section", "taxonomy", "term", "rss", "sitemap", "robotsTXT", "404")
    settings = {"disableKinds": kinds, "security": {"allowContent": [".*"]}}  # content that is HTML
    (folder / "hugo.json").write_text(json.dumps(settings), encoding="utf-8")
    return [peers.hugo(), "--source", folder, "--destination", "out-hugo", "--quiet"]


def eleventy(folder: Path) -> Command:
    """Eleventy with Nunjucks, its usual language for layouts; content is HTML and is not read as a template."""
    includes = folder / "includes"
    includes.mkdir()
    shutil.copy(LAYOUTS / "eleventy.njk", includes)
    settings = {
        "dir": {"input": "eleventy", "includes": "../includes", "output": "out-eleventy"},
        "htmlTemplateEngine": False,
    }
    (folder / "eleventy.config.js").write_text(f"export default () => ({json.dumps(settings)});", encoding="utf-8")
    (folder / "eleventy").mkdir()
    for file in (folder / "content").iterdir():  # front matter says here what language it is in
        front, _, body = file.read_text(encoding="utf-8").partition("\n}\n")
        (folder / "eleventy" / file.name).write_text(f"---json\n{front}\n}}\n---\n{body}", encoding="utf-8")
    (folder / "eleventy" / "eleventy.json").write_text('{"layout": "eleventy.njk"}', encoding="utf-8")
    return ["node", peers.node_modules() / "@11ty" / "eleventy" / "cmd.cjs", "--quiet"]


def _use(folder: Path, command: Command) -> Usage:
    for out in folder.glob("out-*"):
        shutil.rmtree(out)
    return run(command, folder, PYTHONPATH=str(PROJECT))


def refuse_differences(folder: Path, commands: dict[str, Command]) -> None:
    """Each makes some page once more, and the words and drawings of all must be the same."""
    made = []
    for command in commands.values():
        _use(folder, command)
        pages = sorted((folder.glob("out-*/**/page-*/index.html")), key=lambda file: file.parent.name)
        if len(pages) != PAGES:
            raise SystemExit(f"{command[0]} made {len(pages)} pages, expected {PAGES}")
        made.append(
            [re.sub(r"\s+", "", page.read_text(encoding="utf-8").replace("&#34;", '"')) for page in pages[::500]]
        )
    if any(other != made[0] for other in made):
        raise SystemExit("the pages of the contenders are not the same")
