"""Small programs, each with what it runs in and the message that is the cause."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Program(NamedTuple):
    """`runs_in`: `multi` (Keras 3, TensorFlow, JAX, torch), `tf-keras` (Keras 3, TensorFlow,
    tf-keras), `keras-2` (TensorFlow 2.15) or `gpu-build` (a TensorFlow for GPUs, on a machine
    without one). `files`: laid out in the working folder, `keras.json` as Keras's settings.
    `cause`: id of the message, "" where every line is harmless. `install`: put into a copy of the
    environment first, whatever it breaks."""

    name: str
    runs_in: str
    cause: str
    code: str
    environment: Mapping[str, str] = MappingProxyType({})
    files: Mapping[str, str] = MappingProxyType({})
    install: str = ""


MODEL = "import keras\nmodel = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])\n"

PROGRAMS = (
    Program("theano", "multi", "unknown-backend", "import tensorflow", {"KERAS_BACKEND": "theano"}),
    Program(
        "theano-in-keras-json",
        "multi",
        "unknown-backend",
        "import keras",
        files={"keras.json": '{"backend": "theano"}'},
    ),
    Program(
        "no-backend",
        "tf-keras",
        "backend-package-missing",
        "import keras",
        {"KERAS_BACKEND": "jax"},
    ),
    Program(
        "legacy-switch-without-tf-keras",
        "multi",
        "keras-cannot-be-imported",
        "import tensorflow as tf\ntf.keras.layers.Dense(1)",
        {"TF_USE_LEGACY_KERAS": "1"},
    ),
    Program(
        "keras-json-list",
        "multi",
        "keras-json-no-object",
        "import keras",
        files={"keras.json": "[]"},
    ),
    Program(
        "keras-json-floatx",
        "multi",
        "keras-json-floatx",
        "import keras",
        files={"keras.json": '{"floatx": "mixed_float16"}'},
    ),
    Program(
        "keras-json-epsilon",
        "multi",
        "keras-json-epsilon",
        "import keras",
        files={"keras.json": '{"epsilon": "1e-7"}'},
    ),
    Program(
        "keras-json-image-data-format",
        "multi",
        "keras-json-image-data-format",
        "import keras",
        files={"keras.json": '{"image_data_format": "th"}'},
    ),
    Program(
        "numpy-backend-fit",
        "multi",
        "numpy-backend-does-not-train",
        MODEL
        + "import numpy as np\nmodel.compile('sgd', 'mse')\nmodel.fit(np.ones((2, 4)), np.ones(2))",
        {"KERAS_BACKEND": "numpy"},
    ),
    Program(
        "set-backend",
        "multi",
        "set-backend-is-late",
        "import keras\nkeras.config.set_backend('numpy')",
    ),
    Program(
        "tape-on-jax",
        "multi",
        "tensorflow-tape-on-jax-arrays",
        "import tensorflow as tf, numpy as np\n" + MODEL + "with tf.GradientTape() as tape:\n"
        "    y = model(np.ones((2, 4), 'float32'))\n"
        "tape.gradient(y, model.trainable_variables[0].value)",
        {"KERAS_BACKEND": "jax"},
    ),
    Program(
        "tf-keras-layer-in-keras-3",
        "tf-keras",
        "only-keras-layers",
        "import keras, tf_keras\nkeras.Sequential([tf_keras.layers.Dense(1)])",
    ),
    Program(
        "keras-3-layer-in-tf-keras",
        "tf-keras",
        "added-layer-of-another-keras",
        "import keras, tf_keras\ntf_keras.Sequential([keras.layers.Dense(1)])",
    ),
    Program(
        "tf-keras-optimizer",
        "tf-keras",
        "optimizer-of-another-keras",
        MODEL + "import tf_keras\nmodel.compile(tf_keras.optimizers.Adam(), 'mse')",
    ),
    Program(
        "tensorflow-function-on-keras-tensor",
        "tf-keras",
        "keras-tensor-in-tensorflow-function",
        "import keras, tensorflow as tf\ntf.reshape(keras.Input((4,)), (2, 2))",
    ),
    Program("engine", "tf-keras", "module-of-keras-gone", "from keras.engine import Layer"),
    Program("np-utils", "tf-keras", "name-of-keras-gone", "from keras.utils import np_utils"),
    Program(
        "dim-ordering",
        "tf-keras",
        "attribute-of-keras-gone",
        "from keras import backend as K\nK.set_image_dim_ordering('th')",
    ),
    Program("session", "tf-keras", "tensorflow-1-name", "import tensorflow as tf\ntf.Session()"),
    Program(
        "legacy-optimizer",
        "tf-keras",
        "legacy-optimizer",
        "from keras.optimizers.legacy import Adam\nAdam()",
    ),
    Program("lr", "tf-keras", "optimizer-argument", "import keras\nkeras.optimizers.Adam(lr=0.1)"),
    Program(
        "decay", "tf-keras", "decay-is-ignored", "import keras\nkeras.optimizers.Adam(decay=0.1)"
    ),
    Program(
        "init", "tf-keras", "layer-argument", "import keras\nkeras.layers.Dense(1, init='uniform')"
    ),
    Program(
        "predict-classes",
        "tf-keras",
        "method-of-model-gone",
        MODEL + "model.predict_classes([[1]])",
    ),
    Program(
        "period",
        "tf-keras",
        "keyword-argument-gone",
        "import keras\nkeras.callbacks.ModelCheckpoint('a.keras', period=2)",
    ),
    Program(
        "tensorboard",
        "tf-keras",
        "tensorboard-missing",
        "import tensorflow as tf\nwith tf.summary.create_file_writer('logs').as_default():\n"
        "    tf.summary.scalar('a', 1, step=1)",
    ),
    Program(
        "load-folder",
        "tf-keras",
        "file-format-not-supported",
        "import keras\nkeras.models.load_model('here')",
    ),
    Program("save-folder", "tf-keras", "save-suffix", MODEL + "model.save('here')"),
    Program("weights", "tf-keras", "weights-suffix", MODEL + "model.save_weights('w.h5')"),
    Program(
        "checkpoint",
        "tf-keras",
        "checkpoint-suffix",
        "import keras\nkeras.callbacks.ModelCheckpoint('best.hdf5')",
    ),
    Program(
        "saved-by-keras-3",
        "tf-keras",
        "saved-by-keras-3",
        MODEL + "model.save('m.h5')\nimport tf_keras\ntf_keras.models.load_model('m.h5')",
    ),
    Program(
        "custom-class",
        "tf-keras",
        "custom-class-unknown",
        "import keras\nclass Mine(keras.layers.Layer):\n    pass\n"
        "keras.Sequential([keras.Input((4,)), Mine()]).save('m.keras')\ndel Mine\n"
        "keras.models.load_model('m.keras')",
    ),
    Program(
        "no-hdf5-file",
        "tf-keras",
        "no-hdf5-file",
        "import keras\nkeras.models.load_model('m.h5')",
        files={"m.h5": "version https://git-lfs.github.com/spec/v1\n"},
    ),
    Program(
        "own-keras",
        "tf-keras",
        "own-file-hides-package",
        "from keras.models import Model",
        files={"keras.py": ""},
    ),
    Program(
        "own-tensorflow",
        "tf-keras",
        "own-tensorflow-imports-itself",
        "import tensorflow",
        files={"tensorflow.py": "import tensorflow as tf\ntf.keras.layers.Dense(1)\n"},
    ),
    Program(
        "own-random",
        "tf-keras",
        "standard-module-hidden",
        "import keras",
        files={"random.py": "x = 1\n"},
    ),
    Program(
        "own-jax",
        "tf-keras",
        "jax-folder-hides-jax",
        "import keras",
        files={"jax/notes.txt": "mine\n"},
    ),
    Program(
        "out-of-memory",
        "tf-keras",
        "oom-tensor",
        "import tensorflow as tf\ntf.random.uniform([2_000_000, 2_000_000])",
    ),
    Program(
        "sound-gpu-build",
        "gpu-build",
        "",
        "import tensorflow as tf\ntf.config.list_physical_devices()",
    ),
    Program(
        "sound-keras-2",
        "keras-2",
        "",
        "import numpy as np\nfrom tensorflow import keras\n"
        "m = keras.Sequential([keras.layers.Dense(1, input_shape=(4,))])\n"
        "m.compile('sgd', 'mse')\nm.fit(np.ones((2, 4)), np.ones(2), verbose=0)\nm.save('m.h5')",
    ),
    Program(
        "metric-in-h5",
        "tf-keras",
        "metric-not-restored",
        MODEL + "model.compile('sgd', 'mse')\nmodel.save('m.h5')\nkeras.models.load_model('m.h5')",
    ),
    Program(
        "sound-warnings",
        "tf-keras",
        "",
        "import keras\nm = keras.Sequential([keras.layers.Dense(1, input_shape=(4,))])\n"
        "m.compile('sgd', keras.losses.MeanSquaredError())\nm.save('m.h5')\n"
        "keras.models.load_model('m.h5')\nkeras.layers.LeakyReLU(alpha=0.1)\n"
        "import tensorflow as tf\nfor x in tf.data.Dataset.range(2): pass",
    ),
    Program(
        "numpy-2-under-tensorflow-2-15",
        "keras-2",
        "compiled-for-numpy-1",
        "import tensorflow",
        install="numpy==2.2.6",
    ),
    Program(
        "protobuf-6-under-tensorflow-2-15",
        "keras-2",
        "protobuf-get-prototype",
        "import tensorflow",
        install="protobuf==6.31.1",
    ),
    Program(
        "protobuf-5",
        "tf-keras",
        "protobuf-gencode",
        "import tensorflow",
        install="protobuf==5.29.5",
    ),
    Program(
        "protobuf-3",
        "tf-keras",
        "protobuf-runtime-version-missing",
        "import tensorflow",
        install="protobuf==3.20.3",
    ),
    Program(
        "h5py-for-numpy-1", "tf-keras", "numpy-dtype-size", "import keras", install="h5py==3.10.0"
    ),
    Program(
        "ml-dtypes-for-numpy-1",
        "tf-keras",
        "compiled-for-numpy-1",
        "import tensorflow",
        install="ml-dtypes==0.3.2",
    ),
    Program(
        "keras-2-under-tensorflow-2-21",
        "tf-keras",
        "load-context-function-missing",
        "import keras",
        install="keras==2.15.0",
    ),
    Program("old-jaxlib", "multi", "jaxlib-too-old", "import jax", install="jaxlib==0.9.0"),
    Program("name-error", "tf-keras", "", "import keras\nprint(kears)"),
)
