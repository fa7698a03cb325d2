"""Locks: what their own tools would refuse is told at its place; what they take is not."""

from __future__ import annotations

import pytest

from tests.manifests.broken.telling import told_alike, told_in

NO_MARKER = (
    "`python_version >>= 3` has no valid marker: expected a marker variable or quoted string"
)
LOCKED = '[[package]]\nname = "keras"\nversion = "3.3.3"\n'

BROKEN = {
    "a marker in a lock of Poetry": (
        "poetry.lock",
        f'{LOCKED}groups = ["main"]\nmarkers = "python_version >>= 3"\n',
        [f"5:12 {NO_MARKER}"],
    ),
    "a marker for a group in a lock of Poetry": (
        "poetry.lock",
        f'{LOCKED}groups = ["dev"]\n[package.markers]\ndev = "python_version >>= 3"\n',
        [f"6:8 {NO_MARKER}"],
    ),
    "a marker of a dependency in an older lock of Poetry": (
        "poetry.lock",
        f'{LOCKED}[package.dependencies]\nh5py = {{version = "*", markers = "python_version >>= 3"}}\n',
        [f"5:35 {NO_MARKER}"],
    ),
    "Pythons in a lock of Poetry": (
        "poetry.lock",
        f'{LOCKED}\n[metadata]\npython-versions = "any"\n',
        ["6:20 `any` is no version constraint"],
    ),
    "a number for a version": (
        "poetry.lock",
        '[[package]]\nname = "keras"\nversion = 3\n',
        ["3:11 `package[0].version` must be a string, not a number"],
    ),
    "a table where a list must be": (
        "poetry.lock",
        '[package]\nname = "keras"\n',
        ["1:2 `package` must be an array, not a table"],
    ),
    "a lock of uv with no version": (
        "uv.lock",
        f'version = 1\n\n{LOCKED.replace("3.3.3", "three")}source = {{ virtual = "." }}\n',
        ["5:12 `three` is no version"],
    ),
    "a marker in a lock of uv": (
        "uv.lock",
        f'version = 1\n{LOCKED}source = {{ virtual = "." }}\ndependencies = [\n'
        '    { name = "numpy" },\n    { name = "h5py", marker = "python_version >>= 3" },\n]\n',
        [f"8:32 {NO_MARKER}"],
    ),
    "forks of uv": (
        "uv.lock",
        f'version = 1\nresolution-markers = [\n    "python_version >>= 3",\n]\n{LOCKED}',
        [f"3:6 {NO_MARKER}"],
    ),
    "Pythons in a lock of uv": (
        "uv.lock",
        f'version = 1\nrequires-python = "any"\n{LOCKED}',
        ["2:20 `any` is no version specifier"],
    ),
    "texts where uv has tables": (
        "uv.lock",
        f'version = 1\n{LOCKED}source = {{ virtual = "." }}\ndependencies = ["numpy"]\n',
        ["6:18 a dependency of the lock has no name"],
    ),
    "a marker in a lock of PDM": (
        "pdm.lock",
        f'{LOCKED}marker = "python_version >>= 3"\n',
        [f"4:11 {NO_MARKER}"],
    ),
    "a text for the groups of PDM": (
        "pdm.lock",
        f'{LOCKED}groups = "default"\n',
        ["4:11 `package[0].groups` must be an array, not a string"],
    ),
    "a marker in pylock.toml": (
        "pylock.toml",
        '[[packages]]\nname = "keras"\nversion = "3.3.3"\nmarker = "python_version >>= 3"\n',
        [f"4:11 {NO_MARKER}"],
    ),
    "no name in pylock.toml": (
        "pylock.toml",
        '[[packages]]\nversion = "3.3.3"\n',
        ["1:3 a package of the lock has no name"],
    ),
    "a list for a Pipfile.lock": ("Pipfile.lock", "[]", ["1:1 the lock is no object of JSON"]),
    "packages of conda-lock without a version": (
        "conda-lock.yml",
        "package:\n- name: numpy\n  version: 1.26.4\n- name: keras\n  version: [3]\n",
        ["4:3 a package of the lock has no `version`, or it is no text"],
    ),
    "a manager that conda-lock has not": (
        "conda-lock.yml",
        "package:\n- name: keras\n  version: 3.3.3\n  manager: cargo\n",
        ["2:3 `cargo` is no manager of conda-lock"],
    ),
    "texts for packages of conda-lock": (
        "conda-lock.yml",
        "package:\n- keras\n",
        ["2:3 a package of the lock is a mapping"],
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_it_is_told(what: str) -> None:
    path, text, expected = BROKEN[what]
    assert told_in(path, text) == expected
    assert told_alike(path, text)


FINE = {
    "a version of older days": (
        "poetry.lock",
        '[[package]]\nname = "pytz"\nversion = "2004d"\n',
    ),
    "a package without a version": (
        "uv.lock",
        'version = 1\n\n[[package]]\nname = "mine"\nsource = { editable = "." }\n',
    ),
}


@pytest.mark.parametrize("what", FINE)
def test_nothing_is_told_of(what: str) -> None:
    assert told_in(*FINE[what]) == []
