"""When the server says it answered, and when it wants to be asked again."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def answered_at(headers: Mapping[str, str]) -> datetime | None:
    """The Date header, UTC; None if there is none that can be read."""
    return _parsed_date(headers.get("Date", ""))


def retry_after_seconds(headers: Mapping[str, str]) -> float | None:
    """`retry-after-ms`, or `Retry-After` as seconds or as a date (RFC 9110, 10.2.3) against the answer's own Date."""
    milliseconds = _seconds(headers.get("retry-after-ms", ""))
    if milliseconds is not None:
        return milliseconds / 1000
    asked = headers.get("Retry-After", "")
    until, now = _parsed_date(asked), answered_at(headers)
    if until is not None and now is not None:
        return max(0.0, (until - now).total_seconds())
    return _seconds(asked)


def _seconds(text: str) -> float | None:
    return float(text) if re.fullmatch(r"\d{1,12}(\.\d{1,6})?", text.strip(), re.ASCII) else None


def _parsed_date(text: str) -> datetime | None:
    try:
        parsed = parsedate_to_datetime(text)
        return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
