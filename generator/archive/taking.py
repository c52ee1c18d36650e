"""Files of another archive -> this one: all of them or none, under their own names, nothing overwritten."""

import hashlib
import os
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from generator.errors import ArchiveError, shown
from generator.models import History, Listed

from .files import ArchiveFile, cannot, list_names, parse_name, read_file, write_new
from .history import Digest, Parse, assemble


def missing_from(folder: Path, window: str, listed: Iterable[Listed]) -> tuple[Listed, ...]:
    """What of these the archive does not hold yet.

    Raises ArchiveError where it holds another file under the same name: which one is true, a person has to say.
    """
    here = {f"{window}/{name}" for name in list_names(folder, window) if parse_name(name)}
    missing = []
    for one in listed:
        if one.path not in here:
            missing.append(one)
        elif (found := hashlib.sha256(read_file(folder, one.path).body).hexdigest()) != one.sha256:
            raise ArchiveError(
                f"{shown(f'{folder}/{one.path}', 200)} is there with SHA-256 {found}, expected {one.sha256} as "
                "the other archive has it. Nothing was stored and nothing is ever overwritten; compare the two files, "
                "and pull into an empty folder (--data DIR) if the other archive is the one to keep"
            )
    return tuple(missing)


def take(
    folder: Path, window: str, files: Sequence[ArchiveFile], *, parse: Parse, digest: Digest, today: date
) -> History:
    """Validate the archive as it will be, then write the new files. Returns that archive.

    Raises ArchiveError, with nothing stored, for what does not validate, fictional data, a day after `today`, a
    revision that would stand without the one before it, and a disk that cannot be written.
    """
    here = [read_file(folder, f"{window}/{name}") for name in list_names(folder, window) if parse_name(name)]
    history = assemble(window, [*here, *files], parse=parse, digest=digest)
    _refuse_unreal(history, today)
    if files:
        _write_all(folder, window, files)
    return history


def _write_all(folder: Path, window: str, files: Sequence[ArchiveFile]) -> None:
    staging = folder / f".{window}.pull"  # beside the archive: no program takes it for a part of it
    try:
        shutil.rmtree(staging, ignore_errors=True)  # left by a pull that was killed
        for file in files:
            write_new(staging, file)
        _move(staging / window, folder / window, [file.name for file in files])
    except OSError as exc:
        raise cannot("write", folder / window, exc) from exc
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _refuse_unreal(history: History, today: date) -> None:
    for day in history.days:
        if any(stored.snapshot.is_sample for stored in day.revisions):
            raise ArchiveError(
                f'{day.shown.path} marks itself as fictional ("sample": true), expected a real answer. '
                "Nothing was stored"
            )
    if history.days[-1].as_of > today:
        raise ArchiveError(
            f"{history.days[-1].shown.path}: found a day that has not come yet, expected none after {today} (UTC). "
            "Nothing was stored; look at the source, or at the clock"
        )


def _move(staged: Path, place: Path, names: Sequence[str]) -> None:
    """An archive that was not there appears at once; into one that was, each file by a link, which never overwrites."""
    if not place.exists():
        staged.rename(place)
        return
    done: list[Path] = []
    try:
        for name in names:
            os.link(staged / name, place / name)
            done.append(place / name)
    except OSError:
        for path in done:
            with suppress(OSError):
                path.unlink()
        raise
