"""KER208 in code: two writes for one run, of which nobody can have seen the first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.rules.order.trees import findings, places

TWO = """
# file: settings.py
import os
os.environ["KERAS_BACKEND"] = "jax"
# file: net.py
import os
os.environ["KERAS_BACKEND"] = "torch"
import keras
# file: train.py
import settings
import net
"""


def disagreeing(folder: Path, text: str) -> list[str]:
    return places(folder, text, "KER208")


def test_both_places_are_told_once(tmp_path: Path) -> None:
    (one,) = findings(tmp_path, TWO, "KER201", "KER202", "KER208")
    assert one.message == (
        "`KERAS_BACKEND` is `torch` here and `jax` at `settings.py:2`, which the same program "
        "runs before: nobody sees that one"
    )
    assert (one.code, one.path, one.span.start.line) == ("KER208", "net.py", 2)
    assert [(p.path, p.span.start.line, p.message) for p in one.related] == [
        ("settings.py", 2, "never obeyed")
    ]


def test_a_second_program_does_not_tell_it_again(tmp_path: Path) -> None:
    again = "# file: evaluate.py\nimport settings\nimport net\n"
    assert disagreeing(tmp_path, TWO + again) == ["net.py:2"]


def test_where_keras_comes_in_between_the_second_is_too_late(tmp_path: Path) -> None:
    text = TWO.replace('"jax"\n', '"jax"\nimport keras\n')
    (one,) = findings(tmp_path, text, "KER201", "KER202", "KER208")
    assert (one.code, one.path, one.span.start.line) == ("KER202", "net.py", 2)
    assert one.message.endswith(": Keras keeps `jax`, set at `settings.py:2`")
    assert one.related[0].message == "set in time here"
    assert (one.related[0].path, one.related[0].span.start.line) == ("settings.py", 2)


def test_a_test_and_its_conftest(tmp_path: Path) -> None:
    text = """
    # file: pyproject.toml
    # file: tests/conftest.py
    import os
    os.environ["KERAS_BACKEND"] = "jax"
    # file: tests/test_net.py
    import os
    os.environ["KERAS_BACKEND"] = "torch"
    import keras
    """
    assert disagreeing(tmp_path, text) == ["tests/test_net.py:2"]


def test_the_package_of_a_module(tmp_path: Path) -> None:
    text = """
    # file: pyproject.toml
    # file: lab/__init__.py
    import os
    os.environ["KERAS_BACKEND"] = "jax"
    # file: lab/train.py
    import os
    os.environ["KERAS_BACKEND"] = "torch"
    import keras
    # file: main.py
    import lab.train
    """
    assert disagreeing(tmp_path, text) == ["lab/train.py:2"]


def test_a_function_that_another_module_calls(tmp_path: Path) -> None:
    text = """
    # file: settings.py
    import os
    def choose():
        os.environ["KERAS_BACKEND"] = "jax"
    # file: train.py
    import os
    import settings
    settings.choose()
    os.environ["KERAS_BACKEND"] = "torch"
    import keras
    """
    assert disagreeing(tmp_path, text) == ["train.py:4"]


def test_twice_in_one_file(tmp_path: Path) -> None:
    text = """
    # file: train.py
    import os
    os.environ["KERAS_BACKEND"] = "jax"
    os.environ["KERAS_BACKEND"] = "torch"
    import keras
    """
    assert disagreeing(tmp_path, text) == ["train.py:3"]


def test_two_cells_of_a_notebook(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": 1, "source": text}
        for text in ("%env KERAS_BACKEND=jax", "%env KERAS_BACKEND=torch", "import keras")
    ]
    book = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    text = f"# file: train.ipynb\n{json.dumps(book)}\n"
    (one,) = findings(tmp_path, text, "KER208")
    assert one.cell == 1
    assert "`jax` in `train.ipynb`" in one.message


PEACEFUL = {
    "the same": [("settings.py", 'os.environ["KERAS_BACKEND"] = "torch"')],
    "a default first": [("settings.py", 'os.environ.setdefault("KERAS_BACKEND", "jax")')],
    "a default that asks": [
        ("settings.py", 'if "KERAS_BACKEND" not in os.environ: os.environ["KERAS_BACKEND"] = "jax"')
    ],
    "of a choice": [
        ("settings.py", 'if len(os.sep) > 1: os.environ["KERAS_BACKEND"] = "jax"'),
    ],
    "unknown": [("settings.py", 'os.environ["KERAS_BACKEND"] = input()')],
    "taken back": [
        ("settings.py", 'os.environ["KERAS_BACKEND"] = "jax"\nos.environ.pop("KERAS_BACKEND")')
    ],
    "emptied": [("settings.py", 'os.environ["KERAS_BACKEND"] = ""')],
    "only as a program": [
        ("settings.py", 'if __name__ == "__main__":\n    os.environ["KERAS_BACKEND"] = "jax"')
    ],
    "for a child": [
        (
            "settings.py",
            'import subprocess\nos.environ["KERAS_BACKEND"] = "jax"\nsubprocess.run(["python"])',
        )
    ],
    "put past os.environ": [("settings.py", 'os.putenv("KERAS_BACKEND", "jax")')],
    "looked at": [
        (
            "settings.py",
            'os.environ["KERAS_BACKEND"] = "jax"\nprint(os.environ["KERAS_BACKEND"])',
        )
    ],
    "a library in between": [
        ("settings.py", 'os.environ["KERAS_BACKEND"] = "jax"\nimport somebody\nsomebody.start()')
    ],
    "in a function that nobody calls": [
        ("settings.py", 'def choose():\n    os.environ["KERAS_BACKEND"] = "jax"')
    ],
}


@pytest.mark.parametrize("case", PEACEFUL)
def test_a_first_write_that_may_be_meant(case: str, tmp_path: Path) -> None:
    files = "".join(f"# file: {name}\nimport os\n{text}\n" for name, text in PEACEFUL[case])
    assert disagreeing(tmp_path, files + TWO[TWO.index("# file: net.py") :]) == []


LATER = {
    "a default": 'os.environ.setdefault("KERAS_BACKEND", "torch")',
    "on demand": 'import sys\nif "-t" in sys.argv:\n    os.environ["KERAS_BACKEND"] = "torch"',
    "unknown": 'os.environ["KERAS_BACKEND"] = input()',
    "emptied": 'os.environ["KERAS_BACKEND"] = ""',
    "on failure": (
        'try:\n    import jax\nexcept ImportError:\n    os.environ["KERAS_BACKEND"] = "torch"'
    ),
    "for each": 'for name in ("a", "b"):\n    os.environ["KERAS_BACKEND"] = "torch"',
    "in a function that nobody calls": 'def f():\n    os.environ["KERAS_BACKEND"] = "torch"',
}


@pytest.mark.parametrize("case", LATER)
def test_a_second_write_that_is_no_certain_choice(case: str, tmp_path: Path) -> None:
    text = TWO.replace('os.environ["KERAS_BACKEND"] = "torch"', LATER[case])
    assert disagreeing(tmp_path, text) == []


def test_two_programs_may_choose_each_for_itself(tmp_path: Path) -> None:
    text = TWO[: TWO.index("# file: train.py")]
    assert disagreeing(tmp_path, text) == []


def test_test_modules_may_be_run_one_by_one(tmp_path: Path) -> None:
    text = """
    # file: pyproject.toml
    # file: test_a.py
    import os
    os.environ["KERAS_BACKEND"] = "jax"
    # file: test_b.py
    import os
    os.environ["KERAS_BACKEND"] = "torch"
    """
    assert disagreeing(tmp_path, text) == []


def test_the_default_of_the_machine_is_there_to_be_overruled(tmp_path: Path) -> None:
    text = """
    # file: keras.json
    {"backend": "jax", "floatx": "float32", "epsilon": 1e-7, "image_data_format": "channels_last"}
    # file: train.py
    import os
    os.environ["KERAS_HOME"] = "."
    os.environ["KERAS_BACKEND"] = "torch"
    import keras
    """
    assert disagreeing(tmp_path, text) == []
