"""oEmbed as a consumer meets it: a program that nobody here wrote finds the description from a page and reads it."""

import dataclasses

import pytest
import responses
from browser import serve_folder
from built import DEFAULTS, build
from pyoembed import oEmbed

ANSWER = [("7d/2026-08-31.json", responses.body(tasks=4))]
PLACES = ("", "tasks/code/", "tasks/code/task_0/", "models/", "e/macro/", "e/code-task_0/")


@pytest.fixture(scope="module")
def published(tmp_path_factory, drawings):
    """A site at the address that it was built for."""
    folder = tmp_path_factory.mktemp("published")
    with serve_folder(folder / "site") as address:
        settings = dataclasses.replace(DEFAULTS, address=address)
        build(folder / "site", ANSWER, settings=settings, cache=drawings)
        yield address


@pytest.mark.parametrize("place", PLACES)
def test_a_consumer_finds_and_reads_the_description_from_the_page(published, place):
    told = oEmbed(f"{published}{place}")
    assert (told["version"], told["type"], told["provider_name"]) == ("1.0", "rich", "Task Share")
    assert isinstance(told["width"], int) and isinstance(told["height"], int)
    assert told["html"].startswith("<blockquote>")
    assert f'<iframe src="{published}e/' in told["html"]
    assert "Source: OpenRouter (openrouter.ai/rankings), as of 2026-08-31." in told["html"]


def test_the_description_of_a_page_is_that_of_its_first_chart(published):
    assert oEmbed(f"{published}tasks/code/task_0/") == oEmbed(f"{published}e/code-task_0/")
