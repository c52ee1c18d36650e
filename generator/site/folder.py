"""The folder that a build leaves: written beside the last one and put in its place at the end, or not at all.

A file that the last one holds with the same bytes is taken over: only what changed is written.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from generator.errors import SiteError
from generator.models import File

_MARKER = "build.json"  # every site has it; a folder without it is not ours to replace


class Folder:
    """A folder that is being filled. It remembers what it holds, so that no two things get one path."""

    def __init__(self, place: Path, last: Path) -> None:
        """Of `place`, which is made with the first file. `last`: the site that it will take the place of."""
        self.paths: dict[str, None] = {}
        self.size_bytes = 0
        self._place, self._last = place, last
        self._folders = set[str]()
        self._seen: dict[str, str] = {}  # paths that differ in case only are one on many disks

    def add(self, file: File) -> None:
        """Write a file. Raises SiteError for a path that leads out of the site or that is there already."""
        parts = PurePosixPath(file.path).parts
        if file.path.startswith("/") or ".." in parts or not parts:
            raise SiteError(f"path {file.path!r} leaves the site; every path goes through addresses.safe_segment")
        folded = file.path.casefold()
        key = file.path if folded == file.path else folded  # nearly always: then one text is kept, not two
        if (first := self._seen.setdefault(key, file.path)) in self.paths:
            raise SiteError(
                f"two things have one path, {first!r} and {file.path!r}: found two identifiers that differ in nothing "
                "that a path can hold; expected distinct ones. Exclude or rename one of them in the source data"
            )
        self.paths[file.path] = None
        self.size_bytes += len(file.body)
        target = self._place / file.path
        folder = file.path.rpartition("/")[0]
        if folder not in self._folders:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        if not _is_taken_over(self._last / file.path, target, file.body):
            target.write_bytes(file.body)


def _is_taken_over(last: Path, target: Path, body: bytes) -> bool:
    """Whether the last site holds these bytes: then its file stands in the new one too, and nothing is written."""
    try:
        if last.stat().st_size != len(body) or last.read_bytes() != body:
            return False
        target.hardlink_to(last)
    except OSError:  # none there, or a file system without links
        return False
    return True


@contextmanager
def replaced(out: Path) -> Iterator[Folder]:
    """A folder to fill, which takes the place of `out` at the end: no moment shows half of a site.

    After an error it is removed and `out` is as it was. Raises SiteError where `out` is not ours or the disk refuses.
    """
    if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / _MARKER).is_file())):
        raise SiteError(
            f"{out} is there and was not made by a build (it holds no {_MARKER}), so it is left alone; "
            "give another folder with --out, or remove it yourself"
        )
    beside = out.with_name(f"{out.name}.new")
    try:
        _put_back(out)
        _remove(beside)
        yield Folder(beside, out)
        _swap(beside, out)
    except OSError as exc:
        raise SiteError(
            f"cannot write the site to {out}: {exc.strerror or exc} ({exc.filename}); free space and "
            "permissions are worth a look. The last site is as it was"
        ) from exc
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _put_back(out: Path) -> None:
    """The last site, where a build was killed between the two renames of a swap: it is the only one there is."""
    last = out.with_name(f"{out.name}.last")
    if last.exists() and not out.exists():
        last.rename(out)


def _swap(beside: Path, out: Path) -> None:
    last = out.with_name(f"{out.name}.last")
    _remove(last)
    if out.exists():
        out.rename(last)
    beside.rename(out)
    _remove(last)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
