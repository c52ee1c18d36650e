"""Everything comes from the data: other tasks, lists, shares and windows make a site that says what is missing."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
import responses
from built import DEFAULTS, Site, build, text_of

from generator import validate

Answer = dict[str, Any]


@dataclass(frozen=True)
class Shape:
    """What the archive holds: the newest day, and perhaps one a week before it."""

    newest: Answer
    before: Answer | None = None

    @property
    def window(self) -> str:
        return f"{self.newest['data']['window_days']}d"

    def files(self) -> list[tuple[str, bytes]]:
        days = [answer for answer in (self.before, self.newest) if answer]
        return [(f"{self.window}/{answer['data']['as_of']}.json", responses.dump(answer)) for answer in days]


def usual(**options: Any) -> Answer:
    return responses.answer(**{"tasks": 4, "models": 3, **options})


def fifth_category() -> Answer:
    answer = usual(tasks=10, models=0)
    for row in tasks_of(answer)[4:6]:
        row.update(tag=f"speech:{row['display_name'].split()[1]}", macro_category="speech")
    return regrouped(answer)


def empty_lists(count: int) -> Answer:
    answer = usual()
    for row in tasks_of(answer)[:count]:
        row["models"] = []
    return answer


def equal_shares() -> Answer:
    answer = usual(models=4)
    for row in tasks_of(answer):
        row.update(usage_share=0.25, token_share=0.25)
        for model in row["models"]:
            model.update(tag_usage_share=0.1, tag_token_share=0.1)
    return regrouped(answer)


def zero_shares() -> Answer:
    """All requests are of the first task, all tokens of the last; of the models, one has nothing, one half of it."""
    answer = usual()
    for position, row in enumerate(tasks_of(answer)):
        row.update(usage_share=float(position == 0), token_share=float(position == 3))
        for model, requests, tokens in zip(row["models"], (0.5, 0.001, 0.0), (0.0, 0.001, 0.0), strict=True):
            model.update(tag_usage_share=requests, tag_token_share=tokens)
    return regrouped(answer)


def category_without_tasks() -> Answer:
    answer = usual()
    answer["data"]["macro_categories"].append({"key": "vision", "label": "Vision", "usage_share": 0, "token_share": 0})
    return answer


def all_at_once(as_of: str = "2026-08-31") -> Answer:
    answer = zero_shares()
    answer["data"]["as_of"] = as_of
    tasks_of(answer)[1]["models"] = []
    tasks_of(answer)[2].update(tag="speech:new", macro_category="speech", display_name="New")
    return regrouped(answer)


def tasks_of(answer: Answer) -> list[dict[str, Any]]:
    return answer["data"]["classifications"]


def regrouped(answer: Answer) -> Answer:
    """With macro-categories worked out anew, after tasks have changed."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in tasks_of(answer):
        groups.setdefault(row["macro_category"], []).append(row)
    categories = []
    for key, rows in groups.items():
        category: dict[str, Any] = {"key": key, "label": key.title()}
        for name in ("usage_share", "token_share"):
            category[name] = sum(row[name] for row in rows)
            for row in rows:
                row[f"category_{name}"] = round(row[name] / category[name], 3) if category[name] else 0.0
        categories.append(category)
    answer["data"]["macro_categories"] = categories
    return answer


SHAPES: dict[str, Callable[[], Shape]] = {
    "a fifth macro-category": lambda: Shape(fifth_category()),
    "a 30th task": lambda: Shape(usual(tasks=30, models=0)),
    "lists of 20": lambda: Shape(usual(tasks=1, models=20)),
    "one empty list": lambda: Shape(empty_lists(1)),
    "empty lists": lambda: Shape(empty_lists(4)),
    "a single task": lambda: Shape(usual(tasks=1)),
    "equal shares": lambda: Shape(equal_shares()),
    "zero shares": lambda: Shape(zero_shares()),
    "30 days": lambda: Shape(usual(tasks=2, window_days=30), usual(tasks=2, window_days=30, as_of="2026-08-24")),
    "a macro-category without tasks": lambda: Shape(category_without_tasks()),
    "another world a week later": lambda: Shape(all_at_once(), usual(as_of="2026-08-24")),
    "the usual after another world": lambda: Shape(usual(), all_at_once("2026-08-24")),
}


@pytest.fixture(scope="module")
def site_of(tmp_path_factory: pytest.TempPathFactory, drawings: Path) -> Callable[[str], Site]:
    """The site of a shape, built when it is first asked for."""
    sites: dict[str, Site] = {}

    def site_of(name: str) -> Site:
        if name not in sites:
            shape = SHAPES[name]()
            for _, body in shape.files():
                validate.parse_snapshot(body)
            out = tmp_path_factory.mktemp("shape") / "site"
            build(out, shape.files(), settings=replace(DEFAULTS, window=shape.window), cache=drawings)
            sites[name] = Site(out, shape.files()[-1][1])
        return sites[name]

    return site_of


def main_of(site: Site, path: str) -> Element:
    main = site.page(path).find(".//main")
    assert main is not None
    return main


def rows_of(site: Site, path: str, number: int = 0) -> list[str]:
    """The rows of a table of a page, as text."""
    table = main_of(site, path).findall(".//table")[number]
    return [text_of(row) for row in table.findall("./tbody/tr")]


# --- Every shape ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHAPES)
def test_no_page_prints_what_is_no_number(site_of: Callable[[str], Site], name: str) -> None:
    folder = site_of(name).folder
    slips = re.compile(r"\b(?:None|nan|NaN|inf|Infinity|undefined|null|True|False)\b|(?<!\w)[-−]0(?:\.0+)?(?![\d.]*\d)")
    said = {path.relative_to(folder).as_posix(): readable(path.read_text("utf-8")) for path in folder.rglob("*.html")}
    assert len(said) >= 6
    found = {
        path: [text[max(0, slip.start() - 40) : slip.end() + 9] for slip in slips.finditer(text)]
        for path, text in said.items()
    }
    assert {path: slips for path, slips in found.items() if slips} == {}


@pytest.mark.parametrize("name", SHAPES)
def test_no_heading_sentence_or_cell_is_empty(site_of: Callable[[str], Site], name: str) -> None:
    site = site_of(name)
    for file in sorted(site.folder.rglob("index.html")):
        path = file.parent.relative_to(site.folder).as_posix()
        main = main_of(site, path)
        for tag in ("h1", "h2", "p", "li", "caption"):
            assert [element for element in main.iter(tag) if not text_of(element)] == [], f"{path}: <{tag}>"
        for table in main.iter("table"):
            assert table.findall("./tbody/tr"), f"{path}: a table without rows"


@pytest.mark.parametrize("name", SHAPES)
def test_pictures_hold_only_numbers(site_of: Callable[[str], Site], name: str) -> None:
    pictures = sorted((site_of(name).folder / "charts").rglob("*.svg"))
    assert pictures
    for picture in pictures:
        assert not re.search(r"NaN|Infinity|undefined|null", picture.read_text("utf-8")), picture.name


def readable(html: str) -> str:
    """All that a reader may see or hear of a page: text, and attributes that are read out."""
    attributes = re.findall(r'(?:title|aria-label|content|data-label)="([^"]*)"', html)
    return "\n".join([re.sub(r"<[^>]*>", " ", html), *attributes])


# --- Each one -------------------------------------------------------------------------------------------------------


def test_a_fifth_macro_category_has_a_page_a_place_in_the_navigation_and_the_neutral_colour(
    site_of: Callable[[str], Site],
) -> None:
    site = site_of("a fifth macro-category")
    home = site.page("")
    links = {text_of(link): link.get("href") for link in home.findall(".//header/nav//a")}
    assert links["Speech"] == "./tasks/speech/"
    assert len(rows_of(site, "", 0)) == 5
    assert len(rows_of(site, "tasks/speech/")) == 2
    macro = (site.folder / "charts/macro.svg").read_text("utf-8")
    other, code = "#69707b", "#2b5bd0"
    assert macro.partition("</style>")[2].count(f'"{other}"') >= 2, "its disc and its diamond"
    own = (site.folder / "charts/speech.svg").read_text("utf-8")
    assert f'"{other}"' in own.partition("</style>")[2]
    assert code not in own


def test_a_30th_task_has_a_page_and_a_row(site_of: Callable[[str], Site]) -> None:
    site = site_of("a 30th task")
    assert "30 tasks in 4 macro-categories" in text_of(main_of(site, ""))
    assert len(list(site.folder.glob("tasks/*/*/index.html"))) == 30
    assert len(rows_of(site, "", 1)) == 30


def test_a_list_may_have_any_length(site_of: Callable[[str], Site]) -> None:
    long, short = site_of("lists of 20"), site_of("a single task")
    assert len(rows_of(long, "tasks/code/task_0/")) == 20
    assert len(rows_of(short, "tasks/code/task_0/")) == 3
    assert "top 20 models by requests" in text_of(main_of(long, "tasks/code/task_0/"))
    assert "The 3 listed models carry" in text_of(main_of(short, "tasks/code/task_0/"))
    assert "first 15 of 20" in text_of(main_of(long, "models/")), "the chart is cut, and says so"
    assert len(rows_of(long, "models/")) == 20


def test_an_empty_list_is_said_and_its_task_keeps_its_place(site_of: Callable[[str], Site]) -> None:
    site = site_of("one empty list")
    page = text_of(main_of(site, "tasks/code/task_0/"))
    assert "No model is listed for Task 0 & more in this snapshot" in page
    assert "who carries Task 0 & more is unknown" in page
    assert not (site.folder / "charts/code-task_0.svg").exists()
    first = rows_of(site, "", 1)[0]
    assert "Task 0 & more" in first
    assert "–, no model is listed" in first


def test_without_any_list_there_are_tasks_and_no_models(site_of: Callable[[str], Site]) -> None:
    site = site_of("empty lists")
    assert "No task of this snapshot lists a model." in text_of(main_of(site, "models/"))
    assert "No task of Code lists a model in this snapshot." in text_of(main_of(site, "tasks/code/"))
    assert "0 models in their lists" in text_of(main_of(site, ""))
    assert list(site.folder.glob("models/*/")) == []
    assert len(rows_of(site, "", 1)) == 4


def test_a_single_task_is_everything_and_has_no_neighbours(site_of: Callable[[str], Site]) -> None:
    site = site_of("a single task")
    assert "Code made 100.0 % of the classified requests and 100.0 % of the tokens." in text_of(main_of(site, ""))
    assert "1 task in 1 macro-category" in text_of(main_of(site, ""))
    page = site.page("tasks/code/task_0/")
    assert [link.get("rel") for link in page.iter("a") if link.get("rel") in ("prev", "next")] == []


def test_equal_shares_share_the_first_place(site_of: Callable[[str], Site]) -> None:
    site = site_of("equal shares")
    assert [row.split(",")[0] for row in rows_of(site, "", 1)] == ["1="] * 4
    home = text_of(main_of(site, ""))
    names = "Task 0 & more, Task 2 & more, Task 3 & more and 1 other"
    assert re.search(rf"{names}|Task \d & more, Task \d & more, Task \d & more and 1 other lead the tasks", home)
    assert [row.split(",")[0] for row in rows_of(site, "tasks/code/task_0/")] == ["1="] * 4
    assert "and 3 more with the same" in rows_of(site, "", 1)[0]


def test_a_share_of_zero_has_no_ratio_and_is_no_missing_number(site_of: Callable[[str], Site]) -> None:
    site = site_of("zero shares")
    home = text_of(main_of(site, ""))
    assert "so there is no ratio to show" in home
    assert "0.0 %" in rows_of(site, "", 1)[1]
    first, second, third = rows_of(site, "tasks/code/task_0/")
    unknown = "–, not known: a share published as 0.0 % has no ratio"
    assert unknown in first
    assert "1.0×" in second
    assert unknown in third


def test_another_window_is_named_by_its_own_days(site_of: Callable[[str], Site]) -> None:
    site = site_of("30 days")
    assert "In the 30 days ending 31 August 2026" in text_of(main_of(site, ""))
    assert "2 August 2026 to 31 August 2026" in text_of(main_of(site, "method/"))
    for file in site.folder.rglob("*.html"):
        assert not re.search(r"\b7\sdays\s(?:ending|of traffic)", file.read_text("utf-8")), file
    for picture in (site.folder / "charts").rglob("*-text.svg"):
        assert "7\xa0days\xa0ending" not in picture.read_text("utf-8"), picture


def test_a_macro_category_without_tasks_says_so(site_of: Callable[[str], Site]) -> None:
    site = site_of("a macro-category without tasks")
    page = text_of(main_of(site, "tasks/vision/"))
    assert "No task of Vision is in this snapshot." in page
    assert "No task of Vision lists a model in this snapshot." in page
    assert "No task of this macro-category is in this snapshot." in text_of(main_of(site, "tasks/"))
    assert "Vision" in [text_of(link) for link in site.page("").findall(".//header/nav//a")]
