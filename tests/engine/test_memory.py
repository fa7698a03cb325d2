"""What was read of a file goes when its findings are known, without waiting for the collector."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kerlint.source import names
from tests.rules.order.trees import findings

PROJECT = """
# file: net.py
import keras
def build():
    return keras.Sequential([keras.layers.Dense(1)])
# file: train.py
import keras
import tensorflow as tf
from net import build
model = build()
model.fit_generator(1)
inputs = keras.Input((1,))
tf.shape(inputs)
model.save("a b")
"""


@pytest.fixture
def trees(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[weakref.ref[Any]]]:
    """The trees of the files that are parsed, in this order."""
    seen: list[weakref.ref[Any]] = []
    analyse = names.analyse

    def noting(*arguments: Any) -> Any:
        module = analyse(*arguments)
        seen.append(weakref.ref(module.tree))
        return module

    monkeypatch.setattr(names, "analyse", noting)
    gc.collect()
    gc.disable()
    yield seen
    gc.enable()


def test_no_cycle_holds_a_tree(tmp_path: Path, trees: list[weakref.ref[Any]]) -> None:
    found = findings(tmp_path, PROJECT, "KER3")
    assert {one.code for one in found} >= {"KER306", "KER311"}
    checked, _ = trees  # what is read of other files may be kept for the run
    assert checked() is None
