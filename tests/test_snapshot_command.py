"""`generator snapshot` as a user runs it, against a real server on localhost: the rows of the operating rules."""

import gzip
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import CANARY, FakeTime, contents
from fake_api import FakeApi, Reply
from openrouter import OpenRouter
from responses import answer, body, dump, error, thousandths

from generator.__main__ import main

DAY = "2026-08-31"
GOOD = body(DAY)


def reply(status, message="no", **headers):
    return Reply(error(status, message), status, headers)


@pytest.fixture
def stored(snapshot, data):
    """An archive with one good day, and a check that a refusal left it byte for byte as it was."""
    assert snapshot(body("2026-08-30")).code == 0
    before = contents(data)

    def untouched():
        return contents(data) == before

    return untouched


def test_a_good_answer_is_stored_byte_for_byte_and_said_in_one_line(snapshot, api, data):
    result = snapshot(GOOD)
    assert (result.code, result.err) == (0, "")
    assert result.out == "stored data/7d/2026-08-31.json (8 tasks, 5 models)\n"
    assert contents(data) == {"7d/2026-08-31.json": GOOD}


def test_the_request_asks_for_the_window_and_says_who_asks(snapshot, api):
    snapshot(
        GOOD, options=["--base-url", "https://example.org/tasks", "--name", "Aufgaben für alle", "--categories", "a,b"]
    )
    [request] = api.requests
    assert request.path == "/api/v1/classifications/task?window=7d"
    assert request.headers["Authorization"] == f"Bearer {CANARY}"
    assert request.headers["HTTP-Referer"] == "https://example.org/tasks/"
    assert request.headers["X-OpenRouter-Title"].encode("latin-1").decode() == "Aufgaben für alle"
    assert request.headers["X-OpenRouter-Categories"] == "a,b"


def test_without_an_address_no_referer_is_sent(snapshot, api):
    snapshot(GOOD)
    assert api.requests[0].headers["HTTP-Referer"] is None
    assert api.requests[0].headers["X-OpenRouter-Title"] == "Task Share"
    assert api.requests[0].headers["X-OpenRouter-Categories"] is None


# 1
def test_a_key_that_expired_is_not_tried_again_and_the_message_says_how_to_replace_it(snapshot, api, stored):
    result = snapshot(reply(401, "User not found."))
    assert (result.code, result.out, len(api.requests), result.slept) == (1, "", 1, [])
    assert result.err.startswith(
        'error: 127.0.0.1 answered 401 Unauthorized: "User not found.". The key is wrong, expired'
    )
    for step in ("https://openrouter.ai/settings/keys", "Secrets and variables -> Actions", "OPENROUTER_API_KEY"):
        assert step in result.err
    assert stored()


# 2
@pytest.mark.parametrize(
    "key", ["", " ", "\n", f"{CANARY}\nX-Evil: 1", f'"{CANARY}"', f"'{CANARY}'", f"a {CANARY}", f"{CANARY}é"]
)
def test_a_key_that_cannot_be_one_is_said_before_any_request(snapshot, api, stored, key):
    api.answers(GOOD)
    result = snapshot(key=key)
    assert (result.code, result.out, api.requests) == (1, "", [])
    assert result.err.startswith("error: OPENROUTER_API_KEY ")
    assert "Settings -> Secrets and variables -> Actions" in result.err
    assert "export OPENROUTER_API_KEY=" in result.err
    assert stored()


def test_a_missing_key_is_said_before_any_request(api, data, tmp_path):
    environ = {name: value for name, value in os.environ.items() if name != "OPENROUTER_API_KEY"}
    result = _process(api, tmp_path, environ)
    assert result.returncode == 1
    assert result.stderr.startswith("error: OPENROUTER_API_KEY is missing or empty, expected a key")
    assert (api.requests, contents(tmp_path)) == ([], {})


def test_a_line_break_after_the_key_is_left_out(snapshot, api):
    assert snapshot(GOOD, key=f"{CANARY}\r\n").code == 0
    assert api.requests[0].headers["Authorization"] == f"Bearer {CANARY}"


# 3
@pytest.mark.parametrize(
    ("status", "phrase"), [(400, "Bad Request"), (402, "Payment Required"), (403, "Forbidden"), (404, "Not Found")]
)
def test_what_will_not_pass_is_not_tried_again_and_its_message_is_shown(snapshot, api, stored, status, phrase):
    result = snapshot(reply(status, "Not for you"))
    assert (result.code, result.out, len(api.requests), result.slept) == (1, "", 1, [])
    assert result.err.startswith(f'error: 127.0.0.1 answered {status} {phrase}: "Not for you". Nothing was stored; ')
    assert stored()


def test_a_window_that_is_not_offered_is_said_with_the_servers_words(snapshot, api, stored):
    api.answers()
    result = snapshot(options=["--window", "30d"])
    assert result.err.startswith('error: 127.0.0.1 answered 400 Bad Request: "Invalid window". ')
    assert "--window" in result.err
    assert stored()


def test_a_servers_message_is_shortened_and_cannot_speak_to_a_ci_log(snapshot, stored):
    hostile = "a\n::error::x\r\n##[set-env name=X]\x1b[31m\u202e" + "long " * 1000
    result = snapshot(reply(403, hostile))
    assert result.err.count("\n") == 1 and len(result.err) < 500
    assert "##[" not in result.err and "\x1b" not in result.err and "\u202e" not in result.err
    assert '"a ::error::x ' in result.err
    assert stored()


@pytest.mark.parametrize(
    "sent", [b"", b"<h1>gone</h1>", b"[" * 100_000, b'{"error":"text"}', b'{"error":{"message":7}}', b"x" * 200_000]
)
def test_an_error_without_a_message_is_said_by_its_status(snapshot, stored, sent):
    result = snapshot(Reply(sent, 403))
    assert result.err.startswith("error: 127.0.0.1 answered 403 Forbidden. Nothing was stored; ")
    assert stored()


# 4
def test_too_many_requests_waits_as_long_as_the_server_asks_and_then_succeeds(snapshot, api, data):
    seconds = reply(429, "Slow down", **{"Retry-After": "7"})
    milliseconds = reply(429, "Slow down", **{"retry-after-ms": "1500", "Retry-After": "9"})
    at_a_date = reply(429, "Slow down", **{"Retry-After": "Tue, 01 Sep 2026 00:39:42 GMT"})
    result = snapshot(seconds, milliseconds, at_a_date, GOOD)
    assert (result.code, result.slept) == (0, [7.0, 1.5, 30.0])
    assert result.out == "stored data/7d/2026-08-31.json (8 tasks, 5 models)\n"


def test_no_wait_is_longer_than_two_minutes_and_no_more_than_five_requests_are_sent(snapshot, api, stored):
    result = snapshot(reply(429, "Slow down", **{"Retry-After": "86400"}))
    assert (result.code, result.slept, len(api.requests)) == (1, [120.0] * 4, 5)
    assert result.err == (
        'error: 127.0.0.1 answered 429 Too Many Requests: "Slow down"; it asks to wait 86400 s. '
        "Gave up after 5 tries. Nothing was stored; the next run tries again\n"
    )
    assert stored()


def test_all_tries_and_waits_together_stay_within_the_total_time(snapshot, api, stored):
    result = snapshot(reply(429, **{"Retry-After": "100"}), options=["--total-seconds", "250", "--tries", "20"])
    assert (result.code, result.slept, len(api.requests)) == (1, [100.0] * 2, 3)
    assert "Gave up after 3 tries; 250 s for all tries are used up. " in result.err
    assert stored()


@pytest.mark.parametrize("asked", ["soon", "-1", "", "1e9", "Tue, 99 Sep 2026 00:39:42 GMT", "٣"])
def test_a_wait_that_cannot_be_understood_is_replaced_by_the_programs_own(snapshot, asked):
    result = snapshot(reply(429, **{"Retry-After": asked}), GOOD)
    assert result.code == 0
    assert 0.5 <= result.slept[0] <= 1.0


# 5
@pytest.mark.parametrize("status", [408, 500, 502, 503, 529])
def test_what_may_pass_is_tried_again_with_longer_waits(snapshot, api, stored, status):
    result = snapshot(reply(status, "oops"))
    assert (result.code, len(api.requests), len(result.slept)) == (1, 5, 4)
    for n, slept in enumerate(result.slept):
        assert 0.5 * 1.5**n <= slept <= 0.5 * 1.5**n + 0.5
    assert f"error: 127.0.0.1 answered {status}" in result.err and '"oops". Gave up after 5 tries. ' in result.err
    assert stored()


def test_one_good_answer_after_failures_is_enough(snapshot, api, data):
    assert snapshot(reply(500), reply(503), GOOD).code == 0
    assert len(api.requests) == 3
    assert contents(data) == {"7d/2026-08-31.json": GOOD}


def test_a_server_that_hangs_is_left_when_the_total_time_is_over(snapshot, api, stored):
    result = snapshot(Reply(hangs=True), options=["--total-seconds", "0.3", "--tries", "1"])
    assert result.code == 1
    assert result.err.startswith("error: 127.0.0.1 did not finish its answer within 0.3 s. Gave up after 1 try. ")
    assert stored()


def test_a_server_that_drips_is_left_when_the_total_time_is_over(snapshot, api, stored):
    result = snapshot(Reply(GOOD, drips_seconds=0.02), options=["--total-seconds", "0.4", "--tries", "1"])
    assert result.code == 1
    assert result.err.startswith("error: 127.0.0.1 did not finish its answer within 0.4 s. ")
    assert stored()


def test_a_server_that_is_not_there_is_tried_again(run, stored):
    with FakeApi() as gone:
        url = gone.url
    result = run("snapshot", "--api-url", url, "--tries", "3")
    assert (result.code, len(result.slept)) == (1, 2)
    assert result.err.startswith("error: no connection to 127.0.0.1, or it broke off: ")
    assert stored()


# 6
@pytest.mark.parametrize(
    "cut",
    [
        Reply(GOOD, sent_bytes=1000),
        Reply(GOOD, sent_bytes=0),
        Reply(GOOD[:1000]),
        Reply(GOOD[:-1]),
        Reply(GOOD, headers={"Content-Length": None}, sent_bytes=2000),
        Reply(b""),
        Reply(b"  \n"),
        Reply(GOOD + b"}"),
        Reply(GOOD.replace(b"Task 3", b"Task \xc3")),
    ],
)
def test_an_answer_that_is_not_whole_is_tried_again_and_never_stored(snapshot, api, stored, data, cut):
    result = snapshot(cut)
    assert (result.code, len(api.requests)) == (1, 5)
    assert "Gave up after 5 tries. Nothing was stored" in result.err
    assert stored()
    assert snapshot(cut, GOOD).code == 0
    assert contents(data)["7d/2026-08-31.json"] == GOOD


# 7
@pytest.mark.parametrize(
    ("page", "said"),
    [
        (
            Reply(b"<html>Just a moment</html>", headers={"Content-Type": "text/html; charset=UTF-8"}),
            '"text/html", expected application/json',
        ),
        (Reply(GOOD, headers={"Content-Type": "text/html"}), '"text/html", expected application/json'),
        (Reply(GOOD, headers={"Content-Type": "image/png"}), '"image/png", expected application/json'),
        (Reply(b"<html>Just a moment</html>"), "does not begin as a JSON object"),
        (Reply(b"[]"), "does not begin as a JSON object"),
        (Reply(b"<html>", headers={"Content-Type": None}), "does not begin as a JSON object"),
    ],
)
def test_a_page_with_status_200_is_tried_again_and_never_stored(snapshot, api, stored, data, page, said):
    result = snapshot(page)
    assert (result.code, len(api.requests)) == (1, 5)
    assert said in result.err and "Just a moment" not in result.err
    assert stored()
    assert snapshot(page, GOOD).code == 0


@pytest.mark.parametrize(
    "kind", [None, "application/octet-stream", "application/json; charset=utf-8", "application/problem+json"]
)
def test_an_answer_is_taken_whatever_harmless_type_a_mirror_gives_it(snapshot, data, kind):
    assert snapshot(Reply(GOOD, headers={"Content-Type": kind})).code == 0
    assert contents(data) == {"7d/2026-08-31.json": GOOD}


def test_an_answer_that_is_packed_all_the_same_is_unpacked(snapshot, data):
    assert snapshot(Reply(gzip.compress(GOOD), headers={"Content-Encoding": "gzip"})).code == 0
    assert contents(data) == {"7d/2026-08-31.json": GOOD}


# 8
def hostile(**changes):
    value = answer(DAY)
    value["data"]["classifications"][0] |= changes
    return dump(value)


def fresh(old, new):
    """The good answer with one thing replaced."""
    assert old in GOOD
    return GOOD.replace(old, new, 1)


HUGE = b"{" + b" " * (4 * 1024 * 1024)
BOMB = gzip.compress(b" " * 50_000_000)
OPEN = b'"data":{'

HOSTILE = {
    "a huge body": (HUGE, "larger than 4,194,304 bytes"),
    "a huge body of unknown length": (Reply(HUGE, headers={"Content-Length": None}), "larger than"),
    "a huge length": (Reply(b"{}", headers={"Content-Length": "9" * 18}), "larger than"),
    "a body that unpacks to 50 MB": (Reply(BOMB, headers={"Content-Encoding": "gzip"}), "larger than"),
    "NaN": (fresh(OPEN, b'"data":{"x":NaN,'), "found NaN, expected a number"),
    "Infinity": (fresh(OPEN, b'"data":{"x":-Infinity,'), "found -Infinity, expected a number"),
    "a number beyond a float": (fresh(OPEN, b'"data":{"x":1e999,'), "found the number 1e999"),
    "a number of 5,000 digits": (fresh(OPEN, b'"data":{"x":' + b"9" * 5000 + b","), "thousands of digits"),
    "a key twice": (fresh(OPEN, b'"data":{"as_of":"2026-08-01",'), 'found the key "as_of" twice'),
    "deep lists": (b'{"data":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested deeper than 20"),
    "deep objects": (b'{"data":' * 30 + b"1" + b"}" * 30, "nested deeper than 20"),
    "a date that is a path": (body("../../../etc/passwd"), 'data.as_of: found "../../../etc/passwd" (text)'),
    "a date that is none": (body("2026-02-30"), 'data.as_of: found "2026-02-30" (text), expected a date like 2026-'),
    "a date in other digits": (body("٢٠٢٦-٠٨-٣١"), "expected a date like 2026-08-31"),
    "a date with a line break": (body("2026-08-31\n"), 'data.as_of: found "2026-08-31\\n" (text)'),
    "a tag that is a command": (hostile(tag="a\n::set-output::y"), '[0].tag: found "a\\n::set-output::y" (text)'),
    "a label with a control character": (hostile(display_name="a\x1b[2J"), 'name: found "a\\u001b[2J" (text)'),
    "half a character": (fresh(b"Task 3", b"Task \\ud800"), 'display_name: found "Task \\ud800 & more" (text)'),
    "a long tag": (hostile(tag="x" * 201), "expected text of 1 to 200 characters"),
    "an empty tag": (hostile(tag=""), 'data.classifications[0].tag: found "" (text)'),
    "a blank label": (hostile(display_name=" \u2003 "), "expected text of 1 to 200 characters"),
}


@pytest.mark.parametrize(("sent", "said"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_answer_is_refused_at_once_and_in_harmless_words(snapshot, api, stored, sent, said):
    result = snapshot(sent)
    assert (result.code, result.out, len(api.requests)) == (1, "", 1)
    assert said in result.err
    assert result.err.isascii() and len(result.err) < 1000
    assert not any(line.lstrip().startswith("::") for line in result.err.splitlines())
    assert stored()


@pytest.mark.parametrize(
    "text", ["../../x", "</script><img src=x onerror=alert(1)>", "=1+1", "🦙 \u202eabc", "a" * 200]
)
def test_text_that_is_only_odd_is_stored_and_never_becomes_a_path(snapshot, data, text):
    sent = hostile(tag=text, display_name=text)
    assert snapshot(sent).code == 0
    assert contents(data) == {"7d/2026-08-31.json": sent}


@pytest.mark.parametrize(
    ("location", "named"),
    [
        ("https://evil.example/take?it=1", '"evil.example"'),
        ("/elsewhere", '"127.0.0.1"'),
        (f"https://{CANARY}/", '"[key]"'),
    ],
)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed_and_its_target_is_named(snapshot, api, stored, status, location, named):
    result = snapshot(Reply(b"", status, {"Location": location}))
    assert (result.code, len(api.requests)) == (1, 1)
    assert "a redirect to " in result.err and named in result.err and "It was not followed" in result.err
    assert stored()


def test_a_redirect_to_what_is_no_address_is_refused_too(snapshot, api, stored):
    result = snapshot(Reply(b"", 300, {"Location": "http://a:b/"}))
    assert (result.code, len(api.requests)) == (1, 1)
    assert result.err.startswith(
        "error: 127.0.0.1 answered 300 Multiple Choices: a redirect to an address that cannot be read. It was not"
    )
    assert stored()


@pytest.mark.parametrize(
    "url",
    [
        "https://opentouter.ai/api/v1",
        "https://openrouter.ai.evil.example/api/v1",
        "https://openrouter.ai@evil.example/api/v1",
        "https://openrouter.ai\\@evil.example/api/v1",
        "https://user:word@openrouter.ai/api/v1",
        "http://openrouter.ai/api/v1",
        "https://openrouter.ai:8443/api/v1",
        "http://192.168.1.2/api/v1",
        "http://127.0.0.1.evil.example/api/v1",
        "ftp://localhost/api/v1",
        "http://localhost/api/v1?x=",
        "localhost:8000/api/v1",
        "http://local\nhost/",
        "::error::x",
        "",
    ],
)
def test_the_key_goes_to_no_other_host(run, stored, url):
    result = run("snapshot", "--api-url", url)
    assert (result.code, result.slept) == (1, [])
    assert result.err.startswith('error: --api-url: found "')
    assert "expected https://openrouter.ai/api/v1" in result.err and "No request was sent" in result.err
    assert stored()


# 9
def test_a_new_field_is_accepted_and_named_once(snapshot, data):
    value = answer(DAY)
    value["meta"] = {"version": "1"}
    for task in value["data"]["classifications"]:
        task["confidence"] = 0.9
        for model in task["models"]:
            model["a\n::b"] = None
    result = snapshot(dump(value))
    assert result.code == 0
    assert result.err.splitlines() == [
        "warning: new field meta",
        "warning: new field data.classifications[].confidence",
        'warning: new field data.classifications[].models[]."a\\n::b"',
    ]
    assert contents(data) == {"7d/2026-08-31.json": dump(value)}


@pytest.mark.parametrize("tasks", [9, 30])
def test_a_new_task_is_accepted(snapshot, data, tasks):
    snapshot(body("2026-08-30", tasks=tasks - 1))
    result = snapshot(body(DAY, tasks=tasks))
    assert (result.code, result.err) == (0, "")
    assert result.out == f"stored data/7d/2026-08-31.json ({tasks} tasks, 5 models)\n"


def test_a_fifth_macro_category_is_accepted(snapshot):
    value = answer(DAY, tasks=4)
    for name in ("macro_categories", "classifications"):
        value["data"][name].append({
            "macro_categories": {"key": "robots", "label": "Robots", "usage_share": 0, "token_share": 0},
            "classifications": {
                "tag": "robots:walk", "display_name": "Walking", "macro_category": "robots", "models": [],
                "usage_share": 0, "token_share": 0, "category_usage_share": 0, "category_token_share": 0.0,
            },
        }[name])  # fmt: skip
    result = snapshot(dump(value))
    assert (result.code, result.out, result.err) == (0, "stored data/7d/2026-08-31.json (5 tasks, 5 models)\n", "")


# 10
def test_every_problem_is_said_at_once_with_its_path_and_nothing_is_stored(snapshot, stored):
    value = answer(DAY)
    rows = value["data"]["classifications"]
    rows[3]["usage_share"] = "0.2"
    del rows[0]["display_name"]
    rows[1]["models"] = None
    rows[2]["models"][0]["tag_token_share"] = True
    rows[5] = []
    rows[7]["tag"] = rows[6]["tag"]
    value["data"]["macro_categories"][0]["token_share"] = -0.1
    del value["data"]["window_days"]
    result = snapshot(dump(value))
    assert (result.code, result.out) == (1, "")
    heading, *problems = result.err.splitlines()
    assert heading == "error: the answer is not a snapshot that can be trusted:"
    assert sorted(problems) == [
        "  - data.classifications[0].display_name: found nothing (the field is missing), "
        "expected text of 1 to 200 characters without control characters",
        "  - data.classifications[1].models: found null, expected a list of models",
        "  - data.classifications[2].models[0].tag_token_share: found true, expected a number from 0 to 1",
        '  - data.classifications[3].usage_share: found "0.2" (text), expected a number from 0 to 1',
        "  - data.classifications[5]: found a list of 0, expected an object",
        '  - data.classifications[7].tag: found "agent:task_6" again, expected each tag once '
        "(the first is data.classifications[6])",
        "  - data.macro_categories[0].token_share: found -0.1 (number), expected a number from 0 to 1",
        "  - data.window_days: found nothing (the field is missing), expected a whole number from 1 to 366",
    ]
    assert stored()


@pytest.mark.parametrize("sent", [b"{}", b'{"data":null}', b'{"data":[]}', b'{"error":{"code":500,"message":"x"}}'])
def test_an_object_that_is_no_snapshot_is_refused(snapshot, stored, sent):
    result = snapshot(sent)
    assert result.code == 1
    assert "  - data: found " in result.err and result.err.endswith(", expected an object\n")
    assert stored()


# 11
def test_no_classifications_are_refused_even_when_fewer_are_allowed(snapshot, stored):
    value = answer(DAY) | {}
    value["data"]["classifications"] = []
    result = snapshot(dump(value), options=["--allow-shrunk"])
    assert result.code == 1
    assert "  - data.classifications: found a list of 0, expected a list of one or more classifications" in result.err
    assert stored()


def test_fewer_than_half_of_the_tasks_are_refused_until_that_is_allowed(snapshot, stored, data):
    result = snapshot(body(DAY, tasks=3))
    assert (result.code, result.out) == (1, "")
    assert "found 3 tasks for 2026-08-31, expected at least half of the 8 stored for 2026-08-30" in result.err
    assert "--allow-shrunk" in result.err
    assert stored()
    assert snapshot(body(DAY, tasks=4)).code == 0
    assert snapshot(body("2026-09-01", tasks=1)).code == 1
    assert snapshot(body("2026-09-01", tasks=1), options=["--allow-shrunk"]).code == 0
    assert snapshot(body("2026-09-01", tasks=1)).out.startswith("unchanged ")


# 12: what is impossible is in test_validate.py, number by number
def test_sums_that_are_off_are_warned_first_and_then_refused(snapshot, data):
    value = answer(DAY)
    shares = thousandths(8)
    value["data"]["classifications"][0]["usage_share"] = (shares[0] + 30) / 1000
    result = snapshot(dump(value))
    assert result.code == 0
    assert "warning: data.classifications[].usage_share: found a sum of 1.030, expected about 1\n" in result.err
    before = contents(data)
    value["data"]["classifications"][0]["usage_share"] = (shares[0] + 60) / 1000
    result = snapshot(dump(value))
    assert (result.code, result.out) == (1, "")
    assert "  - data.classifications[].usage_share: found a sum of 1.060, expected about 1\n" in result.err
    assert contents(data) == before


# 13
def test_an_older_day_is_stored_only_if_it_is_missing_and_that_is_warned(snapshot, data):
    snapshot(body(DAY))
    result = snapshot(body("2026-08-29", variant=1))
    assert (result.code, result.out) == (0, "late data/7d/2026-08-29.json (8 tasks, 5 models)\n")
    assert result.err == "warning: 7d/2026-08-29.json is older than the newest stored day, 2026-08-31\n"
    before = contents(data)
    result = snapshot(body("2026-08-29", variant=2))
    assert result.code == 1
    assert result.err.startswith("error: 7d/2026-08-29.json is there with other content, and newer days are stored")
    assert contents(data) == before
    assert snapshot(body("2026-08-29", variant=1)).out.startswith("unchanged data/7d/2026-08-29.json")


# 14
@pytest.mark.parametrize(
    "same",
    [
        GOOD,
        GOOD + b"\n",
        json.dumps(answer(DAY), indent=2, sort_keys=True).encode(),
        GOOD.replace(b"&", b"\\u0026"),
        re.sub(rb":(0\.\d+)", rb":\g<1>0", GOOD),
    ],
)
def test_the_same_content_again_is_a_success_and_writes_nothing(snapshot, data, same):
    snapshot(GOOD)
    before = {file: file.stat().st_mtime_ns for file in data.rglob("*")}
    result = snapshot(same)
    assert (result.code, result.err) == (0, "")
    assert result.out == "unchanged data/7d/2026-08-31.json (8 tasks, 5 models)\n"
    assert {file: file.stat().st_mtime_ns for file in data.rglob("*")} == before


# 15
def test_other_content_for_the_same_day_is_stored_beside_the_first(snapshot, data):
    first, second = body(DAY), body(DAY, variant=1)
    outs = [snapshot(sent).out for sent in (first, second, second, first, first)]
    assert outs == [
        "stored data/7d/2026-08-31.json (8 tasks, 5 models)\n",
        "restated -> data/7d/2026-08-31.r2.json (8 tasks, 5 models)\n",
        "unchanged data/7d/2026-08-31.r2.json (8 tasks, 5 models)\n",
        "restated -> data/7d/2026-08-31.r3.json (8 tasks, 5 models)\n",
        "unchanged data/7d/2026-08-31.r3.json (8 tasks, 5 models)\n",
    ]
    assert contents(data) == {
        "7d/2026-08-31.json": first,
        "7d/2026-08-31.r2.json": second,
        "7d/2026-08-31.r3.json": first,
    }


# 16
def test_a_new_day_with_the_content_of_the_day_before_is_stored_and_said_to_be_a_repeat(snapshot, data):
    snapshot(body("2026-08-30"))
    result = snapshot(body(DAY))
    assert (result.code, result.out) == (0, "repeated data/7d/2026-08-31.json (8 tasks, 5 models)\n")
    assert result.err == "warning: the source sent the content of 2026-08-30 again as 2026-08-31\n"
    assert contents(data)["7d/2026-08-31.json"] == body(DAY)
    assert snapshot(body(DAY)).out.startswith("unchanged ")


# 17
def test_a_day_after_the_answers_own_date_is_refused(snapshot, stored, data):
    result = snapshot(body("2026-09-02"))
    assert result.code == 1
    assert (
        "data.as_of: found 2026-09-02, expected a day not after 2026-09-01, when the answer was given (UTC)"
        in result.err
    )
    assert stored()
    assert snapshot(body("2026-09-01", variant=1)).code == 0


def test_the_answers_date_counts_and_not_the_clock_of_this_machine(snapshot, data):
    later = Reply(body("2026-12-24"), headers={"Date": "Fri, 25 Dec 2026 01:00:00 GMT"})
    assert snapshot(later).code == 0
    assert list(contents(data)) == ["7d/2026-12-24.json"]


@pytest.mark.parametrize("date", [None, "yesterday", "Tue, 01 Sep 99999 00:00:00 GMT"])
def test_without_a_date_the_clock_of_this_machine_counts(snapshot, data, date):
    assert snapshot(Reply(body("2026-09-02"), headers={"Date": date})).code == 1
    assert contents(data) == {}
    assert snapshot(Reply(body("2026-09-01"), headers={"Date": date})).code == 0


def test_the_window_that_comes_must_be_the_window_that_was_asked_for(snapshot, stored):
    result = snapshot(body(DAY, window_days=30))
    assert result.code == 1
    assert "data.window_days: found 30, expected the window asked for, 7d" in result.err
    assert stored()


def test_another_window_is_an_archive_of_its_own(snapshot, api, stored, data):
    result = snapshot(body(DAY, window_days=30, variant=1), options=["--window", "30d"])
    assert result.out == "stored data/30d/2026-08-31.json (8 tasks, 5 models)\n"
    assert api.requests[0].path.endswith("?window=30d")
    assert sorted(contents(data)) == ["30d/2026-08-31.json", "7d/2026-08-30.json"]


def test_fictional_data_never_enter_the_archive(snapshot, stored):
    value = answer(DAY)
    value["data"]["sample"] = True
    result = snapshot(dump(value))
    assert result.code == 1
    assert "marks itself as fictional" in result.err
    assert stored()


# 25
@pytest.mark.parametrize(
    "telling",
    [
        reply(400, f"Bad key {CANARY}!"),
        reply(429, f"{'x' * 190}{CANARY}"),
        reply(401, CANARY),
        Reply(dump({"error": {"message": "?"}}).replace(b"?", b"\\u0073" + CANARY[1:].encode()), 403),
        Reply(b"<p>" + CANARY.encode(), headers={"Content-Type": CANARY}),
        Reply(GOOD.replace(b"Task 3", CANARY.encode())),
        Reply(b"", 302, {"Location": f"https://example.org/{CANARY}"}),
        Reply(GOOD, headers={f"X {CANARY}": "x"}),
    ],
)
def test_a_server_that_repeats_the_key_does_not_make_it_public(snapshot, stored, telling):
    assert snapshot(telling).code == 1  # `run` searches what was printed and written
    assert stored()


def test_the_process_ends_with_the_same_words_and_code(api, tmp_path):
    environ = dict(os.environ) | {
        "OPENROUTER_API_KEY": CANARY,
        "HTTP_PROXY": "http://127.0.0.1:9",
        "ALL_PROXY": "http://127.0.0.1:9",
    }
    result = _process(api, tmp_path, environ)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == "stored data/7d/2026-08-31.json (8 tasks, 5 models)\n"
    assert contents(tmp_path) == {"data/7d/2026-08-31.json": body()}
    api.answers(reply(401, "User not found."))
    result = _process(api, tmp_path, environ)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("error: 127.0.0.1 answered 401") and CANARY not in result.stderr


def test_the_official_sdk_understands_the_fake_endpoint(api, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with OpenRouter(api_key=CANARY, server_url=api.url) as sdk:
        told = sdk.classifications.get_task_classifications(window="7d")
    assert told.data.as_of == DAY
    assert [task.tag for task in told.data.classifications] == [
        row["tag"] for row in answer()["data"]["classifications"]
    ]
    assert len(told.data.classifications[0].models) == 5
    assert api.requests[0].headers["Authorization"] == f"Bearer {CANARY}"


def test_help_is_quick_because_nothing_heavy_is_imported():
    heavy = {
        "altair",
        "vl_convert",
        "httpx",
        "pydantic",
        "msgspec",
        "jinja2",
        "tenacity",
        "watchfiles",
        "tqdm",
        "polars",
        "xlsxwriter",
    }
    code = f"import sys, generator.__main__; sys.exit(bool({heavy!r} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_build_that_finds_its_site_standing_loads_nothing_that_asks_draws_or_tabulates():
    heavy = {"altair", "httpx", "jinja2", "polars", "pydantic", "tenacity", "vl_convert", "xlsxwriter"}
    code = f"import sys; from generator import operations, pipeline; sys.exit(bool({heavy!r} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_an_interrupt_ends_quietly(api, data, monkeypatch, capsys, tmp_path):
    def interrupted(seconds):
        raise KeyboardInterrupt

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPENROUTER_API_KEY", CANARY)
    api.answers(reply(500))
    clock = replace(FakeTime().clock(), sleep=interrupted)
    assert main(["snapshot", "--api-url", api.url], clock) == 130
    assert capsys.readouterr() == ("", "")
    assert not data.exists()


@pytest.mark.parametrize("arguments", [[], ["publish"], ["snapshot", "--fast"], ["import"]])
def test_wrong_usage_ends_with_code_2(run, arguments):
    with pytest.raises(SystemExit) as ended:
        run(*arguments)
    assert ended.value.code == 2


def _process(api, folder, environ):
    command = [sys.executable, "-m", "generator", "snapshot", "--api-url", api.url]
    environ = environ | {"PYTHONPATH": str(Path(__file__).parent.parent), "PYTHONWARNINGS": "error"}
    return subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)
