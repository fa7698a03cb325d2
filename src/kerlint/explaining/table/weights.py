"""Weights that are put into a model that they do not fit."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

_SAME = "Build the model as it was when the weights were saved"
_CLASSES = (
    f"{_SAME} (input shape, units, number of classes); to take what fits: "
    "load_weights(path, skip_mismatch=True)."
)
_SAVING = "https://keras.io/api/models/model_saving_apis/weights_saving_and_loading/"

MESSAGES = (
    M(
        id="model-not-built-for-weights",
        kind="cause",
        has="You are loading weights into a model that has not yet been built",
        example="ValueError: You are loading weights into a model that has not yet been built. Try building the "
        "model first by calling it on some data or by using `build()`.",
        says="The model does not know its shapes yet, so it has no weights to put values into.",
        cure="keras.Input(...) as its first layer, or call it on one batch before load_weights.",
        source=_SAVING,
        stops=True,
    ),
    M(
        id="weight-of-another-shape",
        kind="cause",
        has="and the shape of the target value in `variable.assign(value)` must match",
        pattern=r"variable\.shape=(?P<model>\([\d, ]*\)), Received: value\.shape=(?P<file>\([\d, ]*\))"
        r"(?:.*path=(?P<path>[^,>]+))?",
        example="The shape of the target variable and the shape of the target value in `variable.assign(value)` must "
        "match. variable.shape=(5, 1), Received: value.shape=(4, 1). Target variable: <Variable "
        "path=sequential_1/dense_1/kernel, shape=(5, 1), dtype=float32>",
        says="The model's weight {path} is {model}, the value for it {file}.",
        cure=_CLASSES,
        source=_SAVING,
        stops=True,
    ),
    M(
        id="weight-of-another-shape-in-h5",
        kind="cause",
        has="Received saved weight with shape",
        pattern=r"for weight (?P<path>\S+?)\.? Weight expects shape (?P<model>\([\d, ]*\))\. Received saved weight with "
        r"shape (?P<file>\([\d, ]*\))",
        example="ValueError: Shape mismatch in layer #0 (named dense_1)for weight sequential_1/dense_1/kernel. Weight "
        "expects shape (5, 1). Received saved weight with shape (4, 1)",
        says="The model's weight {path} is {model}, the file's {file}.",
        cure=_CLASSES,
        source=_SAVING,
        stops=True,
    ),
    M(
        id="weight-list-of-another-length",
        kind="cause",
        has="but the layer was expecting",
        pattern=r"on layer '(?P<layer>[^']+)' with a weight list of length (?P<given>\d+), but the layer was expecting "
        r"(?P<wanted>\d+)",
        example="ValueError: You called `set_weights(weights)` on layer 'sequential' with a weight list of length 1, "
        "but the layer was expecting 2 weights.",
        says="`{layer}` has {wanted} weights and was given {given}.",
        cure=f"{_SAME}; a layer without a bias, or one that is not built yet, has fewer.",
        source="https://keras.io/api/layers/base_layer/",
        stops=True,
    ),
    M(
        id="weight-list-of-another-shape",
        kind="cause",
        has="is not compatible with provided weight shape",
        pattern=r"Layer (?P<layer>\S+) weight shape (?P<model>\([\d, ]*\)) is not compatible with provided weight shape "
        r"(?P<given>\([\d, ]*\))",
        example="ValueError: Layer sequential weight shape (4, 1) is not compatible with provided weight shape (3, 1).",
        says="A weight of `{layer}` is {model} and was given {given}.",
        cure=_CLASSES,
        source="https://keras.io/api/layers/base_layer/",
        stops=True,
    ),
    M(
        id="axes-of-another-number",
        kind="cause",
        has="axes don't match array",
        example="ValueError: axes don't match array",
        says="An array was to be turned by more or fewer axes than it has. Out of load_model or load_weights it means "
        "that the file's weights are of another layer or in another order: saved by an older Keras, with layers "
        "frozen, or for several GPUs.",
        cure=f"{_SAME}, with the same layers trainable, and load the weights into that.",
        source="https://github.com/keras-team/keras/issues/13279",
        stops=True,
    ),
    M(
        id="objects-not-loaded",
        kind="follower",
        has="objects could not be loaded. Example error message for object",
        pattern=r"A total of (?P<number>\d+) objects could not be loaded",
        example="ValueError: A total of 2 objects could not be loaded. Example error message for object <Dense "
        "name=dense_12, built=True>:",
        says="{number} layers did not get their weights; the lines after it say why of one.",
        cure=_CLASSES,
        source=_SAVING,
        stops=True,
        follows=("weights-of-another-layer", "weight-of-another-shape", "layer-count-mismatch"),
    ),
    M(
        id="weights-file-missing",
        kind="cause",
        has="Unable to synchronously open file (unable to open file: name = '",
        pattern=r"name = '(?P<path>[^']+)', errno = 2",
        example="FileNotFoundError: [Errno 2] Unable to synchronously open file (unable to open file: name = "
        "'model.h5', errno = 2, error message = 'No such file or directory', flags = 0, o_flags = 0)",
        says="There is no file {path}, as seen from where the program runs.",
        cure="Look at os.getcwd() and hand over the whole path.",
        source="https://docs.h5py.org/en/stable/high/file.html",
        stops=True,
    ),
)
