"""Tiny environments for the collector: a virtual environment without pip, and distributions made
of a few lines."""

from __future__ import annotations

import os
import sys
import venv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kerlint.probe.collecting import collect
from kerlint.probe.observations import Observations

Files = Mapping[str, str]


def add_distribution(
    site: Path,
    name: str,
    version: str = "1.0",
    files: Files | None = None,
    *,
    record: bool = True,
    requires: Iterable[str] = (),
    metadata: str | None = None,
    notes: Files | None = None,
) -> Path:
    """Install a distribution as pip would, and give its metadata folder.

    `files`     by path relative to `site`; a package with an empty `__init__.py` if not given
    `metadata`  instead of a sound METADATA
    `notes`     further files of the metadata folder (`INSTALLER`, `direct_url.json`)
    """
    module = name.replace("-", "_")
    files = {f"{module}/__init__.py": ""} if files is None else files
    folder = site / f"{module}-{version}.dist-info"
    head = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    head += "".join(f"Requires-Dist: {one}\n" for one in requires)
    own = {"METADATA": head if metadata is None else metadata, "INSTALLER": "pip\n"}
    own.update(notes or {})
    everything = {**files, **{f"{folder.name}/{file}": text for file, text in own.items()}}
    rows = [f"{path},sha256=0,{len(text.encode())}" for path, text in everything.items()]
    if record:
        everything[f"{folder.name}/RECORD"] = "\n".join([*rows, f"{folder.name}/RECORD,,", ""])
    for path, text in everything.items():
        file = site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


class Environment:
    """A virtual environment of the running Python, without pip."""

    def __init__(self, folder: Path, *, system_site_packages: bool = False) -> None:
        venv.create(folder, system_site_packages=system_site_packages, symlinks=os.name != "nt")
        self.folder = folder
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        lib = folder / "Lib" if os.name == "nt" else folder / "lib" / version
        self.site = lib / "site-packages"
        self.python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    def add(self, name: str, version: str = "1.0", files: Files | None = None, **more: Any) -> Path:
        """See `add_distribution`."""
        return add_distribution(self.site, name, version, files, **more)

    def seen(
        self, folder: str | Path = "", *, seconds: float = 30, gpu: bool = False
    ) -> Observations:
        """What the probe observes."""
        return collect(str(self.folder), str(folder), seconds=seconds, gpu=gpu)
