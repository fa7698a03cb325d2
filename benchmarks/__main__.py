"""`python -m benchmarks`: measure, print the page, write it to `docs/performance.md`."""

from __future__ import annotations

import argparse
import functools
import sys
import tempfile
from pathlib import Path

from benchmarks import cases, measure, report, tools
from benchmarks.cases import Case
from benchmarks.measure import Result
from benchmarks.places import ROOT

SMALL_RUNS = 41
LARGE_RUNS = 9


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--only", default="", help="measure the cases whose title has this in it, and write nothing"
    )
    parser.add_argument(
        "--budget", type=float, default=25.0, help="CPU seconds for the repeats of one command (25)"
    )
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "performance.md")
    options = parser.parse_args()

    said("installing the tools", "preparing the code")
    tools.install()
    with tempfile.TemporaryDirectory(prefix="kerlint-benchmark-") as shelf:
        measured = _measured(cases.cases(Path(shelf)), options.only, options.budget)
        text = report.page(measured, tools.versions())
    print(text)
    if not options.only:
        options.output.write_text(text, encoding="utf-8")
    return 0


def _measured(every: list[Case], only: str, seconds: float) -> list[tuple[Case, dict[str, Result]]]:
    """The results of all cases, or of those with `only` in their title."""
    measured = []
    for case in every:
        if only not in case.title:
            continue
        measure.warm(case.files)
        runs = SMALL_RUNS if case.small else LARGE_RUNS
        budget = seconds / 2 if case.small else seconds
        progress = functools.partial(said, case.title)
        measured.append((case, measure.interleaved(case.commands, runs, budget, progress)))
    said()
    return measured


def said(*what: str) -> None:
    """Progress, on a terminal only."""
    if sys.stderr.isatty():
        print(f"\r\033[K{': '.join(what)}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
