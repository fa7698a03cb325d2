"""What kerlint says of the names of a file agrees with what happens when it runs.

`KERLINT_NAMES_EXAMPLES=20000 python -m pytest tests/names_property` tries more programs, other ones
each time.
"""

from __future__ import annotations

import os
import secrets
from itertools import product
from random import Random

import pytest

from kerlint.engine import check
from kerlint.knowledge.api import Api
from kerlint.project.discovery import File
from kerlint.project.targets import Versions
from kerlint.settings import SettingsTree
from tests.names_property import library
from tests.names_property.programs import program
from tests.names_property.running import Unfit, run

EXAMPLES = int(os.environ.get("KERLINT_NAMES_EXAMPLES", "0"))
SEEDS = range(100) if not EXAMPLES else [secrets.randbits(32) for _ in range(EXAMPLES)]
MOST_QUESTIONS = 5


def found(text: str) -> set[int]:
    """The lines at which kerlint finds that something is missing, gates and all."""
    target = [f"{name}=={version}" for name, version in library.VERSIONS.items()]
    codes = ["KER301", "KER302", "KER303", "KER304", "KER305", "KER306", "KER310"]
    tree = SettingsTree({"target": target, "select": codes}, isolated=True)
    result = check([File("main.py", explicit=True, data=text.encode())], tree, jobs=1)
    assert not result.errors, result.details
    return {one.span.start.line for one in result.diagnostics}


def shown(text: str, lines: set[int]) -> str:
    """The program, to be read when the test fails."""
    marked = enumerate(text.splitlines(), 1)
    return "\n".join(f"{'>' if number in lines else ' '} {line}" for number, line in marked)


def test_what_is_missing_is_found() -> None:
    fit = 0
    for seed in SEEDS:
        text = program(Random(seed), unsure=False)
        try:
            faults, _ = run(text)
        except Unfit:
            continue
        fit += 1
        missed = faults - found(text)
        assert not missed, f"missed in program {seed}:\n{shown(text, missed)}"
    assert fit > len(SEEDS) / 2


def test_what_is_found_is_missing_in_some_run() -> None:
    fit = 0
    for seed in SEEDS:
        text = program(Random(seed), unsure=True)
        places = found(text)
        faults: set[int] = set()
        lines: set[int] = set()
        questions = min(text.count("flag()"), MOST_QUESTIONS)
        try:
            for answers in product((False, True), repeat=questions) if places else ():
                some, ran = run(text, answers)
                faults |= some
                lines |= ran
        except Unfit:
            continue
        fit += 1
        wrong = places & lines - faults
        assert not wrong, f"not missing in program {seed}:\n{shown(text, wrong)}"
    assert fit > len(SEEDS) / 2


@pytest.mark.parametrize("module", library.NAMES)
def test_the_stand_ins_have_what_the_real_ones_have(module: str) -> None:
    api = Api(Versions("3.15.1", "2.21.0", None, "3.11"))
    for name in library.NAMES[module]:
        assert api.find(f"{module}.{name}").exists, name
    for name in library.GONE[module]:
        assert not api.find(f"{module}.{name}").exists, name
