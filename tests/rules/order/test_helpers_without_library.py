"""A helper of the project that sets variables and names no library at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.order.trees import findings, places

SETTINGS = """
# file: settings.py
import os

os.environ["{variable}"] = "{value}"
SEED = 7
"""
TRAIN = """
# file: train.py
import {library}

from settings import SEED

print(SEED)
"""
IN_TIME = """
# file: train.py
from settings import SEED

import {library}

print(SEED)
"""
LATE = [
    ("KERAS_BACKEND", "jax", "keras", "KER202"),
    ("TF_USE_LEGACY_KERAS", "1", "tensorflow", "KER203"),
    ("TF_CPP_MIN_LOG_LEVEL", "3", "tensorflow", "KER204"),
    ("TF_ENABLE_ONEDNN_OPTS", "0", "tensorflow", "KER204"),
    ("KERAS_HOME", "/data/keras", "keras", "KER204"),
    ("SM_FRAMEWORK", "tf.keras", "segmentation_models, keras", "KER204"),
]


@pytest.mark.parametrize(("variable", "value", "library", "code"), LATE)
def test_too_late(tmp_path: Path, variable: str, value: str, library: str, code: str) -> None:
    text = SETTINGS.format(variable=variable, value=value)
    train = TRAIN.format(library=library)
    (found,) = findings(tmp_path, text + train, code)
    assert (found.code, found.path, found.span.start.line) == (code, "settings.py", 3)
    assert "`train.py:1` imports " in found.message
    assert f"imports `settings.py`, which sets `{variable}` at line 3" in found.message
    assert {one.path for one in found.related} == {"train.py"}


@pytest.mark.parametrize(("variable", "value", "library", "code"), LATE)
def test_in_time(tmp_path: Path, variable: str, value: str, library: str, code: str) -> None:
    text = SETTINGS.format(variable=variable, value=value)
    train = IN_TIME.format(library=library)
    assert places(tmp_path, text + train, code) == []


LOG = SETTINGS.format(variable="TF_CPP_MIN_LOG_LEVEL", value="3")
SILENT = {
    "nobody imports it": LOG + "# file: train.py\nimport tensorflow\n",
    "read, not set": (
        "# file: settings.py\nimport os\n\nLEVEL = os.environ.get('TF_CPP_MIN_LOG_LEVEL', '3')\n"
        + TRAIN.format(library="tensorflow")
    ),
    "a default that another module has set in time": (
        "# file: settings.py\nimport os\n\n"
        "os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')\nSEED = 7\n"
        "# file: train.py\nimport os\n\nos.environ['TF_CPP_MIN_LOG_LEVEL'] = '2'\n"
        "import tensorflow\nfrom settings import SEED\n"
    ),
    "a function that nobody calls": (
        "# file: settings.py\nimport os\n\nSEED = 7\n\n\n"
        "def quiet():\n    os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'\n"
        + TRAIN.format(library="tensorflow")
    ),
    "devices that have not started": (
        SETTINGS.format(variable="CUDA_VISIBLE_DEVICES", value="0")
        + TRAIN.format(library="tensorflow")
    ),
    "a program without Keras": (
        SETTINGS.format(variable="JAX_PLATFORMS", value="cpu") + TRAIN.format(library="jax")
    ),
    "that program beside one with Keras": (
        SETTINGS.format(variable="JAX_PLATFORMS", value="cpu")
        + TRAIN.format(library="jax")
        + "# file: other.py\nimport keras\n"
    ),
}


@pytest.mark.parametrize("case", SILENT)
def test_silent(tmp_path: Path, case: str) -> None:
    assert places(tmp_path, SILENT[case], "KER204") == []


def test_a_comment_in_the_helper_is_heard(tmp_path: Path) -> None:
    text = LOG.replace('"3"', '"3"  # kerlint: ignore[KER204] on purpose')
    assert places(tmp_path, text + TRAIN.format(library="tensorflow"), "KER204", "KER904") == []


PACKAGE = """
# file: train.py
import keras

from {package}.environment import prepare

prepare()
print(keras.backend.backend())
# file: {package}/environment.py
import os


def prepare():
    os.environ["KERAS_BACKEND"] = "jax"
"""
MORE = {
    "a folder": "",
    "a package": "# file: lab/__init__.py\n",
    "a package in a package": "# file: lab/__init__.py\n# file: lab/tools/__init__.py\n",
}


@pytest.mark.parametrize("case", MORE)
def test_a_folder_that_nothing_says_to_be_a_project(tmp_path: Path, case: str) -> None:
    package = "lab.tools" if "in a" in case else "lab"
    text = PACKAGE.replace("{package}/", package.replace(".", "/") + "/")
    path = f"{package.replace('.', '/')}/environment.py"
    assert places(tmp_path, text.format(package=package) + MORE[case], "KER202") == [f"{path}:5"]
    first = text.replace("import keras\n\n", "").replace(
        "prepare()\np", "prepare()\nimport keras\np"
    )
    (tmp_path / "sound").mkdir()
    assert places(tmp_path / "sound", first.format(package=package) + MORE[case], "KER202") == []


LOADING = """
# file: .env
{variable}={value}
# file: settings.py
from dotenv import load_dotenv

load_dotenv()
SEED = 7
"""


@pytest.mark.parametrize(("variable", "value", "library", "code"), LATE[:2])
def test_a_dotenv_file_that_is_loaded_too_late(
    tmp_path: Path, variable: str, value: str, library: str, code: str
) -> None:
    text = LOADING.format(variable=variable, value=value)
    (found,) = findings(tmp_path, text + TRAIN.format(library=library), code)
    assert (found.code, found.path, found.span.start.line) == (code, "settings.py", 3)
    assert {Path(one.path).name for one in found.related} == {".env", "train.py"}


@pytest.mark.parametrize(("variable", "value", "library", "code"), LATE[:2])
def test_a_dotenv_file_that_is_loaded_in_time(
    tmp_path: Path, variable: str, value: str, library: str, code: str
) -> None:
    text = LOADING.format(variable=variable, value=value)
    assert places(tmp_path, text + IN_TIME.format(library=library), code) == []
    chosen = text.replace(f"{variable}=", "OTHER=")
    assert places(tmp_path, chosen + TRAIN.format(library=library), code) == []
