"""pixi.toml, and its tables in pyproject.toml."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kerlint.manifests import formats
from tests.manifests.said import problems, pythons, requirements, shown

FILE = Path(__file__).parents[2] / "fixtures" / "manifests" / "pixi" / "pixi.toml"


def test_pixi() -> None:
    found = formats.read("pixi.toml", FILE.read_bytes())
    assert found.format == "pixi"
    assert requirements(found) == [
        "8:1 tensorflow >=2.16,<2.18",
        "9:1 numpy ==1.26.*",
        "10:1 h5py",
        "11:1 scipy ==1.13.1",
        "14:1 keras-hub >=0.18",
        "15:1 jax[cuda12] ==0.4.30",
        "16:1 leaves @path",
        '19:1 tensorflow-text ==2.16.1; sys_platform == "linux" and platform_machine == "x86_64"',
        "22:1 pytest >=8 (feature test)",
        "25:1 tf-keras ~=2.16 (feature old)",
    ]
    assert shown(found, found.requirements)[0] == 'tensorflow = ">=2.16,<2.18"'
    assert {one.name for one in found.requirements if one.ecosystem == "conda"} == {
        "tensorflow",
        "numpy",
        "h5py",
        "scipy",
        "pytest",
    }
    assert pythons(found) == ["7:11 ==3.11.*"]
    assert found.brings == {
        "env test": ("", "feature test"),
        "env old": ("feature old", "feature test"),
    }
    assert found.platforms == {"": "linux"}
    assert not found.problems


def test_beside_the_standard_table() -> None:
    text = """\
[project]
name = "leaf-classifier"
dependencies = ["keras"]
[tool.pixi.pypi-dependencies]
leaf-classifier = { path = ".", editable = true }
[tool.pixi.dependencies]
tensorflow = "2.16.*"
[tool.pixi.feature.gpu.target.osx-arm64.dependencies]
tensorflow-metal = "*"
[tool.pixi.environments]
gpu = ["gpu"]
"""
    found = formats.read("pyproject.toml", text)
    assert requirements(found) == [
        "3:18 keras",
        "5:1 leaf-classifier (env default) @path",
        "7:1 tensorflow ==2.16.* (env default)",
        '9:1 tensorflow-metal; sys_platform == "darwin" and platform_machine == "arm64" '
        "(feature gpu)",
    ]
    assert found.brings == {"env default": ("",), "env gpu": ("env default", "feature gpu")}


def test_what_pixi_refuses() -> None:
    text = """\
[dependencies]
keras = 3
numpy = "abc&"
[pypi-dependencies]
tensorflow = "^2.15"
jax = ">=0.4"
"""
    found = formats.read("pixi.toml", text)
    assert requirements(found) == ["6:1 jax >=0.4"]
    assert [one.partition(" ")[0] for one in problems(found)] == ["2:9", "3:10", "5:15"]


@given(st.integers(0, 900), st.integers(0, 60), st.binary(max_size=20))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_read(at: int, width: int, put: bytes) -> None:
    data = FILE.read_bytes()
    formats.read("pixi.toml", data[:at] + put + data[at + width :])
