"""A drawing in fewer elements: what is joined, what stays apart, by hand. That pixels stay is shown in test_draw.py."""

import re
import xml.etree.ElementTree as ET

import pytest

from generator.draw.lean import lean


def made_lean(inside):
    root = ET.fromstring(f"<g>{inside}</g>")
    lean(root, "2")
    return ET.tostring(root, encoding="unicode").removeprefix("<g>").removesuffix("</g>").replace(" />", "/>")


def test_marks_that_look_alike_become_one_path_each_so_far_from_the_one_before():
    diamond = '<path transform="translate({})" d="M-5.5,0L0,-5.5L5.5,0L0,5.5Z" fill="red"/>'
    one = "l5.5-5.5l5.5,5.5l-5.5,5.5z"
    assert made_lean(diamond.format("31.7,13") + diamond.format("253.6,39") + diamond.format("0,0")) == (
        f'<path fill="red" d="M26.2,13{one}m221.9,26{one}m-253.6-39{one}"/>'
    )


def test_lines_become_one_path_with_absolute_ends():
    lines = '<line transform="translate(10,13)" x2="-5.5"/><line transform="translate(0,39)" y2="7"/>'
    assert made_lean(lines) == '<path d="M10,13H4.5m-4.5,26V46"/>'


SQUARE = '<path transform="translate({0},{1})" d="M-4,-4h8v8h-8Z" stroke="{2}"/>'


def test_marks_of_another_colour_stand_in_between_without_a_path_of_their_own_each():
    row = [SQUARE.format(20 * place, 0, colour) for place, colour in enumerate(("red", "blue") * 3)]
    assert made_lean("".join(row)).count("<path") == 2


def test_marks_that_touch_are_drawn_in_the_order_they_had():
    over = [SQUARE.format(0, 0, "red"), SQUARE.format(5, 5, "blue"), SQUARE.format(10, 10, "red")]
    assert re.findall(r'stroke="(\w+)"', made_lean("".join(over))) == ["red", "blue", "red"]
    stroked = [SQUARE.format(0, 0, "red"), SQUARE.format(20, 0, "blue"), SQUARE.format(30, 0, "red")]
    assert made_lean("".join(stroked)).count("<path") == 3, "their strokes may reach each other"


def test_nothing_is_drawn_before_a_text_or_a_line_that_lay_below_it():
    square = SQUARE.format(0, 0, "red")
    for between in ('<text x="1">A</text>', '<path d="M0,0L4,4L9,0" stroke="blue"/>'):
        assert made_lean(square + between + square).count('stroke="red"') == 2


def test_lines_through_many_points_stay_apart_and_share_what_they_have_in_common():
    lines = '<path d="M0,0L4,4" stroke="red"/>' * 3
    assert made_lean(lines) == '<g stroke="red">' + '<path d="M0,0l4,4"/>' * 3 + "</g>"


def test_points_on_a_straight_way_are_left_out_and_a_gap_stays_one():
    assert made_lean('<path d="M0,5L4.4,5L8.8,5L13.2,9M20,5L22,7L24,9" stroke="red"/>') == (
        '<path stroke="red" d="M0,5h8.8l4.4,4m6.8-4l4,4"/>'
    )


def test_a_way_that_turns_back_keeps_its_turn():
    assert made_lean('<path d="M0,5L4,5L2,5" stroke="red"/>') == '<path stroke="red" d="M0,5h4h-2"/>'


def test_steps_of_a_long_line_do_not_drift():
    """Each step is a difference of rounded places: their sum is the place that Vega gave, whatever the number."""
    points = [(n * 1.44, (n * 7 % 13) * 3.37) for n in range(365)]
    data = "M" + "L".join(f"{x},{y}" for x, y in points)
    root = ET.fromstring(f'<g><path d="{data}" stroke="red"/></g>')
    lean(root, "2")
    (path,) = root
    end = [0.0, 0.0]
    for command, numbers in _commands(path.get("d")):
        across, down = {"h": (*numbers, 0), "v": (0, *numbers)}.get(command, numbers)
        end = [end[0] + across, end[1] + down]
    assert [round(place, 1) for place in end] == [round(place, 1) for place in points[-1]]


def _commands(data):
    for command, text in re.findall(r"([a-zA-Z])([^a-zA-Z]*)", data):
        yield command, [float(number) for number in re.findall(r"-?\d*\.?\d+", text)]


TEXT = '<text text-anchor="end" transform="translate({},{})" fill="red">{}</text>'


def test_texts_in_a_row_become_lines_of_one_each_at_its_place():
    texts = [TEXT.format(-60, 17, "A"), TEXT.format(3.5, 43, "B"), TEXT.format(0, 43, "C")]
    assert made_lean("".join(texts)) == (
        '<text text-anchor="end" fill="red" y="17">'
        '<tspan x="-60">A</tspan><tspan dy="26" x="3.5">B</tspan><tspan x="0">C</tspan></text>'
    )


@pytest.mark.parametrize("name", ["\u05d0\u05d1", "\u0627\u0628", "1 \u0661", "\u202ea", " A"])
def test_a_text_that_others_would_turn_or_shift_stands_alone(name):
    """Within one text a browser puts words from the right in the order of the whole, and keeps a space at an edge."""
    texts = [TEXT.format(-60, 17, name), TEXT.format(-60, 43, name), TEXT.format(-60, 69, name)]
    assert made_lean("".join(texts)) == (
        '<g text-anchor="end" fill="red">'
        + "".join(f'<text x="-60" y="{y}">{name}</text>' for y in (17, 43, 69))
        + "</g>"
    )


def test_groups_that_say_the_same_are_one_and_a_group_of_one_group_is_that_one():
    axis = '<g transform="rotate(9)"><g fill="red"><text>{}</text></g></g>'
    assert made_lean(axis.format("A") + axis.format("B")) == (
        '<g fill="red" transform="rotate(9)"><text>A</text><text>B</text></g>'
    )


def test_what_is_in_a_group_that_only_says_where_it_stands_says_so_itself():
    nested = '<g transform="translate(1,2)"><g transform="translate(-3,0.4)">{}</g></g>'
    assert made_lean(nested.format("<text>A</text>")) == '<text x="-2" y="2.4">A</text>'
    line = '<line transform="translate(0.5,9)" y2="-9" stroke="red"/>'
    assert made_lean(nested.format(line + line)) == '<path stroke="red" d="M-1.5,11.4V2.4m0,9V2.4"/>'
    coloured = '<g fill="red" transform="translate(0.5,9)"><text>A</text></g>'
    assert made_lean(coloured) == '<g fill="red"><text x=".5" y="9">A</text></g>'
    turned = '<g transform="translate(1,2)"><text transform="rotate(90)">A</text></g>'
    assert made_lean(turned) == turned


def test_the_lines_of_a_text_begin_where_it_does():
    text = '<text transform="translate(-52,14)"><tspan>One</tspan><tspan x="0" dy="24">two</tspan></text>'
    assert made_lean(text) == '<text x="-52" y="14"><tspan>One</tspan><tspan x="-52" dy="24">two</tspan></text>'


def test_what_it_does_not_know_stays_as_it_was():
    curve = '<path transform="translate(1,2)" d="M0,0C1,1,2,2,3,3" stroke="red"/>'
    turned = '<text transform="translate(1,2)rotate(90)">A</text>'
    assert made_lean(curve) == curve
    assert made_lean(turned) == turned


LINE = '<line transform="translate({},13)" x2="{}" stroke="red"/>'
MARK = '<path transform="translate(40,13)" d="M-5,0L0,-5L5,0L0,5Z" fill="white" stroke="red"/>'


@pytest.mark.parametrize(("line", "seen"), [(LINE.format(10, 30), "left"), (LINE.format(40, 60), "right")])
def test_a_level_line_that_ends_below_a_mark_begins_at_its_edge_and_is_painted_with_it(line, seen):
    data = {"left": "M35,13l5-5l5,5l-5,5zH10", "right": "M35,13l5-5l5,5l-5,5zm10,0H100"}
    assert made_lean(line + MARK) == f'<path fill="white" stroke="red" d="{data[seen]}"/>'


def test_a_mark_takes_one_of_two_lines_and_the_other_stays():
    both = made_lean(LINE.format(10, 30) + LINE.format(40, 60) + MARK)
    assert (
        both == '<path stroke="red" d="M10,13H40"/><path fill="white" stroke="red" d="M35,13l5-5l5,5l-5,5zm10,0H100"/>'
    )


def test_a_line_that_a_mark_hides_is_not_painted():
    for line in (LINE.format(40, 5), LINE.format(38, 2), LINE.format(40, 0)):
        assert made_lean(line + MARK) == '<path fill="white" stroke="red" d="M35,13l5-5l5,5l-5,5z"/>'


@pytest.mark.parametrize(
    "elements",
    [
        MARK + LINE.format(10, 30),
        LINE.format(10, 29) + MARK,
        LINE.format(10, 30) + SQUARE.format(20, 13, "blue") + MARK,
        LINE.format(10, 30) + "<text>A</text>" + MARK,
        LINE.format(10, 30).replace("red", "blue") + MARK,
        LINE.format(10, 30).replace("stroke", 'stroke-width="8" stroke') + MARK,
        LINE.format(10, 30) + MARK.replace("white", "none"),
        LINE.format(10, 30) + MARK.replace("fill", 'fill-opacity="0.3" fill'),
        LINE.format(10, 30) + MARK.replace("M-5,0L0,-5L5,0L0,5", "M-5,-5h10v10h-10"),
        LINE.format(10, 30) + MARK.replace("M-5,0L0,-5L5,0L0,5", "M5,0A5,5,0,1,1,-5,0A5,5,0,1,1,5,0"),
        '<line transform="translate(40,0)" y2="13" stroke="red"/>' + MARK,
    ],
)
def test_any_other_line_is_a_path_of_its_own(elements):
    line = 'V13"' if 'y2="13"' in elements else 'M10,13H39"' if 'x2="29"' in elements else 'M10,13H40"'
    assert line in made_lean(elements)
