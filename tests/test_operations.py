"""The commands that run unattended, one by one: what they ask, what they refuse, what they say."""

import ast
import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from conftest import CANARY
from fake_api import Reply
from handmade import day, history, task
from rehearsal import HUB, git, rehearsing
from responses import body, dump, error

from generator import analyse, notes, operations
from generator.models import Built, Stored, Written

ROOT = Path(__file__).parent.parent
DAY = "2026-08-31"
ACTIVE = [
    {"path": f".github/workflows/{name}.yml", "state": "active"} for name in ("collect", "deploy", "watchdog", "ci")
]


@pytest.fixture
def fork(tmp_path, api, monkeypatch):
    """A fork on GitHub whose `gh` is the one on the path."""
    with rehearsing(tmp_path, api.url) as sandbox:
        monkeypatch.setenv("PATH", f"{sandbox.bin}:/usr/bin:/bin")
        monkeypatch.setenv("SANDBOX", str(sandbox.folder))
        monkeypatch.setenv("GH_TOKEN", "gh-token")
        sandbox.set_github(workflows=ACTIVE, secrets=[{"name": "OPENROUTER_API_KEY"}])
        yield sandbox


@pytest.fixture
def clone(run, fork, monkeypatch):
    """A person's clone of the fork, in which commands run."""
    work = fork.clone("mine")
    monkeypatch.chdir(work)
    return work


def handed(folder, *bodies):
    """A folder as `generator snapshot --data` leaves it."""
    place = folder / "handed" / "7d"
    place.mkdir(parents=True)
    for number, sent in enumerate(bodies):
        (place / f"{number}.json").write_bytes(sent)
    return place.parent


# ---------------------------------------------------------------- store


def test_store_leaves_the_clone_in_which_it_runs_as_it_is(run, fork, clone, tmp_path):
    (clone / "pyproject.toml").write_text('[tool.generator]\nname = "Mine"\n')
    (clone / "draft.txt").write_text("not committed")
    git(clone, "add", "draft.txt")
    before = git(clone, "status", "--porcelain"), git(clone, "rev-parse", "HEAD"), git(clone, "stash", "list")
    result = run("store", handed(tmp_path, body(DAY)))
    assert result.code == 0, result.err
    assert (git(clone, "status", "--porcelain"), git(clone, "rev-parse", "HEAD"), git(clone, "stash", "list")) == before
    assert git(clone, "worktree", "list").count("\n") == 1
    assert list(fork.files) == [f"data/7d/{DAY}.json"]
    assert [line.split(" ")[0] for line in result.out.splitlines()] == ["stored", "pushed"]


def test_store_validates_again_what_it_was_handed(run, fork, clone, tmp_path):
    result = run("store", handed(tmp_path, body(DAY).replace(b'"as_of"', b'"asof"')))
    assert result.code == 1 and "data.as_of: found nothing" in result.err
    assert fork.subjects == ["The fork"]


def test_store_takes_several_days_in_one_commit(run, fork, clone, tmp_path):
    assert run("store", handed(tmp_path, body(DAY), body("2026-08-30", variant=1))).code == 0
    assert list(fork.files) == ["data/7d/2026-08-30.json", "data/7d/2026-08-31.json"]
    assert len(fork.subjects) == 2


def test_a_missing_branch_and_an_origin_that_cannot_be_reached_are_told_apart(run, fork, clone, tmp_path):
    place = handed(tmp_path, body(DAY))
    result = run("store", place, "--branch", "archive")
    assert result.code == 1
    assert result.err.startswith('error: the origin answered, but has no branch "archive"')
    fork.origin.rename(fork.origin.with_name("gone"))
    result = run("store", place)
    assert result.code == 1 and result.err.startswith('error: cannot reach the origin (branch "main"): git ended with ')
    assert "the next run tries again" in result.err


def test_what_git_says_is_quoted_without_a_login(run, fork, clone, tmp_path):
    git(clone, "remote", "set-url", "origin", "http://someone:hunter2@127.0.0.1:9/x.git")
    result = run("store", handed(tmp_path, body(DAY)))
    assert result.code == 1 and "hunter2" not in result.err and "127.0.0.1" in result.err


def test_without_git_that_is_said(run, clone, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    result = run("store", handed(tmp_path, body(DAY)))
    assert result.err == "error: the git program is not there; install git\n"


def test_git_and_gh_do_not_get_the_key(run, fork, clone, tmp_path):
    spy = 'env > "$SANDBOX/environment"; exec /usr/bin/git "$@"'
    (fork.bin / "git").write_text(f"#!/bin/sh\n{spy}\n")
    (fork.bin / "git").chmod(0o755)
    assert run("store", handed(tmp_path, body(DAY))).code == 0
    environment = (fork.folder / "environment").read_text()
    assert "SANDBOX=" in environment and "OPENROUTER_API_KEY" not in environment


# ---------------------------------------------------------------- the message of a data commit


def stored_as(of, outcome="stored"):
    return Stored(outcome, of.shown.path, of.shown.snapshot, ())


def message_of(*days, outcome="stored"):
    *_, yesterday, today = [None, *analyse.day_reports(history(*days))]
    return notes.commit_message(stored_as(days[-1], outcome), today, yesterday)


def test_a_commit_says_who_took_a_first_place_on_the_first_day_that_shows_it():
    before, after = {"mars-1": 300, "nougat-1": 200}, {"mars-1": 300, "nougat-1": 343}
    days = [day(f"2026-08-{number}", task("code:debugging", 500, before)) for number in range(23, 31)]
    first = day("2026-08-31", task("code:debugging", 500, after))
    message = message_of(*days, first)
    assert message.splitlines()[:2] == ["2026-08-31: Nougat 1 takes the first place of Debugging", ""]
    assert "Against 2026-08-24, 7 days earlier:" in message and "- Nougat 1 in Debugging +14.3 pp" in message
    again = message_of(*days, first, day("2026-09-01", task("code:debugging", 500, after)))
    assert again.splitlines()[0] == "2026-09-01: no other first place; Nougat 1 in Debugging +14.3 pp"


def test_a_commit_of_a_day_without_news_says_why():
    quiet = task("math", 500, {"a-1": 300})
    assert message_of(day(DAY, quiet)).startswith(f"{DAY}: 1 task; not compared: the archive begins on ")
    days = [day(f"2026-08-{number}", quiet) for number in range(24, 32)]
    assert message_of(*days).startswith(f"{DAY}: nothing moved\n")
    assert message_of(day(DAY, quiet), outcome="late").startswith(f"{DAY}: this day was missing and came later\n")
    assert message_of(day(DAY, quiet), outcome="repeated").startswith(f"{DAY}: the source repeats itself\n")
    assert notes.commit_message(stored_as(days[-1]), None, None).startswith(f"{DAY}: a new snapshot\n")


def test_text_of_the_data_does_nothing_in_a_commit():
    hostile = task("math", 500, {"a-1": 300, "b-1": 200}, label="fixes #12 [skip ci] @all \u2028 x")
    days = [day(f"2026-08-{number}", hostile) for number in range(24, 31)]
    turned = task("math", 500, {"a-1": 200, "b-1": 300}, label="fixes #12 [skip ci] @all \u2028 x")
    message = message_of(*days, day(DAY, turned))
    assert "the first place of fixes No. 12 (skip ci) at all x" in message.splitlines()[0]
    assert not set("#@[]\u2028") & set(message)


# ---------------------------------------------------------------- the live site


@pytest.fixture
def live(run, fork, clone, tmp_path):
    """A fork with one day, stored and live."""
    assert run("store", handed(tmp_path, body(DAY))).code == 0
    git(clone, "pull", "--quiet")
    fork.publish()
    return fork


def test_while_the_archive_is_empty_the_sample_is_the_right_site(run, fork, clone):
    fork.publish()
    assert run("verify").out == f"{fork.address} is live with the sample, after 0 s\n"
    assert run("behind").out == "the live site is that of the sample\n"
    assert "no snapshot was stored yet" in run("watch").err


def test_verify_looks_again_until_the_site_is_there_and_says_when_it_never_is(run, live):
    assert run("verify").out.startswith(f"{live.address} is live with 7d/{DAY}.json (")
    (live.live / "build.json").unlink()
    result = run("verify", "--seconds", "900", "--every", "15")
    assert (result.code, result.slept) == (1, [15.0] * 60)
    assert "there is no site" in result.err and "git commit --allow-empty" in result.err


@pytest.mark.parametrize("other", [b"{}", b"<html>", b"[1]", b'{"is_sample": false, "as_of": "soon"}'])
def test_another_site_at_the_address_is_said(run, live, other):
    (live.live / "build.json").write_bytes(other)
    result = run("behind")
    assert result.code == 1 and "another site is there" in result.err


def test_a_site_of_other_code_or_settings_is_behind_and_not_the_one_that_was_built(run, live, monkeypatch):
    assert run("behind").out.startswith("the live site is that of ")
    digest = json.loads((live.live / "build.json").read_text())["digest"]
    assert run("verify", "--digest", digest).code == 0
    result = run("verify", "--digest", "0" * 64, "--seconds", "30")
    assert result.code == 1 and f'digest "{digest[:12]}", expected 000000000000' in result.err
    monkeypatch.setenv("GENERATOR_NAME", "Another name")
    assert "behind: found the right newest day in a site that is made of other code, settings" in run("behind").out
    assert run("verify").code == 0  # by hand, where the settings of the repository are not known


def test_a_site_of_the_time_before_there_was_a_digest_is_behind(run, live):
    told = json.loads((live.live / "build.json").read_text())
    del told["digest"]
    (live.live / "build.json").write_text(json.dumps(told))
    assert 'digest "", expected ' in run("behind").out


def test_a_site_that_has_other_days_than_the_archive_is_behind(run, live):
    told = json.loads((live.live / "build.json").read_text())
    told["history"]["days"] = 2
    (live.live / "build.json").write_text(json.dumps(told))
    assert run("behind", "--outputs", "out").code == 0
    result = run("behind", "--outputs", "out")
    assert "the live site is behind: found" in result.out


def test_a_redirect_of_the_site_is_followed_and_never_with_the_key(run, live, api, monkeypatch):
    monkeypatch.setenv("GENERATOR_ADDRESS", live.address)
    api.answers(Reply(b"", 301, {"Location": f"{live.address}build.json"}))
    assert run("behind", "--url", api.url).out.startswith("the live site is that of ")
    assert [request.headers["Authorization"] for request in api.requests] == [None]
    api.answers(Reply(b"", 302, {"Location": f"{api.url}/round"}))
    assert "redirects more than 5 times" in run("behind", "--url", api.url).err
    api.answers(Reply(b"", 302, {"Location": "ftp://x/"}))
    assert "found no address of a site" in run("behind", "--url", api.url).err


@pytest.mark.parametrize("address", ["", "nowhere", "file:///etc/", "http://127.0.0.1:x/"])
def test_what_is_no_address_of_a_site_is_said(run, live, monkeypatch, address):
    live.set_github(pages={"html_url": address, "build_type": "workflow"})
    assert "found no address of a site" in run("watch").err


def test_where_gh_is_missing_the_site_can_be_named(run, live):
    (live.bin / "gh").unlink()
    assert run("behind").err.endswith(
        "the gh program is not there: see https://cli.github.com. Or name the site with --url\n"
    )
    assert run("behind", "--url", live.address.rstrip("/")).out.startswith("the live site is that of ")


def test_a_site_that_does_not_answer_is_said(run, live, api):
    assert "the published site does not answer" in run("watch", "--url", "http://127.0.0.1:9/").err
    api.answers(Reply(b"x", 503))
    assert "answered 503, expected 200" in run("watch", "--url", api.url).err


def test_the_age_is_counted_in_days_and_the_limit_can_be_set(run, live):
    assert run("watch").out == f"the data on {live.address} are 1 days old\n"
    assert run("watch", "--days", "0").code == 1


# ---------------------------------------------------------------- where the key may go


@pytest.mark.parametrize(
    "url", ["https://evil.example/api/v1", "https://openrouter.ai.evil.example/", "http://10.0.0.1:80/"]
)
def test_the_environment_can_turn_requests_to_this_machine_alone(run, api, monkeypatch, url):
    monkeypatch.setenv("GENERATOR_TEST_API_URL", url)
    result = run("snapshot")
    assert result.code == 1 and result.err.startswith("error: GENERATOR_TEST_API_URL in the environment: found ")
    monkeypatch.setenv("GENERATOR_TEST_API_URL", api.url)
    assert run("snapshot").code == 0
    assert [request.headers["Authorization"] for request in api.requests] == [f"Bearer {CANARY}"]


# ---------------------------------------------------------------- notify


@pytest.mark.parametrize("needs", ["", "[]", "{", '{"a": 1}', '{"a": {"result": "success"}}'])
def test_needs_that_are_none_are_refused(run, fork, needs):
    result = run("notify", "collect", "--needs", needs)
    assert result.code == 1 and result.err.startswith("error: --needs: found ")


def needs(result, **outputs):
    return json.dumps({"job": {"result": result, "outputs": outputs}})


def test_a_job_that_could_not_say_why_is_told_all_the_same(run, fork):
    assert run("notify", "deploy", "--needs", needs("cancelled"), "--run", f"{HUB}/actions/runs/7").code == 0
    [issue] = fork.github()["issues"]
    assert "job: was stopped, or ran out of time before it could say why" in issue["body"]
    assert f"{HUB}/actions/runs/7" in issue["body"]


def test_the_same_failure_on_another_day_adds_nothing_and_another_one_does(run, fork):
    for message in ("3 days old", "4 days old", "not there"):
        assert run("notify", "watchdog", "--needs", needs("failure", message=json.dumps(message))).code == 0
    [issue] = fork.github()["issues"]
    assert "3 days old" in issue["body"] and len(issue["comments"]) == 1 and "not there" in issue["comments"][0]


def test_an_issue_is_closed_only_when_no_workflow_fails_any_more(run, fork):
    for workflow in ("collect", "deploy"):
        run("notify", workflow, "--needs", needs("failure", message='"no"'))
    run("notify", "watchdog", "--needs", needs("success"))
    run("notify", "collect", "--needs", needs("success"))
    [issue] = fork.github()["issues"]
    assert issue["state"] == "open" and '{"deploy":' in issue["body"]
    run("notify", "deploy", "--needs", needs("success"))
    assert fork.github()["issues"][0]["state"] == "closed"
    assert len(fork.github()["issues"]) == 1


def test_an_issue_of_a_person_is_never_touched(run, fork):
    theirs = {"number": 1, "state": "open", "title": "Mine", "body": "generator-tracker", "comments": []}
    fork.set_github(issues=[theirs])
    run("notify", "collect", "--needs", needs("success"))
    run("notify", "collect", "--needs", needs("failure"))
    assert fork.github()["issues"][0] == theirs and len(fork.github()["issues"]) == 2


@pytest.mark.parametrize("marker", ["{broken", '{"a": [1]}', "{}"])
def test_a_marker_that_somebody_edited_does_not_stop_the_notification(run, fork, marker):
    body = f"<!-- generator-tracker {marker} --> text"
    fork.set_github(issues=[{"number": 1, "state": "open", "title": "x", "body": body, "comments": []}])
    assert run("notify", "collect", "--needs", needs("failure", message="not JSON")).code == 0
    assert "not JSON" in fork.github()["issues"][0]["comments"][0]
    assert run("notify", "collect", "--needs", needs("success")).code == 0


# ---------------------------------------------------------------- what README says of messages


def messages():
    """Every text of the program, with a NUL where something is put in."""
    for path in sorted((ROOT / "generator").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                yield "".join(str(part.value) if isinstance(part, ast.Constant) else "\0" for part in node.values)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def test_every_message_in_the_readmes_table_is_one_that_the_program_says():
    section = (
        (ROOT / "README.md").read_text(encoding="utf-8").partition("### When something fails")[2].partition("###")[0]
    )
    firsts = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    pieces = [
        piece.strip() for first in firsts for quoted in re.findall("`([^`]+)`", first) for piece in quoted.split("…")
    ]
    pieces = [piece for piece in pieces if piece and not re.match(r"\d{3}\b", piece)]  # a status comes from the source
    assert len(pieces) > 15
    said = list(messages())
    patterns = {piece: re.sub(r'"main"|\\?\d+', "\0", re.escape(piece)) for piece in pieces}
    assert [piece for piece, pattern in patterns.items() if not any(re.search(pattern, text) for text in said)] == []


# ---------------------------------------------------------------- doctor


@pytest.fixture
def doctor(run, api, live):
    """`generator doctor` while OpenRouter says this of the key."""

    def doctor(*said, key=CANARY, options=()):
        api.answers(*(said or [about_key()]))
        return run("doctor", "--api-url", api.url, *options, key=key)

    return doctor


def about_key(**data):
    """The answer of `GET /api/v1/key`; its label shows a part of the key."""
    return Reply(dump({"data": {"label": "sk-or-v1-can...b60", "expires_at": None, "limit_remaining": None} | data}))


def levels(result):
    """What was found of each subject; a message may go on in further lines."""
    found = re.findall(r"^(ok|warning|problem|not looked at): ([^:]+): ", result.out, re.MULTILINE)
    return {subject: level for level, subject in found}


def test_the_doctor_finds_nothing_where_all_is_set(doctor, api, live):
    result = doctor()
    assert result.code == 0, result.out
    assert set(levels(result).values()) == {"ok"}
    assert api.requests[0].path == "/api/v1/key" and "can...b60" not in result.out
    assert {"GitHub Pages", "archive", "issues", "key", "secret", "workflows"} <= levels(result).keys()


@pytest.mark.parametrize(("days", "level"), [(60, "ok"), (5, "warning"), (-3, "problem")])
def test_the_doctor_says_when_the_key_expires(doctor, days, level):
    expires = datetime(2026, 9, 1, 0, 39, tzinfo=UTC) + timedelta(days=days)
    result = doctor(about_key(expires_at=expires.isoformat()))
    assert levels(result)["expiry of the key"] == level and str(expires.date()) in result.out
    assert result.code == (1 if level == "problem" else 0)


def test_the_doctor_says_when_the_keys_limit_is_used_up(doctor):
    result = doctor(about_key(limit_remaining=0))
    assert levels(result)["limit of the key"] == "warning" and "openrouter.ai/settings/keys" in result.out


@pytest.mark.parametrize(
    "said", [Reply(b"{}"), Reply(b"[1]"), Reply(b"x"), Reply(b"", 500), Reply(b"", 302, {"Location": "/"})]
)
def test_what_openrouter_says_of_the_key_is_never_fatal(doctor, said):
    result = doctor(said)
    assert result.code == 0 and levels(result)["key at OpenRouter"] == "warning"


def test_a_key_that_openrouter_does_not_take_is_a_problem(doctor):
    result = doctor(Reply(error(401, "User not found."), 401))
    assert result.code == 1 and levels(result)["key at OpenRouter"] == "problem"
    assert "wrong, expired or revoked" in result.out


def test_a_key_that_only_github_has_is_no_problem(doctor, live):
    assert levels(doctor(key=""))["key"] == "not looked at"
    live.set_github(secrets=[])
    assert levels(doctor(key=""))["key"] == "problem"


@pytest.mark.parametrize("key", [f'"{CANARY}"', f"{CANARY}\nmore"])
def test_the_doctor_says_that_a_key_is_missing_or_cannot_be_one_and_never_shows_it(doctor, key):
    result = doctor(key=key)
    assert result.code == 1 and levels(result)["key"] == "problem"
    assert "Settings -> Secrets and variables -> Actions" in result.out
    assert result.err.startswith("error: 1 of ")


def test_the_doctor_says_what_to_click_on_github(doctor, live):
    off = [{"path": ".github/workflows/collect.yml", "state": "disabled_fork"}]
    live.set_github(pages=None, secrets=[], workflows=off, has_issues=False)
    result = doctor()
    assert result.code == 1
    for text in (
        f"problem: GitHub Pages: off. To do: {HUB}/settings/pages -> Source: GitHub Actions",
        f"problem: secret: OPENROUTER_API_KEY is not set. To do: {HUB}/settings/secrets/actions",
        "collect.yml (disabled_fork), deploy.yml (not there)",
        "warning: issues: off.",
    ):
        assert text in result.out


def test_without_gh_the_doctor_says_what_it_did_not_look_at(doctor, live):
    (live.bin / "gh").unlink()
    result = doctor()
    assert result.code == 0 and levels(result)["GitHub"] == "not looked at"
    assert "https://cli.github.com" in result.out


def test_where_github_does_not_answer_the_doctor_says_so(doctor, live):
    live.set_github(down=True)
    result = doctor()
    assert result.code == 0 and "Service Unavailable" in result.out


def test_the_doctor_reads_the_archive(doctor, clone):
    assert levels(doctor(options=["--data", "nowhere"]))["archive"] == "warning"
    (clone / "data/7d" / f"{DAY}.json").write_bytes(b"{}")
    result = doctor()
    assert result.code == 1 and levels(result)["archive"] == "problem"


@pytest.mark.parametrize(("megabytes", "said"), [(799, ()), (801, ("801 MB", "1,000 at most", "packs = 0"))])
def test_a_site_that_comes_near_to_what_github_publishes_is_told_of_while_there_is_time(megabytes, said):
    written = Written(pages=40_000, files=100_000, size_bytes=megabytes * 10**6)
    made = Built(False, date(2034, 8, 31), "7d/2034-08-31.json", "0", 2_900, (), 190, written, "0", is_new=True)
    ran = operations.built(made, "_site", 1.0)
    assert len(ran.warnings) == bool(said)
    for words in said:
        assert words in ran.warnings[0]
        assert ("warning", ran.warnings[0]) in ran.note.rows
