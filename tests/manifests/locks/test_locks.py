"""Lock files that the tools have written: which pin is for whom, and what the tools say of it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from textwrap import dedent

import pytest
from packaging.markers import Marker

from kerlint.manifests import formats
from kerlint.manifests.environments import Environments, within
from kerlint.manifests.model import Manifest
from tests.manifests.said import problems, pythons, requirements

FIXTURES = Path(__file__).parents[3] / "fixtures" / "manifests" / "locks"


def fixture(name: str) -> Manifest:
    data = (FIXTURES / name).read_bytes()
    found = formats.read(name, data)
    assert not found.problems
    windows = formats.read(name, data.replace(b"\n", b"\r\n"))
    assert requirements(windows) == requirements(found)
    assert all(one.role == "locked" for one in found.requirements)
    lines = found.text.split("\n")
    for one in found.requirements:
        assert lines[one.line - 1] == f'version = "{one.specifier[2:]}"'
        assert lines[one.line - 2] == f'name = "{one.name}"'
    return found


def short(found: Manifest) -> list[str]:
    return [one.replace(" locked", "") for one in requirements(found)]


def test_uv() -> None:
    found = fixture("uv/uv.lock")
    assert found.name == "leaf-classifier"
    assert pythons(found) == ["3:20 >=3.10, <3.13"]
    keras = [one.partition(" ")[2] for one in short(found) if " keras " in one]
    assert keras == [
        'keras ==2.15.0; python_version < "3.11"',
        'keras ==3.3.3; python_version >= "3.11"',
    ]
    others = [one.partition(" ")[2] for one in short(found)]
    assert 'tensorflow-metal ==1.1.0; sys_platform == "darwin"' in others
    assert 'colorama ==0.4.6; sys_platform == "win32" (group dev)' in others
    assert "jax ==0.4.30 (extra jax)" in others
    assert "leaf-classifier ==1.0 @path" in others


def test_extras_of_uv_that_exclude_each_other() -> None:
    keras = [one.partition(" ")[2] for one in short(fixture("uv-conflicts/uv.lock"))]
    assert "keras ==2.15.0 (extra old)" in keras
    assert "keras ==3.3.3 (extra new)" in keras
    assert "numpy ==2.4.6" in keras


@pytest.mark.parametrize("name", ["uv", "uv-conflicts"])
def test_the_same_as_uv(name: str) -> None:
    """`uv export` of what is always installed and of each extra and group."""
    found = fixture(f"{name}/uv.lock")
    said = json.loads((FIXTURES / name / "says.json").read_text(encoding="utf-8"))
    environments = Environments(within(found.pythons[0].specifier))
    for origin, lines in said.items():
        theirs: dict[str, int] = {}
        for line in lines:
            pin, _, marker = line.partition(" ; ")
            theirs[pin] = theirs.get(pin, 0) | environments.where(marker)
        ours: dict[str, int] = {}
        for one in found.requirements:
            if one.origin in ("", origin) and one.source == "index":
                there = environments.where(one.marker)
                ours[one.text] = ours.get(one.text, 0) | there
        assert ours == theirs, origin


def test_poetry() -> None:
    found = fixture("poetry/poetry.lock")
    assert len(pythons(found)) == 1
    assert pythons(found)[0].endswith(" >=3.10,<3.13")
    others = [one.partition(" ")[2] for one in short(found)]
    assert 'keras ==2.15.0; python_version < "3.11"' in others
    assert 'keras ==3.6.0; python_version >= "3.11"' in others
    assert 'colorama ==0.4.6; sys_platform == "win32" (group dev)' in others
    assert "tf2onnx ==1.16.1 (extra onnx)" in others
    assert "h5py ==3.16.0 (group dev)" in others


def test_the_same_as_poetry() -> None:
    found = fixture("poetry/poetry.lock")
    said = json.loads((FIXTURES / "poetry" / "says.json").read_text(encoding="utf-8"))
    environments = Environments(within(found.pythons[0].specifier))
    theirs: dict[tuple[str, str], int] = {}
    for one in said:
        for group, marker in one["markers"].items():
            marker = "" if marker == "" else str(Marker(marker))
            for origin in ("", "extra onnx") if group == "main" else (f"group {group}",):
                where = environments.where(marker, {origin})
                if where:
                    theirs[f"{one['name']}=={one['version']}", origin] = where
    ours = {(one.text, one.origin): environments.where(one.marker) for one in found.requirements}
    always = {key: where for key, where in theirs.items() if not key[1]}
    for (pin, origin), where in theirs.items():
        if origin and not where & ~always.get((pin, ""), 0):
            continue
        assert ours.pop((pin, origin)) == where
    assert not ours


OLD_POETRY = """\
    [[package]]
    name = "tensorflow"
    version = "2.8.0"
    category = "main"
    optional = false
    python-versions = "*"

    [package.dependencies]
    keras = ">=2.8.0rc0,<2.9"
    tensorflow-io-gcs-filesystem = {version = ">=0.23.1", markers = "sys_platform != 'win32'"}

    [[package]]
    name = "keras"
    version = "2.8.0"
    category = "main"
    optional = false

    [[package]]
    name = "tensorflow-io-gcs-filesystem"
    version = "0.24.0"
    category = "main"
    optional = false

    [[package]]
    name = "numpy"
    version = "1.21.0"
    category = "main"
    optional = false

    [[package]]
    name = "numpy"
    version = "1.24.0"
    category = "main"
    optional = false

    [[package]]
    name = "pytest"
    version = "7.0.0"
    category = "dev"
    optional = false

    [[package]]
    name = "jax"
    version = "0.3.0"
    category = "main"
    optional = true

    [extras]
    jax = ["jax"]

    [metadata]
    lock-version = "1.1"
    python-versions = "^3.8"
    content-hash = "x"

    [metadata.files]
    keras = [
        {file = "keras-2.8.0-py2.py3-none-any.whl", hash = "sha256:1"},
    ]
    numpy = []
    """


def test_an_old_lock_of_poetry() -> None:
    found = formats.read("poetry.lock", dedent(OLD_POETRY))
    assert short(found) == [
        "3:1 tensorflow ==2.8.0",
        "14:1 keras ==2.8.0",
        '20:1 tensorflow-io-gcs-filesystem ==0.24.0; sys_platform != "win32"',
        "26:1 numpy ==1.21.0 ?",
        "32:1 numpy ==1.24.0 ?",
        "38:1 pytest ==7.0.0 (group dev)",
        "44:1 jax ==0.3.0 (extra jax)",
    ]
    assert pythons(found) == ["53:20 >=3.8,<4.0"]
    assert not found.problems


PDM = """\
    [metadata]
    groups = ["default", "dev", "gpu"]
    strategy = ["inherit_metadata"]
    lock_version = "4.5.0"
    content_hash = "sha256:1"

    [[metadata.targets]]
    requires_python = ">=3.10,<3.13"

    [[package]]
    name = "keras"
    version = "2.15.0"
    requires_python = ">=3.8"
    summary = "Deep learning for humans."
    groups = ["default"]
    marker = "python_version < \\"3.11\\""
    files = [
        {file = "keras-2.15.0-py3-none-any.whl", hash = "sha256:1"},
        {file = "keras-2.15.0.tar.gz", hash = "sha256:2"},
    ]

    [[package]]
    name = "keras"
    version = "3.3.3"
    groups = ["default"]
    marker = "python_version >= \\"3.11\\""

    [[package]]
    name = "tensorflow"
    version = "2.16.2"
    extras = ["and-cuda"]
    groups = ["gpu"]
    dependencies = ["tensorflow==2.16.2"]

    [[package]]
    name = "h5py"
    version = "3.11.0"
    groups = ["dev", "gpu"]

    [[package]]
    name = "leaves"
    version = "0.1"
    path = "./leaves"
    """


def test_pdm() -> None:
    found = formats.read("pdm.lock", dedent(PDM))
    assert short(found) == [
        '12:1 keras ==2.15.0; python_version < "3.11"',
        '24:1 keras ==3.3.3; python_version >= "3.11"',
        "30:1 tensorflow[and-cuda] ==2.16.2 (group gpu)",
        "37:1 h5py ==3.11.0 (group dev)",
        "37:1 h5py ==3.11.0 (group gpu)",
        "42:1 leaves ==0.1 @path",
    ]
    assert pythons(found) == ["8:20 >=3.10,<3.13"]
    assert not found.problems


def test_the_same_as_pdm() -> None:
    """`pdm export` of what is always installed and of each group."""
    found = fixture("pdm/pdm.lock")
    said = json.loads((FIXTURES / "pdm" / "says.json").read_text(encoding="utf-8"))
    environments = Environments()
    for origin, lines in said.items():
        theirs = {}
        for line in lines:
            pin, _, marker = line.partition(";")
            theirs[pin] = environments.where(marker)
        alone = origin == "group dev"
        ours = {
            one.text: environments.where(one.marker)
            for one in found.requirements
            if one.origin == origin or (one.origin == "" and not alone)
        }
        assert ours == theirs, origin


def test_pylock() -> None:
    name = "pylock/pylock.toml"
    others = [one.partition(" ")[2] for one in short(fixture(name))]
    assert 'keras ==2.15.0; python_version < "3.11"' in others
    assert 'colorama ==0.4.6; sys_platform == "win32"' in others
    from packaging.pylock import Pylock

    theirs = Pylock.from_dict(_toml((FIXTURES / name).read_text(encoding="utf-8")))
    assert {f"{one.name}=={one.version}" for one in theirs.packages if one.version} == {
        one.text for one in fixture(name).requirements
    }


def _toml(text: str) -> dict[str, object]:
    from kerlint.manifests.toml_places import tomllib

    found: dict[str, object] = tomllib.loads(text)
    return found


def test_extras_of_pylock() -> None:
    text = """\
        lock-version = "1.0"
        environments = ["sys_platform == 'linux'", "sys_platform == 'darwin'"]
        requires-python = ">=3.11"
        extras = ["gpu"]
        dependency-groups = ["test", "docs"]
        default-groups = ["test"]
        created-by = "me"
        packages = [{ name = "attrs", version = "x.y" }]
        """
    found = formats.read("pylock.gpu.toml", dedent(text))
    assert problems(found) == ["8:42 `x.y` is no version"]
    text = dedent(text).replace('packages = [{ name = "attrs", version = "x.y" }]\n', "") + dedent(
        """
        [[packages]]
        name = "Keras"
        version = "3.3.3"
        [[packages]]
        name = "tensorflow"
        version = "2.16.2"
        marker = "'gpu' in extras"
        [[packages]]
        name = "pytest"
        version = "8"
        marker = "'test' in dependency_groups and sys_platform != 'darwin'"
        [[packages]]
        name = "sphinx"
        marker = "'docs' in dependency_groups"
        vcs = { type = "git", url = "https://x/y", commit-id = "1" }
        """
    )
    found = formats.read("pylock.toml", text)
    assert short(found) == [
        '11:1 keras ==3.3.3; sys_platform != "win32"',
        '14:1 tensorflow ==2.16.2; sys_platform != "win32" (extra gpu)',
        '18:1 pytest ==8; sys_platform == "linux"',
        '21:1 sphinx; sys_platform != "win32" (group docs) @vcs',
    ]
    assert not found.problems


def test_names_of_files() -> None:
    assert re.findall(
        r"[a-z-]+",
        " ".join(
            formats.format_of(one)
            for one in ("a/uv.lock", "poetry.lock", "pdm.lock", "pylock.toml", "pylock.dev.toml")
        ),
    ) == ["uv-lock", "poetry-lock", "pdm-lock", "pylock", "pylock"]


def test_thousands_of_versions_of_one_package() -> None:
    rows = [f'[[package]]\nname = "a"\nversion = "{n}"\n\n' for n in range(3000)]
    found = formats.read("uv.lock", "version = 1\n\n" + "".join(rows))
    assert len(found.requirements) == 3000
    assert not any(one.known for one in found.requirements)
