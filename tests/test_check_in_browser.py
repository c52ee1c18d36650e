"""Claims checked in a real browser: each answer on the page is worked out anew from the raw responses."""

import gzip
import json
import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import html5lib
import pytest
import responses
from browser import OpenedPage, PageOpener, accessibility_problems, layout_shifts, serve_folder
from built import Site, build, text_of
from playwright.sync_api import Page, expect
from raw import percent, place

from generator.formats import model_names
from generator.sample import sample_files

pytestmark = pytest.mark.browser

HOSTILE = '"><img src=x onerror=alert(1)>'
MODEL = "x/<script>alert(1)</script>"
TURNED = "abc\u202egnp"
SAMPLE = "Sample data, fictional models: not OpenRouter's figures. As of {}."
SOURCE = "Source: OpenRouter (openrouter.ai/rankings), as of {}."


def answers() -> dict[str, dict[str, Any]]:
    """path -> response: a gap, a repeated day, a restated one, a vanished task, ties, names that want more."""
    found = {
        "7d/2026-08-20.json": responses.answer("2026-08-20", variant=1),
        "7d/2026-08-24.json": responses.answer("2026-08-24"),
        "7d/2026-08-25.json": responses.answer("2026-08-25"),
        "7d/2026-08-30.json": responses.answer("2026-08-30", variant=3),
        "7d/2026-08-30.r2.json": responses.answer("2026-08-30", variant=2, models=3),
        "7d/2026-08-31.json": responses.answer("2026-08-31", tasks=7, variant=4),
    }
    rows = found["7d/2026-08-31.json"]["data"]["classifications"]
    rows[0]["display_name"] = rows[1]["display_name"] = HOSTILE
    rows[2]["display_name"] = TURNED
    rows[0]["models"][1]["id"] = MODEL
    rows[0]["models"][2]["tag_usage_share"] = rows[0]["models"][1]["tag_usage_share"]
    rows[3]["models"] = []
    return found


ANSWERS = answers()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, drawings: Path) -> Path:
    out = tmp_path_factory.mktemp("check") / "site"
    build(out, [(path, responses.dump(answer)) for path, answer in ANSWERS.items()], cache=drawings)
    return out


@pytest.fixture(scope="module")
def url(folder: Path) -> Iterator[str]:
    with serve_folder(folder, below="/some/where/") as address:
        yield address


@pytest.fixture
def visit(url: str, open_page: PageOpener) -> Iterator[PageOpener]:
    """Opens the page with a claim. After the test: no dialog, no word on the console, no request to elsewhere."""
    visits: list[OpenedPage] = []
    dialogs: list[str] = []

    def visit(query: str = "", **options: object) -> OpenedPage:
        opened = open_page("about:blank", **options)
        opened.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        opened.page.goto(f"{url}check/{query}")
        visits.append(opened)
        return opened

    yield visit
    assert dialogs == []
    for opened in visits:
        assert opened.messages == []
        assert opened.foreign_requests() == []


def said(page: Page) -> str:
    """The answer, once there is one; plain spaces."""
    status = page.locator("[data-tool=check] [role=status]")
    expect(status).not_to_have_text(re.compile("^(Loading…)?$"))
    return plain(status.inner_text())


def notes(page: Page) -> list[str]:
    return [plain(text) for text in page.locator(".proof .notes p").all_inner_texts()]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def link(page: Page, start: str) -> str:
    return page.locator(".proof a", has_text=start).get_attribute("href") or ""


# ---------------------------------------------------------------- two hundred questions


def test_two_hundred_random_claims_are_answered_as_the_raw_responses_say(
    sample_site: Site, open_page: PageOpener
) -> None:
    archive = last_of_each_day()
    questions = random_questions(archive, 200)
    expected = [answer_of(question, archive) for question in questions]
    with serve_folder(sample_site.folder) as url:
        opened = open_page(f"{url}check/")
        expect(opened.page.get_by_role("status").first).to_have_text("Choose a task.")
        found = opened.page.evaluate(ASK_ALL, questions)
    for question, answer, page in zip(questions, expected, found, strict=True):
        assert (question, [plain(text) for text in page]) == (question, answer)
    kinds = [kind_of(answer[0]) for answer in expected]
    assert {kind: kinds.count(kind) > 12 for kind in set(kinds)} == dict.fromkeys(
        ("listed", "not listed", "no snapshot", "no task"), True
    )
    assert opened.messages == []
    asked = [name for name in opened.requested_files() if re.match(r"2026-\d\d-\d\d", name)]
    assert len(asked) == len(set(asked)), "a snapshot is asked for once"


# Through the page's own form. An answer is there when the permalink below it is that of the question.
ASK_ALL = """async (questions) => {
  const form = document.querySelector('[data-tool=check] form');
  const found = [];
  for (const { task, model, date, measure } of questions) {
    const isThere = [...form.elements.task.options].some(({ value }) => value === task);
    if (!isThere) form.elements.task.add(new Option(task, task));
    Object.assign(form.elements.task, { value: task });
    Object.assign(form.elements.model, { value: model });
    Object.assign(form.elements.date, { value: date });
    Object.assign(form.elements.measure, { value: measure });
    document.querySelector('.proof').replaceChildren();
    form.requestSubmit();
    while (!document.querySelector('.proof .when a')) await new Promise((resolve) => setTimeout(resolve));
    if (document.querySelector('.proof .when a').search !== location.search) throw new Error(location.search);
    const text = (place) => document.querySelector(place)?.textContent ?? '';
    const [raw, citation] = ['.proof > pre', '.proof .snippet pre'].map(text);
    const status = document.querySelector('[data-tool=check] [role=status]').textContent;
    const notes = [...document.querySelectorAll('.proof .notes p')].map((note) => note.textContent);
    found.push([status, raw, citation.split(' Checked at ')[0], ...notes]);
  }
  return found;
}"""


def last_of_each_day() -> dict[date, tuple[str, dict[str, Any]]]:
    """Of the sample: day -> path and data of its last response."""
    return {date.fromisoformat(path[3:13]): (path, json.loads(body)["data"]) for path, body in sample_files()}


def random_questions(archive: dict[date, tuple[str, dict[str, Any]]], count: int) -> list[dict[str, str]]:
    """Half of them about a listed model; days that are missing, before and after all; tasks and models that are not."""
    chance = random.Random(20260831)
    every = [task for _, data in archive.values() for task in data["classifications"]]
    tags = [*sorted({task["tag"] for task in every}), "code:nothing", "nothing"]
    models = [
        *sorted({model["id"] for task in every for model in task["models"]}),
        "nobody/nothing-20260101",
        "x & <b>",
    ]
    first, last = min(archive), max(archive)
    span = [first + timedelta(days=n) for n in range(-20, (last - first).days + 20)]
    missing = [day for day in span if day not in archive]
    changing = [day for day, (_, data) in archive.items() if len(data["classifications"]) != 29]
    questions = []
    for _ in range(count):
        day = chance.choice(missing if chance.random() < 0.15 else [*archive, *changing])
        tag = chance.choice(tags[-4:] if chance.random() < 0.15 else tags)
        lists = {task["tag"]: task["models"] for task in archive[day][1]["classifications"]} if day in archive else {}
        own = [model["id"] for model in lists.get(tag, [])]
        model = chance.choice(own if own and chance.random() < 0.6 else models)
        measure = chance.choice(("requests", "tokens"))
        questions.append({"task": tag, "model": model, "date": day.isoformat(), "measure": measure})
    return questions


def kind_of(answer: str) -> str:
    if answer.startswith("There is no snapshot"):
        return "no snapshot"
    return "no task" if " has no task " in answer else "not listed" if " was not " in answer else "listed"


def answer_of(question: dict[str, str], archive: dict[date, tuple[str, dict[str, Any]]]) -> list[str]:
    """What the page is to say: the sentence, the raw lines, the citation, the notes."""
    every = [task for _, data in archive.values() for task in data["classifications"]]
    names = model_names(model["id"] for task in every for model in task["models"])
    day = date.fromisoformat(question["date"])
    if day not in archive:
        return [absent(day, sorted(archive)), "", ""]
    path, data = archive[day]
    restated = [f"The source restated {long(day)}: this is its 2nd version."] if ".r2." in path else []
    task = next((task for task in data["classifications"] if task["tag"] == question["task"]), None)
    if task is None:
        label = next((task["display_name"] for task in reversed(every) if task["tag"] == question["task"]), "")
        called = f"{label} ({question['task']})" if label else question["task"]
        return [f"The snapshot of {long(day)} has no task {called}.", "", "", *restated]
    when = f"On {long(day)} (7 days ending that day)"
    models = {model["id"]: model for model in task["models"]}
    if question["model"] in models:
        model = models[question["model"]]
        sentence = f"{when} {names[model['id']]} was {standing(model, task, question['measure'])}."
        told = [
            *ties(model, task, names),
            "The list is cut by requests: a place by tokens is one among the listed models.",
        ]
        lines = [model]
    else:
        name = names.get(question["model"], question["model"])
        sentence = f"{when} {name} was not among the {len(models)} models listed for {task['display_name']}."
        least = percent(min(model["tag_usage_share"] for model in models.values()))
        order = [names[id] for id in models]
        told = [
            *([] if question["model"] in names else
              ["No snapshot kept here ever lists a model of that name: a look at the spelling may help."]),
            f"What share it had is unknown: at most that of the last one listed, {least} of the requests. "
            "Not listed is not zero.",
            f"Listed by requests: {', '.join(order[:-1])} and {order[-1]}.",
        ]  # fmt: skip
        lines = task["models"]
    raw = "\n".join(json.dumps(line, separators=(",", ":"), ensure_ascii=False) for line in lines)
    return [sentence, raw, f"{sentence} {SAMPLE.format(day)}", *told, *restated]


FIELDS = {"requests": "tag_usage_share", "tokens": "tag_token_share"}


def standing(model: dict, task: dict, measure: str) -> str:
    first, second = (measure, "tokens" if measure == "requests" else "requests")
    places = {}
    for name in (first, second):
        shares = [other[FIELDS[name]] for other in task["models"]]
        shared = "shared " if shares.count(model[FIELDS[name]]) > 1 else ""
        places[name] = f"{shared}{ordinal(place(shares, model[FIELDS[name]]))}"
    return (
        f"{places[first]} of {len(task['models'])} in {task['display_name']} by {first} with "
        f"{percent(model[FIELDS[first]])}, {places[second]} by {second} with {percent(model[FIELDS[second]])}"
    )


def ties(model: dict, task: dict, names: dict[str, str]) -> list[str]:
    found = []
    for measure, field in FIELDS.items():
        level = [names[other["id"]] for other in task["models"] if other != model and other[field] == model[field]]
        if level:
            others = f"{', '.join(level[:-1])} and {level[-1]}" if len(level) > 1 else level[0]
            found.append(f"By {measure} it is level with {others} in the three published decimals.")
    return found


def absent(day: date, kept: list[date]) -> str:
    around = [
        max((other for other in kept if other < day), default=None),
        min((o for o in kept if o > day), default=None),
    ]
    return (
        f"There is no snapshot of {long(day)}. {len(kept)} days are kept, from {long(kept[0])} to {long(kept[-1])}; "
        f"the nearest: {' and '.join(long(other) for other in around if other)}."
    )


def long(day: date) -> str:
    return (
        f"{day.day} {('May', 'June', 'July', 'August', 'September')[day.month - 5] if day.month > 4 else 'April'} 2026"
    )


def ordinal(number: int) -> str:
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number, 'th') }"


# ---------------------------------------------------------------- where it leads


def test_a_permalink_gives_its_answer_and_the_proof_lies_where_it_says(
    visit: PageOpener, url: str, folder: Path
) -> None:
    page = visit("?model=maker-1/model-1-20260811&task=code:task_0&date=2026-08-24").page
    assert said(page) == (
        "On 24 August 2026 (7 days ending that day) Model 1 was 2nd of 5 in Task 0 & more by requests with 16.0 %, "
        "2nd by tokens with 8.0 %."
    )
    place = link(page, "7d/2026-08-24.json#")
    assert place.startswith(f"{url}data/v1/")
    value = json.loads((folder / "data/v1/7d/2026-08-24.json").read_bytes())
    for step in urlsplit(place).fragment.split("/")[1:]:
        value = value[int(step)] if step.isdigit() else value[step]
    assert json.loads(page.locator(".proof > pre").inner_text()) == value
    permalink = f"{url}check/?model=maker-1/model-1-20260811&task=code:task_0&date=2026-08-24"
    assert link(page, url) == permalink
    citation = page.locator(".snippet code").inner_text()
    assert citation == f"{said(page)} {SOURCE.format('2026-08-24')} Checked at Task Share, {permalink}"


def test_the_claim_of_an_edition_is_a_row_of_a_page_that_needs_no_script(
    visit: PageOpener, url: str, open_page: PageOpener, folder: Path
) -> None:
    page = visit("?model=maker-2/model-2-20260812&task=code:task_0&date=2026-08-30").page
    sentence = said(page)
    assert notes(page)[-1] == "The source restated 30 August 2026: this is its 2nd version."
    edition, day = link(page, "the edition 2026-W35"), link(page, "the page of the day")
    assert edition == f"{url}editions/2026-W35/tasks/code/#code/task_0/0"
    assert day == f"{url}days/2026-08-30/#code/task_0"
    for address in (edition, day):
        path, _, anchor = address.removeprefix(url).partition("#")
        html = html5lib.parse((folder / path / "index.html").read_text("utf-8"), namespaceHTMLElements=False)
        assert len(html.findall(f".//*[@id='{anchor}']")) == 1
    row = open_page(edition, has_javascript=False).page.locator("tr:target")
    cells = plain(" ".join(row.locator("td").all_inner_texts()))
    for share in re.findall(r"[\d.]+ %", sentence):
        assert share in cells


def test_every_row_of_an_edition_has_an_address_of_its_own(sample_site: Site) -> None:
    catalogue = json.loads((sample_site.folder / "check/names.json").read_bytes())
    places = {task["tag"]: task["at"] for task in catalogue["tasks"]}
    _, data = last_of_each_day()[date(2026, 8, 30)]
    for task in data["classifications"]:
        category = task["macro_category"]
        page = sample_site.page(f"editions/2026-W35/tasks/{category}")
        rows = {row.get("id"): row.find("th").get("title") for row in page.iter("tr") if row.get("id")}
        place = places[task["tag"]][category]
        expected = {f"{place}/{number}": model["id"] for number, model in enumerate(task["models"])}
        assert {anchor: rows[anchor] for anchor in rows if anchor.startswith(f"{place}/")} == expected


def test_tasks_models_and_the_foot_of_a_page_lead_to_the_check(sample_site: Site) -> None:
    for path, text, query in (
        ("tasks/code/debugging", "Check a claim about Debugging", "?task=code:debugging"),
        ("models/marzipan-labs/nougat", "Check a claim about Nougat", "?model=marzipan-labs/nougat"),
    ):
        links = {text_of(a): a.get("href") for a in sample_site.page(path).iter("a")}
        assert links[text].endswith(f"/check/{query}")
        assert links["Check a claim"].endswith("/check/")
    frozen = sample_site.page("editions/2026-W35/tasks/code")
    assert [a for a in frozen.iter("a") if "check/" in a.get("href")] == []


# ---------------------------------------------------------------- what is said


def test_ties_are_said_with_who_shares_the_place(visit: PageOpener) -> None:
    page = visit(f"?model={quote(MODEL)}&task=code:task_0&date=2026-08-31").page
    assert f" {MODEL.partition('/')[2].title()[:4]}" not in said(page)
    assert " was shared 2nd of 5 in " in said(page)
    assert re.match(r"By requests it is level with Model \d in the three published decimals\.", notes(page)[0])


def test_a_repeated_day_and_a_list_without_models_are_said(visit: PageOpener) -> None:
    page = visit("?model=maker-1/model-1-20260811&task=code:task_0&date=2026-08-25").page
    said(page)
    assert notes(page)[-1] == "On 25 August 2026 the source repeated the figures of the day before."
    page = visit("?model=maker-1/model-1-20260811&task=data:task_3&date=2026-08-31").page
    assert said(page).endswith("Model 1 was not listed: the source named no model for Task 3 & more.")
    assert notes(page) == ["What share it had is unknown. Not listed is not zero."]


def test_a_task_that_is_gone_can_be_chosen_and_a_day_without_it_is_said(visit: PageOpener) -> None:
    page = visit("?model=maker-1/model-1-20260811&task=data:task_7&date=2026-08-31").page
    assert said(page) == "The snapshot of 31 August 2026 has no task Task 7 & more (data:task_7)."
    chosen = page.get_by_label("Task", exact=True).locator("option:checked")
    assert plain(chosen.inner_text()) == "Task 7 & more · until 30 August 2026"
    page.get_by_label("Date").fill("2026-08-30")
    expect(page.get_by_role("status").first).to_contain_text("of 3 in Task 7 & more by requests")


def test_a_day_without_a_snapshot_leads_to_the_nearest_ones(visit: PageOpener, url: str) -> None:
    page = visit("?model=maker-1/model-1-20260811&task=code:task_0&date=2026-08-22").page
    assert said(page) == (
        "There is no snapshot of 22 August 2026. 5 days are kept, from 20 August 2026 to 31 August 2026; "
        "the nearest: 20 August 2026 and 24 August 2026."
    )
    page.get_by_role("link", name="24 August 2026").click()
    page.wait_for_url("**/check/?model=maker-1/model-1-20260811&task=code:task_0&date=2026-08-24")
    assert said(page).startswith("On 24 August 2026 ")


# ---------------------------------------------------------------- the form


def test_everything_is_done_by_keyboard_and_the_back_button_takes_it_back(visit: PageOpener) -> None:
    page = visit("?task=code:task_0").page
    assert said(page) == "Now name a model, by its name or its identifier."
    page.get_by_label("Model", exact=True).focus()
    page.keyboard.type("model 1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Model 1 was ")
    expect(page.get_by_label("Model", exact=True)).to_be_focused()
    expect(page.get_by_label("Model", exact=True)).to_have_value("maker-1/model-1-20260811")
    page.get_by_label("Measure").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("status").first).to_contain_text("by tokens with 6.0\u00a0%, ")
    assert parse_qs(urlsplit(page.url).query) == {
        "model": ["maker-1/model-1-20260811"], "task": ["code:task_0"], "date": ["2026-08-31"], "measure": ["tokens"],
    }  # fmt: skip
    page.go_back()
    expect(page.get_by_label("Measure")).to_have_value("requests")
    page.go_back()
    expect(page.get_by_role("status").first).to_contain_text("Now name a model")


def test_one_click_copies_the_citation(visit: PageOpener) -> None:
    page = visit("?model=maker-1/model-1-20260811&task=code:task_0&date=2026-08-24").page
    said(page)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the citation").click()
    expect(page.get_by_role("button", name="Copy the citation")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(".snippet code").inner_text()


def test_a_snapshot_that_cannot_be_loaded_is_said_and_asked_for_again(visit: PageOpener) -> None:
    opened = visit()
    page = opened.page
    assert said(page) == "Choose a task."
    page.route("**/2026-08-24.json", lambda route: route.abort())
    page.evaluate("history.replaceState(null, '', '?model=maker-1/model-1-20260811&task=code:task_0&date=2026-08-24')")
    page.evaluate("dispatchEvent(new PopStateEvent('popstate'))")
    expect(page.get_by_role("status").first).to_contain_text("could not be loaded")
    page.unroute("**/2026-08-24.json")
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("status").first).to_contain_text("On 24\u00a0August\u00a02026")
    assert all("ERR_FAILED" in message for message in opened.messages)
    opened.messages.clear()


# ---------------------------------------------------------------- names and addresses that want more


@pytest.mark.parametrize("asked", ["yesterday", "%3Cimg%20src=x%20onerror=alert(1)%3E", "2026-13-45", "__proto__"])
def test_nonsense_in_the_address_is_text(visit: PageOpener, asked: str) -> None:
    page = visit(f"?model={asked}&task={asked}&date={asked}").page
    assert said(page).startswith("There is no snapshot of ")
    page.goto(page.url.partition("?")[0] + f"?model={asked}&task={asked}&date=2026-08-31")
    assert said(page).startswith("The snapshot of 31 August 2026 has no task ")
    page.goto(page.url.partition("?")[0] + f"?model={asked}&task=code:task_0&date=2026-08-31")
    assert " was not among the 5 models listed for " in said(page)
    assert page.locator("main img, main script").count() == 0


def test_hostile_names_stay_text_and_two_tasks_of_one_name_are_told_apart(visit: PageOpener) -> None:
    page = visit(f"?model={quote(MODEL)}&task=code:task_0&date=2026-08-31").page
    assert f" in {HOSTILE} (code:task_0) by requests" in said(page)
    assert json.loads(page.locator(".proof > pre").inner_text())["id"] == MODEL
    page.get_by_label("Task", exact=True).select_option("agent:task_2")
    expect(page.get_by_role("status").first).to_contain_text("abc\ufffdgnp")
    assert page.locator("main img, main script").count() == 0


# ---------------------------------------------------------------- where there is no script, and how it looks


def test_without_javascript_the_page_says_what_it_would_do_and_leads_on(visit: PageOpener) -> None:
    page = visit("?model=maker-1/model-1-20260811&task=code:task_0&date=2026-08-30", has_javascript=False).page
    expect(page.get_by_text("Checking here takes JavaScript")).to_be_visible()
    expect(page.locator("[data-tool=check] form")).to_be_hidden()
    page.get_by_role("link", name="edition", exact=True).click()
    page.wait_for_url("**/editions/")


def test_in_a_folder_it_is_said_in_words(open_page: PageOpener, folder: Path) -> None:
    opened = open_page((folder / "check/index.html").as_uri())
    assert said(opened.page).startswith("Opened from a folder, this page may not read the snapshots beside it.")
    expect(opened.page.locator("[data-tool=check] form")).to_have_count(0)
    assert opened.messages == []


@pytest.mark.parametrize(("width", "is_dark"), [(320, True), (1280, False)])
def test_it_fits_moves_nothing_and_axe_finds_nothing(visit: PageOpener, width: int, is_dark: bool) -> None:
    page = visit(f"?model={quote(MODEL)}&task=code:task_0&date=2026-08-31", width=width, is_dark=is_dark).page
    said(page)
    page.get_by_label("Date").fill("2026-08-24")
    expect(page.get_by_role("status").first).to_contain_text("On 24\u00a0August\u00a02026")
    assert sum(layout_shifts(page)) < 0.01
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert accessibility_problems(page) == []


def test_the_page_and_what_it_asks_for_are_small(sample_site: Site) -> None:
    size = {path.name: len(gzip.compress(path.read_bytes())) for path in (sample_site.folder / "check").iterdir()}
    assert size["index.html"] < 7_000
    assert size["names.json"] < 3_000
