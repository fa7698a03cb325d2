"""What solving needs to know of the published releases; `kerlint.knowledge.index` provides it.

Written down as protocols, so that the tests can solve over small worlds of their own. Sets are
ints: bit i + 1 is `versions[i]`, bit 0 is never set here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence


class Dependency(Protocol):
    """One requirement in the metadata of some releases.

    `extra`   the extra of the carrier that asks for it; "" for always
    `extras`  those of `name` that it asks for
    `mask`    the releases of `name` that fit, pre-releases among them
    `where`   the places where its marker holds, see `kerlint.knowledge.index.places`
    """

    @property
    def name(self) -> str: ...
    @property
    def specifier(self) -> str: ...
    @property
    def extra(self) -> str: ...
    @property
    def extras(self) -> tuple[str, ...]: ...
    @property
    def mask(self) -> int: ...
    @property
    def prereleases(self) -> bool: ...
    @property
    def where(self) -> int: ...


class Package(Protocol):
    """All releases of one distribution.

    `synthetic`  no release is known; `versions` are points that the requirements can tell apart
    `unknown`    releases of which it is not known what they require
    """

    @property
    def name(self) -> str: ...
    @property
    def versions(self) -> tuple[str, ...]: ...
    @property
    def synthetic(self) -> bool: ...
    @property
    def every(self) -> int: ...
    @property
    def prereleases(self) -> int: ...
    @property
    def yanked(self) -> int: ...
    @property
    def unknown(self) -> int: ...
    def mask(self, specifier: str) -> int: ...
    def admits_python_mask(self, python: str) -> int: ...
    def wheel_mask(self, python: str, platform: str) -> int: ...
    def installable_mask(self, python: str, platform: str) -> int: ...
    def carriers(
        self, platform: str, among: int = -1, extra: str | None = None
    ) -> Sequence[tuple[Dependency, int]]: ...


class Index(Protocol):
    """The packages of which something is known, at one date."""

    @property
    def snapshot(self) -> str: ...
    def package(self, name: str) -> Package | None: ...
    def knows(self, name: str) -> bool: ...
