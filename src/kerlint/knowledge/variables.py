"""When each environment variable is read: while which module is imported, in which versions.

A variable that is read during an import must be set before it. `import tensorflow` counts for
Keras too, since TensorFlow imports it: with TensorFlow 2.21 and Keras 3.15.1 a `KERAS_BACKEND`
that is set between `import tensorflow` and `import keras` changes nothing, and `reload(keras)`
does not help. Every row was seen by running it; the links lead to the code that reads.
"""

from __future__ import annotations

from kerlint.knowledge.releases import version_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.project.targets import Versions

    Range = tuple[str, str]

_KERAS_3 = "https://github.com/keras-team/keras/blob/v3.15.1/keras/src/backend/config.py"
_KERAS_1 = "https://github.com/keras-team/keras/blob/2.3.1/keras/backend/load_backend.py"
_KERAS_CORE = "https://github.com/keras-team/keras-core"
_TENSORFLOW = (
    "https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/api_template.__init__.py"
)
_LAZY = (
    "https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/python/util/lazy_loader.py"
)
_TF_KERAS = "https://github.com/keras-team/tf-keras/blob/v2.21.0/tf_keras/__init__.py"

LEGACY_SWITCH = "TF_USE_LEGACY_KERAS"
LEGACY_VALUES = frozenset({"1", "true", "True"})
"""The values of the switch that count; every other one is as good as none."""


class Reading:
    """`variable` is read when `module` is imported.

    `reader`      who reads it: `module` itself, or a library that `module` imports
    `keras`, `tensorflow`   the versions for which this holds: from the first (inclusive) to the
                  second (exclusive); an empty string leaves that end open
    `not_legacy`  it holds only while the legacy switch is off
    """

    __slots__ = ("keras", "module", "not_legacy", "reader", "source", "tensorflow", "variable")

    def __init__(
        self,
        variable: str,
        module: str,
        reader: str,
        *,
        keras: Range = ("", ""),
        tensorflow: Range = ("", ""),
        not_legacy: bool = False,
        source: str,
    ) -> None:
        self.variable = variable
        self.module = module
        self.reader = reader
        self.keras = keras
        self.tensorflow = tensorflow
        self.not_legacy = not_legacy
        self.source = source

    def __repr__(self) -> str:
        return f"<Reading {self.variable} at import of {self.module} by {self.reader}>"


# Keras 2.4 to 2.15 knows one backend only and does not read KERAS_BACKEND. TensorFlow 2.15 reads
# the legacy switch too, but its Keras is Keras 2 with and without it.
READINGS = (
    Reading("KERAS_BACKEND", "keras", "keras", keras=("3", ""), source=_KERAS_3),
    Reading("KERAS_BACKEND", "keras", "keras", keras=("1", "2.4"), source=_KERAS_1),
    Reading("KERAS_BACKEND", "keras_core", "keras_core", source=_KERAS_CORE),
    Reading(
        "KERAS_BACKEND",
        "tensorflow",
        "keras",
        keras=("3", ""),
        tensorflow=("2.8", ""),
        not_legacy=True,
        source=_TENSORFLOW,
    ),
    Reading(
        "KERAS_BACKEND",
        "tf_keras",
        "keras",
        keras=("3", ""),
        tensorflow=("2.16", ""),
        not_legacy=True,
        source=_TF_KERAS,
    ),
    Reading(LEGACY_SWITCH, "tensorflow", "tensorflow", tensorflow=("2.16", ""), source=_LAZY),
    Reading(LEGACY_SWITCH, "tf_keras", "tensorflow", tensorflow=("2.16", ""), source=_TF_KERAS),
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
