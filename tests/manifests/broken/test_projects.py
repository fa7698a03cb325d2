"""Project files and scripts: what their own tools would refuse is told at its place; what they take
is not."""

from __future__ import annotations

import pytest

from tests.manifests.broken.telling import told_alike, told_in

BROKEN = {
    "a program that is cut off": (
        "setup.py",
        "from setuptools import setup\n\nsetup(\n    install_requires=['keras==2.5.0'\n",
        ["4:5 this is not Python that can be parsed"],
    ),
    "a program for Python 2": (
        "noxfile.py",
        "import nox\n\n  \nprint 'keras'\n",
        ["4:1 this is not Python that can be parsed"],
    ),
    "a header that is not closed": (
        "train.py",
        "#!/usr/bin/env python\n# /// script\n# dependencies = ['keras==2.5.0']\nimport keras\n",
        ["2:1 the header is never closed: a line `# ///` is missing"],
    ),
    "a header with a number for a Python": (
        "train.py",
        "# /// script\n# requires-python = 3.11\n# dependencies = ['keras']\n# ///\n",
        ["2:21 `requires-python` takes strings"],
    ),
    "a table of dependencies for conda": (
        "environment.yml",
        "name: x\ndependencies:\n  keras: 3\n",
        ["3:3 `dependencies` is a list"],
    ),
    "a colon for a sign of equality": (
        "environment.yml",
        "dependencies:\n  - python=3.10\n  - keras: 3\n",
        ["3:5 conda knows no installer `keras`: write `- keras=...`"],
    ),
    "a text for pip": (
        "environment.yml",
        "dependencies:\n  - pip:\n      keras==2.5.0\n",
        ["3:7 `pip:` takes a list of requirements"],
    ),
    "dependencies twice": (
        "environment.yml",
        "dependencies:\n  - keras\ndependencies:\n  - numpy\n",
        ["3:1 `dependencies` comes twice"],
    ),
    "an operator without a version": (
        "environment.yml",
        "dependencies:\n  - keras>=\n",
        ["2:5 `keras>=` is no match specification of conda"],
    ),
    "a text for the source of uv": (
        "pyproject.toml",
        '[tool.uv.sources]\nkeras = "git"\n',
        ["2:10 the source of `keras` must be a table"],
    ),
    "a text for the extras of Poetry": (
        "pyproject.toml",
        '[tool.poetry.dependencies]\nkeras = { version = "^3", extras = "gpu" }\n',
        ["2:37 `tool.poetry.dependencies.keras.extras` must be an array, not a string"],
    ),
    "an entry twice": (
        "tox.ini",
        "[testenv]\ndeps = keras\ndeps = numpy\n",
        ["3:1 no valid INI file: `deps` comes twice in `[testenv]`"],
    ),
    "no section": (
        "tox.ini",
        "deps = keras\n",
        ["1:1 no valid INI file: something stands before the first section"],
    ),
    "no sign of equality": (
        "tox.ini",
        "[testenv]\ndeps keras\n",
        ["2:1 no valid INI file: a line is neither a section nor `key = value`"],
    ),
    "a number among requirements": (
        "tox.toml",
        "[env_run_base]\ndeps = ['keras', 3]\n",
        ["2:18 a requirement is a string"],
    ),
    "a number for a list": (
        "tox.toml",
        "[env_run_base]\ndeps = 3\n",
        ["2:8 `deps` is a list of requirements"],
    ),
    "packages that are no table": ("Pipfile", "packages = 3\n", ["1:12 `packages` is a table"]),
    "a number for a Python": (
        "Pipfile",
        "[packages]\nkeras = '*'\n[requires]\npython_version = 3.10\n",
        ["4:18 `python_version` is a string"],
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_it_is_told(what: str) -> None:
    path, text, expected = BROKEN[what]
    assert told_in(path, text) == expected
    assert told_alike(path, text)


FINE = {
    "a newer Python": ("setup.py", "x = f'{'keras'}'\nclass A[T]: pass\n"),
    "other files of that name": ("environment.yml", "dependencies: keras\nkind: Chart\n"),
    "nothing yet": ("environment.yml", "name: x\ndependencies:\n"),
    "an installer of another kind": ("environment.yml", "dependencies:\n  - npm:\n    - keras\n"),
    "an entry of several environments": (
        "tox.ini",
        "[testenv]\ndeps =\n    keras\n    a: numpy\n[testenv:a]\ndeps = {[testenv]deps}\n",
    ),
}


@pytest.mark.parametrize("what", FINE)
def test_nothing_is_told_of(what: str) -> None:
    assert told_in(*FINE[what]) == []
