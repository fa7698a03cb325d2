"""KER103: private parts of Keras."""

from __future__ import annotations

import textwrap

import pytest

from kerlint.checking.scan import api_of
from kerlint.project.targets import Versions
from kerlint.rules._private import is_own_source, is_private
from kerlint.source.gates import Gate
from tests.rules.imports.import_cases import RULES, findings, lines


def test_a_private_module_that_is_there_is_a_warning() -> None:
    (found,) = findings("KER103", "from tensorflow.python.keras.layers import Dense\n")
    assert found.severity == "warning"
    assert found.message == (
        "`tensorflow.python.keras` is a private copy whose objects do not work with `tf.keras`"
    )
    assert found.help == "use the public `tensorflow.keras.layers.Dense`"
    assert (found.span.start, found.span.end) == ((1, 6), (1, 29))


def test_one_statement_is_one_finding() -> None:
    (found,) = findings("KER103", "from keras.src.layers import Dense, Conv2D\nDense(Conv2D)\n")
    assert found.help == "use the public `keras.layers.Dense`, `keras.layers.Conv2D`"
    assert found.message == "`keras.src` is private and may change or vanish in any release"


def test_a_private_name_that_is_gone_is_an_error() -> None:
    (found,) = findings("KER103", "from keras.src.engine import keras_tensor\n")
    assert found.severity == "error"
    assert found.message == (
        "`keras.src.engine` does not exist in Keras 3.15.1; `keras.src` is private"
    )
    assert (found.span.start, found.span.end) == ((1, 6), (1, 22))


def test_a_missing_name_is_shown_where_it_is_written() -> None:
    (found,) = findings("KER103", "from keras.src.layers import Dense, Merge\n")
    assert found.severity == "error"
    assert found.qualified_name == "keras.src.layers.Merge"
    assert (found.span.start, found.span.end) == ((1, 37), (1, 42))


def test_a_deeper_home_leads_to_the_public_name() -> None:
    (found,) = findings("KER103", "from keras.src.layers.core.dense import Dense\n")
    assert found.help == "use the public `keras.layers.Dense`"


def test_no_public_name() -> None:
    (found,) = findings("KER103", "from tensorflow.python.keras.backend import get_graph\n")
    assert "no public name" in found.help


def test_a_public_module_of_the_same_name_that_holds_something_else() -> None:
    program = "import keras\nbackend = keras.src.backend\nlosses = keras.src.losses\n"
    backend, losses = findings("KER103", program)
    assert backend.help == "only a part of it is public, in `keras.backend`"
    assert losses.help == "use the public `keras.losses`"


FIRE = {
    "import": ("import keras.src.layers\n", [1]),
    "import as": ("import tensorflow.python.keras as keras\n", [1]),
    "from above": ("from tensorflow.python import keras\n", [1]),
    "from the top": ("from keras import src\n", [1]),
    "star": ("from keras.src.layers import *\n", [1]),
    "by attribute": ("import tensorflow as tf\nx = tf.python.keras.layers.Dense\n", [2]),
    "import tells of its uses": (
        "import keras.src.layers\nkeras.src.layers.Dense(1)\nkeras.src.layers.Conv2D(1)\n",
        [1],
    ),
    "a use that is gone, below an import": (
        "from keras.src import layers\nlayers.Dense(1)\nlayers.Merge()\n",
        [1, 3],
    ),
    "the copy for TensorFlow": ("from keras._tf_keras.keras.layers import Dense\n", [1]),
    "tf_keras": ("from tf_keras.src.layers import Dense\n", [1]),
    "keras.api is gone": ("from keras.api._v2 import keras\n", [1]),
    "tensorflow_core is gone": ("from tensorflow_core.python.keras import layers\n", [1]),
    "another is asked for": (
        "import keras\nif hasattr(keras, 'layers'):\n    x = keras.src.backend\n",
        [3],
    ),
    "in a function": ("def load():\n    from keras.src import layers\n    return layers\n", [2]),
}

SILENT = {
    "public": "from keras.layers import Dense\nimport tensorflow.keras\n",
    "under try": """
        try:
            from tensorflow.keras.layers import Dense
        except ImportError:
            from tensorflow.python.keras.layers import Dense
        """,
    "tried first": """
        try:
            from keras.src.engine import keras_tensor
        except ImportError:
            keras_tensor = None
        """,
    "asked for first": """
        import keras
        if hasattr(keras, "src"):
            backend = keras.src.backend
        else:
            backend = keras.backend
        """,
    "asked for, and more": """
        from importlib.util import find_spec
        import keras
        if find_spec("keras.src.saving") and keras.__version__ > "2":
            from keras.src.saving import saving_lib
        """,
    "for types": """
        from typing import TYPE_CHECKING
        if TYPE_CHECKING:
            from keras.src.layers import Dense
        """,
    "the other version": """
        import keras
        if keras.__version__ < "3":
            from keras.src.engine import keras_tensor
        """,
    "not Keras": "from tensorflow.python.framework import ops\nfrom tensorflow.python import pywrap\n",
    "others' names": "import mykeras.src\nfrom .keras.src import layers\nimport keras_src\n",
    "text": '"""from keras.src import layers"""\n# import keras.src\n',
    "what was public": "from keras.engine import Layer\n",
}


@pytest.mark.parametrize("case", FIRE)
def test_private(case: str) -> None:
    program, expected = FIRE[case]
    assert lines("KER103", program) == expected


@pytest.mark.parametrize("case", SILENT)
def test_not_private(case: str) -> None:
    assert lines("KER103", SILENT[case]) == []


@pytest.mark.parametrize(
    ("tensorflow", "severity"), [("2.1.0", "warning"), ("2.2.0", "error"), ("2.21.0", "error")]
)
def test_tensorflow_core_by_version(tensorflow: str, severity: str) -> None:
    (found,) = findings("KER103", "import tensorflow_core\n", tensorflow=tensorflow)
    assert found.severity == severity


@pytest.mark.parametrize("case", FIRE)
def test_the_gate_lets_it_through(case: str) -> None:
    program = textwrap.dedent(FIRE[case][0]).encode()
    gate = Gate(api_of(Versions("3.15.1", "2.21.0", "2.21.0", "3.11")), [RULES["KER103"]])
    assert gate.candidates(program, "program.py")


OWN = "from keras.src.layers import Dense\n"


@pytest.mark.parametrize(
    "path",
    [
        "keras/src/layers/core/dense.py",
        "/opt/site-packages/keras/src/__init__.py",
        "keras\\src\\backend.py",
        "keras/_tf_keras/keras/__init__.py",
        "tensorflow/python/keras/engine/training.py",
        "tf_keras/src/engine.py",
    ],
)
def test_the_libraries_may_use_their_own_parts(path: str) -> None:
    assert is_own_source(path)
    assert lines("KER103", OWN, path=path) == []


@pytest.mark.parametrize(
    "path", ["examples/keras/train.py", "src/keras_tools.py", "mykeras/src/model.py", "keras/x.py"]
)
def test_folders_that_only_sound_like_them(path: str) -> None:
    assert not is_own_source(path)
    assert lines("KER103", OWN, path=path) == [1]


def test_generated_public_modules_are_left_alone() -> None:
    program = '"""DO NOT EDIT.\n\nThis file was autogenerated. Do not edit it by hand.\n"""\n' + OWN
    assert lines("KER103", program, path="keras/layers/__init__.py") == []


@pytest.mark.parametrize(
    ("name", "private"),
    [
        ("keras.src", True),
        ("keras.src.layers.Dense", True),
        ("keras.source", False),
        ("keras.srcs.layers", False),
        ("keras.layers", False),
        ("keras", False),
        ("tensorflow.python.framework.ops", True),
        ("tensorflow.python_io", False),
        ("tensorflow_core", True),
        ("keras._tf_keras.keras", True),
        ("tf_keras.api._v2.keras", True),
    ],
)
def test_is_private(name: str, private: bool) -> None:
    assert is_private(name) is private
