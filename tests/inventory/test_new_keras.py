"""Keras 2.6 and later: generated lists of names over a source tree."""

from __future__ import annotations

import pytest

from .conftest import Read

SOURCE = {
    "keras/src/__init__.py": "",
    "keras/src/layers/__init__.py": "from keras.src.layers.dense import Dense",
    "keras/src/layers/dense.py": "class Dense:\n    def __init__(self, units): pass\n",
}


def test_the_source_tree_and_the_documented_api_differ(read: Read) -> None:
    """2.6 to 2.12: `import keras` shows the source, `tf.keras` the generated list."""
    names = read(
        "keras",
        "2.8.0",
        {
            "keras/__init__.py": "from keras import layers",
            "keras/layers/__init__.py": "from keras.layers.core import Dense",
            "keras/layers/core.py": "class Dense: pass",
            "keras/np_utils.py": "def to_categorical(): pass",
            "keras/api/_v2/keras/__init__.py": "from . import utils",
            "keras/api/_v2/keras/utils/__init__.py": "from keras.np_utils import to_categorical",
        },
    )["names"]
    assert "keras.layers.core.Dense" in names
    assert "keras.utils" not in names
    assert "keras.api._v2.keras.utils.to_categorical" in names


@pytest.mark.parametrize("version", ["3.3.3", "3.9.2"])
def test_the_api_folder_shows_twice(read: Read, version: str) -> None:
    """3.3 to 3.9: `keras/api` is on the package's path."""
    names = read(
        "keras",
        version,
        {
            **SOURCE,
            "keras/__init__.py": """
                import os
                from keras.api import layers
                __path__.append(os.path.join(os.path.dirname(__file__), "api"))
            """,
            "keras/api/__init__.py": "from keras.api import layers",
            "keras/api/layers/__init__.py": "from keras.src.layers.dense import Dense",
        },
    )["names"]
    for name in ("keras.layers", "keras.api.layers"):
        assert names[name]["import"] is True
        assert names[name]["attribute"] is True
        assert names[f"{name}.Dense"]["def"] == "keras.src.layers.dense.Dense"


def test_the_api_folder_is_gone_later(read: Read) -> None:
    names = read(
        "keras",
        "3.10.0",
        {
            **SOURCE,
            "keras/__init__.py": "from keras import layers",
            "keras/layers/__init__.py": "from keras.src.layers.dense import Dense",
        },
    )["names"]
    assert "keras.layers.Dense" in names
    assert "keras.api" not in names


def test_a_module_of_the_tf_view_that_is_not_listed_needs_an_import(read: Read) -> None:
    """`tf.keras.saving` by attribute fails although it can be imported."""
    names = read(
        "keras",
        "3.15.1",
        {
            **SOURCE,
            "keras/__init__.py": "from keras import _tf_keras",
            "keras/_tf_keras/__init__.py": "from keras._tf_keras import keras",
            "keras/_tf_keras/keras/__init__.py": "from keras._tf_keras.keras import layers",
            "keras/_tf_keras/keras/layers/__init__.py": "from keras.src.layers import Dense",
            "keras/_tf_keras/keras/saving/__init__.py": "from keras.src.layers import Dense as D",
        },
    )["names"]
    assert names["keras._tf_keras.keras.layers"]["attribute"] is True
    assert names["keras._tf_keras.keras.saving"]["attribute"] is False
    assert names["keras._tf_keras.keras.saving"]["import"] is True


def test_no_backend_is_preferred_in_keras_3(read: Read) -> None:
    inventory = read(
        "keras",
        "3.15.1",
        {
            "keras/__init__.py": """
                from keras.src.config import backend
                if backend() == "tensorflow":
                    from keras.src.tensorflow_layer import Base
                elif backend() == "jax":
                    from keras.src.jax_layer import Base
                else:
                    raise ImportError
                class Layer(Base):
                    def __init__(self, *, name=None): pass
            """,
            "keras/src/__init__.py": "",
            "keras/src/config.py": "def backend(): return 'jax'",
            "keras/src/tensorflow_layer.py": "class Base:\n    def track(self): pass\n",
            "keras/src/jax_layer.py": "class Base:\n    def trace(self): pass\n",
        },
    )
    layer = inventory["classes"]["keras.Layer"]
    assert {"track", "trace"} <= layer["members"].keys()
    assert layer["open"] is False


def test_what_torch_modules_have_counts_as_members(read: Read) -> None:
    """With the PyTorch backend a layer is a `torch.nn.Module`, of which one file is read."""
    inventory = read(
        "keras",
        "3.15.1",
        {
            "keras/__init__.py": """
                import torch
                class Layer(torch.nn.Module):
                    pass
            """
        },
        {
            "torch": {
                "torch/nn/modules/module.py": """
                    class Module:
                        def __getattr__(self, name): raise AttributeError
                        def parameters(self): pass
                """
            }
        },
    )
    layer = inventory["classes"]["keras.Layer"]
    assert "parameters" in layer["members"]
    assert layer["open"] is False


def test_private_names_are_there_but_not_described(read: Read) -> None:
    inventory = read(
        "keras",
        "3.15.1",
        {**SOURCE, "keras/__init__.py": "from keras import src"},
    )
    assert inventory["names"]["keras.src.layers.dense.Dense"] == {"kind": "class"}
    assert inventory["callables"] == {}
