"""The stages in order. Read this first.

`generator snapshot`: fetch -> validate -> archive. `generator import`: archive (files that others kept) -> validate ->
archive. `generator pull`: fetch (what another copy published) -> validate -> archive.
`generator build`: archive (or sample) -> analyse -> charts -> draw -> pages + files -> site.
Each stage knows only the dataclasses that it is handed; this is the one place where they meet.
"""

from generator.pipeline.building import build_site
from generator.pipeline.made_of import site_digest
from generator.pipeline.places import FONTS, PROJECT, STATIC, TEMPLATES
from generator.pipeline.pulling import pull_archive
from generator.pipeline.taking import import_responses, take_snapshot

__all__ = [
    "FONTS",
    "PROJECT",
    "STATIC",
    "TEMPLATES",
    "build_site",
    "import_responses",
    "pull_archive",
    "site_digest",
    "take_snapshot",
]
