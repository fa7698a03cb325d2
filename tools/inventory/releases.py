"""Which releases a distribution has, and which file of a release is read.

The index is asked through pip itself, so that the reader's own settings (index, proxy,
certificates) hold here too and no address stands in this project.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from packaging.utils import (
    InvalidSdistFilename,
    InvalidWheelFilename,
    canonicalize_name,
    parse_sdist_filename,
    parse_wheel_filename,
)
from packaging.version import InvalidVersion, Version

SLIM = {"tensorflow": "tensorflow-cpu"}
"""Distributions of which another one holds the same Python files in a smaller wheel."""


@dataclass(frozen=True)
class ReleaseFile:
    """One published file of a release."""

    distribution: str
    version: Version
    filename: str
    link: Any
    """pip's own `Link`."""

    @property
    def is_wheel(self) -> bool:
        return self.filename.endswith(".whl")


class Index:
    """The package index, as pip sees it."""

    def __init__(self) -> None:
        commands = importlib.import_module("pip._internal.commands")
        command = commands.create_command("download")
        options, _ = command.parse_args([])
        self.session = command._build_session(options)
        finder = command._build_package_finder(
            options, self.session, target_python=None, ignore_requires_python=True
        )
        self._collector = finder._link_collector
        self._files: dict[str, list[ReleaseFile]] = {}

    def files(self, distribution: str) -> list[ReleaseFile]:
        """Every wheel and sdist of `distribution`; empty when the index does not have it."""
        if distribution not in self._files:
            self._files[distribution] = list(self._collect(distribution))
        return self._files[distribution]

    def _collect(self, distribution: str) -> Iterable[ReleaseFile]:
        collector = importlib.import_module("pip._internal.index.collector")
        link_type = importlib.import_module("pip._internal.models.link").Link
        for place in self._collector.search_scope.get_index_urls_locations(distribution):
            link = link_type(place) if isinstance(place, str) else place
            content = self._collector.fetch_response(link)
            if content is None:
                continue
            for found in collector.parse_links(content):
                version = version_of(found.filename, distribution)
                if version is not None:
                    yield ReleaseFile(distribution, version, found.filename, found)


def version_of(filename: str, distribution: str) -> Version | None:
    """The version that a file name states; None for eggs, installers and other projects."""
    try:
        if filename.endswith(".whl"):
            name, version, *_ = parse_wheel_filename(filename)
        elif filename.endswith((".tar.gz", ".zip")):
            name, version = parse_sdist_filename(filename)
        else:
            return None
    except (InvalidWheelFilename, InvalidSdistFilename, InvalidVersion):
        return None
    return version if name == canonicalize_name(distribution) else None


def final_versions(files: Iterable[ReleaseFile], at_least: str = "0") -> list[Version]:
    """Final releases (no candidates, no development versions) not below `at_least`, ascending."""
    return sorted(
        {
            file.version
            for file in files
            if not file.version.is_prerelease and file.version >= Version(at_least)
        }
    )


def choose(files: Iterable[ReleaseFile], version: Version) -> ReleaseFile | None:
    """The file to read for `version`: a pure or Linux wheel of the newest Python, else an sdist."""
    candidates = [file for file in files if file.version == version]
    return max(candidates, key=_preference, default=None)


def _preference(file: ReleaseFile) -> tuple[int, int, str]:
    if not file.is_wheel:
        return (0, 0, file.filename)
    _, _, _, tags = parse_wheel_filename(file.filename)
    score, python = 1, 0
    for tag in tags:
        if tag.platform == "any":
            score = max(score, 4)
        elif "linux" in tag.platform and "x86_64" in tag.platform:
            score = max(score, 3)
        elif tag.platform.startswith("macosx"):
            score = max(score, 2)
        digits = tag.interpreter[2:]
        if tag.interpreter.startswith("cp") and digits.isdigit():
            # cp39 and cp310: the first digit is the major version.
            python = max(python, int(digits[0]) * 1000 + int(digits[1:] or 0))
    return (score, python, file.filename)
