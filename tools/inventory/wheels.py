"""The Python files of a release, fetched once and kept small.

A wheel of several hundred megabytes is read once; only its Python source is kept, as a small zip
archive in the cache. Everything later works from there, offline.
"""

from __future__ import annotations

import hashlib
import importlib
import io
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from packaging.version import Version

from .releases import SLIM, Index, ReleaseFile, choose, final_versions

CHUNK = 1 << 20

PARTIAL = {"torch": ("torch/nn/modules/module.py",)}
"""Distributions of which only single files matter; they are read from the index by ranges."""


Member = tuple[str, bytes]


class Unavailable(Exception):
    """A release has no file that can be read here."""


class Sources:
    """The Python files of one release, by their path inside the installed folder."""

    def __init__(self, archive: Path) -> None:
        self._zip = zipfile.ZipFile(archive)
        self.paths = frozenset(self._zip.namelist())

    def read(self, path: str) -> str:
        return self._zip.read(path).decode("utf-8", errors="replace")


class Store:
    """The cache of kept archives; asks the index only for what it lacks."""

    def __init__(self, cache: Path, offline: bool = False) -> None:
        self.folder = cache / "wheels"
        self.folder.mkdir(parents=True, exist_ok=True)
        self._offline = offline
        self._index: Index | None = None

    @property
    def index(self) -> Index:
        if self._offline:
            raise Unavailable("the index is not asked when offline")
        if self._index is None:
            self._index = Index()
        return self._index

    def versions(self, distribution: str, at_least: str) -> list[Version]:
        """Final releases, ascending: from the index, or those in the cache when offline."""
        if self._offline:
            kept = (path.stem for path in self.folder.glob(f"{distribution}-[0-9]*.zip"))
            versions = sorted(Version(stem[len(distribution) + 1 :]) for stem in kept)
            return [version for version in versions if version >= Version(at_least)]
        return final_versions(self.index.files(distribution), at_least)

    def newest(self, distribution: str, prefix: str) -> Version:
        """The newest final release whose version is `prefix` or begins with `prefix.`."""
        found = [
            version
            for version in self.versions(distribution, prefix)
            if str(version) == prefix or str(version).startswith(prefix + ".")
        ]
        if not found:
            raise Unavailable(f"{distribution} has no release {prefix}")
        if distribution in PARTIAL:
            # Any one will do; keep to the one that is there.
            kept = [version for version in found if self._path(distribution, version).exists()]
            return (kept or found)[-1]
        return found[-1]

    def archive(self, distribution: str, version: Version | str) -> Path:
        """The kept archive of a release, fetched when it is not there yet."""
        path = self._path(distribution, version)
        if not path.exists():
            file = self._file(distribution, Version(str(version)))
            if distribution in PARTIAL:
                _keep(_read_ranges(self.index, file, PARTIAL[distribution]), path)
                return path
            with tempfile.TemporaryFile(dir=self.folder) as whole:
                _download(self.index, file, whole)
                _repack(whole, file.is_wheel, path)
        return path

    def _path(self, distribution: str, version: Version | str) -> Path:
        return self.folder / f"{distribution}-{version}.zip"

    def sources(self, distribution: str, version: Version | str) -> Sources:
        return Sources(self.archive(distribution, version))

    def _file(self, distribution: str, version: Version) -> ReleaseFile:
        for name in (SLIM.get(distribution), distribution):
            file = choose(self.index.files(name), version) if name else None
            if file is not None and (file.is_wheel or name == distribution):
                return file
        raise Unavailable(f"{distribution} {version} has no file that can be read")


def _download(index: Index, file: ReleaseFile, target: IO[bytes]) -> None:
    link = file.link
    digest = hashlib.new(link.hash_name) if link.hash_name else None
    headers = {"Accept-Encoding": "identity"}
    response = index.session.get(link.url_without_fragment, headers=headers, stream=True)
    response.raise_for_status()
    for chunk in response.iter_content(CHUNK):
        target.write(chunk)
        if digest is not None:
            digest.update(chunk)
    if digest is not None and digest.hexdigest() != link.hash:
        raise Unavailable(f"{file.filename} is not what the index promised")
    target.seek(0)


def _repack(whole: IO[bytes], is_wheel: bool, path: Path) -> None:
    _keep(_wheel_members(whole) if is_wheel else _sdist_members(whole), path)


def _read_ranges(index: Index, file: ReleaseFile, names: tuple[str, ...]) -> Iterator[Member]:
    """Single members of a wheel, by range requests."""
    lazy_wheel = importlib.import_module("pip._internal.network.lazy_wheel")
    url = file.link.url_without_fragment
    with lazy_wheel.LazyZipOverHTTP(url, index.session) as remote, zipfile.ZipFile(remote) as wheel:
        for name in names:
            yield name, wheel.read(name)


def _keep(members: Iterable[Member], path: Path) -> None:
    part = path.with_suffix(".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as kept:
        for name, data in members:
            kept.writestr(name, data)
    part.rename(path)


def _wheel_members(whole: IO[bytes]) -> Iterator[Member]:
    with zipfile.ZipFile(whole) as archive:
        for info in archive.infolist():
            name = installed_path(info.filename)
            if name is not None:
                yield name, archive.read(info)


def _sdist_members(whole: IO[bytes]) -> Iterator[Member]:
    head = whole.read(2)
    whole.seek(0)
    if head == b"PK":
        with zipfile.ZipFile(whole) as archive:
            for info in archive.infolist():
                if _is_source(info.filename):
                    yield _below_top(info.filename), archive.read(info)
        return
    with tarfile.open(fileobj=io.BytesIO(whole.read())) as tar:
        for member in tar.getmembers():
            file = tar.extractfile(member) if _is_source(member.name) else None
            if file is not None:
                yield _below_top(member.name), file.read()


def installed_path(name: str) -> str | None:
    """Where a wheel's member lies once installed; None for what is no Python source.

    Old TensorFlow wheels keep the package in `<name>-<version>.data/purelib`.
    """
    if not _is_source(name):
        return None
    parts = PurePosixPath(name).parts
    if parts[0].endswith(".data"):
        return "/".join(parts[2:]) if parts[1] in {"purelib", "platlib"} else None
    return name


def _below_top(name: str) -> str:
    """Without the `<name>-<version>/` folder that an sdist wraps everything in."""
    parts = PurePosixPath(name).parts
    parts = parts[2:] if len(parts) > 2 and parts[1] == "src" else parts[1:]
    return "/".join(parts)


def _is_source(name: str) -> bool:
    return name.endswith(".py")
