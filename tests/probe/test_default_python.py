"""Which interpreter is examined when nobody names one."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from kerlint.probe import default_python as module
from kerlint.probe.default_python import default_python


@pytest.fixture(autouse=True)
def no_framework_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_has_framework", lambda: False)


def test_the_active_environment_comes_first(tmp_path: Path) -> None:
    active = {"VIRTUAL_ENV": str(tmp_path), "CONDA_PREFIX": str(tmp_path / "no")}
    assert default_python("", active) == (str(tmp_path), "the active virtual environment")


def test_own_environment_where_it_has_a_framework(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_has_framework", lambda: True)
    found, why = default_python("", {"CONDA_PREFIX": str(tmp_path)})
    assert found == sys.executable
    assert "kerlint is installed in" in why


def test_conda_then_the_project_then_the_path(tmp_path: Path) -> None:
    venv = tmp_path / ".venv"
    venv.mkdir()
    (venv / "pyvenv.cfg").touch()
    project = str(tmp_path)
    assert default_python(project, {"CONDA_PREFIX": project})[0] == project
    assert default_python(project, {"CONDA_PREFIX": "/not/there"})[0] == str(venv)
    name = "python3.exe" if os.name == "nt" else "python3"
    program = tmp_path / "bin" / name
    program.parent.mkdir()
    program.touch(mode=0o755)
    found, why = default_python(str(tmp_path / "bin"), {"PATH": str(program.parent)})
    assert (found, why) == (str(program), "`python3` on the PATH")


def test_at_last_the_interpreter_that_runs_kerlint(tmp_path: Path) -> None:
    assert default_python(str(tmp_path), {"PATH": ""})[0] == sys.executable


def test_a_framework_is_looked_for_among_the_distributions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(module, "FRAMEWORKS", ("no-such-distribution", "pytest"))
    assert module._has_framework()
    monkeypatch.setattr(module, "FRAMEWORKS", ("no-such-distribution",))
    assert not module._has_framework()
