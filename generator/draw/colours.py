"""The palette of the site's stylesheet, for pictures that have none: colours written out, one scheme or both.

Comes in: the text of static/palette.css, and a drawing whose colours are CSS variables. Goes out: the drawing with the
colours themselves, which every program that shows SVG understands. A colour that the palette lacks is a SiteError.
"""

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from generator.errors import SiteError
from generator.models import Scheme

_VARIABLE = re.compile(r"var\(--([\w-]+)\)")


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours by name: `code` -> `#2b5bd0`."""

    light: Mapping[str, str]
    dark: Mapping[str, str]

    def of(self, scheme: Scheme) -> Mapping[str, str]:
        """The colours of a scheme."""
        return self.light if scheme == "light" else self.dark


@functools.cache
def palette_of(stylesheet: str) -> Palette:
    """Cached: every picture of a build asks for the same one."""
    light, _, rest = stylesheet.partition("@media (prefers-color-scheme: dark)")
    dark = rest.partition("@media")[0]
    return Palette(*(dict(re.findall(r"--([\w-]+):\s*(#\w+);", part)) for part in (light, dark)))


def fixed(svg: str, palette: Palette, scheme: Scheme) -> str:
    """`svg` in the colours of one scheme."""

    def colour(match: re.Match[str]) -> str:
        if match[1] not in palette.of(scheme):
            raise SiteError(f"palette.css has no {scheme} colour --{match[1]}, which a drawing asks for; add it there")
        return palette.of(scheme)[match[1]]

    return _VARIABLE.sub(colour, svg)


def adaptive(svg: str, palette: Palette) -> tuple[str, str]:
    """`svg` in the light colours, and the style that turns them dark where the reader's scheme is.

    Without variables: programs that know neither them nor media queries show the light colours.
    """
    names = dict.fromkeys(_VARIABLE.findall(svg))
    drawn = fixed(svg, palette, "light")
    rules = (
        f'[{what}="{palette.light[name]}"]{{{what}:{palette.dark[name]}}}'
        for name in names
        for what in ("fill", "stroke")
        if f'{what}="{palette.light[name]}"' in drawn
    )
    return drawn, f"@media(prefers-color-scheme:dark){{{''.join(rules)}}}"
