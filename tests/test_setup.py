"""The set-up: what is locked is what is tested, and no file says where packages come from."""

import json
import re
import subprocess
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
COMMANDS = ("uv run generator build", "uv run pytest")

# In parts, so that this file does not hold what it forbids.
REGISTRIES = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("unpkg", "com"),
        ("jsdelivr", "net"),
        ("cdnjs", "cloudflare", "com"),
        ("deb", "debian", "org"),
        ("archive", "ubuntu", "com"),
        ("crates", "io"),
    )
)
DOWNLOAD = re.compile(r"\w+://[^\s\"'<>]+\.(?:whl|tar\.gz|tgz|deb|jar|exe)\b")


def git(*arguments):
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


def files_in_git():
    """Those that are committed or would be by `git add .`, and are there."""
    listed = git("ls-files", "-z", "--cached", "--others", "--exclude-standard").stdout.split("\0")
    return [path for name in sorted(set(listed)) if name and (path := ROOT / name).is_file()]


def locked(text):
    """The requirements of a locked file, each with the number of its hashes."""
    lines = re.sub(r"\\\n", " ", text).splitlines()
    rows = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    return {
        canonicalize_name(requirement.name): (requirement, row.count("--hash=sha256:"))
        for row in rows
        if (requirement := Requirement(row.split(" --hash")[0]))
    }


def installed(name, extras=("",)):
    """A distribution of this environment and all that it needs here, as name and version."""
    found = {}
    waiting = [(name, frozenset(extras))]
    while waiting:
        name, extras = waiting.pop()
        for text in metadata.requires(name) or ():
            needed = Requirement(text)
            key = canonicalize_name(needed.name)
            applies = not needed.marker or any(needed.marker.evaluate({"extra": extra}) for extra in extras)
            if applies and key not in found:
                found[key] = metadata.version(needed.name)
                waiting.append((needed.name, frozenset({"", *needed.extras})))
    return found


def addresses_in(text):
    lowered = text.lower()
    return [host for host in REGISTRIES if host in lowered] + DOWNLOAD.findall(text)


LOCKED = locked((ROOT / "requirements.txt").read_text(encoding="utf-8"))


def test_requirements_are_exactly_what_the_tested_environment_has_for_the_generator():
    here = {
        name: str(requirement.specifier).removeprefix("==")
        for name, (requirement, _) in LOCKED.items()
        if not requirement.marker or requirement.marker.evaluate()
    }
    assert here == installed("task-share"), "run .ci/lock: pyproject.toml resolves to other versions"


def test_every_requirement_is_one_version_with_the_hashes_of_its_files():
    for name, (requirement, hashes) in LOCKED.items():
        assert re.fullmatch(r"==[\w.!+]+", str(requirement.specifier)), name
        assert requirement.url is None, name
        assert hashes >= 1, name


def test_every_dependency_is_locked_within_its_bounds():
    for text in PROJECT["project"]["dependencies"]:
        dependency = Requirement(text)
        pin = str(LOCKED[canonicalize_name(dependency.name)][0].specifier).removeprefix("==")
        assert dependency.specifier.contains(pin), text


def test_the_tools_of_the_tests_are_not_locked_for_what_publishes():
    dev = {canonicalize_name(Requirement(text).name) for text in PROJECT["dependency-groups"]["dev"]}
    assert "pytest" in dev
    assert not dev & LOCKED.keys()


def test_the_readers_of_a_locked_file_see_pins_markers_and_hashes():
    text = "# note\nA_b==1.0 ; sys_platform == 'win32' \\\n    --hash=sha256:00 \\\n    --hash=sha256:11\n    # via c\n"
    [(name, (requirement, hashes))] = locked(text).items()
    assert (name, str(requirement.specifier), hashes) == ("a-b", "==1.0", 2)
    assert str(requirement.marker) == 'sys_platform == "win32"'


def test_one_date_fixes_every_version():
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT00:00:00Z", PROJECT["tool"]["uv"]["exclude-newer"])


def test_the_lock_file_of_uv_stays_out_of_git_since_it_holds_addresses():
    assert git("check-ignore", "uv.lock").stdout.strip() == "uv.lock"
    assert git("ls-files", "uv.lock").stdout == ""


def test_no_file_names_a_package_registry_or_a_download():
    files = files_in_git()
    assert ROOT / "pyproject.toml" in files
    found = {
        str(path.relative_to(ROOT)): addresses
        for path in files
        if (addresses := addresses_in(path.read_bytes().decode("utf-8", "replace")))
    }
    assert found == {}


@pytest.mark.parametrize(
    "text",
    [
        "index = https://" + "PyPI" + ".org/simple",
        "https://example.org/a-1.0-py3" + ".whl",
        "cdn.jsdelivr" + ".net/npm/x",
    ],
)
def test_an_address_is_found_where_there_is_one(text):
    assert addresses_in(text)


@pytest.mark.parametrize("folder", [".ci", "static/vega", "tests/benchmarks/peers"])
def test_packages_of_node_are_fixed_to_one_version_each_with_a_hash(folder):
    package = json.loads((ROOT / folder / "package.json").read_text(encoding="utf-8"))
    wanted = {**package.get("dependencies", {}), **package.get("devDependencies", {})}
    assert wanted
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    lock = json.loads((ROOT / folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert {name: lock[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    entries = [entry for path, entry in lock.items() if path and not entry.get("inBundle")]  # that lies in another one
    assert all(entry["integrity"].startswith("sha512-") and "resolved" not in entry for entry in entries)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_readme_shows_the_two_commands(command):
    lines = [line.strip() for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines()]
    assert any(line.removeprefix("$ ").partition("  #")[0].rstrip() == command for line in lines), command


def test_ci_runs_the_two_commands_of_the_readme_and_ends_with_the_tests():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    body = script.partition("main() {\n")[2].partition("\n}\n")[0]
    assert body.splitlines()[-1].strip() == COMMANDS[1]
    assert f"\n  {COMMANDS[0]}\n" in script
    assert script.endswith("\nmain\n")
    assert "export CI=true" in script


@pytest.mark.parametrize("name", ["run", "lock", "benchmark"])
def test_scripts_stop_at_the_first_failure_and_can_be_started(name):
    path = ROOT / ".ci" / name
    assert path.read_text(encoding="utf-8").startswith("#!/usr/bin/env bash\n")
    assert "\nset -euo pipefail\n" in path.read_text(encoding="utf-8")
    assert path.stat().st_mode & 0o111
