"""`%%writefile net.py`: the text of the cell is that file."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerlint.diagnostics import Diagnostic
from kerlint.engine import check
from kerlint.project.discovery import find
from kerlint.settings import SettingsTree
from tests.notebooks.books import book, places, run

GONE = "%%writefile {}\nimport keras\n\nkeras.layers.CuDNNLSTM(1)\n"


def test_it_is_checked_where_it_stands() -> None:
    data = book("x = 1", GONE.format("net.py"))
    assert places(data) == ["1:4:1 KER302"]
    (found,) = run(data).diagnostics
    assert (found.path, found.span.end) == ("book.ipynb", (4, 23))


def test_it_is_a_module_of_its_own() -> None:
    late = "%%writefile train.py\nimport os\nos.environ['KERAS_BACKEND'] = 'jax'\nimport keras\n"
    assert places(book("import keras", late)) == []
    late = late.replace("import os\n", "import os, keras\n")
    (found,) = run(book("x = 1", late)).diagnostics
    assert (found.code, found.cell, found.span.start.line) == ("KER201", 1, 3)
    assert [(one.cell, one.span.start) for one in found.related] == [(1, (2, 12))]


def test_cells_and_files_are_told_together() -> None:
    data = book("from keras.engine import Layer", GONE.format("a.py"), GONE.format("'b.py'"))
    assert places(data) == ["0:1:6 KER301", "1:4:1 KER302", "2:4:1 KER302"]


@pytest.mark.parametrize("name", ["-a net.py", "net.txt", "", "train.sh", "--append net.py"])
def test_parts_of_files_and_other_files_are_left_alone(name: str) -> None:
    assert places(book("import keras", GONE.format(name))) == []


def test_a_file_that_does_not_parse() -> None:
    data = book("import keras", GONE.format("net.py") + "x = = 1\n")
    (place,) = places(data)
    assert place.startswith("1:5:")
    assert place.endswith(" KER901")


def test_comments_silence_it() -> None:
    cell = GONE.format("net.py").rstrip() + "  # kerlint: ignore[KER302] later\n"
    assert places(book("x = 1", cell)) == []


def test_its_neighbours_on_the_disk_play_no_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "net.py").write_text("import keras\n")
    cell = (
        "%%writefile train.py\nimport os, net\nos.environ['KERAS_BACKEND'] = 'jax'\nimport keras\n"
    )
    data = book("x = 1", cell)
    (tmp_path / "book.ipynb").write_bytes(data)
    assert places(data) == []


NET = "%%writefile net.py\nimport os\nimport keras\n"
LATE = "import os\nimport net\nos.environ['KERAS_BACKEND'] = 'jax'\nimport keras\n"


def on_disk(folder: Path, data: bytes) -> list[Diagnostic]:
    """What is found in a notebook that lies in `folder`."""
    (folder / "book.ipynb").write_bytes(data)
    settings = SettingsTree({"target": ["keras==3.15.1", "tensorflow==2.21.0"]}, isolated=True)
    result = check(find(["book.ipynb"], settings, []), settings, jobs=1)
    assert not result.errors, result.details
    return result.diagnostics


def test_the_notebook_imports_what_it_has_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (found,) = on_disk(tmp_path, book(NET, LATE))
    assert (found.code, found.cell, found.span.start) == ("KER202", 1, (3, 1))
    assert "imports `net.py`, which imports keras at line 2" in found.message
    places = [(one.path, one.cell, one.span.start) for one in found.related]
    assert places == [("book.ipynb", 1, (2, 8)), ("book.ipynb", 0, (3, 8))]


def test_the_notebook_imports_a_package_that_it_has_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    package = "%%writefile tools/__init__.py\nfrom .net import x\n"
    module = NET.replace("net.py", "tools/net.py")
    (found,) = on_disk(tmp_path, book(package, module, LATE.replace("net", "tools")))
    assert "imports `tools/net.py` at line 1, which imports keras at line 2" in found.message


@pytest.mark.parametrize(
    "cells",
    [
        (NET, "import os\nos.environ['KERAS_BACKEND'] = 'jax'\nimport net\n"),
        (NET, LATE.replace("import net\n", "!python net.py\n").replace("import keras\n", "")),
        ("import net", NET, LATE.replace("import net\n", "")),
        (NET, "%%writefile net.py\nx = 1\n", LATE),
        (NET.replace("net.py", "-a net.py"), LATE),
        (NET.replace("net.py", "other.py"), LATE),
    ],
)
def test_what_is_written_and_not_imported_too_early(
    cells: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert on_disk(tmp_path, book(*cells)) == []


SETTINGS = "%%writefile settings.py\nimport os\n\nos.environ['KERAS_BACKEND'] = 'jax'\n"
USED = "import keras\nimport settings\n\nprint(keras.backend.backend())\n"


def test_a_module_that_the_notebook_imports_is_judged_by_when_it_does_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (found,) = on_disk(tmp_path, book("x = 1", SETTINGS, USED))
    assert (found.code, found.path, found.cell) == ("KER202", "book.ipynb", 1)
    assert found.span.start == (4, 1)
    assert "imports `settings.py`, which sets `KERAS_BACKEND` at line 3" in found.message
    places = [(one.path, one.cell, one.span.start) for one in found.related]
    assert places == [("book.ipynb", 2, (1, 8)), ("book.ipynb", 2, (2, 8))]


@pytest.mark.parametrize(
    "cells",
    [
        (SETTINGS.replace("settings.py", "/content/settings.py"), USED),
        (SETTINGS.replace("settings", "lab/settings"), USED.replace("settings", "lab.settings")),
        ("import sys\nsys.path.append('lab')", SETTINGS.replace("settings", "lab/settings"), USED),
        (SETTINGS, "%%writefile train.py\n" + USED, "!python train.py"),
        (SETTINGS.replace("KERAS_BACKEND", "TF_CPP_MIN_LOG_LEVEL"), "import tensorflow\n" + USED),
    ],
)
def test_ways_to_write_and_import(
    cells: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (found,) = on_disk(tmp_path, book(*cells))
    assert (found.path, found.span.start.line) == ("book.ipynb", 4)
    assert cells[found.cell or 0].startswith("%%writefile")


def test_another_notebook_writes_its_own_file_of_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "late.ipynb").write_bytes(book(SETTINGS, USED))
    assert on_disk(tmp_path, book(SETTINGS, "import settings\n", USED)) == []


@pytest.mark.parametrize(
    "cells",
    [
        (SETTINGS, "import settings\nimport keras\n"),
        (SETTINGS, "from settings import *\n" + USED),
        (SETTINGS, "import keras\n!python settings.py\n"),
        (SETTINGS.replace("settings.py", "/content/drive/settings.py"), USED),
        (SETTINGS, "%%writefile train.py\nimport settings\nimport keras\n", "!python train.py"),
        (SETTINGS, "%%writefile train.py\nimport keras\n", "!python train.py"),
        ("import settings\n", SETTINGS, USED),
    ],
)
def test_a_module_that_is_imported_in_time_or_not_by_the_notebook(
    cells: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert on_disk(tmp_path, book(*cells)) == []


def test_what_is_installed_is_told_in_the_cell_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    wrong = "x = 1\n!pip install tensorflow==2.21.0 keras==2.15.0\n"
    findings = on_disk(tmp_path, book(GONE.format("net.py"), "x = 1\n", wrong))
    places = {found.code: (found.cell, found.span.start.line) for found in findings}
    assert places.pop("KER302") == (0, 4)
    assert set(places.values()) == {(2, 2)}
