"""What another copy's index must hold of what is asked of it, see `listing`."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from .strict_json import MAX_BYTES

MAX_SNAPSHOTS = 20_000  # 3,650 days have about 3,700


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="allow", frozen=True)


class ListedPart(_Part):
    """A file of its archive."""

    path: Annotated[str, Field(max_length=40)]
    as_of: Annotated[str, Field(max_length=10)]
    revision: Annotated[int, Field(ge=1, le=9_999)]
    bytes: Annotated[int, Field(ge=1, le=MAX_BYTES)]
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    file: Annotated[str, Field(max_length=43)] = ""  # where it is published, since 1.1; before, at its path


class IndexPart(_Part):
    """The index."""

    schema_version: Annotated[str, Field(pattern=r"^1\.[0-9]{1,4}$")]
    sample: bool
    window: Annotated[str, Field(pattern="^[1-9][0-9]{0,2}d$")]
    snapshots: Annotated[list[ListedPart], Field(min_length=1, max_length=MAX_SNAPSHOTS)]
