"""`tf.keras` is tf_keras where another file has turned the legacy switch on before."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.order.trees import places

NET = """
        import tensorflow as tf
        tf.keras.backend.function([], [])
        tf.keras.losses.Reduction.AUTO
"""

ON = {
    "its package": f"""
        # file: pack/__init__.py
        import os
        os.environ["TF_USE_LEGACY_KERAS"] = "1"
        # file: pack/net.py
        {NET}
        """,
    "an import above": f"""
        # file: switch.py
        import os
        os.environ["TF_USE_LEGACY_KERAS"] = "true"
        # file: net.py
        import switch
        {NET}
        """,
    "conftest.py": f"""
        # file: pyproject.toml
        # file: conftest.py
        import os
        os.environ.setdefault("TF_USE_LEGACY_KERAS", "1")
        # file: tests/test_net.py
        {NET}
        """,
    "the program that imports it": f"""
        # file: train.py
        import os
        os.environ["TF_USE_LEGACY_KERAS"] = "1"
        import net
        # file: net.py
        {NET}
        """,
}
ON |= {
    f"{name}": f"""
        # file: pyproject.toml
        # file: {name}
        {text}
        # file: src/net.py
        {NET}
        """
    for name, text in {
        "Dockerfile": "FROM python:3.12\n        ENV TF_USE_LEGACY_KERAS=1",
        "docker/Dockerfile.gpu": "FROM python:3.12\n        ENV TF_USE_LEGACY_KERAS=True",
        ".env": "TF_USE_LEGACY_KERAS=1",
        "run.sh": "export TF_USE_LEGACY_KERAS=1\n        python src/net.py",
        "src/.env": "TF_USE_LEGACY_KERAS=1",
        ".github/workflows/test.yml": (
            "jobs:\n          test:\n            env: {TF_USE_LEGACY_KERAS: '${{ matrix.x }}'}\n"
            "            strategy: {matrix: {x: ['0', '1']}}\n            steps: [{run: pytest}]"
        ),
    }.items()
}
OFF = {
    "a settings file that turns it off": f"""
        # file: pyproject.toml
        # file: Dockerfile
        FROM python:3.12
        ENV TF_USE_LEGACY_KERAS=0
        # file: src/net.py
        {NET}
        """,
    "one of another folder": f"""
        # file: pyproject.toml
        # file: other/.env
        TF_USE_LEGACY_KERAS=1
        # file: src/net.py
        {NET}
        """,
    "one that only speaks of it": f"""
        # file: pyproject.toml
        # file: Dockerfile
        FROM python:3.12
        # ENV TF_USE_LEGACY_KERAS=1
        # file: src/net.py
        {NET}
        """,
    "a switch that is off": f"""
        # file: switch.py
        import os
        os.environ["TF_USE_LEGACY_KERAS"] = "0"
        # file: net.py
        import switch
        {NET}
        """,
    "only perhaps": f"""
        # file: switch.py
        import os, sys
        if sys.argv[1:]:
            os.environ["TF_USE_LEGACY_KERAS"] = "1"
        # file: net.py
        import switch
        {NET}
        """,
    "another program": f"""
        # file: train.py
        import os
        os.environ["TF_USE_LEGACY_KERAS"] = "1"
        # file: net.py
        {NET}
        """,
    "a function that nobody calls": f"""
        # file: switch.py
        import os
        def on():
            os.environ["TF_USE_LEGACY_KERAS"] = "1"
        # file: net.py
        import switch
        {NET}
        """,
}


@pytest.mark.parametrize("case", ON)
def test_it_is_judged_as_tf_keras(case: str, tmp_path: Path) -> None:
    assert places(tmp_path, ON[case], "KER301", "KER302", "KER304", "KER306") == []


@pytest.mark.parametrize("case", OFF)
def test_it_is_judged_as_keras_3(case: str, tmp_path: Path) -> None:
    found = places(tmp_path, OFF[case], "KER301", "KER302", "KER304", "KER306")
    assert found
