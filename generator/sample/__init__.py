"""A synthetic archive: the real task names, fictional models, any number of days, always the same.

Comes in: how many days, the last one, the window. Goes out: archive paths and bodies in the endpoint's own format,
marked `"sample": true`. Refuses less than one day and more than 5,000.

Everything is a function of the calendar date: a day has the same bytes however many days are asked for. Numbers come
from hashes and from + - * / alone, whose results do not depend on the machine or on the version of Python.
"""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from math import fsum

from .cast import CATEGORIES, TASKS, VISITING_TASK, SampleTask
from .lists import listed_models, models_present
from .noise import rounded_shares, wave

_LONGEST_DAYS = 5_000
_MISSING_EVERY, _MISSING_ON = 61, date(2026, 8, 12).toordinal()
_RESTATED_EVERY, _RESTATED_ON = 47, date(2026, 7, 24).toordinal()
_LATE_DATA_DAYS = 3  # a restated day shows the figures that it would else have had this much later


def sample_files(
    days: int = 120, last_day: date = date(2026, 8, 31), window: str = "7d"
) -> Iterator[tuple[str, bytes]]:
    """The `days` calendar days that end with `last_day`, oldest first: path below the data folder, and body.

    Some days are missing, so the files are fewer; some are restated, which adds an `.r2.json`.
    """
    if not 1 <= days <= _LONGEST_DAYS:
        raise ValueError(f"sample of {days} days: expected 1 to {_LONGEST_DAYS}")
    first_day = last_day - timedelta(days=days - 1)
    return (
        file
        for ordinal in range(first_day.toordinal(), last_day.toordinal() + 1)
        for file in _files_of_day(date.fromordinal(ordinal), window)
    )


def _files_of_day(day: date, window: str) -> Iterator[tuple[str, bytes]]:
    ordinal = day.toordinal()
    if (ordinal - _MISSING_ON) % _MISSING_EVERY == 0:
        return
    yield f"{window}/{day}.json", _body(day, ordinal, window)
    if (ordinal - _RESTATED_ON) % _RESTATED_EVERY == 0:
        yield f"{window}/{day}.r2.json", _body(day, ordinal + _LATE_DATA_DAYS, window)


def _body(as_of: date, day: int, window: str) -> bytes:
    """The response that shows the figures of `day` under the date `as_of`."""
    sizes = _task_sizes(day)
    totals = {key: _sum(sizes, key) for key in ("", *CATEGORIES)}
    data = {
        "window_days": int(window.removesuffix("d")),
        "as_of": as_of.isoformat(),
        "sample": True,
        "classifications": _classifications(sizes, totals, day),
        "macro_categories": [
            {"key": key, "label": key.capitalize(), **rounded_shares(*_fractions(totals[key], totals[""]))}
            for key in CATEGORIES
        ],
    }
    return json.dumps({"data": data}, separators=(",", ":")).encode()


_Size = tuple[float, float]  # requests, tokens: each in a unit of its own
_Sizes = dict[SampleTask, _Size]


def _task_sizes(day: int) -> _Sizes:
    """The tasks of `day`, the one with the most requests first."""
    request_waves, token_waves = wave("requests", day, len(TASKS)), wave("tokens", day, len(TASKS))
    visits = dict(VISITING_TASK.releases(day))
    sizes = {}
    for task, request_wave, token_wave in zip(TASKS, request_waves, token_waves, strict=True):
        presence = visits.get(task.tag, 0.0) if task.tag == VISITING_TASK.id else 1.0
        size = presence * (1 + 0.5 * request_wave)
        if size:
            sizes[task] = (task.requests * size, task.tokens * size * (1 + 0.4 * token_wave))
    return dict(sorted(sizes.items(), key=lambda item: (-item[1][0], item[0].tag)))


def _sum(sizes: _Sizes, category: str) -> _Size:
    """Of a macro-category; of all tasks for ""."""
    counted = [size for task, size in sizes.items() if category in ("", task.category)]
    return fsum(requests for requests, _ in counted), fsum(tokens for _, tokens in counted)


def _classifications(sizes: _Sizes, totals: dict[str, _Size], day: int) -> list[dict[str, object]]:
    models = models_present(day)
    return [
        {
            "tag": task.tag,
            "display_name": task.label,
            "macro_category": task.category,
            **rounded_shares(*_fractions(size, totals[""])),
            **rounded_shares(*_fractions(size, totals[task.category]), prefix="category_"),
            "models": listed_models(task, models, day),
        }
        for task, size in sizes.items()
    ]


def _fractions(part: _Size, whole: _Size) -> _Size:
    return part[0] / whole[0], part[1] / whole[1]
