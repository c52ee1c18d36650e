"""Bytes -> an answer as the endpoint sends it day by day, read at once: neither odd nor wrong, nor new in anything.

Comes in: the body. Goes out: the answer, or None for whatever is not plain. What is not plain may still be right: that
is for the thorough way to say (`strict_json`, `shape`, `rules`), which words every problem and every warning. Nothing
is plain here that is refused or warned of there; a test holds both ways together.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Annotated

import msgspec

from .rules import WARNED_ABOVE
from .strict_json import MAX_BYTES
from .texts import LONGEST_NAME, real_date

# A key and its number, since no text holds a quotation mark: a whole one, or one that Python may write in another way.
_NUMBER = re.compile(rb'":(?:([01])\.0(?=[,}])|-|0\.0000|[1-9][\d.]*e)')

Share = Annotated[float, msgspec.Meta(ge=0, le=1)]


class _Part(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """An object of the answer with exactly these fields, which stand in the order of the alphabet, see `canonical`."""


class PlainModel(_Part):
    """A model of a task's list."""

    id: str
    tag_token_share: Share
    tag_usage_share: Share


class PlainTask(_Part):
    """A classification."""

    category_token_share: Share
    category_usage_share: Share
    display_name: str
    macro_category: str
    models: list[PlainModel]
    tag: str
    token_share: Share
    usage_share: Share


class PlainCategory(_Part):
    """A macro-category."""

    key: str
    label: str
    token_share: Share
    usage_share: Share


class _Content(_Part, kw_only=True):
    classifications: list[PlainTask]
    macro_categories: list[PlainCategory]
    sample: bool = False
    window_days: Annotated[int, msgspec.Meta(ge=1, le=366)]


class PlainData(_Content, kw_only=True):
    """The snapshot itself."""

    as_of: str


class _Answer(_Part):
    data: PlainData


class _SpelledOtherwiseError(ValueError):
    """Python may write a number in another way."""


_DECODER = msgspec.json.Decoder(_Answer)


@lru_cache(maxsize=1)  # a body is asked for twice: what it says, and the digest of that
def plain_data(body: bytes) -> PlainData | None:
    """What the body says, where nothing at all is to be said about it."""
    if len(body) > MAX_BYTES or not body.isascii() or b"\\" in body:
        return None
    try:
        data = _DECODER.decode(body).data
        real_date(data.as_of)
    except (msgspec.MsgspecError, ValueError):
        return None
    names = _names(data)
    is_plain = _says_each_once(body, data, names) and all(map(_is_plain_name, names)) and _fits_together(data)
    return data if is_plain else None


def canonical(data: PlainData) -> bytes | None:
    """What `content_digest` is of: all but `as_of`, keys in order, no white space, whole numbers as such.

    None where a number is so small that it can be written in several ways.
    """
    content = _Content(
        classifications=data.classifications,
        macro_categories=data.macro_categories,
        sample=data.sample,
        window_days=data.window_days,
    )
    try:
        return _NUMBER.sub(_whole, msgspec.json.encode({"data": content}))
    except _SpelledOtherwiseError:
        return None


def _whole(number: re.Match[bytes]) -> bytes:
    if number[1] is None:
        raise _SpelledOtherwiseError
    return b'":' + number[1]


def _says_each_once(body: bytes, data: PlainData, names: Sequence[str]) -> bool:
    """No key is there twice: there are as many colons as fields, beside those in texts, where no escape hides one."""
    tasks, categories = data.classifications, data.macro_categories
    fields = 5 + data.sample + 8 * len(tasks) + 4 * len(categories) + 3 * sum(len(task.models) for task in tasks)
    return body.count(b":") == fields + "".join(names).count(":")


def _names(data: PlainData) -> list[str]:
    names = [model.id for task in data.classifications for model in task.models]
    for task in data.classifications:
        names += task.tag, task.display_name, task.macro_category
    for category in data.macro_categories:
        names += category.key, category.label
    return names


@lru_cache(maxsize=4096)  # years of days say the same few
def _is_plain_name(text: str) -> bool:
    return 0 < len(text) <= LONGEST_NAME and text.isprintable() and not text.isspace()


def _fits_together(data: PlainData) -> bool:
    """What `rules` would find nothing in."""
    tasks, categories = data.classifications, data.macro_categories
    keys = [category.key for category in categories]
    return (
        len({task.tag for task in tasks}) == len(tasks) > 0
        and len(set(keys)) == len(keys)
        and {task.macro_category for task in tasks} == set(keys)
        and _is_ordered([task.usage_share for task in tasks])
        and _is_whole(tasks)
        and _is_whole(categories)
        and all(
            _is_sum(category, [task for task in tasks if task.macro_category == category.key])
            for category in categories
        )
        and all(map(_is_list, tasks))
    )


def _is_list(task: PlainTask) -> bool:
    """Each model once, by requests, and together not more than all."""
    requests = [model.tag_usage_share for model in task.models]
    return (
        len({model.id for model in task.models}) == len(requests)
        and _is_ordered(requests)
        and sum(requests) - 1 <= WARNED_ABOVE
        and sum([model.tag_token_share for model in task.models]) - 1 <= WARNED_ABOVE
    )


def _is_ordered(shares: list[float]) -> bool:
    return shares == sorted(shares, reverse=True)


def _is_whole(parts: Sequence[PlainTask] | Sequence[PlainCategory]) -> bool:
    return _is_near(sum(part.usage_share for part in parts), 1) and _is_near(sum(part.token_share for part in parts), 1)


def _is_sum(category: PlainCategory, tasks: Sequence[PlainTask]) -> bool:
    """Its shares are those of its tasks, and these sum to 1 within it."""
    return (
        _is_near(category.usage_share, sum(task.usage_share for task in tasks))
        and _is_near(category.token_share, sum(task.token_share for task in tasks))
        and _is_near(sum(task.category_usage_share for task in tasks), 1)
        and _is_near(sum(task.category_token_share for task in tasks), 1)
    )


def _is_near(share: float, expected: float) -> bool:
    return abs(share - expected) <= WARNED_ABOVE
