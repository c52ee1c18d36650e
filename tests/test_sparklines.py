"""The small lines in the rows of tables: each rule by hand, then every line's words against the raw responses."""

import gzip
import re
from datetime import date, timedelta
from functools import cache

import pytest
from built import build, text_of
from handmade import day, history, task
from raw import Raw, last_of_each_day, percent

from generator.addresses import category_path, model_path, task_path
from generator.analyse import trends_of
from generator.formats import short_date
from generator.pages.spark import (
    HEIGHT,
    MOST_POINTS,
    WIDTH,
    coarsened,
    spark_cell,
    spark_column,
    spark_note,
    spark_path,
    spark_words,
)
from generator.sample import sample_files

SVG = "{http://www.w3.org/2000/svg}"
END = "m-1 0 1-1 1 1-1 1z"  # the mark at the last point


def runs(path):
    """The lines of a path as points, read back from the relative moves; the mark at its end is taken off."""
    assert path.endswith(END)
    found = []
    for run in re.findall(r"M[^M]+", path.removesuffix(END)):
        start, moves = re.fullmatch(r"M(\d+ \d+)(?:h0|l(.+))", run).groups()
        points = [tuple(map(int, start.split()))]
        numbers = [int(number) for number in re.findall(r"-?\d+", moves or "")]
        for across, down in zip(numbers[::2], numbers[1::2], strict=True):
            points.append((points[-1][0] + across, points[-1][1] + down))
        found.append(points)
    return found


# ---------------------------------------------------------------- the line by hand


def test_two_days_are_a_line_from_the_least_share_at_the_bottom_to_the_largest_at_the_top():
    assert spark_path([0.1, 0.2]) == "M0 14l60-14" + END
    assert spark_path([0.2, 0.1]) == "M0 0l60 14" + END


def test_a_line_is_drawn_in_whole_units_by_relative_moves():
    assert spark_path([0.1, 0.3, 0.2]) == "M0 14l30-14 30 7" + END


def test_a_gap_breaks_the_line_and_is_never_bridged():
    assert spark_path([0.1, 0.2, None, 0.2, 0.1]) == "M0 14l15-14M45 0l15 14" + END


def test_a_share_between_two_gaps_is_a_dot():
    assert spark_path([0.1, None, 0.2, None, None, 0.1, 0.1]) == "M0 14h0M20 0h0M50 14l10 0" + END


def test_a_single_share_at_the_end_is_a_dot_at_the_end_that_is_marked():
    assert spark_path([None, None, 0.3]) == f"M60 7h0{END}"


def test_a_course_that_ends_in_a_gap_has_no_mark_at_its_end():
    assert spark_path([0.1, 0.2, None]) == "M0 14l30-14"


@pytest.mark.parametrize("share", [0.0, 0.25, 1.0])
def test_a_constant_course_zero_included_lies_flat_in_the_middle(share):
    assert spark_path([share] * 3) == "M0 7l30 0 30 0" + END


def test_a_share_of_zero_is_a_share_and_no_gap():
    assert spark_path([0.2, 0.0, 0.2]) == "M0 0l30 14 30-14" + END


def test_a_difference_near_the_published_rounding_does_not_fill_the_height():
    ((_, top), (_, bottom)) = runs(spark_path([0.101, 0.1]))[0]
    assert 0 < bottom - top <= HEIGHT / 3


def test_a_long_course_is_its_last_known_share_of_each_bucket_and_ends_with_the_last_date():
    course = [n / 1000 for n in range(121)]
    kept = coarsened(course)
    assert len(kept) == 25
    assert kept[:3] == [0.0, 0.005, 0.01], "five dates a bucket; the oldest bucket is what is left over"
    assert kept[-1] == course[-1]
    assert coarsened([0.1, 0.2, None] * 60) == [0.2] * 30
    assert coarsened([None] * 6 + [0.1] * 174) == [None] + [0.1] * 29, "a bucket of gaps is a gap"


@pytest.mark.parametrize("dates", [1, 2, 29, 30, 31, 59, 60, 61, 263])
def test_no_course_has_more_points_than_fit_and_all_lie_in_the_picture(dates):
    (points,) = runs(spark_path([(n * 7 % 11) / 100 for n in range(dates)]))
    assert len(points) == len(coarsened([0.1] * dates)) <= MOST_POINTS
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points)
    assert points[-1][0] == (WIDTH if dates > 1 else 0)
    assert [x for x, _ in points] == sorted({x for x, _ in points}), "no two points at one place"


# ---------------------------------------------------------------- its words, column and note by hand

DATES = tuple(date(2026, 5, 4) + timedelta(days=n) for n in range(3))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([0.12, 0.5, 0.13], "12.0 % on 4 May 2026, 13.0 % now"),
        ([None, 0.12, 0.13], "12.0 % on 5 May 2026, 13.0 % now"),
        ([0.12, None, 0.12], "12.0 % on 4 May 2026, 12.0 % now"),
        ([None, None, 0.13], "13.0 % now, not known before"),
        ([0.0, 0.1, 0.0], "0.0 % on 4 May 2026, 0.0 % now"),
        ([0.12, 0.13, None], "12.0 % on 4 May 2026, 13.0 % on 5 May 2026"),
    ],
)
def test_the_words_are_the_first_and_the_last_known_share_with_their_dates(values, words):
    assert spark_words(values, DATES).replace("\u00a0", " ") == words


def test_one_snapshot_has_no_column():
    one = trends_of(history(day("2026-08-31", task("code:debugging", 1000, {"a": 300}))))
    assert spark_column(one) == ()
    assert spark_cell(("task", "code:debugging"), one) == ()
    assert spark_note(one) == ""


def test_two_snapshots_have_a_column_named_by_the_first():
    trends = trends_of(
        history(
            day("2026-08-30", task("code:debugging", 1000, {"b": 300})),
            day("2026-08-31", task("code:debugging", 1000, {"a": 320, "b": 310})),
        )
    )
    (column,) = spark_column(trends)
    assert column.label == "since 30\u00a0Aug\u00a02026"
    (new,) = spark_cell(("listed", "code:debugging", "maker/a"), trends)
    assert (new.spark, new.note) == (f"M60 7h0{END}", "32.0\u00a0% now, not known before")
    (old,) = spark_cell(("listed", "code:debugging", "maker/b"), trends)
    assert (old.spark, old.note) == ("M0 14l60-14" + END, "30.0\u00a0% on 30\u00a0Aug\u00a02026, 31.0\u00a0% now")


# ---------------------------------------------------------------- every line of the sample's pages, read back


@cache
def responses():
    """day -> the sample's last response for it."""
    return last_of_each_day(sample_files())


def lines_of(page, table):
    """path of the row's thing -> the line's words and its path data; and what head and caption say."""
    found = page.findall(".//table")[table]
    assert text_of(found.find("caption")).endswith("· lines: requests over time, each on a scale of its own")
    heads = [text_of(cell) for cell in found.find("thead").iter("th")]
    assert heads.count("since 4 May 2026") == 1
    place = heads.index("since 4 May 2026")
    lines = {}
    for row in found.find("tbody"):
        svg = row[place].find(f"{SVG}svg")
        assert svg.get("role") == "img", "its title is its name"
        lines[row.find("th/a").get("href").lstrip("./")] = text_of(svg.find(f"{SVG}title")), svg.find(f"{SVG}path")
    return lines


def check(lines, share_of):
    """`share_of(path, response)`: the raw share, None where it is not listed."""
    for path, (words, line) in lines.items():
        known = [
            (day, share) for day, response in responses().items() if (share := share_of(path, response)) is not None
        ]
        (begin, first), (_, last) = known[0], known[-1]
        expected = f"{percent(first)} on {short_date(begin)}, {percent(last)} now".replace("\u00a0", " ")
        assert words == (expected if len(known) > 1 else f"{percent(last)} now, not known before"), path
        check_shape(line.get("d"), [share_of(path, responses()[day]) if day in responses() else None for day in days()])


def days():
    first, last = min(responses()), max(responses())
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def check_shape(data, shares):
    """Four days a bucket in a sample of 120: as many points as buckets with a share, broken where there is none."""
    last_first = [shares[start : start + 4][::-1] for start in range(0, len(shares), 4)]
    buckets = [next((share for share in bucket if share is not None), None) for bucket in last_first]
    points = runs(data)
    assert sum(map(len, points)) == sum(share is not None for share in buckets)
    starts = [n for n, share in enumerate(buckets) if share is not None and (n == 0 or buckets[n - 1] is None)]
    assert [run[0][0] for run in points] == [round(n * WIDTH / 29) for n in starts]
    known = [share for share in buckets if share is not None]
    drawn = [y for run in points for _, y in run]
    span = max(known) - min(known)
    if span > 0.004:
        exact = [HEIGHT * (max(known) - share) / span for share in known]
        assert max(abs(y - is_at) for y, is_at in zip(drawn, exact, strict=True)) < 0.501


@pytest.fixture(scope="module")
def raw(sample_site):
    return Raw.of(sample_site.response)


def task_share(key):
    def share(path, response):
        return next((t[key] for t in response.tasks if task_path(t["macro_category"], t["tag"]) == path), None)

    return share


def listed_share(response, is_task, is_model):
    return next(
        (m["tag_usage_share"] for t in response.tasks if is_task(t) for m in t["models"] if is_model(m["id"])), None
    )


def test_the_lines_of_the_home_page_are_the_responses(sample_site, raw):
    page = sample_site.page("")
    categories, tasks = lines_of(page, 0), lines_of(page, 1)
    assert (len(categories), len(tasks)) == (len(raw.categories), len(raw.tasks))

    def category_share(path, response):
        return next(c["usage_share"] for c in response.categories if category_path(c["key"]) == path)

    check(categories, category_share)
    check(tasks, task_share("usage_share"))


def test_the_lines_of_a_category_page_are_shares_of_the_category(sample_site, raw):
    for category in raw.categories:
        lines = lines_of(sample_site.page(category_path(category["key"])), 0)
        assert len(lines) == len(raw.tasks_of(category["key"]))
        check(lines, task_share("category_usage_share"))


def test_the_lines_of_a_task_page_are_its_models(sample_site, raw):
    for entry in raw.tasks:
        lines = lines_of(sample_site.page(task_path(entry["macro_category"], entry["tag"])), 0)
        assert len(lines) == len(entry["models"])

        def share(path, response, tag=entry["tag"]):
            return listed_share(response, lambda t: t["tag"] == tag, lambda m: model_path(m) == path)

        check(lines, share)


def test_the_lines_of_a_model_page_are_its_tasks(sample_site, raw):
    for model_id in sorted(raw.models())[::5]:
        lines = lines_of(sample_site.page(model_path(model_id)), 0)
        assert len(lines) == len(raw.listings(model_id))

        def share(path, response, model_id=model_id):
            return listed_share(
                response, lambda t: task_path(t["macro_category"], t["tag"]) == path, lambda m: m == model_id
            )

        check(lines, share)


def test_editions_and_days_have_no_lines_and_neither_has_a_site_of_one_snapshot(sample_site, tmp_path, drawings):
    pages = [*sample_site.folder.glob("editions/**/*.html"), *sample_site.folder.glob("days/*/index.html")]
    assert len(pages) > 100
    build(tmp_path / "one", list(sample_files(1)), cache=drawings)
    pages += (tmp_path / "one").rglob("*.html")
    for page in pages:
        assert not re.search(r'class="(?:spark|trend)"|since 4', page.read_text("utf-8")), page


def test_pages_stay_small_and_a_line_costs_few_bytes(sample_site):
    html = (sample_site.folder / "tasks/code/debugging/index.html").read_bytes()
    without = re.sub(rb'<svg class="spark".*?</svg>', b"", html)
    assert packed(html) - packed(without) <= 150 * html.count(b'class="spark"')
    assert packed((sample_site.folder / "index.html").read_bytes()) <= 30_000
    for page in sample_site.folder.glob("tasks/*/*/index.html"):
        assert packed(page.read_bytes()) <= 14_600, page  # style included: the first flight of packets


def packed(body):
    return len(gzip.compress(body, 6))
