"""Real logs, kept in `fixtures/logs` by `python -m tools.logs`: the cause is found in each."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerlint.cli.explain import exit_code, explain_file
from tools.logs.programs import PROGRAMS, Program

LOGS = Path(__file__).parents[2] / "fixtures" / "logs"


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda one: one.name)
def test_the_cause(program: Program) -> None:
    found = explain_file(str(LOGS / f"{program.name}.log"))
    assert (found.cause.id if found.cause else "") == program.cause
    if program.name.startswith("sound-"):
        assert exit_code(found) == 0
        assert found.harmless


def test_every_log_has_a_program() -> None:
    assert {path.stem for path in LOGS.glob("*.log")} == {one.name for one in PROGRAMS}
