"""KER304: what is there only to raise, and is a method."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerlint.knowledge import releases
from kerlint.rules.api.unusable_name import UnusableName
from tests.rules.api.api_cases import findings

NOW = ("keras==3.15.1", "tensorflow==2.21.0")
KERAS_2 = ("keras==2.15.0", "tensorflow==2.15.1")
START = """
import keras
import tensorflow as tf
model = keras.Sequential([keras.layers.Dense(1)])
"""
FAULTY = [
    "model.add_metric(x, name='x')",
    "tf.keras.Model(i, o).add_metric(x)",
    "class L(tf.keras.layers.Layer):\n    def call(self, x):\n        self.add_metric(x, name='x')",
    "keras.layers.Layer.add_metric(layer, x)",
]
SOUND = [
    "model.add_metric",
    "class L(keras.layers.Layer):\n    def add_metric(self, x): pass\n"
    "    def call(self, x):\n        self.add_metric(x)",
    "try:\n    model.add_metric(x)\nexcept NotImplementedError:\n    pass",
    "other.add_metric(x)",
]


@pytest.mark.parametrize("source", FAULTY)
def test_fires(source: str) -> None:
    (found,) = findings("KER304", START + source, *NOW)
    assert found.message.endswith("but using it raises NotImplementedError")


@pytest.mark.parametrize("source", SOUND)
def test_stays_silent(source: str) -> None:
    assert not findings("KER304", START + source, *NOW)


@pytest.mark.parametrize("source", FAULTY)
def test_keras_2_does_it(source: str) -> None:
    assert not findings("KER304", START + source, *KERAS_2)


def test_a_method_that_keras_2_has_lost() -> None:
    assert findings("KER304", START + "model.to_yaml()", *KERAS_2)
    assert not findings("KER304", START + "model.to_yaml()", "keras==2.3.1", "tensorflow==2.2.3")


def test_the_trigger_knows_all_methods_of_the_table() -> None:
    table = (Path(releases.DATA) / "stubs.tsv").read_text(encoding="utf-8").splitlines()
    names = [line.partition("\t")[0] for line in table if ".*." in line]
    methods = {f".{name.rpartition('.')[2]}".encode() for name in names}
    assert methods == set(UnusableName.trigger.also)
