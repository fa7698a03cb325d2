"""Which Keras a root is: `keras`, `tf.keras`, `tf_keras` and the private copies, by version.

Every row was seen as object identity of `layers.Dense` on real installs: TensorFlow 1.15.5 with
Keras 2.2.5, 2.2.3 with 2.3.1, 2.5.3 with 2.4.3 and 2.5.0, 2.8.4, 2.12.1 and 2.15.1 with the Keras
of the same minor, 2.15.1 with 3.6.0, 2.16.2 with 3.6.0, 2.17.1 with 3.3.3 and 2.21.0 with 3.15.1;
2.15.1 and 2.21.0 with TF_USE_LEGACY_KERAS as well. TensorFlow has taken its Keras from the package
`keras` since 2.6 (https://github.com/tensorflow/tensorflow/releases/tag/v2.6.0); Keras 2.4 was only
another name for TensorFlow's (https://github.com/keras-team/keras/releases/tag/2.4.0).
"""

from __future__ import annotations

from kerlint.knowledge.releases import version_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.project.targets import Versions

KERAS_3 = "Keras 3"
KERAS_2 = "Keras 2"
TF_KERAS = "tf_keras"
OWN = "TensorFlow's own Keras"
STANDALONE = "standalone Keras"
PRIVATE = "TensorFlow's private copy of Keras"

_PUBLIC = {
    "keras._tf_keras.keras": "keras",
    "keras.api": "keras",
    "keras.src": "keras",
    "tensorflow.compat.v2.keras": "tensorflow.keras",
    "tf_keras.api": "tf_keras",
    "tf_keras.src": "tf_keras",
}
"""Other places of the same objects."""


def library_of(name: str, versions: Versions, legacy: bool = False) -> str | None:
    """The library that the full name `name` comes from at these versions.

    One of the constants above; None: not a name of Keras, or it cannot be told. Two names whose
    libraries are the same are the same objects.
    """
    root = root_of(name)
    if root == "tf_keras":
        return TF_KERAS
    if root == "keras":
        return _keras(versions)
    if root is None or versions.tensorflow is None:
        return None
    tensorflow = version_key(versions.tensorflow)
    if tensorflow < version_key("2.6"):
        return OWN
    if root == "tensorflow.python.keras":
        return PRIVATE
    if tensorflow < version_key("2.15"):
        return None if _keras(versions) == KERAS_3 else KERAS_2  # these do not go together
    if legacy:
        return TF_KERAS
    if tensorflow >= version_key("2.16"):
        return KERAS_3
    return _keras(versions)  # 2.15 takes the Keras that is there


def _keras(versions: Versions) -> str | None:
    if versions.keras is None:
        return None
    keras = version_key(versions.keras)
    if keras >= version_key("3"):
        return KERAS_3
    if keras >= version_key("2.6"):
        return KERAS_2
    if version_key("2.4") <= keras < version_key("2.5"):
        tensorflow = versions.tensorflow
        return OWN if tensorflow and version_key(tensorflow) < version_key("2.6") else None
    return STANDALONE


def root_of(name: str) -> str | None:
    """`keras`, `tensorflow.keras`, `tensorflow.python.keras` or `tf_keras`; None for others."""
    dotted = f"{name}."
    for inner, public in _PUBLIC.items():
        if dotted.startswith(f"{inner}."):
            return public
    for root in ("keras", "tf_keras", "tensorflow.keras", "tensorflow.python.keras"):
        if dotted.startswith(f"{root}."):
            return root
    return None


def same_library(versions: Versions, legacy: bool = False) -> bool | None:
    """Whether `keras.X` and `tf.keras.X` are the same objects; None if it cannot be told."""
    ours = library_of("keras", versions, legacy)
    theirs = library_of("tensorflow.keras", versions, legacy)
    if ours == STANDALONE or theirs == OWN:
        return ours == theirs
    return None if ours is None or theirs is None else ours == theirs
