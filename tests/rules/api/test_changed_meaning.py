"""KER308: what is accepted and means something else."""

from __future__ import annotations

import pytest

from kerlint.knowledge.changes import changes
from tests.rules.api.api_cases import findings

START = """
import keras
import tensorflow as tf
from keras.callbacks import *
from keras.layers import Conv2D, Convolution2D, Dense, Layer
model = keras.Sequential([Dense(1)])
"""
COMPILED = 'model.compile("sgd", loss="mse", metrics=["accuracy"])\n'
FITTED = COMPILED + "history = model.fit(x, y)\n"
SCHEDULED = FITTED + "keras.callbacks.LearningRateScheduler(f)\n"
LAYER = "class Scale(Layer):\n    def __init__(self):\n        super().__init__()\n"
CALLBACK = "class Mine(keras.callbacks.Callback):\n    def on_epoch_end(self, epoch, logs=None):\n"
SHARED = "init = keras.initializers.RandomNormal({})\n" + "Dense(1, kernel_initializer=init)\n" * 2
AGENT = """
class Agent:
    def __init__(self):
        self.one = keras.Sequential([])
        self.two = keras.Sequential([])
        self.one.compile("sgd", "mse")
        self.two.compile("sgd", "mse", metrics=["mae"])

    def names(self):
        return self.one.metrics_names + self.two.metrics_names
"""
NOW = "keras==3.15.1"


def found(source: str, *targets: str) -> list[str]:
    """What is found in the code, made after START: the first words of each message."""
    return [one.message for one in findings("KER308", START + source, *(targets or (NOW,)))]


FIRING = [
    "keras.optimizers.SGD(0.1, decay=1e-6)",
    "keras.optimizers.Adam(learning_rate=1e-3, decay=1e-3 / 50)",
    "tf.keras.optimizers.RMSprop(decay=decay)",
    "optimizer = keras.optimizers.Adam()\noptimizer.lr = 0.1",
    "model.optimizer.lr = 0.1",
    f"{CALLBACK}        self.model.optimizer.lr = 0.1",
    'model.add(Conv2D(32, 3, 3, activation="relu", input_shape=(8, 8, 1)))',
    "Convolution2D(64, 5, 5)",
    "keras.callbacks.ReduceLROnPlateau(epsilon=0.1)",
    f'{COMPILED}keras.callbacks.EarlyStopping(monitor="val_acc", mode="max")',
    f'{COMPILED}keras.callbacks.EarlyStopping("val_acc")',
    f'{COMPILED}keras.callbacks.ModelCheckpoint("a.keras", monitor="acc", save_best_only=True)',
    f'{FITTED}print(history.history["acc"])',
    f"{FITTED}print(history.history['val_acc'])",
    f'{COMPILED}print(model.fit(x, y).history["acc"])',
    f'{SCHEDULED}print(history.history["lr"])',
    f"{LAYER}        self.scale = tf.Variable(1.0)",
    "class M(keras.Model):\n    def build(self, shape):\n        self.scale = tf.Variable(shape)",
    'model.compile("sgd", "mse", ["mae"])\nprint(model.metrics_names)',
    'model.compile("sgd", metrics=mine)\ndict(zip(model.metrics_names, model.evaluate(x, y)))',
    AGENT,
    'model.save("a.keras", include_optimizer=False)',
    SHARED.format("stddev=0.02"),
]


@pytest.mark.parametrize("source", FIRING)
def test_fires(source: str) -> None:
    assert len(found(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "keras.optimizers.SGD(0.1, weight_decay=1e-6)",
        "keras.optimizers.SGD(0.1, decay=0.0)",
        "keras.optimizers.SGD(**{'decay': 0.1})",
        "import tf_keras\ntf_keras.optimizers.SGD(decay=0.1)",
        "def f(optimizer):\n    optimizer.lr = 0.1",
        "optimizer = keras.optimizers.Adam()\noptimizer.learning_rate = 0.1",
        "other.model.optimizer.lr = 0.1",
        "class Own:\n    def f(self):\n        self.model.optimizer.lr = 0.1",
        # Kernels and strides of today.
        "Conv2D(32, 3, 2)",
        "Conv2D(32, 3, 1)",
        "Conv2D(32, 1, 1)",
        "Conv2D(32, 2, 2)",
        "Conv2D(32, 4, 4)",
        "Conv2D(32, 16, 16)",
        "Conv2D(32, (3, 3), 3)",
        "Conv2D(32, 3, strides=3)",
        "Conv2D(32, k, k)",
        "Conv2D(32, 3, 3, 'same')",
        "keras.callbacks.ReduceLROnPlateau(min_delta=0.1)",
        # The metric is called acc, or nothing is known of it.
        'model.compile("sgd", metrics=["acc"])\nkeras.callbacks.EarlyStopping("val_acc")',
        'keras.callbacks.EarlyStopping("val_acc")',
        'model.compile("sgd", metrics=metrics)\nkeras.callbacks.EarlyStopping("val_acc")',
        f'{COMPILED}keras.callbacks.EarlyStopping("val_accuracy")',
        f'{COMPILED}own(monitor="val_acc")',
        'model.compile("sgd", metrics=["acc"])\nh = model.fit(x, y)\nh.history["acc"]',
        f'{COMPILED}history = load()\nhistory.history["acc"]',
        f'{FITTED}history.history["accuracy"]',
        f'{FITTED}history.history["lr"]',
        f"{LAYER}        self.scale = keras.Variable(1.0)",
        f"{LAYER}        self.steps = tf.Variable(0, trainable=False)",
        "class Plain:\n    def __init__(self):\n        self.scale = tf.Variable(1.0)",
        "class M(tf.Module):\n    def __init__(self):\n        self.scale = tf.Variable(1.0)",
        "def f(model):\n    return model.metrics_names",
        # Without metrics, it still names what `evaluate` returns.
        "print(model.metrics_names)",
        'model.compile("sgd", "mse")\nprint(model.metrics_names)',
        'model.compile("sgd", "mse", metrics=[])\nprint(model.metrics_names)',
        'model.compile("sgd", "mse", metrics=None)\nprint(model.metrics_names)',
        "model.compile(**given)\nprint(model.metrics_names)",
        'model.compile("sgd", "mse", ["mae"])\nmodel.compile("sgd")\nprint(model.metrics_names)',
        'model.save("a.h5", include_optimizer=False)',
        'model.save("a.keras", include_optimizer=True)',
        SHARED.format("seed=1"),
        "init = keras.initializers.RandomNormal()\nDense(1, kernel_initializer=init)",
        "init = keras.initializers.Zeros()\n" + "Dense(1, kernel_initializer=init)\n" * 2,
        'init = "he_normal"\n' + "Dense(1, kernel_initializer=init)\n" * 2,
        # Right as it is, or meant.
        "keras.layers.LeakyReLU(alpha=0.1)",
        "Dense(1, input_shape=(2,))",
        'Dense(1, activation="hard_sigmoid")',
        "try:\n    keras.optimizers.SGD(decay=0.1)\nexcept Exception:\n    pass",
        "if keras.__version__ < '3':\n    keras.optimizers.SGD(decay=0.1)",
    ],
)
def test_silent(source: str) -> None:
    assert found(source) == []


@pytest.mark.parametrize("source", FIRING)
def test_keras_2_1_knows_nothing_of_it(source: str) -> None:
    assert found(source, "keras==2.1.6", "tensorflow==1.13.1") == []


@pytest.mark.parametrize(
    ("source", "targets", "number"),
    [
        ("Conv2D(8, 3, 3)", ["keras==2.3.1"], 0),
        ("Conv2D(8, 3, 3)", ["keras==2.4.3"], 1),
        ("tf.keras.layers.Conv2D(8, 3, 3)", ["tensorflow==2.3.0"], 1),
        (SHARED.format(""), ["tensorflow==2.9.0"], 0),
        (SHARED.format(""), ["tensorflow==2.10.0"], 1),
        ("tf.keras.optimizers.SGD(decay=1.0)", ["tensorflow==2.10.0"], 0),
        ("tf.keras.optimizers.SGD(decay=1.0)", ["tensorflow==2.16.1"], 1),
        ('model.export("a", format="onnx")', ["keras==3.6.0"], 1),
        ('model.export("a", format="onnx")', ["keras==3.8.0"], 0),
        # Only where the pins admit both meanings.
        ('Dense(1, activation="hard_sigmoid")', ["keras>=2.12"], 1),
        ('Dense(1, activation="hard_sigmoid")', ["keras>=3.0"], 0),
        ('Dense(1, activation="hard_sigmoid")', ["keras"], 0),
        ("keras.callbacks.EarlyStopping(restore_best_weights=True)", ["tensorflow>=2.12"], 1),
        ("keras.callbacks.EarlyStopping(restore_best_weights=True)", ["tensorflow>=2.16"], 0),
    ],
)
def test_by_release(source: str, targets: list[str], number: int) -> None:
    assert len(found(source, *targets)) == number


def test_what_stops_the_training_is_an_error() -> None:
    (one,) = findings("KER308", START + "keras.optimizers.SGD(decay=1.0)", NOW)
    assert one.severity == "error"
    assert one.message == "`SGD` ignores `decay`: the learning rate stays as it is"
    assert "InverseTimeDecay" in one.help
    (one,) = findings("KER308", START + "Conv2D(8, 3, 3)", NOW)
    assert one.severity == "warning"
    assert one.help == "write `kernel_size=(3, 3)`, and `strides` if they are meant"


def test_every_row_is_whole() -> None:
    for change in changes().values():
        assert change.source.startswith("https://")
        assert change.pins in ("any", "both")
        assert (change.severity == "info") is (change.pins == "both")
