"""The recorded answers, and how the solver's compare with them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kerlint.diagnostics import Position, Span
from kerlint.manifests.requirement_text import read_requirement
from kerlint.solving import Conflict, Solution, Undecided, solve
from tools.oracle.asking import IMPOSSIBLE
from tools.oracle.drawing import PLATFORM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kerlint.knowledge.index import Index
    from kerlint.manifests.model import Requirement

FOLDER = Path(__file__).parents[2] / "tests" / "solving" / "uv"
ANSWERS = FOLDER / "answers.tsv"
DIFFERENCES = FOLDER / "differences.tsv"
OF_PIP = FOLDER.parent / "pip" / "answers.tsv"


class Answer:
    """`pins`  of the packages in the index; None: impossible"""

    def __init__(self, python: str, requirements: tuple[str, ...], pins: dict[str, str] | None):
        self.python = python
        self.requirements = requirements
        self.pins = pins

    @property
    def key(self) -> str:
        """Python and requirements, as in the first two columns."""
        return f"{self.python}\t{' '.join(self.requirements)}"

    def __str__(self) -> str:
        if self.pins is None:
            return f"{self.key}\t{IMPOSSIBLE}"
        pins = " ".join(f"{name}=={version}" for name, version in sorted(self.pins.items()))
        return f"{self.key}\t{pins}"


def read(path: Path = ANSWERS) -> list[Answer]:
    """In the order in which they were asked."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        if not line or line.startswith("#"):
            continue
        python, requirements, pins = line.split("\t")
        found.append(Answer(python, tuple(requirements.split(" ")), pins_of(pins)))
    return found


def pins_of(text: str) -> dict[str, str] | None:
    """The pins of an answer as it is written; None: impossible."""
    if text == IMPOSSIBLE:
        return None
    return {name: version for name, _, version in (pin.partition("==") for pin in text.split())}


def explained(path: Path = DIFFERENCES) -> dict[str, str]:
    """By key, why the solver answers otherwise."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        if line and not line.startswith("#"):
            key, _, why = line.rpartition("\t")
            found[key] = why
    return found


def requirement(text: str, number: int = 1) -> Requirement:
    """`keras[extra]>=3;marker` as a line of a manifest."""
    place = Span(Position(number, 1), Position(number, len(text) + 1))
    return read_requirement(text, path="requirements.txt", span=place)


def lines_of(answer: Answer) -> list[Requirement]:
    """The requirements as a manifest has them."""
    return [requirement(text, number) for number, text in enumerate(answer.requirements, 1)]


def solved(answer: Answer, index: Index) -> Solution | Conflict | Undecided:
    """What the solver says; only of wheels, as uv was asked."""
    return solve(lines_of(answer), (), answer.python, PLATFORM, index, builds=False)


def difference(answer: Answer, ours: Solution | Conflict | Undecided) -> str:
    """`false conflict`, `missed conflict`, `undecided`, or "" if they agree."""
    if isinstance(ours, Undecided):
        return "undecided"
    if answer.pins is None:
        return "missed conflict" if isinstance(ours, Solution) else ""
    return "false conflict" if isinstance(ours, Conflict) else ""


def alike(answers: Sequence[tuple[Answer, Solution]]) -> tuple[int, int]:
    """How many of the versions are those of uv, and of how many."""
    same = every = 0
    for answer, ours in answers:
        for name, version in (answer.pins or {}).items():
            if name in ours.pins:
                every += 1
                same += ours.pins[name] == version
    return same, every
