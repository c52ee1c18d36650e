"""Building again: nothing changed, one thing changed, one day more. What did not change is not written."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import responses
from built import DEFAULTS
from conftest import contents

from generator import pipeline
from generator.pipeline import building, places
from generator.site.standing import _key

BODIES = {f"7d/2026-08-{day}.json": responses.body(tasks=3, models=3, as_of=f"2026-08-{day}") for day in (29, 30, 31)}


@pytest.fixture
def build(tmp_path, drawings):
    """Build the archive in `data` into `site`."""
    (tmp_path / "data/7d").mkdir(parents=True)
    for path in list(BODIES)[:2]:
        (tmp_path / "data" / path).write_bytes(BODIES[path])

    def build(settings=DEFAULTS):
        return pipeline.build_site(tmp_path / "data", tmp_path / "site", settings, cache=drawings)

    return build


def written(folder):
    """The files and when each was written: a file that is written anew is another one on the disk."""
    return {
        file.relative_to(folder).as_posix(): (file.stat().st_ino, file.stat().st_mtime_ns)
        for file in folder.rglob("*")
        if file.is_file()
    }


def changed(before, after):
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def test_where_nothing_changed_nothing_is_done(build, tmp_path, monkeypatch):
    first, before = build(), written(tmp_path / "site")
    monkeypatch.setattr(building, "_build", lambda *given: pytest.fail("built again"))
    second = build()
    assert (first.is_new, second.is_new) == (True, False)
    assert (second.written, second.as_of, second.charts) == (first.written, first.as_of, first.charts)
    assert second.source_sha256 == first.source_sha256
    assert written(tmp_path / "site") == before


@pytest.mark.parametrize("what", ["a file gone", "a file edited", "a file more", "the site gone", "the note damaged"])
def test_a_site_that_is_not_as_it_was_left_is_built_again(build, tmp_path, drawings, what):
    build()
    site, expected = tmp_path / "site", contents(tmp_path / "site")
    match what:
        case "a file gone":
            (site / "method/index.html").unlink()
        case "a file edited":
            (site / "robots.txt").write_text("Disallow: /")
        case "a file more":
            (site / "stray.html").write_text("left over")
        case "the site gone":
            shutil.rmtree(site)
        case "the note damaged":
            note = drawings / f"{_key(site)}.kept"
            note.write_bytes(note.read_bytes()[:-40])
    assert build().is_new
    assert contents(site) == expected


def test_one_template_changed_writes_the_pages_made_from_it_and_no_other(build, tmp_path, monkeypatch):
    build()
    before, old = written(tmp_path / "site"), contents(tmp_path / "site")
    shutil.copytree(places.TEMPLATES, tmp_path / "templates")
    page = tmp_path / "templates/method.html"
    page.write_text(page.read_text("utf-8").replace("</h1>", " (edited)</h1>"), "utf-8")
    for module in (places, building):
        monkeypatch.setattr(module, "TEMPLATES", tmp_path / "templates")
    build()
    new = contents(tmp_path / "site")
    assert changed(before, written(tmp_path / "site")) == {path for path in new if new[path] != old[path]}
    assert changed(before, written(tmp_path / "site")) == {"build.json", "method/index.html"}


def test_a_day_more_writes_nothing_of_what_stays(build, tmp_path):
    build()
    before, old = written(tmp_path / "site"), contents(tmp_path / "site")
    path = list(BODIES)[2]
    (tmp_path / "data" / path).write_bytes(BODIES[path])
    build()
    new = contents(tmp_path / "site")
    stays = {path for path in old.keys() & new.keys() if old[path] == new[path]}
    assert not changed(before, written(tmp_path / "site")) & stays
    assert {"days/2026-08-29/index.html", "data/v1/7d/2026-08-30.json", "static/vega.js"} <= stays


def test_another_setting_is_built_anew(build):
    assert build().is_new
    assert build(replace(DEFAULTS, name="Another")).is_new


def test_where_the_file_system_has_no_links_files_are_written(build, tmp_path, monkeypatch):
    def refuse(self, target):
        raise PermissionError("no links here")

    build()
    expected = contents(tmp_path / "site")
    (tmp_path / "site/robots.txt").unlink()
    monkeypatch.setattr(Path, "hardlink_to", refuse)
    build()
    assert contents(tmp_path / "site") == expected
