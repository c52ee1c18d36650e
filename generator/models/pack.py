"""pages -> draw -> files: the newsroom pack of an edition."""

from dataclasses import dataclass
from typing import Literal

from generator.models.site import Card

PackForm = Literal["wide", "square", "chart", "outlines"]
Scheme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class PackCards:
    """A chart of a pack as cards, in the formats that it has besides its own."""

    chart: str  # its id
    wide: Card  # with five rows at most
    square: Card  # with ten


@dataclass(frozen=True, slots=True)
class PackPicture:
    """A picture of a pack."""

    chart: str  # the id of the chart that it shows
    form: PackForm
    scheme: Scheme
    body: bytes
