"""The workflows as they are written: pinned, each job with the least it needs, the key in one step, nothing endless."""

import re
from pathlib import Path

import pytest
import workflows
import yaml

from generator.__main__ import _COMMANDS, main
from generator.operations.doctor import WORKFLOWS

ROOT = Path(__file__).parent.parent
TEXTS = {name: (workflows.FOLDER / f"{name}.yml").read_text(encoding="utf-8") for name in workflows.names()}
PINNED = re.compile(r"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")

PERMISSIONS = {
    "benchmarks/measure": {"contents": "read"},
    "ci/check": {"contents": "read"},
    "collect/behind": {"contents": "read", "pages": "read"},
    "collect/dispatch": {"actions": "write"},
    "collect/fetch": {"contents": "read"},
    "collect/notify": {"contents": "read", "issues": "write"},
    "collect/store": {"contents": "write"},
    "deploy/build": {"contents": "read", "pages": "read"},
    "deploy/deploy": {"id-token": "write", "pages": "write"},
    "deploy/notify": {"contents": "read", "issues": "write"},
    "deploy/verify": {"contents": "read"},
    "watchdog/notify": {"contents": "read", "issues": "write"},
    "watchdog/watch": {"contents": "read", "pages": "read"},
}
TRIGGERS = {
    "benchmarks": {"workflow_dispatch"},
    "ci": {"pull_request", "push"},
    "collect": {"schedule", "workflow_dispatch"},
    "deploy": {"push", "workflow_dispatch"},
    "watchdog": {"schedule", "workflow_dispatch"},
}


def jobs():
    return {
        f"{name}/{job}": settings for name in TEXTS for job, settings in workflows.read(name)["jobs"].items()
    }  # fmt: skip


def crons():
    return [slot["cron"] for name in TEXTS for slot in (workflows.read(name)["on"].get("schedule") or ())]


def test_every_action_is_pinned_by_its_full_hash_with_the_version_beside_it():
    lines = [
        line.strip().removeprefix("- ") for text in TEXTS.values() for line in text.splitlines() if "uses:" in line
    ]
    assert len(lines) >= len(PERMISSIONS)
    assert [line for line in lines if not PINNED.fullmatch(line)] == []


def test_an_action_has_one_version_in_all_workflows():
    pins = {tuple(step["uses"].split("@")) for _, step in workflows.steps() if "uses" in step}
    assert len(pins) == len({action for action, _ in pins})


def test_each_job_may_do_what_stands_on_the_list_and_workflows_by_themselves_nothing():
    assert {name: job["permissions"] for name, job in jobs().items()} == PERMISSIONS
    assert {name: workflows.read(name)["permissions"] for name in TEXTS} == {name: {} for name in TEXTS}


def test_workflows_start_as_the_list_says_and_never_with_rights_for_a_strangers_code():
    assert {name: set(workflows.read(name)["on"]) for name in TEXTS} == TRIGGERS


def test_the_key_is_in_one_step_and_the_only_other_secret_is_the_right_to_push_where_pushing_is_done():
    named = [line.strip() for text in TEXTS.values() for line in text.splitlines() if "secrets" in line]
    assert [line.partition(" #")[0] for line in named] == [
        "OPENROUTER_API_KEY: ${{ secrets.OPENROUTER_API_KEY }}",
        "ssh-key: ${{ secrets.ARCHIVE_DEPLOY_KEY }}",
    ]
    (fetch, taking), (store, pushing) = [(place, step) for place, step in workflows.steps() if "secrets" in str(step)]
    assert fetch == "collect/fetch" and taking["run"].startswith("python -m generator snapshot ")
    assert PERMISSIONS[fetch] == {"contents": "read"}
    assert store == "collect/store" and pushing["uses"].startswith("actions/checkout@")
    assert PERMISSIONS[store] == {"contents": "write"}


def test_the_token_goes_to_steps_that_call_gh_and_to_the_checkout_that_pushes():
    with_token = {place for place, step in workflows.steps() if "github.token" in str(step)}
    assert with_token == {
        *("collect/behind", "collect/dispatch", "collect/notify", "deploy/build", "deploy/notify"),
        *("watchdog/watch", "watchdog/notify"),
    }
    keeps = {place: step["with"]["persist-credentials"] for place, step in workflows.steps() if "checkout" in str(step)}
    assert {place for place, kept in keeps.items() if kept} == {"collect/store"}
    assert all(isinstance(kept, bool) for kept in keeps.values())


def test_every_job_has_a_time_limit():
    assert {name: 5 <= job["timeout-minutes"] <= 90 for name, job in jobs().items()} == dict.fromkeys(PERMISSIONS, True)


def test_jobs_run_on_one_named_machine():
    assert {job["runs-on"] for job in jobs().values()} == {"ubuntu-24.04"}


def test_no_step_takes_an_expression_into_its_script():
    scripts = [step["run"] for _, step in workflows.steps() if "run" in step]
    assert len(scripts) > 10
    assert [script for script in scripts if "${{" in script] == []


def test_every_script_stops_at_its_first_failure_and_is_one_line():
    for name in TEXTS:
        assert workflows.read(name)["defaults"]["run"]["shell"] == "bash --noprofile --norc -euo pipefail {0}"
    assert [step["run"] for _, step in workflows.steps() if "\n" in step.get("run", "").strip()] == []


def test_nothing_is_cached_where_a_key_or_a_right_to_write_is():
    assert [place for place, step in workflows.steps() if re.search("cache", str(step), re.IGNORECASE)] == []


def test_commands_of_the_workflows_exist_and_take_these_options(capsys):
    called = [
        step["run"].split() for _, step in workflows.steps() if step.get("run", "").startswith("python -m generator")
    ]
    assert {words[3] for words in called} == {
        "snapshot",
        "store",
        "behind",
        "pages",
        "build",
        "verify",
        "watch",
        "notify",
    }
    assert {words[3] for words in called} <= _COMMANDS.keys()
    for words in called:
        with pytest.raises(SystemExit):
            main([words[3], "--help"])
        told = capsys.readouterr().out
        assert [word for word in words if word.startswith("--") and word not in told] == []


def test_nothing_starts_at_the_full_hour_and_the_last_slot_is_the_one_that_tells():
    assert len(crons()) == 5
    assert all(int(cron.split()[0]) % 5 for cron in crons())
    collect = [slot["cron"] for slot in workflows.read("collect")["on"]["schedule"]]
    assert max(collect, key=lambda cron: int(cron.split()[1])) == collect[-1]
    assert f"github.event.schedule == '{collect[-1]}'" in TEXTS["collect"]


def test_a_deployment_is_looked_at_for_longer_than_caches_last():
    [script] = [step["run"] for _, step in workflows.steps() if " verify " in step.get("run", "")]
    seconds = int(re.search(r"--seconds (\d+)", script)[1])
    assert 600 < seconds < 60 * jobs()["deploy/verify"]["timeout-minutes"]


def test_no_two_runs_publish_or_collect_at_once_and_none_is_cut_off():
    groups = {name: workflows.read(name)["concurrency"] for name in ("collect", "deploy")}
    assert groups == {
        "collect": {"group": "collect", "cancel-in-progress": False},
        "deploy": {"group": "pages", "cancel-in-progress": False},
    }


def test_everything_a_site_is_made_of_starts_a_deployment():
    paths = workflows.read("deploy")["on"]["push"]["paths"]
    made_of = {"data", "generator", "static", "templates", "pyproject.toml", "requirements.txt"}
    assert made_of <= {path.removesuffix("/**") for path in paths}


def test_an_artifact_is_named_by_the_attempt_and_its_name_is_handed_on():
    for job, artifact in (("collect/fetch", "snapshot"), ("deploy/build", "github-pages")):
        name = f"{artifact}-${{{{ github.run_attempt }}}}"
        assert jobs()[job]["outputs"]["artifact"] == name
        [step] = [step for step in jobs()[job]["steps"] if "upload" in step.get("uses", "")]
        assert (step["with"]["name"], step["with"]["retention-days"]) == (name, 7)


def test_every_setting_of_the_site_can_be_a_variable_of_the_repository():
    from generator.settings import VARIABLES

    for name in ("collect", "deploy", "watchdog"):
        assert workflows.read(name)["env"] == {
            variable: f"${{{{ vars.{variable} }}}}" for variable in VARIABLES.values()
        }


def test_the_doctor_looks_at_the_workflows_that_a_site_needs():
    assert {f"{name}.yml" for name in TEXTS} - {"benchmarks.yml"} == set(WORKFLOWS)


def test_the_workflow_of_the_benchmarks_runs_each_but_the_one_that_takes_too_long():
    from benchmarks.__main__ import BENCHMARKS

    [job] = workflows.read("benchmarks")["jobs"].values()
    assert job["strategy"]["matrix"]["benchmark"] == [name for name in BENCHMARKS if name != "decade"]


def test_dependabot_keeps_actions_and_packages_and_waits_a_week():
    settings = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text(encoding="utf-8"))
    assert {update["package-ecosystem"] for update in settings["updates"]} == {"github-actions", "pip"}
    assert all(update["cooldown"] == {"default-days": 7} for update in settings["updates"])


def test_jobs_install_only_what_is_locked():
    script = (ROOT / ".ci" / "install").read_text(encoding="utf-8")
    assert script.startswith("#!/usr/bin/env bash\n") and "\nset -euo pipefail\n" in script
    for option in ("--require-hashes", "--no-deps", "--only-binary=:all:", "--requirement requirements.txt"):
        assert option in script
    for place, job in jobs().items():
        calls = [step["run"] for step in job["steps"] if "run" in step]
        assert not any("generator" in call for call in calls) or calls[0] == ".ci/install", place


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("always()", True),
        ("!cancelled() && (needs.a.outputs.x != '' || needs.a.outputs.y == 'true')", True),
        ("needs.none.outputs.x != ''", False),
        ("vars.MISSING || needs.a.outputs.x", "1"),
        ("inputs.allow && 'yes' || ''", ""),
        ("toJSON(needs)", '{"a": {"outputs": {"x": "1"}}}'),
    ],
)
def test_the_rehearsal_reads_expressions_as_github_does(expression, value):
    context = {"needs": {"a": {"outputs": {"x": "1"}}}, "inputs": {"allow": False}, "vars": {}}
    assert workflows.value_of(expression, context) == value
