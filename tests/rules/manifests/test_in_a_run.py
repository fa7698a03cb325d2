"""Manifests in whole runs: notebooks, standard input, comments, what is counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kerlint.engine import Result, check
from kerlint.project.discovery import File, find
from kerlint.settings import SettingsTree

RULES = {"select": ["KER4", "KER9"]}


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*files: File) -> Result:
    settings = SettingsTree(RULES, isolated=True)
    result = check(files or find(["."], settings, []), settings, jobs=1)
    assert not result.errors, result.details
    return result


def found(result: Result) -> list[str]:
    return [
        f"{one.path}:{one.cell}:{one.span.start.line}:{one.span.start.column} {one.code}"
        for one in result.diagnostics
    ]


def notebook(*cells: str) -> bytes:
    made = [
        {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": one}
        for one in cells
    ]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def test_a_notebook_may_run_where_every_backend_is(tmp_path: Path) -> None:
    """As on Colab; a script that is run with the same requirements has no others."""
    choosing = 'import os\nos.environ["KERAS_BACKEND"] = "jax"\nimport keras\n'
    (tmp_path / "a.ipynb").write_bytes(notebook("!pip install tensorflow keras\n", choosing))
    assert found(run()) == []
    (tmp_path / "a.ipynb").unlink()
    (tmp_path / "requirements.txt").write_text("tensorflow\nkeras\n")
    (tmp_path / "train.py").write_text(choosing)
    assert [line.rpartition(" ")[2] for line in found(run())] == ["KER406"]


def test_a_notebook_is_judged_cell_by_cell() -> None:
    data = notebook("import os", "x = 1\n!pip install tensorflow==2.16.0")
    assert found(run(File("a.ipynb", data=data))) == ["a.ipynb:1:2:14 KER402"]


def test_a_comment_silences_in_a_notebook() -> None:
    data = notebook("x = 1", "# kerlint: ignore[KER402]\n!pip install tensorflow==2.16.0")
    result = run(File("a.ipynb", data=data))
    assert found(result) == []
    assert result.suppressed == 1


def test_standard_input_is_what_its_name_says() -> None:
    result = run(File("requirements.txt", explicit=True, data=b"tensorflow==2.16.0\n"))
    assert found(result) == ["requirements.txt:None:1:1 KER402"]


def test_a_list_in_utf_16_is_read() -> None:
    data = "tensorflow==2.16.0\r\n".encode("utf-16")
    result = run(File("requirements.txt", explicit=True, data=data))
    assert found(result) == ["requirements.txt:None:1:1 KER402"]


def test_what_is_no_text_is_told_once() -> None:
    result = run(File("requirements.txt", explicit=True, data=b"keras\0\0\xff\xfe\x00\x01"))
    assert [one.code for one in result.diagnostics] == ["KER903"]


def test_a_suppression_that_silences_nothing_is_told_of() -> None:
    Path("requirements.txt").write_text("tensorflow==2.19.0  # kerlint: ignore[KER402]\n")
    assert found(run()) == ["requirements.txt:None:1:39 KER904"]


def test_a_file_that_is_included_is_judged_too() -> None:
    Path("base.txt").write_text("tensorflow==2.16.0\n")
    Path("requirements.txt").write_text("-r base.txt\nkeras-core\n")
    assert found(run()) == ["base.txt:None:1:1 KER402", "requirements.txt:None:2:1 KER405"]


def test_files_of_no_interest_are_not_counted() -> None:
    Path("requirements.txt").write_text("django\n")
    Path("pyproject.toml").write_text('[project]\nname = "x"\nversion = "1"\n')
    assert run().files == 0


def test_a_circle_of_includes_ends() -> None:
    Path("requirements.txt").write_text("-r more-requirements.txt\ntensorflow==2.16.0\n")
    Path("more-requirements.txt").write_text("-r requirements.txt\n")
    assert [one.code for one in run().diagnostics] == ["KER903", "KER402"]


def test_selected_rules_only() -> None:
    Path("requirements.txt").write_text("tensorflow==2.16.0\ntensorflow-gpu\n")
    settings = SettingsTree({"select": ["KER405"]}, isolated=True)
    result = check(find(["."], settings, []), settings, jobs=1)
    assert [one.code for one in result.diagnostics] == ["KER405"]
