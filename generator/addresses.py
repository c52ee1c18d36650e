"""Where things are on the site. Every tag and model id that reaches a path goes through `safe_segment`.

Comes in: keys, tags and ids as the source sends them, so: anything. Goes out: paths below the site's root, with
forward slashes, pages with a trailing one. Whatever keys, tags and ids there are, distinct things have distinct paths,
and none is a folder where another is a file: a source that adds a task can never stop the site. Should two meet all the
same, `site` raises an error.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal
from urllib.parse import quote

PACKED = ".gz"  # at the end of a file that is published in gzip
PREVIEW_ADDRESS = "http://localhost:8000/"  # where `generator serve` shows the site; the deploy says the real one

_PLAIN = re.compile(r"[a-z0-9_][a-z0-9._~-]{0,79}")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.ASCII)
_FILE = re.compile(r".*\.(csv|html|js|json|md|png|svg|txt|xml|zip)")  # what lies in folders that are named after things
_HASHED = re.compile(r"(.*-)?[0-9a-f]{10}")  # what a changed name ends with


@lru_cache(maxsize=4096)
def safe_segment(text: str) -> str:
    """One folder name for `text`: safe on every file system and in every URL, distinct for distinct texts.

    Lower-case letters, digits and `_ . -` stay; `:` becomes `~`, which neither tags nor permaslugs contain.
    What needs any other change gets the first ten hex digits of its SHA-256 besides, so it stays distinct; so does what
    looks as if it had got them, and what looks like the name of a file.
    """
    name = text.replace(":", "~")
    is_taken = any(pattern.fullmatch(name) for pattern in (_RESERVED, _FILE, _HASHED))
    if "~" not in text and _PLAIN.fullmatch(name) and not is_taken and not name.endswith((".", "~")):
        return name
    letters = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60].rstrip("-")
    return f"{letters or 'x'}-{_digits(text)}"


def _digits(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:10]


def category_path(key: str) -> str:
    """`code` -> `tasks/code/`."""
    return f"tasks/{safe_segment(key)}/"


def task_path(category: str, tag: str) -> str:
    """`code`, `code:debugging` -> `tasks/code/debugging/`: the tag without its category's prefix.

    The general tasks have none: `general`, `math` -> `tasks/general/math/`. Where it is the other way round, the
    address says so, `general~math` and `debugging~`: both tags may be there at once.
    """
    name = tag if category == _WITHOUT_PREFIX else tag.removeprefix(f"{category}:")
    is_unusual = category != _WITHOUT_PREFIX and name == tag
    return f"{category_path(category)}{safe_segment(name)}{'~' if is_unusual else ''}/"


def model_path(model_id: str) -> str:
    """`openai/gpt-5.6-luna-20260709` -> `models/openai/gpt-5.6-luna-20260709/`; four folders deep at most."""
    return "models/" + "".join(f"{safe_segment(part)}/" for part in model_id.split("/", 3))


@dataclass(frozen=True, slots=True)
class Paths:
    """Where one snapshot is: its raw file, and its pages, which are those that follow the newest or an edition's."""

    file: str  # of the archive: "7d/2026-08-31.json"
    edition: str = ""  # "2026-W36"

    def category(self, key: str) -> str:
        """`code` -> `tasks/code/`, or `editions/2026-W36/tasks/code/`."""
        return f"{self._folder}{category_path(key)}"

    def task(self, category: str, tag: str) -> str:
        """`code`, `code:debugging` -> `tasks/code/debugging/`; an edition has a section of it on the page above.

        That is `editions/2026-W36/tasks/code/#code/debugging`.
        """
        return self.page(task_path(category, tag))

    def page(self, path: str) -> str:
        """Where the snapshot shows what a live page shows: in an edition a page for each macro-category, no more."""
        category, _, task = path.removeprefix("tasks/").strip("/").partition("/")
        if not self.edition or not task or not path.startswith("tasks/"):
            return f"{self._folder}{path}"
        return f"{self._folder}tasks/{category}/#{category}/{task}"

    def model(self, model_id: str) -> str | None:
        """None in an edition: a model has one page, which follows the newest snapshot and may end."""
        return None if self.edition else model_path(model_id)

    def raw(self, pointer: str) -> str:
        """`/data/classifications/3` -> `data/v1/7d/2026-08-31.json#/data/classifications/3`."""
        return f"{raw_path(self.file)}#{pointer}"

    def card(self, as_of: date, page: str) -> str:
        """`tasks/code/` -> `cards/2026-08-31/tasks/code.png`; in an edition `editions/2026-W36/card.png`.

        The date stands in the address: a copy that a social network keeps is never a stale one.
        """
        if self.edition:
            return f"{self._folder}card.png"
        return f"cards/{as_of.isoformat()}/{page.rstrip('/') or 'home'}.png"

    @property
    def in_title(self) -> str:
        """What tells the title of an edition's page from that of the same page in others."""
        return f", {self.edition}" if self.edition else ""

    @property
    def _folder(self) -> str:
        return edition_path(self.edition) if self.edition else ""


_WITH_TWIN = re.compile(r"|(tasks|models)/[^#?]*|changes/|data/|feeds/|method/|editions/|editions/\d+-W\d+/")


def twin_path(page: str) -> str | None:
    """`tasks/code/` -> `tasks/code/index.md`: the same in Markdown. None: it has no twin.

    Of an edition the front has one: with its macro-categories twins would take tens of megabytes in ten years, and its
    snapshot has all figures.
    """
    return f"{page}index.md" if _WITH_TWIN.fullmatch(page) else None


def edition_path(label: str) -> str:
    """`2026-W36` -> `editions/2026-W36/`: the front page of an edition."""
    return f"editions/{label}/"


def pack_path(label: str) -> str:
    """`2026-W36` -> `packs/newsroom-2026-W36.zip`: pictures and tables of an edition that is among the newest."""
    return f"packs/newsroom-{label}.zip"


def comparison_path(earlier: str, later: str) -> str:
    """`2026-W30`, `2026-W36` -> `compare/2026-W30/2026-W36/`: two editions side by side."""
    return f"compare/{earlier}/{later}/"


def any_two_path(as_of: date, since: date | None = None) -> str:
    """`compare/?from=2026-08-24&to=2026-08-31`: any two days, in the browser."""
    day = f"to={as_of.isoformat()}"
    return f"compare/?from={since.isoformat()}&{day}" if since else f"compare/?{day}"


def badge_path(category: str, tag: str, edition: str = "") -> str:
    """`code`, `code:debugging` -> `badges/code/debugging`, without an ending; below the edition's folder if given."""
    inside = task_path(category, tag).removeprefix("tasks/").rstrip("/")
    return f"{edition_path(edition) if edition else ''}badges/{inside}"


def raw_path(file: str, *, is_packed: bool = False) -> str:
    """`7d/2026-08-31.json` -> `data/v1/7d/2026-08-31.json`: the answer of the source, byte for byte.

    `is_packed`: with `.gz` at its end, the same bytes inside.
    """
    return f"data/v1/{file}{PACKED if is_packed else ''}"


def day_path(as_of: date) -> str:
    """`2026-08-31` -> `days/2026-08-31/`: a snapshot with all its figures."""
    return f"days/{as_of.isoformat()}/"


def task_anchor(category: str, tag: str) -> str:
    """`code`, `code:debugging` -> `code/debugging`: the task's list on the page of a day, or of an edition."""
    return task_path(category, tag).removeprefix("tasks/").strip("/")


def model_anchor(model_id: str) -> str:
    """`openai/gpt-5.6-luna-20260709` -> the same: the model's row on the page of a task.

    With a slash it is no other id of a page: a model without an author begins with one.
    """
    path = model_path(model_id).removeprefix("models/").rstrip("/")
    return path if "/" in path else f"/{path}"


def check_path(*, task: str = "", model_id: str = "") -> str:
    """`code:debugging` -> `check/?task=code:debugging`: a claim that wants to be completed."""
    asked = ("task", task) if task else ("model", model_id)
    return f"check/?{asked[0]}={quote(asked[1], safe=':/')}"


def task_chart_id(category: str, tag: str) -> str:
    """`code`, `code:debugging` -> `code-debugging`; `general`, `math` -> `general-math`."""
    place = task_path(category, tag).removeprefix("tasks/").strip("/")
    return _chart_id(place, is_taken="-" in place.partition("/")[0])


def category_chart_id(key: str) -> str:
    """`code` -> `code`: its tasks."""
    name = safe_segment(key)
    return _chart_id(name, is_taken="-" in name or name in _OF_HOME)


def model_chart_id(model_id: str) -> str:
    """`openai/gpt-5.6-luna-20260709` -> `model/openai/gpt-5.6-luna-20260709`: with its slashes it stays distinct."""
    return _chart_id(model_path(model_id).replace("models/", "model/", 1).strip("/"))


def embed_path(chart_id: str, edition: str = "") -> str:
    """`code-debugging` -> `e/code-debugging/`, which follows the newest snapshot, or `e/2026-W36/code-debugging/`."""
    return f"e/{edition}/{chart_id}/" if edition else f"e/{chart_id}/"


def use_path(chart_id: str) -> str:
    """`code-debugging` -> `embed/code-debugging/`: what can be taken from a chart, and how to embed it."""
    return f"embed/{chart_id}/"


def feed_paths(page: str) -> tuple[str, str]:
    """`tasks/code/` -> `feeds/tasks/code/atom.xml` and `feeds/tasks/code/feed.json`; of the whole site for ""."""
    return f"feeds/{page}atom.xml", f"feeds/{page}feed.json"


def tag_uri(archive: str, *parts: str) -> str:
    """`7d`, `2026-W36`, `edition` -> `tag:task-share.invalid,2026:7d/2026-W36/edition`: the name of an item of a feed.

    No address of the site is in it, so that it stays when the site moves, and a copy of the site that says the same
    names it the same, as RFC 4287 (4.2.6) asks for. A name in `.invalid` belongs to nobody, for ever (RFC 2606).
    """
    return f"tag:task-share.invalid,2026:{'/'.join(map(safe_segment, (archive, *parts)))}"


Look = Literal["adaptive", "text", "light", "dark", "png", "png-dark"]
_ENDINGS: dict[Look, str] = {
    "adaptive": ".svg",  # in the reader's scheme, transparent, letters as outlines
    "text": "-text.svg",  # the same with text, which can be searched and edited
    "light": "-light.svg",
    "dark": "-dark.svg",
    "png": ".png",
    "png-dark": "-dark.png",
}
LOOKS: tuple[Look, ...] = tuple(_ENDINGS)
_WITHOUT_PREFIX = "general"  # the macro-category whose tags have no prefix
_OF_HOME = ("macro", "tasks", "intensity")
_OF_OTHERS = ("history", "share", "models", "text", "light", "dark")  # `code-models` is no task, `code-dark.svg` a look


def picture_path(chart_id: str, look: Look = "adaptive", edition: str = "") -> str:
    """`code`, `dark` -> `charts/code-dark.svg`, below the edition's folder where there is one."""
    return f"{edition_path(edition) if edition else ''}charts/{chart_id}{_ENDINGS[look]}"


def _chart_id(place: str, *, is_taken: bool = False) -> str:
    """The place with `-` between its parts, or something distinct where another chart could have that name.

    The first `-` of an id is where a macro-category ends and its task begins: what has one in its key is `is_taken`.
    So is what ends like a second chart of the same thing or like a look of its picture.
    """
    name = place if place.startswith("model/") else place.replace("/", "-")
    if not is_taken and name.rpartition("-")[2] not in _OF_OTHERS:
        return name
    return f"{name}-{_digits(place)}"
