"""`python -m benchmarks.solving`: how long one manifest takes to solve, into `docs/solving.md`.

The manifests are those that uv was asked about (`tests/solving/uv/answers.tsv`), solved one after
the other in one process, in CPU time. "Anew" is with an index of which nothing was asked before,
"again" with one that has solved the same manifest already; a check of one file is the former, of a
large project nearly the latter. A conflict includes its least set of lines and its proof; the way
out, which is only looked for when it is reported, is a line of its own. Of a few runs the best one
counts, so that a busy machine is not what is measured.
"""

from __future__ import annotations

import gc
import sys
import time
import zlib
from functools import partial
from typing import TYPE_CHECKING

from benchmarks.places import ROOT
from kerlint.knowledge.index import Index, load
from kerlint.knowledge.index.index import FILE
from kerlint.solving import Conflict, solve
from tools.oracle import recorded
from tools.oracle.drawing import PLATFORM

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tools.oracle.recorded import Answer

PAGE = ROOT / "docs" / "solving.md"
BEGIN = "<!-- python -m benchmarks.solving -->"
END = "<!-- end -->"

TARGETS = (("median", 0.5, 2.0), ("99 %", 0.99, 50.0))
"""Share of the manifests, and milliseconds that they may take."""

RUNS = 3
"""Of each manifest; the best one counts."""


def main() -> int:
    answers = recorded.read()
    text = "\n".join(_table(answers))
    print(text)
    if "--print" not in sys.argv:
        page = PAGE.read_text(encoding="utf-8")
        before, _, rest = page.partition(BEGIN)
        _, _, after = rest.partition(END)
        PAGE.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")
    return 0


def _table(answers: Sequence[Answer]) -> list[str]:
    index = load()
    anew, again, ways = [], [], []
    conflicts = 0
    for answer in answers:
        asked = recorded.lines_of(answer)
        solved = partial(solve, asked, (), answer.python, PLATFORM, builds=False)
        anew.append(min(_milliseconds(partial(solved, _another())) for _ in range(RUNS)))
        again.append(min(_milliseconds(partial(solved, index)) for _ in range(RUNS)))
        found = solved(index)
        if isinstance(found, Conflict):
            conflicts += 1
            ways.append(_milliseconds(partial(getattr, found, "ways_out")))
    lines = [
        "",
        f"{len(answers)} manifests, {conflicts} of them contradictory; milliseconds of CPU time, "
        f"the best of {RUNS} runs:",
        "",
        "| | median | 95 % | 99 % | most |",
        "| --- | ---: | ---: | ---: | ---: |",
        *(
            _row(title, times)
            for title, times in (
                ("solved anew", anew),
                ("solved again", again),
                ("ways out of a conflict", ways),
            )
            if times
        ),
        "",
    ]
    for name, share, most in TARGETS:
        for how, times in (("anew", anew), ("again", again)):
            found_ms = _share(times, share)
            met = "met" if found_ms <= most else "**not met**"
            lines.append(f"- {name}, solved {how}, at most {most:.0f} ms: {found_ms:.2f} ms, {met}")
    return lines


def _another() -> Index:
    """The same index, of which nothing has been asked."""
    with open(FILE, "rb") as file:
        return Index(zlib.decompress(file.read()).decode())


def _milliseconds(work: Callable[[], object]) -> float:
    gc.collect()
    gc.disable()
    try:
        start = time.process_time_ns()
        work()
        return (time.process_time_ns() - start) / 1e6
    finally:
        gc.enable()


def _row(title: str, times: Sequence[float]) -> str:
    told = [_share(times, share) for share in (0.5, 0.95, 0.99, 1.0)]
    return f"| {title} | {' | '.join(f'{one:.2f}' for one in told)} |"


def _share(times: Sequence[float], share: float) -> float:
    """What that share of the manifests takes at most."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


if __name__ == "__main__":
    raise SystemExit(main())
