"""Ask uv and pip about manifests of every kind, out of an index on the disk, without a network.

    python -m tools.oracle.local --uv PATH --count 600            # draw, ask uv, write, compare
    python -m tools.oracle.local --pip 3.9=PATH --pip 3.12=PATH   # the same with pip, 60 manifests
    python -m tools.oracle.local --compare                        # asks nobody; every difference

The index is made of kerlint's own snapshot, see `tools.oracle.local_index`: so nothing is asked of
anybody else, and a difference is one of manners, not of facts. The answers are written to
`tests/solving/local`, where `differences.tsv` explains each difference, and
`tests/solving/test_against_local.py` holds the solver to both.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from kerlint.knowledge.index import load
from kerlint.solving import Conflict, Solution, Undecided, solve
from tools.oracle import asking, local_index, recorded
from tools.oracle.drawing import PLATFORM
from tools.oracle.kinds import manifests
from tools.oracle.local_asking import of_pip, of_uv, split
from tools.oracle.recorded import Answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kerlint.knowledge.index import Index
    from tools.oracle.local_asking import Ask

FOLDER = recorded.FOLDER.parent / "local"
OF_UV = FOLDER / "uv.tsv"
OF_PIP = FOLDER / "pip.tsv"
DIFFERENCES = FOLDER / "differences.tsv"
OTHER_VERSIONS = "other versions"
SEEDS = {OF_UV: 1, OF_PIP: 2}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tools.oracle.local",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--uv", help="the command")
    parser.add_argument(
        "--pip", action="append", default=[], metavar="3.11=PATH", help="an interpreter with pip"
    )
    parser.add_argument("--count", type=int, default=0, help="manifests (uv: 600, pip: 60)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--compare", action="store_true", help="ask nobody")
    options = parser.parse_args(arguments)
    index = load()
    if not options.compare:
        with tempfile.TemporaryDirectory() as folder:
            local_index.write(index, Path(folder))
            address = Path(folder).as_uri()
            if options.uv:
                _record(OF_UV, index, options, options.count or 600, of_uv(options.uv, address))
            if options.pip:
                pythons = dict(word.split("=", 1) for word in options.pip)
                _record(OF_PIP, index, options, options.count or 60, of_pip(pythons, address))
    return _told(index)


def _record(path: Path, index: Index, options: argparse.Namespace, count: int, ask: Ask) -> None:
    lines = [
        "# Python, lines, and what is pinned out of an index on the disk; tools/oracle/local.py"
    ]
    for python, texts in islice(manifests(index, options.seed or SEEDS[path]), count):
        try:
            lines.append(str(Answer(python, texts, ask(python, texts))))
        except (asking.NoAnswer, RuntimeError, KeyError) as problem:
            print(f"{python} {texts}: {str(problem)[-300:]}", file=sys.stderr, flush=True)
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def solved(answer: Answer, index: Index) -> Solution | Conflict | Undecided:
    """What the solver says of the same world."""
    asked, bounds = split(answer.requirements)
    lines = [recorded.requirement(text, number) for number, text in enumerate(asked, 1)]
    constraints = [recorded.requirement(text, 100 + number) for number, text in enumerate(bounds)]
    known = local_index.Known(index)
    return solve(lines, constraints, answer.python, PLATFORM, known, builds=False)


def difference(answer: Answer, ours: Solution | Conflict | Undecided) -> str:
    """As in `recorded`, or `other versions`, with those that differ."""
    kind = recorded.difference(answer, ours)
    if kind or not isinstance(ours, Solution) or answer.pins is None:
        return kind
    names = sorted(answer.pins.keys() | ours.pins.keys())
    other = [
        f"{name} {answer.pins.get(name, '-')}, not {ours.pins.get(name, '-')}"
        for name in names
        if answer.pins.get(name) != ours.pins.get(name)
    ]
    return f"{OTHER_VERSIONS}: {'; '.join(other)}" if other else ""


def _told(index: Index) -> int:
    explained = recorded.explained(DIFFERENCES)
    open_ones = 0
    for path in (OF_UV, OF_PIP):
        answers = recorded.read(path)
        kinds = [(answer, difference(answer, solved(answer, index))) for answer in answers]
        for answer, kind in kinds:
            if kind:
                why = explained.get(f"{path.stem}\t{answer.key}")
                open_ones += why is None
                print(f"{path.stem}\t{answer.key}\t{kind}\t{why or 'NOT EXPLAINED'}")
        possible = sum(answer.pins is not None for answer in answers)
        same = sum(not kind for _, kind in kinds)
        decided = sum(not kind or kind.startswith(OTHER_VERSIONS) for _, kind in kinds)
        print(
            f"{path.stem}: {len(answers)} manifests, {possible} of them possible; agreed on "
            f"{decided}, with the same versions on {same}"
        )
    return 1 if open_ones else 0


if __name__ == "__main__":
    raise SystemExit(main())
