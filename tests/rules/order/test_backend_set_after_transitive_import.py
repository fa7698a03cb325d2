"""KER202: which module an import runs, and in what order."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.order.trees import places

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
    "only for types": """
        # file: net.py
        from typing import TYPE_CHECKING
        if TYPE_CHECKING:
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
