"""Files and notebooks that a notebook runs, and notebooks as somebody else's module."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerlint.engine import check
from kerlint.project.discovery import find
from kerlint.settings import SettingsTree
from kerlint.source.notebooks.running import LOADS, RUNS, module_of, path_of, statement
from tests.notebooks.books import TARGET, book

JAX = 'import os\nos.environ["KERAS_BACKEND"] = "jax"\n'


def found(folder: Path, files: dict[str, bytes | str], *select: str) -> list[str]:
    """`path[cell] CODE` of each finding in a project of these files."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    settings = SettingsTree({"target": TARGET, "select": list(select)}, isolated=True)
    result = check(find(["."], settings, []), settings, jobs=1)
    assert not result.errors, result.details
    return [
        f"{one.path}{'' if one.cell is None else [one.cell]} {one.code}"
        for one in result.diagnostics
    ]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


RUNNING = {
    "net.py": "%run net.py",
    "net.ipynb": "%run net.ipynb",
    "01 - the net.ipynb": '%run "01 - the net.ipynb"',
    "01-net.ipynb": "%run ./01-net.ipynb",
    "lib/the net.py": "%run -i lib/the\\ net.py --epochs 3",
    "../net.py": "%run ../net",
    "deep/net.ipynb": "get_ipython().run_line_magic('run', 'deep/net.ipynb')",
}


@pytest.mark.parametrize("name", RUNNING)
def test_what_runs_first_imports_keras(folder: Path, name: str) -> None:
    code = "import keras\n"
    net = book(code) if name.endswith(".ipynb") else code
    files: dict[str, bytes | str] = {
        f"books/{name}": net,
        "books/main.ipynb": book(RUNNING[name], JAX),
    }
    assert found(folder, files, "KER2") == ["books/main.ipynb[1] KER202"]
    files["books/main.ipynb"] = book(JAX, RUNNING[name])
    assert found(folder, files, "KER2") == []


def test_the_chain_is_told(folder: Path) -> None:
    files = {"net.ipynb": book("import keras"), "main.ipynb": book("%run net.ipynb", JAX)}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    settings = SettingsTree({"target": TARGET, "select": ["KER202"]}, isolated=True)
    (one,) = check(find(["."], settings, []), settings, jobs=1).diagnostics
    assert one.message == (
        "`main.ipynb` runs `net.ipynb`, which imports keras; `KERAS_BACKEND` is set after that: "
        "Keras keeps the backend it has"
    )


def test_what_is_run_sets_it_too_late(folder: Path) -> None:
    files: dict[str, bytes | str] = {
        "settings.ipynb": book(JAX),
        "main.ipynb": book("import keras", "%run settings.ipynb"),
    }
    assert found(folder, files, "KER2") == ["settings.ipynb[0] KER202"]
    files["main.ipynb"] = book("%run settings.ipynb", "import keras")
    assert found(folder, files, "KER2") == []


@pytest.mark.parametrize(("option", "fires"), [("", True), ("-n ", False)])
def test_a_file_is_run_as_the_program(folder: Path, option: str, fires: bool) -> None:
    files: dict[str, bytes | str] = {
        "net.py": 'if __name__ == "__main__":\n    import keras\n',
        "main.ipynb": book(f"%run {option}net.py", JAX),
    }
    assert found(folder, files, "KER202") == ["main.ipynb[1] KER202"] * fires


def test_paths_are_those_of_the_notebook_that_runs(folder: Path) -> None:
    files: dict[str, bytes | str] = {
        "main.ipynb": book("%run lib/first.ipynb", JAX),
        "lib/first.ipynb": book("%run lib/second.py"),
        "lib/second.py": "import keras\n",
    }
    assert found(folder, files, "KER202") == ["main.ipynb[1] KER202"]


@pytest.mark.parametrize(
    "line",
    [
        "%run {path}",
        "%run $path",
        "%run missing.ipynb",
        "%run lesson.txt",
        "%run",
        "!python net.py",
        "%load net.py",
    ],
)
def test_what_is_not_known_to_run(folder: Path, line: str) -> None:
    files: dict[str, bytes | str] = {
        "net.py": "import keras\n",
        "a.ipynb": book(line, JAX, "x = 1"),
    }
    assert found(folder, files, "KER2") == []


def test_names_that_a_file_may_bring_are_not_guessed(folder: Path) -> None:
    files: dict[str, bytes | str] = {
        "names.ipynb": book("from keras import layers"),
        "main.ipynb": book("import keras", "%run names.ipynb", "layers.CuDNNLSTM(1)"),
    }
    assert found(folder, files, "KER3") == []


IMPORTING = {
    "import_ipynb": ("import import_ipynb\nimport net", "net.ipynb"),
    "importnb": ("import importnb\nwith importnb.Notebook():\n    import net", "net.ipynb"),
    "importnb, by its name": (
        "from importnb import Notebook\nwith Notebook():\n    from net import build",
        "net.ipynb",
    ),
    "a name with blanks": ("import import_ipynb\nimport the_net", "the net.ipynb"),
    "ipynb": ("from ipynb.fs.full.net import build", "net.ipynb"),
}


@pytest.mark.parametrize("case", IMPORTING)
def test_notebooks_as_modules(folder: Path, case: str) -> None:
    statement, name = IMPORTING[case]
    net = book("import keras", "def build(): ...")
    files: dict[str, bytes | str] = {name: net, "main.ipynb": book(statement, JAX)}
    assert found(folder, files, "KER2") == ["main.ipynb[1] KER202"]
    files = {"main.py": f"{statement}\n{JAX}", "main.ipynb": book("x = 1")}
    assert found(folder, files, "KER2") == ["main.py KER202"]


def test_a_module_goes_before_a_notebook_of_its_name(folder: Path) -> None:
    files: dict[str, bytes | str] = {
        "net.ipynb": book("import keras"),
        "net.py": "",
        "main.ipynb": book("import import_ipynb\nimport net", JAX),
    }
    assert found(folder, files, "KER2") == []


@pytest.mark.parametrize(
    "statement",
    ["import net", "import nbimporter\nimport net", "from ipynb.fs.defs.net import build"],
)
def test_a_notebook_is_no_module_by_itself(folder: Path, statement: str) -> None:
    """And `nbimporter` takes out the definitions only: what else runs is not known."""
    files: dict[str, bytes | str] = {
        "net.ipynb": book("import keras"),
        "main.ipynb": book(statement, JAX),
    }
    assert found(folder, files, "KER2") == []


def parameters(text: str) -> dict[str, object]:
    return {
        "cell_type": "code",
        "metadata": {"collapsed": False, "tags": ["parameters"]},
        "source": text.splitlines(keepends=True),
    }


SET = 'import os\nos.environ["KERAS_BACKEND"] = backend\nimport keras'


def test_a_parameter_may_be_given(folder: Path) -> None:
    given = parameters('epochs = 3\nbackend: str = "pytorch"  # or jax')
    assert found(folder, {"a.ipynb": book(given, SET)}, "KER2") == []
    plain = book('backend: str = "pytorch"', SET)
    assert found(folder, {"a.ipynb": plain}, "KER2") == ["a.ipynb[1] KER206"]


def test_what_else_a_cell_of_parameters_does_is_seen(folder: Path) -> None:
    given = parameters('import keras\nbackend = "jax"')
    assert found(folder, {"a.ipynb": book(given, JAX)}, "KER2") == ["a.ipynb[1] KER201"]
    broken = parameters("backend = = 1")
    assert found(folder, {"a.ipynb": book("import keras", broken)}, "KER9") == ["a.ipynb[1] KER905"]


def test_the_word_alone_makes_no_parameters(folder: Path) -> None:
    cell = {**parameters('backend = "pytorch"'), "metadata": {"name": "parameters"}}
    assert found(folder, {"a.ipynb": book(cell, SET)}, "KER2") == ["a.ipynb[1] KER206"]


def test_names_of_files_and_back() -> None:
    for path in ("net.py", "../a b/Netz \N{LATIN SMALL LETTER U WITH DIAERESIS}.ipynb"):
        for mark in (RUNS, LOADS):
            assert path_of(module_of(path, mark)) == path
            assert module_of(path, mark).isidentifier()
    assert path_of("keras") == path_of(f"{RUNS}xyz") == ""


def test_modules_are_run_by_their_names() -> None:
    assert statement("%run -m lab.train --epochs 3", 5) == "from lab.train import *"
    assert statement("%run -m lab/train", 5) == ""
