"""When each environment variable is read: while which module is imported, in which versions.

A variable that is read during an import must be set before it. `import tensorflow` counts for
Keras too, since TensorFlow imports it: with TensorFlow 2.21 and Keras 3.15.1 a `KERAS_BACKEND`
that is set between `import tensorflow` and `import keras` changes nothing, and `reload(keras)`
does not help. Every row was seen by running it, or has been read where it links to.
"""

from __future__ import annotations

from kerlint.knowledge.backends import LEGACY_VALUES as LEGACY_VALUES
from kerlint.knowledge.releases import version_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.project.targets import Versions

    Range = tuple[str, str]

_KERAS_3 = "https://github.com/keras-team/keras/blob/v3.15.1/keras/src/backend/config.py"
_KERAS_2 = "https://github.com/keras-team/keras/blob/v2.15.0/keras/backend.py"
_KERAS_1 = "https://github.com/keras-team/keras/blob/2.3.1/keras/backend/load_backend.py"
_KERAS_TORCH = "https://github.com/keras-team/keras/blob/v3.15.1/keras/src/backend/torch/core.py"
_KERAS_CORE = "https://github.com/keras-team/keras-core"
_TENSORFLOW = (
    "https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/api_template.__init__.py"
)
_LAZY = (
    "https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/python/util/lazy_loader.py"
)
_TF_KERAS = "https://github.com/keras-team/tf-keras/blob/v2.21.0/tf_keras/__init__.py"
_JAX = "https://github.com/jax-ml/jax/blob/main/jax/_src/config.py"
_MODELS = (
    "https://github.com/qubvel/segmentation_models/blob/v1.0.1/segmentation_models/__init__.py"
)
_BERT = "https://github.com/bojone/bert4keras/blob/v0.11.5/bert4keras/backend.py"
_WITH_LITE = "https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/lite/python/util.py"
_ORBAX = "https://github.com/keras-team/keras/blob/v3.15.1/keras/src/callbacks/orbax_checkpoint.py"
_TRANSFORMERS = "https://github.com/huggingface/transformers/blob/v4.57.1/src/transformers/utils/import_utils.py"

LEGACY_SWITCH = "TF_USE_LEGACY_KERAS"


class Reading:
    """`variable` is read when `module` is imported.

    `reader`      who reads it: `module` itself, or a library that `module` imports
    `keras`, `tensorflow`   the versions for which this holds: from the first (inclusive) to the
                  second (exclusive); an empty string leaves that end open
    `not_legacy`  it holds only while the legacy switch is off
    `backends`    it holds only while Keras runs on one of these (none: on any)
    `beside`      it also holds (if there are no `backends`: it only holds) where this package is
                  installed, which the file shows that imports it
    """

    __slots__ = (
        "backends",
        "beside",
        "keras",
        "module",
        "not_legacy",
        "reader",
        "source",
        "tensorflow",
        "variable",
    )

    def __init__(
        self,
        variable: str,
        module: str,
        reader: str,
        *,
        keras: Range = ("", ""),
        tensorflow: Range = ("", ""),
        not_legacy: bool = False,
        backends: tuple[str, ...] = (),
        beside: str = "",
        source: str,
    ) -> None:
        self.variable = variable
        self.module = module
        self.reader = reader
        self.keras = keras
        self.tensorflow = tensorflow
        self.not_legacy = not_legacy
        self.backends = backends
        self.beside = beside
        self.source = source

    def __repr__(self) -> str:
        return f"<Reading {self.variable} at import of {self.module} by {self.reader}>"


def _by_keras_3(variable: str, first: str = "3") -> tuple[Reading, ...]:
    """Keras reads it, and whoever imports Keras makes it read."""
    return (
        Reading(variable, "keras", "keras", keras=(first, ""), source=_KERAS_3),
        Reading(
            variable,
            "tensorflow",
            "keras",
            keras=(first, ""),
            tensorflow=("2.8", ""),
            not_legacy=True,
            source=_TENSORFLOW,
        ),
        Reading(
            variable,
            "tf_keras",
            "keras",
            keras=(first, ""),
            tensorflow=("2.16", ""),
            not_legacy=True,
            source=_TF_KERAS,
        ),
    )


def _by_tensorflow(variable: str) -> tuple[Reading, ...]:
    """TensorFlow reads it; Keras imports TensorFlow unless it runs on something else."""
    return (
        Reading(variable, "tensorflow", "tensorflow", source=_TENSORFLOW),
        Reading(variable, "tf_keras", "tensorflow", source=_TF_KERAS),
        Reading(
            variable,
            "keras",
            "tensorflow",
            keras=("2.4", ""),
            backends=("tensorflow",),
            source=_KERAS_3,
        ),
    )


def _by_jax(variable: str) -> tuple[Reading, ...]:
    """JAX reads it. Where it is installed, TensorFlow imports it for its Lite, on every import.

    That was seen with TensorFlow 2.12.1 and 2.21.0. Keras 3.15 does the same on every backend.
    """
    return (
        Reading(variable, "jax", "jax", source=_JAX),
        *(
            Reading(variable, name, "jax", tensorflow=("2.8", ""), beside="jax", source=_WITH_LITE)
            for name in ("tensorflow", "tf_keras")
        ),
        Reading(variable, "keras", "jax", keras=("3", "3.15"), backends=("jax",), source=_JAX),
        Reading(
            variable,
            "keras",
            "jax",
            keras=("3.15", ""),
            backends=("jax",),
            beside="jax",
            source=_ORBAX,
        ),
    )


# Keras 2.4 to 2.15 knows one backend only and does not read KERAS_BACKEND. TensorFlow 2.15 reads
# the legacy switch too, but its Keras is Keras 2 with and without it.
READINGS: tuple[Reading, ...] = (
    *_by_keras_3("KERAS_BACKEND"),
    Reading("KERAS_BACKEND", "keras", "keras", keras=("1", "2.4"), source=_KERAS_1),
    Reading("KERAS_BACKEND", "keras_core", "keras_core", source=_KERAS_CORE),
    Reading(LEGACY_SWITCH, "tensorflow", "tensorflow", tensorflow=("2.16", ""), source=_LAZY),
    Reading(LEGACY_SWITCH, "tf_keras", "tensorflow", tensorflow=("2.16", ""), source=_TF_KERAS),
    *_by_keras_3("KERAS_HOME"),
    Reading("KERAS_HOME", "keras", "keras", keras=("2.6", "3"), source=_KERAS_2),
    Reading("KERAS_HOME", "keras", "keras", keras=("2.2", "2.4"), source=_KERAS_1),
    Reading(
        "KERAS_HOME",
        "tensorflow",
        "keras",
        keras=("2.8", "3"),
        tensorflow=("2.8", "2.16"),
        source=_TENSORFLOW,
    ),
    *_by_keras_3("KERAS_MAX_EPOCHS", "3.10"),
    *_by_keras_3("KERAS_MAX_STEPS_PER_EPOCH", "3.10"),
    *_by_keras_3("KERAS_NNX_ENABLED", "3.11"),
    Reading(
        "KERAS_TORCH_DEVICE",
        "keras",
        "keras",
        keras=("3.14", ""),
        backends=("torch",),
        source=_KERAS_TORCH,
    ),
    *_by_tensorflow("TF_CPP_MIN_LOG_LEVEL"),
    *_by_tensorflow("TF_ENABLE_ONEDNN_OPTS"),
    *_by_jax("JAX_PLATFORMS"),
    *_by_jax("JAX_ENABLE_X64"),
    Reading("SM_FRAMEWORK", "segmentation_models", "segmentation_models", source=_MODELS),
    Reading("TF_KERAS", "bert4keras.backend", "bert4keras.backend", source=_BERT),
    Reading("TF_KERAS", "bert4keras.layers", "bert4keras.backend", source=_BERT),
    Reading("TF_KERAS", "bert4keras.models", "bert4keras.backend", source=_BERT),
    Reading("USE_TF", "transformers", "transformers", source=_TRANSFORMERS),
    Reading("USE_TORCH", "transformers", "transformers", source=_TRANSFORMERS),
)


def readings(variable: str, versions: Versions) -> dict[str, Reading]:
    """Who reads `variable` at these versions, by the module whose import makes it read.

    A version that is not known counts as a current one, except that Keras and TensorFlow must
    not both be unknown.
    """
    if versions.keras is None and versions.tensorflow is None:
        return {}
    return {
        reading.module: reading
        for reading in READINGS
        if reading.variable == variable
        and _within(versions.keras, reading.keras)
        and _within(versions.tensorflow, reading.tensorflow)
    }


def reload_is_vain(modules: tuple[str, ...], versions: Versions) -> bool:
    """Whether `importlib.reload` of these modules makes nobody read a variable again.

    Keras 3 keeps its backend through `reload(keras)` and `reload(keras.backend)`: seen with
    3.15.1. Before 2.4, `reload(keras.backend)` did choose it anew.
    """
    return (
        bool(modules)
        and all(module.partition(".")[0] == "keras" for module in modules)
        and versions.keras is not None
        and version_key(versions.keras) >= version_key("3")
    )


def _within(version: str | None, span: Range) -> bool:
    first, end = span
    if version is None:
        return not end
    key = version_key(version)
    return (not first or key >= version_key(first)) and (not end or key < version_key(end))
