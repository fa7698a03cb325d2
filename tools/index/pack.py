"""The data file out of the dump. The same dump always gives the same bytes."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from pathlib import Path

from packaging.specifiers import SpecifierSet
from packaging.version import Version

from kerlint.knowledge.index.codes import ranges_of, text_of, text_of_sets
from kerlint.knowledge.index.index import EXTRAS, FILE, SECTION
from kerlint.knowledge.index.places import PLATFORMS, PYTHONS
from kerlint.knowledge.index.synthetic import points
from tools.index import record
from tools.index.record import Record, Release
from tools.index.requirements import Part, parts_of
from tools.index.tags import pythons_of

TARGET = Path(FILE)


class Numbers:
    """Lines of a section in the order of their first use."""

    def __init__(self) -> None:
        self.lines: dict[str, int] = {}

    def __getitem__(self, line: str) -> str:
        return str(self.lines.setdefault(line, len(self.lines)))


def pack(folder: Path = record.DUMP, target: Path = TARGET) -> int:
    """Writes the file; its size in bytes."""
    records = [
        found
        for path in sorted(folder.glob("*.txt"))
        if (found := record.read(path.stem, folder)) is not None
    ]
    data = zlib.compress(text_of_index(records).encode(), 9)
    target.write_bytes(data)
    return len(data)


def text_of_index(records: list[Record]) -> str:
    """The text that `kerlint.knowledge.index` reads."""
    return Packing(records).text()


class Packing:
    """The sections while they grow."""

    def __init__(self, records: list[Record]) -> None:
        self._records = sorted(records, key=lambda found: found.name)
        self._versions = {
            found.name: [release.version for release in found.releases] for found in records
        }
        self._matrices = Numbers()
        self._pythons = Numbers()
        self._markers = Numbers()
        self._specifiers = Numbers()
        self._requirements = Numbers()
        self._lists = Numbers()
        self._parts: dict[str, list[Part]] = {}

    def text(self) -> str:
        packages = [self._package(found) for found in self._records]
        pairs = [line.split("\t") for line in self._specifiers.lines]
        outside: dict[str, list[str]] = {}
        for name, specifier in pairs:
            if name not in self._versions:
                outside.setdefault(name, []).append(specifier)
        for name, texts in outside.items():
            self._versions[name] = list(points(texts))
        parsed = {name: [Version(v) for v in found] for name, found in self._versions.items()}
        specifiers = [
            f"{name}\t{specifier}\t{_fitting(specifier, parsed[name])}" for name, specifier in pairs
        ]
        synthetic = [f"{name}\t{' '.join(self._versions[name])}" for name in sorted(outside)]
        pythons = [f"{text}\t{pythons_of(text):x}" for text in self._pythons.lines]
        header = [
            f"snapshot {min((found.snapshot for found in self._records), default='')}",
            f"pythons {' '.join(PYTHONS)}",
            f"platforms {' '.join(PLATFORMS)}",
        ]
        sections: list[Iterable[str]] = [
            header,
            self._matrices.lines,
            pythons,
            self._markers.lines,
            specifiers,
            self._requirements.lines,
            self._lists.lines,
            packages,
            synthetic,
        ]
        return SECTION.join("\n".join(lines) for lines in sections)

    def _package(self, found: Record) -> str:
        releases = found.releases
        columns = (
            " ".join(release.version for release in releases),
            text_of_sets([self._pythons[release.python] for release in releases]),
            text_of_sets([self._matrices[f"{release.wheels:x}"] for release in releases]),
            _bits(Version(release.version).is_prerelease for release in releases),
            _bits(release.sdist for release in releases),
            _bits(release.requires is None for release in releases),
            "\r".join(
                f"{number}={release.yanked}"
                for number, release in enumerate(releases)
                if release.yanked is not None
            ),
            text_of([self._list_of(release) for release in releases]),
        )
        return "\t".join((found.name, *columns))

    def _list_of(self, release: Release) -> str:
        requires = release.requires or {}
        code = self._list(requires.get("", ()))
        for platforms, lines in requires.items():
            if platforms:
                numbers = "-".join(str(PLATFORMS.index(name)) for name in platforms.split(","))
                code += f"/{numbers}:{self._list(lines)}"
        return code

    def _list(self, lines: tuple[str, ...]) -> str:
        if not lines:
            return "-"
        parts = self._parts_of(lines)
        always = " ".join(self._requirement(part) for part in parts if not part.extra)
        of_extras = " ".join(self._requirement(part) for part in parts if part.extra)
        return self._lists[f"{always}{EXTRAS}{of_extras}" if of_extras else always]

    def _parts_of(self, lines: tuple[str, ...]) -> list[Part]:
        parts: list[Part] = []
        for line in lines:
            if line not in self._parts:
                self._parts[line] = parts_of(line)
            parts.extend(self._parts[line])
        return list(dict.fromkeys(parts))

    def _requirement(self, part: Part) -> str:
        specifier = self._specifiers[f"{part.name}\t{part.specifier}"]
        marker = self._markers[f"{part.marker}\t{self._matrices[f'{part.where:x}']}"]
        extras = ",".join(part.extras)
        return self._requirements[f"{specifier} {marker} {part.extra or '-'} {extras or '-'}"]


def _bits(flags: Iterable[bool]) -> str:
    return f"{sum(2 << number for number, flag in enumerate(flags) if flag):x}"


def _numbers(flags: Iterable[bool]) -> str:
    return ranges_of(sum(2 << number for number, flag in enumerate(flags) if flag))


def _fitting(specifier: str, versions: list[Version]) -> str:
    admitted = SpecifierSet(specifier)
    return _numbers(admitted.contains(version, prereleases=True) for version in versions)
