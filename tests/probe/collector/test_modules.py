"""What an import would find, and what a project's files hide."""

from __future__ import annotations

import importlib.machinery
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from kerlint.probe.collector.answering import Gaps
from kerlint.probe.collector.claims import Claims
from kerlint.probe.collector.distributions import Installed
from kerlint.probe.collector.modules import Finder, modules_found
from kerlint.probe.collector.shadows import shadows
from tests.probe.environments import add_distribution

STANDARD = [entry for entry in sys.path if entry.endswith(("lib-dynload", "DLLs"))]
STANDARD.append(str(Path(str(importlib.machinery.__file__)).parents[1]))


def write(folder: Path, *files: str) -> Path:
    """Files, and folders where the name ends in a slash."""
    for name in files:
        place = folder / name
        (place if name.endswith("/") else place.parent).mkdir(parents=True, exist_ok=True)
        if not name.endswith("/"):
            place.write_text("", encoding="ascii")
    return folder


def places(name: str, *path: Path) -> list[tuple[str, str]]:
    """Kind and last part of the path."""
    base = Path(path[0]).parent
    found = Finder([str(one) for one in path]).places(name)
    return [(kind, Path(place).relative_to(base).as_posix()) for kind, place in found]


def test_a_package_wins_over_a_module_and_both_over_a_namespace(tmp_path: Path) -> None:
    a = write(tmp_path / "a", "keras/x.txt")
    b = write(tmp_path / "b", "keras.py")
    c = write(tmp_path / "c", "keras/__init__.py", "keras.py")
    assert places("keras", a, b, c) == [
        ("module", "b/keras.py"),
        ("package", "c/keras/__init__.py"),
        ("namespace", "a/keras"),
    ]
    assert places("keras", a) == [("namespace", "a/keras")]
    assert places("jax", a, b, c) == []


def test_an_extension(tmp_path: Path) -> None:
    name = "h5py" + importlib.machinery.EXTENSION_SUFFIXES[0]
    assert places("h5py", write(tmp_path / "a", name, "h5py.py")) == [("extension", f"a/{name}")]


def test_a_module_in_a_namespace_over_two_folders(tmp_path: Path) -> None:
    a = write(tmp_path / "a", "google/auth/__init__.py")
    b = write(tmp_path / "b", "google/protobuf/__init__.py")
    assert places("google.protobuf", a, b) == [("package", "b/google/protobuf/__init__.py")]


def test_an_editable_install_by_an_import_hook(tmp_path: Path) -> None:
    source = write(tmp_path / "source" / "keras", "__init__.py")
    site = write(tmp_path / "site", "x.py")
    hook = f"import sys\nMAPPING: dict[str, str] = {{'keras': {str(source)!r}}}\n"
    (site / "__editable___keras_3_0_finder.py").write_text(hook, encoding="utf-8")
    assert places("keras", site) == [("package", "source/keras/__init__.py")]


def test_the_owner_and_the_others(tmp_path: Path) -> None:
    add_distribution(tmp_path / "a", "keras")
    write(tmp_path / "b", "keras/__init__.py", "jax/__init__.py")
    path = [str(tmp_path / "a"), str(tmp_path / "b")]
    claims = Claims(Installed(path, "", Gaps()), "")
    found = {one["name"]: one for one in modules_found(Finder(path), claims)}
    assert found["keras"] == {
        "name": "keras",
        "kind": "package",
        "origin": str(tmp_path / "a/keras/__init__.py"),
        "owner": "keras",
        "others": [str(tmp_path / "b/keras/__init__.py")],
    }
    assert found["jax"]["owner"] == ""
    assert found["torch"] == {"name": "torch", "kind": "absent"}


def owners(prefix: Path, *path: Path) -> dict[str, str]:
    """The owner of each module that is there."""
    places = [str(one) for one in path]
    claims = Claims(Installed(places, "", Gaps()), str(prefix))
    return {
        one["name"]: one["owner"]
        for one in modules_found(Finder(places), claims)
        if one["kind"] != "absent"
    }


def test_debian_names_its_modules_in_top_level_txt(tmp_path: Path) -> None:
    write(tmp_path, "numpy/__init__.py", "google/protobuf/__init__.py", "keras/__init__.py")
    write(tmp_path, "six-1.0.egg-info/", "h5py/__init__.py", "h5py-3.egg-info")
    for name, module in (("numpy-1.24.egg-info", "numpy"), ("protobuf-3.21.egg-info", "google")):
        write(tmp_path, f"{name}/PKG-INFO")
        (tmp_path / name / "top_level.txt").write_text(module, encoding="ascii")
    assert owners(tmp_path, tmp_path) == {
        "numpy": "numpy",
        "google.protobuf": "protobuf",
        "h5py": "h5py",
        "keras": "",
    }


def test_conda_keeps_records_of_its_own(tmp_path: Path) -> None:
    site = write(tmp_path / "lib/site-packages", "keras/__init__.py", "torch/__init__.py")
    write(tmp_path, "conda-meta/keras-base-3.0.0-py311_0.json")
    text = '{"files": ["lib/site-packages/keras/__init__.py"]}'
    (tmp_path / "conda-meta/keras-base-3.0.0-py311_0.json").write_text(text, encoding="ascii")
    assert owners(tmp_path, site) == {"keras": "keras-base", "torch": ""}


def test_an_editable_install_owns_its_sources(tmp_path: Path) -> None:
    source = write(tmp_path / "source", "keras/__init__.py")
    direct = {"url": source.as_uri(), "dir_info": {"editable": True}}
    notes = {"direct_url.json": json.dumps(direct)}
    add_distribution(tmp_path / "site", "keras", files={"keras.pth": str(source)}, notes=notes)
    assert owners(tmp_path, tmp_path / "site", source) == {"keras": "keras"}


class Project:
    """A project's folder before a site-packages with keras and numpy."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "project"
        self.folder.mkdir()
        self.site = folder / "site"
        add_distribution(self.site, "keras", requires=["numpy", "optree", "namex; extra == 'x'"])
        for name in ("numpy", "optree", "namex", "flask"):
            add_distribution(self.site, name)

    def hidden(
        self, *files: str, python_path: Iterable[Path] = (), imported: Iterable[str] = ()
    ) -> list[dict[str, Any]]:
        """The shadows that these files cast."""
        write(self.folder, *files)
        path = [*STANDARD, str(self.site)]
        distributions = Installed(path, "", Gaps()).all
        entries = [str(one) for one in python_path]
        finder = Finder(path)
        return shadows(str(self.folder), entries, finder, distributions, frozenset(imported))

    def names(self, *files: str, **more: Any) -> list[tuple[str, str]]:
        return [(one["module"], one["what"]) for one in self.hidden(*files, **more)]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_files_that_hide_a_package(project: Project) -> None:
    (found, other) = project.hidden("keras.py", "numpy/__init__.py")
    assert (found["module"], found["what"], found["kind"]) == ("keras", "package", "folder")
    assert found["file"] == str(project.folder / "keras.py")
    assert found["hides"] == str(project.site / "keras/__init__.py")
    assert other["file"] == str(project.folder / "numpy/__init__.py")


def test_what_keras_needs_counts_too(project: Project) -> None:
    assert project.names("optree.py", "flask.py", "namex.py") == [("optree", "package")]


def test_a_folder_without_init_hides_nothing_that_is_installed(project: Project) -> None:
    assert project.names("keras/train.py", "random/notes.txt", "data/") == []


def test_a_folder_without_init_stands_in_for_what_is_not_installed(project: Project) -> None:
    (found,) = project.hidden("jax/train.py", "torch/train.py", "scipy.py", "tensorflow/a.py")
    assert (found["module"], found["hides"]) == ("jax", "")


def test_files_that_hide_the_standard_library(project: Project) -> None:
    names = project.names("random.py", "src/json.py", "test.py", "test/__init__.py")
    assert names == [("random", "standard-module"), ("json", "standard-module")]


def test_what_cannot_be_hidden(project: Project) -> None:
    assert project.names("sys.py", "time.py", "builtins.py") == []
    if sys.version_info >= (3, 11):
        assert project.names("os.py", "io.py") == []
    assert project.names("types.py", imported=["types"]) == []
    assert project.names() == [("types", "standard-module")]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("pyproject.toml", '[project]\nname = "keras"\n'),
        ("setup.cfg", "[metadata]\nname = keras\n"),
        ("setup.py", "from setuptools import setup\nsetup(\n    name='keras',\n)\n"),
    ],
)
def test_the_makers_of_a_package_do_not_hide_it(project: Project, file: str, text: str) -> None:
    (project.folder / file).write_text(text, encoding="ascii")
    assert project.names("keras/__init__.py", "src/keras/__init__.py") == []


def test_an_editable_install_is_the_real_one(project: Project, tmp_path: Path) -> None:
    write(project.folder, "keras/__init__.py")
    path = [str(project.folder), str(project.site)]
    found = shadows(str(project.folder), [], Finder(path), [], frozenset())
    assert found == []


def test_pythonpath(project: Project, tmp_path: Path) -> None:
    other = write(tmp_path / "other", "keras/__init__.py", "random.py")
    found = project.hidden(python_path=[other], imported=["random"])
    assert [(one["module"], one["kind"], one["entry"]) for one in found] == [
        ("keras", "pythonpath", str(other)),
        ("random", "pythonpath", str(other)),
    ]
