"""The fetch stage by itself: limits in real time, proxies, what it hands on."""

import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from conftest import CANARY, FakeTime
from fake_api import FakeApi, Reply
from responses import body, error

from generator.errors import FetchError, TransientFetchError
from generator.fetch import Limits, clean_key, download
from generator.settings import load_settings
from generator.validate import error_message

SETTINGS = load_settings("", {}, {})
QUICK = Limits(connect_seconds=0.2, read_seconds=0.2)


@pytest.fixture
def get(api):
    """Download from the fake endpoint, with waits that take no time."""

    def get(*replies, limits=QUICK, url=None, **settings):
        api.answers(*replies)
        fake = FakeTime()
        return download(
            url or api.url,
            CANARY,
            replace(SETTINGS, **settings),
            error_message,
            clock=fake.clock().monotonic,
            sleep=fake.slept.append,
            limits=limits,
        )

    return get


def test_a_download_is_the_body_its_date_and_the_number_of_requests(get):
    made = get(Reply(error(500, "oops"), 500), body())
    assert made.body == body()
    assert made.answered_at == datetime(2026, 9, 1, 0, 39, 12, tzinfo=UTC)
    assert made.attempts == 2


@pytest.mark.parametrize("date", [None, "", "soon", "Tue, 31 Feb 2026 00:00:00 GMT", "Fri, 31 Dec 9999 23:00:00 -2300"])
def test_a_date_that_cannot_be_read_is_no_date(get, date):
    assert get(Reply(body(), headers={"Date": date})).answered_at is None


def test_a_server_that_falls_silent_is_left_and_asked_again(get, api):
    assert get(Reply(hangs=True), Reply(body(), drips_seconds=1), body()).attempts == 3
    assert len(api.requests) == 3


def test_a_server_that_stays_silent_is_said_to_have_not_answered_in_time(get):
    with pytest.raises(TransientFetchError, match=r"127\.0\.0\.1 did not answer in time .*Gave up after 2 tries"):
        get(Reply(hangs=True), tries=2)


@pytest.mark.parametrize("dripping", [Reply(body(), drips_seconds=0.05), Reply(b"x" * 9, 503, drips_seconds=0.05)])
def test_a_server_that_drips_cannot_hold_the_program_longer_than_the_total_time(get, dripping):
    began = time.monotonic()
    with pytest.raises(TransientFetchError, match=r"did not finish its answer within 0\.5 s"):
        get(dripping, tries=1, total_seconds=0.5)
    assert 0.4 < time.monotonic() - began < 2


def test_the_status_of_an_error_counts_even_if_its_body_never_comes(get):
    with pytest.raises(FetchError, match=r"answered 401 Unauthorized\. The key is wrong"):
        get(Reply(error(401, "User not found."), 401, sent_bytes=5))


@pytest.mark.parametrize("max_bytes", [1, 100, len(body()) - 1])
def test_a_body_over_the_limit_is_refused_while_it_is_read(get, api, max_bytes):
    for headers in ({}, {"Content-Length": None}):
        with pytest.raises(FetchError, match=rf"larger than {max_bytes:,} bytes, expected about 31,000"):
            get(Reply(body(), headers=headers), limits=Limits(max_bytes=max_bytes))
        assert len(api.requests) == 1


def test_a_body_of_exactly_the_limit_is_taken(get):
    assert get(body(), limits=Limits(max_bytes=len(body()))).body == body()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_no_proxy_gets_a_request_to_this_machine(get, api, monkeypatch, host):
    with FakeApi() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        assert get(body(), url=f"http://{host}:{api.port}/api/v1/").body == body()
        assert proxy.requests == []


def test_a_proxy_sees_only_the_name_of_the_official_host(get, monkeypatch):
    """The one request of the tests to the official host ends at a proxy on this machine, which refuses it."""
    with FakeApi() as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        with pytest.raises(TransientFetchError, match=r"^the proxy .* did not connect to openrouter\.ai"):
            get(url="https://openrouter.ai/api/v1", tries=1)


def test_a_proxy_of_an_unknown_kind_is_said_without_its_password(get, monkeypatch):
    monkeypatch.setenv("ALL_PROXY", "gopher://user:word@127.0.0.1:70")
    with pytest.raises(FetchError, match="the proxy that HTTPS_PROXY or ALL_PROXY names cannot be used") as raised:
        get(url="https://openrouter.ai/api/v1")
    assert "word" not in str(raised.value)


def test_a_key_loses_the_white_space_around_it():
    assert clean_key(f" {CANARY}\r\n") == CANARY


def test_an_error_never_holds_the_key_even_in_its_causes(get):
    with pytest.raises(FetchError) as raised:
        get(Reply(b"HTTP? " + CANARY.encode(), headers={"Content-Length": "9999"}), tries=1)
    cause: BaseException | None = raised.value
    while cause is not None:
        assert CANARY not in repr(cause)
        cause = cause.__cause__ or cause.__context__
