"""files -> pages, site: the data files of the site, and what each holds."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["date", "text", "share", "count", "yes or no"]


@dataclass(frozen=True, slots=True)
class DataColumn:
    """A column of a table, as the data dictionary has it."""

    name: str
    kind: Kind
    unit: str  # "fraction, 0 to 1"
    denominator: str  # what a share is a share of, a place is among; "" where there is none
    text: str  # what it says
    may_be_empty: bool = False


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table that the data files hold: its columns, in the order that is promised."""

    name: str
    title: str
    columns: tuple[DataColumn, ...]
    key: tuple[str, ...]  # the columns that together name a row


@dataclass(frozen=True, slots=True)
class DataEntry:
    """A data file as the index lists it."""

    path: str  # below `data/v1/`
    what: str
    media_type: str
    rows: int | None  # of a table; None where it is none
    size_bytes: int
    sha256: str
    updated: date  # the `as_of` of the newest that it holds
    table: str = ""  # the name of its table


@dataclass(frozen=True, slots=True)
class DataFile:
    """A data file and what the index says of it."""

    entry: DataEntry
    body: bytes


@dataclass(frozen=True, slots=True)
class DataLabels:
    """Who publishes the data files, and under which words."""

    site: str
    address: str  # absolute, with a trailing slash
    is_sample: bool
    source: str
    licence: str  # its name; "" where nobody licenses: the sample
    window: str
    first_day: date
    as_of: date
