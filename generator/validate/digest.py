"""Bytes -> a digest of what they mean."""

import hashlib
import json

from .plain import canonical, plain_data
from .strict_json import load


def content_digest(body: bytes) -> str:
    """SHA-256 (hex) of what the answer says: the same for other white space, key order or spelling of a number.

    `as_of` is left out, so that a source that repeats itself under a new date is seen. Raises SnapshotError for what
    is not strict JSON.
    """
    if (plain := plain_data(body)) and (said := canonical(plain)):
        return hashlib.sha256(said).hexdigest()
    value = load(body, number=_whole_if_possible)
    if isinstance(value, dict) and isinstance(data := value.get("data"), dict):
        value = value | {"data": {key: data[key] for key in data if key != "as_of"}}
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _whole_if_possible(value: float) -> int | float:
    """1.0 and 1 are one number, as are -0.0 and 0."""
    return int(value) if value.is_integer() else value
