"""A branch of a repository <-> a folder to work in. The one owner of the git program.

Comes in: a clone whose `origin` can be read and, to keep something, written. Goes out: the branch's head in a folder of
its own, and one commit pushed on top of that head or not at all. The clone's own files, its index and its branches
stay as they are. Refuses to begin a history anew: a branch that is missing and an origin that does not answer are told
apart, and both end the run.
"""

import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.errors import GitError, shown

MISSING = 2  # of `git ls-remote --exit-code`: the origin answered, and has no such branch
SECONDS = 300  # for one call of git, at most

_AUTHOR = "github-actions[bot]", "41898282+github-actions[bot]@users.noreply.github.com"
_OVERTAKEN = re.compile(
    r"\[rejected\]|fetch first|non-fast-forward|cannot lock ref|failed to update ref|remote ref updated"
)
_PROTECTED = re.compile(r"GH006|GH013|protected branch|rule violations|pre-receive hook declined", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Repository:
    """A clone, the branch of its origin that holds the archive, and the environment that git runs in."""

    folder: Path
    branch: str
    environ: Mapping[str, str]


@contextmanager
def fresh_head(repository: Repository) -> Iterator[Path]:
    """A folder with the files of the branch as the origin has it now. Raises GitError."""
    head = _remote_head(repository)
    _git(repository, "fetch", "--quiet", "--no-tags", "origin", f"refs/heads/{repository.branch}")
    try:
        with tempfile.TemporaryDirectory(prefix="generator-", ignore_cleanup_errors=True) as place:
            folder = Path(place) / "branch"
            _git(repository, "worktree", "add", "--quiet", "--detach", "--force", str(folder), head)
            yield folder
    finally:
        _git(repository, "worktree", "prune")


def commit(repository: Repository, folder: Path, path: Path, message: str) -> str:
    """Commit what is new below `path` of `folder`; the commit's id, or "" where nothing is. Raises GitError."""
    _git(repository, "add", "--force", "--", path.as_posix(), at=folder)
    if not _git(repository, "diff", "--cached", "--name-only", at=folder):
        return ""
    name, address = _AUTHOR
    settings = f"user.name={name}", f"user.email={address}", "commit.gpgsign=false", "core.hooksPath=/dev/null"
    options = [option for setting in settings for option in ("-c", setting)]
    _git(repository, *options, "commit", "--quiet", "--message", message, at=folder)
    return _git(repository, "rev-parse", "HEAD", at=folder)


def push(repository: Repository, commit_id: str) -> bool:
    """Put a commit at the head of the origin's branch. False where someone else was quicker. Raises GitError."""
    done = _run(repository, "push", "--porcelain", "origin", f"{commit_id}:refs/heads/{repository.branch}")
    if done.returncode == 0:
        return True
    said = done.stdout + done.stderr
    if _PROTECTED.search(said):
        raise GitError(
            f"the branch {shown(repository.branch)} is protected: it does not take the commit with the new snapshot. "
            "Nothing was published. To do: give the collector a deploy key, as the secret ARCHIVE_DEPLOY_KEY, and let "
            "deploy keys pass: Settings -> Rules -> Rulesets (README, section on a protected main)"
        )
    if _OVERTAKEN.search(said):
        return False
    raise _failed("push to", repository, done)


def _remote_head(repository: Repository) -> str:
    """The id of the branch's newest commit at the origin."""
    done = _run(repository, "ls-remote", "--exit-code", "origin", f"refs/heads/{repository.branch}")
    if done.returncode == MISSING:
        raise GitError(
            f"the origin answered, but has no branch {shown(repository.branch)}, expected the one that holds the "
            "archive. Nothing was stored; name the branch with --branch, or push it first"
        )
    if done.returncode:
        raise _failed("reach", repository, done)
    return done.stdout.split()[0]


def _git(repository: Repository, *arguments: str, at: Path | None = None) -> str:
    done = _run(repository, *arguments, at=at)
    if done.returncode:
        command = next(word for word in arguments if not word.startswith("-") and "=" not in word)
        raise _failed(f"run `git {command}` in the clone of", repository, done)
    return done.stdout.strip()


def _failed(what: str, repository: Repository, done: "subprocess.CompletedProcess[str]") -> GitError:
    return GitError(
        f"cannot {what} the origin (branch {shown(repository.branch)}): git ended with {done.returncode} and said "
        f"{shown(' '.join(_without_login(done.stderr or done.stdout).split()), 300)}. "
        "Nothing more was published; the next run tries again"
    )


def _without_login(text: str) -> str:
    """What git says, without a name and password that an address may hold."""
    return re.sub(r"//[^/@\s]+@", "//", text)


def _run(repository: Repository, *arguments: str, at: Path | None = None) -> "subprocess.CompletedProcess[str]":
    environ = {**repository.environ, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}
    try:
        return subprocess.run(
            ["git", *arguments],
            cwd=at or repository.folder,
            env=environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=SECONDS,
            check=False,
        )
    except FileNotFoundError as exc:
        raise GitError("the git program is not there; install git") from exc
    except subprocess.TimeoutExpired as exc:
        raise GitError(f"git did not end within {SECONDS} s. Nothing was published; the next run tries again") from exc
