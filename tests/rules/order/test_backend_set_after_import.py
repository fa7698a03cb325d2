"""KER201: which writes of KERAS_BACKEND are too late."""

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
    "environ under another name": (
        """
        import keras
        from os import environ as e
        import os as o
        e["KERAS_BACKEND"] = "jax"
        o.environ["KERAS_BACKEND"] = "torch"
        """,
        [5, 6],
    ),
    "every way to write": (
        """
        import keras, os
        os.environ.setdefault("KERAS_BACKEND", "jax")
        os.environ.update({"KERAS_BACKEND": "jax"})
        os.environ.update(KERAS_BACKEND="jax")
        os.environ.update(dict(KERAS_BACKEND="jax"))
        os.environ |= {"KERAS_BACKEND": "jax"}
        """,
        [3, 4, 5, 6, 7],
    ),
    "a constant as key": (
        """
        import keras, os
        VARIABLE = "KERAS_BACKEND"
        os.environ[VARIABLE] = "jax"
        """,
        [4],
    ),
    "a function that is called": (
        """
        import keras, os
        def configure():
            os.environ["KERAS_BACKEND"] = "jax"
        configure()
        """,
        [4],
    ),
    "a function that imports": (
        """
        import os
        def load():
            from keras import layers
        load()
        os.environ["KERAS_BACKEND"] = "jax"
        """,
        [6],
    ),
    "both in a function that others call": (
        """
        import os
        def main():
            import keras
            os.environ["KERAS_BACKEND"] = "jax"
        """,
        [5],
    ),
    "main, called when this is the program": (
        """
        import argparse, os
        import keras
        def main():
            args = argparse.ArgumentParser().parse_args()
            os.environ["KERAS_BACKEND"] = args.backend
        if __name__ == "__main__":
            main()
        """,
        [6],
    ),
    "under a test of an argument": (
        """
        import os, sys
        import keras
        if len(sys.argv) > 1:
            os.environ["KERAS_BACKEND"] = sys.argv[1]
        """,
        [5],
    ),
    "under a test whose outcome is known": (
        """
        import os
        import keras
        if keras.__version__ >= "3":
            os.environ["KERAS_BACKEND"] = "jax"
        """,
        [5],
    ),
    "a class body runs": (
        """
        import os
        class Settings:
            import keras
        os.environ["KERAS_BACKEND"] = "jax"
        """,
        [5],
    ),
    "a decorator's import runs": (
        """
        import os
        def register(function):
            import keras
            return function
        @register
        def train():
            pass
        os.environ["KERAS_BACKEND"] = "jax"
        """,
        [9],
    ),
    "both arms import": (
        """
        import os
        if len(os.sep) == 1:
            import keras
        else:
            import tensorflow
        os.environ["KERAS_BACKEND"] = "jax"
        """,
        [7],
    ),
    "an import that ends the program when it fails": (
        """
        import os, sys
        try:
            import keras
        except ImportError:
            sys.exit("pip install keras")
        os.environ["KERAS_BACKEND"] = "jax"
        """,
        [7],
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
    "a switch that is off": (
        """
        import os
        os.environ["TF_USE_LEGACY_KERAS"] = "0"
        import tensorflow
        os.environ["KERAS_BACKEND"] = "jax"
        """,
        [5],
    ),
    "in a loop, after its own import": (
        """
        import os
        for name in ("a", "b"):
            import keras
            os.environ["KERAS_BACKEND"] = "jax"
        """,
        [5],
    ),
    "in a with block": (
        """
        import os
        import keras
        with open(os.devnull) as file:
            os.environ["KERAS_BACKEND"] = "jax"
        """,
        [5],
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
    "a command of click": (
        """
        import os
        import click
        import keras
        @click.command()
        @click.option("--backend")
        def main(backend):
            os.environ["KERAS_BACKEND"] = backend
        if __name__ == "__main__":
            main()
        """,
        [8],
    ),
    "only if nobody set it, but too late": (
        """
        import os
        import keras
        if "KERAS_BACKEND" not in os.environ:
            os.environ["KERAS_BACKEND"] = "jax"
        """,
        [5],
    ),
    "the state after a function that may leave early": (
        """
        import os
        import keras
        def prepare():
            if os.sep:
                return
            print("other")
        prepare()
        os.environ["KERAS_BACKEND"] = "jax"
        """,
        [9],
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
    "only read": """
        import os, keras
        print(os.environ.get("KERAS_BACKEND"), os.environ["KERAS_BACKEND"])
        """,
    "another variable": """
        import os, keras
        os.environ["MY_KERAS_BACKEND"] = "jax"
        os.environ["KERAS_BACKEND_X"] = "jax"
        """,
    "a function nobody calls": """
        import os
        import keras
        def configure():
            os.environ["KERAS_BACKEND"] = "jax"
        """,
    "an import in a function nobody calls": """
        import os
        def load():
            import keras
        os.environ["KERAS_BACKEND"] = "jax"
        """,
    "an import for types only": """
        import os
        from typing import TYPE_CHECKING
        if TYPE_CHECKING:
            import keras
        os.environ["KERAS_BACKEND"] = "jax"
        """,
    "an import that may not happen": """
        import os
        try:
            import keras
        except ImportError:
            keras = None
        os.environ["KERAS_BACKEND"] = "jax"
        """,
    "an import in a loop that may not turn": """
        import os
        for name in os.listdir():
            import keras
        os.environ["KERAS_BACKEND"] = "jax"
        """,
    "an import behind a return": """
        import os
        def load():
            if not os.sep:
                return
            import keras
        load()
        os.environ["KERAS_BACKEND"] = "jax"
        """,
    "the same value again": """
        import os
        os.environ["KERAS_BACKEND"] = "jax"
        import keras
        os.environ["KERAS_BACKEND"] = "jax"
        os.environ.setdefault("KERAS_BACKEND", "torch")
        """,
    "a default in time, a default again": """
        import os
        os.environ.setdefault("KERAS_BACKEND", "jax")
        import keras
        os.environ.setdefault("KERAS_BACKEND", "jax")
        """,
    "perhaps the same value": """
        import os, sys
        os.environ["KERAS_BACKEND"] = sys.argv[1]
        import keras
        os.environ["KERAS_BACKEND"] = sys.argv[1]
        """,
    "for a child": """
        import os, subprocess, sys
        import keras
        os.environ["KERAS_BACKEND"] = "jax"
        subprocess.run([sys.executable, "other.py"])
        """,
    "for a child, in one function": """
        import multiprocessing, os
        import keras
        def start():
            os.environ["KERAS_BACKEND"] = "jax"
            multiprocessing.Process(target=print).start()
        start()
        """,
    "in a copy": """
        import os, subprocess
        import keras
        environment = os.environ.copy()
        environment["KERAS_BACKEND"] = "jax"
        environment = dict(os.environ)
        environment["KERAS_BACKEND"] = "jax"
        """,
    "deleted": """
        import os, keras
        del os.environ["KERAS_BACKEND"]
        os.environ.pop("KERAS_BACKEND", None)
        """,
    "put back": """
        import os
        before = os.environ.get("KERAS_BACKEND", "")
        import keras
        os.environ["KERAS_BACKEND"] = before
        """,
    "told as Keras tells it": """
        import os, keras
        os.environ["KERAS_BACKEND"] = keras.backend.backend()
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
    "a dictionary of the same name": """
        import keras
        environ = {}
        environ["KERAS_BACKEND"] = "jax"
        class os:
            environ = {}
        os.environ["KERAS_BACKEND"] = "jax"
        """,
    "the other version's way": """
        import os
        import keras
        if keras.__version__ < "3":
            os.environ["KERAS_BACKEND"] = "theano"
        """,
    "only if keras is not there yet": """
        import os, sys
        import tensorflow
        def load(backend="jax"):
            if "keras" not in sys.modules:
                os.environ["KERAS_BACKEND"] = backend
            import keras
            return keras
        load()
        """,
    "text only": '''
        """import keras, then os.environ["KERAS_BACKEND"] = "jax"."""
        import keras
        # os.environ["KERAS_BACKEND"] = "jax"
        print('os.environ["KERAS_BACKEND"] = "jax"')
        ''',
    "a function that calls itself": """
        import os
        def walk(depth):
            walk(depth - 1)
            os.environ["KERAS_BACKEND"] = "jax"
            import keras
        walk(3)
        """,
    "a generator is not run by its call": """
        import os
        def load():
            import keras
            yield keras
        load()
        os.environ["KERAS_BACKEND"] = "jax"
        """,
    "os.putenv is another fault": """
        import os, keras
        os.putenv("KERAS_BACKEND", "jax")
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
