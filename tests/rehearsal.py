"""GitHub on this machine, for the workflows' own `run:` blocks: a bare repository as the origin, jobs in fresh folders,
artifacts, Pages as a web server, and a `gh` that keeps issues in a file and records what it was asked.

The endpoint is `FakeApi`. The Python of the jobs has a clock of its own: the moment is always `NOW`, and sleeping only
counts. So nothing here depends on the day and the hour at which the tests run.
"""

import json
import os
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from conftest import CANARY
from fake_api import DATE
from workflows import filled, read, value_of

from generator import archive, pipeline
from generator.settings import load_settings

ROOT = Path(__file__).parent.parent
REPOSITORY = "someone/task-share"
HUB = f"https://github.com/{REPOSITORY}"

NOW = parsedate_to_datetime(DATE)  # of the endpoint's answers too

CLOCK = f"""\
import datetime, time
class Fixed(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp({NOW.timestamp()}, tz)
datetime.datetime = Fixed
waited, monotonic, sleep = [0.0], time.monotonic, time.sleep
time.sleep = lambda seconds: sleep(seconds) if seconds < 0.2 else waited.append(seconds)  # short: the library's own
time.monotonic = lambda: monotonic() + sum(waited)
"""

PYTHON = f"""\
#!/usr/bin/env bash
if [ "$1 $2" = "-m venv" ]; then
  mkdir -p "$3/bin"
  cp "$0" "$3/bin/python"
elif [ "$1 $2" = "-m pip" ]; then
  echo "$@" >> "$SANDBOX/installed"
else
  exec "{sys.executable}" "$@"
fi
"""

GH = f'''\
#!{sys.executable}
"""gh as far as the program and the workflows use it. What it knows is in a file."""
import json, os, re, sys
from pathlib import Path

file = Path(os.environ["SANDBOX"]) / "github.json"
state, arguments = json.loads(file.read_text()), sys.argv[1:]

def end(answer=None, status=None):
    file.write_text(json.dumps(state))
    if status:
        print(f"gh: {{answer}} (HTTP {{status}})", file=sys.stderr)
        sys.exit(1)
    print(json.dumps(answer))
    sys.exit(0)

assert os.environ.get("GH_TOKEN"), "gh has no login"
state["calls"].append(arguments)
if arguments[0] == "workflow":
    state["dispatched"].append(arguments[2:])
    end()
method, path = arguments[2], arguments[3].removeprefix("repos/{{owner}}/{{repo}}").partition("?")[0]
sent = json.loads(sys.stdin.read()) if "--input" in arguments else None
if state["down"]:
    end("Service Unavailable", 503)
if path == "":
    end({{"html_url": "{HUB}", "has_issues": state["has_issues"]}})
if path == "/pages":
    end(state["pages"]) if state["pages"] else end("Not Found", 404)
if path.startswith("/issues") and not state["has_issues"]:
    end("Issues has been disabled in this repository.", 410)
if path == "/actions/workflows":
    end({{"workflows": state["workflows"]}})
if path == "/actions/secrets":
    end({{"secrets": state["secrets"]}})
if path == "/labels":
    if sent["name"] in state["labels"]:
        end("Validation Failed", 422)
    state["labels"].append(sent["name"])
    end(sent)
if (method, path) == ("GET", "/issues"):
    end([issue for issue in state["issues"] if issue["state"] == "open"])
if (method, path) == ("POST", "/issues"):
    state["issues"].append({{"number": len(state["issues"]) + 1, "state": "open", "comments": [], **sent}})
    end(state["issues"][-1])
issue = state["issues"][int(re.match(r"/issues/(\\d+)", path)[1]) - 1]
if path.endswith("/comments"):
    issue["comments"].append(sent["body"])
else:
    issue.update(sent)
end(issue)
'''


@dataclass
class JobRun:
    """How a job ended."""

    result: str
    outputs: dict[str, str]
    log: str = ""
    summary: str = ""


@dataclass
class WorkflowRun:
    """How a run of a workflow ended."""

    jobs: dict[str, JobRun] = field(default_factory=dict)

    @property
    def results(self):
        return {name: job.result for name, job in self.jobs.items()}

    @property
    def summary(self):
        return "".join(job.summary for job in self.jobs.values())

    @property
    def log(self):
        return "".join(f"== {name}\n{job.log}" for name, job in self.jobs.items())


class Sandbox:
    """A fork on GitHub, in a folder: a new one, or one that goes on from where another one is."""

    def __init__(self, folder, api_url, live_port, start=None):
        self.folder, self.api_url = folder, api_url
        self.origin, self.live, self.bin = folder / "origin.git", folder / "live", folder / "bin"
        self.address = f"http://127.0.0.1:{live_port}/"
        self.secrets, self.vars = {"OPENROUTER_API_KEY": CANARY}, {}
        self.is_stale, self.is_timed_out, self.before_push = False, False, None
        self.runs = start.runs if start else 0
        self.drawings = None  # a cache of them for all builds here; without it the site is the same, and later there
        self.code = ROOT  # what the jobs run
        if start:
            self._go_on_from(start)
        else:
            self._prepare()

    def _go_on_from(self, start):
        for name in ("origin.git", "bin", "clock", "github.json"):
            copy = shutil.copytree if (start.folder / name).is_dir() else shutil.copy
            copy(start.folder / name, self.folder / name)
        self.set_github(pages={"html_url": self.address, "build_type": "workflow"})
        self.publish()

    def _prepare(self):
        for place in (self.bin, self.folder / "clock"):
            place.mkdir()
        for name, text in (("python3", PYTHON), ("gh", GH)):
            (self.bin / name).write_text(text)
            (self.bin / name).chmod(0o755)
        (self.folder / "clock" / "sitecustomize.py").write_text(CLOCK)
        self.set_github(
            calls=[], dispatched=[], issues=[], labels=[], down=False, has_issues=True, secrets=[],
            pages={"html_url": self.address, "build_type": "workflow"},
            workflows=[{"path": f".github/workflows/{name}.yml", "state": "active"} for name in ("collect", "deploy")],
        )  # fmt: skip
        work = self.folder / "first"
        for name in (".ci/install", "pyproject.toml", "requirements.txt"):
            (work / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, work / name)
        git(self.folder, "init", "--quiet", "--bare", "--initial-branch=main", self.origin)
        git(work, "init", "--quiet", "--initial-branch=main")
        self.commit(work, "The fork")
        git(work, "push", "--quiet", self.origin, "main")

    def commit(self, work, message):
        git(work, "add", "--all")
        git(work, "-c", "user.name=Someone", "-c", "user.email=s@example.org", "commit", "--quiet", "-m", message)

    # ------------------------------------------------------------ what is there

    def github(self):
        return json.loads((self.folder / "github.json").read_text())

    def set_github(self, **changes):
        file = self.folder / "github.json"
        state = json.loads(file.read_text()) if file.exists() else {}
        file.write_text(json.dumps(state | changes))

    @property
    def subjects(self):
        """The commits of main, the oldest first."""
        return git(self.origin, "log", "--reverse", "--format=%s", "main").splitlines()

    @property
    def files(self):
        """The archive at the head of main."""
        names = git(self.origin, "ls-tree", "-r", "--name-only", "main", "--", "data").splitlines()
        return {name: git(self.origin, "show", f"main:{name}", text=False) for name in names}

    @property
    def shown(self):
        """The file that the live site shows; "" while there is none."""
        file = self.live / "build.json"
        return json.loads(file.read_text())["snapshot"]["path"] if file.exists() else ""

    @property
    def objects(self):
        """Everything that git keeps in the origin, unpacked: files, messages, names."""
        return git(self.origin, "cat-file", "--batch", "--batch-all-objects", text=False)

    def publish(self):
        """The site of main's archive as far as `build.json` goes, live at once."""
        work = self.clone("published")
        newest = archive.newest(work / "data", "7d")
        days, restated = (newest.days, newest.days_restated) if newest else (1, 0)
        told = {
            "is_sample": newest is None,
            "as_of": newest.as_of.isoformat() if newest else "2026-01-01",
            "snapshot": {"path": newest.path if newest else "", "sha256": newest.sha256 if newest else ""},
            "history": {"days": days, "days_restated": restated},
            "digest": self._digest(work),
        }
        (self.live / "build.json").write_text(json.dumps(told))

    def _digest(self, work):
        settings = load_settings((work / "pyproject.toml").read_text(), self.vars, {"address": self.address})
        return pipeline.site_digest(work / "data", settings)

    def clone(self, name):
        work = self.folder / name
        shutil.rmtree(work, ignore_errors=True)
        git(self.folder, "clone", "--quiet", f"file://{self.origin}", work)
        return work

    def add_hook(self, script):
        """What the origin does when a push comes in: refuse it, or something else first."""
        hook = self.origin / "hooks" / "update"
        hook.write_text(f"#!/bin/sh\n{script}\n")
        hook.chmod(0o755)

    def push_from_elsewhere(self, path, body, message="Someone else's work", branch="main"):
        """Another commit on top of main, as of another person or another collector."""
        work = self.clone("elsewhere")
        (work / path).parent.mkdir(parents=True, exist_ok=True)
        (work / path).write_bytes(body)
        self.commit(work, message)
        git(work, "push", "--quiet", "origin", f"HEAD:{branch}")

    # ------------------------------------------------------------ runs

    def run(self, name, *, event="schedule", schedule="23 1 * * *", inputs=None):
        """Run a workflow as GitHub would, its jobs one after the other."""
        workflow, run = read(name), WorkflowRun()
        self.runs += 1
        github = {
            "event": {"schedule": schedule if event == "schedule" else ""},
            "event_name": event,
            "ref_name": "main",
            "repository": REPOSITORY,
            "run_attempt": "1",
            "run_id": str(self.runs),
            "server_url": "https://github.com",
            "sha": git(self.origin, "rev-parse", "main").strip(),
            "token": "gh-token",
        }
        context = {"github": github, "secrets": self.secrets, "vars": self.vars, "inputs": inputs or {}}
        for job_name, job in workflow["jobs"].items():
            asked = job.get("needs", [])
            asked = [asked] if isinstance(asked, str) else asked
            needs = {need: {"result": run.jobs[need].result, "outputs": run.jobs[need].outputs} for need in asked}
            run.jobs[job_name] = self._job(workflow, name, job_name, context | {"needs": needs})
        (self.folder / "jobs" / f"{self.runs}-{name}.txt").write_text(repr(run))
        return run

    def _job(self, workflow, name, job_name, context):
        job = workflow["jobs"][job_name]
        went_well = all(need["result"] == "success" for need in context["needs"].values())
        condition = str(job.get("if", went_well)).removeprefix("${{").removesuffix("}}")
        if not (went_well if "if" not in job else value_of(condition, context)):
            return JobRun("skipped", {})
        place = self.folder / "jobs" / f"{self.runs}-{name}-{job_name}"
        runner = Runner(self, place, workflow, context)
        result = "success" if all(map(runner.step, job["steps"])) else "failure"
        context |= {"steps": runner.steps}
        outputs = {key: text for key, value in job.get("outputs", {}).items() if (text := filled(value, context))}
        return JobRun(result, outputs, runner.log, runner.summary)


class Runner:
    """A machine that runs the steps of one job."""

    def __init__(self, sandbox, place, workflow, context):
        self.sandbox, self.place, self.workflow, self.context = sandbox, place, workflow, context
        self.steps, self.log, self.summary, self.path = {}, "", "", []
        self.deploy_key = ""
        for name in ("work", "temp"):
            (place / name).mkdir(parents=True)

    def step(self, step):
        """One step; whether it went well."""
        context = self.context | {"steps": self.steps}
        outputs = {}
        if "uses" in step:
            given = {key: filled(value, context) for key, value in step.get("with", {}).items()}
            action = step["uses"].partition("@")[0].partition("/")[2]
            went_well = getattr(self, action.replace("-", "_"))(given, outputs)
        else:
            went_well = self.bash(step, context, outputs)
        if "id" in step:
            self.steps[step["id"]] = {"outputs": outputs}
        return went_well

    def bash(self, step, context, outputs):
        files = {name: self.place / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_PATH", "script")}
        for file in files.values():
            file.write_text("")
        files["script"].write_text(step["run"])
        shell = self.workflow["defaults"]["run"]["shell"].replace("{0}", str(files.pop("script"))).split()
        given = {**self.workflow.get("env", {}), **step.get("env", {})}
        done = subprocess.run(
            shell,
            cwd=self.place / "work",
            env=self._environ(files) | {name: filled(value, context) for name, value in given.items()},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        self.log += f"$ {step['run'].strip()}\n{done.stdout}{done.stderr}"
        self.summary += files["GITHUB_STEP_SUMMARY"].read_text()
        self.path += files["GITHUB_PATH"].read_text().split()
        outputs |= dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text().splitlines())
        return done.returncode == 0

    def _environ(self, files):
        github = self.context["github"]
        return {
            **{name: str(file) for name, file in files.items()},
            "PATH": os.pathsep.join([*self.path[::-1], str(self.sandbox.bin), os.environ["PATH"]]),
            "PYTHONPATH": os.pathsep.join([str(self.sandbox.folder / "clock"), str(self.sandbox.code)]),
            "PYTHONWARNINGS": "error",
            "HOME": str(self.place / "temp"),  # no settings of this machine's git
            "RUNNER_TEMP": str(self.place / "temp"),
            "TMPDIR": str(self.place / "temp"),
            "SANDBOX": str(self.sandbox.folder),
            "GENERATOR_TEST_API_URL": self.sandbox.api_url,
            "GITHUB_REF_NAME": github["ref_name"],
            "GITHUB_REPOSITORY": github["repository"],
            "PUSHES_WITH": self.deploy_key,  # what the origin knows of who pushes
        }

    # ------------------------------------------------------------ the actions

    def checkout(self, given, outputs):
        work = self.place / "work"
        git(work, "clone", "--quiet", "--depth=1", f"file://{self.sandbox.origin}", ".")
        if not given.get("ref"):
            git(work, "fetch", "--quiet", "--depth=1", "origin", self.context["github"]["sha"])
            git(work, "checkout", "--quiet", self.context["github"]["sha"])
        if self.sandbox.drawings:
            (work / ".cache").mkdir()
            (work / ".cache" / "drawings").symlink_to(self.sandbox.drawings)
        if given["persist-credentials"] == "true":
            self.deploy_key = given.get("ssh-key", "")
            if self.sandbox.before_push:
                self.sandbox.before_push()
        return True

    def upload_artifact(self, given, outputs):
        shutil.copytree(self.place / "work" / given["path"], self._artifact(given["name"]))
        return True

    def download_artifact(self, given, outputs):
        shutil.copytree(self._artifact(given["name"]), self.place / "work" / given["path"])
        return True

    upload_pages_artifact = upload_artifact

    def deploy_pages(self, given, outputs):
        if self.sandbox.is_timed_out:
            return False
        if not self.sandbox.is_stale:
            shutil.rmtree(self.sandbox.live)
            shutil.copytree(self._artifact(given["artifact_name"]), self.sandbox.live)
        outputs["page_url"] = self.sandbox.address
        return True

    def _artifact(self, name):
        return self.sandbox.folder / "artifacts" / f"{self.context['github']['run_id']}-{name}"


@contextmanager
def rehearsing(folder, api_url, start=None):
    """A fork, new or going on from where another one is, and the web server that is its Pages."""
    live = folder / "sandbox" / "live"
    live.mkdir(parents=True)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(live))) as server:
        threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        try:
            yield Sandbox(folder / "sandbox", api_url, server.server_address[1], start)
        finally:
            server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def git(folder, *arguments, text=True):
    done = subprocess.run(["git", *map(str, arguments)], cwd=folder, capture_output=True, text=text, check=True)
    return done.stdout
