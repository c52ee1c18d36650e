"""Who leads now, in a few words: what an edition's embed asks for."""

import json
from collections.abc import Iterable, Iterator
from datetime import date

from generator import formats
from generator.addresses import embed_path
from generator.models import ChartLead, File


def lead_files(leads: Iterable[ChartLead], as_of: date) -> Iterator[File]:
    """For each chart of editions a few words on who leads now: an embed of an edition says so where it is another.

    `ids` are compared with those that led in the edition; `{then}` in `text` stands for their names.
    """
    for lead in leads:
        is_there = lead.as_of == as_of
        names = formats.listed([leader.name for leader in lead.leaders])
        changed = f"the leader changed from {{then}} to {names} ({formats.long_date(lead.since)})."
        gone = f"this is no longer listed, last on {formats.long_date(lead.as_of)}."
        body = {
            "as_of": as_of.isoformat(),
            "ids": [leader.id for leader in lead.leaders] if is_there else [],
            "since": (lead.since if is_there else lead.as_of).isoformat(),
            "text": changed if is_there else gone,
        }
        yield File(f"{embed_path(lead.chart)}now.json", f"{json.dumps(body, ensure_ascii=False)}\n".encode())
