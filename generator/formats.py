"""Numbers, dates and words as readers see them. Numbers in, text out; nothing else.

Shares come in as fractions (0 to 1) and go out in percent with one decimal, as published with three.
A missing number is "–". Spaces inside a number are no-break spaces.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from math import log10

from generator.models import Change, Rank

MISSING = "–"
NBSP = "\u00a0"
_MONTHS = (  # not strftime("%B"): that follows the machine's language
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@lru_cache(maxsize=4096)  # years of pages say the same thousand numbers: each is one text in memory
def percent(share: float | None) -> str:
    """`0.231` -> `23.1 %`. A published 0.000 is `0.0 %`: listed, and under half a tenth of a percent."""
    return MISSING if share is None else f"{share * 100:.1f}{NBSP}%"


def points(difference: float | None) -> str:
    """`0.012` -> `+1.2 pp`, `-0.0004` -> `0.0 pp`: a difference of shares in percentage points, with its sign."""
    if difference is None:
        return MISSING
    sign = "+" if round(difference, 3) > 0 else "−" if round(difference, 3) < 0 else ""
    return f"{sign}{abs(difference) * 100:.1f}{NBSP}pp"


_SHAPES = {"new": "✚", "re-entry": "↺", "up": "▲", "down": "▼", "same": "=", "left": "✕", "no comparison": MISSING}


def change_words(change: Change) -> str:
    """`▲ up 2`, `▼ down 1`, `= same`, `✚ new`, `↺ re-entry`; `–` where nothing can be compared: a shape and words."""
    if change.state == "no comparison":
        return MISSING
    places = f"{NBSP}{abs(change.places)}" if change.places else ""
    return f"{_SHAPES[change.state]}{NBSP}{change.state}{places}"


def times(ratio: float | None) -> str:
    """`2.7013` -> `2.7×`; under 1 with two digits that count: `0.24×`, `0.061×`."""
    if ratio is None:
        return MISSING
    if ratio <= 0 or ratio >= 1:
        return f"{ratio:.0f}×" if ratio >= 100 or ratio <= 0 else f"{ratio:.1f}×"
    text = f"{ratio:.{1 - int(log10(ratio) // 1)}f}"
    return "1.0×" if float(text) == 1 else f"{text}×"


def long_date(day: date) -> str:
    """`31 August 2026`."""
    return f"{day.day}{NBSP}{_MONTHS[day.month - 1]}{NBSP}{day.year}"


def short_date(day: date) -> str:
    """`31 Aug 2026`."""
    return f"{day.day}{NBSP}{_MONTHS[day.month - 1][:3]}{NBSP}{day.year}"


def month(day: date) -> str:
    """`August 2026`."""
    return f"{_MONTHS[day.month - 1]}{NBSP}{day.year}"


def edition(day: date) -> str:
    """`2026-W36`: the ISO week of a day, whose year may be another one than the day's."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def window_words(window_days: int, as_of: date) -> str:
    """`7 days ending 31 August 2026, UTC`."""
    return f"{plural(window_days, 'day')} ending {long_date(as_of)}, UTC"


def window_dates(window_days: int, as_of: date) -> str:
    """`25 August 2026 to 31 August 2026`: the first and the last day of the window."""
    return f"{long_date(as_of - timedelta(days=window_days - 1))} to {long_date(as_of)}"


def plural(count: int, noun: str, nouns: str | None = None) -> str:
    """`1 task`, `2 tasks`; `plural(2, "entry", "entries")`."""
    return f"{count}{NBSP}{noun if count == 1 else nouns or noun + 's'}"


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `3rd`, `11th`."""
    suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def place_words(rank: Rank) -> str:
    """`3rd of 10`, `shared 3rd of 10`."""
    return f"{'shared ' if rank.is_shared else ''}{ordinal(rank.place)} of {rank.of}"


def listed(words: Sequence[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


# Spellings that a rule cannot guess, of families that stand in permaslugs. An unknown word gets a capital letter.
_SPELLINGS = {
    "ai": "AI", "deepseek": "DeepSeek", "ernie": "ERNIE", "glm": "GLM", "gpt": "GPT", "it": "it", "lfm": "LFM",
    "llama": "Llama", "mimo": "MiMo", "minimax": "MiniMax", "mini": "mini", "moe": "MoE", "nano": "nano",
    "oss": "OSS", "qwq": "QwQ", "tts": "TTS", "ui": "UI", "vl": "VL",
}  # fmt: skip
_VERSION = re.compile(r"-(\d{8}|\d{4}-\d{2}-\d{2}|\d{2}-\d{2})$")


def model_names(ids: Iterable[str]) -> dict[str, str]:
    """A reader's name for each permaslug, distinct within `ids`.

    `openai/gpt-5.6-luna-20260709` -> `GPT-5.6 Luna`; `:free` -> ` (free)`. Where two would have one name, the version
    stands behind it (`DeepSeek V4 Flash 20260731`), and where that is not enough, the permaslug itself is the name.
    """
    distinct = sorted(set(ids))
    names = {model_id: _model_name(model_id, with_version=False) for model_id in distinct}
    for clashing in _clashes(names):
        names.update({model_id: _model_name(model_id, with_version=True) for model_id in clashing})
    for clashing in _clashes(names):
        names.update({model_id: upright(model_id) for model_id in clashing})
    return names


def distinct_labels(labels: Mapping[str, str]) -> dict[str, str]:
    """The source's labels, by identifier, fit for a sentence; where two are equal, the identifier stands behind."""
    plain = {identifier: upright(label) for identifier, label in labels.items()}
    clashing = {identifier for group in _clashes(plain) for identifier in group}
    return {
        identifier: f"{label} ({upright(identifier)})" if identifier in clashing else label
        for identifier, label in plain.items()
    }


# Characters that turn the direction of the text behind them, numbers included (15.2 becomes 2.51).
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def upright(text: str) -> str:
    """`text` with a mark in place of each character that would turn the sentence around it."""
    return _TURNING.sub("\ufffd", text)


# What Markdown and GitHub's additions to it take for mark-up anywhere in a line, and at its beginning.
_MARKUP = re.compile(r"[\\`*\[\]|]|(?<![^\W_])_|_(?![^\W_])")
_AT_THE_BEGINNING = re.compile(r"^(#|[-+](?=[\s-]|$)|\d+(?=[.)](?:\s|$)))")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "~": "&#126;"}
_LINKED = re.compile(r"(?<=www)\.|:(?=//)", re.IGNORECASE)  # of addresses that become links without being asked for


def in_markdown(text: str) -> str:
    """`text` as Markdown that shows it on one line: no mark-up, no HTML, no link, no end of a table's cell.

    `A|B <i> [x](y)` -> `A\\|B &lt;i&gt; \\[x\\](y)`.
    """
    line = re.sub(r"\s+", " ", upright(text))
    line = re.sub(r"[\x00-\x1f\x7f]", "\ufffd", line)
    line = re.sub(r"&(?=#?\w+;)", "&amp;", line)
    line = _MARKUP.sub(r"\\\g<0>", line)
    line = re.sub("[<>~]", lambda found: _ENTITIES[found[0]], line)
    line = _LINKED.sub(lambda found: f"&#{ord(found[0])};", line)
    return _AT_THE_BEGINNING.sub(lambda found: found[0] + "\\" if found[0].isdigit() else "\\" + found[0], line)


def _clashes(names: dict[str, str]) -> list[list[str]]:
    """The groups of ids that share a name."""
    by_name: dict[str, list[str]] = {}
    for model_id, name in names.items():
        by_name.setdefault(name.casefold(), []).append(model_id)
    return [group for group in by_name.values() if len(group) > 1]


@lru_cache(maxsize=4096)
def _model_name(model_id: str, *, with_version: bool) -> str:
    slug, _, variant = model_id.rpartition("/")[2].partition(":")
    version = _VERSION.search(slug)
    words = _VERSION.sub("", slug).split("-")
    name = re.sub(r"\b(GPT|GLM|ERNIE) (?=[\dO])", r"\1-", " ".join(_spelled(word) for word in words if word))
    parts = (name, version[1] if version and with_version else "", f"({variant})" if variant else "")
    return upright(" ".join(part for part in parts if part) or model_id)


def _spelled(word: str) -> str:
    if word in _SPELLINGS:
        return _SPELLINGS[word]
    size = re.fullmatch(r"a?\d+(\.\d+)?[bm]", word)  # 120b, a17b: parameters
    return word.upper() if size else word[:1].upper() + word[1:]


def author_of(model_id: str) -> str:
    """`openai/gpt-5.6-luna` -> `openai`; without a slash there is none: ``."""
    return model_id.rpartition("/")[0]


def plain(text: str) -> str:
    """With plain spaces: what is pasted elsewhere, or read by a program that may not know others."""
    return text.replace(NBSP, " ")


def source_line(as_of: date, *, is_sample: bool, licence: bool = False) -> str:
    """The line that every chart, page and file carries, letter for letter as OpenRouter's licence terms ask.

    The sample is not OpenRouter's, and says so instead.
    """
    if is_sample:
        return f"Sample data, fictional models: not OpenRouter's figures. As of {as_of.isoformat()}."
    line = f"Source: OpenRouter (openrouter.ai/rankings), as of {as_of.isoformat()}."
    return f"{line} Licensed under CC BY 4.0." if licence else line
