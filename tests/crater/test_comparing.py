"""The crater: what counts as found and as missed."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tools.crater.comparing import compare
from tools.crater.running import Finding
from tools.crater.truth import Fact

BASE = "tensorflow.keras.optimizers.legacy.Optimizer"
NOBODY: Any = SimpleNamespace(ask=lambda questions: list(questions))


def missing(line: int, group: str, name: str) -> Fact:
    return Fact("a.py", line, line, group, "missing", name, "", "not there")


def finding(line: int, code: str, name: str) -> Finding:
    return Finding("a.py", line, 1, line, 9, code, name, "")


def outcomes(facts: list[Fact], findings: list[Finding]) -> list[str]:
    return [verdict.outcome for verdict in compare(facts, findings, [], NOBODY, Path())]


def test_what_is_missing_is_found_on_its_line_or_missed() -> None:
    fact = missing(3, "names", "keras.foo")
    assert outcomes([fact], [finding(3, "KER302", "keras.foo")]) == ["hit"]
    assert outcomes([fact], []) == ["miss"]


def test_a_method_of_a_base_that_cannot_be_used_is_the_fault_of_the_base() -> None:
    facts = [missing(2, "names", BASE), missing(9, "methods", f"{BASE}.add_slot")]
    assert outcomes(facts, [finding(2, "KER304", BASE)]) == ["hit"]
    assert outcomes(facts, []) == ["miss", "miss"]


def test_a_method_of_another_class_is_missed() -> None:
    other = "tensorflow.keras.optimizers.legacy.SGD"
    facts = [missing(2, "names", other), missing(9, "methods", f"{BASE}.add_slot")]
    assert outcomes(facts, [finding(2, "KER304", other)]) == ["hit", "miss"]
