"""What a name and a date of an answer may be, and how a value is told in a problem."""

import re
import unicodedata
from datetime import date

from generator.errors import shown

LONGEST_NAME = 200
NAME = f"text of 1 to {LONGEST_NAME} characters without control characters"
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_UNPRINTABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})  # control characters, half characters, line breaks
_NO_CHARACTERS = frozenset("\ufffe\uffff")  # not allowed in XML, so neither in an SVG nor in a feed


def printable(text: str) -> str:
    """Raises ValueError for what is no name, however long."""
    if text.isascii() and text.isprintable() and not text.isspace():
        return text  # nearly all of them
    if not text.strip() or any(unicodedata.category(c) in _UNPRINTABLE or c in _NO_CHARACTERS for c in text):
        raise ValueError(NAME)
    return text


def real_date(text: str) -> str:
    """Raises ValueError for what is no day written as ISO has it."""
    if not _DATE.fullmatch(text):
        raise ValueError("not a date")
    date.fromisoformat(text)
    return text


def described(value: object) -> str:
    """The value and its type: `"0.2" (text)`, `a list of 0`."""
    match value:
        case list():
            return f"a list of {len(value)}"
        case str():
            return f"{shown(value)} (text)"
        case bool() | None | dict():
            return shown(value)
        case _:
            return f"{shown(value)} (number)"
