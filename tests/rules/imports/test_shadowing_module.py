"""KER104: own modules that hide keras, a backend, or what they need to start.

Whether such a file really keeps the library from starting was tried for every name: see
`tools/shadows` and the table it wrote.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kerlint.diagnostics import Diagnostic
from kerlint.engine import check
from kerlint.project.discovery import find
from kerlint.settings import SettingsTree

USES_KERAS = "import keras\n\nprint(keras.layers.Dense(1))\n"
USES_TENSORFLOW = "import tensorflow as tf\n\nprint(tf.constant(1))\n"
USES_TF_KERAS = "import tensorflow as tf\n\nprint(tf.keras.layers.Dense(1))\n"
OWN = "def draw():\n    return 4\n"
TEST = "import keras\n\ndef test_dense():\n    assert keras.layers.Dense(1)\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(files: dict[str, str], *named: str) -> list[Diagnostic]:
    for name, text in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    settings = SettingsTree({"target": ["keras==3.15.1", "tensorflow==2.21.0"]})
    result = check(find(named or ["."], settings, []), settings, jobs=1)
    assert not result.errors, result.details
    return [one for one in result.diagnostics if one.code in ("KER104", "KER904")]


GUARDED = USES_TF_KERAS + '\nif __name__ == "__main__":\n    print(tf.keras.Model)\n'

FIRES = {
    "beside a script": {"keras.py": OWN, "train.py": USES_KERAS},
    "a package": {"keras/__init__.py": "", "train.py": USES_KERAS},
    "tf.keras needs keras": {"keras.py": OWN, "train.py": USES_TF_KERAS},
    "keras imports tensorflow": {"tensorflow.py": OWN, "train.py": USES_KERAS},
    "the script itself": {"tensorflow.py": USES_TENSORFLOW},
    "a guarded script": {
        "work/keras.py": 'from keras.layers import Dense\n\nif __name__ == "__main__":\n    Dense(1)\n'
    },
    "a folder of scripts": {
        "main.py": "import runtime_of.metrics\n",
        "runtime/logging.py": OWN,
        "runtime/metrics.py": GUARDED,
    },
    "a module of Python": {"random.py": OWN, "train.py": USES_KERAS},
    "a package like one of Python": {"types/__init__.py": "", "train.py": USES_KERAS},
    "beside a test": {"tests/random.py": OWN, "tests/test_model.py": TEST},
    "at the top, used below": {
        "pyproject.toml": "",
        "tensorflow.py": OWN,
        "mine/__init__.py": "",
        "mine/model.py": "import tensorflow as tf\n",
    },
    "in src": {
        "pyproject.toml": "",
        "src/keras.py": OWN,
        "src/mine/__init__.py": "",
        "src/mine/model.py": "import keras\n",
    },
    "numpy": {"numpy.py": OWN, "train.py": USES_KERAS},
    "where pytest looks": {
        "pyproject.toml": '[tool.pytest.ini_options]\npythonpath = ["lib"]\n',
        "lib/tensorflow/__init__.py": "",
        "tests/test_model.py": TEST,
    },
    "where pytest looks, by its own file": {
        "pytest.ini": "[pytest]\npythonpath = lib helpers\n",
        "setup.py": "",
        "helpers/keras.py": OWN,
        "tests/conftest.py": "import keras\n",
        "helpers/net.py": "import keras\n",
    },
    "where the packages lie": {
        "setup.py": "from setuptools import setup\nsetup(package_dir={'': 'lib'})\n",
        "lib/keras/__init__.py": "",
        "lib/mine/__init__.py": "",
        "lib/mine/model.py": "import keras\n",
    },
}

SILENT = {
    "tensorflow alone does without keras": {"keras.py": OWN, "train.py": USES_TENSORFLOW},
    "another name": {"my_keras.py": OWN, "train.py": USES_KERAS},
    "inside a package": {
        "mine/__init__.py": "",
        "mine/keras.py": "import keras\n\nprint(keras.layers)\n",
        "mine/random.py": OWN,
        "mine/train.py": USES_KERAS,
    },
    "a folder without __init__": {"keras/data.py": OWN, "train.py": USES_KERAS},
    "a folder of data": {"tensorflow/weights.txt": "", "train.py": USES_KERAS},
    "a module nobody needs": {"antigravity.py": OWN, "train.py": USES_KERAS},
    "another folder": {"tools/random.py": OWN, "train.py": USES_KERAS},
    "nobody uses keras there": {"random.py": OWN, "main.py": "import random\n"},
    "the library itself": {
        "keras/__init__.py": "from keras.src import layers\n",
        "keras/src/__init__.py": "",
        "train.py": USES_KERAS,
    },
    "a namespace package": {
        "pyproject.toml": "",
        "src/mine/backends/keras.py": "import keras\n\nDense = keras.layers.Dense\n",
        "src/mine/backends/tensorflow.py": "import tensorflow as tf\n\nVariable = tf.Variable\n",
    },
    "only imported lazily by a library module": {
        "pyproject.toml": "",
        "random.py": OWN,
        "mine/__init__.py": "",
        "mine/model.py": "def build():\n    import keras\n    return keras.Model()\n",
    },
    "where pytest looks, what Python has loaded by then": {
        "pyproject.toml": '[tool.pytest.ini_options]\npythonpath = ["lib"]\n',
        "lib/random.py": OWN,
        "tests/test_model.py": TEST,
    },
    "where pytest looks, but no test asks for it": {
        "pyproject.toml": '[tool.pytest.ini_options]\npythonpath = ["lib"]\n',
        "lib/jax.py": OWN,
        "tests/test_model.py": "import torch\n\ndef test_one():\n    assert torch\n",
    },
    "where another project's pytest looks": {
        "pyproject.toml": "",
        "other/pyproject.toml": '[tool.pytest.ini_options]\npythonpath = ["lib"]\n',
        "other/lib/keras.py": OWN,
        "tests/test_model.py": TEST,
    },
    "a folder of packages that are not installed": {
        "pyproject.toml": "",
        "lib/keras/__init__.py": "",
        "lib/mine/__init__.py": "",
        "lib/mine/model.py": "import keras\n",
    },
    "a package without __init__ that is imported by its name": {
        "main.py": "from runtime.metrics import Dice\n",
        "runtime/logging.py": "from runtime.utils import first\n",
        "runtime/utils.py": "first = 1\n",
        "runtime/metrics.py": GUARDED,
    },
    "a vendored single file": {"six.py": OWN, "train.py": USES_KERAS},
}


@pytest.mark.parametrize("files", FIRES.values(), ids=FIRES)
def test_fires_once(files: dict[str, str]) -> None:
    (one,) = found(files)
    assert one.code == "KER104"
    assert one.path in {str(Path(name)) for name in files}
    assert one.related


@pytest.mark.parametrize("files", SILENT.values(), ids=SILENT)
def test_is_silent(files: dict[str, str]) -> None:
    assert found(files) == []


def test_is_told_when_only_the_importing_file_is_checked() -> None:
    (one,) = found(FIRES["beside a script"], "train.py")
    assert (one.path, one.related[0].path) == ("keras.py", "train.py")


def test_can_be_silenced_in_the_file_at_fault() -> None:
    silenced = {
        "random.py": "# kerlint: file-ignore[KER104] never run from here\n",
        "a.py": USES_KERAS,
    }
    assert found(silenced) == []
    assert found(silenced, "random.py") == []  # nor is the suppression called unused
