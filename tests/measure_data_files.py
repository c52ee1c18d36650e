"""What the data files weigh: `uv run python tests/measure_data_files.py 3650`. No test: it prints what it measured.

Made from that many synthetic days in memory, without a site. Bytes by kind of file, and the CPU time of making them.
"""

import argparse
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
    began = time.process_time()
    made = files.data_files(kept, report, log, settings, validate.answer_schema(), "")
    seconds, sizes = time.process_time() - began, Counter()
    for file in made:
        folder, _, name = file.entry.path.rpartition("/")
        sizes[f"{folder.partition('/')[0]}/*.{name.rpartition('.')[2]}" if folder else name] += file.entry.size_bytes
    for name, size_bytes in sizes.most_common():
        sys.stdout.write(f"{name:18} {size_bytes:12,}\n")
    sys.stdout.write(f"{days:,} days: {len(made)} files, {sizes.total() / 1e6:.1f} MB, {seconds:.1f} s\n")


if __name__ == "__main__":
    main()
