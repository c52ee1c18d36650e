"""A response as the only day, then an edited copy a week later beside it: the pages say what was edited, in words."""

import json
from dataclasses import dataclass
from functools import cached_property

import pytest
import responses
from built import Site, build, editions_of, text_of
from raw import Raw, percent, place
from test_events_again import moved
from test_numbers import changes_of

from generator.addresses import task_path
from generator.formats import model_names

NEWCOMER = "maker-3/model-10-20260903"
NO_HISTORY = (
    "This is the first snapshot of this site. The source keeps no history, so changes can be shown once a snapshot "
    "of a later week stands beside it."
)


@dataclass(frozen=True)
class Edit:
    """A response for 31 August 2026 and what becomes of one of its tasks in the one for 7 September 2026."""

    body: bytes
    tag: str
    gain: float  # of all requests, at the cost of the first task of all

    @cached_property
    def edited(self):
        """The first two models swap shares, a newcomer has those of the third from the end, and the task gains."""
        answer = json.loads(self.body)
        answer["data"]["as_of"] = "2026-09-07"
        raw = Raw(answer["data"])
        task = self.task(raw)
        first, second, third_last = (task["models"][n] for n in (0, 1, -3))
        first["id"], second["id"], third_last["id"] = second["id"], first["id"], NEWCOMER
        gain_requests(raw, task, self.gain)
        gain_requests(raw, raw.tasks[0], -self.gain)
        raw.tasks.sort(key=lambda task: -task["usage_share"])
        return json.dumps(answer).encode()

    @property
    def days(self):
        """Both responses, read."""
        return Raw.of(self.body), Raw.of(self.edited)

    def task(self, raw):
        (task,) = (task for task in raw.tasks if task["tag"] == self.tag)
        return task

    @property
    def tasks(self):
        """The task on both days."""
        return [self.task(raw) for raw in self.days]

    @property
    def label(self):
        return self.tasks[0]["display_name"]

    @property
    def path(self):
        return task_path(self.tasks[0]["macro_category"], self.tag)

    @property
    def names(self):
        """permaslug -> reader's name, on either day."""
        return model_names(id for raw in self.days for id in raw.models())


def gain_requests(raw, task, gain):
    """For the task and its macro-category."""
    (category,) = (category for category in raw.categories if category["key"] == task["macro_category"])
    for side in (task, category):
        side["usage_share"] = round(side["usage_share"] + gain, 3)


@pytest.fixture(scope="module")
def edit():
    return Edit(responses.body(tasks=8, models=10), "code:task_4", 0.03)


@pytest.fixture(scope="module")
def only_day(tmp_path_factory, drawings, edit):
    out = tmp_path_factory.mktemp("one") / "site"
    build(out, [("7d/2026-08-31.json", edit.body)], cache=drawings)
    return Site(out, edit.body)


@pytest.fixture(scope="module")
def two_days(tmp_path_factory, drawings, edit):
    out = tmp_path_factory.mktemp("two") / "site"
    files = [("7d/2026-08-31.json", edit.body), ("7d/2026-09-07.json", edit.edited)]
    assert build(out, files, cache=drawings).warnings == ()
    return Site(out, edit.edited)


def texts(page, tag):
    return [text_of(element) for element in page.find(".//main").iter(tag)]


def test_on_the_only_day_no_page_compares_anything_and_the_site_says_why(only_day, edit):
    assert NO_HISTORY in texts(only_day.page("changes/"), "p")
    assert NO_HISTORY in texts(only_day.page(""), "p")
    for path in (edit.path, "tasks/", "changes/", "days/2026-08-31/"):
        page = only_day.page(path)
        assert not [head for head in texts(page, "th") if head.startswith("vs ")]
        assert not [text for text in texts(page, "p") if text.startswith("Left the list")]
    below = "This is the first snapshot of this site, and the source keeps no history: there is none to show yet."
    assert below in texts(only_day.page(edit.path), "p")


def test_the_task_s_page_says_who_went_up_and_down_and_who_is_new(two_days, edit):
    then, now = edit.tasks
    day, printed = changes_of(two_days.page(edit.path))
    assert day == "31 August 2026", "the head of the column names the day compared with"
    first, second, *others = (edit.names[model["id"]] for model in now["models"])
    distance = (then["models"][0]["tag_usage_share"] - then["models"][1]["tag_usage_share"]) * 100
    assert printed == {
        first: f"▲ up 1 +{distance:.1f} pp",
        second: f"▼ down 1 −{distance:.1f} pp",
        **dict.fromkeys(others, "= same 0.0 pp"),
        edit.names[NEWCOMER]: "✚ new",
    }
    assert edit.names[then["models"][1]["id"]] == first


def test_the_task_s_page_says_who_left_with_place_and_share_then(two_days, edit):
    then, _ = edit.tasks
    gone, end = then["models"][-3], len(then["models"]) - 2
    name, share = edit.names[gone["id"]], percent(gone["tag_usage_share"])
    left = [text for text in texts(two_days.page(edit.path), "p") if text.startswith("Left the list")]
    assert left == [f"Left the list since 31 August 2026: {name} ({end}th with {share} then)."]


def test_the_task_s_page_says_what_the_task_s_share_was_and_what_it_is(two_days, edit):
    then, now = (percent(task["usage_share"]) for task in edit.tasks)
    titles = [text_of(caption.find("strong")) for caption in two_days.page(edit.path).iter("figcaption")]
    assert f"{edit.label} went from {then} of requests (31 August 2026) to {now}" in titles


def test_the_list_of_all_tasks_says_how_the_task_s_share_differs(two_days, edit):
    then, now = (place([task["usage_share"] for task in raw.tasks], edit.task(raw)["usage_share"]) for raw in edit.days)
    assert then > now
    page = two_days.page("tasks/")
    columns = [changes_of(page, number) for number in range(len(page.findall(".//table")))]
    said = {name: words for day, printed in columns for name, words in printed.items() if day == "31 August 2026"}
    assert said[edit.label] == f"▲ up {then - now} +{edit.gain * 100:.1f} pp"
    assert said[edit.days[0].tasks[0]["display_name"]].endswith(f" −{edit.gain * 100:.1f} pp")
    assert len(said) == len(edit.days[0].tasks)


def test_the_changes_tell_every_edit_with_both_values(two_days, edit):
    then, now = edit.tasks
    gone, came = then["models"][-3], now["models"][-3]
    high, low = (percent(model["tag_usage_share"]) for model in then["models"][:2])
    new_first, old_first = (edit.names[task["models"][0]["id"]] for task in (now, then))
    end = f"{len(then['models']) - 2}th"
    heading, parts, links = editions_of(two_days.page("changes/"))["2026-W37"]
    assert heading == "So far this week: 2026-W37"
    assert parts["First places"] == [
        f"{edit.label}: {new_first} with {high} ({low} then); 7 days earlier {old_first} with {high} ({low} now)"
    ]
    assert parts["In and out of the lists"] == [
        f"{edit.label}: ✚ new {edit.names[NEWCOMER]} ({end}, {percent(came['tag_usage_share'])}); "
        f"✕ left {edit.names[gone['id']]} ({end}, {percent(gone['tag_usage_share'])} then)"
    ]
    assert (
        moved(f"{edit.label}, share of all requests", then["usage_share"], now["usage_share"]) in parts["Largest moves"]
    )
    assert len(parts["Largest moves"]) == 4, "two tasks and two models, and nothing else moved"
    anchor = edit.path.removeprefix("tasks/").removesuffix("/")
    followed = {link.get("href") for link in links}
    assert {f"../days/{day}/#{anchor}" for day in ("2026-08-31", "2026-09-07")} <= followed
