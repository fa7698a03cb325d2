"""The code to check: pinned, published, and kept in the cache as Python files or notebooks alone."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.places import CACHE, Environment

KERAS = "keras==3.15.1"
KERAS_HUB = "keras-hub==0.32.0"

LEGACY = (
    "autokeras==0.4.0",
    "bert4keras==0.11.5",
    "keras-applications==1.0.8",
    "keras-bert==0.89.0",
    "keras-preprocessing==1.1.2",
    "keras-resnet==0.2.0",
    "keras-retinanet==1.0.0",
    "keras-rl==0.4.2",
    "keras-vis==0.4.1",
    "mrcnn==0.2",
    "segmentation-models==1.0.1",
)
"""Packages of 2016 to 2022, written for Keras 1 and 2."""

NOTEBOOKS = (
    "bayesflow==1.1.6",
    "deeptables==0.2.6",
    "hyperas==0.4.1",
    "nengo-dl==3.6.0",
    "sktime==1.2.0",
    "talos==2.0.10",
    "textattack==0.3.9",
)
"""Source distributions with notebooks: half of them use Keras or TensorFlow."""

LIBRARY = (
    f"standard-library-{sys.version_info.major}.{sys.version_info.minor}.{sys.version_info.micro}"
)


class Corpus(NamedTuple):
    """A folder of Python files, or of notebooks, tracked by git as a project is."""

    title: str
    folder: Path
    contents: str
    suffix: str = ".py"

    @property
    def files(self) -> list[Path]:
        return sorted(self.folder.rglob(f"*{self.suffix}"))

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(path.stat().st_size for path in self.files)


def library(shelf: Path) -> Corpus:
    """No Keras at all: the standard library of the running interpreter, its tests included."""
    version = LIBRARY.removeprefix("standard-library-")
    return Corpus(
        "no Keras",
        _made(shelf, LIBRARY, _library_files),
        f"the standard library of CPython {version}, tests included",
    )


def keras(shelf: Path) -> Corpus:
    """Clean Keras 3, as its makers write it."""
    return Corpus(
        "clean Keras 3", _made(shelf, KERAS, lambda: _published(KERAS)), f"Keras itself, `{KERAS}`"
    )


def keras_hub(shelf: Path) -> Corpus:
    """Clean Keras 3, as users write it."""
    folder = _made(shelf, KERAS_HUB, lambda: _published(KERAS_HUB))
    return Corpus("clean user of Keras 3", folder, f"`{KERAS_HUB}`")


def legacy(shelf: Path) -> Corpus:
    """Code for Keras 1 and 2, full of findings."""
    named = ", ".join(f"`{one}`" for one in LEGACY)
    folder = _made(shelf, "legacy", lambda: (file for one in LEGACY for file in _published(one)))
    return Corpus("legacy code", folder, named)


def legacy_as_torch(shelf: Path) -> Corpus:
    """The same with the names that TorchFix looks for, so that it has work."""
    folder = _made(shelf, "legacy-as-torch", lambda: _renamed(shelf))
    return Corpus("legacy code", folder, "the same, `keras` and `tensorflow` spelt `torch`")


def notebooks(shelf: Path) -> Corpus:
    """Notebooks with their outputs, as they were published."""

    def files() -> Iterator[tuple[str, bytes]]:
        for one in NOTEBOOKS:
            yield from _published(one, ".ipynb")

    named = ", ".join(f"`{one}`" for one in NOTEBOOKS)
    contents = f"the notebooks of {named}"
    return Corpus("notebooks", _made(shelf, "notebooks", files), contents, ".ipynb")


def _made(shelf: Path, name: str, files: Callable[[], Iterable[tuple[str, bytes]]]) -> Path:
    """A copy in `shelf` of the corpus `name`, which holds `files()`.

    The cache lies inside this checkout, whose settings every tool would find and read; a shelf
    lies elsewhere.
    """
    kept = CACHE / "corpora" / name
    if not kept.is_dir():
        _keep(kept, files())
    folder = shelf / name
    if not folder.is_dir():
        shutil.copytree(kept, folder)
    return folder


def _keep(kept: Path, files: Iterable[tuple[str, bytes]]) -> None:
    unfinished = CACHE / "corpora" / "unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    for path, data in files:
        target = unfinished / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    for words in (
        ["init", "--quiet"],
        ["add", "--all"],
        [*_AUTHOR, "commit", "--quiet", "-m", "-"],
    ):
        subprocess.run(["git", *words], cwd=unfinished, check=True)
    unfinished.rename(kept)


_AUTHOR = (
    "-c",
    "user.name=benchmark",
    "-c",
    "user.email=benchmark@example.org",
    "-c",
    "commit.gpgsign=false",
)


def _library_files() -> Iterator[tuple[str, bytes]]:
    top = Path(sysconfig.get_path("stdlib"))
    skipped = {"site-packages", "dist-packages", "__pycache__"}
    for path in sorted(top.rglob("*.py")):
        inside = path.relative_to(top)
        if not skipped.intersection(inside.parts):
            yield inside.as_posix(), path.read_bytes()


def _published(requirement: str, suffix: str = ".py") -> Iterator[tuple[str, bytes]]:
    """The files of a wheel or source distribution, below a folder of its name.

    Notebooks are looked for in the source distribution: wheels leave them out.
    """
    archive = _downloaded(requirement, source=suffix != ".py")
    name = requirement.partition("==")[0]
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            for member in wheel.namelist():
                if member.endswith(suffix):
                    yield f"{name}/{member}", wheel.read(member)
        return
    with tarfile.open(archive) as source:
        for entry in source:
            data = source.extractfile(entry) if entry.isfile() else None
            if data is not None and entry.name.endswith(suffix):
                yield f"{name}/{entry.name.partition('/')[2]}", data.read()


def _downloaded(requirement: str, source: bool = False) -> Path:
    folder = CACHE / "downloads" / requirement
    if not list(folder.glob("*.*")):
        folder.mkdir(parents=True, exist_ok=True)
        pip = Environment("download")
        pip.make()
        form = ["--no-binary", ":all:"] if source else []
        pip.pip("download", "--quiet", "--no-deps", *form, "--dest", str(folder), requirement)
    (archive,) = folder.glob("*.*")
    return archive


def _renamed(shelf: Path) -> Iterator[tuple[str, bytes]]:
    source = legacy(shelf)
    for path in source.files:
        inside = path.relative_to(source.folder).as_posix()
        yield inside, re.sub(rb"\b(?:keras|tensorflow)\b", b"torch", path.read_bytes())
