"""Other files are read only where a file could have a finding, and parsed only where they matter."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kerlint.project.modules import Project
from tests.rules.order.trees import places


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the other files that were parsed."""
    names: list[str] = []
    analysed = Project._analysed

    def noting(self: Project, path: str) -> object:
        names.append(os.path.basename(path))
        return analysed(self, path)

    monkeypatch.setattr(Project, "_analysed", noting)
    return names


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the other files that were read."""
    names: list[str] = []
    raw = Project._raw

    def noting(self: Project, path: str) -> bytes:
        names.append(os.path.basename(path))
        return raw(self, path)

    monkeypatch.setattr(Project, "_raw", noting)
    return names


def test_a_file_without_the_variable_costs_nothing(tmp_path: Path, read: list[str]) -> None:
    text = """
    # file: net.py
    import keras
    # file: train.py
    import net
    model = net.keras.Sequential()
    """
    assert places(tmp_path, text) == []
    assert read == []


def test_only_modules_that_matter_are_parsed(tmp_path: Path, parsed: list[str]) -> None:
    harmless = "\n".join(f"# file: part{n}.py\nimport part{n + 1}\n" for n in range(30))
    imports = "\n".join(f"import part{n}" for n in range(30))
    text = f"""{harmless}
# file: net.py
import keras
# file: late.py
import keras
import tensorflow
# file: train.py
import os
{imports}
import net
import late
os.environ["KERAS_BACKEND"] = "jax"
"""
    assert places(tmp_path, text, "KER202") == ["train.py:34"]
    assert parsed == ["net.py"]
