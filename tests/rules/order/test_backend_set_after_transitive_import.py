"""KER202: writes of KERAS_BACKEND that another module's import makes too late."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.rules.order.trees import findings, places

FIRE = {
    "through an own module": (
        """
        # file: net.py
        from keras import layers
        # file: train.py
        import os
        import net
        os.environ["KERAS_BACKEND"] = "jax"
        """,
        ["train.py:3"],
    ),
    "through two, one of them a package": (
        """
        # file: models/__init__.py
        # file: models/net.py
        from .parts import block
        # file: models/parts.py
        import tensorflow as tf
        def block(): return tf
        # file: train.py
        from models.net import block
        import os
        os.environ["KERAS_BACKEND"] = "jax"
        """,
        ["train.py:3"],
    ),
    "through the package's own file": (
        """
        # file: models/__init__.py
        import keras
        # file: models/names.py
        NAMES = []
        # file: train.py
        import os
        from models.names import NAMES
        os.environ.setdefault("KERAS_BACKEND", "jax")
        """,
        ["train.py:3"],
    ),
    "a submodule that the package does not import": (
        """
        # file: models/__init__.py
        # file: models/net.py
        import keras
        # file: train.py
        import os
        from models import net
        os.environ["KERAS_BACKEND"] = "jax"
        """,
        ["train.py:3"],
    ),
    "a namespace package": (
        """
        # file: models/net.py
        import keras
        # file: train.py
        import os
        import models.net
        os.environ["KERAS_BACKEND"] = "jax"
        """,
        ["train.py:3"],
    ),
    "src layout": (
        """
        # file: pyproject.toml
        [project]
        name = "x"
        # file: src/pack/__init__.py
        # file: src/pack/net.py
        import keras
        # file: scripts/train.py
        import os
        from pack import net
        os.environ["KERAS_BACKEND"] = "jax"
        """,
        ["scripts/train.py:3"],
    ),
    "where setuptools looks": (
        """
        # file: pyproject.toml
        [tool.setuptools.packages.find]
        where = ["lib"]
        # file: lib/pack/__init__.py
        import keras
        # file: train.py
        import os
        import pack
        os.environ["KERAS_BACKEND"] = "jax"
        """,
        ["train.py:3"],
    ),
    "an own function that imports": (
        """
        # file: net.py
        def build():
            import keras
            return keras.Sequential()
        # file: train.py
        import os
        from net import build
        model = build()
        os.environ["KERAS_BACKEND"] = "jax"
        """,
        ["train.py:4"],
    ),
    "an own function behind two names": (
        """
        # file: pack/__init__.py
        from .net import build as make
        # file: pack/net.py
        def build():
            import keras
        # file: train.py
        import os
        import pack
        pack.make()
        os.environ["KERAS_BACKEND"] = "jax"
        """,
        ["train.py:4"],
    ),
    "an own class": (
        """
        # file: net.py
        class Trainer:
            def __init__(self):
                from tensorflow import keras
        # file: train.py
        import os
        import net
        trainer = net.Trainer()
        os.environ["KERAS_BACKEND"] = "jax"
        """,
        ["train.py:4"],
    ),
    "a write in another module": (
        """
        # file: config.py
        import os
        os.environ["KERAS_BACKEND"] = "jax"
        # file: train.py
        import keras
        import config
        """,
        ["config.py:2"],
    ),
    "a write in a function of another module": (
        """
        # file: config.py
        import os
        def configure():
            os.environ["KERAS_BACKEND"] = "jax"
        # file: train.py
        import keras
        from config import configure
        if __name__ == "__main__":
            configure()
        """,
        ["config.py:3"],
    ),
    "main of a script with arguments": (
        """
        # file: net.py
        import keras
        # file: train.py
        import argparse, os
        from net import keras
        def main():
            args = argparse.ArgumentParser().parse_args()
            os.environ["KERAS_BACKEND"] = args.backend
        if __name__ == "__main__":
            main()
        """,
        ["train.py:5"],
    ),
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
    "conftest.py of the root": (
        """
        # file: pyproject.toml
        # file: conftest.py
        import keras
        # file: tests/test_net.py
        import os
        os.environ["KERAS_BACKEND"] = "jax"
        import keras
        """,
        ["tests/test_net.py:2"],
    ),
    "an inner conftest.py, after that of the root": (
        """
        # file: pyproject.toml
        # file: conftest.py
        from pack import net
        # file: pack/net.py
        import keras
        # file: tests/conftest.py
        import os
        os.environ["KERAS_BACKEND"] = "jax"
        """,
        ["tests/conftest.py:2"],
    ),
    "import cycles": (
        """
        # file: a.py
        import b
        import keras
        # file: b.py
        import a
        # file: train.py
        import os
        import b
        os.environ["KERAS_BACKEND"] = "jax"
        """,
        ["train.py:3"],
    ),
    "importlib with a literal": (
        """
        # file: net.py
        import keras
        # file: train.py
        import importlib, os
        importlib.import_module("net")
        os.environ["KERAS_BACKEND"] = "jax"
        """,
        ["train.py:3"],
    ),
    "both ways import": (
        """
        # file: a.py
        import keras
        # file: b.py
        import tensorflow
        # file: train.py
        import os, sys
        if len(sys.argv) > 1:
            import a
        else:
            import b
        os.environ["KERAS_BACKEND"] = "jax"
        """,
        ["train.py:6"],
    ),
    "a lazy import in a function that is called": (
        """
        # file: net.py
        import keras
        # file: train.py
        import os
        def load():
            from net import keras
        load()
        os.environ["KERAS_BACKEND"] = "jax"
        """,
        ["train.py:5"],
    ),
    "a folder that was put on the path": (
        """
        # file: pyproject.toml
        # file: code/net.py
        import keras
        # file: code/scripts/train.py
        import os, sys
        sys.path.append("..")
        import net
        os.environ["KERAS_BACKEND"] = "jax"
        """,
        ["code/scripts/train.py:4"],
    ),
    "a known package": (
        """
        # file: train.py
        import os
        import keras_tuner
        os.environ["KERAS_BACKEND"] = "jax"
        """,
        ["train.py:3"],
    ),
    "a write that comes twice is told once": (
        """
        # file: net.py
        import keras
        # file: config.py
        import os
        import net
        os.environ["KERAS_BACKEND"] = "jax"
        # file: a.py
        import config
        # file: b.py
        import keras, config
        """,
        ["config.py:3"],
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
    "in time": """
        # file: net.py
        import keras
        # file: train.py
        import os
        os.environ["KERAS_BACKEND"] = "jax"
        import net
        """,
    "set by another module in time": """
        # file: config.py
        import os
        os.environ["KERAS_BACKEND"] = "jax"
        # file: train.py
        import config
        import keras, os
        os.environ["KERAS_BACKEND"] = "jax"
        """,
    "set by the package in time": """
        # file: pack/__init__.py
        import os
        os.environ["KERAS_BACKEND"] = "jax"
        from . import net, config
        # file: pack/net.py
        import keras
        # file: pack/config.py
        import os
        os.environ.setdefault("KERAS_BACKEND", "jax")
        """,
    "conftest.py sets it first": """
        # file: pyproject.toml
        # file: tests/conftest.py
        import os
        os.environ["KERAS_BACKEND"] = "jax"
        # file: tests/test_net.py
        import keras, os
        os.environ["KERAS_BACKEND"] = "jax"
        """,
    "conftest.py of another folder": """
        # file: pyproject.toml
        # file: other/conftest.py
        import keras
        # file: tests/test_net.py
        import os
        os.environ["KERAS_BACKEND"] = "jax"
        """,
    "another test": """
        # file: tests/test_a.py
        import keras
        # file: tests/test_b.py
        import os
        os.environ["KERAS_BACKEND"] = "jax"
        """,
    "pytest is told to set it": """
        # file: pyproject.toml
        [tool.pytest.ini_options]
        env = ["KERAS_BACKEND=jax"]
        # file: conftest.py
        import keras
        # file: tests/test_net.py
        import os
        os.environ["KERAS_BACKEND"] = "jax"
        """,
    "only for types": """
        # file: net.py
        from typing import TYPE_CHECKING
        if TYPE_CHECKING:
            import keras
        # file: train.py
        import os, net
        os.environ["KERAS_BACKEND"] = "jax"
        """,
    "only when it is the program": """
        # file: net.py
        def build():
            pass
        if __name__ == "__main__":
            import keras
        # file: train.py
        import os, net
        os.environ["KERAS_BACKEND"] = "jax"
        """,
    "an import that may fail": """
        # file: net.py
        try:
            import keras
        except ImportError:
            keras = None
        # file: train.py
        import os, net
        os.environ["KERAS_BACKEND"] = "jax"
        """,
    "an own module that may not come": """
        # file: net.py
        import keras
        # file: train.py
        import os
        try:
            import net
        except ImportError:
            net = None
        os.environ["KERAS_BACKEND"] = "jax"
        """,
    "a function that nobody calls": """
        # file: net.py
        def build():
            import keras
        # file: train.py
        import os
        from net import build
        os.environ["KERAS_BACKEND"] = "jax"
        """,
    "a function of the module that is only handed on": """
        # file: net.py
        def build():
            import keras
        # file: train.py
        import os
        from net import build
        REGISTRY = {"net": build}
        os.environ["KERAS_BACKEND"] = "jax"
        build()
        """,
    "one of two functions": """
        # file: net.py
        import sys
        if sys.platform == "linux":
            def build():
                import keras
        else:
            def build():
                pass
        # file: train.py
        import os, net
        net.build()
        os.environ["KERAS_BACKEND"] = "jax"
        """,
    "a generator": """
        # file: net.py
        def batches():
            import keras
            yield keras
        # file: train.py
        import os, net
        data = net.batches()
        os.environ["KERAS_BACKEND"] = "jax"
        """,
    "the name of the package is another thing than its module": """
        # file: pack/__init__.py
        net = None
        # file: pack/net.py
        import keras
        # file: train.py
        import os
        from pack import net
        os.environ["KERAS_BACKEND"] = "jax"
        """,
    "a child process": """
        # file: net.py
        import keras
        # file: train.py
        import os, subprocess, net
        os.environ["KERAS_BACKEND"] = "jax"
        subprocess.run(["python", "other.py"])
        """,
    "main of a script with lazy imports": """
        # file: net.py
        import keras
        # file: train.py
        import argparse, os
        def main():
            args = argparse.ArgumentParser().parse_args()
            os.environ["KERAS_BACKEND"] = args.backend
            from net import keras
        if __name__ == "__main__":
            main()
        """,
    "a cycle that comes back": """
        # file: config.py
        import os
        os.environ["KERAS_BACKEND"] = "jax"
        import net
        # file: net.py
        import config
        import keras
        # file: train.py
        import net
        """,
    "own modules with the names of libraries": """
        # file: keras.py
        # file: train.py
        import os
        import jax
        os.environ["KERAS_BACKEND"] = "jax"
        # file: jax.py
        import tensorflow
        """,
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
    "a known package with the legacy switch on": """
        # file: train.py
        import os
        os.environ["TF_USE_LEGACY_KERAS"] = "1"
        import keras_tuner
        os.environ["KERAS_BACKEND"] = "jax"
        """,
    "a package that imports lazily": """
        # file: train.py
        import os
        import transformers
        os.environ["KERAS_BACKEND"] = "jax"
        """,
    "perhaps a file of variables says the same": """
        # file: settings.py
        from dotenv import load_dotenv
        load_dotenv()
        # file: train.py
        import os, settings
        import keras
        os.environ["KERAS_BACKEND"] = "jax"
        """,
    "a file that does not parse": """
        # file: net.py
        import keras
        def broken(:
        # file: train.py
        import os, net
        os.environ["KERAS_BACKEND"] = "jax"
        """,
}


@pytest.mark.parametrize("case", FIRE)
def test_too_late(case: str, tmp_path: Path) -> None:
    text, expected = FIRE[case]
    assert places(tmp_path, text, "KER201", "KER202") == expected


@pytest.mark.parametrize("case", SILENT)
def test_not_too_late(case: str, tmp_path: Path) -> None:
    assert places(tmp_path, SILENT[case], "KER201", "KER202") == []


def test_the_chain_is_told(tmp_path: Path) -> None:
    text = """
    # file: models/net.py
    import os

    import keras
    # file: train.py
    import models.net

    import os
    os.environ["KERAS_BACKEND"] = "jax"
    """
    (found,) = findings(tmp_path, text, "KER202")
    assert found.message == (
        "`train.py:1` imports `models/net.py`, which imports keras at line 3; "
        "`KERAS_BACKEND` is set at `train.py:4`: Keras keeps the backend it has"
    )
    assert [(one.path, one.span.start.line, one.message) for one in found.related] == [
        ("train.py", 1, "models/net.py is imported here"),
        ("models/net.py", 3, "keras is imported here, and reads it"),
    ]
    assert found.severity == "error"
    assert found.label == "too late: set here"


def test_the_way_to_the_write_is_told_too(tmp_path: Path) -> None:
    text = """
    # file: settings.py
    import os
    def choose(name="jax"):
        os.environ["KERAS_BACKEND"] = name
    # file: train.py
    import tensorflow
    import settings
    settings.choose()
    """
    (found,) = findings(tmp_path, text, "KER202")
    assert found.message.startswith(
        "`train.py:1` imports tensorflow; `train.py:3` calls `choose` of `settings.py`, "
        "which sets `KERAS_BACKEND` at line 3: "
    )
    assert [(one.path, one.span.start.line, one.message) for one in found.related] == [
        ("train.py", 1, "tensorflow is imported here; it imports keras, which reads it"),
        ("train.py", 3, "then `choose` of settings.py is called here"),
    ]


def test_a_known_package_is_a_warning(tmp_path: Path) -> None:
    text = """
    # file: train.py
    import keras_tuner, os
    os.environ["KERAS_BACKEND"] = "jax"
    """
    (found,) = findings(tmp_path, text, "KER202")
    assert found.severity == "warning"
    assert found.message.startswith("`train.py:1` imports keras_tuner; ")
    assert found.related[0].message == "keras_tuner is imported here; it imports keras"


def test_a_comment_silences_it(tmp_path: Path) -> None:
    text = """
    # file: net.py
    import keras
    # file: train.py
    import net, os
    os.environ["KERAS_BACKEND"] = "jax"  # kerlint: ignore[KER202]
    """
    assert places(tmp_path, text) == []


def notebook(*cells: str) -> str:
    """A notebook with these code cells."""
    return json.dumps(
        {
            "cells": [
                {
                    "cell_type": "code",
                    "execution_count": None,
                    "metadata": {},
                    "outputs": [],
                    "source": cell,
                }
                for cell in cells
            ],
            "metadata": {"language_info": {"name": "python"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )


def test_a_notebook_that_imports_own_modules(tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_text(
        notebook("import net", "import os\nos.environ['KERAS_BACKEND'] = 'jax'"), encoding="utf-8"
    )
    (found,) = findings(tmp_path, "# file: net.py\nimport keras\n", "KER202")
    assert (found.path, found.cell, found.span.start.line) == ("a.ipynb", 1, 2)
    assert found.message.startswith(
        "`a.ipynb` imports `net.py`, which imports keras at line 1; `KERAS_BACKEND` is set after"
    )
    assert [one.path for one in found.related] == ["a.ipynb", "net.py"]


def test_a_module_that_a_notebook_imports(tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_text(notebook("import keras", "import config"), encoding="utf-8")
    text = "# file: config.py\nimport os\nos.environ['KERAS_BACKEND'] = 'jax'\n"
    (found,) = findings(tmp_path, text, "KER202")
    assert (found.path, found.span.start.line) == ("config.py", 2)
    assert found.message.startswith(
        "`a.ipynb` imports keras; `a.ipynb` imports `config.py`, which sets `KERAS_BACKEND` at"
    )
    assert found.related == ()
