"""KER311: symbolic tensors of Keras 3 in functions of TensorFlow."""

from __future__ import annotations

import pytest

from kerlint.checking.work import api_of
from kerlint.knowledge.keras_tensors import functions, operations, refusing
from kerlint.project.targets import target_of
from kerlint.rules.api.keras_tensor_in_tensorflow import KerasTensorInTensorflow
from kerlint.source.gates import Gate
from tests.rules.api.api_cases import findings

START = """
import keras
import tensorflow as tf
from tensorflow.keras import layers
from tensorflow.keras import backend as K
x = keras.Input((8, 8, 3))
"""
NOW = ("keras==3.15.1", "tensorflow==2.21.0")


def found(source: str, *targets: str) -> int:
    """How many findings the code makes, after START."""
    return len(findings("KER311", START + source, *(targets or NOW)))


FAULTY = [
    "tf.expand_dims(x, -1)",
    "tf.expand_dims(input=x, axis=-1)",
    "y = layers.Dense(1)(x)\ntf.nn.relu(y)",
    "for n in (1, 2):\n    y = layers.Dense(n)(x)\n    tf.nn.relu(y)",
    "tf.concat([x, x], axis=-1)",
    "tf.concat((x, x), -1)",
    "tf.reshape(tf.shape(x), [3])",
    "tf.image.resize(x, (4, 4))",
    "tf.math.reduce_mean(x, axis=1)",
    "tf.nn.conv2d(x, kernel, 1, 'SAME')",
    "tf.einsum('bhwc->bc', x)",
    "K.mean(x, axis=1)",
    "tf.keras.backend.expand_dims(x)",
    "from tensorflow import reshape\nreshape(x, (2, 2))",
    "import tensorflow.compat.v2 as tf2\ntf2.abs(x)",
    "m = keras.applications.VGG16()\ntf.reduce_mean(m.output, [1, 2])",
    "m = keras.Sequential([x])\ntf.reduce_mean(m.input, [1, 2])",
    "def net():\n    i = layers.Input((3,))\n    h = layers.Dense(2)(i)\n    return tf.tanh(h)",
    "def block():\n    return layers.Dense(2)(x)\ntf.tanh(block())",
    "class N:\n    def __init__(self):\n        self.i = keras.Input((3,))\n"
    "    def build(self):\n        return tf.tanh(self.i)",
    "layers.Lambda(lambda _: tf.abs(x))(x)",
    "if tf.__version__ >= '2.0':\n    tf.abs(x)",
]

FAULTY += [
    "x.get_shape()",
    "n = x.get_shape().as_list()[1]",
    "y = layers.Dense(1)(x)\ny.get_shape()",
    "x.shape.as_list()",
    "x.shape.ndims",
    "layers.Dense(1)(x).shape.rank",
    "x.set_shape((None, 8, 8, 3))",
    "m = keras.applications.VGG16()\nm.output.get_shape()",
]

FAULTY += [
    "def f(t):\n    return tf.nn.relu(layers.Dense(8)(t))\nf(x)",
    "def f(n, t=None):\n    return tf.abs(t)\nf(1, t=x)",
    "def f(n, *, t):\n    return t.get_shape()\nf(1, t=x)",
    "def f(ts):\n    return tf.concat(ts, -1)\nf([x, x])",
    "def inner(t):\n    return tf.abs(t)\ndef outer(t):\n    return inner(layers.Dense(2)(t))\n"
    "outer(x)",
    "def f(t):\n    return layers.Dense(2)(t), layers.Dense(3)(t)\na, b = f(x)\ntf.concat([a, b], -1)",
    "def f(t):\n    return tf.abs(t)\nf(tf.ones((1, 3)))\nf(x)",
    "def f(t):\n    return tf.abs(t)\ntf.data.Dataset.range(3).map(f)\nf(x)",
    "def f(t, n):\n    if n == 0:\n        return tf.abs(t)\n    return f(layers.Dense(2)(t), n - 1)\nf(x, 3)",
    "class N:\n    def block(self, t):\n        return tf.abs(t)\n"
    "    def build(self):\n        return self.block(keras.Input((3,)))",
]

SOUND = [
    "def f(t):\n    return tf.abs(t)\nf(tf.ones((1, 3)))",
    "def f(t):\n    return tf.abs(t)\ndef g(t):\n    return f(t)",
    "def f(t):\n    return tf.abs(t)\nlayers.Lambda(f)(x)",
    "def f(t):\n    return tf.abs(t)\nclass L(layers.Layer):\n    def call(self, t):\n        return f(t)\n"
    "L()(x)",
    "def f(t):\n    return layers.Dense(2)(t)\na = f(tf.ones((1, 2)))\ntf.abs(a)\nb = f(x)",
    "def f(t):\n    if isinstance(t, tf.Tensor):\n        return tf.abs(t)\n    return keras.ops.abs(t)\nf(x)",
    "def f(t):\n    if tf.is_tensor(t):\n        return tf.abs(t)\n    return keras.ops.abs(t)\nf(x)",
    "def f(t):\n    try:\n        return tf.abs(t)\n    except ValueError:\n        return t\nf(x)",
    "@wrapped\ndef f(t):\n    return tf.abs(t)\nf(x)",
    "def f(t):\n    t = batch\n    return tf.abs(t)\nf(x)",
    "def f(n, t):\n    return tf.abs(n)\nf(1, x)",
    "def f(*ts):\n    return tf.concat(ts, -1)\nf(*[x])",
    "def f(t):\n    return tf.abs(t)\nif tf.__version__ < '2.0':\n    f(x)",
    "class N:\n    def block(self, t, u):\n        return tf.abs(u)\n"
    "    def build(self):\n        return self.block(keras.Input((3,)), 1)",
    "x.shape[1]",
    "x.shape, x.dtype, x.name, x.ndim",
    "x.shape.index(3)",
    "y = tf.ones((3,))\ny.get_shape()",
    "y = layers.Dense(1)(tf.ones((1, 3)))\ny.get_shape()",
    "def f(x):\n    return x.get_shape()",
    "try:\n    x.get_shape()\nexcept AttributeError:\n    pass",
    "m = keras.Sequential([x])\nm.output.shape[1:]",
    "keras.ops.expand_dims(x, -1)",
    "layers.Lambda(lambda t: tf.abs(t))(x)",
    "class L(layers.Layer):\n    def call(self, x):\n        return tf.abs(x)\nL()(x)",
    "def f(x):\n    return tf.abs(x)",
    "y = tf.constant([1.0])\ntf.abs(y)",
    "x = tf.ones((1, 8, 8, 3))\ntf.abs(x)",
    "x + 1, x * x, x[..., 0], -x",
    "y = x + 1\nkeras.Model(x, y)",
    "tf.is_tensor(x)",
    "K.int_shape(x)",
    "tf.keras.layers.Concatenate()([x, x])",
    "tf.keras.Model(x, x)",
    "try:\n    tf.abs(x)\nexcept ValueError:\n    pass",
    "import pytest\nwith pytest.raises(ValueError):\n    tf.abs(x)",
    "import tf_keras\nx = tf_keras.Input((3,))\ntf.abs(x)",
    "m = keras.Sequential([keras.layers.Dense(1)])\ntf.abs(m(tf.ones((1, 3))))",
    "m = keras.Sequential([keras.layers.Dense(1)])\ntf.abs(m.predict([1]))",
    "y = keras.layers.Dense(1)(batch)\ntf.abs(y)",
    "x = layers.Dense(1)(x) if big else batch\ntf.abs(x)",
    "if tf.__version__ < '2.0':\n    tf.abs(x)",
]


@pytest.mark.parametrize("source", FAULTY)
def test_fires(source: str) -> None:
    assert found(source) == 1


@pytest.mark.parametrize("source", SOUND)
def test_stays_silent(source: str) -> None:
    assert found(source) == 0


@pytest.mark.parametrize(
    "targets",
    [("keras==2.15.0", "tensorflow==2.15.1"), ("keras==2.12.0", "tensorflow==2.12.1")],
)
def test_tensors_of_keras_2_are_tensors(targets: tuple[str, str]) -> None:
    assert found("tf.abs(x)", *targets) == 0


@pytest.mark.parametrize("source", FAULTY)
def test_the_gate_lets_the_faulty_through(source: str) -> None:
    newest = target_of(*NOW).newest
    gate = Gate(api_of(newest), [KerasTensorInTensorflow()])
    assert gate.candidates((START + source).encode())


def test_the_gate_holds_back_what_calls_no_such_function() -> None:
    newest = target_of(*NOW).newest
    gate = Gate(api_of(newest), [KerasTensorInTensorflow()])
    assert not gate.candidates((START + "y = layers.Dense(1)(x)\ntf.print(y)").encode())


def test_says_which_call_gives_it() -> None:
    source = START + "def f(t):\n    return tf.abs(t)\ny = 1\nz = f(x)\n"
    (finding,) = findings("KER311", source, *NOW)
    assert finding.span.start.line == 8
    ((_, span, message, *_),) = finding.related
    assert (span.start, span.end, message) == ((10, 5), (10, 6), "called with one here")


def test_a_file_with_stars_is_read_again_with_them() -> None:
    source = START + "from keras.layers import *\ndef f(t):\n    return tf.abs(Dense(2)(t))\nf(x)\n"
    (finding,) = findings("KER311", source, *NOW)
    assert finding.span.start.line == 9


def test_says_which_operation_of_keras_does_it() -> None:
    (finding,) = findings("KER311", START + "tf.reduce_mean(x, axis=1)", *NOW)
    assert finding.message.startswith(
        "`tensorflow.reduce_mean` is given a symbolic tensor of Keras 3"
    )
    assert "`keras.ops.mean`" in finding.help
    (finding,) = findings("KER311", START + "y = layers.Input((3,))\ntf.concat([y, y], 1)", *NOW)
    assert "`tf.keras.ops.concatenate`" in finding.help
    (finding,) = findings("KER311", START + "tf.signal.dct(x)", *NOW)
    assert finding.help.startswith("call it inside a layer")


def test_the_table() -> None:
    assert len(functions()) > 500
    assert refusing("tensorflow.expand_dims")[0].name == "input"
    assert refusing("tensorflow.compat.v2.expand_dims")[0].error == "ValueError"
    assert refusing("keras.ops.expand_dims") == ()
    assert refusing("tensorflow.is_tensor") == ()
    assert refusing("tensorflow.keras.backend.int_shape") == ()
    assert operations("tensorflow.reduce_max") == ("reduce_max", "max")
    assert operations("tensorflow.image.resize") == ("image.resize", "resize")
