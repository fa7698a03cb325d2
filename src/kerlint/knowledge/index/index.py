"""The data file, read once a process; of a package, only when somebody asks for it.

Nine sections, parted by a line with a form feed; numbers count lines of the section named:

    header         `snapshot 2026-11-21`, then `pythons ...` and `platforms ...`
    matrices       sets of places in hexadecimal, see `places`
    pythons        `>=3.9 TAB hexadecimal set`: the bit of a Python is its number in `PYTHONS`
    markers        `text TAB matrix`
    specifiers     `package TAB text TAB releases`
    requirements   `specifier SPACE marker SPACE extra SPACE extras`, `-` for none
    lists          numbers of requirements, parted by spaces; those of extras after a `|`
    packages       `name TAB versions TAB pythons TAB matrices TAB pre-releases TAB sdists TAB
                   unknown TAB yanked TAB lists`: the third and fourth are columns as sets, the last
                   one is a column, see `codes`; the three after the fourth are bits in hexadecimal
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
EXTRAS = "|"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
        parts = text.split(SECTION)
        sections = [part.split("\n") if part else [] for part in parts]
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
        self._specifier_text = f"\n{parts[4]}\n"
        self._lines = {line[: line.index("\t")]: line for line in packages}
        self._synthetic = {line[: line.index("\t")]: line for line in synthetic}
        self._packages: dict[str, Package | None] = {}
        self._dependencies: dict[str, Dependency] = {}
        self._where: dict[str, tuple[str, int]] = {}
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
        key = f"\n{name}\t{specifier}\t"
        start = self._specifier_text.find(key)
        if start < 0:
            return None
        start += len(key)
        return mask_of(self._specifier_text[start : self._specifier_text.index("\n", start)])

    def numbers(self, code: str, extra: str | None = None) -> Sequence[str]:
        """For `Package`: the numbers of the requirements of a list, in its order; `-` for none.

        `extra`: of "" only those that are always required, without those of extras.
        """
        listed = "" if code == "-" else self._list_lines[int(code)]
        always, _, of_extras = listed.partition(EXTRAS)
        if extra == "" or not of_extras:
            return always.split(" ") if always else ()
        return (f"{always} {of_extras}" if always else of_extras).split(" ")

    def dependencies(
        self, numbered: Iterable[tuple[str, int]], platform: str, extra: str | None = None
    ) -> Iterator[tuple[Dependency, int]]:
        """For `Package`: those with these numbers that can apply on a platform, each with what it
        was given with.

        `extra`: only those of it, of which "" has been left to `numbers`; None for all.
        """
        here = places.on(platform)
        known = self._dependencies
        for number, given in numbered:
            if extra and self._requirement_lines[int(number)].split(" ", 3)[2] != extra:
                continue
            dependency = known.get(number) or self._dependency(number)
            if dependency.where & here:
                yield dependency, given

    def requirement_list(self, code: str, platform: str) -> tuple[Dependency, ...]:
        """For `Package`: those of a list that can apply on a platform. `-` for none."""
        found = self._lists.get((code, platform))
        if found is None:
            numbered = [(number, 0) for number in self.numbers(code)]
            found = tuple(one for one, _ in self.dependencies(numbered, platform))
            self._lists[code, platform] = found
        return found

    def _dependency(self, number: str) -> Dependency:
        specifier, marker, extra, extras = self._requirement_lines[int(number)].split(" ")
        name, text, releases = self._specifiers[int(specifier)].split("\t")
        where = self._where.get(marker)
        if where is None:
            condition, _, matrix = self._markers[int(marker)].partition("\t")
            where = self._where[marker] = condition, self.matrices[int(matrix)]
        found = self._dependencies[number] = Dependency(
            name,
            text,
            releases,
            "" if extra == "-" else extra,
            () if extras == "-" else tuple(extras.split(",")),
            *where,
        )
        return found
