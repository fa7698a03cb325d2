"""Scratch environments with real releases."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from kerlint.project.targets import Versions


@dataclass(frozen=True)
class Pair:
    """What is installed together, and the Python it needs."""

    keras: str | None
    tensorflow: str
    python: str
    tf_keras: str | None = None
    legacy: bool = False
    extra: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """How the sample spells it, e.g. `keras-3.15.1+tensorflow-2.21.0`."""
        parts = [f"keras-{self.keras}"] if self.keras else []
        parts.append(f"tensorflow-{self.tensorflow}")
        if self.tf_keras:
            parts.append(f"tf-keras-{self.tf_keras}")
        return "+".join(parts) + ("+legacy" if self.legacy else "")

    @property
    def folder(self) -> str:
        """The environment's folder: that of the same packages, whatever the switch."""
        return self.name.replace("+legacy", "")

    @property
    def versions(self) -> Versions:
        return Versions(self.keras, self.tensorflow, self.tf_keras, None)

    @property
    def roots(self) -> tuple[str, ...]:
        """Top packages that can be imported."""
        roots = ["keras"] if self.keras else []
        return (*roots, "tensorflow", *(["tf_keras"] if self.tf_keras else []))


PAIRS = (
    Pair("3.15.1", "2.21.0", "3.12", tf_keras="2.21.0"),
    Pair("3.15.1", "2.21.0", "3.12", tf_keras="2.21.0", legacy=True),
    Pair("3.6.0", "2.16.2", "3.12"),
    Pair("3.3.3", "2.17.1", "3.11"),
    Pair("3.0.5", "2.16.1", "3.11"),
    Pair("2.15.0", "2.15.1", "3.11"),
    Pair("2.12.0", "2.12.1", "3.11"),
    Pair("2.8.0", "2.8.4", "3.10", extra=("protobuf<3.21", "numpy<1.24")),
    Pair("2.3.1", "2.2.3", "3.8", extra=("protobuf<3.21", "h5py<3", "numpy<1.19")),
    Pair("2.2.5", "1.15.5", "3.7", extra=("protobuf<3.21", "h5py<3", "numpy<1.19")),
)


def interpreter(python: str, folders: tuple[Path, ...]) -> str:
    """The executable of a Python such as `3.11`: in the folders given, else on PATH.

    A folder may be one that holds installations (`FOLDER/3.11.7/bin/python`) or executables.
    LookupError if there is none.
    """
    for folder in folders:
        for pattern in (f"{python}.*/bin/python", f"python{python}"):
            for file in sorted(folder.glob(pattern)):
                return str(file)
    if sys.version.startswith(python + "."):
        return sys.executable
    found = shutil.which(f"python{python}")
    if found is None:
        raise LookupError(f"no Python {python}: give its folder with --pythons")
    return found


def make(pair: Pair, cache: Path, folders: tuple[Path, ...]) -> Path:
    """The Python of the pair's environment, which is made if it is not there yet."""
    folder = cache / pair.folder
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    done = folder / "complete"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([interpreter(pair.python, folders), "-m", "venv", str(folder)], check=True)
        slim = pair.tensorflow not in ("1.15.5",)
        wanted = [f"{'tensorflow-cpu' if slim else 'tensorflow'}=={pair.tensorflow}", *pair.extra]
        if pair.keras:
            wanted.append(f"keras=={pair.keras}")
        if pair.tf_keras:
            # It asks for `tensorflow` by name; what is installed is its twin for processors.
            subprocess.run([python, "-m", "pip", "install", "-qq", *wanted], check=True)
            wanted = ["--no-deps", f"tf-keras=={pair.tf_keras}"]
        subprocess.run([python, "-m", "pip", "install", "-qq", *wanted], check=True)
        done.touch()
    return python
