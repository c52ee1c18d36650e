"""The usual way: `python -m tests.benchmarks.builder.usual_history DATA`, json and one pydantic object a thing."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, Field

Share = Annotated[float, Field(ge=0, le=1)]


class Model(BaseModel):
    """A model listed for a task."""

    id: str
    tag_usage_share: Share
    tag_token_share: Share


class Task(BaseModel):
    """A classification."""

    tag: str
    display_name: str
    macro_category: str
    usage_share: Share
    token_share: Share
    category_usage_share: Share
    category_token_share: Share
    models: list[Model]


class Category(BaseModel):
    """A macro-category."""

    key: str
    label: str
    usage_share: Share
    token_share: Share


class Snapshot(BaseModel):
    """One answer: shape, types and ranges, and no more."""

    window_days: int
    as_of: date
    classifications: list[Task]
    macro_categories: list[Category]


def main(data: Path) -> None:
    """Read, validate, and keep all of it."""
    files = sorted(data.glob("7d/*.json"))
    history = [Snapshot.model_validate(json.loads(file.read_bytes())["data"]) for file in files]
    sys.stdout.write(f"{len(history)}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
