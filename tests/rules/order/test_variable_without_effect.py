"""KER205: variables that are set for nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.order.trees import places
from tests.rules.order.variable_cases import findings, lines

FIRE = {
    "putenv": (
        """
        import os
        os.putenv("KERAS_BACKEND", "jax")
        import keras
        """,
        [3],
    ),
    "putenv of what python reads": (
        """
        import os
        os.putenv("TF_USE_LEGACY_KERAS", "1")
        os.putenv("KERAS_HOME", "/data")
        import tensorflow
        """,
        [3, 4],
    ),
    "export in a shell of its own": (
        """
        import os
        os.system("export KERAS_BACKEND=jax")
        import keras
        """,
        [3],
    ),
    "export by subprocess": (
        """
        import subprocess
        subprocess.run("export CUDA_VISIBLE_DEVICES=0", shell=True)
        subprocess.call("export TF_CPP_MIN_LOG_LEVEL=3; export KERAS_BACKEND='torch'", shell=True)
        import tensorflow
        """,
        [3, 4, 4],
    ),
    "fixed hashes": (
        """
        import os, random
        import numpy as np
        import tensorflow as tf
        def seed_everything(seed):
            os.environ["PYTHONHASHSEED"] = str(seed)
            random.seed(seed)
            np.random.seed(seed)
            tf.random.set_seed(seed)
        """,
        [6],
    ),
    "the folders of the loader": (
        """
        import os
        os.environ["LD_LIBRARY_PATH"] = "/usr/local/cuda/lib64"
        import tensorflow as tf
        """,
        [3],
    ),
}

SILENT = {
    "putenv of what compiled code reads": """
        import os
        os.putenv("CUDA_VISIBLE_DEVICES", "0")
        os.putenv("TF_CPP_MIN_LOG_LEVEL", "3")
        import tensorflow
        """,
    "putenv and environ": """
        import os
        os.environ["KERAS_BACKEND"] = "jax"
        os.putenv("KERAS_BACKEND", "jax")
        import keras
        """,
    "putenv for a child": """
        import os, subprocess
        os.putenv("KERAS_BACKEND", "jax")
        subprocess.run(["python", "-c", "import keras"])
        """,
    "export for what follows": """
        import os
        os.system("export KERAS_BACKEND=jax && python train.py")
        os.system("export KERAS_BACKEND=jax; python train.py")
        os.system("KERAS_BACKEND=jax python train.py")
        """,
    "no shell": """
        import subprocess
        subprocess.run(["export", "KERAS_BACKEND=jax"])
        """,
    "another variable": """
        import os, keras
        os.putenv("MY_VARIABLE", "1")
        os.system("export MY_VARIABLE=1")
        """,
    "hashes of workers": """
        import os
        import multiprocessing
        import tensorflow as tf
        os.environ["PYTHONHASHSEED"] = "0"
        multiprocessing.Pool(2)
        """,
    "hashes of the same program, started anew": """
        import os, sys
        import tensorflow as tf
        if os.environ.get("PYTHONHASHSEED") != "0":
            os.environ["PYTHONHASHSEED"] = "0"
            os.execv(sys.executable, [sys.executable] + sys.argv)
        """,
    "hashes of workers of fit": """
        import os
        import keras
        os.environ["PYTHONHASHSEED"] = "0"
        def train(model, data):
            model.fit(data, workers=4, use_multiprocessing=True)
        """,
    "the loader of a child": """
        import os, subprocess
        import tensorflow as tf
        os.environ["LD_LIBRARY_PATH"] = "/usr/local/cuda/lib64"
        subprocess.check_call(["nvidia-smi"])
        """,
    "only read": """
        import os, tensorflow
        print(os.environ["LD_LIBRARY_PATH"], os.environ.get("PYTHONHASHSEED"))
        """,
    "in a test": """
        import os, keras
        def test_seed():
            os.environ["PYTHONHASHSEED"] = "0"
        """,
}


@pytest.mark.parametrize("case", FIRE)
def test_without_effect(case: str) -> None:
    program, expected = FIRE[case]
    assert lines("KER205", program) == expected


@pytest.mark.parametrize("case", SILENT)
def test_with_effect(case: str) -> None:
    assert lines("KER205", SILENT[case]) == []


def test_the_backend_is_an_error_the_rest_a_warning() -> None:
    program = 'import os\nos.putenv("KERAS_BACKEND", "jax")\nos.putenv("KERAS_HOME", "/data")\n'
    assert [found.severity for found in findings("KER205", program)] == ["error", "warning"]


@pytest.mark.parametrize(
    ("value", "keras", "expected"),
    [
        ("theano", "2.15.0", [2]),
        ("theano", "2.4.3", [2]),
        ("theano", "2.3.1", []),
        ("tensorflow", "2.15.0", []),
        ("jax", "3.0.0", []),
    ],
)
def test_keras_with_one_backend(value: str, keras: str, expected: list[int]) -> None:
    program = f'import os\nos.environ["KERAS_BACKEND"] = "{value}"\nimport keras\n'
    assert lines("KER205", program, keras=keras, tensorflow=None) == expected


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("import keras\n", ["train.py:2"]),
        ("import keras_core as keras\n", []),
        ("import keras, net\n# file: net.py\nimport keras_core\n", []),
    ],
)
def test_keras_core_reads_what_keras_2_does_not(
    rest: str, expected: list[str], tmp_path: Path
) -> None:
    program = f'# file: train.py\nimport os\nos.environ["KERAS_BACKEND"] = "jax"\n{rest}'
    assert places(tmp_path, program, "KER205", target="keras==2.15.0") == expected


def test_a_file_that_says_nothing_of_keras() -> None:
    program = 'import os\nos.environ["PYTHONHASHSEED"] = "0"\n'
    assert lines("KER205", program) == []
    assert lines("KER205", program + "import keras\n") == [2]
