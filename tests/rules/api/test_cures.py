"""What the rules on names offer instead: the help lines."""

from __future__ import annotations

import pytest

from tests.rules.api.api_cases import findings

NOW = ("keras==3.15.1", "tensorflow==2.21.0")


def cure(code: str, line: str, *targets: str) -> str:
    """The help of the one finding in the line, after an import of TensorFlow."""
    (found,) = findings(code, f"import tensorflow as tf\n{line}\n", *(targets or NOW))
    return found.help


@pytest.mark.parametrize(
    ("line", "help"),
    [
        (
            "tf.python_io.TFRecordWriter('a')",
            "today that name is found at `tensorflow.io.TFRecordWriter`",
        ),
        (
            "tf.gfile.Exists('a')",
            "today that name is found at `tensorflow.compat.v1.gfile.Exists`",
        ),
        (
            "tf.flags.DEFINE_string('a', 'b', 'c')",
            "today that module is found at `tensorflow.compat.v1.flags`",
        ),
        ("tf.contrib.layers.flatten(x)", "use `tf.keras.layers.Flatten`: make the layer once"),
        ("tf.contrib.unheard.of", "nothing replaces it: tf.contrib ended with TensorFlow 1.15"),
        ("tf.reduce_variance(x)", "did you mean `tensorflow.math.reduce_variance`?"),
        (
            "tf.compat.v1.estimator.Estimator(f)",
            "nothing replaces it: estimators went with TensorFlow 2.16",
        ),
        (
            "tf.metrics.mean_absolute_error(x, y)",
            'use `tf.keras.metrics.mae`: or the string `"mae"`',
        ),
    ],
)
def test_of_tensorflow(line: str, help: str) -> None:
    assert cure("KER310", line).startswith(help)


@pytest.mark.parametrize(
    ("line", "help"),
    [
        (
            "from tensorflow.keras.layers.experimental import preprocessing",
            "use `tf.keras.layers`: its layers are there",
        ),
        (
            "from keras.utils.layer_utils import count_params",
            "use `count_params()` of the model or layer",
        ),
        ("from keras.utils.layer_utils import get_source_inputs", "use `keras.utils.get_source"),
    ],
)
def test_of_modules(line: str, help: str) -> None:
    assert cure("KER301", line).startswith(help)


def test_no_name_is_offered_that_the_wrong_one_begins_with() -> None:
    line = "tf.keras.applications.vgg16.vgg16.WEIGHTS_PATH"
    targets = ("tensorflow==2.3.4", "keras==2.3.1")
    assert cure("KER303", line, *targets) == "write `keras.applications.vgg16.vgg16`"


def test_without_a_keras_of_its_own_tensorflow_is_named() -> None:
    (found,) = findings(
        "KER302",
        "import tensorflow as tf\ntf.keras.backend.get_session()\n",
        "tensorflow==2.3.4",
    )
    assert found.message.startswith("TensorFlow 2.3.4 has no `tf.keras.backend.get_session`")


@pytest.mark.parametrize(
    ("code", "line", "help"),
    [
        (
            "KER310",
            "from tensorflow.examples.tutorials.mnist import input_data",
            "use `tf.keras.datasets.mnist`: `load_data()` returns the arrays",
        ),
        ("KER310", "tf.nn.rnn_cell.GRUCell(3)", "today that name is found at"),
        ("KER310", "cells = tf.nn.rnn_cell", "use `tf.keras.layers`: its cells are layers"),
        ("KER310", "tf.scalar_summary('a', x)", "use `tensorflow.summary.scalar`"),
        ("KER301", "from keras.layers import core, recurrent", "use `keras.layers`: its layers"),
        ("KER302", "from keras.backend import Function", "use `keras.Model`: make a model of"),
        ("KER306", "tf.lite.TFLiteConverter.from_session(s, [], [])", "use `tf.compat.v1.lite."),
    ],
)
def test_of_tutorials(code: str, line: str, help: str) -> None:
    assert all(
        one.help.startswith(help)
        for one in findings(code, f"import tensorflow as tf\n{line}\n", *NOW)
    )
    assert findings(code, f"import tensorflow as tf\n{line}\n", *NOW)


def test_of_what_an_older_target_has_already() -> None:
    old = ("keras==2.15.0", "tensorflow==2.15.1")
    (found,) = findings("KER301", "import keras.backend.tensorflow_backend as K\n", *old)
    assert found.help == "use `keras.backend`"
    (found,) = findings("KER302", "from keras.backend import set_image_dim_ordering\n", *old)
    assert found.help.startswith("use `keras.backend.set_image_data_format`")
