"""Outputs cost neither time nor memory; heavier than here by `KERLINT_OUTPUTS=100` (megabytes)."""

from __future__ import annotations

import json
import os
import tracemalloc
from pathlib import Path
from random import Random

import pytest

from kerlint.engine import check
from kerlint.project.discovery import File
from kerlint.settings import SettingsTree
from kerlint.source.notebooks.cells import Cell, read
from kerlint.source.notebooks.walking import Malformed, Walker
from tests.notebooks.books import TARGET, run

MEGABYTES = int(os.environ.get("KERLINT_OUTPUTS", "3"))
OUTPUTS = {
    "image": {"image/png": "iVBORw0KGgo" * 1000},
    "text": {"text": ['Epoch [1/2] "x" {a: "b\\"}\n'] * 300},
    "widget": {"application/json": [{"a": [[1, 2, {"b": "]"}]]}] * 300},
    "script": {"text/html": '<script>var a = "\\\\"; f(["é"]);\n</script>' * 200},
}


def heavy(output: dict[str, object], ascii: bool) -> bytes:
    """A notebook with about MEGABYTES of `output`, and a fault in its last cell."""
    times = MEGABYTES * 1_000_000 // len(json.dumps(output)) // 10 + 1
    cell = {"cell_type": "code", "outputs": [output] * times, "source": ["import keras\n"]}
    last = {"cell_type": "code", "outputs": [output], "source": ["keras.engine.Layer\n"]}
    cells = [cell] * 10 + [last]
    return json.dumps({"cells": cells}, indent=1, ensure_ascii=ascii).encode()


@pytest.mark.parametrize("ascii", [True, False])
@pytest.mark.parametrize("kind", OUTPUTS)
def test_memory_is_that_of_the_file(kind: str, ascii: bool) -> None:
    data = heavy(OUTPUTS[kind], ascii)
    assert [found.code for found in run(data).diagnostics] == ["KER301"]  # all is imported by now
    tracemalloc.start()
    try:
        notebook = read(data)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(notebook.cells) == 11
    assert peak < 3_000_000  # besides `data`


@pytest.mark.parametrize(("megabytes", "found"), [(3, ["KER202"]), (11, [])])
def test_notebooks_beside_a_file(megabytes: int, found: list[str], tmp_path: Path) -> None:
    """One with plots is followed into what it imports; a huge one is not even read."""
    plot = {"data": {"image/png": "iVBORw0KGgo" * (megabytes * 95_000)}}
    cells = [
        {"cell_type": "code", "outputs": [plot], "source": ["import keras\n"]},
        {"cell_type": "code", "outputs": [], "source": ["import settings\n"]},
    ]
    (tmp_path / "train.ipynb").write_text(json.dumps({"cells": cells}))
    helper = tmp_path / "settings.py"
    helper.write_text('import os\nos.environ["KERAS_BACKEND"] = "jax"\n')
    settings = SettingsTree({"target": TARGET}, isolated=True)
    result = check([File(str(helper), explicit=True)], settings, jobs=1)
    assert [one.code for one in result.diagnostics] == found


def test_no_output_is_built(monkeypatch: pytest.MonkeyPatch) -> None:
    data = heavy(OUTPUTS["text"], True)
    built = []
    real = json.loads
    monkeypatch.setattr(json, "loads", lambda text: built.append(len(text)) or real(text))
    read(data)
    assert max(built) < 100


def test_stepping_over_any_value_ends_where_it_ends() -> None:
    random = Random(7)

    def value(depth: int) -> object:
        kind = random.randrange(7 if depth else 4)
        if kind == 0:
            return random.choice([None, True, 1.5e-7, -3, float("inf"), ""])
        if kind < 4:
            return "".join(random.choices('[]{}",:\\é\n\t x', k=random.randrange(60)))
        size = random.randrange(5)
        if kind == 4:
            return {str(value(0)): value(depth - 1) for _ in range(size)}
        return [value(depth - 1) for _ in range(size)]

    for _ in range(400):
        written = json.dumps(value(6), ensure_ascii=random.random() < 0.5).encode()
        walker = Walker(written + b" , 1")
        walker.skip()
        assert walker.at == len(written)
        for end in {random.randrange(len(written) + 1) for _ in range(3)}:
            if written[:1] in b'[{"' and 0 < end < len(written):
                with pytest.raises(Malformed):
                    Walker(written[:end]).skip()


@pytest.mark.parametrize("size", [255, 256, 257, 1279, 1280, 1281, 65_000, 70_000])
def test_backslashes_at_every_seam(size: int) -> None:
    for tail in ("\\", '"', '\\"', "\\\\", '"]', "]", "\\\\\\]"):
        written = json.dumps(["a" * size + tail, {"b": [tail] * 3}]).encode()
        walker = Walker(written + b"]")
        walker.skip()
        assert walker.at == len(written)


def test_brackets_nested_deeply() -> None:
    deep = b"[" * 100_000 + b"]" * 100_000
    walker = Walker(deep + b"]")
    walker.skip()
    assert walker.at == len(deep)
    data = b'{"cells": [{"cell_type": "code", "outputs": ' + deep + b', "source": "x"}]}'
    assert [type(cell) for cell in read(data).cells] == [Cell]
