"""Ten years: what `growth` measures, with 3,650 days. It takes an hour."""

from . import growth


def measure(rounds: int) -> str:
    """The four builds of ten years."""
    return growth.measure(rounds, (3_650,))
