"""Command line: arguments, clock, environment, output. GeneratorError -> exit code 1, wrong usage -> 2.

Nothing heavy is imported before a command needs it, so that `--help` answers at once.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from generator.errors import GeneratorError, SettingsError, shown
from generator.models import Settings, Stored
from generator.options import make_parser
from generator.settings import DEFAULTS, OPTIONS, load_settings

CACHE = Path(".cache/drawings")  # safe to delete at any time
DONE, FAILED, INTERRUPTED = 0, 1, 130  # 2, wrong usage, is argparse's


@dataclass(frozen=True, slots=True)
class Clock:
    """The only time there is: the system's, or a test's."""

    now: Callable[[], datetime]
    monotonic: Callable[[], float]
    sleep: Callable[[float], None]


SYSTEM_CLOCK = Clock(lambda: datetime.now(UTC), time.monotonic, time.sleep)


def main(argv: Sequence[str] | None = None, clock: Clock = SYSTEM_CLOCK) -> int:
    """Run one command and return its exit code."""
    options = make_parser(_COMMANDS).parse_args(argv)
    try:
        options.command(options, clock)
    except GeneratorError as exc:
        _complain(f"error: {exc}")
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    return DONE


def snapshot(options: argparse.Namespace, clock: Clock) -> None:
    """`generator snapshot`."""
    from generator.pipeline import take_snapshot

    stored = take_snapshot(
        options.api_url,
        os.environ.get("OPENROUTER_API_KEY", ""),
        options.data,
        _settings(options),
        now=clock.now,
        clock=clock.monotonic,
        sleep=clock.sleep,
        allow_shrunk=options.allow_shrunk,
    )
    _report(stored, options.data)


def import_responses(options: argparse.Namespace, clock: Clock) -> None:
    """`generator import`."""
    from generator import pipeline

    settings = _settings(options)
    today = clock.now().date()
    for stored in pipeline.import_responses(
        options.paths, options.data, settings, today=today, allow_shrunk=options.allow_shrunk
    ):
        _report(stored, options.data)


def build(options: argparse.Namespace, clock: Clock) -> None:
    """`generator build`."""
    from generator import pipeline

    settings = _settings(options)
    began = clock.monotonic()
    with _progress_bar() as progress:
        built = pipeline.build_site(
            options.data, options.out, settings, sample_days=options.sample_days, cache=CACHE, progress=progress
        )
    if built.report.is_sample:
        _say(f"no snapshot of the window {settings.window} in {options.data}: this is the sample, fictional models")
    for warning in built.report.warnings:
        _complain(f"warning: {warning}")
    written = built.written
    _say(
        f"built {options.out.as_posix()}: {written.pages} pages, {built.charts} charts, as of "
        f"{built.report.as_of}, {written.size_bytes / 1e6:.1f} MB in {clock.monotonic() - began:.1f} s"
    )
    _say(f"open {(options.out.resolve() / 'index.html').as_uri()} or run: uv run generator serve")


def serve(options: argparse.Namespace, clock: Clock) -> None:
    """`generator serve`: each build in a fresh process, so that changed code counts."""
    from generator import pipeline, serve

    def rebuild() -> None:
        done = subprocess.run([sys.executable, "-m", "generator", "build", *_as_arguments(options)], check=False)
        if done.returncode:
            raise GeneratorError("the build failed, as said above")

    watched = [
        options.data,
        pipeline.TEMPLATES,
        pipeline.STATIC,
        pipeline.PROJECT / "generator",
        Path("pyproject.toml"),
    ]
    serve.serve(options.out, watched, rebuild, _say, port=options.port)


_COMMANDS = {"snapshot": snapshot, "import": import_responses, "build": build, "serve": serve}


@contextmanager
def _progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on a terminal; elsewhere, as in CI, a plain line at the end of each kind of thing that is drawn."""
    from tqdm import tqdm

    with tqdm(leave=False, disable=None) as bar:

        def progress(what: str, done: int, total: int) -> None:
            bar.desc, bar.unit, bar.total, bar.n = what, f" {what}", total, done
            bar.refresh()
            if done == total and bar.disable:
                _say(f"drew {total} {what}")

        yield progress


def _as_arguments(options: argparse.Namespace) -> list[str]:
    """The options of `serve` as those of `build`."""
    given = {"--data": options.data, "--out": options.out, "--sample-days": options.sample_days} | {
        OPTIONS[name]: getattr(options, name, None) for name in DEFAULTS
    }
    return [argument for option, value in given.items() if value is not None for argument in (option, str(value))]


def _settings(options: argparse.Namespace) -> Settings:
    given = {name: getattr(options, name, None) for name in DEFAULTS}
    return load_settings(_pyproject(), os.environ, given)


def _pyproject() -> str:
    """The pyproject.toml of the current folder, else that of the project; nothing where the program was installed."""
    for folder in (Path(), Path(__file__).resolve().parent.parent):
        path = folder / "pyproject.toml"
        try:
            return path.read_text(encoding="utf-8")
        except FileNotFoundError:
            continue
        except (OSError, UnicodeDecodeError) as exc:
            raise SettingsError(
                f"cannot read {shown(str(path), 200)}: {type(exc).__name__}, expected a text file"
            ) from exc
    return ""


def _report(stored: Stored, data: Path) -> None:
    """The one line that says what happened, and the warnings."""
    snapshot = stored.snapshot
    models = {model.id for task in snapshot.tasks for model in task.models}
    outcome = "restated ->" if stored.outcome == "restated" else stored.outcome
    _say(f"{outcome} {(data / stored.path).as_posix()} ({len(snapshot.tasks)} tasks, {len(models)} models)")
    for warning in (*stored.warnings, *snapshot.warnings):
        _complain(f"warning: {warning}")


def _say(text: str) -> None:
    print(_harmless(text), flush=True)


def _complain(text: str) -> None:
    print(_harmless(text), file=sys.stderr, flush=True)


def _harmless(text: str) -> str:
    """No line that a CI log would take for a command (`::error::`, `##[error]`), no control characters."""
    return "\n".join(_harmless_line(line) for line in text.split("\n"))


def _harmless_line(line: str) -> str:
    printable = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in line)
    printable = printable.replace("##[", "# #[")
    return f"| {printable}" if printable.lstrip().startswith("::") else printable


if __name__ == "__main__":
    sys.exit(main())
