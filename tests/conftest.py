"""What many tests need: the fake endpoint, a folder for the archive, the command line as a user types it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from browser import browser, open_page  # noqa: F401 (fixtures)
from built import drawings, sample_site, shared  # noqa: F401 (fixtures)
from fake_api import FakeApi
from hypothesis import settings

from generator.__main__ import Clock, main

settings.register_profile("short", max_examples=150, derandomize=True, deadline=None, database=None)
settings.register_profile("long", max_examples=20_000, deadline=None, database=None)  # --hypothesis-profile=long
settings.load_profile("short")

CANARY = "sk-or-v1-canary-7f3a9c51d2e84b60"  # a key that must not be seen anywhere


@dataclass
class FakeTime:
    """A clock that only `sleep` moves. What it slept is kept."""

    start: datetime = datetime(2026, 9, 1, 0, 39, tzinfo=UTC)
    slept: list[float] = field(default_factory=list)

    def clock(self) -> Clock:
        return Clock(
            now=lambda: self.start + timedelta(seconds=sum(self.slept)),
            monotonic=lambda: 1000.0 + sum(self.slept),
            sleep=self.slept.append,
        )


@dataclass(frozen=True)
class Result:
    """What a user sees of a command."""

    code: int
    out: str
    err: str
    slept: list[float]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder and its bytes, to show that a refusal left it untouched."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture
def api():
    with FakeApi() as server:
        yield server


@pytest.fixture
def data(tmp_path):
    """The archive: `data` in the folder in which commands run."""
    return tmp_path / "data"


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Run a command in an empty folder. Whatever it prints or writes is searched for the key."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments, key=CANARY):
        monkeypatch.setenv("OPENROUTER_API_KEY", key)
        time = FakeTime()
        capsys.readouterr()
        code = main([str(argument) for argument in arguments], time.clock())
        printed = capsys.readouterr()
        assert CANARY not in printed.out + printed.err
        assert not any(CANARY.encode() in body for body in contents(tmp_path).values())
        return Result(code, printed.out, printed.err, time.slept)

    return run


@pytest.fixture
def snapshot(run, api):
    """`generator snapshot` against the fake endpoint: its answers are given, then more options."""

    def snapshot(*replies, options=(), key=CANARY):
        if replies:
            api.answers(*replies)
        return run("snapshot", "--api-url", api.url, *options, key=key)

    return snapshot


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="write tests/expected/ anew (see test_golden.py)")
