"""KER201: which statements set the variable, and which only look so."""

from __future__ import annotations

import pytest

from tests.rules.order.order_cases import lines

FIRE = {
    "what was there is taken away first": (
        """
        import keras, os
        os.environ.pop("KERAS_BACKEND", None)
        os.environ["KERAS_BACKEND"] = "jax"
        del os.environ["KERAS_HOME"]
        """,
        [4],
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
    "a switch that is off": (
        """
        import os
        os.environ["TF_USE_LEGACY_KERAS"] = "0"
        import tensorflow
        os.environ["KERAS_BACKEND"] = "jax"
        """,
        [5],
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
}

SILENT = {
    "only read": """
        import os, keras
        print(os.environ.get("KERAS_BACKEND"), os.environ["KERAS_BACKEND"])
        """,
    "another variable": """
        import os, keras
        os.environ["MY_KERAS_BACKEND"] = "jax"
        os.environ["KERAS_BACKEND_X"] = "jax"
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
    "for a while": """
        import keras, os
        os.environ["KERAS_BACKEND"] = "jax"
        work()
        del os.environ["KERAS_BACKEND"]
        """,
    "for a while, whatever happens": """
        import keras, os
        before = os.environ.get("KERAS_BACKEND")
        try:
            os.environ["KERAS_BACKEND"] = "jax"
            work()
        finally:
            if before is None:
                os.environ.pop("KERAS_BACKEND")
            else:
                os.environ["KERAS_BACKEND"] = before
        """,
    "all for a while": """
        import keras, os
        before = dict(os.environ)
        os.environ["KERAS_BACKEND"] = "jax"
        work()
        os.environ.clear()
        os.environ.update(before)
        """,
    "told as Keras tells it": """
        import os, keras
        os.environ["KERAS_BACKEND"] = keras.backend.backend()
        """,
    "a dictionary of the same name": """
        import keras
        environ = {}
        environ["KERAS_BACKEND"] = "jax"
        class os:
            environ = {}
        os.environ["KERAS_BACKEND"] = "jax"
        """,
    "text only": '''
        """import keras, then os.environ["KERAS_BACKEND"] = "jax"."""
        import keras
        # os.environ["KERAS_BACKEND"] = "jax"
        print('os.environ["KERAS_BACKEND"] = "jax"')
        ''',
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
