"""What the data files weigh: `uv run python tests/measure_data_files.py 3650`. No test: it prints what it measured.

Made from that many synthetic days in memory, without a site. Bytes by kind of file, the CPU time of making them and the
most memory that the process had, before them and with them.
"""

import argparse
import resource
import sys
import time
from collections import Counter

from generator import analyse, archive, files, validate
from generator.sample import sample_files
from generator.settings import load_settings


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("days", type=int)
    days = parser.parse_args().days
    parse, digest = validate.parse_snapshot, validate.content_digest
    kept = archive.assemble(
        "7d", (archive.ArchiveFile(*file) for file in sample_files(days)), parse=parse, digest=digest
    )
    report, log, settings = analyse.analyse(kept), analyse.log_of(kept), load_settings("", {}, {})
    before, began, sizes, count = most_memory(), time.process_time(), Counter(), 0
    for file in files.data_files(kept, report, log, settings, validate.answer_schema(), ""):
        count += 1
        folder, _, name = file.entry.path.rpartition("/")
        sizes[f"{folder.partition('/')[0]}/*.{name.rpartition('.')[2]}" if folder else name] += file.entry.size_bytes
    seconds = time.process_time() - began
    for name, size_bytes in sizes.most_common():
        sys.stdout.write(f"{name:18} {size_bytes:12,}\n")
    sys.stdout.write(f"{days:,} days: {count} files, {sizes.total() / 1e6:.1f} MB, {seconds:.1f} s\n")
    sys.stdout.write(f"memory: {before:,.0f} MB before, {most_memory():,.0f} MB with them\n")


def most_memory():
    """Of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
