"""Text -> the outlines of its letters, in the fonts of static/fonts. Owns uharfbuzz.

Comes in: a text and the weight it is set in. Goes out: which glyph stands where, in `UNITS` to the size of the letters,
and the outline of each as the data of an SVG path. Nothing is asked of the machine, so no font of its own can slip in.
A letter that the fonts lack is a box; what has no shape of its own (joiners, variants, marks) is left out.
"""

import functools
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import uharfbuzz

UNITS = 500  # to the size of the letters: a fiftieth of a pixel at the sizes of a chart
BOX = "□"  # in place of a letter that the fonts lack
Weight = Literal["Regular", "SemiBold"]


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter as it stands in a line."""

    name: str  # the same for the same shape in any picture: "R36"
    across: int  # from the beginning of the line


@dataclass(frozen=True, slots=True)
class Line:
    """A text as glyphs."""

    glyphs: tuple[Glyph, ...]
    width: int


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a folder of fonts."""

    fonts: Path

    def line(self, text: str, weight: Weight = "Regular") -> Line:
        """`text` set in one line; white space takes room and has no glyph."""
        return _line(self.fonts, self.drawable(text), weight)

    def width(self, text: str, size: float, weight: Weight = "Regular") -> float:
        """How wide `text` is at this size of letters."""
        return self.line(text, weight).width * size / UNITS

    def outline(self, name: str) -> str:
        """The data of the path that draws a glyph: whole relative numbers, y down."""
        return _outline(self.fonts, name)

    def has_all(self, text: str) -> bool:
        """Whether the fonts have every letter of `text` that has a shape."""
        return all(_has(self.fonts, letter) or _is_shapeless(letter) for letter in unicodedata.normalize("NFC", text))

    def drawable(self, text: str) -> str:
        """`text` as it can be drawn: a box for each letter that the fonts lack."""
        return "".join(letter if _has(self.fonts, letter) else BOX for letter in _shaped(self.fonts, text))


def _shaped(fonts: Path, text: str) -> Iterator[str]:
    for letter in unicodedata.normalize("NFC", text):
        if letter.isspace() and letter != "\u00a0":
            yield " "
        elif _has(fonts, letter) or not _is_shapeless(letter):
            yield letter


def _is_shapeless(letter: str) -> bool:
    return unicodedata.category(letter) in ("Mn", "Me", "Cf", "Cc") or "\U0001f3fb" <= letter <= "\U0001f3ff"


@functools.cache
def _font(fonts: Path, weight: str) -> uharfbuzz.Font:
    """Cached: a font is read once in a process."""
    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(fonts / f"Inter-{weight}.ttf"))))
    font.scale = (UNITS, UNITS)
    return font


@functools.cache
def _has(fonts: Path, letter: str) -> bool:
    return bool(_font(fonts, "Regular").get_nominal_glyph(ord(letter)))


@functools.lru_cache(maxsize=4096)  # the same words stand in many charts
def _line(fonts: Path, text: str, weight: str) -> Line:
    if not text:
        return Line((), 0)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.direction, buffer.script, buffer.language = "ltr", "Latn", "en"
    font = _font(fonts, weight)
    uharfbuzz.shape(font, buffer)
    glyphs, across = [], 0
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        name = f"{weight[0]}{info.codepoint}"
        if _outline(fonts, name):
            glyphs.append(Glyph(name, across + position.x_offset))
        across += position.x_advance
    return Line(tuple(glyphs), across)


@functools.cache
def _outline(fonts: Path, name: str) -> str:
    weight = "Regular" if name[0] == "R" else "SemiBold"
    pen = _Pen()
    _font(fonts, weight).draw_glyph(int(name[1:]), _drawing(), pen)
    return pen.data


class _Pen:
    """Writes down what a font draws: each step from where the last one ended, its letter only where it is another."""

    def __init__(self) -> None:
        self.data = ""
        self._last = ""
        self._here, self._start = (0, 0), (0, 0)

    def move(self, x: float, y: float) -> None:
        """Begin an outline."""
        self.step("m", (x, y))
        self._start = self._here

    def step(self, command: str, *points: tuple[float, float]) -> None:
        """In whole numbers; the next step begins where this one was rounded to, so no error adds up."""
        places = [(round(x), -round(y)) for x, y in points]
        numbers = " ".join(f"{x - self._here[0]} {y - self._here[1]}" for x, y in places)
        between = "" if numbers.startswith("-") else " "
        self.data += (between if command == self._last else command) + numbers.replace(" -", "-")
        self._here, self._last = places[-1], command

    def close(self) -> None:
        """End an outline where it began."""
        self.data += "z"
        self._here, self._last = self._start, ""


@functools.cache
def _drawing() -> uharfbuzz.DrawFuncs:
    functions = uharfbuzz.DrawFuncs()
    functions.set_move_to_func(lambda x, y, pen: pen.move(x, y))
    functions.set_line_to_func(lambda x, y, pen: pen.step("l", (x, y)))
    functions.set_quadratic_to_func(lambda a, b, x, y, pen: pen.step("q", (a, b), (x, y)))
    functions.set_close_path_func(lambda pen: pen.close())
    return functions
