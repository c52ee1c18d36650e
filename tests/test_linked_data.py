"""What pages tell programs of themselves, as a library reads it that is made for that, judged by schema.org's words."""

import gzip
import json
import re
from dataclasses import replace
from datetime import date
from functools import lru_cache
from html import unescape

import pytest
import responses
from browser import serve_folder
from built import DEFAULTS, build
from extruct.jsonld import JsonLdExtractor
from schema_org import BreadcrumbList, Dataset

from generator.addresses import PREVIEW_ADDRESS

ADDRESS = "https://example.org/shares/"
TYPES = {".csv": "text/csv", ".json": "application/json", ".parquet": "application/vnd.apache.parquet"}
MOST_BYTES = 0.7 * 1024  # gzip, that it adds to the page of a task


@pytest.fixture(scope="module")
def real_site(tmp_path_factory, drawings):
    """The site of two weeks of real data, by its marks, at an address that is set."""
    files = [(f"7d/2026-08-{day}.json", responses.body(f"2026-08-{day}", variant=day)) for day in (23, 30)]
    out = tmp_path_factory.mktemp("linked") / "site"
    build(out, files, settings=replace(DEFAULTS, address=ADDRESS), cache=drawings)
    return out


def told(html):
    """Each thing that the page tells of, by its type."""
    graphs = JsonLdExtractor().extract(html)
    assert all(graph["@context"] == "https://schema.org" for graph in graphs)
    return {thing["@type"]: thing for graph in graphs for thing in graph["@graph"]}


@lru_cache
def told_on_pages(folder):
    """Path of each page -> what it tells. Embeds tell nothing: the pages of their charts do."""
    paths = {file.relative_to(folder).as_posix().removesuffix("index.html"): file for file in folder.rglob("*.html")}
    return {path: told(file.read_text("utf-8")) for path, file in paths.items() if not path.startswith("e/")}


def has_dataset(path):
    return bool(re.fullmatch(r"tasks/[^/]+/[^/]+/|editions/\d+-W\d+/|data/", path))


def valid(kind, thing):
    """The thing as schema.org's vocabulary has it: names, types, nothing unknown."""
    dates = {name: date.fromisoformat(thing[name]) for name in ("dateModified",) if name in thing}
    return kind.model_validate(thing | dates)


@pytest.mark.parametrize(("site", "address"), [("sample", PREVIEW_ADDRESS), ("real", ADDRESS)])
def test_tasks_and_editions_are_datasets_with_all_that_a_search_for_them_asks_for(
    sample_site, real_site, site, address
):
    folder = sample_site.folder if site == "sample" else real_site
    found = told_on_pages(folder)
    datasets = {path: things["Dataset"] for path, things in found.items() if "Dataset" in things}
    assert set(datasets) == {path for path in found if has_dataset(path)}
    assert len(datasets) > 4
    for path, thing in datasets.items():
        valid(Dataset, thing)
        assert 50 <= len(thing["description"]) <= 5000, path
        assert thing["url"] == address + path
        assert thing["isAccessibleForFree"] is True
        assert {"name", "identifier", "creator", "creditText", "dateModified", "variableMeasured"} <= thing.keys()
        first, last = map(date.fromisoformat, thing["temporalCoverage"].split("/"))
        assert (last - first).days == 6 or path == "data/"
        assert thing["dateModified"] == last.isoformat(), "the day of the snapshot, not of the build"
        for file in thing["distribution"]:
            there = folder / file["contentUrl"].removeprefix(address)
            assert there.is_file(), path
            assert TYPES[there.suffix] == file["encodingFormat"]
        if path != "data/":
            assert re.fullmatch(rf"{address}data/v1/7d/{last}(\.r\d+)?\.json", thing["distribution"][-1]["contentUrl"])
    names = [thing["name"] for thing in datasets.values()]
    assert len(set(names)) == len(names)


def test_the_page_of_the_data_files_covers_all_days_from_the_first_of_the_first_window(sample_site):
    thing = told_on_pages(sample_site.folder)["data/"]["Dataset"]
    assert thing["temporalCoverage"] == "2026-04-28/2026-08-31"
    assert "since 4 May 2026" in thing["description"]


def test_the_columns_that_a_dataset_names_are_those_of_its_file(sample_site):
    thing = told((sample_site.folder / "tasks/code/debugging/index.html").read_text("utf-8"))["Dataset"]
    head, *_ = (sample_site.folder / "charts/code-debugging.csv").read_text("utf-8").splitlines()
    measures = {measure["name"]: measure["description"] for measure in thing["variableMeasured"]}
    assert set(measures) < set(head.split(","))
    assert measures["token_share"] == "Share of the task's classified tokens, 0 to 1"


def test_real_data_name_source_and_licence_and_the_sample_claims_neither(sample_site, real_site):
    real = told((real_site / "tasks/code/task_0/index.html").read_text("utf-8"))["Dataset"]
    assert real["creditText"] == "Source: OpenRouter (openrouter.ai/rankings), as of 2026-08-30."
    assert real["isBasedOn"] == "https://openrouter.ai/rankings"
    assert real["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert real["creator"] == {"@type": "Organization", "name": DEFAULTS.name, "url": ADDRESS}
    for path, things in told_on_pages(sample_site.folder).items():
        if thing := things.get("Dataset"):
            assert thing["name"].endswith(" (sample data)"), path
            assert thing["description"].startswith("Sample data, fictional models and made-up figures, "), path
            assert thing["creditText"].startswith("Sample data, fictional models"), path
            assert not {"isBasedOn", "license"} & thing.keys(), path


def test_breadcrumbs_are_those_that_readers_see_and_the_page_itself(sample_site):
    for path, things in told_on_pages(sample_site.folder).items():
        html = (sample_site.folder / (path if path == "404.html" else f"{path}index.html")).read_text("utf-8")
        nav = re.search(r'<nav class="breadcrumbs".*?</nav>', html, re.DOTALL)
        assert bool(nav) == ("BreadcrumbList" in things), path
        if nav:
            valid(BreadcrumbList, things["BreadcrumbList"])
            *above, itself = things["BreadcrumbList"]["itemListElement"]
            seen = re.findall(r'<a href="([^"]*)">([^<]*)</a>', nav[0])
            assert [(item["item"]["@id"], item["name"]) for item in above] == [
                (there(path, link.removesuffix("index.html")), unescape(text)) for link, text in seen
            ]
            assert [item["position"] for item in (*above, itself)] == list(range(1, len(above) + 2))
            assert itself["name"]


def there(path, link):
    """Where a relative link of a page leads, at the site's address."""
    up = link.count("../")
    folders = path.rstrip("/").split("/")
    return PREVIEW_ADDRESS + "".join(f"{folder}/" for folder in folders[: len(folders) - up]) + link.lstrip("./")


def test_what_a_task_tells_programs_is_small(real_site):
    for page in (real_site / "tasks").glob("*/*/index.html"):
        html = page.read_text("utf-8")
        without = re.sub(r'<script type="application/ld\+json">[^<]*</script>\n', "", html)
        assert without != html
        added = len(gzip.compress(html.encode(), mtime=0)) - len(gzip.compress(without.encode(), mtime=0))
        assert added <= MOST_BYTES, page


@pytest.mark.browser
def test_the_policy_of_the_pages_lets_data_be_there_and_the_browser_runs_none_of_it(real_site, open_page):
    with serve_folder(real_site) as url:
        for path in ("tasks/code/task_0/", "editions/2026-W35/", "models/"):
            opened = open_page(url + path)
            texts = opened.page.locator('script[type="application/ld+json"]').all_text_contents()
            assert [json.loads(text)["@context"] for text in texts] == ["https://schema.org"]
            assert opened.messages == [], "a policy that were broken would be told of here"
