"""The data file, read once a process; of a package, only when somebody asks for it.

Nine sections, parted by a line with a form feed; numbers count lines of the section named:

    header         `snapshot 2026-11-21`, then `pythons ...` and `platforms ...`
    matrices       sets of places in hexadecimal, see `places`
    pythons        `>=3.9 TAB hexadecimal set`: the bit of a Python is its number in `PYTHONS`
    markers        `text TAB matrix`
    specifiers     `package TAB text TAB releases`
    requirements   `specifier SPACE marker SPACE extra SPACE extras`, `-` for none
    lists          numbers of requirements, parted by spaces
    packages       `name TAB versions TAB pythons TAB matrices TAB pre-releases TAB sdists TAB
                   unknown TAB yanked TAB lists`, the third, fourth and last being columns
    synthetic      `name TAB versions`
"""

from __future__ import annotations

import os
import zlib

from kerlint.knowledge.index import places
from kerlint.knowledge.index.codes import mask_of
from kerlint.knowledge.index.package import Dependency, Package, fields_of

FILE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "data", "index.z")
SECTION = "\n\f\n"

_loaded: Index | None = None


def load() -> Index:
    """The index that is shipped; read at the first call."""
    global _loaded
    if _loaded is None:
        with open(FILE, "rb") as file:
            _loaded = Index(zlib.decompress(file.read()).decode())
    return _loaded


class Index:
    """All packages of the snapshot.

    `snapshot`   the day it was made, `2026-11-21`
    `matrices`   sets of places
    `pythons`    each Requires-Python with the set of Pythons that it admits
    """

    def __init__(self, text: str) -> None:
        sections = [part.split("\n") if part else [] for part in text.split(SECTION)]
        header, matrices, pythons, self._markers, specifiers = sections[:5]
        self._requirement_lines, self._list_lines, packages, synthetic = sections[5:]
        facts = dict(line.split(" ", 1) for line in header)
        self.snapshot = facts["snapshot"]
        if facts["pythons"] != " ".join(places.PYTHONS) or facts["platforms"] != " ".join(
            places.PLATFORMS
        ):
            raise ValueError("index.z was written for other Pythons or platforms")
        self.matrices = [int(line, 16) for line in matrices]
        self.pythons = [
            (text, int(admitted, 16))
            for text, _, admitted in (line.partition("\t") for line in pythons)
        ]
        self._specifiers = specifiers
        self._lines = {line[: line.index("\t")]: line for line in packages}
        self._synthetic = {line[: line.index("\t")]: line for line in synthetic}
        self._packages: dict[str, Package | None] = {}
        self._masks: dict[str, str] | None = None
        self._dependencies: dict[str, Dependency] = {}
        self._lists: dict[tuple[str, str], tuple[Dependency, ...]] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """Packages of which every release is known, sorted."""
        return tuple(self._lines)

    def package(self, name: str) -> Package | None:
        """By its normalised name: with its releases, or a synthetic one if only requirements
        speak of it; None if nothing does."""
        try:
            return self._packages[name]
        except KeyError:
            pass
        line = self._lines.get(name)
        if line is not None:
            package: Package | None = Package(self, line.split("\t"))
        elif name in self._synthetic:
            _, _, versions = self._synthetic[name].partition("\t")
            package = Package(self, fields_of(name, tuple(versions.split(" "))))
        else:
            package = None
        self._packages[name] = package
        return package

    def knows(self, name: str) -> bool:
        """Whether its releases are known."""
        return name in self._lines

    def mask(self, name: str, specifier: str) -> int | None:
        """The releases of `name` that fit, where a published requirement says so; else None."""
        if self._masks is None:
            self._masks = dict([line.rsplit("\t", 1) for line in self._specifiers])
        ranges = self._masks.get(f"{name}\t{specifier}")
        return None if ranges is None else mask_of(ranges)

    def requirement_list(self, code: str, platform: str) -> tuple[Dependency, ...]:
        """For `Package`: those of a list that can apply on a platform. `-` for none."""
        if code == "-":
            return ()
        found = self._lists.get((code, platform))
        if found is None:
            here = places.on(platform)
            known = self._dependencies
            listed = [
                known.get(number) or self._dependency(number)
                for number in self._list_lines[int(code)].split(" ")
                if number
            ]
            found = tuple(dependency for dependency in listed if dependency.where & here)
            self._lists[code, platform] = found
        return found

    def _dependency(self, number: str) -> Dependency:
        specifier, marker, extra, extras = self._requirement_lines[int(number)].split(" ")
        name, text, _ = self._specifiers[int(specifier)].split("\t")
        condition, _, matrix = self._markers[int(marker)].partition("\t")
        found = self._dependencies[number] = Dependency(
            self,
            name,
            text,
            "" if extra == "-" else extra,
            () if extras == "-" else tuple(extras.split(",")),
            condition,
            self.matrices[int(matrix)],
        )
        return found
