"""Objects of two Keras libraries in one program, and libraries that want Keras 2."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

MESSAGES = (
    M(
        id="only-keras-layers",
        kind="cause",
        has="can be added to a Sequential model. Received",
        pattern=r"Received: <(?P<found>[\w.]+)",
        example="ValueError: Only instances of `keras.Layer` can be added to a Sequential model. "
        "Received: <tensorflow_hub.keras_layer.KerasLayer object at 0x7f8a> (of type <class "
        "'tensorflow_hub.keras_layer.KerasLayer'>)",
        says="`{found}` is a layer of another Keras library than the model: Keras 2 (tf_keras) and "
        "Keras 3 share no classes.",
        cure="Use one of them throughout: tf_keras everywhere with TF_USE_LEGACY_KERAS=1 set "
        "before TensorFlow is imported, or Keras 3 everywhere (keras.layers.TFSMLayer, KerasHub).",
        source="https://github.com/tensorflow/tensorflow/issues/63085",
        codes=("KER101", "KER106"),
        stops=True,
    ),
    M(
        id="added-layer-of-another-keras",
        kind="cause",
        has="The added layer must be an instance of class Layer.",
        example="TypeError: The added layer must be an instance of class Layer. Found: "
        "<tensorflow.python.keras.layers.core.Dense object at 0x7f0>",
        says="A layer of one Keras library was added to a model of another: `keras`, `tf.keras`, "
        "`tf_keras` and `tensorflow.python.keras` are told apart by their classes.",
        cure="Import everything from one of them.",
        source="https://github.com/keras-team/keras/issues/11848",
        codes=("KER101", "KER103"),
        stops=True,
    ),
    M(
        id="optimizer-of-another-keras",
        kind="cause",
        has="Could not interpret optimizer identifier",
        example="ValueError: Could not interpret optimizer identifier: "
        "<keras.src.optimizers.adam.Adam object at 0x7f2b>",
        says="The optimizer is of another Keras library than the model.",
        cure="Import optimizers and models from the same library.",
        source="https://github.com/tensorflow/tensorflow/issues/86041",
        codes=("KER101",),
        stops=True,
    ),
    M(
        id="inputs-of-another-keras",
        kind="cause",
        has="values must be KerasTensors. Received",
        example="ValueError: All `inputs` values must be KerasTensors. Received: "
        "inputs=KerasTensor(type_spec=TensorSpec(shape=(None, 4), dtype=tf.float32)) including "
        "invalid value KerasTensor() of type <class 'tf_keras.src.engine.keras_tensor.KerasTensor'>",
        says="An Input of one Keras library went into a Model of another.",
        cure="Import Input, layers and Model from the same library.",
        source="https://github.com/tensorflow/tensorflow/issues/65419",
        codes=("KER101",),
        stops=True,
    ),
    M(
        id="tuple-has-no-rank",
        kind="cause",
        has="AttributeError: 'tuple' object has no attribute '",
        pattern=r"attribute '(?:rank|layer)'",
        example="AttributeError: 'tuple' object has no attribute 'rank'",
        says="A layer of one Keras library was called on a tensor of another; their shapes have "
        "different types.",
        cure="Import everything from one Keras library.",
        source="https://github.com/tensorflow/tensorflow/issues/65419",
        codes=("KER101",),
        stops=True,
    ),
    M(
        id="node-of-another-keras",
        kind="cause",
        has="AttributeError: '",
        pattern=r"AttributeError: '(?:Node' object has no attribute 'output_masks|KerasTensor' object "
        r"has no attribute 'node|\w+' object has no attribute '_(?:get|compile_time)?_?distribution_strategy)'",
        example="AttributeError: 'KerasTensor' object has no attribute 'node'",
        says="Layers of two Keras libraries meet in one model (`keras` and `tf.keras` of an old "
        "TensorFlow, or `tensorflow.python.keras`, a private frozen copy).",
        cure="Import everything from one of them, never from tensorflow.python.keras.",
        source="https://github.com/tensorflow/tensorflow/issues/50613",
        codes=("KER101", "KER103"),
        stops=True,
    ),
    M(
        id="type-spec-of-keras-tensor",
        kind="cause",
        has="Could not build a TypeSpec for",
        pattern=r"TypeSpec for (?:<KerasTensor|KerasTensor|name:)|with type KerasTensor|keras_tensor",
        example="TypeError: Could not build a TypeSpec for KerasTensor(type_spec=TensorSpec("
        "shape=(None, 4), dtype=tf.float32, name='i'), name='i') of unsupported type <class "
        "'keras.engine.keras_tensor.KerasTensor'>.",
        says="A symbolic tensor of standalone Keras went into TensorFlow's own copy of Keras.",
        cure="Import everything from one Keras library.",
        source="https://github.com/tensorflow/tensorflow/issues/58983",
        codes=("KER101",),
        stops=True,
    ),
    M(
        id="keras-tensor-in-tensorflow-function",
        kind="cause",
        has="A KerasTensor cannot be used as input to a",
        example="ValueError: A KerasTensor cannot be used as input to a TensorFlow function. A "
        "KerasTensor is a symbolic placeholder for a shape and dtype, used when constructing Keras "
        "Functional models or Keras Functions.",
        says="A function of TensorFlow (or JAX) was called on the symbolic input of a Keras 3 "
        "model; Keras 2 turned such calls into layers.",
        cure="Use the function of keras.ops with the same name, or put the call into a layer.",
        source="https://keras.io/guides/migrating_to_keras_3/",
        codes=("KER311",),
        stops=True,
    ),
    M(
        id="symbolic-to-numpy",
        kind="cause",
        has="Cannot convert a symbolic Keras input/output to a numpy array",
        example="TypeError: Cannot convert a symbolic Keras input/output to a numpy array. This "
        "error may indicate that you're trying to pass a symbolic value to a NumPy call",
        says="A symbolic tensor was given to NumPy, or to another Keras library than it is of.",
        cure="Use operations of Keras instead of NumPy's, and one Keras library throughout.",
        source="https://github.com/tensorflow/community/issues/305",
        codes=("KER101",),
        stops=True,
    ),
    M(
        id="transformers-wants-keras-2",
        kind="cause",
        has="Keras 3, but this is not yet supported in Transformers",
        example="ValueError: Your currently installed version of Keras is Keras 3, but this is not "
        "yet supported in Transformers. Please install the backwards-compatible tf-keras package "
        "with `pip install tf-keras`.",
        says="The TensorFlow classes of transformers 4 need Keras 2, which is the package tf-keras.",
        cure="Install the tf-keras of the same minor version as TensorFlow.",
        source="https://github.com/huggingface/transformers/issues/36410",
        codes=("KER106", "KER410"),
        stops=True,
    ),
    M(
        id="requires-tf-keras",
        kind="cause",
        has="requires tf-keras package",
        pattern=r"You have tensorflow (?P<version>[\w.]+)",
        example="ValueError: You have tensorflow 2.20.0 and this requires tf-keras package. Please "
        "run `pip install tf-keras` or downgrade your tensorflow.",
        says="A library needs Keras 2, and TensorFlow {version} no longer brings it along.",
        cure="Install the tf-keras of the same minor version as TensorFlow ({version}).",
        source="https://github.com/serengil/deepface/issues/1323",
        codes=("KER410",),
        stops=True,
    ),
    M(
        id="keras-3-has-no-internal",
        kind="cause",
        has="'keras._tf_keras.keras' has no attribute '__internal__'",
        example="AttributeError: module 'keras._tf_keras.keras' has no attribute '__internal__'",
        says="A library made for Keras 2 (TensorFlow Probability before 0.24) met Keras 3.",
        cure="Raise the library, or install tf-keras and set TF_USE_LEGACY_KERAS=1 before "
        "TensorFlow is imported.",
        source="https://github.com/tensorflow/probability/issues/1774",
        codes=("KER106",),
        stops=True,
    ),
    M(
        id="load-context-function-missing",
        kind="cause",
        has="__internal__' has no attribute 'register_",
        example="AttributeError: module 'tensorflow._api.v2.compat.v2.__internal__' has no attribute "
        "'register_load_context_function'",
        says="A Keras 2 (keras or tf-keras below 2.16) runs beside a TensorFlow that is newer than "
        "it.",
        cure="Install the keras that this TensorFlow requires; tf-keras in its own minor version.",
        source="https://github.com/tensorflow/tensorflow/issues/62825",
        codes=("KER611", "KER623"),
        stops=True,
    ),
    M(
        id="tf-keras-has-no-version",
        kind="cause",
        has="has no attribute '__version__'",
        pattern=r"'(?:tf_keras\.api\._v2\.keras|keras(?:\.api\._v2\.keras)?)' has no attribute|name '__version__' from",
        example="AttributeError: module 'tf_keras.api._v2.keras' has no attribute '__version__'",
        says="Something asks `tf.keras` for its version. With tf-keras behind it there is none; "
        "where it is the module `keras` itself, a folder of that name hides the package.",
        cure="Ask tf_keras.__version__ or importlib.metadata.version('keras').",
        source="https://github.com/tensorflow/tensorflow/issues/61900",
        codes=("KER104", "KER302"),
        stops=True,
    ),
    M(
        id="version-of-tensorflow-keras",
        kind="cause",
        has="cannot import name '__version__' from 'tensorflow",
        example="ImportError: cannot import name '__version__' from 'tensorflow.keras' "
        "(/env/lib/python3.11/site-packages/keras/_tf_keras/keras/__init__.py)",
        says="A library (keras-rl2 and its kin) imports the version of Keras from a place where it "
        "no longer is.",
        cure="Leave the library, or use the TensorFlow it was made for.",
        source="https://github.com/tensorflow/tensorflow/issues/62318",
        codes=("KER302",),
        stops=True,
    ),
    M(
        id="never-called",
        kind="cause",
        has=" has never been called and thus has no defined ",
        pattern=r"layer (?P<layer>\S+) has never been called and thus has no defined (?P<what>\w+)",
        example="AttributeError: The layer sequential has never been called and thus has no defined "
        "input.",
        says="In Keras 3 a Sequential model has no `{what}` before it is called, also after it was "
        "loaded from a file.",
        cure="Call it once (model(keras.Input(shape))), or give its first layer a keras.Input; for "
        "Grad-CAM and the like use model.inputs.",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/ops/operation.py",
        stops=True,
    ),
    M(
        id="devices-in-use",
        kind="cause",
        has=" cannot be modified after ",
        pattern=r"(?:Physical devices|Virtual devices|(?:Intra|Inter) op parallelism|Soft placement) cannot be modified "
        r"after (?:being )?initializ",
        example="RuntimeError: Physical devices cannot be modified after being initialized",
        says="TensorFlow had started its devices before it was told which to use: by any operation, "
        "by building a model, by importing Keras with it.",
        cure="Put tf.config.set_visible_devices, set_memory_growth and the like right after the import "
        "of tensorflow; in a notebook restart the kernel first.",
        source="https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/python/eager/context.py",
        codes=("KER204",),
        stops=True,
    ),
    M(
        id="keras-newer-than-tensorflow-1",
        kind="cause",
        has="compat.v2' has no attribute '__internal__'",
        pattern=r"module '(?:tensorflow_core|tensorflow\._api\.v1)\.compat\.v2' has no",
        example="AttributeError: module 'tensorflow_core.compat.v2' has no attribute '__internal__'",
        says="A Keras of TensorFlow 2 (2.5 or newer) runs beside TensorFlow 1.",
        cure="Install keras==2.3.1 for TensorFlow 1.15, or use tf.keras without the package keras.",
        source="https://github.com/googlecolab/colabtools/issues/2044",
        codes=("KER611", "KER403"),
        stops=True,
    ),
    M(
        id="keras-newer-than-its-tensorflow",
        kind="cause",
        has="compat.v2",
        pattern=r"module 'tensorflow(?:\._api\.v2)?\.compat\.v2(?:' has no attribute '__internal__'|\.__internal__"
        r"(?:\.\w+)*' has no attribute '(?!register_))",
        example="AttributeError: module 'tensorflow.compat.v2.__internal__' has no attribute 'dispatch'",
        says="A Keras of TensorFlow 2.5 or newer runs beside an older TensorFlow.",
        cure="Install the keras of this TensorFlow (keras and TensorFlow 2.6 to 2.15 have the same "
        "numbers), or use tf.keras without the package keras.",
        source="https://github.com/tensorflow/tensorflow/issues/48799",
        codes=("KER611",),
        stops=True,
    ),
    M(
        id="keras-2-2-beside-tensorflow-2",
        kind="cause",
        has="multi-backend Keras that does not support TensorFlow 2.0",
        example="RuntimeError: It looks like you are trying to use a version of multi-backend Keras that "
        "does not support TensorFlow 2.0. We recommend using `tf.keras`, or alternatively, downgrading to "
        "TensorFlow 1.14.",
        says="Keras 2.2 and older cannot run on TensorFlow 2.",
        cure="Use tf.keras, or keras==2.3.1 with TensorFlow up to 2.2.",
        source="https://github.com/keras-team/keras/blob/2.2.5/keras/backend/tensorflow_backend.py",
        codes=("KER611", "KER403"),
        stops=True,
    ),
)
