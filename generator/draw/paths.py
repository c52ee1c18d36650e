"""What a path draws, as steps: read from the data that Vega writes, and written in as few letters as may be.

Everything is counted in tenths of a pixel: whole numbers, so that no sum of steps drifts.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_STEP = re.compile(r"([A-Za-z])([-\d., ]*)")
_KNOWN = re.compile(r"[MLHVAZhv\d., -]*")  # what Vega writes of lines and of the marks that our charts have
_STRAIGHT = re.compile(r"ML+Z")  # the commands of a mark with straight sides
Point = tuple[int, int]  # in tenths of a pixel, from the left and from above


@dataclass(frozen=True, slots=True)
class Step:
    """A command (`M`, `L`, `H`, `V`, `A`, `Z`), where it leads, and what an arc needs besides."""

    command: str
    to: Point
    radii: Point = (0, 0)
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """The room that something takes at most."""

    left: int
    top: int
    right: int
    bottom: int

    def touches(self, other: "Box") -> bool:
        """Whether they have a point in common."""
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.top <= other.bottom
            and other.top <= self.bottom
        )

    def middle(self) -> Point:
        """What lies as far from either side."""
        return (self.left + self.right) // 2, (self.top + self.bottom) // 2


def is_known(data: str) -> bool:
    """Whether `steps_of` can read it."""
    return _KNOWN.fullmatch(data) is not None


def steps_of(data: str, at: Point) -> Iterator[Step]:
    """The steps of a path that stands `at` a place."""
    x, y = begin = at
    for command, text in _STEP.findall(data):
        numbers = text.replace(",", " ").split()
        if command == "Z":
            x, y = begin
        elif command in "Hh":
            x = tenths(numbers[0]) + (x if command == "h" else at[0])
        elif command in "Vv":
            y = tenths(numbers[0]) + (y if command == "v" else at[1])
        else:
            x, y = at[0] + tenths(numbers[-2]), at[1] + tenths(numbers[-1])
        if command == "M":
            begin = x, y
        if command == "A":
            yield Step("A", (x, y), (tenths(numbers[0]), tenths(numbers[1])), tuple(numbers[2:5]))
        else:
            yield Step("L" if command in "hv" else command, (x, y))


def line(begin: Point, end: Point) -> tuple[Step, Step]:
    """From one place to another."""
    command = "H" if begin[1] == end[1] else "V" if begin[0] == end[0] else "L"
    return Step("M", begin), Step(command, end)


def is_closed(steps: Sequence[Step]) -> bool:
    """Whether it ends where it began, as a mark does."""
    return len(steps) > 1 and steps[-1].to == steps[0].to


def is_level(steps: Sequence[Step]) -> bool:
    """Whether it is a single line from left to right or back."""
    return len(steps) == 2 and steps[1].command == "H"


def joined_to_line(mark: Sequence[Step], line: Sequence[Step]) -> tuple[Step, ...]:
    """A mark with straight sides, then what it does not hide of a level line that ends in its middle, as thick as they.

    Nothing where it has no corner from which the line is seen, or the line ends elsewhere.
    """
    box, ends = box_of(mark, 0), [step.to for step in line]
    middle, is_straight = box.middle(), _STRAIGHT.fullmatch("".join(step.command for step in mark))
    if not is_straight or middle not in ends:
        return ()
    far = ends[0] if ends[1] == middle else ends[1]
    if box.left <= far[0] <= box.right:
        return tuple(mark)
    corner = (box.left if far[0] < box.left else box.right, middle[1])
    if corner not in [step.to for step in mark]:
        return ()
    begin = () if corner == mark[0].to else (Step("M", corner),)  # the mark is closed: there it ended
    return *mark, *begin, Step("H", far)


def box_of(steps: Iterable[Step], around: int) -> Box:
    """`around`: what a stroke adds on each side."""
    places = [
        (step.to[side] - step.radii[side] - around, step.to[side] + step.radii[side] + around)
        for side in (0, 1)
        for step in steps
    ]
    across, down = places[: len(places) // 2], places[len(places) // 2 :]
    return Box(min(a for a, _ in across), min(a for a, _ in down), max(b for _, b in across), max(b for _, b in down))


def straightened(steps: Iterable[Step]) -> Iterator[Step]:
    """Points on the way between two others are left out: a share that stays the same is one step."""
    begin, held = (0, 0), None
    for step in steps:
        if held and not (step.command == "L" and _goes_on(begin, held.to, step.to)):
            yield held
            begin, held = held.to, None
        if step.command == "L":
            held = step
        else:
            yield step
            begin = step.to
    if held:
        yield held


def _goes_on(begin: Point, middle: Point, end: Point) -> bool:
    """Whether the way from `begin` to `end` is straight over `middle`."""
    first = middle[0] - begin[0], middle[1] - begin[1]
    second = end[0] - middle[0], end[1] - middle[1]
    is_straight = first[0] * second[1] == first[1] * second[0]
    return is_straight and first[0] * second[0] + first[1] * second[1] > 0


def written(steps: Iterable[Step]) -> str:
    """As the data of a path. Each step says how far it leads: equal marks are equal text, which packs well.

    Whole lines (`H`, `V`) say where they end instead: those of a grid, or on one, do so in the same place.
    """
    before, begin = (0, 0), (0, 0)
    data = ""
    for step in steps:
        across, down = step.to[0] - before[0], step.to[1] - before[1]
        match step.command:
            case "M":
                data += f"{'m' if data else 'M'}{_numbers(across, down)}"
                begin = step.to
            case "Z":
                data += "z"
            case "H":
                data += f"H{pixels(step.to[0])}"
            case "V":
                data += f"V{pixels(step.to[1])}"
            case "A":
                data += f"a{_numbers(*step.radii)} {_flagged(step.flags, across, down)}"
            case _:
                data += _straight_step(across, down)
        before = begin if step.command == "Z" else step.to
    return data


def _straight_step(across: int, down: int) -> str:
    if not down:
        return f"h{pixels(across)}"
    return f"l{_numbers(across, down)}" if across else f"v{pixels(down)}"


def _flagged(flags: tuple[str, ...], across: int, down: int) -> str:
    to = _numbers(across, down)
    return " ".join(flags) + (to if to.startswith("-") else f" {to}")


def _numbers(*counted: int) -> str:
    """`1.5-2`: a sign parts two numbers as well as a comma does."""
    first, *others = map(pixels, counted)
    return first + "".join(other if other.startswith("-") else f",{other}" for other in others)


def pixels(counted: int) -> str:
    """Tenths of a pixel as SVG has them: `13`, `-.5`."""
    return f"{counted / 10:.1f}".removesuffix(".0").replace("0.", ".", abs(counted) < 10)


def tenths(text: str) -> int:
    """What SVG says in pixels."""
    return round(float(text) * 10)
