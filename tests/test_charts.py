"""Specifications: valid Vega-Lite, the rows of the table, colours that hold, words inside."""

import json
import re
from itertools import combinations, pairwise
from pathlib import Path

import altair
import handmade
import pytest
from jsonschema import Draft7Validator

from generator import archive, formats, validate
from generator.analyse import analyse, trends_of
from generator.charts import all_charts
from generator.charts.style import LONGEST_LABEL, SMALLEST_WIDTH, TEXT_SIZE, WIDTH, ticks
from generator.sample import sample_files

STATIC = Path(__file__).parent.parent / "static"


@pytest.fixture(scope="module")
def history():
    """Sixteen days: three weeks, and a day 7 days before the newest."""
    files = [archive.ArchiveFile(path, body) for path, body in sample_files(16)]
    return archive.assemble("7d", files, parse=validate.parse_snapshot, digest=validate.content_digest)


@pytest.fixture(scope="module")
def report(history):
    return analyse(history)


@pytest.fixture(scope="module")
def every_chart(report, history):
    return all_charts(report, trends_of(history))


@pytest.fixture(scope="module")
def charts(every_chart):
    """Those of one day."""
    return {chart.id: chart for chart in every_chart if not chart.id.endswith(("-history", "-share"))}


@pytest.fixture(scope="module")
def courses(every_chart):
    """Those over time."""
    return {chart.id: chart for chart in every_chart if chart.id.endswith(("-history", "-share"))}


def test_every_kind_of_page_has_its_charts(report, charts):
    kinds = {"macro", "tasks", "intensity", "models", "code", "code-models", "code-debugging", "general-math"}
    assert kinds <= set(charts)
    assert sum(chart_id.startswith("model/") for chart_id in charts) == len(report.models)
    assert len(charts) == 4 + 2 * len(report.categories) + len(report.tasks) + len(report.models)


def test_every_specification_is_valid_by_the_schema_of_vega_lite(charts, courses):
    schema = json.loads((Path(altair.__file__).parent / "vegalite/v6/schema/vega-lite-schema.json").read_text("utf-8"))
    validator = Draft7Validator(schema)
    shapes = {_shape(chart): chart for chart in (*charts.values(), *courses.values())}
    for chart in shapes.values():
        problems = [error.message[:200] for error in validator.iter_errors(_with_plain_colours(chart.spec))]
        assert problems == [], chart.id
    assert validator.is_valid({"mark": "bar", "encoding": {"x": {"field": 1}}}) is False


def _shape(chart):
    """Charts of one shape differ in their rows alone, and one of them is enough."""
    return re.sub(r"\d+(\.\d+)?", "0", json.dumps({**chart.spec, "datasets": None, "title": None}))


def _with_plain_colours(spec):
    """The schema knows no CSS variables."""
    return json.loads(re.sub(r"var\(--\w+\)", "black", json.dumps(spec)))


def test_a_specification_without_any_check_of_altair_s_is_the_same_one(report, history, charts, courses):
    with altair.utils.schemapi.debug_mode(True):
        checked = {chart.id: chart.spec for chart in all_charts(report, trends_of(history))}
    for chart in (charts["macro"], charts["intensity"], courses["macro-history"], courses["code-debugging-history"]):
        assert checked[chart.id] == chart.spec


def test_the_rows_are_the_report_s_with_the_texts_of_the_table(report, charts):
    rows = charts["tasks"].spec["datasets"]["rows"]
    assert [row["key"] for row in rows] == [task.tag for task in report.tasks]
    for row, task in zip(rows, report.tasks, strict=True):
        assert (row["requests"], row["tokens"]) == (task.share.requests, task.share.tokens)
        assert row["requests_text"] == formats.percent(task.share.requests)
        shown = {row["low_text"], row["high_text"]} - {""}
        assert shown == {row["requests_text"], row["tokens_text"]}


def test_the_order_by_tokens_is_a_place_for_every_row_with_ties_in_the_order_by_requests(charts):
    for chart in charts.values():
        rows = chart.spec["datasets"]["rows"]
        if "token_place" in rows[0]:
            ordered = sorted(rows, key=lambda row: row["token_place"])
            assert [row["key"] for row in ordered] == [
                row["key"] for row in sorted(rows, key=lambda row: (-row["tokens"], row["request_place"]))
            ]


def test_every_chart_has_the_source_line_inside_and_the_sample_says_that_it_is_one(every_chart):
    for chart in every_chart:
        assert "Sample data, fictional models: not OpenRouter's figures. As of 2026-08-31." in json.dumps(chart.spec)


def rows_of(chart):
    """The rows with what their series says."""
    series = {row["series"]: row for row in chart.spec["datasets"]["series"]}
    return [series[row["series"]] | row for row in chart.spec["datasets"]["rows"]]


def test_a_missing_day_is_a_gap_in_every_line_and_never_a_value_from_beside_it(courses):
    rows = rows_of(courses["macro-history"])
    assert {row["date"] for row in rows} >= {"2026-08-16", "2026-08-31"}
    assert len({row["date"] for row in rows}) == 16
    files = dict(sample_files(30))
    assert "7d/2026-08-12.json" not in files, "the sample's missing day"
    assembled = [archive.ArchiveFile(path, body) for path, body in files.items()]
    longer = archive.assemble("7d", assembled, parse=validate.parse_snapshot, digest=validate.content_digest)
    chart = next(chart for chart in all_charts(analyse(longer), trends_of(longer)) if chart.id == "macro-history")
    missing = [row for row in rows_of(chart) if row["date"] == "2026-08-12"]
    assert [row["requests"] for row in missing] == [None] * 4
    assert not any("is_marked" in row for row in missing)


def test_the_names_at_the_ends_of_lines_do_not_lie_on_each_other(courses):
    for chart in courses.values():
        series = chart.spec["datasets"]["series"]
        for field in ("request_label", "token_label"):
            if field in series[0]:
                places = sorted(row[field] for row in series)
                (top,) = (param["value"] for param in chart.spec["params"] if param["name"] == "top")
                room = top * 17.9 / chart.spec["height"]
                assert all(b - a >= room for a, b in pairwise(places)), chart.id


def redefined_charts(*days):
    """The charts of a history made by hand, by id."""
    kept = handmade.history(*days)
    return {chart.id: chart for chart in all_charts(analyse(kept), trends_of(kept))}


def two_tasks(as_of, models, *, label="Debugging", category="general"):
    listed = dict.fromkeys(models, 300)
    debugging = handmade.task("code:debugging", 600, listed, label=label)
    return handmade.day(as_of, debugging, handmade.task("code:chat", 400, listed, category=category))


REDEFINED = (  # a Sunday each
    two_tasks("2026-07-05", "abc", label="Bug Fixing"),
    two_tasks("2026-07-12", "abc", label="Bug Fixing"),
    two_tasks("2026-07-19", "abc"),
    two_tasks("2026-08-02", "ab"),
    two_tasks("2026-08-30", "ab", category="code"),
)


def marks_in(chart):
    return [(row["date"], row["number"]) for row in chart.spec["datasets"].get("marks", [])]


def plain(text):
    return text.replace("\u00a0", " ")


def test_a_renamed_task_and_a_changed_list_are_marked_and_said():
    chart = redefined_charts(*REDEFINED)["code-debugging-history"]
    assert marks_in(chart) == [("2026-07-19", "(1)"), ("2026-08-02", "(2)")]
    said = "(1) Debugging called Bug Fixing before 19 July 2026; (2) list of 3 models before 2 August 2026, 2 since"
    assert plain(chart.subtitle).endswith(f"; dashed lines: {said}")
    assert plain(chart.description).endswith(f". Dashed lines: {said}.")


def test_a_share_of_everything_is_marked_where_the_task_was_renamed_and_not_where_its_list_was_cut():
    chart = redefined_charts(*REDEFINED)["code-debugging-share"]
    assert marks_in(chart) == [("2026-07-19", "")], "a single mark needs no number"
    assert plain(chart.subtitle).endswith("; dashed line: Debugging called Bug Fixing before 19 July 2026")


def test_a_moved_task_is_marked():
    later = two_tasks("2026-08-31", "ab", category="code")
    chart = redefined_charts(*REDEFINED, later)["code-chat-share"]
    assert marks_in(chart) == [("2026-08-30", "")]
    assert plain(chart.subtitle).endswith("; dashed line: part of General before 30 August 2026, of Code since")


def test_the_macro_categories_are_marked_where_their_set_changed():
    chart = redefined_charts(*REDEFINED)["macro-history"]
    assert marks_in(chart) == [("2026-08-30", "")]
    assert plain(chart.description).endswith(" Dashed line: General gone on 30 August 2026.")


def test_a_model_s_lists_that_changed_alike_are_one_mark():
    chart = redefined_charts(*REDEFINED)["model/maker/a-history"]
    assert marks_in(chart) == [("2026-07-19", "(1)"), ("2026-08-02", "(2)"), ("2026-08-30", "(3)")]
    assert "(2) lists of Chat and Debugging: 3 models before 2 August 2026, 2 since" in plain(chart.subtitle)


def test_only_the_newest_changes_are_marked_and_the_others_counted():
    lengths = ("abc", "ab", "abc", "ab", "abc", "ab")
    days = [two_tasks(f"2026-08-{3 * n + 1:02}", models) for n, models in enumerate(lengths)]
    chart = redefined_charts(*days)["model/maker/a-history"]
    assert [day for day, _ in marks_in(chart)] == ["2026-08-10", "2026-08-13", "2026-08-16"]
    assert plain(chart.subtitle).endswith("; 2 earlier changes not marked")


def test_the_numbers_of_marks_close_together_are_one():
    days = [two_tasks("2026-05-04", "abc")]
    days += [two_tasks(f"2026-08-{n:02}", "ab" if n % 2 else "abc") for n in (1, 2, 3)]
    assert marks_in(redefined_charts(*days)["model/maker/a-history"]) == [
        ("2026-08-01", "(1)–(3)"),
        ("2026-08-02", ""),
        ("2026-08-03", ""),
    ]


def test_the_first_date_of_a_chart_is_no_change_and_a_history_without_changes_has_no_marks(courses):
    days = [two_tasks("2026-07-01", "abc"), two_tasks("2026-07-05", "ab"), two_tasks("2026-07-12", "ab")]
    assert marks_in(redefined_charts(*days)["code-debugging-history"]) == [], "its first week ends with the change"
    for chart in courses.values():
        assert marks_in(chart) == []
        assert "dashed" not in chart.subtitle


def test_charts_with_marks_are_valid_and_their_marks_are_no_stops_for_the_reader():
    schema = json.loads((Path(altair.__file__).parent / "vegalite/v6/schema/vega-lite-schema.json").read_text("utf-8"))
    charts = redefined_charts(*REDEFINED)
    for chart_id in ("macro-history", "code-debugging-history", "code-debugging-share", "model/maker/a-history"):
        spec = charts[chart_id].spec
        problems = [error.message[:200] for error in Draft7Validator(schema).iter_errors(_with_plain_colours(spec))]
        assert problems == [], chart_id
        rules = [layer for layer in spec["layer"] if layer["data"] == {"name": "marks"}]
        assert [layer["mark"]["type"] for layer in rules] == ["rule", "text"]
        assert not any("tooltip" in layer["encoding"] for layer in rules)


def test_the_axis_of_time_names_the_year(courses):
    for chart in courses.values():
        assert "'%Y'" in chart.spec["layer"][0]["encoding"]["x"]["axis"]["labelExpr"]


def test_a_single_snapshot_has_no_chart_over_time_and_two_have_them():
    for days, expected in ((1, False), (2, True)):
        files = [archive.ArchiveFile(path, body) for path, body in sample_files(days)]
        history = archive.assemble("7d", files, parse=validate.parse_snapshot, digest=validate.content_digest)
        made = [chart.id for chart in all_charts(analyse(history), trends_of(history))]
        assert ("macro-history" in made) is expected


def test_titles_and_subtitles_fit_their_lines(charts, courses):
    for chart in (*charts.values(), *courses.values()):
        title = chart.spec["title"]
        assert all(len(line) <= 66 for line in title["text"]), chart.id
        assert all(len(line) <= 88 for line in title["subtitle"]), chart.id
        assert " ".join(title["text"]) == chart.title


def test_labels_are_shortened_in_the_picture_only(charts):
    for chart in charts.values():
        for row in chart.spec["datasets"]["rows"]:
            assert len(row["short_label"]) <= LONGEST_LABEL
            assert row["label"].startswith(row["short_label"].rstrip("…"))


def test_text_in_a_chart_is_never_shown_under_twelve_pixels():
    assert TEXT_SIZE * SMALLEST_WIDTH / WIDTH >= 12
    breakpoint = int(re.search(r"@media screen and \(max-width: (\d+)px\) \{\n  \.chart figcaption", css())[1])
    padding = 2 * 1.25 * 16
    assert breakpoint + 1 - padding >= SMALLEST_WIDTH, "above this width of the window the chart is shown"


@pytest.mark.parametrize("top", [0.001, 0.004, 0.0125, 0.09, 0.231, 0.54, 0.97, 1.0])
def test_ticks_are_round_shares_from_zero_and_few(top):
    marks = ticks(top)
    assert marks[0] == 0
    assert 1 <= len(marks) <= 6
    assert marks[-1] <= top + 1e-9


def css():
    return (STATIC / "site.css").read_text("utf-8")


def palettes():
    """The colours of the light, the dark and the print scheme."""
    blocks = re.findall(r":root \{([^}]*)\}", (STATIC / "palette.css").read_text("utf-8"))
    return [dict(re.findall(r"--(\w+): (#\w+);", block)) for block in blocks]


def test_every_colour_of_a_chart_is_a_variable_of_the_palette(every_chart):
    known = set(palettes()[0])
    used = set(re.findall(r"var\(--(\w+)\)", json.dumps([chart.spec for chart in every_chart])))
    assert used <= known
    assert all(set(palette) == known for palette in palettes()), "each scheme has every colour"
    specs = json.dumps([chart.spec for chart in every_chart])
    assert re.findall(r"#[0-9a-f]{3,6}\b", specs) == []


MARKS = ("code", "data", "agent", "general", "other")


@pytest.mark.parametrize("palette", palettes(), ids=["light", "dark", "print"])
def test_text_has_a_contrast_of_4_5_and_marks_of_3_on_their_background(palette):
    for text in ("text", "muted"):
        for background in ("background", "wash"):
            assert contrast(palette[text], palette[background]) >= 4.5, (text, background)
    for mark in MARKS:
        assert contrast(palette[mark], palette["background"]) >= 3, mark


@pytest.mark.parametrize("palette", palettes(), ids=["light", "dark", "print"])
@pytest.mark.parametrize("deficiency", ["none", "protan", "deutan", "tritan"])
def test_the_four_categories_stay_apart_for_the_common_colour_vision_deficiencies(palette, deficiency):
    for one, other in combinations(MARKS[:4], 2):
        assert difference(seen(palette[one], deficiency), seen(palette[other], deficiency)) >= 15, (one, other)


def channels(colour):
    """Linear light of red, green and blue."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    srgb = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    return [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in srgb]


def contrast(one, other):
    """WCAG 2: the ratio of relative luminances."""
    light, dark = sorted((luminance(channels(one)), luminance(channels(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(linear):
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


# Machado, Oliveira and Fernandes (2009), severity 1.0: linear RGB as seen.
DEFICIENCIES = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def seen(colour, deficiency):
    linear = channels(colour)
    return [
        min(1.0, max(0.0, sum(weight * value for weight, value in zip(row, linear, strict=True))))
        for row in DEFICIENCIES[deficiency]
    ]


def difference(one, other):
    """CIE76 distance in L*a*b*; about 2.3 is just noticeable."""
    return sum((a - b) ** 2 for a, b in zip(lab(one), lab(other), strict=True)) ** 0.5


def lab(linear):
    red, green, blue = linear
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)
