"""Targets out of manifests besides pyproject.toml, setup.cfg and lists: the files' own readers."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerlint.project.targets import Targets
from kerlint.settings import Settings

MANIFESTS = {
    "setup.py": 'from setuptools import setup\n\nsetup(install_requires=["tensorflow==2.15.1"])\n',
    "pyproject.toml": '[tool.poetry]\nname = "x"\n[tool.poetry.dependencies]\n'
    'python = "^3.10"\ntensorflow = "2.15.1"\n',
    "Pipfile": '[packages]\ntensorflow = "==2.15.1"\n',
    "environment.yml": "name: x\ndependencies:\n  - python=3.11\n  - tensorflow=2.15.1\n",
    "Pipfile.lock": '{"default": {"tensorflow": {"version": "==2.15.1"}}, "develop": {}}\n',
}


@pytest.mark.parametrize("name", MANIFESTS)
def test_a_manifest_gives_the_target(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(MANIFESTS[name], encoding="utf-8")
    targets = Targets()
    found = targets.of(str(tmp_path / "a.py"), Settings())
    assert found.newest.tensorflow == "2.15.1"
    assert found.oldest.tensorflow == "2.15.1"
    assert name in found.origin
    assert not targets.notes


def test_a_lock_counts_before_the_manifest_beside_it(tmp_path: Path) -> None:
    (tmp_path / "Pipfile").write_text('[packages]\ntensorflow = "*"\n', encoding="utf-8")
    (tmp_path / "Pipfile.lock").write_text(MANIFESTS["Pipfile.lock"], encoding="utf-8")
    found = Targets().of(str(tmp_path / "a.py"), Settings())
    assert found.newest.tensorflow == found.oldest.tensorflow == "2.15.1"
    assert "Pipfile.lock" in found.origin
