"""The usual way: `python -m tests.benchmarks.builder.usual_drawing SPECIFICATIONS OUT`, a loop of `chart.save`.

Prints the seconds of the loop alone, so that a part of the charts can stand for all.
"""

import json
import sys
import time
from pathlib import Path

import altair


def main(specifications: Path, out: Path) -> None:
    """Save each chart."""
    out.mkdir(exist_ok=True)
    specs = [json.loads(file.read_bytes()) for file in sorted(specifications.iterdir())]
    began = time.perf_counter()
    for number, spec in enumerate(specs):
        altair.Chart.from_dict(spec).save(out / f"{number}.svg")
    sys.stdout.write(f"{time.perf_counter() - began}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
