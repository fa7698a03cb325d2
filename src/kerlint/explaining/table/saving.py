"""Saved models, weights and the files they are in."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

MESSAGES = (
    M(
        id="file-format-not-supported",
        kind="cause",
        has="File format not supported: filepath=",
        pattern=r"filepath=(?P<path>\S*[^\s.])",
        example="ValueError: File format not supported: filepath=model_dir. Keras 3 only supports V3 "
        "`.keras` files and legacy H5 format files (`.h5` extension).",
        says="Keras 3 does not read {path}: it takes `.keras` and `.h5` files that exist, no "
        "SavedModel folders.",
        cure="Check the path first; for a SavedModel use keras.layers.TFSMLayer, or load it with "
        "tf_keras and save it as .h5.",
        source="https://github.com/keras-team/keras/issues/18709",
        codes=("KER309",),
        stops=True,
    ),
    M(
        id="weights-suffix",
        kind="cause",
        has="The filename must end in `.weights.h5`",
        example="ValueError: The filename must end in `.weights.h5`. Received: filepath=w.h5",
        says="Keras 3 saves weights only to names that end in .weights.h5.",
        cure="Rename the file in save_weights, load_weights and ModelCheckpoint.",
        source="https://github.com/IDAES/idaes-pse/issues/1369",
        codes=("KER309",),
        stops=True,
    ),
    M(
        id="checkpoint-suffix",
        kind="cause",
        has="The filepath provided must end in `.keras`",
        example="ValueError: The filepath provided must end in `.keras` (Keras model format). "
        "Received: filepath=best.hdf5",
        says="ModelCheckpoint of Keras 3 saves whole models only to names that end in .keras.",
        cure="Name the file `.keras`, or `.weights.h5` with save_weights_only=True.",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/callbacks/model_checkpoint.py",
        codes=("KER309",),
        stops=True,
    ),
    M(
        id="save-suffix",
        kind="cause",
        has="Invalid filepath extension for saving",
        example="ValueError: Invalid filepath extension for saving. Please add either a `.keras` "
        "extension for the native Keras format (recommended) or a `.h5` extension. Use "
        "`model.export(filepath)` if you want to export a SavedModel for use with TFLite/TFServing/"
        "etc. Received: filepath=model_dir.",
        says="model.save of Keras 3 needs a name that ends in .keras or .h5; it writes no folders.",
        cure="Add .keras, or use model.export for a SavedModel.",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/saving/saving_api.py",
        codes=("KER309",),
        stops=True,
    ),
    M(
        id="saved-by-keras-3",
        kind="cause",
        has="Unrecognized keyword arguments: [",
        pattern=r"\['(?P<name>batch_shape|optional)'",
        example="ValueError: Unrecognized keyword arguments: ['batch_shape']",
        says="The file was saved by Keras 3 and is being loaded by Keras 2 (or tf_keras).",
        cure="Load it with Keras 3 (TensorFlow 2.16 or newer), or save it again with Keras 2.",
        source="https://github.com/tensorflow/tensorflow/issues/66381",
        codes=("KER309",),
        stops=True,
    ),
    M(
        id="pickled-by-keras-3",
        kind="cause",
        has="No module named 'keras.src'",
        example="ModuleNotFoundError: No module named 'keras.src'",
        says="A pickle (or the code) names the inside of another Keras: `keras.src` is in Keras 2.13 "
        "and newer only.",
        cure="Save models with model.save, not with pickle, and load them with the same Keras.",
        source="https://github.com/keras-team/keras/issues/18878",
        codes=("KER103",),
        stops=True,
    ),
    M(
        id="custom-class-unknown",
        kind="cause",
        has="Could not locate ",
        pattern=r"Could not locate (?:class|function) '(?P<name>(?!mse'|mae')\w+)'",
        example="TypeError: Could not locate class 'DummyModel'. Make sure custom classes and "
        "functions are decorated with `@keras.saving.register_keras_serializable()`.",
        says="The file names `{name}`, which this program has not defined or not registered.",
        cure="Import the module that defines it before loading, decorate it with "
        "@keras.saving.register_keras_serializable(), or pass custom_objects.",
        source="https://github.com/keras-team/keras/issues/21046",
        stops=True,
    ),
    M(
        id="metric-not-restored",
        kind="cause",
        has="Could not ",
        pattern=r"Could not (?:deserialize 'keras\.(?:metrics|losses)\.(?P<name>\w+)' because it is not a KerasSaveable|locate function '(?P<old>mse|mae)')",
        example="ValueError: Could not deserialize 'keras.metrics.mse' because it is not a "
        "KerasSaveable subclass",
        says="A loss or metric was saved in an .h5 file by its name, and is not found again under "
        "it.",
        cure="Load with compile=False and compile anew; save as .keras; or compile with the class: "
        "keras.losses.MeanSquaredError().",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/saving/serialization_lib.py",
        stops=True,
    ),
    M(
        id="layer-count-mismatch",
        kind="cause",
        has="Layer count mismatch when loading weights from file",
        pattern=r"Model expected (?P<wanted>\d+) layers, found (?P<found>\d+)",
        example="ValueError: Layer count mismatch when loading weights from file. Model expected 2 "
        "layers, found 3 saved layers.",
        says="The weights are of another model: it has {found} layers with weights, this one "
        "{wanted}.",
        cure="Build the model as it was when the weights were saved.",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/legacy/saving/legacy_h5_format.py",
        stops=True,
    ),
    M(
        id="no-hdf5-file",
        kind="cause",
        has="(file signature not found)",
        example="OSError: Unable to synchronously open file (file signature not found)",
        says="The file is no HDF5 file: a broken download, a Git LFS pointer, or another format under "
        "this name.",
        cure="Look at its size and first bytes; download it again.",
        source="https://docs.h5py.org/en/stable/high/file.html",
        stops=True,
    ),
    M(
        id="hdf5-locked",
        kind="cause",
        has="unable to lock file, errno = ",
        example="BlockingIOError: [Errno 11] Unable to synchronously create file (unable to lock "
        "file, errno = 11, error message = 'Resource temporarily unavailable')",
        says="Another process has the file open, or the file system (NFS, Lustre) knows no locks.",
        cure="Close the other process; on such file systems set HDF5_USE_FILE_LOCKING=FALSE before "
        "the start.",
        source="https://docs.h5py.org/en/stable/high/file.html",
        stops=True,
    ),
    M(
        id="pydot-missing",
        kind="cause",
        has="You must install pydot (`pip install pydot`)",
        example="ImportError: You must install pydot (`pip install pydot`) for `plot_model` to work.",
        says="plot_model needs pydot and the program dot of Graphviz; Keras installs neither.",
        cure="Install pydot and Graphviz.",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/utils/model_visualization.py",
        stops=True,
    ),
    M(
        id="code-of-another-python",
        kind="cause",
        has="bad marshal data (unknown type code)",
        example="ValueError: bad marshal data (unknown type code)",
        says="The model holds a Lambda layer, whose byte code was saved by another version of Python.",
        cure="Load it with the Python that saved it, and save it without Lambda; or build the model by "
        "its code and load the weights.",
        source="https://github.com/keras-team/keras/issues/14875",
        stops=True,
    ),
    M(
        id="weights-of-another-layer",
        kind="cause",
        has="variables during loading. Expected: ",
        pattern=r"'(?P<layer>[^']+)' expected (?P<wanted>\d+) variables, but received (?P<given>\d+)",
        example="ValueError: Layer 'conv2d' expected 2 variables, but received 0 variables during loading. "
        "Expected: ['kernel', 'bias']",
        says="The weights are of another model than the one they are loaded into: for {layer} it has "
        "{wanted}, the file {given}. Often layers were added, renamed or built in another order.",
        cure="Build the model exactly as it was when it was saved, or keep the whole model in a .keras "
        "file.",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/layers/layer.py",
        stops=True,
    ),
    M(
        id="saved-model-missing",
        kind="cause",
        has="SavedModel file does not exist at: ",
        pattern=r"does not exist at: (?P<path>.+?)/?\{",
        example="OSError: SavedModel file does not exist at: model/{saved_model.pbtxt|saved_model.pb}",
        says="There is no SavedModel in {path}: the path is wrong (it is relative to where the program "
        "started), or it is a file of Keras.",
        cure="Give the folder that holds saved_model.pb, or load a .keras or .h5 file by its full name.",
        source="https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/python/saved_model/loader_impl.py",
        stops=True,
    ),
    M(
        id="object-not-deserialized",
        kind="cause",
        has=" could not be deserialized properly. Please ensure",
        pattern=r"<class '(?P<name>[^']+)'> could not",
        example="TypeError: <class 'keras.src.models.functional.Functional'> could not be deserialized "
        "properly. Please ensure that components that are Python object instances (layers, models, "
        "etc.) returned by `get_config()` are explicitly deserialized in the model's `from_config()` "
        "method.",
        says="{name} cannot be made again from what the file says. Most often the file was saved by "
        "another version of Keras; the end of the message has the exception.",
        cure="Load it with the Keras that saved it (metadata.json in a .keras file says which), or "
        "with tf-keras if that was Keras 2.",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/saving/serialization_lib.py",
        codes=("KER309",),
        stops=True,
    ),
)
