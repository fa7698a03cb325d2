"""Libraries of which no release works with Keras 3.

Every row was run with its newest release beside Keras 3.15.1 and TensorFlow 2.21.0, and again with
TF_USE_LEGACY_KERAS=1 and tf-keras 2.21.0: `python -m tools.importers.keras2` does it and writes
`fixtures/keras2-only.executed.tsv`, which a test compares (MediaPipe Model Maker needs Python 3.11
for that, where tensorflow-addons can still be installed). Older releases know nothing of Keras 3 either. Libraries
that turned out to work are not here: keras-retinanet 0.5.1, segmentation-models 1.0.1, tf-agents
0.19.0, tensorflow-model-optimization 0.8.0, tf-slim 1.1.0, efficientnet 1.1.1, image-classifiers
1.0.0, deepctr 0.9.4, tensorflow-lattice 2.1.1, vit-keras 0.2.0 (once tensorflow-addons is there, of
which KER105 speaks), TensorFlow Probability 0.25 (its layers are of tf_keras: KER101 speaks of
them). Nor is spektral 1.3.1, which imports, though its GCNConv fails when it is called. Packages
that ended are in `packages`. What works as soon as tf-keras is installed, whatever the switch says,
is in `companions`, for that depends on what the project installs: the TensorFlow classes of
transformers 4, TensorFlow Probability from 0.24 on. keras-rl2 1.0.5 fails on both, but its module is
called `rl`, and so are many people's own. deepface 0.0.103 needs no more than onnxruntime.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple

    class Keras2Only(NamedTuple):
        """One library.

        `module`   the full name that code imports
        `title`    how people call it
        `release`  its newest release, which was tried
        `says`     what its import then says
        `switch`   whether the import works with the legacy switch and tf-keras
        `instead`  what to do, an imperative without a full stop
        `source`   where it can be seen
        """

        module: str
        title: str
        release: str
        says: str
        switch: bool
        instead: str
        source: str

else:
    from collections import namedtuple

    Keras2Only = namedtuple("Keras2Only", "module title release says switch instead source")

_SWITCH = "install tf-keras and set `TF_USE_LEGACY_KERAS=1` before TensorFlow is imported"
_ESTIMATOR = "ImportError: cannot import name 'estimator' from 'tensorflow'"
_OLD = "keep TensorFlow below 2.16 for it, or use another library"

KERAS_2_ONLY = (
    Keras2Only(
        "bert4keras",
        "bert4keras",
        "0.11.5",
        "AttributeError: module 'keras' has no attribute 'engine'",
        True,
        f"{_SWITCH}, and `TF_KERAS=1`, which makes bert4keras use `tf.keras`",
        "https://github.com/bojone/bert4keras/blob/master/bert4keras/backend.py",
    ),
    Keras2Only(
        "keras_vggface",
        "keras-vggface",
        "0.6",
        "ImportError: cannot import name 'layer_utils' from 'keras.utils'",
        False,
        "use another library, or keep Keras 2.3, the last that it was seen to work with",
        "https://github.com/rcmalli/keras-vggface/blob/master/keras_vggface/models.py",
    ),
    Keras2Only(
        "ktrain",
        "ktrain",
        "0.41.4",
        "ImportError: `keras.optimizers.legacy` is not supported in Keras 3",
        True,
        _SWITCH,
        "https://github.com/amaiya/ktrain/issues/525",
    ),
    Keras2Only(
        "larq",
        "Larq",
        "0.14.0",
        "AttributeError: module 'keras._tf_keras.keras.layers' has no attribute "
        "'LocallyConnected1D'",
        True,
        _SWITCH,
        "https://github.com/larq/larq/blob/v0.13.3/larq/layers.py",
    ),
    Keras2Only(
        "mediapipe_model_maker",
        "MediaPipe Model Maker",
        "0.2.1.4",
        "ModuleNotFoundError: No module named 'keras.src.engine'",
        False,
        "keep TensorFlow below 2.16 for it, as its metadata asks",
        "https://github.com/google-ai-edge/mediapipe/blob/master/mediapipe/model_maker/requirements.txt",
    ),
    Keras2Only(
        "neural_structured_learning",
        "Neural Structured Learning",
        "1.4.0",
        _ESTIMATOR,
        False,
        _OLD,
        "https://github.com/tensorflow/neural-structured-learning/blob/v1.4.0/"
        "neural_structured_learning/estimator/adversarial_regularization.py",
    ),
    Keras2Only(
        "tensorflow_gnn",
        "TensorFlow GNN",
        "1.0.3",
        "ImportError: Package tensorflow_gnn requires tf.keras to be Keras version 2",
        True,
        _SWITCH,
        "https://github.com/tensorflow/gnn/blob/main/tensorflow_gnn/docs/guide/keras_version.md",
    ),
    Keras2Only(
        "tensorflow_privacy",
        "TensorFlow Privacy",
        "0.9.0",
        "ImportError: cannot import name 'estimator_training' from 'tensorflow.python.distribute'",
        False,
        _OLD,
        "https://github.com/tensorflow/privacy/blob/master/tensorflow_privacy/privacy/estimators/dnn.py",
    ),
    Keras2Only(
        "tensorflow_ranking",
        "TensorFlow Ranking",
        "0.5.5",
        _ESTIMATOR,
        False,
        _OLD,
        "https://github.com/tensorflow/ranking/blob/v0.5.5/tensorflow_ranking/python/data.py",
    ),
    Keras2Only(
        "tensorflow_recommenders",
        "TensorFlow Recommenders",
        "0.7.7",
        "ImportError: Package tensorflow_recommenders requires tf.keras to be Keras version 2",
        True,
        _SWITCH,
        "https://github.com/tensorflow/recommenders/blob/main/tensorflow_recommenders/__init__.py",
    ),
)


def keras2_only(name: str) -> Keras2Only | None:
    """The row of the library that the imported `name` belongs to, or None."""
    top = name.partition(".")[0]
    return next((row for row in KERAS_2_ONLY if row.module == top), None)
