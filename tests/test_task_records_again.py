"""The record of each task of the sample, worked out again in plain Python and read back from its page."""

import pytest
import raw_records
from built import text_of

from generator.addresses import task_path

TASKS = sorted(raw_records.days()[max(raw_records.days())])


@pytest.fixture(params=TASKS)
def tag(request):
    return request.param


@pytest.fixture
def page(sample_site, tag):
    category = raw_records.days()[max(raw_records.days())][tag]["macro_category"]
    return sample_site.page(task_path(category, tag))


def rows(page, caption):
    """The table whose caption says this, as texts; notes for screen readers apart."""
    found = [table for table in page.findall(".//table") if caption in text_of(table.find("caption"))]
    if not found:
        return None
    for note in found[0].findall(".//span[@class='unseen']"):
        note.text = ""
    return [[text_of(cell) for cell in row] for row in found[0].find("tbody")]


def test_the_record_of_each_task_is_that_of_the_responses(page, tag):
    heading = next(h3 for h3 in page.iter("h3") if h3.get("id") == "record")
    section = next(section for section in page.iter("section") if heading in list(section))
    assert [text_of(item) for item in section.find("ul")] == raw_records.sentences_of(tag)


def test_the_leaders_of_each_task_are_those_of_the_responses(page, tag):
    expected = [["", *reign] for reign in raw_records.reigns(tag)]
    assert rows(page, "First by requests in") == (expected if len(expected) > 1 else None)
