"""A cleaned drawing -> the same picture in fewer elements: the bytes of a page are mostly those of its charts.

Marks that look alike and follow each other become one path, with relative coordinates; what several elements in a row
have in common is said once, by a group around them. Nothing moves and nothing is drawn in another order.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from itertools import groupby

_PLACE = re.compile(r"translate\((-?[\d.]+)(?:,(-?[\d.]+))?\)")
_STEP = re.compile(r"([A-Za-z])([-\d., ]*)")
_KNOWN = re.compile(r"[MLHVAZhv\d., -]*")  # what Vega writes of lines and of the marks that our charts have
_GEOMETRY = ("d", "transform", "x", "y", "x2", "y2")
_WORTH_A_GROUP = 3  # elements in a row, from which on a group is shorter
Point = tuple[int, int]  # in tenths of a pixel: whole numbers, so that no sum of steps drifts


def lean(root: ET.Element) -> None:
    """Make the children of each element fewer and shorter, in place. `root` has been cleaned (draw/clean.py)."""
    for child in root:
        lean(child)
    for child in root:
        _shorten(child)
    root[:] = [kept for alike in _runs(root) for kept in _joined(alike)]
    root[:] = [kept for alike in _runs(root) for kept in _grouped(alike)]


def _shorten(element: ET.Element) -> None:
    """A line becomes a path, a path has its place in its data, and a text in `x` and `y`."""
    place = _PLACE.fullmatch(element.get("transform", "translate(0,0)"))
    name = _name(element)
    if place is None or name not in ("line", "path", "text") or not _KNOWN.fullmatch(element.get("d", "")):
        return
    at = _tenths(place[1]), _tenths(place[2] or "0")
    element.attrib.pop("transform", None)
    if name == "text":
        _place_text(element, at)
    elif name == "line":
        element.tag = element.tag.replace("line", "path")
        to = at[0] + _tenths(element.attrib.pop("x2", "0")), at[1] + _tenths(element.attrib.pop("y2", "0"))
        element.set("d", _line(at, to))
        element.set("mark", "")
    else:
        if at != (0, 0):
            element.set("mark", "")
        element.set("d", _written(_straight(_steps(element.attrib["d"])), at))


def _place_text(text: ET.Element, at: Point) -> None:
    for name, value in zip(("x", "y"), at, strict=True):
        if value:
            text.set(name, _pixels(value))
    for line in text:
        if "x" in line.attrib:  # where a line begins anew
            line.set("x", _pixels(at[0] + _tenths(line.attrib["x"])))


def _runs(root: ET.Element) -> Iterator[list[ET.Element]]:
    """The children in runs of those that differ in place and shape alone."""
    for _, run in groupby(root, key=lambda child: (child.tag, *sorted(_look(child).items()))):
        yield list(run)


def _look(element: ET.Element) -> dict[str, str]:
    return {name: value for name, value in element.attrib.items() if name not in _GEOMETRY}


def _joined(alike: list[ET.Element]) -> list[ET.Element]:
    """Marks as one path. Lines through many points stay apart: where they cross, each is drawn over the one before."""
    first = alike[0]
    if first.attrib.pop("mark", None) is None:
        return alike
    for other in alike[1:]:
        first.attrib["d"] += other.attrib["d"]
    return [first]


def _grouped(alike: list[ET.Element]) -> list[ET.Element]:
    """What all have in common is said by a group."""
    look = _look(alike[0])
    if len(alike) < _WORTH_A_GROUP or not look or _name(alike[0]) not in ("path", "text"):
        return alike
    group = ET.Element(alike[0].tag.replace(_name(alike[0]), "g"), look)
    for element in alike:
        element.attrib = {name: value for name, value in element.attrib.items() if name in _GEOMETRY}
        group.append(element)
    return [group]


Step = tuple[str, tuple[str, ...], Point]  # command, what an arc needs besides, where it leads


def _line(begin: Point, end: Point) -> str:
    """With absolute ends: the marks that stand there begin with the same numbers, which packs well."""
    if begin[1] == end[1]:
        return f"M{_numbers(*begin)}H{_pixels(end[0])}"
    if begin[0] == end[0]:
        return f"M{_numbers(*begin)}V{_pixels(end[1])}"
    return f"M{_numbers(*begin)}L{_numbers(*end)}"


def _steps(data: str) -> Iterator[Step]:
    """The steps of a path as Vega writes it, absolute."""
    x, y = begin = 0, 0
    for command, text in _STEP.findall(data):
        numbers = text.replace(",", " ").split()
        if command == "Z":
            x, y = begin
        elif command in "Hh":
            x = _tenths(numbers[0]) + (x if command == "h" else 0)
        elif command in "Vv":
            y = _tenths(numbers[0]) + (y if command == "v" else 0)
        else:
            x, y = _tenths(numbers[-2]), _tenths(numbers[-1])
        if command == "M":
            begin = x, y
        yield command, tuple(numbers[:-2]) if command == "A" else (), (x, y)


def _straight(steps: Iterable[Step]) -> Iterator[Step]:
    """Points on the way between two others are left out: a share that stays the same is one step."""
    begin, held = (0, 0), None
    for step in steps:
        if held and not (step[0] == "L" and _goes_on(begin, held[2], step[2])):
            yield held
            begin, held = held[2], None
        if step[0] == "L":
            held = step
        else:
            yield step
            begin = step[2]
    if held:
        yield held


def _goes_on(begin: Point, middle: Point, end: Point) -> bool:
    """Whether the way from `begin` to `end` is straight over `middle`."""
    first = middle[0] - begin[0], middle[1] - begin[1]
    second = end[0] - middle[0], end[1] - middle[1]
    is_straight = first[0] * second[1] == first[1] * second[0]
    return is_straight and first[0] * second[0] + first[1] * second[1] > 0


def _written(steps: Iterable[Step], at: Point) -> str:
    """In relative steps from `at`, an absolute place, so that paths can be joined."""
    is_mark = at != (0, 0)
    written, before, begin = [f"M{_numbers(*at)}"] if is_mark else list[str](), (0, 0), (0, 0)
    for command, arc, to in steps:
        across, down = to[0] - before[0], to[1] - before[1]
        if command == "M":
            written.append(f"{'m' if is_mark else 'M'}{_numbers(*to)}")
            begin = to
        elif command == "Z":
            written.append("z")
            to = begin
        elif command == "A":
            radii = _numbers(*(_tenths(radius) for radius in arc[:2]))
            written.append(f"a{radii} {' '.join(arc[2:])} {_numbers(across, down)}")
        elif not down:
            written.append(f"h{_pixels(across)}")
        elif not across:
            written.append(f"v{_pixels(down)}")
        else:
            written.append(f"l{_numbers(across, down)}")
        before = to
    return "".join(written)


def _numbers(*tenths: int) -> str:
    """`1.5-2`: a sign parts two numbers as well as a comma does."""
    first, *others = map(_pixels, tenths)
    return first + "".join(other if other.startswith("-") else f",{other}" for other in others)


def _pixels(tenths: int) -> str:
    return f"{tenths / 10:.1f}".removesuffix(".0").replace("0.", ".", abs(tenths) < 10)


def _tenths(pixels: str) -> int:
    return round(float(pixels) * 10)


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]
