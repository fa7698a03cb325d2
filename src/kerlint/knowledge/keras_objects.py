"""What a call of a Keras name makes: a layer, a model, an optimizer, and of which library."""

from __future__ import annotations

from kerlint.knowledge.libraries import TF_KERAS, library_of, root_of
from kerlint.knowledge.releases import version_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.project.targets import Versions

LAYER = "layer"
MODEL = "model"
TENSOR = "tensor"
CELL = "cell"
SCHEDULE = "schedule"
SEQUENCE = "Sequence"

_CLASSES = {
    "callbacks": "callback",
    "constraints": "constraint",
    "initializers": "initializer",
    "losses": "loss",
    "metrics": "metric",
    "optimizers": "optimizer",
    "regularizers": "regularizer",
}
_FUNCTIONS = {
    "activations": "activation function",
    "losses": "loss function",
    "metrics": "metric function",
}
_TOP = {
    "Input": TENSOR,
    "Layer": LAYER,
    "Loss": "loss",
    "Metric": "metric",
    "Model": MODEL,
    "Optimizer": "optimizer",
    "Sequential": MODEL,
}
MADE_BY = frozenset({"clone_model", "load_model", "model_from_config", "model_from_json"})
"""Functions of `keras.models` and `keras.saving` that return a model."""

_NO_MAKERS = frozenset({"deserialize", "get", "serialize"})

STATELESS = frozenset(
    {
        "Activation",
        "Add",
        "Average",
        "AveragePooling1D",
        "AveragePooling2D",
        "AveragePooling3D",
        "Concatenate",
        "Cropping1D",
        "Cropping2D",
        "Cropping3D",
        "ELU",
        "Flatten",
        "GlobalAveragePooling1D",
        "GlobalAveragePooling2D",
        "GlobalAveragePooling3D",
        "GlobalMaxPooling1D",
        "GlobalMaxPooling2D",
        "GlobalMaxPooling3D",
        "LeakyReLU",
        "MaxPooling1D",
        "MaxPooling2D",
        "MaxPooling3D",
        "Multiply",
        "Permute",
        "ReLU",
        "RepeatVector",
        "Rescaling",
        "Reshape",
        "Resizing",
        "Softmax",
        "Subtract",
        "UpSampling1D",
        "UpSampling2D",
        "UpSampling3D",
        "ZeroPadding1D",
        "ZeroPadding2D",
        "ZeroPadding3D",
    }
)
"""Layers that hold nothing and do the same in training: who owns them is all the same."""

HUB_LAYER = "tensorflow_hub.KerasLayer"
"""A layer of tf_keras beside Keras 3: tensorflow_hub/keras_layer.py asks `tf.keras.version`.
https://github.com/tensorflow/hub/blob/v0.16.1/tensorflow_hub/keras_layer.py"""


PROBABILITY_LAYERS = "tensorflow_probability.layers"
"""Its layers were run with 0.25: beside Keras 3 they derive from tf_keras.
https://github.com/tensorflow/probability/releases/tag/v0.24.0"""

MAKERS = (
    "keras",
    "tensorflow.compat.v2.keras",
    "tensorflow.keras",
    "tensorflow.python.keras",
    "tf_keras",
    HUB_LAYER,
    PROBABILITY_LAYERS,
)
"""What a file names, or names below, if it makes objects of Keras."""


def kind_of_result(name: str) -> str | None:
    """What a call of the full name `name` makes; None if it is nothing that matters."""
    if name == HUB_LAYER:
        return LAYER
    if name.startswith(PROBABILITY_LAYERS):
        return LAYER if name.rpartition(".")[2][:1].isupper() else None
    parts = _below_root(name)
    if not parts:
        return None
    leaf = parts[-1]
    if len(parts) == 1:
        return _TOP.get(leaf)
    if leaf in _NO_MAKERS:
        return None
    area = parts[0]
    if area == "layers":
        return _of_layers(leaf)
    if area == "engine":
        return _TOP.get(leaf)
    if area in ("optimizer_v1", "optimizer_v2"):
        if not leaf[:1].isupper():
            return None
        return SCHEDULE if "learning_rate_schedule" in parts else "optimizer"
    if area == "applications":
        return MODEL if leaf[:1].isupper() else None
    if area in ("models", "saving"):
        return MODEL if leaf[:1].isupper() or leaf in MADE_BY else None
    if area == "utils":
        if leaf == "multi_gpu_model":
            return MODEL
        return SEQUENCE if leaf in ("Sequence", "PyDataset") else None
    if area == "optimizers" and "schedules" in parts:
        return SCHEDULE if leaf[:1].isupper() else None
    if leaf[:1].isupper() or area in ("constraints", "initializers", "regularizers"):
        return _CLASSES.get(area)
    return None


def _of_layers(leaf: str) -> str | None:
    if not leaf[:1].isupper():
        return None
    if leaf == "Input":
        return TENSOR
    return CELL if leaf.endswith(("Cell", "Cells")) else LAYER


def kind_of_name(name: str) -> str | None:
    """What the function that is called `name` is for: a loss, a metric, an activation."""
    parts = _below_root(name)
    if len(parts) < 2 or parts[-1][:1].isupper() or parts[-1] in _NO_MAKERS:
        return None
    return _FUNCTIONS.get(parts[0])


def is_layer_function(name: str) -> bool:
    """Whether `name` is a function that takes tensors, such as `keras.layers.concatenate`."""
    parts = _below_root(name)
    return len(parts) == 2 and parts[0] == "layers" and parts[1].islower()


def maker_library(name: str, versions: Versions, legacy: bool) -> str | None:
    """The library of what a call of `name` makes; None where it cannot be told."""
    if name == HUB_LAYER or name.startswith(PROBABILITY_LAYERS):
        tensorflow = versions.tensorflow
        new = tensorflow is not None and version_key(tensorflow) >= version_key("2.16")
        return TF_KERAS if new else None
    return library_of(name, versions, legacy)


def _below_root(name: str) -> list[str]:
    """The components of the name below the root of its Keras."""
    if root_of(name) is None:
        return []
    parts = name.split(".")
    while parts and parts[0] in _ROOT_PARTS:
        del parts[0]
    return parts


_ROOT_PARTS = frozenset(
    {"_tf_keras", "_v1", "_v2", "api", "compat", "keras", "python", "src", "tensorflow", "tf_keras"}
    | {"v2"}
)
