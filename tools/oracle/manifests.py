"""Ask uv and pip about what kerlint reads out of the hand-written manifests, without a network.

    python -m tools.oracle.manifests --uv PATH           # asks what is not recorded yet; compares
    python -m tools.oracle.manifests --pip 3.12=PATH     # the same with pip
    python -m tools.oracle.manifests --compare           # asks nobody; every difference
    python -m tools.oracle.manifests --fresh --uv PATH   # again, for a new snapshot

What is asked is in `tools.oracle.written`; the index is that of `tools.oracle.local`. The answers
are in `tests/solving/written`: on one line the Pythons on which they are the same, the lines that
were asked, and what is pinned. `tests/solving/test_against_written.py` holds the solver to them.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from kerlint.knowledge.index import load
from kerlint.solving import solve
from tools.oracle import asking, local, local_index, recorded
from tools.oracle.asking import IMPOSSIBLE
from tools.oracle.drawing import PLATFORM
from tools.oracle.local_asking import of_pip, of_uv
from tools.oracle.recorded import Answer
from tools.oracle.written import questions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kerlint.knowledge.index import Index
    from tools.oracle.local_asking import Ask
    from tools.oracle.written import Question

    Record = dict[tuple[str, tuple[str, ...]], str]

FOLDER = recorded.FOLDER.parent / "written"
OF_UV = FOLDER / "uv.tsv"
OF_PIP = FOLDER / "pip.tsv"
DIFFERENCES = FOLDER / "differences.tsv"
HEAD = "# Pythons, lines, and what is pinned out of an index on the disk; tools/oracle/manifests.py"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tools.oracle.manifests",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--uv", help="the command")
    parser.add_argument(
        "--pip", action="append", default=[], metavar="3.11=PATH", help="an interpreter with pip"
    )
    parser.add_argument("--compare", action="store_true", help="ask nobody")
    parser.add_argument("--fresh", action="store_true", help="forget what is recorded")
    options = parser.parse_args(arguments)
    index = load()
    asked = list(questions(index))
    if not options.compare:
        with tempfile.TemporaryDirectory() as folder:
            local_index.write(index, Path(folder))
            address = Path(folder).as_uri()
            if options.uv:
                _record(OF_UV, asked, of_uv(options.uv, address), options.fresh)
            if options.pip:
                pythons = dict(word.split("=", 1) for word in options.pip)
                _record(OF_PIP, asked, of_pip(pythons, address), options.fresh)
    return _told(asked, index)


def _record(path: Path, asked: Sequence[Question], ask: Ask, fresh: bool) -> None:
    known = {} if fresh else read(path)
    wanted = dict.fromkeys((python, one.lines) for one in asked for python in one.pythons)
    found: Record = {}
    for python, lines in wanted:
        if (python, lines) in known:
            found[python, lines] = known[python, lines]
            continue
        try:
            pins = ask(python, lines)
        except (asking.NoAnswer, RuntimeError, KeyError) as problem:
            print(f"{python} {lines}: {str(problem)[-300:]}", file=sys.stderr, flush=True)
            continue
        found[python, lines] = str(Answer(python, (), pins)).rpartition("\t")[2]
    path.parent.mkdir(exist_ok=True)
    path.write_text(_written(found), encoding="utf-8")


def _written(found: Record) -> str:
    rows: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for (python, lines), pins in found.items():
        rows.setdefault((lines, pins), []).append(python)
    texts = ("\t".join((" ".join(pythons), *row, pins)) for (row, pins), pythons in rows.items())
    return "\n".join([HEAD, *texts]) + "\n"


def read(path: Path) -> Record:
    """By Python and lines, what is pinned, as it is written."""
    found: Record = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        if not line.startswith("#"):
            pythons, *lines, pins = line.split("\t")
            found.update(((python, tuple(lines)), pins) for python in pythons.split())
    return found


def difference(question: Question, python: str, pins: str, index: Index) -> str:
    """As `local.difference`. Versions are compared where nothing is built by conda."""
    answer = Answer(python, question.lines, recorded.pins_of(pins))
    known = local_index.Known(index)
    ours = solve(*question.kept, python, PLATFORM, known, builds=False)
    kind = local.difference(answer, ours)
    return "" if question.is_conda and kind.startswith(local.OTHER_VERSIONS) else kind


def compared(path: Path, asked: Sequence[Question], index: Index) -> dict[str, dict[str, str]]:
    """By who was asked and the lines: what differs on which Python."""
    answers = read(path)
    found: dict[str, dict[str, str]] = {}
    for question in asked:
        for python in question.pythons:
            pins = answers.get((python, question.lines))
            kind = "" if pins is None else difference(question, python, pins, index)
            if kind:
                conda = "\tconda" if question.is_conda else ""
                key = "\t".join((path.stem, *question.lines)) + conda
                found.setdefault(key, {})[python] = kind
    return found


def _told(asked: Sequence[Question], index: Index) -> int:
    explained = recorded.explained(DIFFERENCES)
    open_ones = 0
    for path in (OF_UV, OF_PIP):
        answers = read(path)
        there = [
            (one, [python for python in one.pythons if (python, one.lines) in answers])
            for one in asked
        ]
        different = compared(path, asked, index)
        for key, kinds in different.items():
            open_ones += key not in explained
            print(f"{key}\t{kinds}\t{explained.get(key, 'NOT EXPLAINED')}")
        files = {one.manifest: one.format for one, pythons in there if pythons}
        print(
            f"{path.stem}: {len(files)} manifests, {sum(bool(p) for _, p in there)} parts of them, "
            f"{len(answers)} answers, {sum(one != IMPOSSIBLE for one in answers.values())} of them "
            f"possible; {sum(map(len, different.values()))} differ, on {len(different)} sets of lines"
        )
        for conda, what in KINDS.items():
            every, same = agreement(there, different, conda)
            share = f"{same} of {every} agree, {same / every:.1%}" if every else "none"
            print(f"  {what}: {share}")
        print(f"  {dict(Counter(files.values()).most_common())}")
    left_out = sum((one.left_out for one in asked), Counter[str]())
    print(f"lines left out: {dict(left_out)}")
    return 1 if open_ones else 0


KINDS = {
    False: "all of it out of the package index",
    True: "with builds of conda, of which uv and pip know nothing (docs/solving.md)",
}
"""The two kinds of questions, by whether something is built by conda."""


def agreement(
    there: Sequence[tuple[Question, list[str]]],
    different: dict[str, dict[str, str]],
    conda: bool,
) -> tuple[int, int]:
    """How many answers there are to the questions of one kind, and how many are the solver's.

    `there`  questions, each with the Pythons for which it was answered
    `different`  as `compared` has it
    """
    every = {
        (python, one.lines) for one, pythons in there if one.is_conda is conda for python in pythons
    }
    others = sum(len(one) for key, one in different.items() if key.endswith("\tconda") is conda)
    return len(every), len(every) - others


if __name__ == "__main__":
    raise SystemExit(main())
