"""KER301, KER302, KER310: which rule speaks of a missing name, and of which of its uses."""

from __future__ import annotations

from tests.rules.api.api_cases import findings

NOW = ("keras==3.15.1", "tensorflow==2.21.0")

CONTRIB = """
import tensorflow as tf
import tensorflow.contrib.slim as slim

slim.conv2d(x, 3, 3)
tf.contrib.layers.flatten(x)
"""


def test_a_failed_import_does_not_hide_uses_by_another_name() -> None:
    assert [one.span.start.line for one in findings("KER310", CONTRIB, *NOW)] == [3, 6]
    guarded = CONTRIB.replace(
        "import tensorflow.contrib.slim as slim",
        "try:\n    import tensorflow.contrib.slim as slim\nexcept ImportError:\n    slim = None",
    )
    (found,) = findings("KER310", guarded, *NOW)
    assert found.span.start.line == 9


def test_a_failed_import_is_the_fault_of_what_it_alone_binds() -> None:
    code = "import tensorflow.contrib.slim\ntensorflow.contrib.slim.conv2d(x, 3, 3)\n"
    (found,) = findings("KER310", code, *NOW)
    assert found.span.start.line == 1


def test_what_was_a_function_and_a_module() -> None:
    called = "import keras\nkeras.optimizers.rmsprop(0.1)\n"
    (found,) = findings("KER302", called, *NOW)
    assert found.message.startswith("Keras 3.15.1 has no `keras.optimizers.rmsprop`")
    assert found.help == "use `keras.optimizers.RMSprop`"
    assert not findings("KER301", called, *NOW)
    assert findings("KER301", "import keras.optimizers.rmsprop\n", *NOW)
    asked = "import keras\nkeras.optimizers.rmsprop.RMSprop(0.1)\n"
    assert findings("KER301", asked, *NOW)
    assert not findings("KER302", asked, *NOW)
