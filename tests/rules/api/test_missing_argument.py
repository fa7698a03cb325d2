"""KER305: keywords that the constructor of models refuses."""

from __future__ import annotations

import pytest

from tests.rules.api.api_cases import findings

NOW = ("keras==3.15.1", "tensorflow==2.21.0")
KERAS_2 = ("keras==2.15.0", "tensorflow==2.15.1")

MODEL = """
import keras
import tensorflow as tf
x = keras.Input((3,))
"""


@pytest.mark.parametrize(
    ("call", "keywords"),
    [
        ("keras.Model(input=x, output=x)", ["input", "output"]),
        ("keras.models.Model(inputs=x, output=x)", ["output"]),
        ("tf.keras.Model(input=[x], outputs=x)", ["input"]),
        ("keras.Model(inputs=x, outputs=x, loss='mse')", ["loss"]),
        ("keras.Model(inputs=x, outputs=x, name='m', trainable=False, dtype='float16')", []),
        ("keras.Model(**given)", []),
    ],
)
def test_model_refuses_what_it_does_not_know(call: str, keywords: list[str]) -> None:
    found = findings("KER305", MODEL + call, *NOW)
    assert [one.message.partition("does not accept `")[2].partition("`")[0] for one in found] == (
        keywords
    )


def test_what_model_took_before() -> None:
    old = MODEL + "keras.Model(input=x, output=x)"
    assert not findings("KER305", old, "keras==2.3.1", "tensorflow==2.2.3")
    assert findings("KER305", old, *KERAS_2)
    assert findings("KER305", old.replace("keras.M", "tf.keras.M"), "tensorflow==2.2.3")


def test_an_own_model_takes_what_it_likes() -> None:
    code = """
        import keras

        class Net(keras.Model):
            def __init__(self, units, **kwargs):
                super().__init__(**kwargs)

        class Other(Net):
            def __init__(self):
                super().__init__(units=3)

        Net(units=3)
        Other()
    """
    assert not findings("KER305", code, *NOW)


PREFILLED = """
import functools
from functools import partial

import keras
from keras import layers
from keras.layers import Conv2D

own = lambda border_mode: border_mode
"""


@pytest.mark.parametrize(
    ("line", "keywords"),
    [
        ('conv = partial(Conv2D, 3, border_mode="same", activation="relu")', ["border_mode"]),
        ("bn = functools.partial(keras.layers.BatchNormalization, mode=2)", ["mode"]),
        ("adam = partial(\n    # the old rate\n    keras . optimizers\n    .Adam, lr=0.1)", ["lr"]),
        ("alias = Conv2D\nconv = partial((alias), border_mode='same')", ["border_mode"]),
        ("convs = [partial(layers.Conv2D, n, init='normal') for n in (1, 2)]", ["init"]),
        ("fit = partial(keras.Model.fit, nb_epoch=2)", ["nb_epoch"]),
        ('conv = partial(Conv2D, 3, padding="same")', []),
        ("conv = partial(Conv2D, **{'border_mode': 'same'})", []),
        ("conv = partial(Conv2D, 3, **given, border_mode='same')", ["border_mode"]),
        ("f = partial(own, border_mode='same')", []),
        ("f = partial(Conv2D if own else own, border_mode='same')", []),
        ("def partial(*a, **k):\n    pass\npartial(Conv2D, border_mode='same')", []),
        ("try:\n    f = partial(Conv2D, border_mode='same')()\nexcept TypeError:\n    pass", []),
    ],
)
def test_keywords_that_are_kept_for_later(line: str, keywords: list[str]) -> None:
    found = findings("KER305", PREFILLED + line, *NOW)
    assert [one.message.partition("does not accept `")[2].partition("`")[0] for one in found] == (
        keywords
    )
