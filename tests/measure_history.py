"""What a history costs: `uv run python tests/measure_history.py 365`. No test: it prints what it measured.

An archive of that many synthetic days is built three times in processes of their own: from nothing, once more with
nothing changed, and with one more day. Wall seconds, and the memory of the largest process.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generator.sample import sample_files

PROJECT = Path(__file__).resolve().parent.parent


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("days", type=int)
    parser.add_argument("--folder", type=Path, help="where to work, instead of a temporary folder; its cache is used")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        measure(options.folder or Path(temporary), options.days)


def measure(folder, days):
    *files, last = sample_files(days + 1)
    for path, body in files:
        write(folder, path, body)
    sys.stdout.write(f"{days:,} days\n")
    report("from nothing", folder)
    report("nothing changed", folder)
    write(folder, *last)
    report("one more day", folder)


def write(folder, path, body):
    (folder / "data" / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / "data" / path).write_bytes(body)


def report(what, folder):
    began = time.monotonic()
    command = [sys.executable, "-m", "generator", "build"]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)
    said = process.stdout.read()
    *_, usage = os.wait4(process.pid, 0)  # its own memory or that of the largest process it started
    built = next(line for line in said.splitlines() if line.startswith("built"))
    seconds, megabytes = time.monotonic() - began, usage.ru_maxrss / 1024
    sys.stdout.write(f"{what:16} {seconds:6.0f} s  {megabytes:5.0f} MB  {built.partition(': ')[2]}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
