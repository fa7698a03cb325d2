"""Which packages are read, and how."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
KINDS = ("leaf", "plain", "platforms")


@dataclass(frozen=True)
class Listed:
    """A line of packages.tsv.

    `kind`  `leaf`: no requirement of it matters, none is read; `plain`: all wheels of a release
            say the same, one is read; `platforms`: the wheels of a release differ by platform
    """

    name: str
    kind: str


def listed() -> dict[str, Listed]:
    """All packages by name, in alphabetical order."""
    found = {}
    for line in (HERE / "packages.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, kind = line.split("\t")[:2]
            if kind not in KINDS:
                raise ValueError(f"packages.tsv: {name}: {kind} is none of {', '.join(KINDS)}")
            found[name] = Listed(name, kind)
    return dict(sorted(found.items()))


def overrides() -> dict[tuple[str, str], tuple[str, ...]]:
    """Requirements written by hand, by package and release."""
    found = {}
    for line in (HERE / "overrides.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, versions, requirements, _evidence = line.split("\t")
            for version in versions.split(","):
                lines = tuple(part.strip() for part in requirements.split("|"))
                found[name, version] = tuple(part for part in lines if part)
    return found
