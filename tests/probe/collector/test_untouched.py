"""Observing changes nothing: not the home folder, not the environment, not the project."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from kerlint.failures import Failure
from tests.probe.environments import Environment


def state(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Every file and folder with its size, mode and time of change."""
    found = {}
    for root, folders, files in os.walk(folder):
        for name in [*folders, *files, "."]:
            stat = os.lstat(os.path.join(root, name))
            size = 0 if os.path.isdir(os.path.join(root, name)) else stat.st_size
            found[os.path.join(root, name)] = (size, stat.st_mode, stat.st_mtime_ns)
    return found


def test_nothing_is_written(
    environment: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, project, temporary = tmp_path / "home", tmp_path / "project", tmp_path / "temporary"
    for folder in (home, project, temporary):
        folder.mkdir()
    (project / "random.py").write_text("raise SystemExit(9)", encoding="ascii")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE")
    environment.add("keras", "3.15.1")
    environment.add("tool", files={"tool.pth": "import tool_hook\n", "tool_hook.py": "one = 1\n"})
    (environment.site / "sitecustomize.py").write_text("import tool_hook", encoding="ascii")
    before = state(environment.folder), state(home), state(project)
    seen = environment.seen(project, gpu=True)
    assert seen.site.sitecustomize
    assert seen.keras_config.home == str(home / ".keras")
    assert (state(environment.folder), state(home), state(project)) == before
    assert list(temporary.iterdir()) == []


def test_no_temporary_folder(environment: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere/at/all")
    with pytest.raises(Failure, match="set TMPDIR"):
        environment.seen()
