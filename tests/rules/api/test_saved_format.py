"""KER309: names of files and formats that the target's Keras refuses."""

from __future__ import annotations

import pytest

from kerlint.checking.work import api_of
from kerlint.knowledge.saving import accepted, rows
from kerlint.project.targets import target_of
from kerlint.rules.api.saved_format import SavedFormat
from kerlint.source.gates import Gate
from tests.rules.api.api_cases import findings

START = """
import os
from pathlib import Path
import keras
from keras.models import load_model, save_model
from keras.callbacks import ModelCheckpoint
model = keras.Sequential([keras.layers.Dense(1)])
"""
NOW = "keras==3.15.1"


def found(source: str, target: str = NOW) -> int:
    """How many findings the code makes, after START."""
    return len(findings("KER309", START + source, target))


@pytest.mark.parametrize(
    "source",
    [
        'model.save("classifier")',
        'model.save("out/classifier.tf")',
        'model.save("classifier.model", overwrite=True)',
        'model.save(filepath="classifier.pb")',
        'model.save("classifier", save_format="tf")',
        'model.save("checkpoints/v1.2")',
        'model.save_weights("classifier.h5")',
        'model.save_weights("weights.hdf5")',
        'model.save_weights("checkpoints/ckpt")',
        'model.load_weights("checkpoints/model.ckpt")',
        'load_model("saved_model/1")',
        'load_model("frozen.pb")',
        'load_model("saved_model/")',
        'model.save("folder/")',
        'model.save_weights(folder + "/weights/")',
        'keras.saving.load_model("frozen.pb")',
        'save_model(model, "classifier")',
        'keras.models.save_model(model, filepath="classifier.tf")',
        'ModelCheckpoint("best.hdf5")',
        'ModelCheckpoint("weights.{epoch:02d}-{val_loss:.2f}.hdf5", save_best_only=True)',
        'ModelCheckpoint(filepath="checkpoint")',
        'ModelCheckpoint("best.h5", save_weights_only=True)',
        'ModelCheckpoint("best.keras", "val_loss", 0, True, True)',
        'model.export("classifier.tflite", format="tflite")',
        # The name is put together.
        'model.save(os.path.join(folder, "classifier"))',
        'model.save(os.path.join(folder, "classifier.pb"))',
        'model.save_weights(os.path.join(folder, "weights.h5"))',
        'model.save(Path(folder) / "classifier")',
        'model.save(str(Path(folder) / "sub" / "classifier.tf"))',
        'model.save_weights(Path(folder, "weights.h5"))',
        'model.save_weights(f"{name}_weights.h5")',
        'model.save(f"{folder}/classifier")',
        'model.save(f"{name}.hd5")',
        'model.save("%s.model" % name)',
        'model.save_weights("{}-{}-w.h5".format(a, b))',
        'model.save(name + ".tf")',
        'model.save(folder + "/classifier")',
        'PATH = "classifier"\nmodel.save(PATH)',
        'NAME = "classifier.pb"\nPATH = os.path.join(folder, NAME)\nmodel.save(PATH)',
        'def f(folder):\n    path = os.path.join(folder, "m.pb")\n    load_model(path)',
        'path = "a.keras"\npath = "b"\nmodel.save("c")',
        # The end of the name is a number.
        'model.save(f"model_{epoch:02d}")',
        'model.save_weights(f"{name}_{loss:.4f}")',
        'for epoch in range(3):\n    model.save(f"model_{epoch}")',
        'for i in range(3): pass\nfor i in range(3):\n    model.save(f"{folder}/model_{i + 1}")',
        'for fold, (a, b) in enumerate(folds):\n    model.save(f"model_fold{fold}")',
        'fold = 3\nmodel.save_weights(f"model_{fold}")',
        'model.save("model_%d" % epoch)',
        'model.save("{}_{:03d}".format(name, epoch))',
        'for i in range(3):\n    model.save("model_" + str(i))',
        'for i in range(3):\n    ModelCheckpoint(os.path.join(folder, f"fold_{i}"))',
        # Whose method it is.
        'keras.applications.VGG16().save("vgg")',
        'm = load_model("a.keras")\nm.save("b")',
        'x = keras.Input((1,))\nm = keras.Model(x, x)\nm.save("b")',
        'class M(keras.Model):\n    def keep(self):\n        self.save("b")',
        'import tensorflow as tf\nm = tf.keras.Sequential()\nm.save("b")',
    ],
)
def test_fires(source: str) -> None:
    assert found(source) == 1
    assert is_parsed(source)


def is_parsed(source: str) -> bool:
    """Whether the rule's trigger lets the code through, after START."""
    gate = Gate(api_of(target_of(NOW).newest), [SavedFormat()])
    return bool(gate.candidates((START + source).encode()))


@pytest.mark.parametrize(
    "source",
    [
        "model.save(path)",
        "model.save(os.path.join(folder, name), overwrite=True)",
        'model.save(os.path.join(folder, "model.keras"), save_format="keras")',
        'path = os.path.join(folder, "a.weights.h5")  # don\'t touch\nmodel.save_weights(path)',
        'model.save(f"{folder}/{name}")',
        'def f():\n    path = (\n        folder / "a.h5"\n    )\n    model.save(path)',
        'image = load()\nimage.write("a.png")',
        'image = load()\nimage.save("a.keras")',
        "class Net:\n    def save(self, path):\n        pass",
        "from keras.callbacks import (\n    ModelCheckpoint,\n    EarlyStopping,\n)",
        'ModelCheckpoint("a.keras", monitor="loss")',
        'model.export(path, format="onnx")',
        "save_model(model, path, **options)",
    ],
)
def test_what_need_not_be_parsed(source: str) -> None:
    assert not is_parsed(source)


@pytest.mark.parametrize(
    "source",
    [
        "from keras.models import load_model as load\nload('a')",
        "from keras.models import (\n    load_model as load,\n)\nload('a')",
        "load = keras.models.load_model\nload('a')",
        "model . save ('a')",
        "model.save(  # it's here\n    'a')",
        "a = 'b'  # don't\nc = a\nmodel.save(c + '')",
        "path: str = 'a'\nmodel.save(path)",
        "first = second = 'a'\nmodel.save(first)",
        "path = \\\n    'a'\nmodel.save(path)",
        "path = (  # it's\n    NAME + 'a.keras')\nNAME = 'b'\nmodel.save(path)",
        "model.save(filepath='a', *others)",
        "model.save('a.keras\\x20')",
        "model.save(b'a' and 'a')",
    ],
)
def test_what_must_be_parsed(source: str) -> None:
    assert is_parsed(source)


@pytest.mark.parametrize(
    "source",
    [
        'model.save("classifier.keras")',
        'model.save("classifier.h5")',
        'model.save("classifier.hdf5")',
        'model.save("classifier.h5", save_format="h5")',
        'model.save("classifier", zipped=False)',
        'model.save("hf://me/classifier")',
        'model.save_weights("classifier.weights.h5")',
        'model.save_weights("classifier.weights.json", max_shard_size=1)',
        'model.load_weights("classifier.h5")',
        'model.load_weights("classifier.weights.json")',
        'load_model("classifier.h5", compile=False)',
        'ModelCheckpoint("best.keras")',
        'ModelCheckpoint("best.h5")',
        'ModelCheckpoint("best.weights.h5", save_weights_only=True)',
        'ModelCheckpoint("best.weights.h5", save_weights_only=only)',
        'model.export("classifier")',
        'model.export("classifier.onnx", format="onnx")',
        'model.export("classifier", format=form)',
        # Only a part of the name is known, and the rest may put it right.
        "model.save(path)",
        "model.save(folder + name)",
        'model.save_weights(f"{name}.h5")',
        'model.save_weights(name + "h5")',
        'model.save(f"{name}{ending}")',
        'model.save("%s/%s" % (folder, name))',
        'model.save("{}/{}".format(folder, name))',
        "model.save(os.path.join(folder, name))",
        'model.save(Path(folder) / f"{name}.keras")',
        'model.save_weights(f"{a}/m.weights.h5")',
        'model.save(Path("a.pb").with_suffix(".keras"))',
        'model.save("classifier" + ".keras")',
        'model.save("-".join(parts))',
        'path = "a"\npath += ".keras"\nmodel.save(path)',
        'path = "a" if x else "b.keras"\nmodel.save(path)',
        'def f(path="a"):\n    model.save(path)',
        'for path in ["a", "b"]:\n    model.save(path)',
        'with open("a") as path:\n    model.save(path)',
        'path = "a"\ndef f():\n    global path\n    path = "b.keras"\nmodel.save(path)',
        "model.save(*arguments)",
        'model.save(**{"filepath": "a"})',
        'model.save(f"model.h{version:d}")',
        'model.save(f"model_{name:>10}")',
        'for name in names:\n    model.save(f"model_{name}")',
        'for i in range(3): pass\nfor i in names:\n    model.save(f"model_{i}")',
        'model.save("model_%s" % name)',
        'model.save("model_{:s}".format(name))',
        'model.save("model_" + str(name))',
        'for i, name in enumerate(names):\n    model.save(f"model_{i}_{name}")',
        # Not evidently a model of Keras.
        'def f(model):\n    model.save("a")',
        'other().save("a")',
        'keras.layers.Dense(1).save("a")',
        'import numpy as np\nnp.save("a", x)',
        'import tensorflow as tf\ntf.saved_model.save(model, "a")',
        'from tf_keras import Sequential\nSequential().save("a")',
        'class M(keras.Model):\n    def save(self, path): pass\nM().save("a")',
        'keras.Model.save(model, "a")',
        # The error is expected.
        'import pytest\nwith pytest.raises(ValueError):\n    model.save("a")',
        'try:\n    model.save("a")\nexcept ValueError:\n    model.save("a.keras")',
        'if keras.__version__ < "3":\n    model.save("a")',
    ],
)
def test_silent(source: str) -> None:
    assert found(source) == 0


def test_what_keras_2_has_written_may_be_read_by_it() -> None:
    assert found('load_model("a")\nmodel.save("a")', "tensorflow>=2.15") == 1
    assert found('load_model("a")\nmodel.save("a")', "keras>=3.0") == 2


@pytest.mark.parametrize("target", ["keras==2.15.0", "tensorflow==2.15.1", "keras==2.3.1"])
def test_keras_2_takes_every_name(target: str) -> None:
    assert found('model.save("a")\nmodel.save_weights("a.h5")\nload_model("a")', target) == 0


@pytest.mark.parametrize(
    ("source", "target", "number"),
    [
        ('ModelCheckpoint("best.h5")', "keras==3.7.0", 1),
        ('ModelCheckpoint("best.h5")', "keras==3.8.0", 0),
        ('model.load_weights("a.weights.json")', "keras==3.9.2", 1),
        ('model.load_weights("a.weights.json")', "keras==3.10.0", 0),
        ('model.export("a", format="openvino")', "keras==3.10.0", 1),
        ('model.export("a", format="openvino")', "keras==3.11.0", 0),
        ('model.export("a", format="litert")', "keras==3.12.4", 1),
        ('model.export("a", format="torch")', "keras==3.15.0", 0),
    ],
)
def test_by_release(source: str, target: str, number: int) -> None:
    assert found(source, target) == number


def test_the_message() -> None:
    (one,) = findings("KER309", START + 'model.save_weights("a.h5")', NOW)
    assert one.message == "`Model.save_weights` of Keras 3.15.1 refuses the file name `a.h5`"
    assert one.help == "the name must end in `.weights.h5`"
    (one,) = findings("KER309", START + 'model.save(Path(folder) / "a")', NOW)
    assert one.help == (
        "the name must end in `.keras`, `.h5` or `.hdf5`; `export` writes a SavedModel"
    )
    (one,) = findings("KER309", START + 'load_model("a")', NOW)
    assert one.message.endswith("refuses the file name `a`, unless it is a checkpoint of Orbax")


def test_every_row_has_a_source_and_rows_do_not_overlap() -> None:
    for row in rows():
        assert row.source.startswith("https://github.com/keras-team/keras/blob/v")
        assert row.error.startswith("ValueError: ")
    for version in ("3.0.0", "3.7.0", "3.8.0", "3.10.0", "3.12.4", "3.14.1", "3.15.1"):
        for row in rows():
            assert sum(one.call == row.call and one.holds(version) for one in rows()) <= 1
    assert accepted("Model.save", "2.15.0") is None
