"""From end to end on tiny stand-ins: a broken environment, and the root cause comes first.

The same kinds, made of real wheels, are in `tests/environments`.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kerlint.cli import main
from tests.probe.environments import Environment
from tests.probe.trials.tiny_keras import KERAS, NUMPY, TENSORFLOW, TORCH_FILES

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="signals and process groups of POSIX"),
    pytest.mark.usefixtures("no_variables"),
]


class Scene:
    """An environment with keras, tensorflow, torch and numpy, a home and a project."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.environment = Environment(folder / "env")
        self.site = self.environment.site
        self.home, self.project = folder / "home", folder / "project"
        self.home.mkdir()
        self.project.mkdir()
        self.set = monkeypatch.setenv
        monkeypatch.setenv("HOME", str(self.home))
        monkeypatch.chdir(self.project)
        for name, version, files in (
            ("keras", "3.15.1", KERAS),
            ("tensorflow", "2.21.0", TENSORFLOW),
            ("torch", "9.9", TORCH_FILES),
            ("numpy", "2.2.6", NUMPY),
        ):
            requires = ["numpy>=1.26"] if name == "tensorflow" else []
            self.environment.add(name, version, files, requires=requires)

    def keras_json(self, text: str) -> None:
        (self.home / ".keras").mkdir()
        (self.home / ".keras" / "keras.json").write_text(text)

    def write(self, name: str, text: str) -> None:
        (self.site / name).write_text(text)

    def dies(self, name: str, how: str) -> None:
        """Importing a module ends the process in a way that no file on the disk tells."""
        self.write(
            f"{name}_dies.py",
            f"import os, sys, time\nclass F:\n    def find_spec(self, n, p=None, t=None):\n"
            f"        if n == {name!r}: {how}\nsys.meta_path.insert(0, F())\n",
        )
        self.write(f"{name}_dies.pth", f"import {name}_dies\n")


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scene:
    return Scene(tmp_path, monkeypatch)


def probed(scene: Scene, capsys: pytest.CaptureFixture[str], *more: str) -> list[dict[str, object]]:
    python = str(scene.environment.folder)
    main(["probe", "--python", python, "--output-format", "json", "--timeout", "5", *more])
    found = json.loads(capsys.readouterr().out)
    diagnostics: list[dict[str, object]] = found["diagnostics"]
    return [one for one in diagnostics if one["severity"] != "info"]


def test_without_a_fault_nothing_is_found(scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    assert probed(scene, capsys) == []


KINDS: dict[str, tuple[str, Callable[[Scene], object]]] = {
    "file deleted": ("KER612", lambda at: (at.site / "keras/layers.py").unlink()),
    "file empty": ("KER613", lambda at: at.write("keras/models.py", "")),
    "metadata empty": ("KER614", lambda at: at.write("keras-3.15.1.dist-info/METADATA", "")),
    "metadata twice": ("KER615", lambda at: at.environment.add("keras", "2.15.0", {})),
    "left over": ("KER618", lambda at: (at.site / "~eras-3.15.1.dist-info").mkdir()),
    "too old": ("KER611", lambda at: _older_numpy(at)),
    "theano by variable": ("KER206", lambda at: at.set("KERAS_BACKEND", "theano")),
    "theano by file": ("KER206", lambda at: at.keras_json('{"backend": "theano"}')),
    "jax not installed": ("KER631", lambda at: at.set("KERAS_BACKEND", "jax")),
    "no object": ("KER501", lambda at: at.keras_json("[]")),
    "floatx": ("KER501", lambda at: at.keras_json('{"floatx": "mixed_float16"}')),
    "no JSON": ("KER501", lambda at: at.keras_json("{")),
    "own keras": ("KER641", lambda at: (at.project / "keras.py").touch()),
    "own random": ("KER642", lambda at: (at.project / "random.py").touch()),
    "start ends": ("KER602", lambda at: at.write("sitecustomize.py", "import os; os._exit(0)")),
    "pth raises": ("KER603", lambda at: at.write("old.pth", "import no_such_module\n")),
    "torch crashes": ("KER652", lambda at: at.dies("torch", "os.kill(os.getpid(), 11)")),
    "torch hangs": ("KER653", lambda at: at.dies("torch", "time.sleep(60)")),
    "torch leaves": ("KER654", lambda at: at.dies("torch", "os._exit(0)")),
    "other lock": (
        "KER661",
        lambda at: (at.project / "requirements.txt").write_text("keras==3.14.0\n"),
    ),
}


def _older_numpy(scene: Scene) -> None:
    (scene.site / "numpy-2.2.6.dist-info").rename(scene.site / "numpy-1.20.0.dist-info")
    path = scene.site / "numpy-1.20.0.dist-info"
    for name in ("METADATA", "RECORD"):
        (path / name).write_text((path / name).read_text().replace("2.2.6", "1.20.0"))


@pytest.mark.parametrize("name", KINDS)
def test_the_root_cause_comes_first(
    name: str, scene: Scene, capsys: pytest.CaptureFixture[str]
) -> None:
    code, spoil = KINDS[name]
    spoil(scene)
    found = probed(scene, capsys)
    assert [one["code"] for one in found][:1] == [code]


def test_an_interpreter_that_is_gone(scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    for path in scene.environment.python.parent.glob("python*"):
        path.unlink()
        path.symlink_to(f"/nowhere/python{sys.version_info[0]}")
    assert [one["code"] for one in probed(scene, capsys)] == ["KER601"]
