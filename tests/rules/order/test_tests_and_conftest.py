"""KER202: what pytest runs before what."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.order.trees import places

FIRE = {
    "a package before the test in it": (
        """
        # file: pack/__init__.py
        from keras import backend
        # file: pack/net_test.py
        import os
        os.environ["KERAS_BACKEND"] = "jax"
        import keras
        from pack import backend

        def test_backend():
            assert backend.backend() == "jax"
        """,
        ["pack/net_test.py:2"],
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
}

SILENT = {
    "a script with the name of a test": """
        # file: pack/__init__.py
        from keras import backend
        # file: pack/net_test.py
        import os
        os.environ["KERAS_BACKEND"] = "jax"
        import keras
        from pack import backend
        print(backend.backend())
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
}


@pytest.mark.parametrize("case", FIRE)
def test_too_late(case: str, tmp_path: Path) -> None:
    text, expected = FIRE[case]
    assert places(tmp_path, text, "KER201", "KER202") == expected


@pytest.mark.parametrize("case", SILENT)
def test_not_too_late(case: str, tmp_path: Path) -> None:
    assert places(tmp_path, SILENT[case], "KER201", "KER202") == []
