"""In what an interpreter may live, told by files and variables."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerlint.probe.collector.answering import Gaps
from kerlint.probe.collector.surroundings import conda_packages, container, pipenv_project


@pytest.mark.parametrize(
    ("file", "text", "kind"),
    [
        (".dockerenv", "", "docker"),
        ("run/.containerenv", "", "podman"),
        ("proc/1/cgroup", "0::/kubepods/besteffort/pod1/x", "kubernetes"),
        ("proc/self/cgroup", "12:cpu:/docker/0123abc", "docker"),
        ("proc/version", "Linux version 5.15.90.1-microsoft-standard-WSL2", "wsl"),
        ("proc/version", "Linux version 6.1.0-18-amd64", ""),
        ("proc/1/cgroup", "0::/init.scope", ""),
    ],
)
def test_a_container_by_its_files(tmp_path: Path, file: str, text: str, kind: str) -> None:
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / file).write_text(text, encoding="ascii")
    assert container({}, str(tmp_path)) == {"kind": kind, "evidence": [f"/{file}"] if kind else []}


@pytest.mark.parametrize(
    ("variable", "kind"),
    [("KUBERNETES_SERVICE_HOST", "kubernetes"), ("APPTAINER_NAME", "singularity"), ("HOME", "")],
)
def test_a_container_by_its_variables(tmp_path: Path, variable: str, kind: str) -> None:
    assert container({variable: "x"}, str(tmp_path))["kind"] == kind


def test_records_of_conda(tmp_path: Path) -> None:
    meta = tmp_path / "conda-meta"
    meta.mkdir()
    (meta / "libcublas-dev-12.4.5.8-0.json").write_text('{"channel": "nvidia"}', encoding="ascii")
    (meta / "odd.json").write_text("{}", encoding="ascii")
    assert conda_packages(str(tmp_path), Gaps()) == [
        {"name": "libcublas-dev", "version": "12.4.5.8", "build": "0", "channel": "nvidia"}
    ]
    assert conda_packages(str(tmp_path / "none"), Gaps()) == []


def test_an_environment_that_pipenv_made(tmp_path: Path) -> None:
    project, prefix = tmp_path / "mine", tmp_path / "mine" / ".venv"
    prefix.mkdir(parents=True)
    assert pipenv_project(str(prefix)) == ""
    (prefix / ".project").write_text(f"{project}\n", encoding="utf-8")
    assert pipenv_project(str(prefix)) == ""  # of virtualenvwrapper
    (project / "Pipfile").write_text("[packages]\n", encoding="ascii")
    assert pipenv_project(str(prefix)) == str(project)
