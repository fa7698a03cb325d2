"""What is known of one release, and the text file of a package.

    keras as of 2026-11-21

    3.5.0
    python >=3.9
    wheels * 3.4-3.15
    sdist
    requires absl-py
    requires numpy

One paragraph a release, ascending. `wheels PLATFORMS PYTHONS` says where a wheel can be installed.
`yanked REASON`. `requires`, or `requires[PLATFORMS]` where the wheels of a release differ; `as
VERSION` stands for the same requirements as that release has. `unread`: what it requires is not
known. `dropped` is a published line that no tool can read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from kerlint.knowledge.index.places import PLATFORMS, PYTHONS, bit, on
from tools.index.packages import HERE

DUMP = HERE / "dump"
Lines = tuple[str, ...]


@dataclass
class Release:
    """`wheels` is a set of places; `requires` canonical lines by platform, "" for all of them;
    None where they are not known; `yanked` the reason, None if it is not."""

    version: str
    python: str = ""
    wheels: int = 0
    sdist: bool = False
    yanked: str | None = None
    requires: dict[str, Lines] | None = None
    dropped: Lines = ()


@dataclass
class Record:
    """A package; its releases ascending."""

    name: str
    snapshot: str
    releases: list[Release] = field(default_factory=list)


def write(record: Record, folder: Path = DUMP) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{record.name}.part"
    part.write_text(text_of(record), encoding="utf-8")
    part.rename(folder / f"{record.name}.txt")


def read(name: str, folder: Path = DUMP) -> Record | None:
    path = folder / f"{name}.txt"
    return record_of(path.read_text(encoding="utf-8")) if path.exists() else None


def text_of(record: Record) -> str:
    paragraphs = [f"{record.name} as of {record.snapshot}"]
    same: dict[tuple[tuple[str, Lines], ...], str] = {}
    for release in record.releases:
        lines = [release.version]
        if release.python:
            lines.append(f"python {release.python}")
        lines.extend(_wheels(release.wheels))
        if release.sdist:
            lines.append("sdist")
        if release.yanked is not None:
            lines.append(f"yanked {release.yanked}".rstrip())
        if release.requires is None:
            lines.append("unread")
        elif release.requires:
            key = tuple(sorted(release.requires.items()))
            if key in same:
                lines.append(f"as {same[key]}")
            else:
                same[key] = release.version
                for platforms, requirements in key:
                    word = f"requires[{platforms}]" if platforms else "requires"
                    lines.extend(f"{word} {line}".rstrip() for line in requirements or ("",))
        lines.extend(f"dropped {line}" for line in release.dropped)
        paragraphs.append("\n".join(lines))
    return "\n\n".join(paragraphs) + "\n"


def record_of(text: str) -> Record:
    """The other way round; ValueError for a line that is not understood."""
    head, *paragraphs = text.rstrip("\n").split("\n\n")
    name, _, snapshot = head.partition(" as of ")
    record = Record(name, snapshot)
    by_version: dict[str, Release] = {}
    for paragraph in paragraphs:
        version, *lines = paragraph.split("\n")
        release = by_version[version] = Release(version, requires={})
        record.releases.append(release)
        for line in lines:
            _read_line(release, line, by_version)
    return record


def _read_line(release: Release, line: str, known: dict[str, Release]) -> None:
    word, _, rest = line.partition(" ")
    if word == "python":
        release.python = rest
    elif word == "wheels":
        release.wheels |= _places(rest)
    elif word == "sdist":
        release.sdist = True
    elif word == "yanked":
        release.yanked = rest
    elif word == "unread":
        release.requires = None
    elif word == "as":
        release.requires = known[rest].requires
    elif word == "dropped":
        release.dropped = (*release.dropped, rest)
    elif word.startswith("requires") and release.requires is not None:
        platforms = word[9:-1]
        earlier = release.requires.get(platforms, ())
        release.requires[platforms] = (*earlier, rest) if rest else earlier
    else:
        raise ValueError(f"{release.version}: {line!r}")


def _wheels(where: int) -> list[str]:
    """One line for each set of Pythons: `wheels linux-x86_64,linux-aarch64 3.9-3.12`."""
    by_pythons: dict[str, list[str]] = {}
    for platform in PLATFORMS:
        pythons = [python for python in PYTHONS if where & bit(python, platform)]
        if pythons:
            by_pythons.setdefault(_runs(pythons), []).append(platform)
    return [
        f"wheels {'*' if len(platforms) == len(PLATFORMS) else ','.join(platforms)} {pythons}"
        for pythons, platforms in by_pythons.items()
    ]


def _runs(pythons: list[str]) -> str:
    numbers = [PYTHONS.index(python) for python in pythons]
    runs: list[list[int]] = []
    for number in numbers:
        # 2.7 and 3.4 are neighbours in the list, not in the world.
        if runs and runs[-1][-1] == number - 1 and number != 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ",".join(
        PYTHONS[run[0]] if len(run) == 1 else f"{PYTHONS[run[0]]}-{PYTHONS[run[-1]]}"
        for run in runs
    )


def _places(text: str) -> int:
    platforms, _, pythons = text.partition(" ")
    where = 0
    for platform in PLATFORMS if platforms == "*" else platforms.split(","):
        for run in pythons.split(","):
            first, _, last = run.partition("-")
            start, stop = PYTHONS.index(first), PYTHONS.index(last or first)
            for python in PYTHONS[start : stop + 1]:
                where |= bit(python, platform) & on(platform)
    return where
