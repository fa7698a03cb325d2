"""KER202: imports and writes in functions that another module calls."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.order.trees import places

FIRE = {
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
}

SILENT = {
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
}


@pytest.mark.parametrize("case", FIRE)
def test_too_late(case: str, tmp_path: Path) -> None:
    text, expected = FIRE[case]
    assert places(tmp_path, text, "KER201", "KER202") == expected


@pytest.mark.parametrize("case", SILENT)
def test_not_too_late(case: str, tmp_path: Path) -> None:
    assert places(tmp_path, SILENT[case], "KER201", "KER202") == []
