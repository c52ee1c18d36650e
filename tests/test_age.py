"""The age of the figures, told by the reader's own clock."""

import datetime

import pytest
import responses
from browser import serve_folder
from built import build

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def url(tmp_path_factory, drawings):
    out = tmp_path_factory.mktemp("aged") / "site"
    build(out, [("7d/2026-08-31.json", responses.body(tasks=4))], cache=drawings)
    with serve_folder(out) as address:
        yield address


def told(open_page, url, now, path=""):
    """What the band says at a moment; None where there is none."""
    opened = open_page("about:blank")
    opened.page.clock.set_fixed_time(datetime.datetime.fromisoformat(now))
    opened.page.goto(f"{url}{path}", wait_until="load")
    band = opened.page.locator(".stale")
    assert opened.messages == []
    return band.inner_text() if band.count() else None


@pytest.mark.parametrize("now", ["2026-08-30T12:00Z", "2026-08-31T23:00Z", "2026-09-01T06:00Z", "2026-09-02T23:59Z"])
def test_fresh_figures_are_shown_without_a_word(open_page, url, now):
    assert told(open_page, url, now) is None


def test_past_two_days_a_band_says_how_old_they_are(open_page, url):
    assert told(open_page, url, "2026-09-03T00:00Z") == "These figures are 3 days old. The next snapshot is late."
    assert told(open_page, url, "2026-09-07T12:00Z", "tasks/code/task_0/").startswith("These figures are 7 days old.")


def test_past_seven_days_it_says_what_that_means(open_page, url):
    assert told(open_page, url, "2026-09-08T00:00Z") == (
        "These figures are 8 days old. No newer snapshot came: places and shares may have changed."
    )


def test_a_page_of_a_day_does_not_age(open_page, url):
    assert told(open_page, url, "2027-01-01T00:00Z", "days/2026-08-31/") is None
