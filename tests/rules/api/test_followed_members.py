"""KER306: what is asked of datasets, and of the layers of models."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.api.api_cases import findings, names

NOW = ("keras==3.15.1", "tensorflow==2.21.0")


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No other file of a project defines such a member."""
    monkeypatch.chdir(tmp_path)


DATASETS = """
import tensorflow as tf
from tensorflow.data import Dataset, TFRecordDataset
dataset = tf.data.Dataset.from_tensor_slices([1, 2])
"""


@pytest.mark.parametrize(
    ("code", "lost"),
    [
        ("dataset.make_one_shot_iterator()", "make_one_shot_iterator"),
        ("dataset.shuffle(2).batch(1).make_one_shot_iterator()", "make_one_shot_iterator"),
        ("dataset = dataset.batch(1)\nprint(dataset.output_shapes)", "output_shapes"),
        (
            "if x:\n    dataset = dataset.repeat()\nelse:\n    dataset = dataset.batch(2)\n"
            "dataset.output_types",
            "output_types",
        ),
        (
            "TFRecordDataset('a').map(f).make_initializable_iterator()",
            "make_initializable_iterator",
        ),
        (
            "it = (\n    Dataset\n    .zip((dataset, dataset))\n    .output_classes)",
            "output_classes",
        ),
        (
            "def load():\n    return tf.data.TextLineDataset('a').skip(1)\n"
            "load().make_one_shot_iterator()",
            "make_one_shot_iterator",
        ),
        (
            "class Data:\n    def __init__(self):\n        self.set = dataset.batch(3)\n"
            "    def run(self):\n        return self.set.make_one_shot_iterator()",
            "make_one_shot_iterator",
        ),
    ],
)
def test_of_datasets(code: str, lost: str) -> None:
    assert names("KER306", DATASETS + code, *NOW) == [f"tensorflow.data.Dataset.{lost}"]
    assert not names("KER306", DATASETS + code, "tensorflow==1.15.5")


@pytest.mark.parametrize(
    "code",
    [
        "tf.compat.v1.data.make_one_shot_iterator(dataset)",
        "tf.compat.v1.data.Dataset.range(3).batch(1).make_one_shot_iterator()",
        "dataset.reduce(0, f).output_shapes",
        "dataset.apply(f).element_spec",
        "own(dataset).make_one_shot_iterator()",
        "def run(dataset):\n    return dataset.make_one_shot_iterator()",
        "if hasattr(dataset, 'make_one_shot_iterator'):\n    dataset.make_one_shot_iterator()",
        "try:\n    dataset.make_one_shot_iterator()\nexcept AttributeError:\n    iter(dataset)",
        "for one in (dataset, own()):\n    one.make_one_shot_iterator()",
    ],
)
def test_what_may_have_it(code: str) -> None:
    assert not names("KER306", DATASETS + code, *NOW)


def test_what_to_do_instead_of_an_iterator() -> None:
    (found,) = findings("KER306", DATASETS + "dataset.make_one_shot_iterator()", *NOW)
    assert found.help.startswith("loop over the dataset itself")
    (found,) = findings("KER306", DATASETS + "dataset.batch(1).output_types", *NOW)
    assert found.help == "use `element_spec`"


LAYERS = """
import keras
import tensorflow as tf
from keras.models import Model, Sequential, load_model

inputs = keras.Input((3,))
model = Model(inputs, keras.layers.Dense(1)(inputs))
"""


@pytest.mark.parametrize(
    ("code", "lost"),
    [
        ("for layer in model.layers:\n    print(layer.name, layer.output_shape)", "output_shape"),
        (
            "for i, layer in enumerate(model.layers):\n    print(i, layer.input_shape)",
            "input_shape",
        ),
        ("for layer in reversed(model.layers):\n    layer.output_shape", "output_shape"),
        ("shapes = [layer.output_shape for layer in model.layers]", "output_shape"),
        ("shapes = {l.name: l.output_shape for l in model.layers if l.weights}", "output_shape"),
        ("outputs = [l.get_output_at(0) for l in Sequential([inputs]).layers]", "get_output_at"),
        ("model.layers[-1].get_output_at(0)", "get_output_at"),
        ("last = model.layers[\n    -1]\nlast.get_input_at(0)", "get_input_at"),
        ("model.get_layer('dense').get_output_at(0)", "get_output_at"),
        ("layer = model.get_layer(index=1)\nlayer.get_input_shape_at(0)", "get_input_shape_at"),
        (
            "base = keras.applications.VGG16()\nfor l in base.layers:\n    l.output_shape",
            "output_shape",
        ),
        (
            "def show(model: Model):\n    for l in model.layers:\n        l.output_shape",
            "output_shape",
        ),
        ("for l in load_model('m').layers:\n    l.inbound_nodes", "inbound_nodes"),
        (
            "class Net:\n    def __init__(self):\n        self.model = Sequential()\n"
            "    def show(self):\n        model = self.model\n        for l in model.layers:\n"
            "            l.output_shape",
            None,
        ),
    ],
)
def test_of_layers(code: str, lost: str | None) -> None:
    wanted = [] if lost is None else [f"keras.layers.Layer.{lost}"]
    assert names("KER306", LAYERS + code, *NOW) == wanted
    assert not names("KER306", LAYERS + code, "keras==2.15.0", "tensorflow==2.15.1")


@pytest.mark.parametrize(
    "code",
    [
        "model.layers[0].output_shape  # may be a model",
        "model.get_layer('base').output_shape",
        "for layer in model.layers:\n    layer.output.shape",
        "for layer in model.layers:\n    if isinstance(layer, Model):\n        layer.output_shape",
        "for layer in model.layers:\n    if hasattr(layer, 'output_shape'):\n        layer.output_shape",
        "for layer in model.layers[1:]:\n    layer.output_shape",
        "for layer in own(model).layers:\n    layer.output_shape",
        "def show(model):\n    for layer in model.layers:\n        layer.output_shape",
        "class Own(keras.layers.Layer):\n    def get_output_at(self, place):\n        return 1\n"
        "model.layers[0].get_output_at(0)",
        "class Net(Model):\n    layers = ()\nfor layer in Net().layers:\n    layer.output_shape",
        "for layer in model.layers:\n    layer = own(layer)\n    layer.output_shape",
        "for enumerate in model.inputs:\n    enumerate.output_shape",
    ],
)
def test_what_a_layer_may_have(code: str) -> None:
    assert not names("KER306", LAYERS + code, *NOW)


@pytest.mark.parametrize(
    "code",
    [
        "assert model.layers[-1].activation.__name__ == 'linear'",
        "for layer in model.layers:\n    print(layer.activation)",
    ],
)
def test_what_only_some_layers_had_before_all_had_it(code: str) -> None:
    assert not names("KER306", LAYERS + code, "tensorflow==2.14.1", "keras==2.14.0")


def test_what_only_some_layers_still_have() -> None:
    assert not names("KER306", LAYERS + "states = [l.states for l in model.layers]", *NOW)
