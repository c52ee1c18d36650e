"""Numbers that look like chance and are always the same: from hashes, and from + - * / alone.

Comes in: a key, a day. Goes out: fractions and waves, the same on each machine and with each version of Python,
which the random, exp or sin of a library do not promise.
"""

import hashlib
import struct
from functools import lru_cache


def wave(key: str, day: int, count: int) -> list[float]:
    """`count` numbers between -1 and 1 that move a little each day and visibly each week: windows overlap."""
    week, weekday = divmod(day, 7)
    step = weekday * weekday * (21 - 2 * weekday) / 343  # 0 to 1, slow at both ends
    pairs = zip(_week(key, week, count), _week(key, week + 1, count), strict=True)
    return [this + (following - this) * step for this, following in pairs]


@lru_cache(maxsize=512)
def _week(key: str, week: int, count: int) -> tuple[float, ...]:
    totals = [0.0] * count
    for weeks, height in ((1, 0.15), (5, 0.3), (23, 0.55)):
        number, part = divmod(week, weeks)
        before, after = (noise(f"{key} {weeks} {number + offset}", count) for offset in (0, 1))
        pairs = zip(totals, before, after, strict=True)
        totals = [total + height * (2 * (a + (b - a) * part / weeks) - 1) for total, a, b in pairs]
    return tuple(totals)


@lru_cache(maxsize=1024)
def noise(key: str, count: int) -> tuple[float, ...]:
    """`count` numbers from 0 up to, not including, 1: for a key always the same."""
    return tuple(
        number / 65_536 for number in struct.unpack(f">{count}H", hashlib.shake_128(key.encode()).digest(2 * count))
    )


def rounded_shares(requests: float, tokens: float, prefix: str = "") -> dict[str, float]:
    """The two shares as the endpoint writes them: three decimals, a nothing as 0."""
    return {f"{prefix}usage_share": round(requests, 3) or 0, f"{prefix}token_share": round(tokens, 3) or 0}
