"""What an answer may be wrapped in: an error's body, or the file in which someone kept a response."""

import json
from collections.abc import Iterator

from generator.errors import SnapshotError

from .strict_json import Json, load

MAX_ENVELOPE_BYTES = 64 * 1024 * 1024
MAX_ENVELOPE_DEPTH = 60
MAX_LAYERS = 3  # JSON text inside JSON inside JSON


def error_message(body: bytes) -> str | None:
    """The message of an error's body, `{"error": {"message": ...}}`, as one line of at most 200 characters.

    None when the body holds none.
    """
    try:
        value = load(body)
    except SnapshotError:
        return None
    error = value.get("error") if isinstance(value, dict) else None
    message = error.get("message") if isinstance(error, dict) else None
    if not isinstance(message, str):
        return None
    one_line = " ".join("".join(c if c.isprintable() else " " for c in message).split())
    return one_line[:200] or None


def find_responses(body: bytes) -> tuple[bytes, ...]:
    """Every answer of the endpoint that a kept file holds: objects with `data.classifications`.

    A file that is an answer is given back byte for byte. From an envelope come: an answer that stands there as JSON
    text, the bytes of that text; an answer that stands there as an object, that object written compactly with its
    keys in the same order. Raises SnapshotError when the file is not strict JSON or holds no answer.
    """
    value = load(body, max_bytes=MAX_ENVELOPE_BYTES, max_depth=MAX_ENVELOPE_DEPTH)
    if _is_answer(value):
        return (body,)
    found = tuple(_answers_within(value, MAX_LAYERS))
    if not found:
        raise SnapshotError("holds no response of the endpoint:", ["found no object with data.classifications"])
    return found


def _is_answer(value: Json) -> bool:
    data = value.get("data") if isinstance(value, dict) else None
    return isinstance(data, dict) and "classifications" in data


def _answers_within(value: Json, layers: int) -> Iterator[bytes]:
    if _is_answer(value):
        yield json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _answers_within(inner, layers)
    elif isinstance(value, list):
        for inner in value:
            yield from _answers_within(inner, layers)
    elif isinstance(value, str) and layers and '"classifications"' in value.replace("\\", ""):
        yield from _answers_in_text(value, layers - 1)


def _answers_in_text(text: str, layers: int) -> Iterator[bytes]:
    try:
        body = text.encode()
        value = load(body, max_bytes=MAX_ENVELOPE_BYTES)
    except (SnapshotError, UnicodeEncodeError):
        return  # text that only mentions the word
    if _is_answer(value):
        yield body
    else:
        yield from _answers_within(value, layers)
