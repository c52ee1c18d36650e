"""Writers that are killed at random points: `python tests/crashing.py archive|site FOLDER ROUNDS SEED`.

Each round a child writes without end until SIGKILL comes, and what lies there then is read. Run by test_crashes.py in a
process of its own, in which a fork is safe. Prints what was found whole, by kind.
"""

import os
import random
import signal
import sys
import time
from collections import Counter
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from responses import body

from generator import archive
from generator.models import File
from generator.site.folder import replaced
from generator.validate import content_digest, parse_snapshot

STAGES = {"parse": parse_snapshot, "digest": content_digest}
FIRST = date(2020, 1, 1)
FILES = 60  # of a site


def sent(number):
    """The answer of a day, or every third time the restated one of the day before."""
    return body(str(FIRST + timedelta(days=number - number // 3)), tasks=4, variant=number % 3)


def write_archive(folder):
    for number in count():
        answer = sent(number)
        archive.store(
            folder, "7d", answer, parse_snapshot(answer), content_digest(answer), today=date(2030, 1, 1), **STAGES
        )


def archive_found(folder):
    """How an archive is after the kill; raises where it is not whole."""
    history = archive.read_history(folder, "7d", **STAGES)
    bodies = [
        (folder / stored.path).read_bytes() for day in (history.days if history else ()) for stored in day.revisions
    ]
    assert bodies == [sent(number) for number in range(len(bodies))], "other bytes than were sent"
    left = [file for file in folder.rglob(".*") if file.is_file()]
    return ("whole" if bodies else "empty") + (", and a temporary file" if left else "")


def write_site(folder):
    for number in count():
        with replaced(folder / "site") as site:
            site.add(File("build.json", b"{}"))
            for page in range(FILES):
                site.add(File(f"{page}/index.html", f"{number} ".encode() * 2000))


def site_found(folder):
    """How a site is after the kill: the last one may stand aside for the moment between two renames."""
    for name in ("site", "site.last"):
        pages = sorted((folder / name).rglob("index.html"))
        if pages and (name == "site" or not (folder / "site").exists()):
            assert len(pages) == FILES, f"{len(pages)} pages in {name}"
            assert len({page.read_bytes() for page in pages}) == 1, "pages of two builds"
            return "whole" if name == "site" else "whole, and aside"
    assert not (folder / "site").exists(), "a site without pages"
    return "none yet"


def main(kind, folder, rounds, seed):
    write, found = {"archive": (write_archive, archive_found), "site": (write_site, site_found)}[kind]
    draw, seen = random.Random(int(seed)), Counter()
    for number in range(int(rounds)):
        place = Path(folder) / str(number if kind == "archive" else 0)
        place.mkdir(parents=True, exist_ok=True)
        child = os.fork()
        if not child:
            write(place)
        time.sleep(draw.uniform(0, 0.06))
        os.kill(child, signal.SIGKILL)
        assert os.waitpid(child, 0)[1] == signal.SIGKILL, "the writer ended by itself"
        seen[found(place)] += 1
    sys.stdout.write(f"{dict(seen)}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
