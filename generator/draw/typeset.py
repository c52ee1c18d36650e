"""Words that have to fit: cut with an ellipsis, or broken into lines. By the widths that the letters really have."""

from generator.draw.letters import Letters, Weight

_ELLIPSIS = "…"


def shortened(text: str, size: float, weight: Weight, room: float, letters: Letters) -> str:
    """As much of `text` as `room` pixels hold, all of it where they do."""
    text = letters.drawable(" ".join(text.split(" ")))
    if letters.width(text, size, weight) <= room:
        return text
    low, high = 0, len(text)  # how many letters fit for certain, and may at most
    while low < high:
        middle = (low + high + 1) // 2
        if letters.width(text[:middle].rstrip() + _ELLIPSIS, size, weight) <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + _ELLIPSIS


def wrapped(text: str, size: float, weight: Weight, room: float, letters: Letters) -> list[str]:
    """The lines of `text`; a word wider than all `room` has a line of its own, to be shortened."""
    lines: list[str] = []
    for word in letters.drawable(text).split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and letters.width(longer, size, weight) <= room:
            lines[-1] = longer
        elif word:
            lines.append(word)
    return lines
