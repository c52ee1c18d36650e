"""A drawing in fewer elements: what is joined, what stays apart, by hand. That pixels stay is shown in test_draw.py."""

import re
import xml.etree.ElementTree as ET

from generator.draw.lean import lean


def made_lean(inside):
    root = ET.fromstring(f"<g>{inside}</g>")
    lean(root)
    return ET.tostring(root, encoding="unicode").removeprefix("<g>").removesuffix("</g>").replace(" />", "/>")


def test_marks_that_look_alike_become_one_path_each_beginning_at_its_own_place():
    diamond = '<path transform="translate({})" d="M-5.5,0L0,-5.5L5.5,0L0,5.5Z" fill="red"/>'
    one = "m-5.5,0l5.5-5.5l5.5,5.5l-5.5,5.5z"
    assert made_lean(diamond.format("31.7,13") + diamond.format("253.6,39")) == (
        f'<path d="M31.7,13{one}M253.6,39{one}" fill="red"/>'
    )


def test_lines_become_one_path_with_absolute_ends():
    lines = '<line transform="translate(10,13)" x2="-5.5"/><line transform="translate(0,39)" y2="7"/>'
    assert made_lean(lines) == '<path d="M10,13H4.5M0,39V46"/>'


def test_marks_of_another_colour_are_drawn_in_between_as_before():
    mark = '<path transform="translate({},0)" d="M1,0L0,1" stroke="{}"/>'
    order = [mark.format(1, "red"), mark.format(2, "blue"), mark.format(3, "red")]
    assert made_lean("".join(order)).count("<path") == 3


def test_lines_through_many_points_stay_apart_and_share_what_they_have_in_common():
    lines = '<path d="M0,0L4,4" stroke="red"/>' * 3
    assert made_lean(lines) == '<g stroke="red">' + '<path d="M0,0l4,4"/>' * 3 + "</g>"


def test_points_on_a_straight_way_are_left_out_and_a_gap_stays_one():
    assert made_lean('<path d="M0,5L4.4,5L8.8,5L13.2,9M20,5L22,7L24,9" stroke="red"/>') == (
        '<path d="M0,5h8.8l4.4,4M20,5l4,4" stroke="red"/>'
    )


def test_a_way_that_turns_back_keeps_its_turn():
    assert made_lean('<path d="M0,5L4,5L2,5" stroke="red"/>') == '<path d="M0,5h4h-2" stroke="red"/>'


def test_steps_of_a_long_line_do_not_drift():
    """Each step is a difference of rounded places: their sum is the place that Vega gave, whatever the number."""
    points = [(n * 1.44, (n * 7 % 13) * 3.37) for n in range(365)]
    data = "M" + "L".join(f"{x},{y}" for x, y in points)
    root = ET.fromstring(f'<g><path d="{data}" stroke="red"/></g>')
    lean(root)
    (path,) = root
    end = [0.0, 0.0]
    for command, numbers in _commands(path.get("d")):
        across, down = {"h": (*numbers, 0), "v": (0, *numbers)}.get(command, numbers)
        end = [end[0] + across, end[1] + down]
    assert [round(place, 1) for place in end] == [round(place, 1) for place in points[-1]]


def _commands(data):
    for command, text in re.findall(r"([a-zA-Z])([^a-zA-Z]*)", data):
        yield command, [float(number) for number in re.findall(r"-?\d*\.?\d+", text)]


def test_texts_in_a_row_say_once_what_they_have_in_common_and_where_each_stands():
    texts = "".join(
        f'<text text-anchor="end" transform="translate(-60,{y})" fill="red">{y}</text>' for y in (17, 43, 69)
    )
    assert made_lean(texts) == (
        '<g text-anchor="end" fill="red">'
        '<text x="-60" y="17">17</text><text x="-60" y="43">43</text><text x="-60" y="69">69</text></g>'
    )


def test_the_lines_of_a_text_begin_where_it_does():
    text = '<text transform="translate(-52,14)"><tspan>One</tspan><tspan x="0" dy="24">two</tspan></text>'
    assert made_lean(text) == '<text x="-52" y="14"><tspan>One</tspan><tspan x="-52" dy="24">two</tspan></text>'


def test_what_it_does_not_know_stays_as_it_was():
    curve = '<path transform="translate(1,2)" d="M0,0C1,1,2,2,3,3" stroke="red"/>'
    turned = '<text transform="translate(1,2)rotate(90)">A</text>'
    assert made_lean(curve) == curve
    assert made_lean(turned) == turned
