"""KER201 and KER202: a `.env` file that is loaded after Keras has read the variable."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerlint.engine import check
from kerlint.project.discovery import find
from kerlint.settings import SettingsTree
from tests.rules.order.trees import findings, places

JAX = """
# file: .env
# for everybody
KERAS_BACKEND=jax
"""
LATE = """
# file: train.py
import keras
from dotenv import load_dotenv

load_dotenv()
print(keras.backend.backend())
"""


def late(folder: Path, text: str) -> list[str]:
    return places(folder, text, "KER201", "KER202", "KER208")


def test_the_file_and_the_call_are_told(tmp_path: Path) -> None:
    (one,) = findings(tmp_path, JAX + LATE, "KER201", "KER202")
    assert (one.code, one.path, one.span.start.line) == ("KER201", "train.py", 4)
    assert one.message == (
        "`KERAS_BACKEND` is set from a file after the import of `keras` has read it: "
        "Keras keeps the backend it has"
    )
    file, read = one.related
    assert (file.path, file.span.start.line, file.message) == (".env", 2, "what is loaded too late")
    assert (read.path, read.span.start.line) == ("train.py", 1)


WAYS = {
    "by its module": ("import dotenv", "dotenv.load_dotenv()"),
    "in a function that is called": (
        "from dotenv import load_dotenv\ndef start():\n    load_dotenv()",
        "start()",
    ),
    "if there is one": ("from dotenv import load_dotenv", "if not load_dotenv(): print()"),
    "where it is found": (
        "from dotenv import find_dotenv, load_dotenv",
        "_ = load_dotenv(find_dotenv())",
    ),
    "aloud": ("import dotenv", "dotenv.load_dotenv(dotenv.find_dotenv(), verbose=True)"),
    "over what is set": ("from dotenv import load_dotenv", "load_dotenv(override=True)"),
}


@pytest.mark.parametrize("case", WAYS)
def test_ways_to_load(case: str, tmp_path: Path) -> None:
    above, call = WAYS[case]
    text = f"{JAX}# file: train.py\n{above}\nimport keras\n{call}\n"
    (place,) = late(tmp_path, text)
    assert place.startswith("train.py:")
    early = f"{JAX}# file: train.py\n{above}\n{call}\nimport keras\n"
    assert late(tmp_path, early) == []


@pytest.mark.parametrize(
    ("above", "call"),
    [
        ("from environs import Env\nenv = Env()", "env.read_env()"),
        ("from environs import env", "env.read_env(recurse=True)"),
        ("import environs", "environs.Env.read_env()"),
    ],
)
def test_what_environs_reads_need_not_be_in_the_environment(
    above: str, call: str, tmp_path: Path
) -> None:
    # Seen with environs 14.6.0 (it is) and 15.0.0 (it is not).
    assert late(tmp_path, f"{JAX}# file: train.py\n{above}\nimport keras\n{call}\n") == []


def test_through_an_own_module(tmp_path: Path) -> None:
    text = f"""
# file: app/net.py
import keras
# file: app/train.py
import net
from dotenv import load_dotenv
load_dotenv()
import tensorflow as tf
{JAX}"""
    (one,) = findings(tmp_path, text, "KER201", "KER202")
    assert one.code == "KER202"
    assert "`KERAS_BACKEND` is set from a file at `app/train.py:3`" in one.message


FINE = {
    "no file": "",
    "another variable": "# file: .env\nA=1\n",
    "nothing certain": "# file: .env\nKERAS_BACKEND=${X}\n",
    "empty": "# file: .env\nKERAS_BACKEND=\n",
    "below the code": "# file: app/.env\nKERAS_BACKEND=jax\n",
}


@pytest.mark.parametrize("case", FINE)
def test_files_that_choose_nothing(case: str, tmp_path: Path) -> None:
    assert late(tmp_path, FINE[case] + LATE) == []


@pytest.mark.parametrize(
    "call",
    [
        "load_dotenv('other.env')",
        "load_dotenv(find_dotenv())",
        "load_dotenv(dotenv.find_dotenv('prod.env'))",
        "load_dotenv(**options)",
        "load_dotenv(override=stubborn, *options)",
        "env.read_env()",
        "dotenv.Env().read_env()",
        "load_dotenv",
        "mine.load_dotenv()",
    ],
)
def test_calls_that_may_load_another_file(call: str, tmp_path: Path) -> None:
    assert late(tmp_path, JAX + LATE.replace("load_dotenv()", call)) == []


def test_what_is_set_already_is_kept(tmp_path: Path) -> None:
    text = LATE.replace(
        "import keras\n", 'import os\nos.environ["KERAS_BACKEND"] = "jax"\nimport keras\n'
    )
    assert late(tmp_path, JAX + text) == []


def test_what_is_set_already_is_overruled(tmp_path: Path) -> None:
    """The file wins, so the backend of the code is not the last word."""
    text = LATE.replace("load_dotenv()", "load_dotenv(override=True)")
    in_time = 'import os\nos.environ["KERAS_BACKEND"] = "torch"\nimport keras\n'
    (place,) = late(tmp_path, JAX + text.replace("import keras\n", in_time))
    assert place == "train.py:6"


def test_the_legacy_switch_of_the_file(tmp_path: Path) -> None:
    text = LATE.replace("import keras\n", "import tensorflow as tf\n").replace(
        "keras.backend.backend()", "tf.keras.Model()"
    )
    switch = "# file: .env\nTF_USE_LEGACY_KERAS=1\n"
    (place,) = places(tmp_path, switch + text, "KER203")
    assert place.startswith("train.py:")
    early = text.replace("import tensorflow as tf\n", "").replace(
        "print", "import tensorflow as tf\nprint"
    )
    assert places(tmp_path, switch + early, "KER203") == []


def test_a_default_that_keras_takes_anyway_is_a_warning(tmp_path: Path) -> None:
    (one,) = findings(tmp_path, JAX.replace("=jax", "=tensorflow") + LATE, "KER201")
    assert one.severity == "warning"


@pytest.mark.parametrize("setting", ["KERAS_BACKEND=jax", "TF_USE_LEGACY_KERAS=1"])
def test_a_file_that_says_nothing_of_keras(setting: str, tmp_path: Path) -> None:
    """What is found in it is found with and without gates."""
    text = f"""
# file: net.py
import keras
import tensorflow
# file: train.py
import net
from dotenv import load_dotenv
load_dotenv()
# file: .env
{setting}
"""
    code = "KER202" if "BACKEND" in setting else "KER203"
    assert [one.code for one in findings(tmp_path, text, "KER2")] == [code]
    settings = SettingsTree({"target": ["keras==3.15.1"], "select": ["KER2"]}, isolated=True)
    files = find([str(tmp_path)], settings, [])
    without = check(files, settings, jobs=1, gates=False).diagnostics
    assert [one.code for one in without] == [code]
