"""KER201: functions, branches and loops, in the order in which they run."""

from __future__ import annotations

import pytest

from tests.rules.order.order_cases import lines

FIRE = {
    "a function that a runner calls": (
        """
        import os
        import keras
        from absl import app
        def main(_):
            os.environ["KERAS_BACKEND"] = "jax"
        app.run(main)
        """,
        [6],
    ),
    "a function that a runner calls under its keyword": (
        """
        import fire, keras, os
        def train(backend="jax"):
            os.environ["KERAS_BACKEND"] = backend
        if __name__ == "__main__":
            fire.Fire(component=train)
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
}

SILENT = {
    "a function that a runner calls imports it itself": """
        import os
        import typer
        def main(backend: str):
            os.environ["KERAS_BACKEND"] = backend
            import keras
        if __name__ == "__main__":
            typer.run(main)
        """,
    "a runner that is somebody's own": """
        import os
        from mine import app
        def main(_):
            os.environ["KERAS_BACKEND"] = "jax"
        def other():
            import keras
        other()
        app.run(main)
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
}


@pytest.mark.parametrize("case", FIRE)
def test_too_late(case: str) -> None:
    program, expected = FIRE[case]
    assert lines("KER201", program) == expected


@pytest.mark.parametrize("case", SILENT)
def test_not_too_late(case: str) -> None:
    assert lines("KER201", SILENT[case]) == []
