"""A cleaned drawing -> the same picture in fewer elements: the bytes of a page are mostly those of its charts.

Marks that look alike become one path, with the lines that end at them; texts that look alike become lines of one text;
what several elements in a row have in common is said once, by a group around them. Nothing moves, and only what does
not touch is drawn in another order.
"""

import functools
import re
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter

from generator.draw.paths import (
    Box,
    Point,
    Step,
    box_of,
    is_closed,
    is_known,
    is_level,
    joined_to_line,
    line,
    pixels,
    steps_of,
    straightened,
    tenths,
    written,
)

_PLACE = re.compile(r"translate\((-?[\d.]+)(?:,(-?[\d.]+))?\)")
_GEOMETRY = ("d", "transform", "x", "y", "x2", "y2")
_TURNS = ("R", "AL", "AN", "LRE", "LRO", "LRI", "RLE", "RLO", "RLI", "FSI")  # classes of letters not read from the left
_WORTH_A_GROUP = 3  # elements in a row, from which on a group is shorter


def lean(root: ET.Element, stroke_width: str) -> None:
    """Make the children of each element fewer and shorter, in place. `root` has been cleaned (draw/clean.py).

    `stroke_width`: of marks that say none, in pixels.
    """
    root[:] = list(_merged(kept for child in root for kept in _dissolved(child)))
    for child in root:
        lean(child, stroke_width)
    root[:] = [_unwrapped(child) for child in root]
    for child in root:
        if _name(child) == "text":
            _place_text(child)
    root[:] = [layer.painted() for layer in _layers(root, stroke_width)]
    root[:] = [kept for _, alike in groupby(root, key=_kind) for kept in _grouped(list(alike))]


def _dissolved(element: ET.Element) -> list[ET.Element]:
    """Instead of a group that only says where it stands what is in it, standing there."""
    if _name(element) != "g":
        return [element]
    _hand_down_place(element)
    return [element] if element.attrib else [kept for child in element for kept in _dissolved(child)]


def _hand_down_place(group: ET.Element) -> None:
    """Where a group stands is said by what is in it, unless that is turned or scaled."""
    at, within = _place(group), [_place(child) for child in group]
    places = [place for place in within if place]
    if "transform" not in group.attrib or at is None or len(places) < len(within):
        return
    del group.attrib["transform"]
    for child, (x, y) in zip(group, places, strict=True):
        child.set("transform", f"translate({pixels(at[0] + x)},{pixels(at[1] + y)})")


def _merged(elements: Iterable[ET.Element]) -> Iterator[ET.Element]:
    """Groups in a row that say the same as one."""
    for _, alike in groupby(elements, key=lambda child: (child.tag, *sorted(child.attrib.items()))):
        first, *others = alike
        if _name(first) != "g":
            yield from (first, *others)
            continue
        for other in others:
            first.extend(other)
        yield first


def _unwrapped(group: ET.Element) -> ET.Element:
    """What is around a single group, said by it."""
    is_wrapper = _name(group) == "g" and len(group) == 1 and _name(group[0]) == "g"
    if not is_wrapper or group.attrib.keys() & group[0].attrib.keys():
        return group
    group[0].attrib |= group.attrib
    return group[0]


def _place_text(text: ET.Element) -> None:
    """In `x` and `y`."""
    at = _place(text)
    if at is None:
        return
    text.attrib.pop("transform", None)
    for name, value in zip(("x", "y"), at, strict=True):
        if value:
            text.set(name, pixels(value))
    for part in text:
        if "x" in part.attrib:  # where a line begins anew
            part.set("x", pixels(at[0] + tenths(part.attrib["x"])))


def _place(element: ET.Element) -> Point | None:
    """Where a transform puts it; None where it does more."""
    place = _PLACE.fullmatch(element.get("transform", "translate(0,0)"))
    return (tenths(place[1]), tenths(place[2] or "0")) if place else None


@dataclass(frozen=True, slots=True)
class _Layer:
    """What is painted at once: an element, or marks that look alike, as the steps of one path."""

    element: ET.Element
    kind: tuple[object, ...]
    steps: tuple[Step, ...] = ()
    boxes: tuple[Box, ...] = ()  # one a mark; none around what is not a mark

    def joined_by(self, marks: "_Layer") -> "_Layer":
        """With marks that are painted at once with it."""
        return replace(self, steps=self.steps + marks.steps, boxes=self.boxes + marks.boxes)

    def touches(self, marks: "_Layer") -> bool:
        """Whether one of these lies over or under one of those."""
        return any(box.touches(other) for box in self.boxes for other in marks.boxes)

    def with_line(self, line: "_Layer") -> "_Layer | None":
        """With what is seen of a line in the colour of its stroke that ends below it; None where `line` is no such."""
        look = _look(self.element)
        is_opaque = look.pop("fill", "none") != "none" and not any("opacity" in name for name in look)
        if not is_opaque or look != _look(line.element) or len(self.boxes) != 1:
            return None
        steps = joined_to_line(self.steps, line.steps)
        return replace(self, steps=steps, boxes=self.boxes + line.boxes) if steps else None

    def painted(self) -> ET.Element:
        """As one element."""
        if self.steps:
            self.element.attrib = {**_look(self.element), "d": written(straightened(self.steps))}
        return self.element


def _layers(elements: Iterable[ET.Element], stroke_width: str) -> list[_Layer]:
    """What is painted one after the other."""
    layers: list[_Layer] = []
    found = _from_edges([_layer(element, stroke_width) for element in elements])
    for _, alike in groupby(found, key=attrgetter("kind")):
        for layer in _joined(list(alike)):
            place = _place_among(layers, layer)
            if place is None:
                layers.append(layer)
            else:
                layers[place] = layers[place].joined_by(layer)
    return layers


def _from_edges(layers: Sequence[_Layer]) -> list[_Layer]:
    """A level line that ends below a mark begins at its edge instead, and is painted at once with it.

    So nothing that is painted between the two may touch the line.
    """
    found, dropped = [*layers], set[int]()
    for place, level in enumerate(layers):
        if not level.boxes or not is_level(level.steps):
            continue
        for later in range(place + 1, len(found)):
            joined = found[later].with_line(level)
            if joined:
                found[later] = joined
                dropped.add(place)
            if not found[later].boxes or found[later].touches(level):
                break
    return [layer for place, layer in enumerate(found) if place not in dropped]


def _joined(alike: Sequence[_Layer]) -> Sequence[_Layer]:
    """Marks as one. Lines through many points stay apart: where they cross, each is drawn over the one before."""
    are_marks = all(layer.boxes for layer in alike)
    return [functools.reduce(_Layer.joined_by, alike)] if are_marks else alike


def _place_among(layers: Sequence[_Layer], marks: _Layer) -> int | None:
    """Those with which the marks may be painted: neither they nor what was painted since then touch them."""
    for place in reversed(range(len(layers))):
        layer = layers[place]
        if not (layer.boxes and marks.boxes) or layer.touches(marks):
            return None
        if layer.kind == marks.kind:
            return place
    return None


def _layer(element: ET.Element, stroke_width: str) -> _Layer:
    at, name = _place(element), _name(element)
    if at is None or name not in ("line", "path") or not is_known(element.get("d", "")):
        return _Layer(element, _kind(element))
    if name == "path":
        steps = tuple(steps_of(element.attrib["d"], at))
    else:
        element.tag = element.tag.replace("line", "path")
        steps = line(at, (at[0] + tenths(element.get("x2", "0")), at[1] + tenths(element.get("y2", "0"))))
        element.attrib = _look(element)
    around = tenths(element.get("stroke-width", stroke_width)) if "stroke" in element.attrib else 0
    is_mark = name == "line" or is_closed(steps)
    return _Layer(element, _kind(element), steps, (box_of(steps, around),) if is_mark else ())


def _kind(element: ET.Element) -> tuple[object, ...]:
    """The same for elements that differ in place, in shape and in what is in them alone."""
    return element.tag, *sorted(_look(element).items())


def _look(element: ET.Element) -> dict[str, str]:
    return {name: value for name, value in element.attrib.items() if name not in _GEOMETRY}


def _grouped(alike: list[ET.Element]) -> list[ET.Element]:
    """What all have in common is said by a group."""
    look = _look(alike[0])
    if len(alike) < _WORTH_A_GROUP or _name(alike[0]) not in ("path", "text"):
        return alike
    if all(map(_is_plain, alike)):
        return [_in_lines(alike)]
    if not look:
        return alike
    group = ET.Element(alike[0].tag.replace(_name(alike[0]), "g"), look)
    for element in alike:
        element.attrib = {name: value for name, value in element.attrib.items() if name in _GEOMETRY}
        group.append(element)
    return [group]


def _is_plain(text: ET.Element) -> bool:
    """A text that reads the same with others before and after it: one from the right would change places with them."""
    words = text.text or ""
    is_alone = _name(text) == "text" and len(text) == 0 and "transform" not in text.attrib and words == words.strip()
    return is_alone and not any(unicodedata.bidirectional(letter) in _TURNS for letter in words)


def _in_lines(texts: list[ET.Element]) -> ET.Element:
    """Texts as the lines of one, each as far down as it is below the one before."""
    whole = ET.Element(texts[0].tag, _look(texts[0]))
    y = tenths(texts[0].get("y", "0"))
    if y:
        whole.set("y", pixels(y))
    for text in texts:
        part = ET.SubElement(whole, text.tag.replace("text", "tspan"))
        part.text = text.text
        down = tenths(text.get("y", "0")) - y
        if down:
            part.set("dy", pixels(down))
        part.set("x", text.get("x", "0"))
        y += down
    return whole


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]
