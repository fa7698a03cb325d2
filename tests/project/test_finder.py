"""From the names of modules to their files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kerlint.project.finder import Finder
from kerlint.project.imports_scan import imports_in
from kerlint.project.modules import Project
from kerlint.project.names import absolute, module_name
from kerlint.project.roots import Layout, root_of, start_of
from tests.rules.order.trees import written


def finder(*folders: Path) -> Finder:
    return Project().finder([str(folder) for folder in folders])


def found(folder: Path, one: Finder, name: str) -> str | None:
    """The path of a module below `folder`, "" for a namespace package."""
    module = one.find(name)
    return None if module is None else module.path and os.path.relpath(module.path, folder)


def test_a_package_comes_before_a_module_and_both_before_a_namespace(tmp_path: Path) -> None:
    written(
        tmp_path,
        """
        # file: one/a/__init__.py
        # file: one/a.py
        # file: one/space/b.py
        # file: one/late/c.py
        # file: two/late.py
        # file: two/space/d.py
        """,
    )
    one = finder(tmp_path / "one", tmp_path / "two")
    assert found(tmp_path, one, "a") == "one/a/__init__.py"
    assert found(tmp_path, one, "late") == "two/late.py"
    assert found(tmp_path, one, "late.c") is None
    assert found(tmp_path, one, "space") == ""
    assert found(tmp_path, one, "space.b") == "one/space/b.py"
    assert found(tmp_path, one, "space.d") == "two/space/d.py"
    assert found(tmp_path, one, "none") is None
    assert found(tmp_path, one, "a.b") is None


def test_what_an_import_runs(tmp_path: Path) -> None:
    written(tmp_path, "# file: a/__init__.py\n# file: a/b/__init__.py\n# file: a/b/c.py\n")
    one = finder(tmp_path)
    assert [module.name for module in one.chain("a.b.c")] == ["a", "a.b", "a.b.c"]
    assert [module.package for module in one.chain("a.b.c")] == ["a", "a.b", "a.b"]
    assert [module.name for module in one.chain("a.b.missing")] == ["a", "a.b"]
    split = one.split("a.b.c.build")
    assert split is not None
    assert (split[0].name, split[1]) == ("a.b.c", "build")
    assert one.split("json.loads") is None


def test_libraries_are_never_own(tmp_path: Path) -> None:
    written(tmp_path, "# file: keras/__init__.py\n# file: jax.py\n")
    assert finder(tmp_path).find("keras") is None
    assert finder(tmp_path).find("jax") is None


@pytest.mark.parametrize(
    ("package", "name", "expected"),
    [
        ("a.b", "x.y", "x.y"),
        ("a.b", ".x", "a.b.x"),
        ("a.b", "..x", "a.x"),
        ("a.b", "..", "a"),
        ("a.b", "...x", None),
        ("", ".x", None),
    ],
)
def test_relative_names(package: str, name: str, expected: str | None) -> None:
    assert absolute(package, name) == expected


def test_the_name_of_a_file(tmp_path: Path) -> None:
    written(
        tmp_path, "# file: src/a/__init__.py\n# file: src/a/b/__init__.py\n# file: src/a/b/c.py\n"
    )
    project = Project()
    src = str(tmp_path / "src")
    assert module_name(project, os.path.join(src, "a", "b", "c.py")) == (src, "a.b.c")
    assert module_name(project, os.path.join(src, "a", "b", "__init__.py")) == (src, "a.b")
    assert module_name(project, str(tmp_path / "x.py")) == (str(tmp_path), "x")


def test_a_folder_that_cannot_be_imported_is_no_package(tmp_path: Path) -> None:
    written(tmp_path, "# file: my-lab/__init__.py\n# file: my-lab/nets/__init__.py\n")
    root = str(tmp_path / "my-lab")
    inner = os.path.join(root, "nets", "x.py")
    assert module_name(Project(), inner) == (root, "nets.x")
    assert start_of(os.path.dirname(inner)) == root


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import a, b.c as d", {"a", "b.c"}),
        ("from a import b, c as d", {"a", "a.b", "a.c"}),
        ("from .a import (  # all\n    b,  # one\n    c,\n)", {".a", ".a.b", ".a.c"}),
        ("from . import a", {".", ".a"}),
        ("from .. import a", {"..", "..a"}),
        ("from a import *", {"a"}),
        ("from a \\\n  import b, \\\n c", {"a", "a.b", "a.c"}),
        ("if x: import a; import b", {"a", "b"}),
        ("def f():\n\tfrom a.b import c\n", {"a.b", "a.b.c"}),
        ("import_module('a.b')\n__import__(\"c\")", {"a.b", "c"}),
        ("x = 1\r\nimport a\r\nimport b\r\n", {"a", "b"}),
        ("importance = 1\nfrom_a = 2", set()),
    ],
)
def test_imports_in_bytes(text: str, expected: set[str]) -> None:
    assert set(imports_in(text.encode())) == expected


def test_where_a_project_begins(tmp_path: Path) -> None:
    written(tmp_path, "# file: one/setup.py\n# file: one/two/three/x.py\n# file: other/x.py\n")
    assert root_of(str(tmp_path / "one" / "two" / "three")) == str(tmp_path / "one")
    # Without any mark above it, a folder is its own root: unless the machine has one higher up.
    assert str(tmp_path / "other").startswith(root_of(str(tmp_path / "other")))


def test_what_the_files_of_a_project_say(tmp_path: Path) -> None:
    written(
        tmp_path,
        """
        # file: pyproject.toml
        [project.scripts]
        train = "pack.cli:main"
        [project.gui-scripts]
        show = "pack.gui:show"
        [tool.poetry]
        packages = [{ include = "pack", from = "poetry" }]
        [tool.setuptools]
        package-dir = { "" = "lib" }
        [tool.setuptools.packages.find]
        where = ["python"]
        [tool.pytest.ini_options]
        pythonpath = "helpers"
        # file: setup.cfg
        [options]
        package_dir =
            = cfg
        [options.entry_points]
        console_scripts =
            other = pack.other:run
        [tool:pytest]
        pythonpath = more
        # file: setup.py
        setup(package_dir={"": "old"}, entry_points={"console_scripts": ["x=pack.x:main [extra]"]})
        # file: lib/a.py
        # file: python/a.py
        # file: poetry/a.py
        # file: helpers/a.py
        # file: more/a.py
        # file: cfg/a.py
        # file: old/a.py
        """,
    )
    layout = Layout(str(tmp_path))
    names = [os.path.relpath(folder, tmp_path) for folder in layout.folders]
    assert names == [".", "lib", "python", "poetry", "cfg", "old"]
    assert [os.path.basename(folder) for folder in layout.pytest] == ["helpers", "more"]
    assert set(layout.commands) == {
        ("pack.cli", "main"),
        ("pack.gui", "show"),
        ("pack.other", "run"),
        ("pack.x", "main"),
    }
    assert b"[tool:pytest]" in layout.settings


def test_broken_settings_say_nothing(tmp_path: Path) -> None:
    written(tmp_path, "# file: pyproject.toml\n[broken\n# file: setup.cfg\nno section\n")
    layout = Layout(str(tmp_path))
    assert (layout.folders, layout.commands) == ((str(tmp_path),), [])


def test_an_own_name_is_resolved(tmp_path: Path) -> None:
    written(
        tmp_path,
        """
        # file: pyproject.toml
        # file: src/pack/__init__.py
        # file: src/pack/net.py
        def build(): pass
        # file: src/pack/sub/__init__.py
        # file: src/pack/sub/train.py
        """,
    )
    project = Project()
    train = str(tmp_path / "src" / "pack" / "sub" / "train.py")
    net = str(tmp_path / "src" / "pack" / "net.py")
    assert project.resolve(train, "..net.build") == (net, "build")
    assert project.resolve(train, "pack.net.build") == (net, "build")
    assert project.resolve(train, "keras.layers") is None
    module = project.module(net)
    assert module is not None
    assert list(module.bindings) == ["build"]
