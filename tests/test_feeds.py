"""Feeds: read by feedparser and against the JSON Feed specification; ids that stay, words that stay, hostile names."""

import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import feedparser
import pytest
from built import DEFAULTS
from handmade import day, history, task
from jsonschema import Draft202012Validator, FormatChecker

from generator import archive, files, pipeline, validate
from generator.addresses import feed_paths, tag_uri, task_path
from generator.analyse import analyse, edition_reports, ended_charts, log_of
from generator.draw import badge_file
from generator.models import Gap, History, Redefined
from generator.pages.feeds import MOST_ITEMS, MOST_OF_LONG_GONE, feeds_of, feeds_page
from generator.sample import sample_files

ADDRESS = "https://example.org/task-share/"
PUBLISHED = replace(DEFAULTS, address=ADDRESS)
PALETTE = (pipeline.STATIC / "palette.css").read_text("utf-8")

# https://www.jsonfeed.org/version/1.1/: what is required, what may be there, of which kind; nothing else is expected
_TEXT, _URL, _TIME = {"type": "string", "minLength": 1}, {"type": "string", "format": "uri"}, {"format": "date-time"}
_AUTHORS = {"type": "array", "items": {"type": "object", "properties": {"name": _TEXT}, "minProperties": 1}}
_ITEM = {
    "type": "object",
    "required": ["id", "content_html"],
    "additionalProperties": False,
    "properties": {
        "id": _TEXT, "url": _URL, "title": _TEXT, "content_html": _TEXT, "image": _URL,
        "date_published": _TIME, "date_modified": _TIME,
    },
}  # fmt: skip
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"}, "title": _TEXT, "description": _TEXT,
        "home_page_url": _URL, "feed_url": _URL, "language": {"const": "en"}, "authors": _AUTHORS,
        "items": {"type": "array", "items": _ITEM, "maxItems": MOST_ITEMS},
    },
}  # fmt: skip


def gone_from(kept):
    return [thing for thing in ended_charts(kept) if not thing.is_listed]


def feeds_in(kept):
    """The feeds of a history, by the path of the page that each belongs to."""
    return {feed.page: feed for feed in feeds_of(analyse(kept), log_of(kept), gone_from(kept))}


def written(kept, settings=PUBLISHED):
    """The files of all feeds, by path."""
    return {file.path: file.body for file in files.feed_files(feeds_in(kept).values(), settings)}


def sample(days, last_day=date(2026, 8, 31)):
    assembled = (archive.ArchiveFile(path, body) for path, body in sample_files(days, last_day))
    return archive.assemble("7d", assembled, parse=validate.parse_snapshot, digest=validate.content_digest)


@pytest.fixture(scope="module")
def day_150():
    return sample(150)


@pytest.fixture(scope="module")
def day_120(day_150):
    return History("7d", day_150.days[: len(sample_paths(120, date(2026, 8, 1)))])


def sample_paths(days, last_day):
    return {path[:13] for path, _ in sample_files(days, last_day)}


@pytest.fixture(scope="module")
def then(day_120):
    return feeds_in(day_120), written(day_120)


@pytest.fixture(scope="module")
def now(day_150):
    return feeds_in(day_150), written(day_150)


# ---------------------------------------------------------------- what stays


def test_every_feed_and_every_id_of_day_120_is_there_on_day_150_and_says_the_same(then, now):
    assert then[0].keys() <= now[0].keys()
    assert then[1].keys() <= now[1].keys()
    dropped = 0
    for page, before in then[0].items():
        after = now[0][page]
        assert before.id == after.id
        here = {item.id: item for item in after.items}
        for item in before.items:
            if item.id in here:
                assert here[item.id] == item
            else:  # at most 50: older ones drop off the end, and no other
                assert len(after.items) == MOST_ITEMS
                assert item.published <= after.items[-1].published
                dropped += 1
    assert dropped < sum(len(feed.items) for feed in then[0].values()) / 10
    assert sum(len(feed.items) for feed in now[0].values()) > 1000


def test_what_left_the_rankings_in_between_keeps_its_feed(then, now, day_120, day_150):
    models = {f"models/{model.id}/" for task in day_120.latest.tasks for model in task.models}
    gone = models - {f"models/{model.id}/" for task in day_150.latest.tasks for model in task.models}
    assert gone
    for page in gone:
        assert now[0][page].home.startswith("e/model/"), "the page that says that it is no longer listed"
        assert feed_paths(page)[0] in now[1]


def test_every_badge_of_day_120_is_there_on_day_150_and_dated_ones_are_the_same(day_120, day_150):
    before, after = map(badges, (day_120, day_150))
    live = {path for path in before if not path.startswith("editions/")}
    assert live <= after.keys()
    dated = before.keys() - live
    assert len(dated) > 400
    assert {path: before[path] for path in dated} == {path: after[path] for path in dated}


def badges(kept):
    """Every badge of a site, by path."""
    found = [*files.badges(analyse(kept)), *files.ended_badges(gone_from(kept), is_sample=True)]
    for edition in edition_reports(kept):
        found += files.badges(edition.report, edition.label)
    return {badge.path: badge_file(badge, PALETTE, pipeline.FONTS).body for badge in found}


def test_the_badge_of_a_task_that_is_gone_says_so():
    kept = history(day("2026-08-30", CHAT, task("code:old", 500, {"a": 300})), day("2026-08-31", CHAT))
    (badge,) = files.ended_badges(gone_from(kept), is_sample=False)
    assert (badge.path, badge.label) == ("badges/code/old", "#1 in Old")
    assert badge.message == "no longer listed · last 30 Aug 2026"
    assert badge.title.endswith("Source: OpenRouter (openrouter.ai/rankings), as of 2026-08-30.")


# ---------------------------------------------------------------- as programs read them


def test_feedparser_reads_every_atom_feed_and_finds_what_was_meant(now):
    feeds, bodies = now
    for page, feed in feeds.items():
        read = feedparser.parse(bodies[feed_paths(page)[0]])
        assert not read.bozo, read.get("bozo_exception")
        assert (read.version, read.feed.id, read.feed.author) == ("atom10", feed.id, "Task Share")
        assert read.feed.title.endswith(" (sample data)")
        assert [entry.id for entry in read.entries] == [item.id for item in feed.items]
        assert len({entry.id for entry in read.entries}) == len(read.entries) <= MOST_ITEMS
        assert [entry.published for entry in read.entries] == sorted(
            (entry.published for entry in read.entries), reverse=True
        )
        links = {link.rel: link.href for link in read.feed.links}
        assert links["self"] == ADDRESS + feed_paths(page)[0]
        for entry, item in zip(read.entries, feed.items, strict=True):
            assert entry.title == item.title.replace("\u00a0", " ")
            assert entry.link == ADDRESS + item.path
            assert "not OpenRouter's figures. As of 2026-" in entry.content[0].value
            assert entry.updated >= entry.published
            assert bool(item.picture) == bool(entry.enclosures)


def test_every_json_feed_is_as_its_specification_says_and_says_what_atom_says(now):
    judge = Draft202012Validator(JSON_FEED, format_checker=FormatChecker())
    for path, body in now[1].items():
        if not path.endswith(".json"):
            continue
        feed = json.loads(body)
        judge.validate(feed)
        assert feed["feed_url"] == ADDRESS + path
        atom = ET.fromstring(now[1][path.replace("feed.json", "atom.xml")])
        contents = [element.text for element in atom.iter("{http://www.w3.org/2005/Atom}content")]
        assert [item["content_html"] for item in feed["items"]] == contents


def test_every_link_of_every_feed_leads_to_a_file_of_the_site(sample_site):
    found = set()
    for path in (sample_site.folder / "feeds").rglob("atom.xml"):
        text = path.read_text("utf-8")
        found |= set(re.findall(r'(?:href|src)="(http[^"]+)"', text.replace("&quot;", '"')))
    found = {url.removeprefix("http://localhost:8000/") for url in found}
    assert len(found) > 900
    missing = set()
    for target in found:
        file, _, anchor = unquote(target).partition("#")
        place = (
            sample_site.folder / file / "index.html" if file.endswith("/") or not file else sample_site.folder / file
        )
        if not place.is_file() or (anchor and f'id="{anchor}"' not in page_text(place)):
            missing.add(target)
    assert missing == set()


_TEXTS = {}


def page_text(place):
    if place not in _TEXTS:
        _TEXTS[place] = place.read_text("utf-8")
    return _TEXTS[place]


def test_home_categories_tasks_and_models_name_their_feeds_and_no_frozen_page_does(sample_site):
    for page in ("", "tasks/code/", "tasks/code/debugging/", "models/harbourlight/beacon-2.6-mini-20260618/"):
        links = sample_site.page(page).findall(".//link[@rel='alternate']")
        root = "../" * page.count("/") or "./"
        assert [(link.get("type"), link.get("href")) for link in links if "feed" in link.get("href")] == [
            ("application/atom+xml", f"{root}{feed_paths(page)[0]}"),
            ("application/feed+json", f"{root}{feed_paths(page)[1]}"),
        ]
    for page in ("editions/2026-W35/", "editions/2026-W35/tasks/code/", "days/2026-08-30/"):
        assert "atom.xml" not in (sample_site.folder / page / "index.html").read_text("utf-8")


def test_the_page_of_feeds_lists_all_that_has_a_page(sample_site):
    page = sample_site.page("feeds/")
    listed = [link.get("href") for link in page.findall(".//ul[@class='feeds']//a") if "atom.xml" in link.get("href")]
    own = {path.relative_to(sample_site.folder).as_posix() for path in (sample_site.folder / "models").rglob("*.html")}
    models = {path for path in own if path.count("/") > 1}
    tasks = list((sample_site.folder / "tasks").rglob("*.html"))
    assert len(listed) == len(set(listed)) == 1 + len(tasks) - 1 + len(models)
    assert "Tells other models at the first place" in (sample_site.folder / "feeds/index.html").read_text("utf-8")


# ---------------------------------------------------------------- what is told, by hand

CHAT = task("chat", 1000, {"a": 300, "b": 200})


def titles(kept, page):
    return [item.title for item in feeds_in(kept)[page].items]


def weeks(first, second, **options):
    """Two Sundays."""
    return history(day("2026-08-23", *first), day("2026-08-30", *second, **options))


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ({"a": 300, "b": 200}, {"a": 200, "b": 300}, "B takes the first place from A"),
        ({"a": 300, "b": 200}, {"a": 300, "b": 300}, "B level with A at the first place"),
        ({"a": 300, "b": 300}, {"a": 300, "b": 200}, "A at the first place without B"),
        ({"a": 300, "b": 300, "c": 1}, {"a": 3, "b": 4, "c": 500}, "C takes the first place from A and B"),
    ],
)
def test_a_new_leader_is_told_to_task_category_and_models(before, after, words):
    kept = weeks([task("chat", 1000, before)], [task("chat", 1000, after)])
    for page in ("tasks/general/", "tasks/general/chat/", "models/maker/b/"):
        assert titles(kept, page) == [f"Chat: {words}"]
    edition = feeds_in(kept)[""].items[0]
    assert edition.title == "Edition 2026-W35: 1\u00a0change of the first place in a task"
    assert [part.heading for part in edition.parts][:2] == ["", "First places"]


def test_models_and_tasks_that_come_return_and_leave_are_told():
    old, both = task("code:old", 100, {"x": 300}), task("chat", 900, {"a": 300, "b": 200})
    kept = history(
        day("2026-08-16", old, both),
        day("2026-08-23", task("chat", 900, {"a": 300, "c": 200})),
        day("2026-08-30", old, both),
    )
    assert titles(kept, "tasks/general/chat/") == [
        "B is back in the list of Chat",
        "C left the list of Chat",
        "C is new in the list of Chat",
        "B left the list of Chat",
    ]
    assert titles(kept, "models/maker/c/") == ["C left the list of Chat", "C is new in the list of Chat"]
    assert titles(kept, "tasks/code/old/") == ["Old: the task is back", "Old: no longer a task"]
    of_tasks = [title for title in titles(kept, "tasks/code/") if "macro-category" not in title]
    assert of_tasks == titles(kept, "tasks/code/old/")


def test_the_ledger_is_told_to_the_site_and_new_definitions_to_those_that_they_concern():
    renamed = task("chat", 1000, {"a": 300, "b": 200}, label="Talk")
    kept = history(day("2026-08-20", CHAT), day("2026-08-22", CHAT, restated_as=(CHAT,)), day("2026-08-23", renamed))
    assert titles(kept, "") == [
        "Edition 2026-W34",
        "23\u00a0August\u00a02026: renamed",
        "22\u00a0August\u00a02026: restated",
        "21\u00a0August\u00a02026: missing",
    ]
    assert titles(kept, "tasks/general/chat/") == titles(kept, "tasks/general/") == titles(kept, "")[1:2]


def test_nothing_is_told_of_a_week_before_it_is_over():
    kept = history(day("2026-08-22", CHAT), day("2026-08-29", task("chat", 1000, {"b": 300, "a": 200})))
    assert titles(kept, "tasks/general/chat/") == []
    assert (
        titles(kept, "") == ["Edition 2026-W34", "23\u00a0August\u00a02026 to 28\u00a0August\u00a02026: missing"][::-1]
    )


def test_a_restatement_keeps_the_id_and_says_when_it_is_another_text():
    turned = task("chat", 1000, {"a": 200, "b": 300})
    before = weeks([CHAT], [turned])
    after = weeks([CHAT], [turned], restated_as=(task("chat", 1000, {"a": 200, "b": 310}),))
    (then,), (now,) = (feeds_in(kept)["tasks/general/chat/"].items for kept in (before, after))
    assert now.id == then.id == "tag:task-share.invalid,2026:7d/2026-w35/first/chat"
    assert now.published == then.published
    assert now.updated > then.updated
    assert now.parts != then.parts


def test_a_feed_without_items_has_a_date_and_a_source():
    feed = feeds_in(history(day("2026-08-20", CHAT)))["tasks/general/chat/"]
    assert (feed.items, feed.updated.isoformat()) == ((), "2026-08-20T23:59:59+00:00")
    read = feedparser.parse(written(history(day("2026-08-20", CHAT)))["feeds/tasks/general/chat/atom.xml"])
    assert not read.bozo
    assert read.feed.rights == (
        "Source: OpenRouter (openrouter.ai/rankings), as of 2026-08-20. Licensed under CC BY 4.0."
    )


def test_fifty_items_at_most_the_newest_first_and_few_of_what_is_long_gone():
    first = date(2024, 1, 7).toordinal()
    turns = [task("chat", 1000, {"a": 300 - n % 2, "b": 299 + n % 2}) for n in range(60)]
    turning = [day(date.fromordinal(first + 7 * n).isoformat(), of) for n, of in enumerate(turns)]
    feed = feeds_in(history(*turning))["models/maker/a/"]
    assert len(feed.items) == MOST_ITEMS
    assert feed.items[0].published.date() == turning[-1].as_of
    later = [day(date.fromordinal(first + 7 * 60 + 373).isoformat(), task("chat", 1000, {"c": 300}))]
    assert len(feeds_in(history(*turning, *later))["models/maker/a/"].items) == MOST_OF_LONG_GONE


def test_the_address_of_the_site_is_in_no_id():
    kept = weeks([CHAT], [task("chat", 1000, {"b": 300, "a": 200})])
    here, there = (
        [re.findall(rb"<id>([^<]+)</id>", body) for body in written(kept, settings).values()]
        for settings in (PUBLISHED, replace(DEFAULTS, address="https://elsewhere.example/"))
    )
    assert here == there
    ids = {id for found in here for id in found}
    assert all(re.fullmatch(rb"tag:task-share\.invalid,2026:[a-z0-9._~/-]+", id) for id in ids)


# ---------------------------------------------------------------- names that want to be something else

HOSTILE = (
    "</script><b>",
    '"><svg onload=alert(1)>',
    "]]>",
    "&amp;",
    "\ufffe\uffff",
    "\u202egnp",
    "a b/c",
    "=1+1",
    "日本",
)


class Tags(HTMLParser):
    """The tags of a text and what they link to."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, tuple(name for name, _ in attributes)))


def hostile_history():
    def tasks(turn):
        shares = {name: 400 - 10 * ((n + turn) % len(HOSTILE)) for n, name in enumerate(HOSTILE)}
        labels = HOSTILE[turn:] + HOSTILE[:turn]
        return [
            task(f"code:{name}", 100, {k: v for k, v in shares.items() if (n + turn) % 3 or k != name}, label=labels[n])
            for n, name in enumerate(HOSTILE)
        ]

    return history(
        day("2026-08-16", *tasks(0)),
        day("2026-08-23", *tasks(0)[1:], restated_as=tuple(tasks(0)[2:])),
        day("2026-08-30", *tasks(0)[1:]),
        day("2026-09-06", *tasks(3)),
        day("2026-09-13", *[replace(one, label=two.label) for one, two in zip(tasks(5), tasks(3), strict=True)]),
    )


def test_feeds_with_hostile_names_are_well_formed_and_show_them_as_text():
    bodies = written(hostile_history())
    assert sum(body.count(b"<entry>") for path, body in bodies.items() if path.endswith("xml")) > 50
    judge = Draft202012Validator(JSON_FEED, format_checker=FormatChecker())
    for path, body in bodies.items():
        if path.endswith(".json"):
            judge.validate(json.loads(body))
            continue
        assert not feedparser.parse(body).bozo, path
        for content in ET.fromstring(body).iter("{http://www.w3.org/2005/Atom}content"):
            tags = Tags()
            tags.feed(content.text)
            allowed = {
                ("p", ()),
                ("a", ("href",)),
                ("img", ("src", "alt")),
                ("small", ()),
                ("h3", ()),
                ("ul", ()),
                ("li", ()),
            }
            assert set(tags.found) <= allowed


def test_different_things_have_different_ids():
    kept = hostile_history()
    told = {item for feed in feeds_in(kept).values() for item in feed.items}
    assert len({item.id for item in told}) == len(told) > 30
    tags = [f"code:{name}" for name in HOSTILE]
    assert len({tag_uri("7d", "2026-w35", "first", tag) for tag in tags}) == len(tags)
    assert len({task_path("code", tag) for tag in tags}) == len(tags)
    assert any(isinstance(entry, Gap) for entry in log_of(kept).ledger)
    assert any(isinstance(entry, Redefined) for entry in log_of(kept).ledger)


def test_the_page_of_feeds_tells_what_is_newest():
    kept = weeks([CHAT], [task("chat", 1000, {"b": 300, "a": 200})])
    content = feeds_page(analyse(kept), tuple(feeds_in(kept).values())).content
    rows = {row.label: row for group in content.groups for row in group.rows}
    assert rows["Chat"].newest == "Chat: B takes the first place from A, 30\u00a0August\u00a02026"
    assert rows["Everything"].newest.startswith("Edition 2026-W35: 1\u00a0change")
