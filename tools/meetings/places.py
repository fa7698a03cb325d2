"""One small program for every place where an object of library B is given to library A.

In the programs `A` and `B` stand for the two libraries as code spells them (`keras`, `tf.keras`).
The last lines, after `CHECK`, find out whether the program did what it says: a program that runs
and does not is a silent fault. The programs run on every Python since 3.7.
"""

from __future__ import annotations

CHECK = "# check\n"

_TRAIN = """
model.compile(optimizer="sgd", loss="mse")
model.fit(x, y, epochs=1, verbose=0)
"""
_LEARNS = f"{_TRAIN}{CHECK}assert len(model.trainable_weights) == COUNT\n"


def _learns(count: int) -> str:
    return _LEARNS.replace("COUNT", str(count))


_MODEL = "model = A.Sequential([A.layers.Dense(1, input_shape=(3,))])\n"

_CALLBACK = (
    _MODEL
    + """model.compile(optimizer=A.optimizers.SGD(0.01), loss="mse")
history = model.fit(x, y, epochs=3, verbose=0, callbacks=[CALLBACK])
"""
)


def _callback(made: str, check: str = "assert len(history.epoch) == 3") -> str:
    return _CALLBACK.replace("CALLBACK", made) + CHECK + check + "\n"


_SUBCLASS = """
class Net(A.Model):
    def __init__(self):
        super(Net, self).__init__()
        self.inner = INNER

    def call(self, inputs):
        return self.inner(inputs)


model = Net()
"""
_SUBLAYER = """
class Block(A.layers.Layer):
    def __init__(self):
        super(Block, self).__init__()
        self.inner = INNER

    def call(self, inputs):
        return self.inner(inputs)

    def compute_output_shape(self, input_shape):
        return (input_shape[0], 1)


model = A.Sequential([A.layers.Dense(3, input_shape=(3,)), Block()])
"""
_B_MODEL = "B.Sequential([B.layers.Dense(1, input_shape=(3,))])"

PLACES = {
    "layer in Sequential([...])": (
        "model = A.Sequential([A.layers.Dense(2, input_shape=(3,)), B.layers.Dense(1)])\n"
        + _learns(4)
    ),
    "layer in Sequential.add": (
        "model = A.Sequential()\n"
        "model.add(A.layers.Dense(2, input_shape=(3,)))\n"
        "model.add(B.layers.Dense(1))\n" + _learns(4)
    ),
    "model in Sequential([...])": (
        f"model = A.Sequential([A.layers.Dense(3, input_shape=(3,)), {_B_MODEL}])\n" + _learns(4)
    ),
    "model in Sequential.add": (
        "model = A.Sequential()\n"
        "model.add(A.layers.Dense(3, input_shape=(3,)))\n"
        f"model.add({_B_MODEL})\n" + _learns(4)
    ),
    "tensor into a layer": (
        "inputs = B.Input(shape=(3,))\n"
        "outputs = A.layers.Dense(1)(inputs)\n"
        "model = A.Model(inputs, outputs)\n" + _learns(2)
    ),
    "tensor of a layer into a layer": (
        "inputs = B.Input(shape=(3,))\n"
        "hidden = B.layers.Dense(2)(inputs)\n"
        "outputs = A.layers.Dense(1)(hidden)\n"
        "model = B.Model(inputs, outputs)\n" + _learns(4)
    ),
    "tensor into a model": (
        "inner = A.Sequential([A.layers.Dense(1, input_shape=(3,))])\n"
        "inputs = B.Input(shape=(3,))\n"
        "outputs = inner(inputs)\n"
        "model = B.Model(inputs, outputs)\n" + _learns(2)
    ),
    "tensor into a function of layers": (
        "inputs = B.Input(shape=(3,))\n"
        "both = A.layers.concatenate([inputs, inputs])\n"
        "model = B.Model(inputs, B.layers.Dense(1)(both))\n" + _learns(2)
    ),
    "tensors into Model": (
        "inputs = B.Input(shape=(3,))\n"
        "outputs = B.layers.Dense(1)(inputs)\n"
        "model = A.Model(inputs=inputs, outputs=outputs)\n" + _learns(2)
    ),
    "output of a model into a layer": (
        "start = B.Input(shape=(3,))\n"
        "base = B.Model(start, B.layers.Dense(2)(start))\n"
        "outputs = A.layers.Dense(1)(base.output)\n"
        "model = A.Model(base.input, outputs)\n" + _learns(4)
    ),
    "optimizer in compile": (
        _MODEL
        + 'model.compile(optimizer=B.optimizers.SGD(0.01), loss="mse")\n'
        + "before = np.array(model.get_weights()[0])\n"
        + "model.fit(x, y, epochs=1, verbose=0)\n"
        + CHECK
        + "assert not np.allclose(before, model.get_weights()[0])\n"
    ),
    "loss in compile": (
        _MODEL
        + 'model.compile(optimizer="sgd", loss=B.losses.MeanSquaredError())\n'
        + "loss = model.fit(x, y, epochs=1, verbose=0).history['loss'][0]\n"
        + CHECK
        + "assert loss >= 0\n"
    ),
    "loss function in compile": (
        _MODEL
        + 'model.compile(optimizer="sgd", loss=B.losses.binary_crossentropy)\n'
        + "loss = model.fit(x, y, epochs=1, verbose=0).history['loss'][0]\n"
        + CHECK
        + "assert loss == loss\n"
    ),
    "metric in compile": (
        _MODEL
        + 'model.compile(optimizer="sgd", loss="mse", metrics=[B.metrics.MeanAbsoluteError(name="m")])\n'
        + "history = model.fit(x, y, epochs=2, batch_size=2, verbose=0)\n"
        + "found = model.evaluate(x, y, verbose=0)[1]\n"
        + CHECK
        + "assert np.allclose(found, np.abs(model.predict(x) - y).mean(), atol=1e-4)\n"
    ),
    "metric function in compile": (
        _MODEL
        + 'model.compile(optimizer="sgd", loss="mse", metrics=[B.metrics.binary_accuracy])\n'
        + "history = model.fit(x, y, epochs=1, verbose=0)\n"
        + CHECK
        + "assert len(history.history) == 2\n"
    ),
    "callback EarlyStopping in fit": _callback(
        'B.callbacks.EarlyStopping("loss", min_delta=100, patience=0)',
        "assert len(history.epoch) == 2",
    ),
    "callback ReduceLROnPlateau in fit": _callback(
        'B.callbacks.ReduceLROnPlateau("loss", factor=0.1, min_delta=100, patience=1)',
        "rate = getattr(model.optimizer, 'learning_rate', None)\n"
        "rate = model.optimizer.lr if rate is None else rate\n"
        "assert float(getattr(A.backend, 'get_value', float)(rate)) < 0.009",
    ),
    "callback LearningRateScheduler in fit": _callback(
        "B.callbacks.LearningRateScheduler(lambda epoch: 0.001)",
        "rate = getattr(model.optimizer, 'learning_rate', None)\n"
        "rate = model.optimizer.lr if rate is None else rate\n"
        "assert float(getattr(A.backend, 'get_value', float)(rate)) < 0.009",
    ),
    "callback ModelCheckpoint in fit": _callback(
        'B.callbacks.ModelCheckpoint(folder + "/" + MODEL_FILE)',
        "import os\nassert os.path.exists(folder + '/' + MODEL_FILE)",
    ),
    "callback CSVLogger in fit": _callback(
        'B.callbacks.CSVLogger(folder + "/log.csv")',
        "assert len(open(folder + '/log.csv').readlines()) == 4",
    ),
    "callback LambdaCallback in fit": _callback(
        "B.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: None)"
    ),
    "callback TerminateOnNaN in fit": _callback("B.callbacks.TerminateOnNaN()"),
    "own callback in fit": (
        "class Watch(B.callbacks.Callback):\n"
        "    def on_epoch_end(self, epoch, logs=None):\n"
        "        self.model.stop_training = True\n\n\n"
        + _callback("Watch()", "assert len(history.epoch) == 1")
    ),
    "own Sequence in fit": (
        "class Data(B.utils.Sequence):\n"
        "    def __len__(self):\n"
        "        return 2\n\n"
        "    def __getitem__(self, index):\n"
        "        return x[:2], y[:2]\n\n\n"
        + _MODEL
        + 'model.compile(optimizer="sgd", loss="mse")\n'
        + "history = model.fit(Data(), epochs=1, verbose=0)\n"
        + CHECK
        + "assert len(history.epoch) == 1\n"
    ),
    "initializer in a layer": (
        "model = A.Sequential(\n"
        "    [A.layers.Dense(1, kernel_initializer=B.initializers.Ones(), input_shape=(3,))]\n"
        ")\n" + CHECK + "assert (model.get_weights()[0] == 1).all()\n"
    ),
    "regularizer in a layer": (
        "model = A.Sequential(\n"
        "    [A.layers.Dense(1, kernel_regularizer=B.regularizers.l2(0.5), input_shape=(3,))]\n"
        ")\n"
        + _TRAIN
        + CHECK
        + "assert model.evaluate(x, y, verbose=0) > ((model.predict(x) - y) ** 2).mean() + 1e-4\n"
    ),
    "constraint in a layer": (
        "model = A.Sequential(\n"
        "    [A.layers.Dense(1, kernel_constraint=B.constraints.NonNeg(), input_shape=(3,))]\n"
        ")\n"
        'model.compile(optimizer="sgd", loss="mse")\n'
        "model.fit(x, y - 1000, epochs=3, verbose=0)\n"
        + CHECK
        + "assert (model.get_weights()[0] >= 0).all()\n"
    ),
    "activation function in a layer": (
        "model = A.Sequential(\n"
        "    [A.layers.Dense(1, activation=B.activations.relu, input_shape=(3,))]\n"
        ")\n" + _learns(2)
    ),
    "layer in TimeDistributed": (
        "model = A.Sequential(\n"
        "    [A.layers.TimeDistributed(B.layers.Dense(1), input_shape=(2, 3)), A.layers.Flatten(),\n"
        "     A.layers.Dense(1)]\n"
        ")\n"
        "x = np.ones((4, 2, 3))\n" + _learns(4)
    ),
    "layer in Bidirectional": (
        "model = A.Sequential(\n"
        "    [A.layers.Bidirectional(B.layers.LSTM(2), input_shape=(2, 3)), A.layers.Dense(1)]\n"
        ")\n"
        "x = np.ones((4, 2, 3))\n" + _learns(8)
    ),
    "cell in RNN": (
        "model = A.Sequential(\n"
        "    [A.layers.RNN(B.layers.LSTMCell(2), input_shape=(2, 3)), A.layers.Dense(1)]\n"
        ")\n"
        "x = np.ones((4, 2, 3))\n" + _learns(5)
    ),
    "schedule in an optimizer": (
        _MODEL
        + "rate = B.optimizers.schedules.ExponentialDecay(0.1, 1, 0.5)\n"
        + 'model.compile(optimizer=A.optimizers.SGD(learning_rate=rate), loss="mse")\n'
        + "before = np.array(model.get_weights()[0])\n"
        + "model.fit(x, y, epochs=1, verbose=0)\n"
        + CHECK
        + "assert not np.allclose(before, model.get_weights()[0])\n"
    ),
    "layer in a subclass of Model": _SUBCLASS.replace("INNER", "B.layers.Dense(1)") + _learns(2),
    "model in a subclass of Model": _SUBCLASS.replace("INNER", _B_MODEL) + _learns(2),
    "layer in a subclass of Layer": _SUBLAYER.replace("INNER", "B.layers.Dense(1)") + _learns(4),
    "model in a subclass of Layer": _SUBLAYER.replace("INNER", _B_MODEL) + _learns(4),
    "own layer in Sequential([...])": (
        "class Twice(B.layers.Layer):\n"
        "    def call(self, inputs):\n"
        "        return 2 * inputs\n\n\n"
        "model = A.Sequential([A.layers.Dense(1, input_shape=(3,)), Twice()])\n" + _learns(2)
    ),
    "layer class in custom_objects": (
        "first = A.Sequential([A.layers.Dense(1, input_shape=(3,))])\n"
        "model = A.models.model_from_json(\n"
        '    first.to_json(), custom_objects={"Dense": B.layers.Dense}\n'
        ")\n" + _learns(2)
    ),
    "two bases": (
        "class Both(A.layers.Dense, B.layers.Layer):\n"
        "    pass\n\n\n"
        "model = A.Sequential([A.layers.Dense(2, input_shape=(3,)), Both(1)])\n" + _learns(4)
    ),
    "model into clone_model": (
        f"first = {_B_MODEL}\nmodel = A.models.clone_model(first)\n" + _learns(2)
    ),
    "model into save_model": (
        f"model = {_B_MODEL}\n"
        "A.models.save_model(model, folder + '/' + MODEL_FILE)\n"
        + CHECK
        + "assert B.models.load_model(folder + '/' + MODEL_FILE) is not None\n"
    ),
}
"""What meets: the program that makes it meet."""

_HUB_PREAMBLE = """
linear = tf.train.Checkpoint(weight=tf.Variable(np.ones((3, 1), "float32")))
linear.variables = linear.trainable_variables = [linear.weight]
linear.__call__ = tf.function(
    lambda inputs: inputs @ linear.weight, input_signature=[tf.TensorSpec([None, 3])]
)
tf.saved_model.save(linear, folder + "/linear")
"""
_HUB = 'hub.KerasLayer(folder + "/linear", trainable=True)'
HUB_PLACES = {
    "layer in Sequential([...])": f"model = A.Sequential([{_HUB}])\n" + _learns(1),
    "layer in Sequential.add": (f"model = A.Sequential()\nmodel.add({_HUB})\n" + _learns(1)),
    "layer in a subclass of Model": _SUBCLASS.replace("INNER", _HUB) + _learns(1),
    "layer in TimeDistributed": (
        f"model = A.Sequential([A.layers.TimeDistributed({_HUB}, input_shape=(2, 3))])\n"
        "x = np.ones((4, 2, 3))\ny = np.ones((4, 2, 1))\n" + _learns(1)
    ),
}
"""The places where a layer of TensorFlow Hub is the object."""

PREAMBLE = """\
import numpy as np

x = np.random.RandomState(0).uniform(size=(4, 3))
y = np.ones((4, 1))
"""

ROOTS = {
    "keras": "import keras",
    "tf.keras": "import tensorflow as tf",
    "tf_keras": "import tf_keras",
    "private": "from tensorflow.python import keras as private",
    "hub": "import tensorflow as tf\nimport tensorflow_hub as hub",
}
"""How the libraries are spelled, and what import that takes."""

_PRIVATE = {
    "private.optimizers.SGD": "private.optimizer_v2.gradient_descent.SGD",
    "private.optimizers.schedules": "private.optimizer_v2.learning_rate_schedule",
}
"""The private copy keeps its optimizers elsewhere."""


def places_of(second: str) -> dict[str, str]:
    """The places where an object of the library spelled so is tried."""
    return HUB_PLACES if second == "hub" else PLACES


def program(place: str, first: str, second: str) -> str:
    """The program of a place, for the libraries spelled `first` (A) and `second` (B)."""
    text = places_of(second)[place]
    preamble = PREAMBLE + _HUB_PREAMBLE if second == "hub" else PREAMBLE
    for letter, spelled in (("A", first), ("B", second)):
        for before in " ([,={\n":
            text = text.replace(f"{before}{letter}.", f"{before}{spelled}.")
    for public, private in _PRIVATE.items():
        text = text.replace(public, private)
    imports = sorted({ROOTS[first], ROOTS[second]}, key=list(ROOTS.values()).index)
    return "\n".join([*imports, preamble]) + "\n" + text.lstrip("\n")
