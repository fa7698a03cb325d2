"""TensorFlow: generated lists, and what the package adds to itself when imported."""

from __future__ import annotations

from .conftest import Read

OPS = {
    "tensorflow/python/__init__.py": "",
    "tensorflow/python/ops.py": "def add(x, y, name=None): pass",
    "tensorflow/python/lazy_loader.py": "class LazyLoader: pass",
}
KERAS = {
    "keras/api/_v2/keras/__init__.py": """
        from . import layers
        from . import losses
    """,
    "keras/api/_v2/keras/layers/__init__.py": "from keras.core import Dense",
    "keras/api/_v2/keras/losses/__init__.py": "from keras.core import mse",
    "keras/__init__.py": "",
    "keras/core.py": """
        import tensorflow as tf
        class Dense(tf.Module):
            def __init__(self, units, **kwargs):
                super().__init__(**kwargs)
        def mse(y_true, y_pred): pass
    """,
}
TF_2 = {
    **OPS,
    "tensorflow/__init__.py": """
        import sys as _sys
        from tensorflow._api.v2 import math
        from tensorflow._api.v2 import compat
        from tensorflow.python.ops import add
        from tensorflow.python.module import Module
        from tensorflow.python.lazy_loader import KerasLazyLoader as _KerasLazyLoader
        _current_module = _sys.modules[__name__]
        setattr(_current_module, "keras", _KerasLazyLoader(globals()))
        _losses = _KerasLazyLoader(globals(), submodule="losses", name="losses")
        setattr(_current_module, "losses", _losses)
        try:
            del python
        except NameError:
            pass
    """,
    "tensorflow/python/module.py": """
        class Module:
            def __init__(self, name=None): pass
            def variables(self): pass
    """,
    "tensorflow/_api/v2/__init__.py": "",
    "tensorflow/_api/v2/math/__init__.py": "from tensorflow.python.ops import add",
    "tensorflow/_api/v2/compat/__init__.py": "from tensorflow._api.v2.compat import v1",
    "tensorflow/_api/v2/compat/v1/__init__.py": """
        from tensorflow._api.v2.compat.v1 import compat
        from tensorflow.python.ops import add
        from tensorflow.python.lazy_loader import KerasLazyLoader as _KerasLazyLoader
        layers = _KerasLazyLoader(
            globals(), submodule="__internal__.legacy.layers", name="layers", mode="v1")
    """,
    "tensorflow/_api/v2/compat/v1/compat/__init__.py": """
        from tensorflow._api.v2.compat.v1.compat import v1
    """,
    "tensorflow/_api/v2/compat/v1/compat/v1/__init__.py": "from tensorflow.python.ops import add",
}


def test_public_modules_live_in_the_api_folder(read: Read) -> None:
    names = read("tensorflow", "2.21.0", TF_2)["names"]
    assert names["tensorflow.math.add"]["def"] == "tensorflow.python.ops.add"
    assert names["tensorflow.math"]["import"] is True
    assert names["tensorflow.math"]["attribute"] is True


def test_keras_is_the_keras_release_of_the_same_minor(read: Read) -> None:
    inventory = read("tensorflow", "2.15.1", TF_2, {"keras": KERAS})
    names = inventory["names"]
    assert names["tensorflow.keras.layers.Dense"]["def"] == "keras.core.Dense"
    assert names["tensorflow.keras.layers"]["import"] is True
    assert names["tensorflow.losses.mse"]["def"] == "keras.core.mse"
    assert names["tensorflow.losses"]["import"] is False
    dense = inventory["classes"]["keras.core.Dense"]
    assert "variables" in dense["members"]
    assert dense["open"] is False
    assert inventory["callables"]["keras.core.Dense"]["open"] is False


def test_keras_is_another_axis_from_2_16_on(read: Read) -> None:
    names = read("tensorflow", "2.16.2", TF_2)["names"]
    assert not [name for name in names if name.startswith("tensorflow.keras")]
    assert names["tensorflow.losses"]["def"] == "tensorflow.keras.losses"
    assert names["tensorflow.losses"]["open"] is True
    # The loader refuses every name of this one under Keras 3.
    assert names["tensorflow.compat.v1.layers"]["open"] is False


def test_the_python_folder_is_importable_but_deleted(read: Read) -> None:
    names = read("tensorflow", "2.21.0", TF_2)["names"]
    python = names["tensorflow.python"]
    assert (python["import"], python["attribute"], python["open"]) == (True, False, True)
    assert names["tensorflow.python.ops"]["import"] is True
    assert "tensorflow.python.ops.add" not in names


def test_private_keras_has_its_names(read: Read) -> None:
    files = {
        **TF_2,
        "tensorflow/python/keras/__init__.py": "from tensorflow.python.keras import layers",
        "tensorflow/python/keras/layers/__init__.py": "class Dense: pass",
    }
    names = read("tensorflow", "2.21.0", files)["names"]
    assert names["tensorflow.python.keras.layers.Dense"]["kind"] == "class"
    assert names["tensorflow.python.keras.layers"]["open"] is False


def test_compat_does_not_repeat_itself_without_end(read: Read) -> None:
    names = read("tensorflow", "2.21.0", TF_2)["names"]
    assert "tensorflow.compat.v1.add" in names
    assert names["tensorflow.compat.v1.compat.v1"]["open"] is True
    assert "tensorflow.compat.v1.compat.v1.add" not in names


def test_the_package_behind_a_forwarding_one(read: Read) -> None:
    """1.15 to 2.1 keep everything in `tensorflow_core`; contrib may hold anything."""
    names = read(
        "tensorflow",
        "1.15.5",
        {
            "tensorflow/__init__.py": "from tensorflow_core import *",
            "tensorflow_core/__init__.py": """
                from tensorflow_core._api.v1 import app
                from tensorflow.python.keras.api._v1 import keras
                from tensorflow.python.lazy_loader import LazyLoader
                contrib = LazyLoader("contrib", globals(), "tensorflow.contrib")
            """,
            "tensorflow_core/_api/v1/app/__init__.py": "from tensorflow.python.run import run",
            "tensorflow_core/python/__init__.py": "",
            "tensorflow_core/python/run.py": "def run(main=None): pass",
            "tensorflow_core/python/keras/api/_v1/keras/__init__.py": """
                from tensorflow.python.run import run as Model
            """,
        },
    )["names"]
    assert names["tensorflow.app.run"]["kind"] == "function"
    assert names["tensorflow.keras"]["import"] is True
    assert "tensorflow.keras.Model" in names
    assert names["tensorflow.contrib"]["open"] is True


def test_summary_shows_tensorboards_names_over_its_own(read: Read) -> None:
    names = read(
        "tensorflow",
        "2.15.1",
        {
            **OPS,
            "tensorflow/__init__.py": """
                import sys as _sys
                from tensorflow._api.v2 import summary
                _current_module = _sys.modules[__name__]
                try:
                    from tensorboard.summary._tf import summary
                    setattr(_current_module, "summary", summary)
                except ImportError:
                    pass
            """,
            "tensorflow/_api/v2/summary/__init__.py": "from tensorflow.python.ops import add as flush",
        },
        {
            "tensorboard": {
                "tensorboard/__init__.py": "",
                "tensorboard/summary/__init__.py": "",
                "tensorboard/summary/_tf/__init__.py": "",
                "tensorboard/summary/_tf/summary/__init__.py": """
                    import tensorflow as tf
                    def reexport(): globals().update({})
                    from tensorboard.summary.v2 import scalar
                """,
                "tensorboard/summary/v2.py": "def scalar(name, data): pass",
            }
        },
    )["names"]
    assert names["tensorflow.summary.scalar"]["kind"] == "function"
    assert names["tensorflow.summary.flush"]["kind"] == "function"


def test_raw_ops_take_keywords_only(read: Read) -> None:
    files = {
        **OPS,
        "tensorflow/__init__.py": "from tensorflow._api.v2 import raw_ops",
        "tensorflow/_api/v2/raw_ops/__init__.py": "from tensorflow.python.gen_ops import Add",
        "tensorflow/python/gen_ops.py": """
            from tensorflow.python import ops as _ops
            def add(x, y, name=None): pass
            Add = tf_export("raw_ops.Add")(_ops.to_raw_op(add))
        """,
    }
    inventory = read("tensorflow", "2.21.0", files)
    record = inventory["names"]["tensorflow.raw_ops.Add"]
    assert record["kind"] == "function"
    parameters = inventory["callables"][record["def"]]["parameters"]
    assert [parameter[1] for parameter in parameters] == ["keyword"] * 3


def test_generated_messages_are_classes(read: Read) -> None:
    files = {
        **OPS,
        "tensorflow/__init__.py": "from tensorflow._api.v2 import train",
        "tensorflow/_api/v2/train/__init__.py": "from tensorflow.core.example_pb2 import Example",
        "tensorflow/core/__init__.py": "",
        "tensorflow/core/example_pb2.py": "_globals = globals()",
    }
    assert read("tensorflow", "2.21.0", files)["names"]["tensorflow.train.Example"] == {
        "kind": "class"
    }


def test_of_two_libraries_the_one_that_is_taken_unasked(read: Read) -> None:
    """As in TensorFlow 2.5, where a variable chooses between the wheel's own Keras and another."""
    files = {
        **OPS,
        "tensorflow/__init__.py": """
            import os as _os
            import sys as _sys
            from tensorflow.python.lazy_loader import LazyLoader as _LazyLoader
            _current_module = _sys.modules[__name__]
            if _os.environ.get("_PREFER_OSS_KERAS", False):
                keras = _LazyLoader("keras", globals(), "keras.api._v2.keras")
                setattr(_current_module, "keras", keras)
            else:
                try:
                    from tensorflow import keras
                    setattr(_current_module, "keras", keras)
                except ImportError:
                    pass
        """,
        "tensorflow/keras/__init__.py": "from . import layers",
        "tensorflow/keras/layers/__init__.py": "from tensorflow.python.keras.core import Dense",
        "tensorflow/python/keras/__init__.py": "",
        "tensorflow/python/keras/core.py": "class Dense: pass",
    }
    names = read("tensorflow", "2.5.3", files)["names"]
    assert names["tensorflow.keras.layers.Dense"]["def"] == "tensorflow.python.keras.core.Dense"
    assert names["tensorflow.keras.layers"]["attribute"] is True
    assert names["tensorflow.keras"]["open"] is False
