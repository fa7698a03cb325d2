"""TensorFlow 1.13 and later: generated lists of imports, and what is added to them at import."""

from __future__ import annotations

from packaging.version import Version

from ..layout import Layout
from .pairs import keras_beside, minor

INTERNAL = (
    "_api", "compiler", "core", "distribute.experimental.rpc.kernels",
    "distribute.experimental.rpc.proto", "dtensor", "examples", "include", "lite.examples",
    "lite.experimental.acceleration", "lite.experimental.microfrontend", "lite.python",
    "lite.toco", "lite.tools", "mlir", "opensource_only", "python", "security", "tools", "tsl",
)  # fmt: skip
"""Folders of the wheel that are no public API: only the existence of their modules is kept."""

DELETED = ("tensorflow.python", "tensorflow.core", "tensorflow.compiler")
"""What `import tensorflow` loads and deletes from its own namespace again (seen from 2.8 on)."""


def layout(version: Version) -> Layout:
    """How a TensorFlow release is read."""
    first = version < Version("2")
    api = "tensorflow/_api/v1" if first else "tensorflow/_api/v2"
    keras = keras_beside(version)
    companions: list[tuple[str, str]] = []
    if keras:
        companions.append(("keras", keras))
    if version < Version("2.16"):
        companions.append(("tensorflow-estimator", minor(version)))
    if version >= Version("1.14"):
        companions.append(("tensorboard", minor(version)))
    source = "keras/api" if keras else "tensorflow/python/keras/api"
    shown = "v1" if first else "v2"
    folders = {
        "tensorflow": (_beside(source, shown), (api,)),
        "tensorflow.compat.v1": (_beside(source, "v1"), ()),
        "tensorflow.compat.v2": (_beside(source, "v2"), ()),
    }
    return Layout(
        distribution="tensorflow",
        version=str(version),
        top="tensorflow",
        companions=tuple(companions),
        folders=folders,
        lazy=frozenset({"tensorflow", "tensorboard", "tensorflow_estimator", "keras"}),
        opaque=frozenset({"tensorflow.contrib"} if first else ()),
        renamed={"tensorflow_core": "tensorflow"},
        backend="tensorflow",
        legacy_loader="keras.api._v2.keras" if keras else "",
        overlays={
            "tensorboard.summary._tf.summary": (
                "tensorflow._api.v1.compat.v2.summary" if first else "tensorflow._api.v2.summary"
            )
        },
        hidden=frozenset(DELETED if version >= Version("2.8") else ()),
        roots=("tensorflow", "tensorflow.python.keras"),
        modules_only=tuple(f"tensorflow.{part}" for part in INTERNAL),
        views=(
            "keras.api._v1",
            "keras.api._v2",
            "tensorflow.python.keras.api._v1",
            "tensorflow.python.keras.api._v2",
            "tensorflow.keras.__internal__",
            "tensorflow_estimator.python.estimator.api",
            "tensorboard.summary._tf",
            "tensorflow._api",
        ),
    )


def _beside(keras: str, which: str) -> tuple[str, ...]:
    """Folders that the package puts in front of its path for what lives elsewhere."""
    estimator = "tensorflow_estimator/python/estimator/api"
    boards = ("tensorboard/summary/_tf",) if which == "v2" else ()
    return (f"{keras}/_{which}", f"{estimator}/_{which}", *boards)
