"""One project for each tool: what its pyproject.toml asks for."""

from __future__ import annotations

from pathlib import Path

from kerlint.manifests import formats
from kerlint.manifests.model import Manifest
from tests.manifests.said import includes, problems, pythons, requirements, shown

FIXTURES = Path(__file__).parents[3] / "fixtures" / "manifests" / "pyproject"


def fixture(name: str) -> Manifest:
    """Read as it is, with the line ends of Windows, and with a byte order mark: all the same."""
    data = (FIXTURES / name / "pyproject.toml").read_bytes()
    found = formats.read("a/pyproject.toml", data)
    assert found.format == "pyproject"
    for other in (data.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + data):
        again = formats.read("a/pyproject.toml", other)
        assert requirements(again) == requirements(found)
        assert [one.span for one in again.requirements] == [o.span for o in found.requirements]
    for one, text in zip(found.requirements, shown(found, found.requirements), strict=True):
        assert " ".join(text.split()) in one.text
    assert "secret" not in "".join(one.text for one in found.requirements)
    assert "secret" not in "".join(found.indexes)
    assert [one.span for one in found.requirements] == sorted(o.span for o in found.requirements)
    return found


def test_standard() -> None:
    found = fixture("standard")
    assert found.name == "leaf-classifier"
    assert requirements(found) == [
        "2:14 hatchling >=1.18 (build)",
        "10:6 tensorflow >=2.15,<2.17",
        '11:6 tf-keras ~=2.15; python_version < "3.12"',
        "12:8 h5py >=3.10",
        "13:6 keras-hub @vcs",
        "17:9 tensorflow[and-cuda] (extra gpu)",
        '18:15 tensorflow-metal; sys_platform == "darwin" (extra metal-gpu)',
        "22:10 pytest >=8 (group test)",
        "23:37 ruff (group dev)",
        "25:6 sphinx >=7 (group docs-site)",
    ]
    assert found.brings == {
        "extra all": ("extra gpu", "extra metal-gpu"),
        "group dev": ("group test", "group docs-site"),
    }
    assert pythons(found) == ["8:20 >=3.9,<3.13"]
    assert not found.problems
    assert not found.unread


def test_setuptools_finds_them_elsewhere() -> None:
    found = fixture("setuptools")
    assert includes(found) == [
        "10:27 requirements a/requirements/base.txt",
        "10:52 requirements a/requirements/more.txt",
        "13:9 requirements a/requirements/gpu.txt (extra gpu)",
    ]
    assert not found.unread


def test_poetry() -> None:
    found = fixture("poetry")
    assert found.name == "leaf-classifier"
    assert requirements(found) == [
        "9:1 tensorflow >=2.15,<3.0",
        "10:1 keras[torch] >=3.3.3,<3.4.0",
        "11:1 numpy ==1.26.*",
        "12:1 h5py ==3.10.0",
        "13:1 ml-dtypes",
        "14:1 pandas >=2.0,<3",
        "15:1 scipy >=1.10,<2",
        '17:5 torch >=2.1,<3.0; python_version < "3.12" and sys_platform == "linux"',
        '18:5 torch >=2.4,<2.6; python_version >= "3.12" and platform_machine == "x86_64" '
        'or sys_platform == "win32"',
        "20:1 jax >=0.4.30,<0.5.0 (extra jax)",
        "20:1 jax >=0.4.30,<0.5.0 (extra night)",
        "21:1 tf-nightly >=2.16.0.dev0,<3.0.0 (extra night) +pre",
        "22:1 keras-hub @vcs",
        "23:1 leaves @path",
        "24:1 absl-py ==2.1.0 @url",
        '25:1 tensorflow-metal >=1.1,<2.0; sys_platform == "darwin"',
        '26:1 pyreadline3 >=3.4,<4.0; (python_version >= "3.9" and python_version < "4.0" or '
        'python_version >= "3.11" and python_version < "4.0") and sys_platform != "linux"',
        '29:1 tensorboard >=2.15,<3.0; python_version >= "3.11" and python_version < "3.12"',
        "37:1 pytest >=8,<9 (group dev)",
        "43:1 sphinx >=7,<8 (group docs) +other-index",
        "51:14 poetry-core >=1.0.0 (build)",
    ]
    assert pythons(found) == ["8:11 >=3.9,<3.13"]
    assert found.requirements[7].text == (
        'torch = { version = "^2.1", python = "<3.12", platform = "linux" }'
    )
    assert found.requirements[17].text == ('tensorboard = { version = "^2.15", python = "~3.11" }')
    assert not found.indexes
    assert not found.problems


def test_poetry_beside_the_standard_table() -> None:
    assert requirements(fixture("poetry2")) == [
        "6:6 tensorflow >=2.15,<2.17",
        "7:6 keras-hub >=0.18",
        "11:9 jax >=0.4.30 (extra jax)",
        "15:1 tensorflow ==2.16.2 constraint",
        "16:1 keras-hub constraint @vcs",
        "19:1 pytest >=8 (group dev)",
        "22:14 poetry-core >=2.0.0 (build)",
    ]


def test_pdm() -> None:
    found = fixture("pdm")
    assert requirements(found) == [
        "5:18 tensorflow ==2.15.1",
        "8:10 pytest (group test)",
        "11:1 numpy ==1.26.4 override",
        "12:1 protobuf >=4,<5 override",
        "13:1 keras override @url",
    ]
    assert pythons(found) == ["4:20 ==3.11.*"]
    assert len(found.indexes) == 1


def test_hatch() -> None:
    found = fixture("hatch")
    assert requirements(found) == [
        "6:9 tensorflow[and-cuda] (extra gpu)",
        "13:18 pytest (env default)",
        "13:18 pytest (env test)",
        "17:24 keras ? (env test)",
        "17:24 keras ? (env mac)",
        "17:49 tf-keras ~=2.16 (env test)",
        "17:49 tf-keras ~=2.16 (env mac)",
        "25:18 ruff ==0.6.1 (env lint)",
        "30:18 tensorflow-metal (env mac)",
        "31:41 keras-nlp (env mac, keras)",
    ]
    assert found.brings == {
        "env default": ("",),
        "env test": ("", "extra gpu"),
        "env test.py3.11": ("env test",),
        "env test.py3.12": ("env test",),
        "env mac": ("", "extra gpu"),
        "env mac, keras": ("env mac",),
    }
    assert pythons(found) == [
        "12:11 ==3.11.* (env default)",
        "20:12 ==3.11.* (env test.py3.11)",
        "20:20 ==3.12.* (env test.py3.12)",
        "12:11 ==3.11.* (env mac)",
    ]
    assert found.platforms == {"env mac": "macos"}
    assert includes(found) == ["9:11 requirements a/requirements.txt"]
    assert not found.unread


def test_uv() -> None:
    found = fixture("uv")
    assert requirements(found) == [
        "5:18 tensorflow >=2.16",
        "5:38 leaves @path",
        "5:48 torch",
        "5:57 keras @vcs",
        "8:9 torch >=2.4 (extra cpu) +other-index",
        "11:22 pytest >=8 (group dev)",
        "12:27 protobuf ==4.25.3 override",
        "13:29 numpy <2 constraint",
        "14:35 setuptools <82 (build) constraint",
    ]
    assert pythons(found) == ["4:20 >=3.10", "16:42 >=3.12 (group dev)"]
    assert includes(found) == ["24:13 workspace a/packages/*"]
    assert found.platforms == {"": "linux"}
    assert found.indexes == ["https://packages.example.org/simple"]
    assert not problems(found)
