"""Which packages are read, and which half each belongs to."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

LIST = Path(__file__).parent / "packages.toml"


class Package(NamedTuple):
    """One release of one distribution.

    `half` is "A" (may be looked at while kerlint is tuned) or "B" (held out).
    """

    name: str
    version: str
    half: str

    @property
    def folder(self) -> str:
        """The name of its folder in the cache."""
        return f"{self.name}-{self.version}"


def read_toml(path: Path) -> dict[str, Any]:
    """The content of a TOML file."""
    with path.open("rb") as file:
        return tomllib.load(file)


def load_packages(path: Path = LIST) -> list[Package]:
    """All packages, in the order of their names."""
    versions: dict[str, str] = read_toml(path)["packages"]
    halves = halves_of(versions)
    return [Package(name, version, halves[name]) for name, version in sorted(versions.items())]


def halves_of(names: Iterable[str]) -> dict[str, str]:
    """A and B in turn, in the order of the hashes of the names.

    The hash keeps families of names (keras-*, tf-*) from falling into one half, and taking turns
    keeps the halves equal. Adding a package can move others: halves are of one list.
    """
    ordered = sorted(names, key=_digest)
    return {name: "AB"[place % 2] for place, name in enumerate(ordered)}


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()
