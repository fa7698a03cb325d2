"""`python -m benchmarks.probing --python ENV`: what the probe costs, into `docs/probe.md`.

ENV is an environment with TensorFlow. The probe without its trials is measured beside what people
run in its place: `pip check` in that environment, and importing TensorFlow to see whether it works.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import Command, interleaved
from benchmarks.places import ROOT

if TYPE_CHECKING:
    from benchmarks.measure import Result

PAGE = ROOT / "docs" / "probe.md"
BEGIN = "<!-- python -m benchmarks.probing -->"
END = "<!-- end -->"

LOOKING = 0.5
"""Seconds of wall time that looking at a TensorFlow environment may take."""

WHOLE = 1.0
"""The same for the whole command, without starting frameworks."""

RUNS = 9


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.probing", description=__doc__)
    parser.add_argument("--python", required=True, help="interpreter of the environment")
    parser.add_argument("--print", action="store_true", help="write nothing")
    options = parser.parse_args()
    text = "\n".join(_table(os.path.abspath(options.python)))
    print(text)
    if not options.print:
        page = PAGE.read_text(encoding="utf-8")
        before, _, rest = page.partition(BEGIN)
        _, _, after = rest.partition(END)
        PAGE.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")
    return 0


def _table(python: str) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="kerlint-benchmark-") as empty:
        folder = Path(empty)
        probe = (sys.executable, "-m", "kerlint", "probe", "--no-import", "--python", python)
        results = interleaved(
            {
                "kerlint probe --no-import": Command(probe, folder),
                "pip check": Command(
                    (sys.executable, "-m", "pip", "--python", python, "check"), folder
                ),
                "import tensorflow": Command((python, "-c", "import tensorflow"), folder),
            },
            RUNS,
            60.0,
            lambda what: None,
        )
        looking = statistics.median(_looking(python) for _ in range(RUNS))
    wall = _wall(results["kerlint probe --no-import"])
    return [
        "",
        "| | CPU seconds | wall seconds |",
        "| --- | ---: | ---: |",
        *(f"| `{name}` | {one.cpu:.2f} | {_wall(one):.2f} |" for name, one in results.items()),
        "",
        _promise("looking alone", looking, LOOKING),
        _promise("the whole command without starting frameworks", wall, WHOLE),
    ]


def _looking(python: str) -> float:
    from kerlint.probe.collecting import collect

    start = time.perf_counter()
    collect(python, "", seconds=60)
    return time.perf_counter() - start


def _wall(result: Result) -> float:
    return statistics.median(one.wall for one in result.readings)


def _promise(what: str, seconds: float, most: float) -> str:
    met = "met" if seconds <= most else "**not met**"
    return f"- {what}, at most {most:g} s: {seconds:.2f} s, {met}"


if __name__ == "__main__":
    raise SystemExit(main())
