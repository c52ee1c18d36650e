"""Findings: who leads, by which measure, in one sentence with its numbers. Every number comes from the report."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from generator import formats
from generator.models import Pair, Ranks

T = TypeVar("T")
MOST_MODELS = 15  # drawn where all models of a category or of the site are ranked; the table has them all
MOST_NAMES = 3  # of a shared first place; the others are counted


@dataclass(frozen=True, slots=True)
class Leader:
    """The first by one measure: one name, or several that share the place."""

    names: str  # "A", "A and B", "A, B, C and 2 others"
    is_shared: bool
    share: float

    def verb(self, one: str, many: str) -> str:
        """`one` for a single leader, `many` for several."""
        return many if self.is_shared else one


@dataclass(frozen=True, slots=True)
class Contender:
    """Anything that is ranked by two measures."""

    name: str
    share: Pair
    ranks: Ranks


def leader_by_requests(contenders: Sequence[Contender]) -> Leader:
    """The first by requests."""
    return _leader(contenders, lambda item: item.ranks.requests.place, lambda item: item.share.requests)


def leader_by_tokens(contenders: Sequence[Contender]) -> Leader:
    """The first by tokens, among those listed."""
    return _leader(contenders, lambda item: item.ranks.tokens.place, lambda item: item.share.tokens)


def two_leaders(contenders: Sequence[Contender], of_what: str) -> str:
    """`A leads requests (54.4 %), B tokens (37.3 %)`; one name where both are led by the same."""
    by_requests, by_tokens = leader_by_requests(contenders), leader_by_tokens(contenders)
    first = f"{by_requests.names} {by_requests.verb('leads', 'lead')} {of_what}"
    requests, tokens = formats.percent(by_requests.share), formats.percent(by_tokens.share)
    if by_requests.names == by_tokens.names:
        return f"{first} by requests ({requests}) and by tokens ({tokens})"
    return f"{first} by requests ({requests}), {by_tokens.names} by tokens ({tokens})"


def first_rows(contenders: Sequence[Contender], count: int = 3) -> str:
    """The first rows for those who do not see the chart."""
    rows = (
        f"{item.name}: {formats.percent(item.share.requests)} of requests, "
        f"{formats.percent(item.share.tokens)} of tokens"
        for item in contenders[:count]
    )
    return "; ".join(rows)


def _leader(
    contenders: Sequence[Contender], place: Callable[[Contender], int], share: Callable[[Contender], float | None]
) -> Leader:
    first = [item for item in contenders if place(item) == 1]
    names = [item.name for item in first[:MOST_NAMES]]
    if len(first) > MOST_NAMES:
        names.append(formats.plural(len(first) - MOST_NAMES, "other"))
    return Leader(formats.listed(names), len(first) > 1, share(first[0]) or 0.0)
