"""Published packages, downloaded by pip and unpacked into the cache.

Nothing of a package is installed. A wheel is only unzipped. For a source archive pip runs the
package's own build script to learn its metadata, as `pip install` would.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

from tools.crater.packages import Package

# Wheels for any of these interpreters will do: the code is read, not run.
PYTHONS = ("3.11", "3.9", "3.7", "2.7")
PLATFORM = "manylinux2014_x86_64"


def fetch(
    packages: Iterable[Package], cache: Path, say: Callable[[str], None]
) -> dict[Package, Path]:
    """The folder of every package that can be had; what is in the cache is not fetched again."""
    found: dict[Package, Path] = {}
    for package in packages:
        folder = cache / "packages" / package.folder
        if not folder.is_dir():
            archive = _download(package, cache / "archives" / package.folder)
            if archive is None:
                say(f"not to be had: {package.folder}")
                continue
            say(f"fetched {archive.name}")
            unpack(archive, folder)
        # A project of its own: else the files of this checkout would be the package's as well.
        (folder / ".git").mkdir(exist_ok=True)
        found[package] = folder
    return found


def _download(package: Package, folder: Path) -> Path | None:
    """The archive of a package, or None if pip finds neither a wheel nor a source archive."""
    folder.mkdir(parents=True, exist_ok=True)
    if present := sorted(path for path in folder.iterdir() if path.is_file()):
        return present[0]
    base = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder)]
    wheel = ["--only-binary", ":all:", "--platform", PLATFORM, "--python-version"]
    tries = [[*wheel, python] for python in PYTHONS]
    tries.append(["--no-binary", ":all:"])
    for options in tries:
        command = [*base, *options, f"{package.name}=={package.version}"]
        done = subprocess.run(command, capture_output=True, check=False)
        present = sorted(path for path in folder.iterdir() if path.is_file())
        if done.returncode == 0 and present:
            return present[0]
    return None


def unpack(archive: Path, folder: Path) -> None:
    """Unpack the Python files of a wheel or source archive; nothing is written outside `folder`."""
    partial = folder.with_name(folder.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    if zipfile.is_zipfile(archive):
        _unzip(archive, partial)
    else:
        _untar(archive, partial)
    partial.rename(folder)


def _unzip(archive: Path, folder: Path) -> None:
    with zipfile.ZipFile(archive) as source:
        for name in source.namelist():
            if name.endswith(".py") and (path := _inside(folder, name)):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(source.read(name))


def _untar(archive: Path, folder: Path) -> None:
    with tarfile.open(archive) as source:
        for member in source:
            if not (member.isfile() and member.name.endswith(".py")):
                continue
            content = source.extractfile(member)
            if content is not None and (path := _inside(folder, member.name)):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content.read())


def _inside(folder: Path, name: str) -> Path | None:
    path = (folder / name).resolve()
    return path if path.is_relative_to(folder.resolve()) else None
