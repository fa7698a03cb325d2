"""Releases made of a few lines, read as the real ones are."""

from __future__ import annotations

import textwrap
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from packaging.version import Version

from tools.inventory.__main__ import derive, layout_of
from tools.inventory.trees import Trees
from tools.inventory.wheels import Store

Inventory = dict[str, Any]
Read = Callable[..., Inventory]


def keep(cache: Path, release: str, files: dict[str, str]) -> None:
    """Put an archive of `files` where the store looks for the release `name-version`."""
    folder = cache / "wheels"
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(folder / f"{release}.zip", "w") as archive:
        for path, text in files.items():
            archive.writestr(path, textwrap.dedent(text))


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """`read("keras", "3.15.1", files, {"tensorflow": files})`: the inventory of a release.

    Companions that are not given hold nothing.
    """

    def _read(
        distribution: str,
        version: str,
        files: dict[str, str],
        beside: dict[str, dict[str, str]] | None = None,
    ) -> Inventory:
        keep(tmp_path, f"{distribution}-{version}", files)
        for name, prefix in layout_of(distribution, Version(version)).companions:
            keep(tmp_path, f"{name}-{_full(prefix)}", (beside or {}).get(name, {}))
        store = Store(tmp_path, offline=True)
        return derive(store, distribution, Version(version), Trees())

    return _read


def _full(prefix: str) -> str:
    return prefix if prefix.count(".") > 1 else f"{prefix}.0"


@pytest.fixture
def accepts(read: Read) -> Callable[[str, str], tuple[list[str], bool]]:
    """`accepts(source, name)`: parameter names of `name` in a module, and whether it is open."""

    def _accepts(source: str, name: str) -> tuple[list[str], bool]:
        inventory = read("keras", "2.3.1", {"keras/__init__.py": source})
        found = inventory["callables"][f"keras.{name}"]
        return [parameter[0] for parameter in found["parameters"]], found["open"]

    return _accepts
