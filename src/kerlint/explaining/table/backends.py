"""The backend of Keras: its choice, its package, its settings file."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

MESSAGES = (
    M(
        id="unknown-backend",
        kind="cause",
        has="Unable to import backend : ",
        pattern=r"Unable to import backend : (?P<backend>\S+)",
        example="ValueError: Unable to import backend : theano",
        says="`{backend}` is no backend of Keras 3. It comes from the variable KERAS_BACKEND or "
        "from `backend` in ~/.keras/keras.json; `import tensorflow` reads them too.",
        cure="Choose one of tensorflow, jax, torch, numpy, openvino (small letters), in the "
        "variable or in the file, or unset it.",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/backend/__init__.py",
        codes=("KER206", "KER501"),
        stops=True,
    ),
    M(
        id="backend-package-missing",
        kind="cause",
        has="No module named '",
        pattern=r"ModuleNotFoundError: No module named '(?P<package>tensorflow|jax|torch|openvino)'",
        example="ModuleNotFoundError: No module named 'tensorflow'",
        says="`{package}` is not installed. Keras 3 brings no backend along; it takes TensorFlow "
        "unless KERAS_BACKEND or keras.json says otherwise.",
        cure="Install {package}, or choose the backend that is installed (KERAS_BACKEND=jax).",
        source="https://github.com/keras-team/keras/issues/18888",
        codes=("KER406", "KER631"),
        stops=True,
    ),
    M(
        id="scipy-missing",
        kind="cause",
        has="No module named 'scipy'",
        example="ModuleNotFoundError: No module named 'scipy'",
        says="SciPy is not installed. Keras does not require it, but its NumPy backend and a few "
        "utilities import it.",
        cure="Install scipy.",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/backend/numpy/nn.py",
        codes=("KER631",),
        stops=True,
    ),
    M(
        id="keras-cannot-be-imported",
        kind="follower",
        has="Keras cannot be imported. Check that it is installed.",
        example="ImportError: Keras cannot be imported. Check that it is installed.",
        says="TensorFlow could not load what it serves as `tf.keras`, and says no more. Keras is "
        "mostly installed: with TF_USE_LEGACY_KERAS=1 it is tf-keras that is missing, else "
        "the backend that Keras is to use.",
        cure="See which it is with `python -c 'import keras'`; with the legacy switch on, install "
        "the tf-keras of the same minor version as TensorFlow, or unset the switch.",
        source="https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/python/util/lazy_loader.py",
        codes=("KER622", "KER631"),
        stops=True,
        follows=("unknown-backend", "backend-package-missing", "scipy-missing"),
    ),
    M(
        id="keras-json-no-object",
        kind="cause",
        has="object has no attribute 'get'",
        near="/backend/config.py",
        example="AttributeError: 'list' object has no attribute 'get'",
        says="keras.json holds valid JSON, but not an object (`{...}`): Keras stops at it.",
        cure="Write an object into ~/.keras/keras.json (or KERAS_HOME), or delete the file.",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/backend/config.py",
        codes=("KER501",),
        stops=True,
    ),
    M(
        id="keras-json-floatx",
        kind="cause",
        has="Invalid `floatx` configuration",
        example="ValueError: Invalid `floatx` configuration. Expected one of {'float16', "
        "'float32', 'float64'}. Received: floatx=mixed_float16",
        says="keras.json holds a `floatx` that Keras does not take; bfloat16 and the mixed "
        "policies are refused there.",
        cure="Set `floatx` to float32 in keras.json, and a mixed policy in the code with "
        "keras.mixed_precision.set_global_policy.",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/backend/config.py",
        codes=("KER501",),
        stops=True,
    ),
    M(
        id="keras-json-epsilon",
        kind="cause",
        has="Invalid `epsilon` configuration",
        example="ValueError: Invalid `epsilon` configuration. Expected a float. Received: "
        "epsilon=1e-7",
        says="keras.json holds an `epsilon` that is no float: a string, or a whole number.",
        cure="Write it as a number with a point or an exponent: `1e-07`, without quotes.",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/backend/config.py",
        codes=("KER501",),
        stops=True,
    ),
    M(
        id="keras-json-image-data-format",
        kind="cause",
        has="Invalid `image_data_format` configuration",
        example="ValueError: Invalid `image_data_format` configuration. Expected one of "
        "{'channels_last', 'channels_first'}. Received: image_data_format=th",
        says="keras.json holds an `image_data_format` of Keras 1 (`th`, `tf`).",
        cure="Write channels_last (once `tf`) or channels_first (once `th`).",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/backend/config.py",
        codes=("KER501",),
        stops=True,
    ),
    M(
        id="numpy-backend-does-not-train",
        kind="cause",
        has="not implemented for NumPy backend",
        example="NotImplementedError: fit not implemented for NumPy backend.",
        says="The NumPy backend only computes outputs: it does not train.",
        cure="Choose tensorflow, jax or torch for training.",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/backend/numpy/trainer.py",
        stops=True,
    ),
    M(
        id="set-backend-is-late",
        kind="cause",
        has="Using `keras.config.set_backend` is dangerous",
        example="UserWarning: Using `keras.config.set_backend` is dangerous and should be done "
        "with care.",
        says="Layers and functions imported before stay on the old backend; classes exist twice "
        "and `isinstance` fails between them.",
        cure="Set KERAS_BACKEND before the first import of keras and of tensorflow.",
        source="https://github.com/keras-team/keras/issues/22619",
        codes=("KER209",),
    ),
    M(
        id="tensorflow-tape-on-jax-arrays",
        kind="cause",
        has="' object has no attribute '_id'",
        pattern=r"'(?:[\w.]*ArrayImpl|Variable|Tensor)' object has no attribute '_id'",
        example="AttributeError: 'jaxlib._jax.ArrayImpl' object has no attribute '_id'",
        says="Keras runs on JAX, and its arrays or variables went into TensorFlow "
        "(tf.GradientTape, tf.function).",
        cure="Run Keras on TensorFlow, or use what JAX has (jax.grad), or write the step with "
        "keras.ops and fit.",
        source="https://keras.io/guides/custom_train_step_in_jax/",
        stops=True,
    ),
)
