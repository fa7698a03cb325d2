"""What is found in `fixtures/variables` is what went wrong when the programs were run.

`python -m tools.executing` runs them and writes `fixtures/variables.executed.tsv`.
"""

from __future__ import annotations

import re

import pytest

from kerlint.engine import check
from kerlint.knowledge.variable_table import STARTS
from kerlint.project.discovery import File
from kerlint.settings import SettingsTree
from tests.rules.marked import FIXTURES

TARGET = ["keras==3.15.1", "tensorflow==2.21.0"]
PROGRAMS = sorted((FIXTURES / "variables").glob("*.py"))


def truth() -> dict[str, tuple[str, str]]:
    """What each program wanted, and what was in force."""
    rows = {}
    for line in (FIXTURES / "variables.executed.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, wanted, found = line.split("\t")
            rows[name] = (wanted, found)
    return rows


def order_findings(name: str) -> list[tuple[int, str]]:
    """Line and code of every finding on order in a program."""
    settings = SettingsTree({"target": TARGET, "select": ["KER2"]}, isolated=True)
    path = FIXTURES / "variables" / f"{name}.py"
    result = check([File(str(path), explicit=True)], settings, jobs=1)
    assert not result.errors, result.details
    return [(found.span.start.line, found.code) for found in result.diagnostics]


def test_every_program_was_executed() -> None:
    assert set(truth()) == {path.stem for path in PROGRAMS}
    assert sum(wanted == found for wanted, found in truth().values()) >= 12
    assert sum(wanted != found for wanted, found in truth().values()) >= 12


@pytest.mark.parametrize("name", [path.stem for path in PROGRAMS])
def test_found_exactly_where_the_program_goes_wrong(name: str) -> None:
    text = (FIXTURES / "variables" / f"{name}.py").read_text(encoding="utf-8").splitlines()
    marked = [
        (number, mark[1])
        for number, line in enumerate(text, 1)
        if (mark := re.search(r"# (KER\d{3})$", line))
    ]
    wanted, found = truth()[name]
    assert bool(marked) is (wanted != found), (wanted, found)
    assert order_findings(name) == marked


def test_every_call_that_starts_devices_was_made() -> None:
    """`python -m tools.executing.starting` makes them and writes `fixtures/starts.executed.tsv`."""
    rows = {}
    for line in (FIXTURES / "starts.executed.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            call, wanted, found = line.split("\t")
            rows[call] = wanted == found
    assert all(rows.pop(library) for library in STARTS), "the import alone starts nothing"
    assert rows == {call: False for calls in STARTS.values() for call in calls}
