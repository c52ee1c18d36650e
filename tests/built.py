"""Sites built once for all tests that read pages."""

import fcntl
from dataclasses import dataclass, replace
from pathlib import Path

import html5lib
import pytest

from generator import analyse, archive, files, pipeline, validate
from generator.models import Settings
from generator.settings import load_settings

DEFAULTS: Settings = load_settings("", {}, {})
WITHOUT_PACKS = replace(DEFAULTS, packs=0)  # which take seconds to draw; tests/test_packs.py and the sample have them


@dataclass(frozen=True)
class Site:
    """A built site and the response that it shows."""

    folder: Path
    response: bytes

    def page(self, path):
        """A page as a browser reads it."""
        return html5lib.parse((self.folder / path / "index.html").read_text("utf-8"), namespaceHTMLElements=False)


def text_of(element):
    """The text of an element as a reader sees it: white space folded, no-break spaces as spaces."""
    return " ".join("".join(element.itertext()).split())


def editions_of(page):
    """Of the page of changes: heading, part -> lines, and the links of each edition by its label."""
    found = {}
    for section in page.findall(".//section[@class='edition']"):
        parts = {
            text_of(h3): [text_of(li) for li in ul]
            for h3, ul in zip(section.findall("h3"), section.findall("ul"), strict=True)
        }
        found[section.find("h2").get("id")] = (text_of(section.find("h2")), parts, list(section.iter("a")))
    return found


def build(out, files, *, settings=WITHOUT_PACKS, cache=None):
    """Build the site of an archive that is given as paths and bodies."""
    data = out.with_name(f"{out.name}-data")
    for path, body in files:
        (data / path).parent.mkdir(parents=True, exist_ok=True)
        (data / path).write_bytes(body)
    return pipeline.build_site(data, out, settings, cache=cache)


def data_files(archived, settings=DEFAULTS):
    """The data files of an archive alone, by path: what the index says of each and its bytes."""
    parse, digest = validate.parse_snapshot, validate.content_digest
    kept = archive.assemble("7d", (archive.ArchiveFile(*file) for file in archived), parse=parse, digest=digest)
    report, log = analyse.analyse(kept), analyse.log_of(kept)
    found = files.data_files(kept, report, log, settings, validate.answer_schema(), "# Changes\n")
    return {file.entry.path: file for file in found}


@pytest.fixture(scope="session")
def shared(tmp_path_factory, worker_id):
    """A folder that all workers of a run share."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def drawings(shared):
    """A cache of drawings for all builds of a run."""
    return shared / "drawings"


@pytest.fixture(scope="session")
def sample_site(shared, drawings):
    """The site that a newcomer sees: the sample. One worker builds it, the others wait; all only read it."""
    out = shared / "sample" / "site"
    with (shared / "sample.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not out.exists():
            pipeline.build_site(out.with_name("none"), out, DEFAULTS, cache=drawings)
    from generator.sample import sample_files

    *_, (_, response) = sample_files()
    return Site(out, response)
