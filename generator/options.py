"""The commands, their arguments and what their help says. No command runs here.

An option that is a setting is absent (None) unless it is given, so that the environment and pyproject.toml count.
"""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

from .settings import API_URL, OPTIONS, VARIABLES

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
        ("pull", _add_pull),
        ("build", _add_build),
        ("serve", _add_serve),
        ("doctor", _add_doctor),
        ("store", _add_store),
        ("pages", _add_pages),
        ("behind", _add_behind),
        ("verify", _add_verify),
        ("watch", _add_watch),
        ("notify", _add_notify),
    ):
        add(parsers).set_defaults(command=commands[name], command_name=name)
    return parser


def _add_snapshot(parsers: Parsers) -> argparse.ArgumentParser:
    parser = parsers.add_parser(
        "snapshot",
        help="ask the endpoint and keep its answer",
        description="GET the endpoint, validate everything, store the answer in the archive. "
        "Needs the environment variable OPENROUTER_API_KEY.",
    )
    _add_api_url(parser)
    _add_archive(parser)
    _add_report(parser)
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


def _add_pull(parsers: Parsers) -> argparse.ArgumentParser:
    parser = parsers.add_parser(
        "pull",
        help="take the history of another published copy of this site",
        description="Read data/v1/index.json of a published site and what it lists that the archive lacks, "
        "check size and SHA-256, validate each anew, then store all or none, byte for byte under the same names. "
        "A day that is there with other bytes is an error: nothing is overwritten. No key is needed, and none is sent; "
        "the only host asked is that of URL.",
    )
    parser.add_argument("url", metavar="URL", help="the front page of the site, like https://example.org/task-share/")
    _add_data(parser)
    _add_setting(parser, "window", "the window of the snapshots")
    return parser


def _add_build(parsers: Parsers) -> argparse.ArgumentParser:
    parser = parsers.add_parser("build", help="make the site", description="Archive (or sample) -> site.")
    _add_site(parser)
    _add_report(parser)
    return parser


def _add_serve(parsers: Parsers) -> argparse.ArgumentParser:
    parser = parsers.add_parser(
        "serve", help="preview on localhost", description="Build, show on localhost, build again on every change."
    )
    _add_site(parser)
    parser.add_argument("--port", type=int, default=8000, help="default 8000")
    return parser


def _add_doctor(parsers: Parsers) -> argparse.ArgumentParser:
    parser = parsers.add_parser(
        "doctor",
        help="look at key, archive, Pages and workflows",
        description="Look at what a publisher must have set, and say what to click. What is set on GitHub is looked at "
        "through the gh program, where that is there. The key is never printed.",
    )
    _add_api_url(parser)
    _add_data(parser)
    _add_setting(parser, "window", "the window of the archive")
    _add_setting(parser, "address", "where the site is published")
    return parser


def _add_store(parsers: Parsers) -> argparse.ArgumentParser:
    parser = parsers.add_parser(
        "store",
        help="commit snapshots to the branch of the archive, and push",
        description="Validate again what was handed over, store it on top of the branch as its origin has it now, "
        "commit and push. The clone's own files stay as they are. Nothing new: no commit.",
    )
    parser.add_argument("handed", type=Path, metavar="HANDED", help="the folder that `snapshot --data` wrote")
    parser.add_argument("--branch", default="main", help="of the origin, with the archive; default main")
    _add_archive(parser)
    _add_report(parser)
    _add_setting(parser, "window", "the window of the snapshots")
    return parser


def _add_pages(parsers: Parsers) -> argparse.ArgumentParser:
    parser = parsers.add_parser(
        "pages",
        help="whether GitHub Pages is set right",
        description="Ask gh how Pages is set, and say the address to build for: the setting, else that of Pages.",
    )
    _add_report(parser)
    _add_setting(parser, "address", "where the site is published")
    return parser


def _add_behind(parsers: Parsers) -> argparse.ArgumentParser:
    parser = parsers.add_parser(
        "behind",
        help="whether the live site is of older data or other code",
        description="Look at the live site once and hand on is_behind=true or false; both are a success. It is the "
        "right one if it is made of this code, these settings and this archive.",
    )
    _add_live(parser)
    return parser


def _add_verify(parsers: Parsers) -> argparse.ArgumentParser:
    parser = parsers.add_parser(
        "verify",
        help="wait until the live site is that of the archive",
        description="Look at the live site until it is what the archive says, longer than readers' caches last.",
    )
    _add_live(parser)
    parser.add_argument(
        "--digest",
        default="",
        metavar="HEX",
        help="of the site that was built, as `build` hands it on: code counts too",
    )
    parser.add_argument("--seconds", type=float, default=900, metavar="N", help="how long at most; default 900")
    parser.add_argument("--every", type=float, default=15, metavar="N", help="seconds between two looks; default 15")
    return parser


def _add_watch(parsers: Parsers) -> argparse.ArgumentParser:
    parser = parsers.add_parser("watch", help="the age of the live data", description="How old the live data are.")
    _add_live(parser)
    parser.add_argument("--days", type=int, default=2, metavar="N", help="the age that is still right; default 2")
    return parser


def _add_notify(parsers: Parsers) -> argparse.ArgumentParser:
    parser = parsers.add_parser(
        "notify",
        help="open, update or close the tracker issue",
        description="Tell the one tracker issue how the jobs of a workflow ended; closed when all is well again.",
    )
    parser.add_argument("workflow", metavar="WORKFLOW", help="the workflow's name")
    parser.add_argument("--needs", required=True, metavar="JSON", help="the needs of the job, as JSON")
    parser.add_argument("--run", default="", metavar="URL", help="the page of the run")
    parser.add_argument(
        "--last-try", default="true", choices=["true", "false"], help="whether no other run follows on this day"
    )
    _add_data(parser)
    _add_report(parser)
    _add_setting(parser, "window", "the window of the archive")
    return parser


def _add_live(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--url", default="", metavar="URL", help="the live site; else the setting, else what gh says")
    _add_data(parser)
    _add_report(parser)
    _add_setting(parser, "window", "the window of the archive")
    _add_setting(parser, "address", "where the site is published")


def _add_api_url(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--api-url", metavar="URL", help=f"default {API_URL}; else only on localhost")


def _add_report(parser: argparse.ArgumentParser) -> None:
    """Where a run that nobody watches leaves what it has to say."""
    parser.add_argument("--summary", type=Path, metavar="FILE", help="add one screen of HTML to it")
    parser.add_argument("--outputs", type=Path, metavar="FILE", help="add name=value lines for later jobs to it")


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
    _add_setting(parser, "packs", "of the newest editions, how many come as a zip for newsrooms too")


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
