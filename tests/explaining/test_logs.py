"""Real logs: the cause is found in each.

Those in `fixtures/logs` are made by `python -m tools.logs`, those in `fixtures/reported` are from
public reports, shortened.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kerlint.cli.explain import exit_code, explain_file
from tests.explaining.told import named
from tools.logs.programs import PROGRAMS, Program

FIXTURES = Path(__file__).parents[2] / "fixtures"
LOGS, REPORTED = FIXTURES / "logs", FIXTURES / "reported"
CAUSES = [
    line.split("\t")
    for line in (REPORTED / "causes.tsv").read_text(encoding="utf-8").splitlines()[1:]
]


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda one: one.name)
def test_the_cause(program: Program) -> None:
    found = explain_file(str(LOGS / f"{program.name}.log"))
    assert named(found) == program.cause
    if program.name.startswith("sound-"):
        assert exit_code(found) == 0
        assert found.harmless


def test_every_log_has_a_program() -> None:
    assert {path.stem for path in LOGS.glob("*.log")} == {one.name for one in PROGRAMS}


@pytest.mark.parametrize(("name", "cause", "source"), CAUSES)
def test_the_cause_of_a_reported_log(name: str, cause: str, source: str) -> None:
    assert source.startswith("https://github.com/")
    found = explain_file(str(REPORTED / f"{name}.log"))
    assert named(found) == cause
    assert found.unknown is None


def test_every_reported_log_has_a_cause() -> None:
    assert {path.stem for path in REPORTED.glob("*.log")} == {name for name, _, _ in CAUSES}
