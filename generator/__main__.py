"""Command line: arguments, clock, environment, output. GeneratorError -> exit code 1, wrong usage -> 2.

Nothing heavy is imported before a command needs it, so that `--help` answers at once.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from generator.errors import GeneratorError, SettingsError, shown
from generator.models import Note, Ran, Settings, Stored
from generator.options import make_parser
from generator.settings import DEFAULTS, OPTIONS, api_url, load_settings

KEY = "OPENROUTER_API_KEY"
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
        _leave_failure(options, exc)
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    return DONE


def snapshot(options: argparse.Namespace, clock: Clock) -> None:
    """`generator snapshot`."""
    from generator import operations, pipeline

    taken = pipeline.take_snapshot(
        api_url(os.environ, options.api_url),
        os.environ.get(KEY, ""),
        options.data,
        _settings(options),
        now=clock.now,
        clock=clock.monotonic,
        sleep=clock.sleep,
        allow_shrunk=options.allow_shrunk,
    )
    _leave(options, operations.snapshot(taken, (options.data / taken.stored.path).as_posix()))


def import_responses(options: argparse.Namespace, clock: Clock) -> None:
    """`generator import`."""
    from generator import pipeline

    settings = _settings(options)
    today = clock.now().date()
    for stored in pipeline.import_responses(
        options.paths, options.data, settings, today=today, allow_shrunk=options.allow_shrunk
    ):
        _report(stored, options.data)


def pull(options: argparse.Namespace, clock: Clock) -> None:
    """`generator pull`."""
    from generator import operations, pipeline

    with _progress_bar("took") as progress:
        pulled = pipeline.pull_archive(
            options.url, options.data, _settings(options), today=clock.now().date(), progress=progress
        )
    _say(operations.pulled_line(pulled, options.url, options.data.as_posix()))


def build(options: argparse.Namespace, clock: Clock) -> None:
    """`generator build`."""
    from generator import operations, pipeline

    settings = _settings(options)
    began = clock.monotonic()
    with _progress_bar() as progress:
        built = pipeline.build_site(
            options.data, options.out, settings, sample_days=options.sample_days, cache=CACHE, progress=progress
        )
    if built.is_sample:
        _say(f"no snapshot of the window {settings.window} in {options.data}: this is the sample, fictional models")
    _leave(options, operations.built(built, options.out.as_posix(), clock.monotonic() - began))
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


def doctor(options: argparse.Namespace, clock: Clock) -> None:
    """`generator doctor`: exit code 1 where something has to be done."""
    from generator import operations

    url, key = api_url(os.environ, options.api_url), os.environ.get(KEY, "")
    subject = operations.Subject(url, key, options.data, _settings(options), operations.GitHub(Path(), _keyless()))
    findings = operations.doctor(subject, clock.now())
    for finding in findings:
        _say(f"{finding.level}: {finding.subject}: {finding.text}")
    problems = sum(finding.level == "problem" for finding in findings)
    if problems:
        raise GeneratorError(f"{problems} of {len(findings)} need something to be done, as said above")


def store(options: argparse.Namespace, clock: Clock) -> None:
    """`generator store`."""
    from generator import operations

    repository = operations.Repository(Path(), options.branch, _keyless())
    ran = operations.store(
        options.handed,
        options.data,
        _settings(options),
        repository,
        today=clock.now().date(),
        sleep=clock.sleep,
        allow_shrunk=options.allow_shrunk,
    )
    _leave(options, ran)


def pages(options: argparse.Namespace, clock: Clock) -> None:
    """`generator pages`."""
    from generator import operations

    _leave(options, operations.pages(_settings(options), operations.GitHub(Path(), _keyless())))


def behind(options: argparse.Namespace, clock: Clock) -> None:
    """`generator behind`."""
    from generator import operations

    hub = operations.GitHub(Path(), _keyless())
    _leave(options, operations.behind(options.url, options.data, _settings(options), hub))


def verify(options: argparse.Namespace, clock: Clock) -> None:
    """`generator verify`."""
    from generator import operations

    ran = operations.verify(
        options.url,
        options.data,
        _settings(options),
        operations.GitHub(Path(), _keyless()),
        digest=options.digest,
        seconds=options.seconds,
        every_seconds=options.every,
        clock=clock.monotonic,
        sleep=clock.sleep,
    )
    _leave(options, ran)


def watch(options: argparse.Namespace, clock: Clock) -> None:
    """`generator watch`."""
    from generator import operations

    hub, today = operations.GitHub(Path(), _keyless()), clock.now().date()
    _leave(options, operations.watch(options.url, _settings(options), hub, today=today, most_days=options.days))


def notify(options: argparse.Namespace, clock: Clock) -> None:
    """`generator notify`."""
    from generator import operations

    run = operations.Run(options.workflow, options.run, options.last_try == "true")
    hub, today = operations.GitHub(Path(), _keyless()), clock.now().date()
    _leave(options, operations.notify(options.needs, run, options.data, _window(options), hub, today=today))


_COMMANDS = {
    "snapshot": snapshot,
    "import": import_responses,
    "pull": pull,
    "build": build,
    "serve": serve,
    "doctor": doctor,
    "store": store,
    "pages": pages,
    "behind": behind,
    "verify": verify,
    "watch": watch,
    "notify": notify,
}


@contextmanager
def _progress_bar(verb: str = "drew") -> Iterator[Callable[[str, int, int], None]]:
    """A bar on a terminal; elsewhere, as in CI, a plain line at the end of each kind of thing."""
    from tqdm import tqdm

    with tqdm(leave=False, disable=None) as bar:

        def progress(what: str, done: int, total: int) -> None:
            bar.desc, bar.unit, bar.total, bar.n = what, f" {what}", total, done
            bar.refresh()
            if done == total and bar.disable:
                _say(f"{verb} {total} {what}")

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


def _window(options: argparse.Namespace) -> str:
    """As it is set. Where the settings cannot be used, the default: that they cannot is then what is to be told."""
    try:
        return _settings(options).window
    except SettingsError:
        return str(DEFAULTS["window"])


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
    from generator import operations

    _say(operations.outcome_line(stored, (data / stored.path).as_posix()))
    for warning in operations.warnings_of(stored):
        _complain(f"warning: {warning}")


def _leave(options: argparse.Namespace, ran: Ran) -> None:
    """What a command that runs unattended has to say: in the log, in the summary, for the jobs after it."""
    from generator import notes

    for line in ran.lines:
        _say(line)
    for warning in ran.warnings:
        _complain(f"warning: {warning}")
    if options.summary:
        notes.add_summary(options.summary, ran.note)
    if options.outputs:
        notes.add_outputs(options.outputs, ran.outputs)


def _leave_failure(options: argparse.Namespace, exc: GeneratorError) -> None:
    """The same of a failure, which stays the first one whatever happens here."""
    from generator import notes

    outputs = {"message": json.dumps(str(exc)), "is_transient": "true" if exc.is_transient else "false"}
    try:
        if getattr(options, "summary", None):
            notes.add_summary(options.summary, Note(f"{options.command_name}: failed", (), str(exc)))
        if getattr(options, "outputs", None):
            notes.add_outputs(options.outputs, outputs)
    except GeneratorError as second:
        _complain(f"error: {second}")


def _keyless() -> Mapping[str, str]:
    """The environment for other programs: git and gh have no use for the key."""
    return {name: value for name, value in os.environ.items() if name != KEY}


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
