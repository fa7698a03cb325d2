"""Tries file names and formats with the Keras of the interpreter that runs this file.

    python child.py keras|tensorflow.keras [FOLDER TO LOOK FOR KERAS IN]

writes to standard output, after a line with the versions, one line for each thing that was done
and what came of it (`ok`, `refused`: the error speaks of the name or format, `failed`: something
else), with the endings or formats for which it came so. It runs on Python 3.7 and later.
"""

from __future__ import annotations

import importlib
import os
import re
import shutil
import sys
import tempfile
from functools import partial

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

ENDINGS = (
    "",
    ".keras",
    ".h5",
    ".hdf5",
    ".weights.h5",
    ".weights.hdf5",
    ".weights.json",
    ".weights",
    ".ckpt",
    ".tf",
    ".pb",
    ".model",
    ".hdf",
    ".hd5",
    ".json",
    ".pkl",
    ".pt",
)
SAVE_FORMATS = ("tf", "h5", "keras")
EXPORT_FORMATS = ("tf_saved_model", "onnx", "openvino", "litert", "torch", "tflite")

REFUSAL = re.compile(
    r"must end|requires the filepath to end|filepath extension|ile format not supported|"
    r"`save_format`|'save_format'|Unrecognized format|nknown format|'format'|not a valid|"
    r"deprecated in Keras 3",
)


def tried(do: Callable[[], object]) -> str:
    """What comes of it."""
    try:
        do()
    except Exception as error:
        return "refused" if REFUSAL.search(str(error)) else "failed"
    return "ok"


class Trial:
    """One Keras and what has come of everything so far."""

    def __init__(self, keras: Any, new: bool) -> None:
        numpy = importlib.import_module("numpy")
        self.keras = keras
        self.new = new
        self.x = numpy.zeros((4, 2), "float32")
        self.y = numpy.zeros((4, 1), "float32")
        self.came: dict[tuple[str, str], list[str]] = {}

    def row(self, what: str, ending: str, do: Callable[[], object]) -> None:
        """Do it and keep what came of it."""
        self.came.setdefault((what, tried(do)), []).append(ending or "-")

    def model(self) -> Any:
        """A small model, compiled."""
        keras = self.keras
        made = keras.models.Sequential([keras.layers.Dense(1, input_shape=(2,))])
        made.compile("sgd", loss="mse")
        return made

    def store(self, kind: str, path: str) -> None:
        """Put a file there of the kind that its name suggests."""
        model = self.model()
        if path.endswith(".keras"):
            model.save(path)
        elif path.endswith((".h5", ".hdf5")):
            new_weights = self.new and path.endswith(".weights.h5") and kind == "weights"
            other = path + (".weights.h5" if new_weights else ".h5")
            if kind == "weights" and (new_weights or not self.new):
                model.save_weights(other)
            else:
                model.save(other)
            shutil.move(other, path)
        elif kind == "model":
            if self.new:
                model.export(path)
            else:
                model.save(path)
        elif path.endswith(".weights.json"):
            model.save_weights(path, max_shard_size=1)
        else:
            if self.new:
                tf = importlib.import_module("tensorflow")
                tf.train.Checkpoint(model=model).write(path)
            else:
                model.save_weights(path)

    def fit(self, path: str, **options: bool) -> None:
        """Train with a checkpoint."""
        callback = self.keras.callbacks.ModelCheckpoint(path, **options)
        self.model().fit(self.x, self.y, verbose=0, callbacks=[callback])

    def names(self, ending: str, folder: str) -> None:
        """Everything that is given a file's name, with this ending."""

        def at(name: str) -> str:
            return os.path.join(folder, name + ending)

        models = self.keras.models
        self.row("Model.save", ending, lambda: self.model().save(at("a")))
        self.row("models.save_model", ending, lambda: models.save_model(self.model(), at("b")))
        self.row("Model.save_weights", ending, lambda: self.model().save_weights(at("c")))
        if tried(lambda: self.store("model", at("d"))) == "ok":
            self.row("models.load_model", ending, lambda: models.load_model(at("d"), compile=False))
        if tried(lambda: self.store("weights", at("e"))) == "ok":
            self.row("Model.load_weights", ending, lambda: self.model().load_weights(at("e")))
        self.row("callbacks.ModelCheckpoint", ending, lambda: self.fit(at("f")))
        self.row(
            "callbacks.ModelCheckpoint(save_weights_only=True)",
            ending,
            lambda: self.fit(at("g"), save_weights_only=True),
        )
        for form in SAVE_FORMATS:
            self.row(
                f"Model.save(save_format={form})",
                ending,
                partial(self.save_as, at("h" + form), form),
            )

    def save_as(self, path: str, form: str) -> None:
        """Save with `save_format`."""
        self.model().save(path, save_format=form)

    def export(self, path: str, **options: str) -> None:
        """Export a model that has seen its input."""
        made = self.model()
        made.predict(self.x, verbose=0)
        made.export(path, **options)

    def exports(self, folder: str) -> None:
        """Every format of `export`, and names for it."""
        if not hasattr(self.keras.models.Model, "export"):
            return

        endings = {"openvino": ".xml", "litert": ".tflite"}
        for form in EXPORT_FORMATS:
            path = os.path.join(folder, form + endings.get(form, ""))
            self.row(
                "Model.export(format=)",
                form,
                partial(self.export, path, format=form),
            )
        for ending in ENDINGS:
            path = os.path.join(folder, "z" + ending)
            self.row("Model.export", ending, partial(self.export, path))


def main() -> None:
    """Try everything and print what came of it."""
    sys.path[:0] = sys.argv[2:]
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what Keras prints is not part of the answer
    tensorflow = importlib.import_module("tensorflow")
    keras = tensorflow.keras if sys.argv[1] != "keras" else importlib.import_module("keras")
    version = getattr(keras, "__version__", "")
    trial = Trial(keras, version.startswith("3."))
    for ending in ENDINGS:
        folder = tempfile.mkdtemp()
        trial.names(ending, folder)
        shutil.rmtree(folder, ignore_errors=True)
    folder = tempfile.mkdtemp()
    trial.exports(folder)
    shutil.rmtree(folder, ignore_errors=True)
    out.write(f"# {sys.argv[1]} {version or '-'} tensorflow {tensorflow.__version__}\n")
    for (what, outcome), endings in trial.came.items():
        out.write(f"{what}\t{outcome}\t{' '.join(endings)}\n")
    out.close()


if __name__ == "__main__":
    main()
