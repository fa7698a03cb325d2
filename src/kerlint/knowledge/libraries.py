"""Whether `keras` and `tf.keras` are one library.

Seen as object identity on real installs: TensorFlow 1.15.5 with Keras 2.3.1 and 2.5.3 with 2.5.0
no; 2.8.4, 2.10.1 and 2.15.1 with the Keras of the same minor, 2.15.1 with 3.15.1, and 2.16.2 to
2.21.0 with 3.15.1 yes. TensorFlow has taken its Keras from the package `keras` since 2.6
(https://github.com/tensorflow/tensorflow/releases/tag/v2.6.0). With TF_USE_LEGACY_KERAS
`tf.keras` is the package tf_keras.
"""

from __future__ import annotations

from kerlint.knowledge.releases import version_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.project.targets import Versions


def same_library(versions: Versions, legacy: bool = False) -> bool | None:
    """Whether `keras.X` and `tf.keras.X` are the same objects; None if it cannot be told."""
    keras, tensorflow = versions.keras, versions.tensorflow
    if keras is not None and version_key(keras) < version_key("2.6"):
        return False
    if tensorflow is not None and version_key(tensorflow) < version_key("2.6"):
        return False
    if keras is None or tensorflow is None:
        return None
    return not (legacy and version_key(tensorflow) >= version_key("2.16"))
