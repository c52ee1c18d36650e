"""Text -> the files that GitHub Actions names: the run's summary, and what a step hands on."""

import re
from collections.abc import Mapping
from pathlib import Path

from generator.errors import GeneratorError, shown
from generator.models import Note

from .summary import summary_html

_NAME = re.compile(r"[a-z_]+")


def add_summary(path: Path, note: Note) -> None:
    """Add a note to the summary. Raises GeneratorError where the file cannot be written."""
    _append(path, f"{summary_html(note)}\n")


def add_outputs(path: Path, outputs: Mapping[str, str]) -> None:
    """Add `name=value` lines; a value keeps to its line whatever is in it. Raises GeneratorError as above."""
    assert all(_NAME.fullmatch(name) for name in outputs), "names of outputs are ours"
    _append(path, "".join(f"{name}={' '.join(value.splitlines())}\n" for name, value in outputs.items()))


def _append(path: Path, text: str) -> None:
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(text)
    except OSError as exc:
        raise GeneratorError(f"cannot write {shown(str(path), 200)}: {exc.strerror}") from exc
