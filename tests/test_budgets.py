"""The check of what pages weigh, on a folder of a few small files: what is too heavy is named, what is missing too."""

import random

import pytest
from benchmarks.budgets import BUDGETS, Budget, Site, findings_in, table_of
from benchmarks.weights import Asked, weights_of

HEAD = (
    '<link rel="icon" href="{root}static/icon.svg"><link rel="stylesheet" href="{root}static/site.css?v=1">'
    '<script src="{root}static/site.js?v=1" defer></script>'
)
FIGURE = '<figure class="chart" id="chart-{}"><div class="drawing">{}</div></figure>'
PAGES = (
    "",
    "tasks/code/",
    "tasks/code/debugging/",
    "models/maker/model/",
    "editions/2026-W35/",
    "editions/2026-W35/tasks/code/",
    "days/2026-08-31/",
    "e/code-debugging/",
)
CHARTS = {"": ("tasks",), "tasks/code/debugging/": ("code-debugging", "code-debugging-history")}
EVERYTHING = frozenset({"files", "editions", "a year", "real data"})


@pytest.fixture
def site(tmp_path):
    """A site with one thing of each kind that has a budget."""
    for name in ("site.css", "site.js", "vega.js", "charts.js", "interactive.css", "embed.js", "icon.svg"):
        (tmp_path / "static").mkdir(exist_ok=True)
        (tmp_path / "static" / name).write_text(f"/* {name} */", encoding="utf-8")
    for path in PAGES:
        write_page(tmp_path, path)
    return Site("site", tmp_path, EVERYTHING)


def write_page(folder, path, content=""):
    """A page with `content` after its head and before its charts."""
    (folder / path).mkdir(parents=True, exist_ok=True)
    figures = "".join(FIGURE.format(chart, "<svg></svg>") for chart in CHARTS.get(path, ()))
    html = f"<!doctype html>{HEAD.format(root='../' * path.count('/'))}<p>{content}</p>{figures}"
    (folder / path / "index.html").write_text(html, encoding="utf-8")


def heavy(size_bytes):
    """Text of which gzip saves nearly nothing but what hexadecimal digits waste."""
    return random.Random(1).randbytes(size_bytes).hex()


def problems(site, budgets=BUDGETS):
    return [finding.problem for finding in findings_in(site, budgets) if finding.problem]


def test_a_small_site_is_within_every_budget(site):
    assert problems(site) == []
    assert table_of(findings_in(site)).count("\n") == len(BUDGETS) + 1


@pytest.mark.parametrize("path", [path for path in PAGES if path != "e/code-debugging/"])
def test_a_page_that_is_too_heavy_is_named_with_its_bytes_and_its_limit(site, path):
    write_page(site.folder, path, heavy(45_000))
    found = [problem for problem in problems(site) if not problem.startswith("site: any page")]
    [weight] = {weight.amount for weight in weights_of(site.folder) if (weight.kind, weight.path) == ("page", path)}
    assert weight > 45_000
    assert found and all(f": {path or '/'} has {weight:,}, limit " in problem for problem in found)


def test_an_embed_that_is_too_heavy_is_named(site):
    write_page(site.folder, "e/code-debugging/", heavy(14_000))
    assert [problem.partition(" has ")[0] for problem in problems(site)] == ["site: embed, complete: e/code-debugging/"]


@pytest.mark.parametrize("name", ["site.js", "embed.js", "vega.js"])
def test_scripts_that_are_too_heavy_are_found(site, name):
    (site.folder / "static" / name).write_text(heavy(160_000), encoding="utf-8")
    assert problems(site)


def test_styles_count_for_every_page_that_waits_for_them(site):
    (site.folder / "static" / "site.css").write_text(heavy(14_600), encoding="utf-8")
    assert any(" page of a task: tasks/code/debugging/ has " in problem for problem in problems(site))


def test_a_drawing_is_weighed_alone(site):
    write_page(site.folder, "", FIGURE.format("tasks", f"<svg><desc>{heavy(2_400)}</desc></svg>"))  # the first of two
    assert [problem.partition(" has ")[0] for problem in problems(site)] == ["site: drawing of all tasks: #tasks"]


def test_a_script_that_stops_the_page_is_a_request_too_many(site):
    write_page(site.folder, "tasks/code/debugging/", '<script src="../../../static/embed.js"></script>')
    what = "requests until a page of a task can be read"
    assert problems(site) == [f"site: {what}: tasks/code/debugging/ has 3, limit 2"]


@pytest.mark.parametrize("path", PAGES)
def test_a_kind_of_page_that_is_not_there_is_an_error_and_not_passed_over(site, path):
    (site.folder / path / "index.html").unlink()
    assert any("found none, expected at least one" in problem for problem in problems(site))


def test_what_a_site_of_one_day_cannot_have_is_not_asked_of_it(site):
    one_day = Site("one day", site.folder)
    asked = {finding.budget.what for finding in findings_in(one_day)}
    assert "page of a task" in asked
    assert not asked & {"edition: front", "embed, complete", "drawing of 10 lines over a year"}


def test_the_typical_page_is_the_one_in_the_middle(site):
    for name in ("b", "c"):
        write_page(site.folder, f"tasks/code/{name}/", heavy(1_000 if name == "b" else 13_000))
    typical = Budget("typical", "page", "tasks/code/.+/", 2_000, of_median=True)
    assert problems(site, [typical]) == []
    assert problems(site, [Budget("any", "page", "tasks/code/.+/", 2_000)])


def test_what_a_page_asks_for_is_told_from_what_it_waits_for():
    asked = Asked(
        HEAD.format(root="") + '<script type="application/ld+json">{}</script><img src="a.png" loading="lazy">'
    )
    assert (asked.styles, asked.scripts) == (["static/site.css?v=1"], ["static/site.js?v=1"])
    assert asked.waited_for == ["static/site.css?v=1"]
