"""Which program keeps an environment, by what lies in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kerlint.probe.collector.keepers import keeper


def test_an_ordinary_environment(tmp_path: Path) -> None:
    assert keeper(str(tmp_path), "") == {}
    assert keeper(str(tmp_path), str(tmp_path)) == {}


def test_pipx_and_tools_of_uv(tmp_path: Path) -> None:
    prefix = tmp_path / "venvs" / "mine"
    prefix.mkdir(parents=True)
    (prefix / "uv-receipt.toml").write_text("[tool]\n")
    assert keeper(str(prefix), "")["tool"] == "uv tool"
    (prefix / "pipx_metadata.json").write_text("{}")
    assert keeper(f"{prefix}/", "") == {
        "tool": "pipx",
        "name": "mine",
        "file": f"{prefix}/pipx_metadata.json",
    }


@pytest.mark.parametrize(
    ("prefix", "name"),
    [
        ("/home/me/.local/share/hatch/env/virtual/mine/9-x9-dAE/mine", "default"),
        ("/home/me/.local/share/hatch/env/virtual/mine/9-x9-dAE/gpu", "gpu"),
        (r"C:\Users\me\AppData\Local\hatch\env\virtual\mine\9-x9-dAE\mine", "default"),
    ],
)
def test_hatch(prefix: str, name: str) -> None:
    found = keeper(prefix, "")
    assert (found["tool"], found["name"]) == ("hatch", name)


def test_pixi(tmp_path: Path) -> None:
    prefix = tmp_path / ".pixi" / "envs" / "gpu"
    (prefix / "conda-meta").mkdir(parents=True)
    book = {"manifest_path": r"C:\mine\pixi.toml", "environment_name": "gpu", "pixi_version": "1"}
    (prefix / "conda-meta" / "pixi").write_text(json.dumps(book))
    found = keeper(str(prefix), str(prefix))
    assert (found["tool"], found["name"], found["project"]) == ("pixi", "gpu", r"C:\mine\pixi.toml")
    (prefix / "conda-meta" / "pixi").write_text("something of a later pixi")
    assert keeper(str(prefix), str(prefix))["name"] == "gpu"


@pytest.mark.parametrize(
    ("history", "tool"),
    [
        ("==> 2026-01-01 10:00:00 <==\n# cmd: /opt/conda/bin/conda create -n x\n", "conda"),
        ("# cmd: /opt/conda/bin/conda create\n# cmd: /opt/conda/bin/mamba install y\n", "mamba"),
        (
            "# cmd: /home/me/.local/bin/micromamba create -n x\n# conda version: 3.8.0\n",
            "micromamba",
        ),
        ("# cmd: C:\\tools\\micromamba.exe install x\n", "micromamba"),
        ("# cmd: C:\\Program Files\\m\\Scripts\\conda-script.py create\n", "conda"),
        ("# update specs: []\n", ""),
        ("", ""),
    ],
)
def test_conda_and_those_that_speak_like_it(tmp_path: Path, history: str, tool: str) -> None:
    (tmp_path / "conda-meta").mkdir()
    (tmp_path / "conda-meta" / "history").write_text(history)
    assert keeper(str(tmp_path), str(tmp_path)).get("tool", "") == tool
