"""What `--python` may name."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from kerlint.failures import Failure
from kerlint.probe.interpreters import find
from tests.probe.environments import Environment


def test_nothing_means_kerlints_own() -> None:
    assert find("").executable == sys.executable


def test_an_executable_and_the_environment_around_it(environment: Environment) -> None:
    assert find(str(environment.python)).executable == str(environment.python)
    assert find(str(environment.folder)).executable == str(environment.python)
    assert find(str(environment.folder)).argument == str(environment.folder)


def test_a_conda_prefix_of_windows(tmp_path: Path) -> None:
    (tmp_path / "python.exe").write_text("", encoding="ascii")
    assert find(str(tmp_path)).executable == str(tmp_path / "python.exe")


def test_a_relative_path_and_the_home_folder(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(environment.folder.parent)
    assert find("env").executable == str(environment.python)
    monkeypatch.setenv("HOME", str(environment.folder.parent))
    monkeypatch.setenv("USERPROFILE", str(environment.folder.parent))
    assert find("~/env").executable == str(environment.python)


def test_a_name_on_the_path(environment: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(environment.python.parent))
    assert find("python").executable == str(environment.python)


def test_a_dangling_interpreter_is_found(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    try:
        (tmp_path / "bin" / "python").symlink_to("/nowhere/python")
    except OSError:
        pytest.skip("links need a right here")
    assert find(str(tmp_path)).executable == os.path.join(tmp_path, "bin", "python")


@pytest.mark.parametrize("argument", ["nowhere/python", "python-that-nobody-has", "."])
def test_nothing_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, argument: str) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Failure, match="name an interpreter"):
        find(argument)
