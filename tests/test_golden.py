"""A small site, kept as it should be under tests/expected/ and reviewed as if it were published.

When a change is meant: `uv run pytest tests/test_golden.py --update-golden`, then read the difference. Never in CI.
"""

import difflib
import os
import re
import shutil
from pathlib import Path

import pytest
import responses
from built import build
from conftest import contents

EXPECTED = Path(__file__).parent / "expected"
_ALIKE = re.compile(r"(e|embed)/(?!macro/|code-task_0/).*|badges/(?!code/).*")  # those of other charts
_KEPT = re.compile(r".*\.(html|md|xml|json|txt)|search-index\.js|charts/macro(-text)?\.(svg|json|vega\.js)")


def kept(folder):
    """What is compared: pages and files for programs. Blanked out are the version of the assets, which are not, the
    digest of all that the site is made of, and the checksums of workbooks: they are packed by the zlib of the machine.
    """
    return {
        path: re.sub(
            r'(\?v=|data-version="|"digest": ")[0-9a-f]{10,64}|(\.xlsx","what.*"bytes":)\d+,"sha256":"\w+"',
            r"\1\2",
            body.decode(),
        )
        for path, body in contents(folder).items()
        if _KEPT.fullmatch(path)
        and not _ALIKE.fullmatch(path)
        and not path.startswith("static/")
        and (path.count("charts/") == 0 or "macro" in path)
    }


@pytest.fixture(scope="module")
def small_site(tmp_path_factory, drawings):
    out = tmp_path_factory.mktemp("golden") / "site"
    build(out, [("7d/2026-08-31.json", responses.body(tasks=3, models=3))], cache=drawings)
    return kept(out)


def test_the_site_is_the_expected_one(small_site, request):
    if request.config.getoption("--update-golden"):
        assert not os.environ.get("CI"), "the expected site is never written in CI"
        write(small_site)
    expected = {path: body.decode() for path, body in contents(EXPECTED).items()}
    assert sorted(small_site) == sorted(expected)
    differences = [difference(path, expected[path], small_site[path]) for path in sorted(expected)]
    assert "".join(differences) == ""


def write(files):
    shutil.rmtree(EXPECTED, ignore_errors=True)
    for path, text in files.items():
        (EXPECTED / path).parent.mkdir(parents=True, exist_ok=True)
        (EXPECTED / path).write_text(text, "utf-8", newline="\n")


def difference(path, expected, found):
    lines = difflib.unified_diff(expected.splitlines(), found.splitlines(), f"expected/{path}", path, lineterm="", n=1)
    return "".join(f"{line[:300]}\n" for line in lines)
