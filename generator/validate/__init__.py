"""Bytes -> Snapshot. The one place that knows OpenRouter's format.

Comes in: the body of an answer, of the archive or of a file that someone kept. Goes out: a `Snapshot`, with a warning
for whatever is odd but possible. Refuses, whole, what is not strict JSON, lacks a field, holds an impossible number or
contradicts itself: every problem at once, each with its JSON path.
"""

from .digest import content_digest
from .envelope import error_message, find_responses
from .listing import MAX_INDEX_BYTES, parse_index
from .schema import answer_schema
from .snapshot import parse_snapshot

__all__ = [
    "MAX_INDEX_BYTES",
    "answer_schema",
    "content_digest",
    "error_message",
    "find_responses",
    "parse_index",
    "parse_snapshot",
]
