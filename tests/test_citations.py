"""Citations: rendered by a CSL processor, read by a BibTeX parser; CITATION.cff against its schema."""

import json
import subprocess
import sys
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import bibtexparser
import pytest
from bibtexparser.middlewares import LatexDecodingMiddleware
from built import DEFAULTS, text_of
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from generator.pages.citation import citation_of

ROOT = Path(__file__).parent.parent
SOURCE = "Source: OpenRouter (openrouter.ai/rankings), as of 2026-08-30. Licensed under CC BY 4.0."
PUBLISHED = replace(DEFAULTS, address="https://example.org/task-share/")
HOSTILE = 'Q&A 100 % #1 $x_y {z} \\ ~ ^ "quoted" <i>'


def citation(title="Week 35 of 2026: tasks and models", settings=PUBLISHED):
    return citation_of(title, "editions/2026-W35/", date(2026, 8, 30), "2026-W35", SOURCE, settings)


def rendered(entry):
    """What a bibliography prints of an entry, in the style that comes with the processor."""
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON([entry]), formatter.plain)
    bibliography.register(Citation([CitationItem(entry["id"])]))
    return str(bibliography.bibliography()[0])


def bibtex_of(text):
    """Key, and the fields as LaTeX prints them."""
    library = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert library.failed_blocks == []
    (entry,) = library.entries
    return entry.key, {name: field.value.strip("{}") for name, field in entry.fields_dict.items()}


def test_the_forms_say_who_when_what_which_version_where_and_the_source_s_own_line():
    found = citation()
    url = "https://example.org/task-share/editions/2026-W35/"
    assert found.sentence == f"Week 35 of 2026: tasks and models. Task Share, 2026-W35. {SOURCE}"
    assert found.apa == (
        f"Task Share. (2026). Week 35 of 2026: tasks and models (Version 2026-W35) [Data set]. {url} {SOURCE}"
    )
    assert found.url == url
    for form in (found.apa, found.bibtex, found.csl):
        assert url in form
        assert SOURCE in form


def test_a_csl_processor_renders_the_citation():
    (entry,) = json.loads(citation().csl)
    text = rendered(entry)
    for part in ("Task Share", "2026", "Week 35 of 2026: tasks and models", "https://example.org/task-share/editions/"):
        assert part in text
    assert entry["issued"] == {"date-parts": [[2026, 8, 30]]}
    assert entry["note"] == SOURCE


def test_bibtex_is_read_as_it_was_meant():
    key, fields = bibtex_of(citation().bibtex)
    assert key == "task-share-editions-2026-w35"
    assert fields == {
        "author": "Task Share",
        "title": "Week 35 of 2026: tasks and models",
        "year": "2026",
        "month": "aug",
        "version": "2026-W35",
        "url": "https://example.org/task-share/editions/2026-W35/",
        "note": SOURCE,
    }


def test_names_that_mean_something_to_latex_or_json_stay_names():
    found = citation(HOSTILE, replace(PUBLISHED, name="A & B_{C} D"))
    (entry,) = json.loads(found.csl)
    assert (entry["title"], entry["author"]) == (HOSTILE, [{"literal": "A & B_{C} D"}])
    _, fields = bibtex_of(found.bibtex)
    assert fields["title"].replace("\u02c6", "^") == HOSTILE
    assert fields["author"] == "A & B_{C} D"


# ---------------------------------------------------------------- on the pages


@pytest.mark.parametrize(
    ("path", "version", "of"),
    [
        ("embed/code-debugging/", "2026-08-31", "tasks/code/debugging/"),
        ("embed/code/", "2026-08-31", "tasks/code/"),
        ("embed/macro/", "2026-08-31", ""),
        ("editions/2026-W35/", "2026-W35", "editions/2026-W35/"),
    ],
)
def test_pages_give_every_form_of_themselves(sample_site, path, version, of):
    snippets = sample_site.page(path).findall(".//div[@class='snippet']")
    forms = {text_of(snippet.find("h3")): "".join(snippet.find(".//code").itertext()) for snippet in snippets}
    texts = [forms[name] for name in ("As a sentence", "APA", "BibTeX", "CSL-JSON")]
    assert all(f"http://localhost:8000/{of}" in text and version in text for text in texts)
    assert all("Sample data, fictional models: not OpenRouter's figures." in text for text in texts)
    (entry,) = json.loads(texts[3])
    assert rendered(entry).startswith("Task Share")
    key, fields = bibtex_of(texts[2])
    assert key == entry["id"]
    assert fields["title"] == entry["title"]


# ---------------------------------------------------------------- CITATION.cff


def test_both_files_are_as_their_schema_says(sample_site):
    files = [ROOT / "CITATION.cff", sample_site.folder / "CITATION.cff"]
    schema = ["--builtin-schema", "vendor.citation-file-format", "--force-filetype", "yaml"]
    command = [sys.executable, "-m", "check_jsonschema", *schema, *map(str, files)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_the_project_s_file_has_the_version_and_the_licence_of_the_project(sample_site):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    text = (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"version: {project['version']}\n" in text
    assert f"license: {project['license']}\n" in text
    assert "as of {as_of}. Licensed under CC BY 4.0." in text
    own = (sample_site.folder / "CITATION.cff").read_text("utf-8")
    assert 'version: "2026-08-31"' in own
    assert "license" not in own, "nobody licenses the sample"
