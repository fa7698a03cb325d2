"""`python -m benchmarks`: measure, print the page, write it to `docs/performance.md`."""

from __future__ import annotations

import argparse
import functools
import sys
from pathlib import Path

from benchmarks import cases, measure, report, tools
from benchmarks.places import ROOT

SMALL_RUNS = 41
LARGE_RUNS = 9


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--only", help="measure the cases whose title has this in it, and write nothing"
    )
    parser.add_argument(
        "--budget", type=float, default=25.0, help="CPU seconds for the repeats of one command (25)"
    )
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "performance.md")
    options = parser.parse_args()

    said("installing the tools", "preparing the code")
    tools.install()
    chosen = [case for case in cases.cases() if not options.only or options.only in case.title]
    measured = []
    for case in chosen:
        measure.warm(case.files)
        runs = SMALL_RUNS if case.small else LARGE_RUNS
        budget = options.budget / 2 if case.small else options.budget
        progress = functools.partial(said, case.title)
        measured.append((case, measure.interleaved(case.commands, runs, budget, progress)))
    said()
    text = report.page(measured)
    print(text)
    if not options.only:
        options.output.write_text(text, encoding="utf-8")
    return 0


def said(*what: str) -> None:
    """Progress, on a terminal only."""
    if sys.stderr.isatty():
        print(f"\r\033[K{': '.join(what)}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
