"""Killed and disk full in mid-write: archive and site are whole, and the next run goes on."""

import ast
import contextlib
import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import CANARY, contents
from rehearsal import rehearsing
from responses import body

TESTS = Path(__file__).parent
ROUNDS = 50


@pytest.mark.parametrize("kind", ["archive", "site"])
def test_whatever_is_killed_at_fifty_random_points_leaves_a_whole(tmp_path, kind):
    command = [sys.executable, str(TESTS / "crashing.py"), kind, str(tmp_path), str(ROUNDS), "5"]
    done = subprocess.run(command, env=_environ(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    seen = ast.literal_eval(done.stdout)
    assert sum(seen.values()) == ROUNDS
    assert sum(found for how, found in seen.items() if how.startswith("whole")) > ROUNDS / 4, seen


def test_a_store_that_is_killed_leaves_the_branch_as_it_was_or_with_the_whole_commit(tmp_path, api):
    with rehearsing(tmp_path, api.url) as fork:
        clone, draw, days = fork.clone("mine"), random.Random(5), {}
        for number in range(1, 9):
            as_of = f"2026-08-0{number}"
            place, days[f"data/7d/{as_of}.json"] = tmp_path / as_of, body(as_of, variant=number)
            place.mkdir()
            (place / "handed.json").write_bytes(body(as_of, variant=number))
            command = [sys.executable, "-m", "generator", "store", str(place)]
            killed = subprocess.Popen(
                command,
                cwd=clone,
                env=_environ(),
                start_new_session=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            time.sleep(draw.uniform(0.3, 1.5))
            with contextlib.suppress(ProcessLookupError):  # it was quicker
                os.killpg(killed.pid, signal.SIGKILL)
            killed.wait()
            for lock in fork.origin.rglob("*.lock"):  # the signal reached git's other end too, which a server would not
                lock.unlink()
            assert fork.files in (days, {path: days[path] for path in list(days)[:-1]})
            done = subprocess.run(command, cwd=clone, env=_environ(), capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr
            assert fork.files == days and len(fork.subjects) == number + 1


@pytest.fixture
def limited(api, tmp_path):
    """`generator snapshot` in a process whose files may not grow beyond so many bytes, as on a full disk."""

    def limited(max_bytes, *options):
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (max_bytes, max_bytes))

        command = [sys.executable, "-m", "generator", "snapshot", "--api-url", api.url, *map(str, options)]
        return subprocess.run(
            command, cwd=tmp_path, env=_environ(), preexec_fn=limit, capture_output=True, text=True, check=False
        )

    return limited


def test_a_disk_that_is_full_leaves_the_archive_as_it_was_and_says_so(limited, api, tmp_path):
    api.answers(body("2026-08-30"))
    assert limited(1_000_000).returncode == 0
    before = contents(tmp_path)
    api.answers(body("2026-08-31", variant=1))
    done = limited(1000)
    assert done.returncode == 1
    assert "cannot write" in done.stderr and "The archive is as it was" in done.stderr and CANARY not in done.stderr
    assert contents(tmp_path) == before
    assert limited(1_000_000).returncode == 0
    assert sorted(contents(tmp_path)) == ["data/7d/2026-08-30.json", "data/7d/2026-08-31.json"]


def test_a_summary_that_cannot_be_written_does_not_hide_the_first_failure(limited, api, tmp_path):
    (tmp_path / "summary").write_bytes(b"x" * 900)
    api.answers(body("2026-08-31"))
    done = limited(1000, "--summary", "summary", "--outputs", "no/such/folder")
    assert done.returncode == 1
    first, second = done.stderr.splitlines()
    assert first.startswith("error: cannot write") and "2026-08-31.json" in first
    assert second.startswith('error: cannot write "summary"')


def test_a_site_that_does_not_fit_on_the_disk_leaves_the_last_one(tmp_path):
    code = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from generator.errors import SiteError\n"
        "from generator.models import File\n"
        "from generator.site.folder import replaced\n"
        "def build(size):\n"
        "    with replaced(Path('site')) as site:\n"
        "        site.add(File('build.json', b'{}'))\n"
        "        site.add(File('index.html', b'x' * size))\n"
        "build(500)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try:\n"
        "    build(5000)\n"
        "except SiteError as exc:\n"
        "    sys.exit('File too large' not in str(exc))\n"
        "sys.exit(2)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=_environ(), check=False)
    assert done.returncode == 0
    assert contents(tmp_path) == {"site/build.json": b"{}", "site/index.html": b"x" * 500}


def _environ():
    path = os.pathsep.join([str(TESTS.parent), str(TESTS)])
    return dict(os.environ) | {"PYTHONPATH": path, "PYTHONWARNINGS": "error", "OPENROUTER_API_KEY": CANARY}
