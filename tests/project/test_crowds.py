"""Projects with more files than anybody would search for those that import a module."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from kerlint.engine import Result, check
from kerlint.project import modules
from kerlint.project.discovery import find
from kerlint.settings import SettingsTree
from kerlint.source import order


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two modules that choose, and a hundred files beside them that nobody wrote."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(modules, "MOST_FILES", 50)
    subprocess.run(["git", "init", "-q", "."], check=True)
    (tmp_path / "settings.py").write_text('import os\n\nos.environ["KERAS_BACKEND"] = "jax"\n')
    (tmp_path / "net.py").write_text(
        'import os\n\nos.environ["KERAS_BACKEND"] = "tensorflow"\n\nimport keras\n'
    )
    (tmp_path / "train.py").write_text("import settings\nimport net\n")
    for number in range(100):
        generated = tmp_path / "cache" / f"generated_{number}.py"
        generated.parent.mkdir(exist_ok=True)
        generated.write_text("pass\n")
    return tmp_path


def run() -> Result:
    settings = SettingsTree({"target": ["keras==3.15.1"], "select": ["KER208"]}, isolated=True)
    return check(find(["."], settings, []), settings, jobs=1)


def test_what_git_ignores_is_no_part_of_the_crowd(project: Path) -> None:
    (project / ".gitignore").write_text("cache/\n")
    result = run()
    assert [one.code for one in result.diagnostics] == ["KER208"]
    assert not any("too many" in note for note in result.notes)


def test_a_crowd_is_not_searched_and_that_is_said(project: Path) -> None:
    result = run()
    assert result.diagnostics == []
    assert any(str(project) in note and "too many" in note for note in result.notes)


def test_a_program_that_goes_too_many_ways_is_told(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(order, "MOST_RUNS", 1)
    (project / ".gitignore").write_text("cache/\n")
    result = run()
    assert result.diagnostics == []
    assert any("own modules" in note for note in result.notes)
