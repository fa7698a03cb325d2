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
OFF = {
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
