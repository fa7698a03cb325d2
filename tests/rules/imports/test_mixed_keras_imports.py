"""KER102: `keras` and `tf.keras` side by side."""

from __future__ import annotations

import pytest

from kerlint.engine import check
from kerlint.project.discovery import File
from kerlint.settings import SettingsTree
from tests.rules.imports.import_cases import findings, lines

OLD = {"keras": "2.3.1", "tensorflow": "2.1.0"}

FIRE = {
    "from-imports of both": (
        """
        from keras.models import Sequential
        from tensorflow.keras.layers import Dense
        model = Sequential([Dense(1)])
        """,
        3,
    ),
    "the cure that people tell each other": (
        """
        from tensorflow import keras
        from keras.layers import Dense
        model = keras.Sequential([Dense(1)])
        """,
        3,
    ),
    "by attribute": (
        """
        import keras
        import tensorflow as tf
        model = keras.Sequential([tf.keras.layers.Dense(1)])
        """,
        4,
    ),
    "in one function": (
        """
        def build():
            import keras
            from tensorflow.keras.layers import Dense
            return keras.Sequential([Dense(1)])
        """,
        4,
    ),
    "imported above, used in functions": (
        """
        from keras.layers import Dense
        from tensorflow.keras.models import Sequential
        def layer():
            return Dense(1)
        def model():
            return Sequential([layer()])
        """,
        3,
    ),
    "an alias": (
        """
        import tensorflow.keras as tk
        import keras as k
        class Net(tk.Model):
            layer = k.layers.Dense(1)
        """,
        3,
    ),
    "tf.keras in a function, keras imported above": (
        """
        from keras.layers import Dense
        import tensorflow as tf
        def build():
            return tf.keras.Sequential([Dense(1)])
        """,
        5,
    ),
}

SILENT = {
    "keras alone": """
        import keras
        from keras.layers import Dense
        keras.Sequential([Dense(1)])
        """,
    "tf.keras alone": """
        import tensorflow as tf
        from tensorflow import keras
        from tensorflow.keras.layers import Dense
        keras.Sequential([Dense(1), tf.keras.layers.Dense(2)])
        """,
    "the version": """
        import keras
        import tensorflow as tf
        print(keras.__version__)
        model = tf.keras.Sequential([tf.keras.layers.Dense(1)])
        """,
    "settings and data": """
        import keras
        import tensorflow as tf
        keras.config.set_floatx("float32")
        data = keras.datasets.mnist.load_data()
        model = tf.keras.Sequential([tf.keras.layers.Dense(1)])
        """,
    "either or": """
        try:
            import keras
        except ImportError:
            from tensorflow import keras
        model = keras.Sequential([keras.layers.Dense(1)])
        """,
    "either or, from": """
        try:
            from tensorflow.keras.layers import Dense
        except ImportError:
            from keras.layers import Dense
        layer = Dense(1)
        """,
    "by a flag": """
        import os
        if os.environ.get("TF_KERAS"):
            from tensorflow import keras
        else:
            import keras
        layer = keras.layers.Dense(1)
        """,
    "by the version": """
        import tensorflow as tf
        if tf.__version__ < "2.16":
            import keras
            layer = keras.layers.Dense(1)
        model = tf.keras.Sequential([tf.keras.layers.Dense(1)])
        """,
    "for others to import": """
        from keras.layers import Dense
        from tensorflow.keras.models import Model
        __all__ = ["Dense", "Model"]
        """,
    "what only tf.keras has": """
        import keras
        from tensorflow.keras.preprocessing.text import Tokenizer
        tokenizer = Tokenizer()
        model = keras.Sequential([keras.layers.Dense(1)])
        """,
    "for types only": """
        from __future__ import annotations
        from typing import TYPE_CHECKING
        import keras
        if TYPE_CHECKING:
            import tensorflow as tf
        def build() -> tf.keras.Model:
            return keras.Sequential([keras.layers.Dense(1)])
        """,
    "each in a function of its own": """
        def one():
            import keras
            return keras.Sequential([keras.layers.Dense(1)])
        def two():
            from tensorflow import keras
            return keras.Sequential([keras.layers.Dense(1)])
        """,
    "tf_keras is another rule's": """
        import tf_keras
        import keras
        keras.Sequential([tf_keras.layers.Dense(1)])
        """,
    "own modules": """
        from . import keras
        from .tensorflow.keras import layers
        import tensorflow as tf
        keras.Sequential([layers.Dense(1), tf.keras.layers.Dense(1)])
        """,
    "a variable called keras": """
        import tensorflow as tf
        keras = tf.keras
        keras.Sequential([tf.keras.layers.Dense(1)])
        """,
}


@pytest.mark.parametrize("case", FIRE)
def test_a_warning_where_they_are_one_library(case: str) -> None:
    program, line = FIRE[case]
    (found,) = findings("KER102", program)
    assert (found.span.start.line, found.severity) == (line, "warning")


@pytest.mark.parametrize("case", SILENT)
def test_not_mixed(case: str) -> None:
    assert lines("KER102", SILENT[case]) == []


@pytest.mark.parametrize("case", SILENT)
def test_not_mixed_where_they_are_two_libraries(case: str) -> None:
    if case not in ("what only tf.keras has", "by the version"):
        assert lines("KER102", SILENT[case], **OLD) == []


MIXED = """
import keras
import tensorflow as tf
model = keras.Sequential([tf.keras.layers.Dense(1)])
"""


@pytest.mark.parametrize(
    ("keras", "tensorflow", "legacy", "severity"),
    [
        ("3.15.1", "2.21.0", False, "warning"),
        ("3.15.1", "2.15.1", False, "warning"),
        ("2.15.0", "2.15.1", False, "warning"),
        ("2.10.0", "2.10.1", False, "warning"),
        ("2.8.0", "2.8.4", False, "warning"),
        ("2.5.0", "2.5.3", False, "error"),
        ("2.3.1", "1.15.5", False, "error"),
        ("3.15.1", "2.21.0", True, "error"),
        (None, "2.4.1", False, "error"),
        (None, "2.21.0", False, "warning"),
    ],
)
def test_severity_by_versions(
    keras: str | None, tensorflow: str | None, legacy: bool, severity: str
) -> None:
    (found,) = findings("KER102", MIXED, keras=keras, tensorflow=tensorflow, legacy=legacy)
    assert found.severity == severity


def test_it_says_why_they_are_two_libraries() -> None:
    (found,) = findings("KER102", MIXED, legacy=True)
    assert "two libraries with `TF_USE_LEGACY_KERAS`" in found.message
    (found,) = findings("KER102", MIXED, legacy=True, **OLD)
    assert "two libraries at the target" in found.message


def test_what_makes_no_keras_objects_is_no_error() -> None:
    program = """
    from keras.utils import to_categorical
    import tensorflow as tf
    y = to_categorical([1, 2])
    model = tf.keras.Sequential([tf.keras.layers.Dense(1)])
    """
    (found,) = findings("KER102", program, **OLD)
    assert found.severity == "warning"


def test_functions_that_use_one_each_are_no_error() -> None:
    program = """
    import keras
    import tensorflow as tf
    def one():
        return keras.Sequential([keras.layers.Dense(1)])
    def two():
        return tf.keras.Sequential([tf.keras.layers.Dense(1)])
    """
    (found,) = findings("KER102", program, **OLD)
    assert found.severity == "warning"


def codes(program: str, *select: str) -> list[str]:
    """Codes of a whole run at versions where `keras` and `tf.keras` are two libraries."""
    target = ["keras==2.3.1", "tensorflow==2.2.3"]
    settings = SettingsTree({"target": target, "select": list(select)}, isolated=True)
    file = File("example.py", data=program.encode(), explicit=True)
    return [found.code for found in check([file], settings, jobs=1).diagnostics]


BOTH = ("KER101", "KER102")
IMPORTS = "import keras\nfrom tensorflow.keras.layers import Dense\n"


def test_one_fault_is_one_finding() -> None:
    program = f"{IMPORTS}model = keras.Sequential([Dense(1)])\n"
    assert codes(program, *BOTH) == ["KER101"]
    assert codes(program, "KER102") == ["KER102"]
    assert codes(program, "KER101") == ["KER101"]


def test_imports_mix_although_no_objects_are_seen_to_meet() -> None:
    program = f"{IMPORTS}def build(layers):\n    return keras.Sequential(layers), Dense(1)\n"
    assert codes(program, *BOTH) == ["KER102"]


def test_both_places_are_shown() -> None:
    (found,) = findings("KER102", MIXED)
    assert (found.span.start, found.span.end) == ((4, 27), (4, 35))
    (place,) = found.related
    assert (place.span.start, place.span.end) == ((2, 8), (2, 13))
    assert (place.message, found.label) == ("keras here", "tf.keras here")


def test_one_finding_for_a_file() -> None:
    assert len(findings("KER102", MIXED + MIXED)) == 1
