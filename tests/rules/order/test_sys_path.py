"""KER202: modules in folders that a program puts on `sys.path` itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.order.trees import places

PROJECT = """
# file: pyproject.toml
# file: lib/net.py
import keras
# file: exp/train.py
import os, sys
{}
import net
os.environ["KERAS_BACKEND"] = "jax"
"""


@pytest.mark.parametrize(
    "line",
    [
        'sys.path.append("../lib")',
        'sys.path.append("lib")',
        "sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))",
        'sys.path.insert(0, str(Path(__file__).parent.parent / "lib"))',
        'sys.path.extend(["/opt/models", "../lib"])',
        'sys.path = ["../lib", *sys.path]',
    ],
)
def test_a_folder_that_is_named(line: str, tmp_path: Path) -> None:
    assert places(tmp_path, PROJECT.format(line), "KER202") == ["exp/train.py:4"]


@pytest.mark.parametrize(
    "line",
    [
        "",
        '# sys.path.append("../lib")',
        'sys.path.append("../other")',
        "sys.path.append(LIB)",
        'print("../lib")',
        'sys.path.append("../../../lib")',
    ],
)
def test_a_folder_that_is_not_named(line: str, tmp_path: Path) -> None:
    assert places(tmp_path, PROJECT.format(line), "KER202") == []


def test_the_folder_of_the_script_comes_first(tmp_path: Path) -> None:
    text = PROJECT.format('sys.path.append("../lib")') + "# file: exp/net.py\nx = 1\n"
    assert places(tmp_path, text, "KER202") == []


def test_a_module_that_sets_is_judged_by_the_program_that_finds_it(tmp_path: Path) -> None:
    text = """
# file: pyproject.toml
# file: lib/choice.py
import os
os.environ["KERAS_BACKEND"] = "jax"
# file: exp/train.py
import sys
import tensorflow as tf
sys.path.append("../lib")
import choice
import keras
"""
    assert places(tmp_path, text, "KER202") == ["lib/choice.py:2"]
