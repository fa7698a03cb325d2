"""KER209: `keras.config.set_backend` after Keras was used."""

from __future__ import annotations

import pytest

from tests.rules.order.variable_cases import findings, lines

FIRE = {
    "after a model": (
        """
        import keras
        model = keras.Sequential()
        keras.config.set_backend("jax")
        """,
        [4],
    ),
    "in the same function": (
        """
        import keras
        from keras import ops
        def main():
            x = ops.ones(3)
            keras.config.set_backend("jax")
        """,
        [6],
    ),
    "after a function that makes a layer": (
        """
        import keras
        def build():
            return keras.layers.Dense(1)
        layer = build()
        keras.config.set_backend("torch")
        """,
        [6],
    ),
    "the switch in a branch": (
        """
        import sys, keras
        x = keras.ops.zeros(1)
        if sys.argv[1:]:
            keras.config.set_backend(sys.argv[1])
        """,
        [5],
    ),
}

SILENT = {
    "first of all": """
        import keras
        keras.config.set_backend("jax")
        model = keras.Sequential()
        """,
    "only settings before": """
        import keras
        print(keras.backend.backend(), keras.version())
        keras.utils.set_random_seed(1)
        keras.config.set_floatx("float64")
        keras.config.set_backend("jax")
        """,
    "perhaps used before": """
        import sys, keras
        if sys.argv[1:]:
            model = keras.Sequential()
        keras.config.set_backend("jax")
        """,
    "put back": """
        import keras
        model = keras.Sequential()
        def run():
            keras.config.set_backend("numpy")
            keras.config.set_backend("tensorflow")
        """,
    "a test": """
        import keras
        def test_numpy():
            keras.ops.ones(1)
            keras.config.set_backend("numpy")
        """,
    "a function that others call": """
        import keras
        model = keras.Sequential()
        def switch(name):
            keras.config.set_backend(name)
        """,
}


@pytest.mark.parametrize("case", FIRE)
def test_after_use(case: str) -> None:
    program, expected = FIRE[case]
    assert lines("KER209", program) == expected


@pytest.mark.parametrize("case", SILENT)
def test_before_use(case: str) -> None:
    assert lines("KER209", SILENT[case]) == []


def test_both_places_are_named() -> None:
    (found,) = findings("KER209", FIRE["after a model"][0])
    assert "after `keras.Sequential` was used" in found.message
    (place,) = found.related
    assert place.span.start.line == 3
