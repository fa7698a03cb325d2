"""The parts that run elsewhere: any Python from 3.8 on, the standard library, small numbers."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from kerlint.probe.trials.child import numbers
from kerlint.probe.trials.running import PARTS

EVERY = sorted(PARTS.glob("*.py"))


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_old_syntax_and_the_standard_library_alone(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 8))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            assert {one.name.partition(".")[0] for one in node.names} <= sys.stdlib_module_names
        elif isinstance(node, ast.ImportFrom) and not node.level:
            assert (node.module or "").partition(".")[0] in sys.stdlib_module_names


def test_the_expected_numbers() -> None:
    assert numbers.PRODUCT[0][:3] == [8.0, 15.0, 6.0]
    assert numbers.CONVOLVED == [[10, 14, 18], [26, 30, 34], [42, 46, 50]]
    assert 64 + sum(v * v for row in numbers.LEFT for v in row) == numbers.SQUARES


def test_comparing() -> None:
    numbers.compare("same", [[1.0, 2.0]], [1.0001, 2])
    with pytest.raises(ArithmeticError, match="number 1 is 3"):
        numbers.compare("other", [1.0, 3.0], [1.0, 2.0])
    with pytest.raises(ArithmeticError, match="nan"):
        numbers.compare("none", float("nan"), 1.0)
    with pytest.raises(ArithmeticError, match="1 numbers instead of 2"):
        numbers.compare("short", [1.0], [1.0, 2.0])
