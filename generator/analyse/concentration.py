"""How much of a task few models hold, with the bounds that the unlisted rest leaves.

The first model's share, the first three's, and the Herfindahl-Hirschman index (HHI: the sum of all squared shares).
All three grow when the same total is held by fewer models. So each is smallest with the unlisted rest spread so thin
that it adds nothing, and largest with the rest packed into as few models as can be: by requests none of them is larger
than the smallest listed share, since the list is cut by requests; by tokens one of them may hold all of it.
All is counted in whole thousandths, as published; the rounding of these is not in the bounds.
"""

from collections.abc import Iterable, Sequence

from generator.analyse.ranks import DECIMALS
from generator.models import Concentration, Span, Task

WHOLE: int = 10**DECIMALS
_POINTS: int = 10_000  # the index of one model alone


def concentrations_of(task: Task) -> tuple[Concentration, Concentration] | tuple[None, None]:
    """By requests and by tokens; none for an empty list."""
    if not task.models:
        return None, None
    requests = [*map(thousandths, task.models.request_shares)]
    tokens = [*map(thousandths, task.models.token_shares)]
    return (
        _concentration(requests, _packed(unlisted(requests), min(requests))),
        _concentration(tokens, _packed(unlisted(tokens), WHOLE)),
    )


def thousandths(share: float) -> int:
    """A share as published."""
    return round(share * WHOLE)


def unlisted(listed: Iterable[int]) -> int:
    """What the listed shares leave; nothing where their rounding makes them more than the whole."""
    return max(0, WHOLE - sum(listed))


def _packed(total: int, most: int) -> list[int]:
    """The fewest shares that make `total` with none above `most`; with `most` 0 they are below what is published."""
    if not most:
        return []
    full, left = divmod(total, most)
    return [most] * full + [left] * bool(left)


def _concentration(listed: Sequence[int], rest: Sequence[int]) -> Concentration:
    every = [*listed, *rest]
    return Concentration(
        first=Span(_first(listed, 1), _first(every, 1)),
        first_three=Span(_first(listed, 3), _first(every, 3)),
        hhi=Span(_hhi(listed), _hhi(every)),
    )


def _first(shares: Sequence[int], count: int) -> float:
    return min(WHOLE, sum(sorted(shares)[-count:])) / WHOLE


def _hhi(shares: Sequence[int]) -> float:
    return min(_POINTS, sum(share * share for share in shares) * _POINTS / WHOLE**2)
