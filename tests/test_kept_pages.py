"""Frozen pages are told and rendered once: a later build takes them as they are, and notices whatever changes them."""

from dataclasses import replace

import pytest
import responses
from built import DEFAULTS, build
from conftest import contents
from handmade import day, history, task
from test_day_pages import bodies

from generator import pages, site
from generator.analyse import day_reports, edition_reports, frozen_days, frozen_editions
from generator.models import Batch, File, Page, SiteWords, SnapshotWords
from generator.pipeline import frozen, places

CHAT = task("chat", 1000, {"a": 300, "b": 200})


SHEETS = ("compared.css", "frame.css", "palette.css", "record.css", "rows.css", "site.css", "snippet.css")


@pytest.fixture
def told(monkeypatch):
    """What is told anew: labels of editions and dates of days, in the order of the telling."""
    found = []

    def listening(tell, name_of):
        def told_one(thing, *given):
            found.append(name_of(thing))
            return tell(thing, *given)

        return told_one

    monkeypatch.setattr(pages, "edition_pages", listening(pages.edition_pages, lambda edition: edition.label))
    monkeypatch.setattr(pages, "day_page", listening(pages.day_page, lambda report: report.as_of.isoformat()))
    return found


def test_a_second_build_tells_nothing_anew_and_gives_the_same_bytes(tmp_path, told):
    build(tmp_path / "first", bodies(12), cache=tmp_path / "cache")
    assert len(told) == 2 + 11
    told.clear()
    build(tmp_path / "second", bodies(12), cache=tmp_path / "cache")
    assert told == []
    assert contents(tmp_path / "first") == contents(tmp_path / "second")


def test_one_more_day_tells_that_day_and_the_one_before_it_which_leads_there(tmp_path, told):
    cache = tmp_path / "cache"
    build(tmp_path / "first", bodies(15), cache=cache)
    told.clear()
    build(tmp_path / "second", bodies(16), cache=cache)
    assert told == ["2026-W32", "2026-W33", "2026-08-15", "2026-08-16"]  # the new Sunday, and what leads to it
    build(tmp_path / "anew", bodies(16), cache=None)
    assert contents(tmp_path / "second") == contents(tmp_path / "anew")


def test_a_task_that_comes_tells_no_edition_anew_since_none_leads_to_it(tmp_path, told):
    week = [(f"7d/2026-08-{n:02}.json", responses.body(f"2026-08-{n:02}", tasks=4, models=3)) for n in range(1, 10)]
    later = [("7d/2026-08-10.json", responses.body("2026-08-10", tasks=size, models=3)) for size in (4, 5)]
    build(tmp_path / "first", [*week, later[0]], cache=tmp_path / "cache")
    told.clear()
    build(tmp_path / "second", [*week, later[1]], cache=tmp_path / "cache")
    assert told == ["2026-08-10"]
    build(tmp_path / "anew", [*week, later[1]], cache=None)
    assert contents(tmp_path / "second") == contents(tmp_path / "anew")


def test_a_restated_day_tells_it_and_all_that_follow_anew(tmp_path, told):
    files = list(bodies(12))
    build(tmp_path / "first", files, cache=tmp_path / "cache")
    told.clear()
    files.append(("7d/2026-08-09.r2.json", responses.body("2026-08-09", variant=5, tasks=4, models=3)))
    build(tmp_path / "second", files, cache=tmp_path / "cache")
    assert told == ["2026-W32", "2026-08-09", "2026-08-10", "2026-08-11", "2026-08-12"]
    build(tmp_path / "anew", files, cache=None)
    assert contents(tmp_path / "second") == contents(tmp_path / "anew")


@pytest.mark.parametrize(
    "damage", [b"", b"{}", b"\xff\xfe", b"0" * 64 + b'\n[["../x/", "../x/index.html", "", [], []]]']
)
def test_a_damaged_entry_is_told_anew(tmp_path, told, damage):
    cache = tmp_path / "cache"
    build(tmp_path / "first", bodies(2), cache=cache)
    kept = [path for path in cache.iterdir() if b'"days/2026-08-01/"' in path.read_bytes()]
    assert len(kept) == 1
    kept[0].write_bytes(damage)
    told.clear()
    build(tmp_path / "second", bodies(2), cache=cache)
    assert told == ["2026-08-01"]
    assert contents(tmp_path / "first") == contents(tmp_path / "second")


def test_another_name_of_the_site_is_noticed(tmp_path, told):
    build(tmp_path / "first", bodies(2), cache=tmp_path / "cache")
    told.clear()
    build(tmp_path / "second", bodies(2), settings=replace(DEFAULTS, name="Another"), cache=tmp_path / "cache")
    assert told == ["2026-W31", "2026-08-01", "2026-08-02"]


def test_changed_code_templates_and_styles_are_noticed(tmp_path, monkeypatch):
    before = frozen.made_by(DEFAULTS)
    assert before == frozen.made_by(DEFAULTS)
    for name, file in (("TEMPLATES", "day.html"), ("STATIC", "site.css"), ("FONTS", "a.ttf")):
        folder = tmp_path / name
        folder.mkdir()
        for needed in (*SHEETS, file):
            (folder / needed).write_text("changed")
        with monkeypatch.context() as patched:
            patched.setattr(places, name, folder)
            assert frozen.made_by(DEFAULTS) != before
    (tmp_path / "generator").mkdir()
    (tmp_path / "generator/other.py").write_text("code")
    monkeypatch.setattr(places, "PROJECT", tmp_path)
    assert frozen.made_by(DEFAULTS) != before


# ---------------------------------------------------------------- what determines a page


def digests(*days):
    kept = history(*days)
    found = {f"edition {item.as_of}": item.digest for item in frozen_editions(kept)}
    every = {item.as_of for item in kept.days}
    return found | {f"day {item.as_of}": item.digest for item in frozen_days(kept, every)}


def changed(before, after):
    return {name for name in before if before[name] != after[name]}


def test_a_later_day_changes_only_what_leads_to_it():
    days = [day(as_of, CHAT) for as_of in ("2026-08-16", "2026-08-23", "2026-08-30", "2026-08-31")]
    assert changed(digests(*days[:3]), digests(*days)) == {"day 2026-08-30"}
    assert changed(digests(*days[:2]), digests(*days)) == {"day 2026-08-23", "edition 2026-08-23"}


def test_what_is_told_is_the_same_whether_all_or_some_are_wanted():
    days = [day(f"2026-08-{n:02}", task("chat", 1000, {"a": 300 + n, f"m{n // 4}": 200})) for n in range(1, 31)]
    kept = history(*days)
    sundays = {item.as_of for item in kept.days if item.as_of.isoweekday() == 7}
    for tell, wanted in (
        (lambda some: edition_reports(kept, some), {max(sundays)}),
        (lambda some: day_reports(kept, sundays, some), {max(sundays), min(sundays)}),
    ):
        every = [report for report in tell(None) if as_of(report) in wanted]
        assert every == list(tell(wanted))
        assert len(every) == len(wanted)


def as_of(report):
    return getattr(report, "as_of", None) or report.report.as_of


# ---------------------------------------------------------------- pictures beside pages


def written(out, tmp_path, things):
    """Write a site of one batch, with a cache; what `build.json` was told are the paths of its pages."""
    for name in ("templates", "static"):
        (tmp_path / name).mkdir(exist_ok=True)
    (tmp_path / "templates/plain.html").write_text('<h1 id="top">{{ page.title }}</h1><a href="#top">up</a>')
    for name in SHEETS:
        (tmp_path / f"static/{name}").write_text("")
    (tmp_path / "static/palette.css").write_text((places.STATIC / "palette.css").read_text())
    words = SiteWords("Site", "", "", "", False, SnapshotWords("", "", ""), "", (), ())
    told = []

    def closing(paths):
        told.extend(paths)
        return [File("build.json", b"{}")]

    batch = Batch("ab" * 32, things)
    folders = tmp_path / "templates", tmp_path / "static"
    site.write_site([batch], (), closing, words, *folders, out, tmp_path / "cache")
    return told


def test_files_beside_pages_are_kept_byte_for_byte(tmp_path):
    page = Page("a/", "plain.html", "A", "", (), None)
    picture = File("a/picture.png", bytes(range(256)) + b"\x89PNG\r\n\n\x00")
    assert written(tmp_path / "first", tmp_path, [picture, page, File("a/empty.svg", b"")]) == ["a/"]
    assert written(tmp_path / "second", tmp_path, None) == ["a/"]
    assert contents(tmp_path / "first") == contents(tmp_path / "second")
    assert contents(tmp_path / "second")["a/picture.png"] == picture.body
    assert contents(tmp_path / "second")["a/empty.svg"] == b""
