"""KER201: which imports read the variable, in which releases."""

from __future__ import annotations

import pytest

from tests.rules.order.order_cases import findings, lines

FIRE = {
    "below the import": (
        """
        import os
        import keras
        os.environ["KERAS_BACKEND"] = "jax"
        """,
        [4],
    ),
    "between tensorflow and keras": (
        """
        import os
        import tensorflow as tf
        os.environ["KERAS_BACKEND"] = "jax"
        import keras
        """,
        [4],
    ),
    "after a module of tensorflow": (
        """
        import os
        from tensorflow.keras import layers
        os.environ["KERAS_BACKEND"] = "jax"
        """,
        [4],
    ),
    "after tf_keras, which imports tensorflow": (
        """
        import os, tf_keras
        os.environ["KERAS_BACKEND"] = "jax"
        """,
        [3],
    ),
    "another value than the one in time": (
        """
        import os
        os.environ["KERAS_BACKEND"] = "jax"
        import keras
        os.environ["KERAS_BACKEND"] = "torch"
        """,
        [5],
    ),
    "importlib": (
        """
        import importlib, os
        importlib.import_module("keras")
        os.environ["KERAS_BACKEND"] = "jax"
        """,
        [4],
    ),
    "reload does not help": (
        """
        import importlib, os
        import keras
        from keras import backend as K
        os.environ["KERAS_BACKEND"] = "jax"
        importlib.reload(keras)
        importlib.reload(K)
        """,
        [5],
    ),
    "keras-core": (
        """
        import os, keras_core
        os.environ["KERAS_BACKEND"] = "jax"
        """,
        [3],
    ),
}

SILENT = {
    "in time": """
        import os
        os.environ["KERAS_BACKEND"] = "jax"
        import keras
        """,
    "loaded anew": """
        import os, sys
        import keras
        os.environ["KERAS_BACKEND"] = "jax"
        for name in list(sys.modules):
            if name.startswith("keras"):
                del sys.modules[name]
        import keras
        """,
    "the legacy switch is on": """
        import os
        os.environ["TF_USE_LEGACY_KERAS"] = "1"
        import tensorflow
        os.environ["KERAS_BACKEND"] = "jax"
        import keras
        """,
    "the legacy switch may be on": """
        import os, sys
        os.environ["TF_USE_LEGACY_KERAS"] = sys.argv[1]
        import tensorflow
        os.environ["KERAS_BACKEND"] = "jax"
        """,
    "own modules": """
        import os
        from . import keras
        from .keras import layers
        import keras_tools, tensorflow_like
        os.environ["KERAS_BACKEND"] = "jax"
        """,
}


@pytest.mark.parametrize("case", FIRE)
def test_too_late(case: str) -> None:
    program, expected = FIRE[case]
    assert lines("KER201", program) == expected


@pytest.mark.parametrize("case", SILENT)
def test_not_too_late(case: str) -> None:
    assert lines("KER201", SILENT[case]) == []


AFTER_KERAS = 'import os, keras\nos.environ["KERAS_BACKEND"] = "theano"\n'
AFTER_TENSORFLOW = 'import os, tensorflow\nos.environ["KERAS_BACKEND"] = "theano"\n'


@pytest.mark.parametrize(
    ("keras", "tensorflow", "after_keras", "after_tensorflow"),
    [
        ("3.15.1", "2.21.0", [2], [2]),
        ("3.0.0", "2.16.1", [2], [2]),
        ("3.15.1", None, [2], [2]),
        ("2.15.0", "2.15.1", [], []),
        ("2.4.3", "2.4.4", [], []),
        ("2.3.1", "1.15.5", [2], []),
        (None, None, [], []),
    ],
)
def test_depends_on_the_versions(
    keras: str | None,
    tensorflow: str | None,
    after_keras: list[int],
    after_tensorflow: list[int],
) -> None:
    versions = {"keras": keras, "tensorflow": tensorflow}
    assert lines("KER201", AFTER_KERAS, **versions) == after_keras
    assert lines("KER201", AFTER_TENSORFLOW, **versions) == after_tensorflow


def test_reloading_the_backend_helped_before_keras_2_4() -> None:
    program = """
    import importlib, os
    from keras import backend as K
    def set_backend(name):
        if K.backend() != name:
            os.environ["KERAS_BACKEND"] = name
            importlib.reload(K)
    set_backend("theano")
    """
    assert lines("KER201", program, keras="2.2.4", tensorflow="1.15.5") == []
    assert lines("KER201", program) == [6]


def test_a_switch_that_is_turned_on_too_late_does_not_count() -> None:
    program = """
    import os
    import tensorflow
    os.environ["TF_USE_LEGACY_KERAS"] = "1"
    os.environ["KERAS_BACKEND"] = "jax"
    """
    assert lines("KER201", program, legacy=True) == [5]
    assert lines("KER203", program, legacy=True) == [4]


@pytest.mark.parametrize("write", ['environ["KERAS_BACKEND"] = ', "environ.update(KERAS_BACKEND="])
def test_the_backend_that_keras_takes_anyway_is_a_warning(write: str) -> None:
    end = ")" if write.endswith("(KERAS_BACKEND=") else ""
    program = f'import os, tensorflow\nos.{write}"tensorflow"{end}\nimport keras\n'
    (found,) = findings("KER201", program)
    assert found.severity == "warning"
    assert found.message == (
        "`KERAS_BACKEND` is set after the import of `tensorflow` has read it: "
        "tensorflow is only the default"
    )


def test_the_default_too_late_after_another_choice_is_an_error() -> None:
    program = """
    import os
    os.environ["KERAS_BACKEND"] = "jax"
    import keras
    os.environ["KERAS_BACKEND"] = "tensorflow"
    """
    (found,) = findings("KER201", program)
    assert found.severity == "error"
    assert found.message.endswith(": Keras keeps `jax`, set at `program.py:3`")


def test_both_places_are_named() -> None:
    (found,) = findings("KER201", AFTER_TENSORFLOW)
    assert found.severity == "error"
    assert "import of `tensorflow`" in found.message
    assert found.label == "too late: set here"
    (place,) = found.related
    assert place.message == "tensorflow is imported here; it imports keras, which reads it"
    assert (place.path, place.span.start.line, place.span.start.column) == ("program.py", 1, 12)
    assert "before the first import of keras or tensorflow" in found.help


def test_the_first_import_is_the_one_that_counts() -> None:
    program = 'import os\nimport keras\nimport tensorflow\nos.environ["KERAS_BACKEND"] = "jax"\n'
    (found,) = findings("KER201", program)
    assert found.related[0].message == "keras is imported here, and reads it"
    assert found.related[0].span.start.line == 2
