"""Keras, or tf_keras: a small model is built, fitted for one batch, saved and loaded."""

from __future__ import annotations

import importlib
import os

from . import numbers
from .finding import imported

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .recorder import Recorder

INFERENCE_ONLY = ("numpy", "openvino")
"""Backends without training."""


def run(record: Recorder, name: str, folder: str) -> None:
    keras = imported(name, record)
    backend = ""
    with record.step("backend") as outcome:
        outcome.value = backend = str(keras.backend.backend())
        record.write(backend=backend)
    numpy = importlib.import_module("numpy")
    x = numpy.ones((2, 4), dtype="float32")
    model: Any = None
    with record.step("built", needed=True):
        layers = keras.layers
        ones = {"kernel_initializer": "ones"}
        model = keras.Sequential(
            [layers.Dense(3, activation="relu", input_shape=(4,), **ones), layers.Dense(1, **ones)]
            if _generation(keras) < 3
            else [
                keras.Input((4,)),
                layers.Dense(3, activation="relu", **ones),
                layers.Dense(1, **ones),
            ]
        )
    with record.step("computed") as outcome:
        found, outcome.value = _apply(keras, model, x)
        numbers.compare("the model's output", found, [12.0, 12.0])
        record.write(device_of_result=outcome.value)
    if backend not in INFERENCE_ONLY:
        with record.step("fitted") as outcome:
            model.compile(optimizer="sgd", loss="mse")
            history = model.fit(x, numpy.zeros((2, 1), dtype="float32"), epochs=1, verbose=0)
            loss = float(history.history["loss"][0])
            numbers.compare("the loss of the first batch", loss, 144.0)
            outcome.value = str(loss)
    path = os.path.join(folder, "model.keras")
    with record.step("saved", needed=True) as outcome:
        before, _ = _apply(keras, model, x)
        model.save(path)
        outcome.value = f"{os.path.getsize(path)} bytes"
    with record.step("loaded"):
        again = keras.models.load_model(path)
        found, _ = _apply(keras, again, x)
        numbers.compare("the output of the loaded model", found, before)


def _generation(keras: Any) -> int:
    version = getattr(keras, "__version__", "2")
    return int(str(version).partition(".")[0])


def _apply(keras: Any, model: Any, x: Any) -> tuple[Any, str]:
    """The model's output as lists of numbers, and the device that it came from."""
    if _generation(keras) >= 3:
        result = model(x)
        return keras.ops.convert_to_numpy(result).tolist(), _where(result)
    # Keras before 2.4 does not call a model on numbers.
    return model.predict_on_batch(x).tolist(), _where(model.weights[0])


def _where(result: Any) -> str:
    if hasattr(result, "devices"):
        return " ".join(sorted(f"{one.platform}:{one.id}" for one in result.devices()))
    device = getattr(result, "device", "cpu")
    return str(device).split("device:")[-1]
