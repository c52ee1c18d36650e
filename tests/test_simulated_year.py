"""A few days of the simulated year, with outages and two collectors at once; the whole year is run by hand."""

import json
import os
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parent
DAYS = 10


def test_nothing_that_the_source_gave_is_lost_kept_twice_or_altered():
    path = os.pathsep.join([str(TESTS.parent), str(TESTS)])
    command = [sys.executable, str(TESTS / "simulated_year.py"), str(DAYS), "3"]
    done = subprocess.run(
        command, env=dict(os.environ) | {"PYTHONPATH": path}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert 0 < told["days missed"] < DAYS and told["days kept"] + told["days missed"] == DAYS
    assert told["commits"] == told["files"] + 1
