"""Texts and colours made safe for where a program reads them."""

import json
import re


def harmless(text: str) -> str:
    """No cell that a spreadsheet would run as a formula (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def light_colours(palette: str) -> dict[str, str]:
    """The colours of the light scheme by their names in the palette, as `#rrggbb`."""
    return dict(re.findall(r"--(\w+): (#\w+);", palette.split("@media")[0]))


def json_in_script(value: object) -> str:
    """`value` as compact JSON that may stand in a script."""
    return in_script(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def in_script(text: str) -> str:
    """JSON that may stand in a script, inline or not: no tag can end or begin in it, no line separator breaks it."""
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
