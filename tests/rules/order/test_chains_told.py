"""KER202: how the chain of imports is told, in files and in notebooks."""

from __future__ import annotations

import json
from pathlib import Path

from tests.rules.order.trees import findings, places


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
    places = [(one.path, one.cell, one.span.start) for one in found.related]
    assert places == [("a.ipynb", 0, (1, 8)), ("a.ipynb", 1, (1, 8))]
