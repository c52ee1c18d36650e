"""The commands, their arguments and what their help says. No command runs here.

An option that is a setting is absent (None) unless it is given, so that the environment and pyproject.toml count.
"""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

from .settings import OPTIONS, VARIABLES

API_URL = "https://openrouter.ai/api/v1"

Parsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def make_parser(commands: Mapping[str, object]) -> argparse.ArgumentParser:
    """The parser; `commands` is what `options.command` will be for each command's name."""
    parser = argparse.ArgumentParser(
        prog="generator",
        description="Who does what with language models: a static site from OpenRouter's task classification data.",
        epilog="Settings come from [tool.generator] in pyproject.toml, from the environment variables named in the "
        "help of each command, and from its options; the last one given wins.",
        allow_abbrev=False,
    )
    parsers = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name, add in (
        ("snapshot", _add_snapshot),
        ("import", _add_import),
        ("build", _add_build),
        ("serve", _add_serve),
    ):
        add(parsers).set_defaults(command=commands[name])
    return parser


def _add_snapshot(parsers: Parsers) -> argparse.ArgumentParser:
    parser = parsers.add_parser(
        "snapshot",
        help="ask the endpoint and keep its answer",
        description="GET the endpoint, validate everything, store the answer in the archive. "
        "Needs the environment variable OPENROUTER_API_KEY.",
    )
    parser.add_argument("--api-url", default=API_URL, metavar="URL", help=f"default {API_URL}; else only on localhost")
    _add_archive(parser)
    _add_setting(parser, "window", "the trailing window to ask for")
    _add_setting(parser, "tries", "requests at most, the first one included")
    _add_setting(parser, "total_seconds", "time at most for all tries and the waits between them")
    _add_setting(parser, "name", "the site's name, sent as X-OpenRouter-Title")
    _add_setting(parser, "address", "where the site is published, sent as HTTP-Referer")
    _add_setting(parser, "referer", "sent as HTTP-Referer instead of the address")
    _add_setting(parser, "categories", "sent as X-OpenRouter-Categories")
    return parser


def _add_import(parsers: Parsers) -> argparse.ArgumentParser:
    parser = parsers.add_parser(
        "import",
        help="take responses that others kept",
        description="Validate kept responses like fresh ones and store each by its own date. "
        "All of them are validated before any is stored.",
    )
    parser.add_argument(
        "paths",
        nargs="+",
        type=Path,
        metavar="PATH",
        help=".json or .json.gz, a response or an envelope around one; a folder is walked",
    )
    _add_archive(parser)
    _add_setting(parser, "window", "the window of the responses")
    return parser


def _add_build(parsers: Parsers) -> argparse.ArgumentParser:
    parser = parsers.add_parser("build", help="make the site", description="Archive (or sample) -> site.")
    _add_site(parser)
    return parser


def _add_serve(parsers: Parsers) -> argparse.ArgumentParser:
    parser = parsers.add_parser(
        "serve", help="preview on localhost", description="Build, show on localhost, build again on every change."
    )
    _add_site(parser)
    parser.add_argument("--port", type=int, default=8000, help="default 8000")
    return parser


def _add_site(parser: argparse.ArgumentParser) -> None:
    _add_data(parser)
    parser.add_argument("--out", type=Path, default=Path("_site"), metavar="DIR", help="the site; default _site")
    parser.add_argument(
        "--sample-days", type=int, default=120, metavar="N", help="days of the sample shown without data; default 120"
    )
    _add_setting(parser, "address", "where the site is published")
    _add_setting(parser, "window", "the trailing window shown")
    _add_setting(parser, "name", "the site's name")
    _add_setting(parser, "description", "the site in a sentence")
    _add_setting(parser, "contact", "an e-mail address or URL for questions")


def _add_archive(parser: argparse.ArgumentParser) -> None:
    _add_data(parser)
    parser.add_argument(
        "--allow-shrunk", action="store_true", help="store it even with fewer than half of the tasks of the day before"
    )


def _add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, default=Path("data"), metavar="DIR", help="the archive; default data")


def _add_setting(parser: argparse.ArgumentParser, name: str, text: str) -> None:
    """An option for a setting; its help names the environment variable."""
    parser.add_argument(
        OPTIONS[name], dest=name, metavar=name.rpartition("_")[2].upper(), help=f"{text} [{VARIABLES[name]}]"
    )
