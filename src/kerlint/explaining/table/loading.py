"""Models and weights that are there and cannot be read."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

_TF_KERAS = "https://github.com/keras-team/tf-keras/blob/v2.21.0/tf_keras/src/saving/legacy"

_GROUPS = (
    "The file was written by Keras 2, which notes `groups` for every convolution; {layer} of Keras 3 "
    "refuses it."
)
_LOAD_WITH_TF_KERAS = (
    "Load it with tf_keras (python -m pip install tf-keras; tf_keras.models.load_model), and save it "
    "again as .keras; or give a subclass that drops the argument to load_model with custom_objects."
)

MESSAGES = (
    M(
        id="depthwise-groups",
        kind="cause",
        has="Error when deserializing class '",
        pattern=r"deserializing class '(?P<layer>DepthwiseConv\w+|Conv\w*Transpose)'.*'groups': ",
        example="TypeError: Error when deserializing class 'DepthwiseConv2D' using config={'name': "
        "'expanded_conv_depthwise', 'groups': 1}.",
        says=_GROUPS,
        cure=_LOAD_WITH_TF_KERAS,
        source="https://github.com/keras-team/keras/issues/19151",
        codes=("KER309",),
        stops=True,
    ),
    M(
        id="depthwise-groups-refused",
        kind="cause",
        has="passed to DepthwiseConv",
        pattern=r"passed to (?P<layer>DepthwiseConv\w+): \{'groups': ",
        example="ValueError: Unrecognized keyword arguments passed to DepthwiseConv2D: {'groups': 1}",
        says=_GROUPS,
        cure=_LOAD_WITH_TF_KERAS,
        source="https://github.com/keras-team/keras/issues/19151",
        codes=("KER309",),
        stops=True,
    ),
    M(
        id="layer-unknown",
        kind="cause",
        has="Error: Unknown ",
        pattern=r"Unknown (?P<kind>layer|loss function|metric function|activation function|optimizer): "
        r"\W*(?P<name>\w+)",
        example="ValueError: Unknown layer: 'MyLayer'. Please ensure you are using a "
        "`keras.utils.custom_object_scope` and that this object is included in the scope.",
        says="The file names the {kind} `{name}`, which this program has not told Keras of: one of your "
        "own, or of another package or version.",
        cure="Import what defines it and decorate it with keras.saving.register_keras_serializable, or "
        "give it to load_model with custom_objects.",
        source=f"{_TF_KERAS}/serialization.py",
        stops=True,
    ),
    M(
        id="hdf5-truncated",
        kind="cause",
        has="truncated file: eof = ",
        example="OSError: Unable to synchronously open file (truncated file: eof = 1048576, "
        "sblock->base_addr = 0, stored_eof = 94765736)",
        says="The file ends too early: a download or a copy that was broken off, or a program that still "
        "writes it.",
        cure="Delete it and fetch it again; pretrained weights lie in ~/.keras/models.",
        source="https://docs.h5py.org/en/stable/high/file.html",
        stops=True,
    ),
    M(
        id="weights-of-another-model",
        kind="cause",
        has="You are trying to load a weight file containing ",
        pattern=r"containing (?P<have>\d+) (?:saved )?layers into a model with (?P<want>\d+)",
        example="ValueError: You are trying to load a weight file containing 3 layers into a model with 2 "
        "layers.",
        says="The weights are of a model with {have} layers, and this one has {want}.",
        cure="Build the same model as when they were saved, or load_weights(..., by_name=True) where the "
        "names agree.",
        source="https://github.com/keras-team/keras/blob/2.3.1/keras/engine/saving.py",
        stops=True,
    ),
    M(
        id="lambda-not-trusted",
        kind="cause",
        has="Requested the deserialization of a `Lambda` layer",
        example="ValueError: Requested the deserialization of a `Lambda` layer whose `function` is a Python "
        "lambda. This carries a potential risk of arbitrary code execution and thus it is disallowed by "
        "default.",
        says="The file holds a Lambda layer with code in it, which Keras does not run unasked.",
        cure="If you trust the file: load_model(..., safe_mode=False), or "
        "keras.config.enable_unsafe_deserialization().",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/layers/core/lambda_layer.py",
        stops=True,
    ),
    M(
        id="model-file-missing",
        kind="cause",
        has="File not found: filepath=",
        pattern=r"filepath=(?P<path>\S+?)\. Please ensure",
        example="ValueError: File not found: filepath=model.keras. Please ensure the file is an accessible "
        "`.keras` zip file.",
        says="There is no {path} in the folder that the program runs in.",
        cure="Look at the folder (`os.getcwd()`), or give the whole path.",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/saving/saving_api.py",
        stops=True,
    ),
)
