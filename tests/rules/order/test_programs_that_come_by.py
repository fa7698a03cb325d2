"""KER202: by which programs a module is reached, and what another program may mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.order.trees import places

FIRE = {
    "the package runs before its module": (
        """
        # file: pack/__init__.py
        import keras
        from . import config
        # file: pack/config.py
        import os
        os.environ["KERAS_BACKEND"] = "jax"
        """,
        ["pack/config.py:2"],
    ),
    "python -m": (
        """
        # file: pack/__init__.py
        from keras import layers
        # file: pack/__main__.py
        import os
        os.environ["KERAS_BACKEND"] = "jax"
        from pack import layers
        """,
        ["pack/__main__.py:2"],
    ),
    "python -m, for the sake of relative imports": (
        """
        # file: pack/__init__.py
        from keras import layers
        # file: pack/train.py
        import os
        os.environ["KERAS_BACKEND"] = "jax"
        from .net import run
        # file: pack/net.py
        def run(): pass
        """,
        ["pack/train.py:2"],
    ),
    "a console command": (
        """
        # file: pyproject.toml
        [project.scripts]
        train = "pack.cli:main"
        # file: pack/__init__.py
        # file: pack/cli.py
        import os
        import keras
        def main():
            os.environ["KERAS_BACKEND"] = "jax"
        """,
        ["pack/cli.py:4"],
    ),
    "a console command of setup.py": (
        """
        # file: setup.py
        from setuptools import setup
        setup(entry_points={"console_scripts": ["train = pack.cli:main"]})
        # file: pack/__init__.py
        # file: pack/cli.py
        import os
        from . import net
        def main():
            os.environ["KERAS_BACKEND"] = "jax"
        # file: pack/net.py
        import keras
        """,
        ["pack/cli.py:4"],
    ),
    "another program comes to a write that nothing hangs on": (
        """
        # file: config.py
        import os
        def choose():
            os.environ["KERAS_BACKEND"] = "jax"
        try:
            import torch
        except ImportError:
            torch = None
        choose()
        # file: convert.py
        import sys
        import tensorflow
        if not sys.argv[1:]:
            sys.exit("what?")
        import config
        """,
        ["config.py:3"],
    ),
    "the module itself, on a condition": (
        """
        # file: net.py
        import keras
        # file: train.py
        import os, net
        if os.getenv("BACKEND") == "jax":
            os.environ["KERAS_BACKEND"] = "jax"
        """,
        ["train.py:3"],
    ),
    "a module of a package that has imported Keras, on a condition": (
        """
        # file: pack/__init__.py
        import keras
        # file: pack/config.py
        import os
        if os.getenv("BACKEND") == "jax":
            os.environ["KERAS_BACKEND"] = "jax"
        """,
        ["pack/config.py:3"],
    ),
    "the command's own module, on a condition": (
        """
        # file: pyproject.toml
        [project.scripts]
        run = "pack.run:main"
        # file: pack/__init__.py
        import keras
        # file: pack/run.py
        import os
        def main():
            if os.getenv("BACKEND") == "jax":
                os.environ["KERAS_BACKEND"] = "jax"
        """,
        ["pack/run.py:4"],
    ),
}

SILENT = {
    "what Keras takes anyway, in a module that another program imports late": """
        # file: config.py
        import os
        os.environ["KERAS_BACKEND"] = "tensorflow"
        # file: train.py
        import keras
        import config
        """,
    "another program, and the write hangs on a setting": """
        # file: config.py
        import os
        if os.getenv("BACKEND") == "jax":
            os.environ["KERAS_BACKEND"] = "jax"
        # file: convert.py
        import tensorflow
        import config
        """,
    "another program, and the write is in a handler": """
        # file: config.py
        import os
        try:
            import torch
        except ImportError:
            os.environ["KERAS_BACKEND"] = "jax"
        # file: convert.py
        import tensorflow
        import config
        """,
    "another program, and the function may have returned before": """
        # file: config.py
        import os
        def choose():
            if "BACKEND" in os.environ:
                return
            os.environ["KERAS_BACKEND"] = "jax"
        choose()
        # file: convert.py
        import tensorflow
        import config
        """,
    "another program, and the function may not be called": """
        # file: config.py
        import os, sys
        def choose():
            os.environ["KERAS_BACKEND"] = "jax"
        for argument in sys.argv:
            choose()
        # file: convert.py
        import tensorflow
        import config
        """,
    "another program, and perhaps it does not import the module": """
        # file: config.py
        import os
        os.environ["KERAS_BACKEND"] = "jax"
        # file: convert.py
        import sys
        import tensorflow
        if sys.argv[1:]:
            import config
        """,
    "a command of the project, on its way": """
        # file: pyproject.toml
        [project.scripts]
        run = "pack.run:main"
        # file: pack/__init__.py
        # file: pack/config.py
        import os
        if os.getenv("BACKEND") == "jax":
            os.environ["KERAS_BACKEND"] = "jax"
        # file: pack/run.py
        import keras
        from pack import config
        def main():
            print(config)
        """,
    "a default of a library that tests import late": """
        # file: pyproject.toml
        # file: pack/__init__.py
        import os
        os.environ.setdefault("KERAS_BACKEND", "jax")
        import keras
        # file: tests/test_net.py
        import keras
        import pack
        """,
    "a choice of a library that tests import late": """
        # file: pyproject.toml
        # file: pack/__init__.py
        from . import config
        # file: pack/config.py
        import os
        os.environ["KERAS_BACKEND"] = "jax"
        import keras
        # file: tests/test_net.py
        import keras
        import pack
        """,
}


@pytest.mark.parametrize("case", FIRE)
def test_too_late(case: str, tmp_path: Path) -> None:
    text, expected = FIRE[case]
    assert places(tmp_path, text, "KER201", "KER202") == expected


@pytest.mark.parametrize("case", SILENT)
def test_not_too_late(case: str, tmp_path: Path) -> None:
    assert places(tmp_path, SILENT[case], "KER201", "KER202") == []


def test_a_large_package_whose_modules_read_other_variables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What only reads a variable of its own need not be parsed to know what it sets."""
    monkeypatch.setattr("kerlint.project.modules.PARSED_LIMIT", 600)
    module = "import keras\nimport os\n\nTOKEN = os.environ.get('TOKEN')\n"
    text = "".join(f"# file: pack/m{number}.py\n{module}" for number in range(12))
    text += "# file: pack/__init__.py\n"
    text += "".join(f"from pack import m{number}\n" for number in range(12))
    text += "# file: pack/convert.py\nimport os\n\nfrom pack import m1\n\n"
    text += 'if __name__ == "__main__":\n    os.environ.setdefault("KERAS_BACKEND", "torch")\n'
    assert places(tmp_path, text, "KER202") == ["pack/convert.py:6"]
