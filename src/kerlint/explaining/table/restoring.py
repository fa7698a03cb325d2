"""Models that were saved by another Keras or another TensorFlow than the one that loads them."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

_ENGINE = r"keras\.(?:src\.)?engine\."
_MODELS = r"keras\.src\.models\.(?:functional|sequential|model)\b"

MESSAGES = (
    M(
        id="class-of-keras-2-file",
        kind="cause",
        has="because its parent module",
        pattern=rf"parent module (?P<module>{_ENGINE}\S+) cannot be imported",
        example="TypeError: Could not deserialize class 'Functional' because its parent module "
        "keras.src.engine.functional cannot be imported. Full object config: {'module': "
        "'keras.src.engine.functional'}",
        says="The file was saved by Keras 2 (`{module}` is its inside) and is being loaded by Keras 3.",
        cure="Load it with tf_keras (python -m pip install tf-keras; tf_keras.models.load_model), or "
        "build the model in code and load the weights alone.",
        source="https://github.com/keras-team/keras/issues/19089",
        codes=("KER309",),
        stops=True,
    ),
    M(
        id="class-of-keras-3-file",
        kind="cause",
        has="because its parent module",
        pattern=rf"parent module (?P<module>{_MODELS}) cannot be imported",
        example="TypeError: Could not deserialize class 'Functional' because its parent module "
        "keras.src.models.functional cannot be imported. Full object config: {'module': "
        "'keras.src.models.functional'}",
        says="The file was saved by Keras 3 (`{module}` is its inside) and is being loaded by Keras 2.",
        cure="Load it with Keras 3 (TensorFlow 2.16 or newer), or save it again with Keras 2.",
        source="https://github.com/zsylvester/segmenteverygrain/issues/21",
        codes=("KER309",),
        stops=True,
    ),
    M(
        id="class-in-missing-module",
        kind="cause",
        has="because its parent module",
        pattern=rf"deserialize \w+ '(?P<name>\w+)' because its parent module "
        rf"(?P<module>(?!{_ENGINE}|{_MODELS})\S+) cannot be imported",
        example="TypeError: Could not deserialize class 'Attention' because its parent module "
        "leaves.layers cannot be imported. Full object config: {'module': 'leaves.layers'}",
        says="The file names `{name}` of the module `{module}`, which cannot be imported here: code of "
        "your own that has moved, or a package that is not installed or of another version.",
        cure="Make the module importable under that name, or give the class to load_model with "
        "custom_objects.",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/saving/serialization_lib.py",
        stops=True,
    ),
    M(
        id="argument-of-newer-keras",
        kind="cause",
        has="ragged'",
        pattern=r"Unrecognized keyword arguments:', dict_keys\(\['ragged|__init__\(\) got an unexpected "
        r"keyword argument 'ragged'",
        example="ValueError: ('Unrecognized keyword arguments:', dict_keys(['ragged']))",
        says="The file was saved by a newer Keras than the one that loads it, which does not know the "
        "argument `ragged` of an input.",
        cure="Load it with the Keras that saved it, or with a newer one.",
        source="https://github.com/googlecreativelab/teachablemachine-community/issues/84",
        stops=True,
    ),
    M(
        id="graph-of-newer-tensorflow",
        kind="cause",
        has="NodeDef mentions attr '",
        pattern=r"mentions attr '(?P<name>\w+)' not in Op<name=(?P<operation>\w+)",
        example="tensorflow.python.framework.errors_impl.InvalidArgumentError: NodeDef mentions attr "
        "'exponential_avg_factor' not in Op<name=FusedBatchNormV3; signature=x:T -> y:T>",
        says="The SavedModel was written by a newer TensorFlow than this one, whose {operation} has no "
        "`{name}` yet.",
        cure="Load it with the TensorFlow that saved it, or with a newer one.",
        source="https://github.com/tensorflow/hub/issues/576",
        stops=True,
    ),
    M(
        id="keras-tensor-is-symbolic",
        kind="cause",
        has="A KerasTensor is symbolic: it's a placeholder",
        example="ValueError: A KerasTensor is symbolic: it's a placeholder for a shape an a dtype. It "
        "doesn't have any actual numerical value. You cannot convert it to a NumPy array.",
        says="An input of a Keras 3 model went into something that wants numbers: NumPy, a function of "
        "TensorFlow, or a layer of Keras 2 such as tensorflow_hub.KerasLayer.",
        cure="Use keras.ops inside of a layer's call. For tensorflow_hub: tf_keras for the whole model "
        "(TF_USE_LEGACY_KERAS=1), or keras.layers.TFSMLayer.",
        source="https://github.com/tensorflow/hub/issues/903",
        codes=("KER101",),
        stops=True,
    ),
)
