"""Other files are read only where a file could have a finding, and parsed only where they matter."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kerlint.project.modules import Project
from kerlint.source import order
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


def test_a_package_that_begins_to_run_is_not_waited_for_again(
    tmp_path: Path, parsed: list[str]
) -> None:
    """Its parts import it, and it imports Keras; but they themselves do not."""
    text = """
    # file: pkg/blocks.py
    from keras_applications import get_submodules_from_kwargs
    from . import helper
    # file: pkg/helper.py
    from . import name
    text = "of keras"
    # file: pkg/late.py
    from . import name
    import keras
    # file: pkg/__init__.py
    import os
    name = "x"
    from . import blocks, late
    os.environ["KERAS_BACKEND"] = "jax"
    """
    assert places(tmp_path, text, "KER202") == ["pkg/__init__.py:4"]
    assert parsed == ["late.py"]


def test_a_module_outside_of_the_package_may_bring_it(tmp_path: Path, parsed: list[str]) -> None:
    text = """
    # file: pkg/__init__.py
    import keras
    # file: pkg/part.py
    from . import other
    # file: pkg/other.py
    x = 1
    # file: middle.py
    import pkg.part
    # file: train.py
    import os
    import middle
    os.environ["KERAS_BACKEND"] = "jax"
    """
    assert places(tmp_path, text, "KER202") == ["train.py:3"]
    assert sorted(parsed) == ["__init__.py", "middle.py"]


@pytest.mark.parametrize("line", ["import bert4keras.backend", "from bert4keras import backend"])
def test_a_part_of_a_package_may_be_what_reads(
    tmp_path: Path, parsed: list[str], line: str
) -> None:
    text = f"""
    # file: net.py
    import keras
    {line}
    # file: train.py
    import os
    import net
    os.environ["TF_KERAS"] = "1"
    """
    assert places(tmp_path, text, "KER204") == ["train.py:3"]
    assert parsed == ["net.py"]


def test_what_comes_after_a_write_in_time_is_not_parsed(tmp_path: Path, parsed: list[str]) -> None:
    text = """
    # file: net.py
    import keras
    # file: train.py
    import os
    if True:
        os.environ["KERAS_BACKEND"] = "jax"
    import net
    def train():
        import net
    if __name__ == "__main__":
        train()
    """
    assert places(tmp_path, text, "KER202") == []
    assert parsed == []


def test_what_comes_after_a_late_write_may_excuse_it(tmp_path: Path, parsed: list[str]) -> None:
    text = """
    # file: work.py
    import os
    import subprocess
    subprocess.run(["python", "other.py"], env=os.environ)
    # file: net.py
    import keras
    # file: train.py
    import os
    import net
    os.environ["KERAS_BACKEND"] = "jax"
    import work
    """
    assert places(tmp_path, text, "KER202") == []
    assert sorted(parsed) == ["net.py", "work.py"]


def test_ways_through_modules_do_not_multiply(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every module can be come to by two others, each time after other modules."""
    monkeypatch.setattr(order, "MOST_RUNS", 200)
    many = "\n".join(
        f"# file: m{n}.py\ntry:\n    import m{n + 1}\nexcept ImportError:\n    import m{n + 2}\n"
        for n in range(30)
    )
    text = f"""{many}
# file: m30.py
import keras
# file: m31.py
import keras
# file: net.py
import keras
# file: train.py
import os
import m0
import net
os.environ["KERAS_BACKEND"] = "jax"
"""
    assert places(tmp_path, text, "KER202") == ["train.py:4"]
