"""Places, ties, orders and ratios: what every ranking of the site has in common.

Every order has the same tie-break: the measure, then the other measure, then the identifier.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from generator.models import Intensity, Pair, Rank, Ranks

DECIMALS = 3  # as published; a difference below this is no difference
HALF_STEP = 0.5 * 10**-DECIMALS

T = TypeVar("T")


def rank_all(shares: Sequence[float]) -> tuple[Rank, ...]:
    """The place of each share, in the order given. Equal in three decimals: a shared place (1, 2, 2, 4)."""
    published = [round(share, DECIMALS) for share in shares]
    descending = sorted(published, reverse=True)
    return tuple(Rank(1 + descending.index(share), len(published), published.count(share) > 1) for share in published)


def intensity_of(share: Pair) -> Intensity | None:
    """Token share / request share with the bounds that rounding to three decimals leaves.

    None where either share is unknown or published as 0.000: then the ratio says nothing.
    """
    if not share.requests or not share.tokens:
        return None
    fewest, most = share.requests - HALF_STEP, share.requests + HALF_STEP
    return Intensity(
        ratio=share.tokens / share.requests,
        low=max(0.0, share.tokens - HALF_STEP) / most,
        high=(share.tokens + HALF_STEP) / fewest if fewest > 0 else None,
    )


def ratio_of(part: float | None, whole: float | None) -> float | None:
    """None where the whole is unknown or 0.000: then the ratio says nothing."""
    return part / whole if part is not None and whole else None


def ranks_of(shares: Sequence[Pair]) -> tuple[Ranks, ...]:
    """The places by requests and by tokens, in the order given."""
    by_requests = rank_all([share.requests or 0.0 for share in shares])
    by_tokens = rank_all([share.tokens or 0.0 for share in shares])
    return tuple(Ranks(requests, tokens) for requests, tokens in zip(by_requests, by_tokens, strict=True))


def ordered(things: Iterable[T], share: Callable[[T], Pair], name: Callable[[T], str]) -> tuple[T, ...]:
    """By requests, then tokens, both descending and as published; then by identifier, so that no order is by chance."""

    def key(thing: T) -> tuple[float, float, str]:
        pair = share(thing)
        return (-round(pair.requests or 0.0, DECIMALS), -round(pair.tokens or 0.0, DECIMALS), name(thing))

    return tuple(sorted(things, key=key))
