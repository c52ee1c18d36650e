"""The workflows' own `run:` blocks on this machine, in each situation: what is in the origin, what is live, what the
summary says, what the issue says. The key that is planted may be in none of it."""

import json
import re
import shutil
from contextlib import contextmanager
from datetime import timedelta

import pytest
from conftest import CANARY
from fake_api import FakeApi, Reply
from rehearsal import HUB, NOW, ROOT, rehearsing
from responses import answer, body, dump, error

TODAY = NOW.date()
YESTERDAY, BEFORE, LONG_AGO = (str(TODAY - timedelta(days=days)) for days in (1, 2, 30))
LAST = "41 16 * * *"
SMALL = {"tasks": 4, "models": 2}  # where something is built


def good(as_of, **options):
    return Reply(body(as_of, **options))


def refusal(status, message="no", **headers):
    return Reply(error(status, message), status, headers)


@pytest.fixture(scope="module")
def fork_of_yesterday(tmp_path_factory):
    """A fork that works: the day before yesterday is stored. Tests go on from a copy of it."""
    with FakeApi() as api, searched(tmp_path_factory.mktemp("yesterday"), api.url) as sandbox:
        assert set(collecting(sandbox, api)(good(BEFORE)).results.values()) == {"success"}
        sandbox.set_github(dispatched=[], calls=[])
        yield sandbox


@pytest.fixture
def fork(request, tmp_path, api, drawings):
    """A fork in which nothing has run yet, unless the test asks for `yesterday`."""
    start = request.getfixturevalue("fork_of_yesterday") if "yesterday" in request.fixturenames else None
    with searched(tmp_path, api.url, start) as sandbox:
        drawings.mkdir(exist_ok=True)
        sandbox.drawings = drawings
        yield sandbox


@pytest.fixture
def collect(fork, api):
    """One run of the collector with these answers of the source."""
    return collecting(fork, api)


@pytest.fixture
def yesterday(fork):
    """A fork that works: the day before yesterday is stored and live, and nothing is to be told. Its archive."""
    assert fork.shown == f"7d/{BEFORE}.json"
    return fork.files


@contextmanager
def searched(folder, api_url, start=None):
    """A fork. At the end everything that came into being is searched for the key."""
    with rehearsing(folder, api_url, start) as sandbox:
        yield sandbox
        found = [str(file) for file in folder.rglob("*") if file.is_file() and CANARY.encode() in file.read_bytes()]
        assert found == []
        assert CANARY.encode() not in sandbox.objects


def collecting(fork, api):
    """A function that runs the collector; the key may be in nothing that it said."""

    def collect(*replies, key=CANARY, **options):
        api.answers(*replies)
        fork.secrets["OPENROUTER_API_KEY"] = key
        run = fork.run("collect", **options)
        assert CANARY not in run.log + run.summary + json.dumps(fork.github())
        return run

    return collect


def open_issues(fork):
    return [issue for issue in fork.github()["issues"] if issue["state"] == "open"]


ALL_WELL = {"fetch": "success", "store": "success", "behind": "success", "dispatch": "success", "notify": "success"}
NOTHING_NEW = ALL_WELL | {"dispatch": "skipped"}
NOT_FETCHED = {"fetch": "failure", "store": "skipped", "behind": "success", "dispatch": "skipped", "notify": "success"}


def test_the_first_run_in_an_empty_fork_leads_to_a_live_site(fork, collect):
    run = collect(good(BEFORE, **SMALL), event="workflow_dispatch")
    assert run.results == ALL_WELL, run.log
    assert fork.files == {f"data/7d/{BEFORE}.json": body(BEFORE, **SMALL)}
    assert fork.subjects[0] == "The fork" and len(fork.subjects) == 2
    assert fork.subjects[1].startswith(f"{BEFORE}: 4 tasks; not compared: the archive begins on ")
    assert f"<td>{BEFORE}</td>" in run.summary and "<th>to do</th><td>nothing</td>" in run.summary
    assert fork.github()["dispatched"] == [["deploy.yml", "--ref", "main"]]
    deployed = fork.run("deploy", event="workflow_dispatch")
    assert set(deployed.results.values()) == {"success"}, deployed.log
    assert fork.shown == f"7d/{BEFORE}.json"
    assert open_issues(fork) == []
    assert "The deployed site is live" in deployed.summary
    again = collect(good(BEFORE, **SMALL))
    assert again.results == NOTHING_NEW, again.log
    watched = fork.run("watchdog")
    assert set(watched.results.values()) == {"success"}, watched.log


def test_the_packages_are_those_that_are_locked_and_are_checked_by_their_hashes(fork, collect):
    collect(good(BEFORE))
    for line in (fork.folder / "installed").read_text().splitlines():
        assert "--require-hashes" in line and "--only-binary=:all:" in line and "--no-deps" in line


def test_the_second_day_is_a_second_commit(fork, collect, yesterday):
    run = collect(good(YESTERDAY, variant=1))
    assert run.results == ALL_WELL, run.log
    assert fork.files == yesterday | {f"data/7d/{YESTERDAY}.json": body(YESTERDAY, variant=1)}
    assert len(fork.subjects) == 3 and fork.subjects[-1].startswith(f"{YESTERDAY}: ")
    assert fork.github()["dispatched"] == [["deploy.yml", "--ref", "main"]]


def test_the_same_answer_again_makes_no_commit_and_no_deployment(fork, collect, yesterday):
    before = fork.subjects
    run = collect(good(BEFORE))
    assert run.results == NOTHING_NEW, run.log
    assert (fork.files, fork.subjects) == (yesterday, before)
    assert "Nothing new: " in run.summary and "<th>commit</th><td>none</td>" in run.summary
    assert fork.github()["dispatched"] == []


def test_a_live_site_that_is_behind_is_deployed_again_though_nothing_is_new(fork, collect, yesterday):
    (fork.live / "build.json").unlink()
    run = collect(good(BEFORE))
    assert run.results == ALL_WELL, run.log
    assert "the live site is behind: there is no site" in run.summary
    assert fork.github()["dispatched"] == [["deploy.yml", "--ref", "main"]]


def test_a_restated_day_lies_beside_the_first(fork, collect, yesterday):
    run = collect(good(BEFORE, variant=1))
    assert run.results == ALL_WELL, run.log
    assert fork.files == yesterday | {f"data/7d/{BEFORE}.r2.json": body(BEFORE, variant=1)}
    assert re.fullmatch(rf"{BEFORE}: restated, \d+ of \d+ values differ", fork.subjects[-1])


def test_a_source_that_repeats_itself_is_kept_and_told_from_the_second_time(fork, collect, yesterday):
    run = collect(good(YESTERDAY))
    assert run.results == ALL_WELL and open_issues(fork) == [], run.log
    assert f"<th>warning</th><td>the source sent the content of {BEFORE} again as {YESTERDAY}</td>" in run.summary
    assert fork.subjects[-1] == f"{YESTERDAY}: the source sent the figures of {BEFORE} again"
    run = collect(good(str(TODAY)))
    assert run.results == ALL_WELL, run.log
    [issue] = open_issues(fork)
    assert "The source has sent the same figures on 2 more days in a row" in issue["body"]
    collect(good(str(TODAY), variant=1))
    assert open_issues(fork) == []


def test_a_key_that_expired_opens_the_issue_at_once_and_a_new_one_closes_it(fork, api, collect, yesterday):
    for _ in range(2):
        run = collect(refusal(401, "User not found."))
        assert run.results == NOT_FETCHED, run.log
    assert len(api.requests) == 1
    assert fork.files == yesterday and fork.shown == f"7d/{BEFORE}.json"
    [issue] = open_issues(fork)
    assert issue["comments"] == []
    assert issue["labels"] == ["generator-tracker"] and issue["title"] == "The site needs you"
    for text in (issue["body"], run.summary):
        assert "401 Unauthorized" in text and "https://openrouter.ai/settings/keys" in text
        assert "OPENROUTER_API_KEY -&gt; Update" in text
    assert f"{HUB}/actions/runs/2" in issue["body"]
    run = collect(good(YESTERDAY, variant=1))
    assert run.results == ALL_WELL, run.log
    [issue] = fork.github()["issues"]
    assert issue["state"] == "closed" and issue["comments"] == [f"**collect** works again: {HUB}/actions/runs/4"]


@pytest.mark.parametrize("key", ["", '"quoted"', "two\nlines"])
def test_a_key_that_cannot_be_one_is_said_with_the_page_to_click(fork, api, collect, yesterday, key):
    run = collect(good(YESTERDAY), key=key)
    assert run.results == NOT_FETCHED and api.requests == [], run.log
    assert "Settings -&gt; Secrets and variables -&gt; Actions" in open_issues(fork)[0]["body"]
    assert "quoted" not in run.log and "two" not in run.log.replace("two lines", "")


def test_too_many_requests_and_then_an_answer_is_a_success(fork, api, collect, yesterday):
    run = collect(refusal(429, "Slow down", **{"Retry-After": "20"}), good(YESTERDAY, variant=1))
    assert run.results == ALL_WELL and len(api.requests) == 2, run.log
    assert "<th>requests sent</th><td>2</td>" in run.summary


TRANSIENT = {
    "500 all day": refusal(500, "oops"),
    "429 all day": refusal(429, "Slow down", **{"Retry-After": "3600"}),
    "HTML with 200": Reply(b"<html>Just a moment</html>", headers={"Content-Type": "text/html"}),
    "truncated": Reply(body(YESTERDAY), sent_bytes=900),
}


@pytest.mark.parametrize("sent", TRANSIENT.values(), ids=TRANSIENT)
def test_what_may_pass_is_told_when_the_last_slot_of_the_day_has_failed(fork, collect, yesterday, sent):
    run = collect(sent)
    assert run.results == NOT_FETCHED and open_issues(fork) == [], run.log
    assert "no issue: the next run tries again" in run.summary and "Gave up after " in run.summary
    run = collect(sent, schedule=LAST)
    assert run.results == NOT_FETCHED, run.log
    assert "Gave up after " in open_issues(fork)[0]["body"]
    assert "Just a moment" not in open_issues(fork)[0]["body"] + run.log
    assert fork.files == yesterday and fork.shown == f"7d/{BEFORE}.json"


def test_what_may_pass_is_not_told_once_the_day_is_stored(fork, collect, yesterday):
    collect(good(YESTERDAY, variant=1))
    fork.publish()
    run = collect(refusal(500), schedule=LAST)
    assert run.results == NOT_FETCHED and open_issues(fork) == [], run.log


def test_a_new_field_is_taken_and_a_missing_one_is_refused_by_name(fork, collect, yesterday):
    more = answer(YESTERDAY, variant=1)
    more["data"]["classifications"][0]["confidence"] = 0.5
    less = answer(YESTERDAY, variant=1)
    del less["data"]["classifications"][0]["usage_share"]
    run = collect(Reply(dump(less)))
    assert run.results == NOT_FETCHED and fork.files == yesterday, run.log
    assert "data.classifications[0].usage_share: found nothing" in open_issues(fork)[0]["body"]
    run = collect(Reply(dump(more)))
    assert run.results == ALL_WELL and open_issues(fork) == [], run.log
    assert "new field data.classifications[].confidence" in run.summary
    assert fork.files[f"data/7d/{YESTERDAY}.json"] == dump(more)


def test_a_shrunk_list_is_refused_until_a_person_allows_it(fork, collect, yesterday):
    few = good(YESTERDAY, tasks=3)
    run = collect(few)
    assert run.results == NOT_FETCHED | {"fetch": "success", "store": "failure"}, run.log
    assert fork.files == yesterday
    assert "expected at least half of the 8 stored" in open_issues(fork)[0]["body"]
    run = collect(few, event="workflow_dispatch", inputs={"allow_shrunk": True})
    assert run.results == ALL_WELL and open_issues(fork) == [], run.log
    assert f"data/7d/{YESTERDAY}.json" in fork.files


def test_an_older_day_is_stored_if_it_is_missing_and_a_future_one_is_refused(fork, collect, yesterday):
    run = collect(good(LONG_AGO, variant=2))
    assert run.results == ALL_WELL, run.log
    assert fork.subjects[-1] == f"{LONG_AGO}: this day was missing and came later"
    assert "is older than the newest stored day" in run.log
    before = fork.files
    fork.publish()
    run = collect(good(str(TODAY + timedelta(days=2))))
    assert run.results == NOT_FETCHED and fork.files == before, run.log
    assert "expected a day not after" in open_issues(fork)[0]["body"]


def test_a_commit_of_someone_else_between_fetch_and_push_is_kept_under_the_new_one(fork, collect, yesterday):
    fork.before_push = lambda: fork.push_from_elsewhere("notes.txt", b"theirs")
    run = collect(good(YESTERDAY, variant=1))
    assert run.results == ALL_WELL, run.log
    assert fork.subjects[-2] == "Someone else's work" and fork.subjects[-1].startswith(YESTERDAY)


def test_a_second_collector_that_was_quicker_leaves_one_commit(fork, collect, yesterday):
    path = f"data/7d/{YESTERDAY}.json"
    fork.before_push = lambda: fork.push_from_elsewhere(path, body(YESTERDAY, variant=1), "The other collector")
    run = collect(good(YESTERDAY, variant=1))
    assert run.results == ALL_WELL, run.log
    assert fork.subjects[-1] == "The other collector" and len(fork.subjects) == 3
    assert list(fork.files) == [*yesterday, path]
    assert fork.github()["dispatched"] == [["deploy.yml", "--ref", "main"]]


def test_a_push_that_is_overtaken_is_tried_again_from_the_fresh_head(fork, collect, yesterday):
    """While the first push comes in, the other collector's commit becomes the head: git itself refuses the push."""
    path = f"data/7d/{YESTERDAY}.json"
    fork.push_from_elsewhere(path, body(YESTERDAY, variant=2), "The other collector", branch="other")
    fork.add_hook(
        f'[ -e "{fork.folder}/once" ] || git update-ref refs/heads/main refs/heads/other; touch "{fork.folder}/once"'
    )
    run = collect(good(YESTERDAY, variant=1))
    assert run.results == ALL_WELL, run.log
    assert "<th>tries to push</th><td>2</td>" in run.summary
    assert fork.subjects[-2] == "The other collector" and fork.subjects[-1].startswith(f"{YESTERDAY}: restated")
    assert list(fork.files) == [*yesterday, path, f"data/7d/{YESTERDAY}.r2.json"]


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("cannot lock ref", "moved on 5 times"),
        ("GH006: Protected branch update failed", "is protected: it does not take the commit"),
        ("disk quota exceeded", "git ended with 1 and said"),
    ],
)
def test_a_push_that_is_never_taken_ends_red_with_what_to_do(fork, collect, yesterday, says, told):
    fork.add_hook(f'echo "{says}"; exit 1')
    run = collect(good(YESTERDAY, variant=1))
    assert run.results["store"] == "failure" and fork.files == yesterday, run.log
    assert told in open_issues(fork)[0]["body"]


def test_a_protected_branch_takes_the_commit_once_a_deploy_key_is_a_secret(fork, collect, yesterday):
    fork.add_hook('[ "$PUSHES_WITH" = a-deploy-key ] || { echo "GH013: Repository rule violations found"; exit 1; }')
    assert collect(good(YESTERDAY, variant=1)).results["store"] == "failure"
    assert "the secret ARCHIVE_DEPLOY_KEY" in open_issues(fork)[0]["body"]
    fork.secrets["ARCHIVE_DEPLOY_KEY"] = "a-deploy-key"
    run = collect(good(YESTERDAY, variant=1))
    assert run.results == ALL_WELL and open_issues(fork) == [], run.log
    assert f"data/7d/{YESTERDAY}.json" in fork.files


@pytest.mark.parametrize(("pages", "found"), [(None, "is off"), ("legacy", "publishes from a branch")])
def test_pages_that_is_not_set_right_is_red_with_the_page_to_click_and_the_archive_grows(fork, collect, pages, found):
    fork.set_github(pages=pages and {"html_url": fork.address, "build_type": pages})
    run = collect(good(BEFORE))
    assert run.results == ALL_WELL | {"behind": "failure"}, run.log
    assert list(fork.files) == [f"data/7d/{BEFORE}.json"]
    deployed = fork.run("deploy", event="workflow_dispatch")
    assert deployed.results == {"build": "failure", "deploy": "skipped", "verify": "skipped", "notify": "success"}
    [issue] = open_issues(fork)
    for text in (issue["body"], run.summary, deployed.summary):
        assert f"GitHub Pages {found}" in text and f"{HUB}/settings/pages" in text
    assert json.loads(re.search(r"\{.*?\}", issue["body"])[0]).keys() == {"collect", "deploy"}
    assert [comment.startswith("**deploy** needs you: ") for comment in issue["comments"]] == [True]


def test_a_deployment_that_is_green_and_stale_turns_red_and_says_how_to_get_a_fresh_commit(fork, collect, yesterday):
    collect(good(YESTERDAY, **SMALL))
    fork.is_stale = True
    deployed = fork.run("deploy", event="workflow_dispatch")
    assert deployed.results == {"build": "success", "deploy": "success", "verify": "failure", "notify": "success"}
    assert fork.shown == f"7d/{BEFORE}.json"
    for text in (open_issues(fork)[0]["body"], deployed.summary):
        assert f"expected 7d/{YESTERDAY}.json" in text and "git commit --allow-empty" in text
    assert collect(good(YESTERDAY, **SMALL)).results == ALL_WELL  # the next slot starts a deployment again
    assert len(open_issues(fork)) == 1


def test_a_deployment_that_github_does_not_take_in_time_is_told_and_started_again_by_the_next_slot(fork, collect):
    collect(good(BEFORE, **SMALL))
    fork.is_timed_out = True
    deployed = fork.run("deploy", event="workflow_dispatch")
    assert deployed.results == {"build": "success", "deploy": "failure", "verify": "skipped", "notify": "success"}
    [issue] = open_issues(fork)
    assert "deploy: GitHub Pages did not take the site" in issue["body"] and "git commit --allow-empty" in issue["body"]
    fork.set_github(dispatched=[])
    assert collect(good(BEFORE, **SMALL)).results == ALL_WELL
    assert fork.github()["dispatched"] == [["deploy.yml", "--ref", "main"]]


def test_settings_that_cannot_be_used_are_told_too(fork, collect, yesterday):
    fork.vars["GENERATOR_WINDOW"] = "a week"
    run = collect(good(YESTERDAY, variant=1))
    assert run.results["fetch"] == "failure" and run.results["notify"] == "success", run.log
    assert "GENERATOR_WINDOW in the environment: found &quot;a week&quot;" in open_issues(fork)[0]["body"]


def test_a_deployment_that_is_stale_in_its_code_alone_is_noticed_too(fork, collect):
    collect(good(BEFORE, **SMALL))
    fork.publish()
    assert collect(good(BEFORE, **SMALL)).results == NOTHING_NEW
    fork.code = copy_of_code(fork.folder / "code")
    template = fork.code / "templates" / "404.html"
    template.write_text(template.read_text() + "<!-- changed -->\n")
    fork.is_stale = True
    deployed = fork.run("deploy", event="push")
    assert deployed.results == {"build": "success", "deploy": "success", "verify": "failure", "notify": "success"}
    found = "found the right newest day in a site that is made of other code, settings or older days"
    for text in (open_issues(fork)[0]["body"], deployed.summary):
        assert found in text and "git commit --allow-empty" in text
    slot = collect(good(BEFORE, **SMALL))  # the next one starts a deployment again
    assert slot.results == ALL_WELL and found in slot.summary
    fork.is_stale = False
    assert set(fork.run("deploy", event="workflow_dispatch").results.values()) == {"success"}
    assert open_issues(fork) == [] and collect(good(BEFORE, **SMALL)).results == NOTHING_NEW


def copy_of_code(folder):
    """The program as a commit has it, to be changed."""
    for name in ("generator", "templates", "static"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    return folder


def test_a_damaged_file_stops_the_build_by_name_and_the_live_site_stays(fork, yesterday):
    fork.push_from_elsewhere(f"data/7d/{BEFORE}.json", body(BEFORE)[:-20], "By hand")
    deployed = fork.run("deploy", event="push")
    assert deployed.results["build"] == "failure" and deployed.results["deploy"] == "skipped", deployed.log
    assert fork.shown == f"7d/{BEFORE}.json"
    assert f"data/7d/{BEFORE}.json" in open_issues(fork)[0]["body"]


def test_old_data_and_a_missing_site_are_told_by_the_watchdog(fork, collect):
    run = fork.run("watchdog")
    assert run.results == {"watch": "failure", "notify": "success"}
    assert "there is no site" in open_issues(fork)[0]["body"]
    fork.publish()
    assert "shows the sample" in fork.run("watchdog").log
    collect(good(LONG_AGO))
    fork.publish()
    run = fork.run("watchdog")
    assert f"are 30 days old (as of {LONG_AGO})" in run.log
    collect(good(YESTERDAY, variant=1))
    fork.publish()
    assert len(open_issues(fork)) == 1
    assert fork.run("watchdog").results == {"watch": "success", "notify": "success"}
    assert open_issues(fork) == []


def test_a_moment_in_which_github_does_not_answer_is_not_told(fork, collect, yesterday):
    fork.set_github(down=True)
    run = collect(good(YESTERDAY, variant=1))
    assert run.results == ALL_WELL | {"behind": "failure"}, run.log
    assert "no issue: the next run tries again" in run.summary
    assert f"data/7d/{YESTERDAY}.json" in fork.files
    assert fork.github()["dispatched"] == [["deploy.yml", "--ref", "main"]]


@pytest.mark.parametrize("trouble", [{"down": True}, {"has_issues": False}], ids=["GitHub is down", "issues are off"])
def test_a_failure_that_cannot_be_told_is_still_the_first_failure(fork, collect, yesterday, trouble):
    fork.set_github(**trouble)
    run = collect(refusal(401, "User not found."))
    assert (run.results["fetch"], run.results["notify"]) == ("failure", "failure")
    assert "401 Unauthorized" in run.jobs["fetch"].summary and "401 Unauthorized" in run.jobs["notify"].summary
    assert "Settings -&gt; General -&gt; Features -&gt; Issues" in run.jobs["notify"].summary


def test_a_run_that_ends_well_stays_so_when_issues_are_off(fork, collect, yesterday):
    fork.set_github(has_issues=False)
    run = collect(good(YESTERDAY, variant=1))
    assert run.results == ALL_WELL, run.log
    assert "the tracker issue could not be looked at" in run.log


def test_hostile_text_is_only_text_in_summary_commit_and_issue(fork, collect, yesterday):
    hostile = answer(YESTERDAY, variant=1)
    hostile["data"]["classifications"][0]["display_name"] = "<img src=x> fixes #1 @all [skip ci] `x` | ::error::"
    run = collect(Reply(dump(hostile)))
    assert run.results == ALL_WELL, run.log
    assert "<img" not in run.summary and "#1" not in fork.subjects[-1] and "[skip" not in fork.subjects[-1]
    collect(refusal(403, "<img src=x> @all fixes #1 </pre> **bold**"))
    [issue] = open_issues(fork)
    assert "<img" not in issue["body"] and issue["body"].count("</pre>") == 1
