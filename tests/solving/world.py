"""Small worlds of packages, and the user's lines on them."""

from __future__ import annotations

import re

from kerlint.diagnostics import Position, Span
from kerlint.knowledge.index.places import PLATFORMS, PYTHONS, bit
from kerlint.knowledge.index.specifiers import Ordered, mask_of, names_prerelease
from kerlint.knowledge.index.versions import is_prerelease
from kerlint.manifests.model import Requirement

REQUIREMENT = re.compile(r"([\w.-]+)(?:\[([\w,-]+)\])?\s*([^;]*?)\s*(?:;\s*(.*))?")
LINUX = "linux-x86_64"


class Dependency:
    def __init__(self, index, text, pythons=None):
        name, extras, specifier, extra = REQUIREMENT.fullmatch(text).groups()
        self.name = name
        self.specifier = specifier
        self.extras = tuple(extras.split(",")) if extras else ()
        self.extra = extra or ""
        self.pythons = pythons
        self._index = index

    @property
    def mask(self):
        return self._index.package(self.name).mask(self.specifier)

    @property
    def prereleases(self):
        return names_prerelease(self.specifier)

    @property
    def where(self):
        pythons = PYTHONS if self.pythons is None else self.pythons
        return sum(bit(python, platform) for python in pythons for platform in PLATFORMS)


class Package:
    synthetic = False
    unknown = 0

    def __init__(self, name, releases, pythons, yanked):
        self.name = name
        self.versions = tuple(releases)
        self._ordered = Ordered(self.versions)
        self.every = (2 << len(releases)) - 2
        self.prereleases = sum(2 << i for i, v in enumerate(releases) if is_prerelease(v))
        self.yanked = sum(2 << i for i, v in enumerate(releases) if v in yanked)
        self.sdists = 0
        self._pythons = pythons
        self.found = []

    def mask(self, specifier):
        return mask_of(specifier, self._ordered)

    def wheel_mask(self, python, platform):
        found = 0
        for number, version in enumerate(self.versions):
            if python in self._pythons.get(version, (python,)):
                found |= 2 << number
        return found

    def admits_python_mask(self, python):
        return self.every

    def installable_mask(self, python, platform):
        return self.wheel_mask(python, platform)

    def carriers(self, platform, among=-1, extra=None):
        return [row for row in self.found if extra is None or row[0].extra == extra]


class Index:
    """`{"a 1.0": ["b<2", "c; extra"], ...}`: releases in ascending order, with what they require.

    `pythons`  {"a 1.0": ("3.9", "3.10")}: those that a release is for, if not all
    `points`   {"x": ("0", "1", "2")}: versions that tell requirements apart on what has no releases
    """

    snapshot = "2026-11-21"

    def __init__(self, releases, *, pythons=None, yanked=(), points=None):
        by_name = {}
        self._points = points or {}
        for key, requires in releases.items():
            name, version = key.split()
            by_name.setdefault(name, {})[version] = requires
        self._packages = {}
        for name, versions in by_name.items():
            only = {
                key.split()[1]: found
                for key, found in (pythons or {}).items()
                if key.split()[0] == name
            }
            gone = [key.split()[1] for key in yanked if key.split()[0] == name]
            self._packages[name] = Package(name, list(versions), only, gone)
        for name, versions in self._points.items():
            self._packages[name] = Package(name, list(versions), {}, [])
            self._packages[name].synthetic = True
        for name, versions in by_name.items():
            masks = {}
            for number, requires in enumerate(versions.values()):
                for text in requires:
                    masks[text] = masks.get(text, 0) | 2 << number
            self._packages[name].found = [
                (Dependency(self, text), mask) for text, mask in masks.items()
            ]

    def package(self, name):
        return self._packages.get(name)

    def knows(self, name):
        return name in self._packages and name not in self._points


def lines(text, path="requirements.txt", role="requirement"):
    """One requirement for each line of the text."""
    found = []
    for number, line in enumerate(text.strip().splitlines(), 1):
        line = line.strip()
        name, extras, specifier, marker = REQUIREMENT.fullmatch(line).groups()
        place = Span(Position(number, 1), Position(number, len(line) + 1))
        found.append(
            Requirement(
                name,
                specifier,
                text=line,
                path=path,
                span=place,
                extras=tuple(sorted(extras.split(","))) if extras else (),
                marker=marker or "",
                role=role,
            )
        )
    return found
