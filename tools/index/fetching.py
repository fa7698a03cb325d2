"""Pages and METADATA from the package index, through pip."""

from __future__ import annotations

import email.parser
import importlib
import io
import zipfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

from packaging.requirements import InvalidRequirement
from packaging.version import Version

from kerlint.knowledge.index.places import PLATFORMS, on
from tools.index.packages import Listed, overrides
from tools.index.record import Lines, Record, Release
from tools.index.requirements import canonical
from tools.index.tags import places_of
from tools.inventory.releases import Index, ReleaseFile

CONNECTIONS = 4


class Reader:
    """Asks the index; keeps every METADATA in the cache."""

    def __init__(self, cache: Path, index: Index | None = None) -> None:
        self._folder = cache / "index"
        self._folder.mkdir(parents=True, exist_ok=True)
        self._index = index or Index()

    def record(self, package: Listed, earlier: Record | None, day: str) -> Record:
        """All releases on that day. What `earlier` says of requirements is not asked again."""
        files: dict[Version, dict[str, ReleaseFile]] = {}
        for file in self._index.files(package.name):
            if file.version.local is None:
                files.setdefault(file.version, {})[file.filename] = file
        before = {release.version: release for release in earlier.releases} if earlier else {}
        by_hand = overrides()
        record = Record(package.name, day)
        wanted: list[tuple[Release, dict[str, ReleaseFile]]] = []
        for version in sorted(files):
            release = _release(version, list(files[version].values()))
            record.releases.append(release)
            old = before.get(release.version)
            if package.kind == "leaf":
                release.requires = {}
            elif (package.name, release.version) in by_hand:
                lines = by_hand[package.name, release.version]
                release.requires = {"": lines} if lines else {}
            elif old is not None and old.requires is not None:
                release.requires, release.dropped = old.requires, old.dropped
            elif not version.is_prerelease:
                chosen = _chosen(files[version].values(), package.kind == "platforms")
                if chosen:
                    wanted.append((release, chosen))
        self._read(wanted)
        return record

    def _read(self, wanted: list[tuple[Release, dict[str, ReleaseFile]]]) -> None:
        every = {file.filename: file for _, chosen in wanted for file in chosen.values()}
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            texts = dict(zip(every, pool.map(self.metadata, every.values()), strict=True))
        for release, chosen in wanted:
            by_platform: dict[str, Lines] = {}
            for platform, file in chosen.items():
                kept, dropped = requirements_of(texts[file.filename])
                by_platform[platform] = kept
                release.dropped = tuple(dict.fromkeys((*release.dropped, *dropped)))
            release.requires = joined(by_platform)

    def metadata(self, file: ReleaseFile) -> str:
        """The METADATA of a wheel: by itself where the index serves it, else by ranges."""
        path = self._folder / f"{file.filename}.metadata"
        if not path.exists():
            part = path.with_suffix(".part")
            part.write_text(self._fetched(file), encoding="utf-8")
            part.rename(path)
        return path.read_text(encoding="utf-8")

    def _fetched(self, file: ReleaseFile) -> str:
        beside = getattr(file.link, "metadata_link", lambda: None)()
        session = self._index.session
        if beside is not None:
            response = session.get(beside.url_without_fragment)
            response.raise_for_status()
            text: str = response.content.decode("utf-8", errors="replace")
            return text
        with self._opened(file) as far, zipfile.ZipFile(far) as wheel:
            names = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
            name = min(names, key=len)
            return wheel.read(name).decode("utf-8", errors="replace")

    def _opened(self, file: ReleaseFile) -> IO[bytes]:
        """The wheel: by ranges, or the whole where the index does not offer them."""
        lazy_wheel = importlib.import_module("pip._internal.network.lazy_wheel")
        address, session = file.link.url_without_fragment, self._index.session
        try:
            far: IO[bytes] = lazy_wheel.LazyZipOverHTTP(address, session)
        except lazy_wheel.HTTPRangeRequestUnsupported:
            response = session.get(address)
            response.raise_for_status()
            return io.BytesIO(response.content)
        return far


def _release(version: Version, files: list[ReleaseFile]) -> Release:
    release = Release(str(version))
    pythons = {file.link.requires_python or "" for file in files}
    # They differ in a few old releases, where some files were uploaded by hand.
    release.python = max(pythons, key=len)
    for file in files:
        if file.is_wheel:
            release.wheels |= places_of(file.filename)
        else:
            release.sdist = True
    if all(file.link.is_yanked for file in files):
        reasons = {" ".join((file.link.yanked_reason or "").split()) for file in files}
        release.yanked = max(reasons, key=len)
    return release


def _chosen(files: Iterable[ReleaseFile], by_platform: bool) -> dict[str, ReleaseFile]:
    """The wheels to read: for each platform, or one under the empty name."""
    wheels = [file for file in files if file.is_wheel]
    if not by_platform:
        best = max(wheels, key=lambda file: _preference(file, PLATFORMS[0]), default=None)
        return {"": best} if best is not None else {}
    found = {}
    for platform in PLATFORMS:
        fitting = [file for file in wheels if places_of(file.filename) & on(platform)]
        if fitting:
            found[platform] = max(fitting, key=lambda file: _preference(file, platform))
    return found


def _preference(file: ReleaseFile, platform: str) -> tuple[bool, int, str]:
    """A wheel for the platform, of the newest Python."""
    where = places_of(file.filename) & on(platform)
    return bool(where), where, file.filename


def requirements_of(metadata: str) -> tuple[Lines, Lines]:
    """Canonical lines as published, and those that cannot be read."""
    message = email.parser.HeaderParser().parsestr(metadata)
    kept, dropped = [], []
    for line in message.get_all("Requires-Dist") or ():
        text = " ".join(str(line).split())
        try:
            kept.append(canonical(text))
        except InvalidRequirement:
            dropped.append(text)
    return tuple(dict.fromkeys(kept)), tuple(dict.fromkeys(dropped))


def joined(by_platform: dict[str, Lines]) -> dict[str, Lines]:
    """Platforms that say the same together; under "" what most of all say, Linux in doubt."""
    groups: dict[Lines, list[str]] = {}
    for platform, lines in by_platform.items():
        groups.setdefault(lines, []).append(platform)
    default = next(iter(groups))
    found: dict[str, Lines] = {"": default} if default or len(groups) > 1 else {}
    for lines, platforms in groups.items():
        if lines != default:
            found[",".join(platforms)] = lines
    return found
