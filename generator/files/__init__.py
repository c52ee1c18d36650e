"""Report -> what programs read. Pure: paths and bytes go out, `site` writes them.

Sitemap, robots and what the site is made of; the search index; of every chart its rows, the Vega-Lite specification and
the compiled Vega that the page asks for when a reader reaches for the chart; the raw snapshots; who leads now, for the
embeds of editions; badges; feeds; the data files below `data/v1/`; what was ever listed; packs for newsrooms.
"""

from generator.files.about import files_about
from generator.files.asked_for import files_asked_for, kept_days
from generator.files.badges import badges, ended_badges, shields_file
from generator.files.data import NEWEST_DAYS, NEWEST_DAYS_OF_ONE, TABLES, data_files
from generator.files.ever_listed import ever_listed
from generator.files.feeds import feed_files
from generator.files.leads import lead_files
from generator.files.pack import pack_file
from generator.files.raw import packed_files, raw_files

__all__ = [
    "NEWEST_DAYS",
    "NEWEST_DAYS_OF_ONE",
    "TABLES",
    "badges",
    "data_files",
    "ended_badges",
    "ever_listed",
    "feed_files",
    "files_about",
    "files_asked_for",
    "kept_days",
    "lead_files",
    "pack_file",
    "packed_files",
    "raw_files",
    "shields_file",
]
