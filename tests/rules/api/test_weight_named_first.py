"""KER312: names of weights that come where the shape belongs."""

from __future__ import annotations

import pytest

from kerlint.checking.work import api_of
from kerlint.project.targets import target_of
from kerlint.rules.api.weight_named_first import WeightNamedFirst
from kerlint.source.gates import Gate
from tests.rules.api.api_cases import findings

NOW = ("keras==3.15.1", "tensorflow==2.21.0")
KERAS_2 = ("keras==2.15.0", "tensorflow==2.15.1")

IN_A_LAYER = """
import keras
from tensorflow.keras import layers

class Dense(layers.Layer):
    def build(self, shape):
        {}
"""

NAME_FIRST = [
    'self.w = self.add_weight("w", shape=(3,))',
    'self.w = self.add_weight("w", (3,), initializer="zeros")',
    'self.w = self.add_weight("w")',
    'self.w = self.add_weight(f"{self.name}_w", shape=shape)',
    'self.w = self.add_weight("{}_w".format(self.name), shape=shape)',
    'self.w = self.add_weight(self.name + "_w", shape=shape)',
    'self.w = self.add_weight("%s_w" % self.name, shape)',
    'self.w = self.add_weight(\n            "w",\n            shape=shape,\n        )',
]

SHAPE_FIRST = [
    'self.w = self.add_weight(shape=(3,), name="w")',
    'self.w = self.add_weight((3,), "zeros", name="w")',
    "self.w = self.add_weight()",
    "self.w = self.add_weight(shape, initializer=self.initializer)",
    'self.w = self.add_weight(*arguments, name="w")',
    "self.w = self.add_weight(self.name, shape=shape)",  # whose value cannot be seen
    'self.w = other.add_weight("w", shape=shape)',
    'try:\n            self.add_weight("w", shape=(3,))\n        except TypeError:\n            pass',
]


@pytest.mark.parametrize("statement", NAME_FIRST)
def test_a_weight_is_named_first(statement: str) -> None:
    (found,) = findings("KER312", IN_A_LAYER.format(statement), *NOW)
    assert "takes the shape first" in found.message


@pytest.mark.parametrize("statement", SHAPE_FIRST)
def test_a_weight_is_not_named_first(statement: str) -> None:
    assert not findings("KER312", IN_A_LAYER.format(statement), *NOW)


@pytest.mark.parametrize("statement", NAME_FIRST)
def test_keras_2_takes_the_name_first(statement: str) -> None:
    assert not findings("KER312", IN_A_LAYER.format(statement), *KERAS_2)


def test_metrics_are_asked_too() -> None:
    code = """
        import keras

        class Hits(keras.metrics.Metric):
            def __init__(self, **kwargs):
                super().__init__(**kwargs)
                self.hits = self.add_weight("hits", initializer="zeros")
    """
    assert len(findings("KER312", code, *NOW)) == 1


def test_an_own_add_weight_may_take_what_it_likes() -> None:
    code = """
        import keras

        class Base(keras.layers.Layer):
            def add_weight(self, name, shape):
                return super().add_weight(shape=shape, name=name)

        class Dense(Base):
            def build(self, shape):
                self.w = self.add_weight("w", shape=shape)
    """
    assert not findings("KER312", code, *NOW)


@pytest.mark.parametrize("statement", NAME_FIRST)
def test_the_gate_lets_them_through(statement: str) -> None:
    gate = Gate(api_of(target_of(*NOW).newest), [WeightNamedFirst()])
    assert gate.candidates(IN_A_LAYER.format(statement).encode())


def test_the_gate_holds_back_what_is_named_by_keyword() -> None:
    gate = Gate(api_of(target_of(*NOW).newest), [WeightNamedFirst()])
    for statement in SHAPE_FIRST[0], SHAPE_FIRST[2]:
        assert not gate.candidates(IN_A_LAYER.format(statement).encode())


def test_the_tests_of_keras_do_it_on_purpose() -> None:
    gate = Gate(api_of(target_of(*NOW).newest), [WeightNamedFirst()])
    code = IN_A_LAYER.format(NAME_FIRST[0]).encode()
    assert gate.candidates(code, "layers/mine.py")
    assert not gate.candidates(code, "keras/src/layers/layer_test.py")
