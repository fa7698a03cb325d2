"""The parts that run elsewhere: any Python from 3.8 on, the standard library, small numbers."""

from __future__ import annotations

import ast
import json
import sys
from pathlib import Path
from types import SimpleNamespace as Stub

import pytest

from kerlint.probe.trials.child import numbers, tensorflow_steps
from kerlint.probe.trials.child.recorder import Recorder
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


def test_tensorflow_1_lists_its_devices_elsewhere_and_computes_when_told_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    eager: list[bool] = []
    device = "/job:localhost/replica:0/task:0/device:CPU:0"
    product = Stub(
        numpy=lambda: Stub(tolist=lambda: numbers.PRODUCT if eager else []), device=device
    )
    tf = Stub(
        __version__="1.15.5",
        compat=Stub(v1=Stub(enable_eager_execution=lambda: eager.append(True))),
        config=Stub(
            experimental=Stub(list_physical_devices=lambda: [Stub(name="/physical_device:CPU:0")])
        ),
        constant=lambda rows: rows,
        matmul=lambda one, other: product,
    )
    monkeypatch.setattr(tensorflow_steps, "imported", lambda name, record: tf)
    file = tmp_path / "result.jsonl"
    file.touch()
    record = Recorder(str(file), "nonce")
    tensorflow_steps.run(record, gpu=False)
    lines = [json.loads(line) for line in file.read_text(encoding="ascii").splitlines()]
    steps = {line["step"]: line for line in lines if "step" in line}
    assert (steps["devices"]["value"], steps["computed"]["error"]) == ("CPU:0", "")
    assert not record.failed
