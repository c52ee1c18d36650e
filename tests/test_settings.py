"""Settings: three places, the last one wins, every problem at once."""

import tomllib
from dataclasses import asdict
from pathlib import Path

import pytest

from generator.errors import SettingsError
from generator.settings import DEFAULTS, OPTIONS, VARIABLES, load_settings

PYPROJECT = (Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8")


def table(text):
    return f"[tool.generator]\n{text}\n"


def problems(pyproject="", environ=None, options=None):
    with pytest.raises(SettingsError) as raised:
        load_settings(pyproject, environ or {}, options or {})
    heading, *lines = str(raised.value).splitlines()
    assert heading == "the settings cannot be used:"
    return [line.removeprefix("  - ") for line in lines]


def test_the_defaults_are_those_that_pyproject_documents():
    assert tomllib.loads(PYPROJECT)["tool"]["generator"] == DEFAULTS
    assert load_settings(PYPROJECT, {}, {}) == load_settings("", {}, {})
    assert asdict(load_settings("", {}, {})) == DEFAULTS


def test_an_option_beats_the_environment_and_that_beats_the_file():
    pyproject = table('name = "File"\nwindow = "30d"\ntries = 2')
    environ = {"GENERATOR_NAME": "Environment", "GENERATOR_WINDOW": "1d"}
    settings = load_settings(pyproject, environ, {"name": "Option", "window": None})
    assert (settings.name, settings.window, settings.tries) == ("Option", "1d", 2)


def test_every_setting_has_a_variable_and_an_option():
    given = {
        "name": "N", "description": "D", "address": "https://a.example/", "contact": "me@a.example",
        "referer": "https://b.example/x", "categories": "c", "window": "3d", "tries": "2", "total_seconds": "1.5",
        "packs": "3",
    }  # fmt: skip
    expected = given | {"tries": 2, "total_seconds": 1.5, "packs": 3}
    assert asdict(load_settings("", {VARIABLES[name]: value for name, value in given.items()}, {})) == expected
    assert asdict(load_settings("", {}, given)) == expected
    assert given.keys() == OPTIONS.keys() == VARIABLES.keys()


@pytest.mark.parametrize("empty", ["", " ", "\n"])
def test_an_empty_variable_counts_as_not_set(empty):
    assert load_settings("", dict.fromkeys(VARIABLES.values(), empty), {}) == load_settings("", {}, {})


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("https://example.org", "https://example.org/"),
        ("https://example.org/tasks", "https://example.org/tasks/"),
        ("http://localhost:8000/x/", "http://localhost:8000/x/"),
        ("", ""),
    ],
)
def test_an_address_gets_its_trailing_slash(given, address):
    assert load_settings("", {}, {"address": given}).address == address


@pytest.mark.parametrize(
    "given",
    [
        "example.org", "/tasks/", "ftp://example.org/", "https://", "https:///x", "https://a b/", "https://a/?x=1",
        "https://a/#x", "https://me@a/", "https://a:port/", "https://a:99999/", "javascript:alert(1)", "https://a/\n",
        'https://a/"x', "https://a/<x>", "https://[", "https://ä.example/",
    ],
)  # fmt: skip
def test_what_is_no_absolute_address_is_refused(given):
    [problem] = problems(options={"address": given.rstrip() + "\x00" if given.endswith("\n") else given})
    assert problem.startswith('--base-url: found "')
    assert problem.endswith("expected an absolute address like https://example.org/tasks/, without ? or #")


@pytest.mark.parametrize("contact", ["", "me@example.org", "https://example.org/contact"])
def test_a_contact_is_an_address_of_some_kind(contact):
    assert load_settings("", {}, {"contact": contact}).contact == contact


@pytest.mark.parametrize("contact", ["me", "javascript:alert(1)", "me@example", "a b@example.org", '"@example.org'])
def test_another_contact_is_refused(contact):
    assert "expected an e-mail address, an https:// address or nothing" in problems(options={"contact": contact})[0]


def test_every_problem_is_said_at_once_with_its_place():
    pyproject = table('nmae = "x"\ntries = true\nwindow = 7\ntotal_seconds = 0\nname = ""')
    environ = {"GENERATOR_TRIES": "five", "GENERATOR_DESCRIPTION": "a\nb"}
    assert problems(pyproject, environ, {"categories": "x" * 201, "address": "x"}) == [
        f'pyproject.toml [tool.generator]: found "nmae", expected one of {", ".join(DEFAULTS)}',
        'pyproject.toml [tool.generator] name: found "" (text), expected one line of text of 1 to 80 characters',
        'GENERATOR_DESCRIPTION in the environment: found "a\\nb" (text), '
        "expected one line of text of 0 to 300 characters",
        '--base-url: found "x" (text), expected an absolute address like https://example.org/tasks/, without ? or #',
        f'--categories: found "{"x" * 55}..." (text), expected one line of text of 0 to 200 characters',
        "pyproject.toml [tool.generator] window: found 7 (number), "
        "expected a number of days from 1 to 366 and d, like 7d",
        'GENERATOR_TRIES in the environment: found "five" (text), expected a whole number from 1 to 20',
        "pyproject.toml [tool.generator] total_seconds: found 0 (number), "
        "expected a number of seconds above 0, at most 3600",
    ]


@pytest.mark.parametrize("window", ["7", "d", "0d", "07d", "367d", "7D", "-1d", "../7d", "7d/..", "٧d", "1000d", " 7d"])
def test_what_is_no_window_is_refused_before_it_becomes_a_folder(window):
    [problem] = problems(options={"window": window})
    assert problem.startswith("--window: found ")


@pytest.mark.parametrize("tries", ["0", "21", "1.5", "nan", "inf", "1e400", ""])
def test_what_is_no_number_of_tries_is_refused(tries):
    assert problems(options={"tries": tries})[0].startswith("--tries: found ")


@pytest.mark.parametrize("seconds", ["0", "-1", "3601", "nan", "inf", "soon"])
def test_what_is_no_number_of_seconds_is_refused(seconds):
    assert problems(options={"total_seconds": seconds})[0].startswith("--total-seconds: found ")


@pytest.mark.parametrize("pyproject", ["", "[project]\nname = 'x'", "[tool.other]\nx = 1", "[tool]"])
def test_without_a_table_the_defaults_hold(pyproject):
    assert load_settings(pyproject, {}, {}) == load_settings("", {}, {})


def test_a_table_that_is_none_is_refused():
    assert problems("[tool]\ngenerator = 1") == ["pyproject.toml [tool] generator: found 1 (number), expected a table"]
    assert problems("[tool")[0].startswith("pyproject.toml: not TOML: ")


def test_the_command_reads_the_pyproject_of_the_folder_it_runs_in(snapshot, api, tmp_path):
    (tmp_path / "pyproject.toml").write_text(table('name = "Mine"'))
    assert snapshot().code == 0
    assert api.requests[0].headers["X-OpenRouter-Title"] == "Mine"


@pytest.mark.parametrize("written", [b"\xff", b"[tool]\ngenerator = 1"])
def test_a_pyproject_that_cannot_be_used_is_said_before_any_request(snapshot, api, tmp_path, written):
    (tmp_path / "pyproject.toml").write_bytes(written)
    result = snapshot()
    assert (result.code, api.requests) == (1, [])
    assert result.err.startswith("error: ") and "pyproject.toml" in result.err
