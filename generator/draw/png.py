"""SVG without text -> PNG in few colours. Owns Pillow.

A picture of flat colours and their mixtures at edges looks the same in a table of a few, at an eighth of the bytes.
"""

import io

import vl_convert
from PIL import Image

COLOURS = 32
_EFFORT = 7  # of zlib; 9 takes four times as long for a twentieth less


def png_of(svg: str, width: int, colours: int = COLOURS) -> bytes:
    """An opaque picture `width` pixels wide; `svg` says its own width and paints its background."""
    own = float(svg.partition(' width="')[2].partition('"')[0])
    drawn = vl_convert.svg_to_png(svg, scale=width / own)
    picture = Image.open(io.BytesIO(drawn)).convert("RGB")
    few = picture.quantize(colours, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    _keep_exact(few, picture)
    body = io.BytesIO()
    few.save(body, "PNG", compress_level=_EFFORT)
    return body.getvalue()


def _keep_exact(few: Image.Image, picture: Image.Image) -> None:
    """The ground as it was: an average with what is nearly the same would show beside the page's own."""
    corner = (picture.width - 1, 0)
    colours, ground = few.getpalette() or [], few.getpixel(corner)
    assert isinstance(ground, int), "a picture in few colours holds their numbers"
    colours[3 * ground : 3 * ground + 3] = picture.getpixel(corner)
    few.putpalette(colours)
