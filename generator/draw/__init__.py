"""Charts -> drawings and pictures, drawn without a browser and kept in a cache. Owns vl_convert, uharfbuzz and Pillow.

Comes in: charts, a folder with fonts, the palette, a folder for the cache (safe to delete at any time). Goes out: one
drawing a chart, fit to stand in HTML, and pictures as files. Only the fonts of that folder draw, so any machine gives
the same bytes. A chart that vl-convert cannot draw is a SiteError; a damaged cache entry is drawn again.
"""

from generator.draw.badges import badge_file
from generator.draw.cards import card_files
from generator.draw.charts import draw, draw_all, measured
from generator.draw.pack import pack_pictures
from generator.draw.pictures import picture_files
from generator.draw.work import WORKERS, Workshop, workers

__all__ = [
    "WORKERS",
    "Workshop",
    "badge_file",
    "card_files",
    "draw",
    "draw_all",
    "measured",
    "pack_pictures",
    "picture_files",
    "workers",
]
