"""The raw snapshots are published byte for byte, and every row of figures leads to its place in one (RFC 6901)."""

import gzip
import json
import re
from functools import cache
from posixpath import join, normpath
from urllib.parse import urldefrag

import pytest
import responses
from built import build, text_of
from raw import percent

from generator import archive, validate
from generator.errors import ArchiveError
from generator.sample import sample_files

PAGES = ["", "tasks/", "tasks/code/", "tasks/code/debugging/", "editions/2026-W27/", "editions/2026-W27/tasks/code/",
         "days/2026-07-24/", "days/2026-08-31/"]  # fmt: skip


def test_every_snapshot_is_published_byte_for_byte(sample_site):
    published = {
        path.relative_to(sample_site.folder / "data/v1").as_posix(): path.read_bytes()
        for path in (sample_site.folder / "data/v1/7d").iterdir()
    }
    assert published == dict(sample_files())


def test_snapshots_of_days_without_a_page_are_packed_and_listed_where_they_are(tmp_path, drawings, monkeypatch):
    monkeypatch.setattr("generator.analyse.log.NEWEST_DAYS", 3)
    kept = [f"2026-08-{n:02}" for n in range(1, 25)]
    sent = {f"7d/{as_of}.json": responses.body(as_of, variant=n, tasks=3, models=3) for n, as_of in enumerate(kept)}
    build(tmp_path / "site", sent.items(), cache=drawings)
    snapshots = tmp_path / "site/data/v1"
    plain = {f"7d/{path.name}" for path in (snapshots / "7d").glob("*.json")}
    packed = {f"7d/{path.name}" for path in (snapshots / "7d").glob("*.json.gz")}
    assert plain == {f"7d/{day.name}.json" for day in (tmp_path / "site/days").iterdir()}
    assert len(packed) > 5 and plain | {path.removesuffix(".gz") for path in packed} == set(sent)
    for path in packed:
        assert gzip.decompress((snapshots / path).read_bytes()) == sent[path.removesuffix(".gz")]
    index = json.loads((snapshots / "index.json").read_bytes())["snapshots"]
    assert {one["path"]: one["file"] for one in index} == {path.removesuffix(".gz"): path for path in plain | packed}
    asked_for = json.loads((tmp_path / "site/compare/days.json").read_bytes())
    assert {row["file"] for row in asked_for} == {f"data/v1/{path}" for path in plain | packed}


def resolved(document, pointer):
    """What a JSON Pointer leads to, as RFC 6901 has it."""
    for token in pointer.split("/")[1:]:
        key = token.replace("~1", "/").replace("~0", "~")
        document = document[int(key)] if isinstance(document, list) else document[key]
    return document


def places_of(page, path, folder):
    """(row of a table, what its first cell leads to in the raw snapshot) of a page."""
    loaded = cache(lambda file: json.loads((folder / file).read_bytes()))
    for row in page.iter("tr"):
        link = row.find("td/a")
        if link is not None and ".json#/" in link.get("href"):
            file, pointer = urldefrag(link.get("href"))
            yield row, resolved(loaded(normpath(join(path, file))), pointer)


@pytest.mark.parametrize("path", PAGES)
def test_a_row_leads_to_the_place_with_its_name_and_its_shares(sample_site, path):
    within = re.fullmatch(r".*tasks/[a-z]+/", path)  # the shares there are those within the macro-category
    found = list(places_of(sample_site.page(path), path, sample_site.folder))
    assert len(found) >= 8
    for row, place in found:
        name, text = text_of(row.find("th")), " ".join(text_of(cell) for cell in row)
        if "id" in place:
            assert place["id"] in name or any(place["id"] in (a.get("title") or "") for a in row.iter())
            shares = place["tag_usage_share"], place["tag_token_share"]
        elif "tag" in place:
            assert name.startswith(place["display_name"])
            kind = "category_" if within else ""
            shares = place[f"{kind}usage_share"], place[f"{kind}token_share"]
        else:
            assert name.startswith(place["label"])
            shares = place["usage_share"], place["token_share"]
        for share in shares:
            assert percent(share) in text


def test_every_row_of_a_model_leads_to_it_in_the_list_of_that_task(sample_site):
    folder = sample_site.folder / "models"
    paths = sorted(page.parent.relative_to(sample_site.folder).as_posix() + "/" for page in folder.rglob("index.html"))
    seen = 0
    for path in paths[:12]:
        page = sample_site.page(path)
        own = text_of(page.find(".//p[@class='when']/code")) if path != "models/" else ""
        for row, place in places_of(page, path, sample_site.folder):
            assert place["id"] == own
            assert percent(place["tag_usage_share"]) in " ".join(text_of(cell) for cell in row)
            seen += 1
    assert seen > 30


def test_the_name_of_a_task_and_of_a_macro_category_lead_to_their_places(sample_site):
    for path, key, name in (("tasks/code/debugging/", "tag", "code:debugging"), ("tasks/code/", "key", "code")):
        link = sample_site.page(path).find(".//p[@class='when']").findall("a")[-1]
        file, pointer = urldefrag(link.get("href"))
        assert text_of(link) == name
        assert resolved(json.loads((sample_site.folder / path / file).read_bytes()), pointer)[key] == name


def test_a_real_archive_is_published_with_its_revisions(tmp_path, drawings):
    files = [
        ("7d/2026-08-31.json", responses.body(tasks=3, models=3)),
        ("7d/2026-08-31.r2.json", responses.body(tasks=3, models=3, variant=1)),
    ]
    build(tmp_path / "site", files, cache=drawings)
    for path, body in files:
        assert (tmp_path / "site/data/v1" / path).read_bytes() == body
    html = (tmp_path / "site/tasks/code/index.html").read_text("utf-8")
    assert "data/v1/7d/2026-08-31.r2.json#/data/" in html, "figures are those of the last revision"
    assert "data/v1/7d/2026-08-31.json#/data/" not in html


def test_a_file_that_changes_while_the_site_is_built_is_not_published(tmp_path):
    path = tmp_path / "7d/2026-08-31.json"
    path.parent.mkdir()
    path.write_bytes(responses.body())
    parse, digest = validate.parse_snapshot, validate.content_digest
    history = archive.read_history(tmp_path, "7d", parse=parse, digest=digest)
    path.write_bytes(responses.body(variant=1))
    with pytest.raises(ArchiveError, match=r"2026-08-31\.json\" was changed while the site was built; build it again"):
        list(archive.read_files(tmp_path, history))
