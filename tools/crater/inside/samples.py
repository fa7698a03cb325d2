"""Arguments with which most classes of Keras can be constructed, by the parameter's name."""

from __future__ import annotations

import ast
import functools
import importlib
import inspect
from typing import Any

PLAIN: dict[str, Any] = {
    "units": 2, "filters": 2, "kernel_size": 1, "pool_size": 1, "rate": 0.1, "input_dim": 3,
    "output_dim": 2, "n": 2, "target_shape": (-1,), "dims": (1,), "stddev": 0.1, "axes": 1,
    "num_heads": 1, "key_dim": 2, "value_dim": 2, "factor": 0.1, "height": 2, "width": 2,
    "height_factor": 0.1, "activation": "relu", "filepath": "x.weights.h5", "filename": "x.csv",
    "log_dir": "logs", "schedule": "fn", "initial_learning_rate": 0.1, "decay_steps": 10,
    "decay_rate": 0.9, "learning_rate": 0.1, "boundaries": [1], "values": [0.1, 0.2],
    "name": "sample", "shape": (4,), "num_classes": 2, "recall": 0.5, "precision": 0.5,
    "sensitivity": 0.5, "specificity": 0.5, "max_value": 1.0, "mean": 0.0, "value": 1.0,
    "root": "http://localhost", "num_tokens": 4, "num_bins": 4, "bin_boundaries": [0.5],
    "scale": 1.0, "offset": 0.0, "size": (2, 2), "momentum": 0.1, "backup_dir": "backup",
    "target": (2, 2), "alpha": 0.1, "theta": 1.0, "groups": 1, "mask_value": 0.0, "depth": 2,
    "equation": "ab,bc->ac", "output_shape": 2, "target_height": 2, "target_width": 2,
}  # fmt: skip
GUESSES: tuple[Any, ...] = (None, 1, 0.5, True, "zeros", "same", (1, 1), (4,), [1], {})


def _fn(*values: Any) -> Any:
    return values[-1]


def keras_of(value: Any) -> Any:
    """The Keras library that an object belongs to: by the name of its module."""
    module = getattr(value, "__module__", "") or ""
    if module.startswith("tf_keras"):
        return importlib.import_module("tf_keras")
    if module.startswith("keras"):
        return importlib.import_module("keras")
    return importlib.import_module("tensorflow").keras


def sample(name: str, owner: Any) -> Any:
    """A value for a required parameter; raises KeyError where none is known."""
    if name in ("fn", "function", "func", "f", "schedule", "metric_fn", "loss_fn"):
        return _fn
    if name in PLAIN:
        return PLAIN[name]
    keras = keras_of(owner)
    if name == "model":
        return keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(2)])
    if name == "inputs" and not inspect.isclass(owner):
        return [keras.layers.Input((4,)), keras.layers.Input((4,))]
    if name == "layer":
        return keras.layers.Dense(2) if "Time" in owner.__name__ else keras.layers.LSTM(2)
    if name == "cell":
        return keras.layers.LSTMCell(2)
    if name == "cells":
        return [keras.layers.LSTMCell(2)]
    if name in ("optimizer", "inner_optimizer"):
        return keras.optimizers.SGD(0.1)
    raise KeyError(name)


def parameters(value: Any) -> list[inspect.Parameter]:
    """The parameters of a callable, without `self`; of a class, of its constructor."""
    if inspect.isclass(value):
        init: Any = value.__init__
        if init is object.__init__:
            init = value.__new__
            if init is object.__new__:
                return []
        return list(inspect.signature(init).parameters.values())[1:]
    return list(inspect.signature(value).parameters.values())


def arguments(value: Any, keyword: str = "") -> dict[str, Any]:
    """Keyword arguments for every required parameter; raises KeyError.

    `keyword` is the one under trial: Keras 1 wrote `Model(input=, output=)`, without the others.
    """
    needed: dict[str, Any] = {}
    for parameter in parameters(value):
        wanted = parameter.default is parameter.empty
        if wanted and parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY):
            needed[parameter.name] = sample(parameter.name, value)
    if inspect.isclass(value) and value.__name__ == "Variable":
        return {"initial_value": 1.0}
    if is_model(value) and value.__name__ in ("Model", "Functional"):
        keras = keras_of(value)
        needed = {"inputs": keras.layers.Input((4,))}
        needed["outputs"] = keras.layers.Dense(2)(needed["inputs"])
        if keyword in ("input", "output"):
            return {"input": needed["inputs"], "output": needed["outputs"]}
    return needed


def is_model(value: Any) -> bool:
    """Whether a class is a Keras model."""
    return inspect.isclass(value) and any(base.__name__ == "Model" for base in value.__mro__)


def is_layer(value: Any) -> bool:
    """Whether a class is a Keras layer."""
    return inspect.isclass(value) and any(base.__name__ == "Layer" for base in value.__mro__)


def guesses(source: str) -> list[Any]:
    """Values to give an argument: the one in the source where it is a literal, then others."""
    values = list(GUESSES)
    if source:
        values.insert(0, ast.literal_eval(source))
    return values


def explored(value: Any) -> Any:
    """An instance of a class in the fullest state that is cheap to reach; raises anything.

    One instance serves all questions of a process: training even one step takes a second.
    """
    return _explored(value)


@functools.cache
def _explored(value: Any) -> Any:
    given = arguments(value)
    if inspect.isclass(value) and issubclass(value, keras_of(value).callbacks.Callback):
        return _used_callback(value(**given))
    instance = value(**given)
    keras = keras_of(value)
    if is_model(value):
        _fit(instance, keras, [])
    elif is_layer(value):
        for shape in ((2, 4), (2, 4, 4), (2, 4, 4, 4), (2, 4, 4, 4, 4)):
            try:
                instance(_ones(shape).astype("float32"))
                break
            except Exception:
                continue
    return instance


def _ones(shape: tuple[int, ...]) -> Any:
    return importlib.import_module("numpy").ones(shape)


def _used_callback(callback: Any) -> Any:
    keras = keras_of(type(callback))
    model = keras.Sequential([keras.layers.Dense(2)])
    _fit(model, keras, [callback])
    return callback


def _fit(model: Any, keras: Any, callbacks: list[Any]) -> None:
    """Train for one step, as far as that goes: attributes appear on the way."""
    try:
        if type(model).__name__ == "Sequential" and not model.layers:
            model.add(keras.layers.Dense(2))
        model.compile("sgd", "mse")
        model.fit(_ones((2, 4)), _ones((2, 2)), verbose=0, callbacks=callbacks)
    except Exception:
        return
