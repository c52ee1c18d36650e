"""Bytes -> JSON values, strictly (RFC 8259 and I-JSON, RFC 7493).

Refuses what other readers of the same bytes might understand differently or choke on: text that is not UTF-8,
NaN and Infinity, a number beyond a float, a key twice in one object, deep nesting, too many bytes.
"""

import json
import math
import re
from collections.abc import Callable
from typing import NoReturn, TypeAlias

from generator.errors import SnapshotError, shown

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

MAX_BYTES = 4 * 1024 * 1024  # a real answer has 31 KB
MAX_DEPTH = 20  # a real answer has 6

_TEXT = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)  # possessive: one pass, whatever is sent
_NOT_BRACKETS = bytes(sorted(set(range(256)) - set(b"[]{}")))


class _RefusedError(ValueError):
    """Raised inside the parser; becomes a SnapshotError."""


def load(
    body: bytes,
    *,
    max_bytes: int = MAX_BYTES,
    max_depth: int = MAX_DEPTH,
    number: Callable[[float], int | float] = float,
) -> Json:
    """The value that `body` holds; `number` turns each number with a point or an exponent into what is wanted.

    Raises SnapshotError with the place of the first thing that is not strict JSON.
    """
    try:
        _check_size(body, max_bytes, max_depth)
        value: Json = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_without_repeated_keys,
            parse_constant=_refuse_constant,
            parse_float=lambda text: number(_finite(text)),
        )
    except UnicodeDecodeError as exc:
        raise _not_json(f"byte {exc.start}: found bytes that are not UTF-8, expected UTF-8 text") from exc
    except json.JSONDecodeError as exc:
        raise _not_json(f"line {exc.lineno}, column {exc.colno}: {exc.msg}") from exc
    except _RefusedError as exc:
        raise _not_json(str(exc)) from exc
    except ValueError as exc:  # int() of thousands of digits
        raise _not_json("found a number with thousands of digits, expected a number") from exc
    return value


def _check_size(body: bytes, max_bytes: int, max_depth: int) -> None:
    if len(body) > max_bytes:
        raise _RefusedError(f"found {len(body):,} bytes, expected at most {max_bytes:,}")
    if not body.strip():
        raise _RefusedError("found nothing, expected an object")
    depth = 0
    for bracket in _TEXT.sub(b"", body).translate(None, _NOT_BRACKETS):
        depth += 1 if bracket in b"[{" else -1
        if depth > max_depth:
            raise _RefusedError(f"found lists and objects nested deeper than {max_depth}, expected at most {max_depth}")


def _without_repeated_keys(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            raise _RefusedError(f"found the key {shown(key)} twice in one object, expected each key once")
        seen.add(key)
    raise AssertionError("fewer keys than pairs, and none of them twice")


def _refuse_constant(name: str) -> NoReturn:
    raise _RefusedError(f"found {name}, expected a number (JSON knows no {name})")


def _finite(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise _RefusedError(f"found the number {text[:20]}, expected one that fits a 64-bit float")
    return value


def _not_json(problem: str) -> SnapshotError:
    return SnapshotError("the answer is not strict JSON:", [problem])
