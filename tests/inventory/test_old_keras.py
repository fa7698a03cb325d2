"""Keras 1.0 to 2.4: the tree of modules is the public API."""

from __future__ import annotations

from .conftest import Read


def test_a_star_import_takes_what_all_names(read: Read) -> None:
    names = read(
        "keras",
        "2.0.9",
        {
            "keras/__init__.py": "from .losses import *",
            "keras/losses.py": """
                __all__ = ["mse"]
                __all__ += ["mae"]
                def mse(): pass
                def mae(): pass
                def helper(): pass
            """,
        },
    )["names"]
    assert {"keras.mse", "keras.mae", "keras.losses.helper"} <= names.keys()
    assert "keras.helper" not in names


def test_a_star_import_without_all_leaves_underscores(read: Read) -> None:
    names = read(
        "keras",
        "2.0.9",
        {"keras/__init__.py": "from .a import *", "keras/a.py": "x = 1\n_y = 2\n"},
    )["names"]
    assert "keras.x" in names
    assert "keras._y" not in names
    assert "keras.a._y" in names


def test_only_the_tensorflow_branch_of_a_backend_test_is_taken(read: Read) -> None:
    names = read(
        "keras",
        "2.2.4",
        {
            "keras/__init__.py": "from . import backend",
            "keras/backend/__init__.py": """
                _BACKEND = "tensorflow"
                if _BACKEND == "theano":
                    from .theano_backend import *
                elif _BACKEND == "tensorflow":
                    from .tensorflow_backend import *
                else:
                    raise ValueError(_BACKEND)
            """,
            "keras/backend/theano_backend.py": "def only_theano(): pass",
            "keras/backend/tensorflow_backend.py": "def relu(): pass",
        },
    )["names"]
    assert "keras.backend.relu" in names
    assert "keras.backend.only_theano" not in names
    assert "keras.backend.theano_backend.only_theano" in names


def test_both_arms_of_a_try_count(read: Read) -> None:
    names = read(
        "keras",
        "2.0.9",
        {
            "keras/__init__.py": """
                try:
                    import h5py
                except ImportError:
                    h5py = None
                    missing = True
            """
        },
    )["names"]
    assert names["keras.h5py"]["kind"] == "module"
    assert "keras.missing" in names


def test_a_failing_import_runs_its_handler(read: Read) -> None:
    names = read(
        "keras",
        "2.0.9",
        {
            "keras/__init__.py": """
                try:
                    from .absent import thing
                    never = 1
                except ImportError:
                    instead = 1
            """
        },
    )["names"]
    assert "keras.instead" in names
    assert "keras.never" not in names
    assert "keras.thing" not in names


def test_a_package_beats_a_module_of_the_same_name(read: Read) -> None:
    names = read(
        "keras",
        "2.4.0",
        {
            "keras/__init__.py": "from . import callbacks",
            "keras/callbacks.py": "class New: pass",
            "keras/callbacks/__init__.py": "class Stale: pass",
        },
    )["names"]
    assert "keras.callbacks.Stale" in names
    assert "keras.callbacks.New" not in names


def test_a_module_that_nothing_imports_needs_its_own_import(read: Read) -> None:
    names = read(
        "keras",
        "2.2.4",
        {
            "keras/__init__.py": "from . import losses",
            "keras/losses.py": "def mse(): pass",
            "keras/objectives.py": "from .losses import *",
        },
    )["names"]
    assert names["keras.losses"] | {"open": 0} == {
        "kind": "module",
        "import": True,
        "attribute": True,
        "open": False,
    }
    assert names["keras.objectives"]["import"] is True
    assert names["keras.objectives"]["attribute"] is False
    assert names["keras.objectives.mse"]["def"] == "keras.losses.mse"


def test_importing_a_submodule_makes_it_an_attribute_of_its_package(read: Read) -> None:
    names = read(
        "keras",
        "2.2.4",
        {
            "keras/__init__.py": "from .layers.core import Dense",
            "keras/layers/__init__.py": "",
            "keras/layers/core.py": "class Dense: pass",
            "keras/layers/local.py": "class LocallyConnected: pass",
        },
    )["names"]
    assert names["keras.layers.core"]["attribute"] is True
    assert names["keras.layers.local"]["attribute"] is False


def test_a_module_hidden_by_its_own_function_may_hold_anything(read: Read) -> None:
    """`keras.dense` is the function, `import keras.dense` still works: nobody can say more."""
    names = read(
        "keras",
        "2.3.1",
        {
            "keras/__init__.py": "from .dense import dense",
            "keras/dense.py": "def dense(): pass",
        },
    )["names"]
    assert names["keras.dense"] == {
        "kind": "module",
        "import": True,
        "attribute": True,
        "open": True,
    }


def test_an_alias_of_a_module_is_a_module_and_not_spelled_out_again(read: Read) -> None:
    names = read(
        "keras",
        "2.3.1",
        {
            "keras/__init__.py": "from . import backend, layers",
            "keras/backend.py": "def relu(): pass",
            "keras/layers.py": "from . import backend as K\nimport numpy as np\n",
        },
    )["names"]
    assert names["keras.layers.K"]["def"] == "keras.backend"
    assert names["keras.layers.K"]["open"] is True
    assert names["keras.layers.K"]["import"] is False
    assert names["keras.layers.np"]["def"] == "numpy"
    assert "keras.layers.K.relu" not in names


def test_a_deleted_name_is_gone(read: Read) -> None:
    names = read("keras", "2.3.1", {"keras/__init__.py": "import os\nx = 1\ndel os\n"})["names"]
    assert "keras.x" in names
    assert "keras.os" not in names


def test_a_module_whose_import_fails_is_no_module(read: Read) -> None:
    names = read(
        "keras",
        "2.3.1",
        {"keras/__init__.py": "", "keras/broken.py": "from keras import nothing"},
    )["names"]
    assert "keras.broken" not in names


def test_the_shim_over_tf_keras_is_open(read: Read) -> None:
    """Keras 2.4 shows whatever the installed TensorFlow has."""
    names = read(
        "keras",
        "2.4.3",
        {
            "keras/__init__.py": "from . import layers\nfrom . import losses\n",
            "keras/layers/__init__.py": "from tensorflow.keras.layers import *",
            "keras/losses.py": "def own(): pass",
        },
    )["names"]
    assert names["keras.layers"]["open"] is True
    assert names["keras.losses"]["open"] is False


def test_test_modules_are_modules_that_may_hold_anything(read: Read) -> None:
    names = read(
        "keras",
        "2.6.0",
        {"keras/__init__.py": "", "keras/core_test.py": "import absent.testing\n"},
    )["names"]
    assert names["keras.core_test"] | {"attribute": False} == {
        "kind": "module",
        "import": True,
        "attribute": False,
        "open": True,
    }
