"""What one solve sees of a package: its releases, and what they require where it solves."""

from __future__ import annotations

from kerlint.knowledge.index.places import bit
from kerlint.knowledge.index.specifiers import Ordered
from kerlint.knowledge.index.specifiers import mask_of as _mask_of
from kerlint.knowledge.index.synthetic import points
from kerlint.knowledge.index.versions import parse
from kerlint.solving.python import installable
from kerlint.solving.requirements import newest_named
from kerlint.solving.terms import ABSENT, every

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kerlint.solving.knowing import Dependency, Index, Package
    from kerlint.solving.requirements import Line

    Rows = Callable[[str | None], Sequence[tuple[Dependency, int]]]

CUDA = ("nvidia-", "cuda-", "triton", "pytorch-triton")
"""Packages that only the wheels of the package index require: a build from elsewhere may not."""

AS_PUBLISHED = frozenset(("keras", "tf-keras", "tensorboard", "tensorflow-estimator"))
"""What builds of conda require as published, for it is Python alone and belongs together. Bounds
on all else are those of conda's own builds: https://conda-forge.org/docs/maintainer/pinning_deps/
"""


class Universe:
    """`package`   None where nothing is known of its releases
    `versions`   ascending; points that tell the requirements apart where no release is known
    `full`       all of them, and absence
    `prereleases`, `yanked`  what pip takes only when asked
    `installable`  on all of (relaxed: any of) the places that are solved for
    `unjudged`   nothing that others require of it is held against it: it is newer than what is
                 known, or its version cannot be known
    `rows`       what its releases require there: each dependency with those that have it
    """

    __slots__ = (
        "_make",
        "_masks",
        "_ordered",
        "_rows",
        "_wanted",
        "beyond",
        "full",
        "installable",
        "name",
        "package",
        "prereleases",
        "unjudged",
        "versions",
        "yanked",
    )

    def __init__(
        self, name: str, package: Package | None, versions: tuple[str, ...], unjudged: bool
    ) -> None:
        self.name = name
        self.package = package
        self.versions = versions
        self.full = every(len(versions))
        self.unjudged = unjudged
        self.beyond = False
        self.prereleases = 0
        self.yanked = 0
        self.installable = self.full ^ ABSENT
        self._make: Rows | None = None
        self._rows: dict[str | None, Sequence[tuple[Dependency, int]]] = {}
        self._masks: dict[str, int] = {}
        self._ordered: Ordered | None = None
        self._wanted: frozenset[str] | None = None

    @property
    def known(self) -> bool:
        """Whether its versions are releases, and not only points."""
        return self.package is not None and not self.unjudged and not self.package.synthetic

    @property
    def wanted(self) -> frozenset[str]:
        """The packages that its releases require, each of some."""
        if self._wanted is None:
            self._wanted = frozenset(one.name for one, _ in self.rows() if one.name != self.name)
        return self._wanted

    @property
    def leaf(self) -> bool:
        """Whether no release of it requires anything that is known."""
        return not self.rows() and not self.rows(None)

    def rows(self, extra: str | None = "") -> Sequence[tuple[Dependency, int]]:
        """What its releases require always, or with an extra; with any for None."""
        found = self._rows.get(extra)
        if found is None:
            found = self._rows[extra] = () if self._make is None else self._make(extra)
        return found

    def mask(self, specifier: str) -> int:
        """The releases that fit, pre-releases among them."""
        if self.package is not None and self.known:
            return self.package.mask(specifier)
        if len(self.versions) == 1:
            return self.full ^ ABSENT
        found = self._masks.get(specifier)
        if found is None:
            if self._ordered is None:
                self._ordered = Ordered(self.versions)
            found = self._masks[specifier] = _mask_of(specifier, self._ordered)
        return found

    def required(self, dependency: Dependency) -> int:
        """The releases that fit what another package requires of this one."""
        if self.unjudged:
            return self.full ^ ABSENT
        if self.package is not None and not self.package.synthetic:
            return dependency.mask
        return self.mask(dependency.specifier)


def universe(
    name: str,
    lines: Sequence[Line],
    index: Index,
    places: Sequence[tuple[str, str]],
    builds: bool,
    narrow: bool = False,
) -> Universe:
    """How a package looks from these places, to these lines on it.

    `narrow`  all of the lines will hold: what other releases require need not be read

    With several places, releases count as installable that are so on any, and requirements that
    hold on all: what cannot be solved then can be solved on none of them.
    """
    package = index.package(name)
    asked = [line.specifier for line in lines]
    if package is None:
        return Universe(name, None, points(asked), True)
    if package.synthetic:
        return Universe(name, package, _with_points(package.versions, asked), False)
    elsewhere = any(line.elsewhere for line in lines)
    foreign = any(line.foreign for line in lines)
    if (elsewhere and not any(line.specifier for line in lines if line.elsewhere)) or any(
        _beyond(package, line) for line in lines
    ):
        found = Universe(name, package, points(asked), True)
        found.beyond = not elsewhere
        return found
    found = Universe(name, package, package.versions, False)
    found.prereleases = package.prereleases
    found.yanked = package.yanked
    if not foreign:
        found.installable = 0
        for python, platform in places:
            found.installable |= installable(package, python, platform, builds)
    if not elsewhere and not any(line.alone for line in lines):
        conda = any(line.requirement.ecosystem == "conda" for line in lines)
        among = found.installable
        if narrow:
            overrides = [line for line in lines if line.overrides]
            for line in overrides or lines:
                among &= package.mask(line.specifier)

        def make(extra: str | None) -> Sequence[tuple[Dependency, int]]:
            rows = _rows(package, places, among, extra)
            if conda:
                return [row for row in rows if row[0].name in AS_PUBLISHED]
            if foreign:
                return [row for row in rows if not row[0].name.startswith(CUDA)]
            return rows

        found._make = make
    return found


def _rows(
    package: Package, places: Sequence[tuple[str, str]], installable: int, extra: str | None
) -> list[tuple[Dependency, int]]:
    platforms = dict.fromkeys(platform for _, platform in places)
    carried: dict[Dependency, int] = {}
    for number, platform in enumerate(platforms):
        where = 0
        for place in places:
            if place[1] == platform:
                where |= bit(*place)
        here = {
            dependency: mask
            for dependency, mask in package.carriers(platform, installable, extra)
            if not where & ~dependency.where
        }
        if not number:
            carried = here
        else:
            carried = {
                one: mask & here[one] for one, mask in carried.items() if mask & here.get(one, 0)
            }
    return list(carried.items())


def _beyond(package: Package, line: Line) -> bool:
    """Whether the line asks for a release that is newer than all that are known, or one that the
    package index need not have."""
    if package.mask(line.specifier):
        return False
    if line.requirement.ecosystem == "conda":
        return True
    newest = parse(package.versions[-1])
    for version in newest_named(line.specifier):
        named = parse(version)
        if (
            named is not None
            and newest is not None
            and named[0] > newest[0]
            and _mask_of(line.specifier, Ordered((version,)))
        ):
            return True
    return False


def _with_points(versions: tuple[str, ...], asked: Sequence[str]) -> tuple[str, ...]:
    """Points that tell these specifiers apart, too."""
    known = [f"=={version}" for version in versions]
    return points([*known, *asked]) if any(asked) else versions
