"""A year of unattended days: `uv run python tests/simulated_year.py 365`. Run for a few days by test_simulated_year.py.

Four slots a day go through `generator snapshot` and `generator store`, against a source and an origin on this machine.
The source fails at random, by a seed: 5 % of requests get 429, 3 % 500, 1 % half a body, 1 % HTML; 0.5 % of slots find
the day restated, 0.5 % of days repeat the day before; three outages last 1 to 5 days; on every tenth day a second
collector stores at the same moment. The clock is made up. At the end the archive in the origin is compared with what
the source gave, byte for byte.
"""

import contextlib
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from fake_api import FakeApi, Reply
from responses import error

from generator import analyse, archive
from generator.__main__ import Clock, main
from generator.models import Gap
from generator.sample import sample_files
from generator.validate import content_digest, parse_snapshot

FIRST = date(2025, 9, 1)
SLOTS = ((1, 23), (5, 47), (10, 13), (16, 41))
CANARY = "sk-or-v1-canary-7f3a9c51d2e84b60"
STAGES = {"parse": parse_snapshot, "digest": content_digest}


class Source(FakeApi):
    """The endpoint on one day of the year: an answer, or one of the faults."""

    def __init__(self, days, draw):
        super().__init__()
        self.draw, self.now, self.is_out = draw, datetime(2025, 9, 1, tzinfo=UTC), False
        self.pool = [_real(body) for _, body in sample_files(days + 40)]
        self.content, self.shown = 0, None  # which of the pool the newest day shows

    def new_day(self, as_of):
        """The day's figures come: others, or by a fault of the source those of the day before."""
        if self.shown is None or self.draw.random() >= 0.005:
            self.content += 1
        self._show(as_of)

    def restate(self, as_of):
        self.content += 1
        self._show(as_of)

    def _show(self, as_of):
        data = {"data": {**self.pool[self.content % len(self.pool)], "as_of": str(as_of)}}
        self.shown = json.dumps(data, separators=(",", ":"), ensure_ascii=False).encode()

    def reply_to(self, request):
        headers = {"Date": self.now.strftime("%a, %d %b %Y %H:%M:%S GMT")}
        chance = self.draw.random()
        if self.is_out or 0.05 <= chance < 0.08:
            return Reply(error(500, "oops"), 500, headers)
        if chance < 0.05:
            return Reply(error(429, "Slow down"), 429, {**headers, "Retry-After": "20"})
        if chance < 0.09:
            return Reply(self.shown, headers=headers, sent_bytes=len(self.shown) // 2)
        if chance < 0.10:
            return Reply(b"<html>Just a moment</html>", headers={**headers, "Content-Type": "text/html"})
        return Reply(self.shown, headers=headers)


def _real(body):
    """A day of the sample as if it were a real one."""
    data = json.loads(body)["data"]
    return {key: value for key, value in data.items() if key != "sample"}


@dataclass
class Year:
    """What happened."""

    folder: Path
    given: dict  # day -> contents, as they came; the same one again in a row is left out
    missed: list  # days of which no slot got an answer
    failed: int = 0  # slots


def simulate(folder, days, seed=1):
    """All days, slot by slot."""
    draw = random.Random(seed)
    year = Year(folder, defaultdict(list), [])
    for name in ("one", "two"):
        _make_clone(folder, name)
    out = _outages(days, draw)
    with Source(days, draw) as source:
        for number in range(days):
            today = FIRST + timedelta(days=number)
            source.is_out = number in out
            _day(year, source, today, draw, with_two=number % 10 == 9)
    return year


def _make_clone(folder, name):
    origin = folder / "origin.git"
    if not origin.exists():
        _git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(origin))
        _git(folder, "clone", "--quiet", str(origin), "first")
        identity = ("-c", "user.name=Someone", "-c", "user.email=s@example.org")
        _git(folder / "first", *identity, "commit", "--quiet", "--allow-empty", "-m", "The fork")
        _git(folder / "first", "push", "--quiet", "origin", "HEAD:main")
    _git(folder, "clone", "--quiet", str(origin), name)


def _outages(days, draw):
    """Three times 1 to 5 days, not at the beginning."""
    out = set()
    for _ in range(3):
        start = draw.randrange(2, max(3, days - 5))
        out |= set(range(start, start + draw.randint(1, 5)))
    return out


def _day(year, source, today, draw, *, with_two):
    as_of = today - timedelta(days=1)
    source.new_day(as_of)
    got = False
    for hour, minute in SLOTS:
        if draw.random() < 0.005:
            source.restate(as_of)
        source.now = datetime(today.year, today.month, today.day, hour, minute, tzinfo=UTC)
        handed = year.folder / "handed" / f"{today}-{hour}"
        if _take(source, handed):
            got = True
            [file] = handed.rglob("*.json")
            if year.given[as_of][-1:] != [file.read_bytes()]:
                year.given[as_of].append(file.read_bytes())
            _store(year.folder, source.now, handed, with_two=with_two)
        else:
            year.failed += 1
    if not got:
        year.missed.append(as_of)


def _take(source, handed):
    return _command(source.now, "snapshot", "--api-url", source.url, "--data", str(handed)) == 0


def _store(folder, now, handed, *, with_two):
    """Once, or by two collectors at the same moment; both must end well."""
    codes = []

    def store(name):
        codes.append(_process(folder / name, now, handed) if with_two else _in_folder(folder / name, now, handed))

    threads = [threading.Thread(target=store, args=[name]) for name in (("one", "two") if with_two else ("one",))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes == [0] * len(threads), codes


def _in_folder(clone, now, handed):
    os.chdir(clone)
    return _command(now, "store", str(handed))


def _process(clone, now, handed):
    """In a process of its own, since the folder of a process is one for all of its threads."""
    command = [sys.executable, __file__, "store", str(clone), now.isoformat(), str(handed)]
    return subprocess.run(command, check=False).returncode


def _command(now, *arguments):
    """A command at this moment; waiting costs nothing. What it prints is searched for the key."""
    slept = []
    clock = Clock(lambda: now, lambda: 1000.0 + sum(slept), slept.append)
    said = io.StringIO()
    os.environ["OPENROUTER_API_KEY"] = CANARY
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = main(list(arguments), clock)
    assert CANARY not in said.getvalue()
    return code


def check(year):
    """The origin's archive against what the source gave. Returns what there is to be said of it."""
    _git(year.folder, "clone", "--quiet", str(year.folder / "origin.git"), "end")
    data = year.folder / "end" / "data"
    history = archive.read_history(data, "7d", **STAGES)
    kept = {day.as_of: [(data / stored.path).read_bytes() for stored in day.revisions] for day in history.days}
    assert kept == dict(year.given), "lost, twice or altered"
    gaps = [entry for entry in analyse.log_of(history).ledger if isinstance(entry, Gap)]
    missing = sorted(
        gap.first + timedelta(days=n) for gap in gaps for n in range((gap.last - gap.first).days + 1)
    )  # fmt: skip
    assert missing == [day for day in year.missed if min(kept) < day < max(kept)], "a gap that the ledger does not tell"
    commits = _git(year.folder / "end", "log", "--format=%s").splitlines()
    files = sum(map(len, kept.values()))
    assert len(commits) == files + 1 and len(set(commits)) > len(commits) / 2
    assert _git(year.folder / "end", "log", "--diff-filter=MDR", "--format=%s") == "", "a file was changed or deleted"
    return {
        "days kept": len(kept),
        "files": files,
        "days missed": len(year.missed),
        "slots failed": year.failed,
        "commits": len(commits),
        "archive MB": round(sum(file.stat().st_size for file in data.rglob("*.json")) / 1e6, 1),
        "repository MB": _repository_megabytes(year.folder / "origin.git"),
    }


def _repository_megabytes(origin):
    """As a host keeps it: packed."""
    _git(origin, "gc", "--quiet")
    return round(sum(file.stat().st_size for file in origin.rglob("*") if file.is_file()) / 1e6, 1)


def _git(folder, *arguments):
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout


def run(days, seed):
    with tempfile.TemporaryDirectory() as folder:
        year = simulate(Path(folder), days, seed)
        sys.stdout.write(f"{json.dumps(check(year))}\n")


if __name__ == "__main__":
    if sys.argv[1] == "store":
        os.chdir(sys.argv[2])
        sys.exit(_command(datetime.fromisoformat(sys.argv[3]), "store", sys.argv[4]))
    run(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
