"""One set of the user's lines over the published releases, as a problem for the solver."""

from __future__ import annotations

from kerlint.solving.incompatibility import Incompatibility
from kerlint.solving.terms import ABSENT, YES, highest, lowest
from kerlint.solving.universe import universe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kerlint.solving.knowing import Dependency, Index
    from kerlint.solving.requirements import Line
    from kerlint.solving.universe import Universe

    Demand = tuple[str, str, int, Dependency]


class World:
    """The packages as all runs for the same lines and places see them.

    `lines`   those that hold there, without those on packages of which nothing is known, and that
              nothing excludes
    `unknown` what the latter ask for

    `builds`  whether releases count that have to be built from source
    `narrow`  it is solved for all of the lines at once, and for no part of them
    """

    def __init__(
        self,
        lines: Sequence[Line],
        places: Sequence[tuple[str, str]],
        index: Index,
        builds: bool = True,
        narrow: bool = False,
    ) -> None:
        self.places = tuple(places)
        self.index = index
        self.builds = builds
        self.narrow = narrow
        self._universes: dict[str, Universe] = {}
        self._by_name: dict[str, list[Line]] = {}
        here = [line for line in lines if line.holds_for(places)]
        for line in here:
            self._by_name.setdefault(line.name, []).append(line)
        met = {name for name, ones in self._by_name.items() if self._is_met(name, ones)}
        self.lines = tuple(line for line in here if line.name not in met) if met else tuple(here)
        self.unknown = [line.name for line in here if line.name in met and not line.binds]

    def _is_met(self, name: str, lines: Sequence[Line]) -> bool:
        """Whether some version meets the line on it, whatever else is installed: nothing requires
        it, and the line is one and has one clause. A lock has thousands of them.
        """
        return (
            len(lines) == 1 and "," not in lines[0].specifier and self.index.package(name) is None
        )

    def knows(self, name: str) -> bool:
        """Whether it is known which releases of a package there are."""
        return name in self._universes or self.index.knows(name)

    def universe(self, name: str) -> Universe:
        found = self._universes.get(name)
        if found is None:
            here = self._by_name.get(name, ())
            found = self._universes[name] = universe(
                name, here, self.index, self.places, self.builds, self.narrow
            )
        return found


class Required:
    """Why: `carriers` of `package` (with `extra`) require `dependency`."""

    __slots__ = ("carriers", "dependency", "extra", "package")

    def __init__(self, package: str, extra: str, carriers: int, dependency: Dependency) -> None:
        self.package = package
        self.extra = extra
        self.carriers = carriers
        self.dependency = dependency


class NotHere:
    """Why: these `releases` of `package` do not install where it is solved for."""

    __slots__ = ("package", "releases")

    def __init__(self, package: str, releases: int) -> None:
        self.package = package
        self.releases = releases


class Withheld:
    """Why: pip takes these `releases` (pre-releases, withdrawn ones) only when asked for them."""

    __slots__ = ("package", "releases")

    def __init__(self, package: str, releases: int) -> None:
        self.package = package
        self.releases = releases


class Run:
    """The problem that `lines`, a part of the world's, pose.

    `oldest`     packages of which the oldest release is tried first, not the newest
    `near`       packages of which releases near to a set are tried first
    `conceded`   withheld releases that may be taken all the same
    """

    def __init__(
        self,
        world: World,
        lines: Sequence[Line],
        *,
        oldest: frozenset[str] = frozenset(),
        near: Mapping[str, Sequence[int]] | None = None,
        conceded: Mapping[str, int] | None = None,
    ) -> None:
        self.world = world
        self.lines = lines
        self._oldest = oldest
        self._near = near or {}
        self._conceded = conceded or {}
        self._by_name: dict[str, list[Line]] = {}
        for line in lines:
            self._by_name.setdefault(line.name, []).append(line)
        self._overridden = {line.name for line in lines if line.overrides}
        self._asked = {line.name for line in lines if not line.binds}
        self._told: dict[str, int] = {}
        self._waiting: dict[str, list[Demand]] = {}
        self._waited: set[str] = set()

    def start(self) -> list[Incompatibility]:
        found = []
        for line in self.lines:
            there = self.world.universe(line.name)
            if there.package is None and len(there.versions) == 1:
                continue  # Whatever it is, it can be had.
            fits = there.mask(line.specifier) & ~line.banned
            if line.name in self._overridden and not line.overrides:
                fits = there.full ^ ABSENT
            if line.binds:
                fits |= ABSENT
            if fits != there.full:
                found.append(Incompatibility(((line.name, there.full & ~fits),), line))
            if not line.binds:
                found += [
                    Incompatibility(((f"{line.name}[{extra}]", ABSENT),), line)
                    for extra in line.extras
                ]
        return found

    def full(self, package: str) -> int:
        return ABSENT | YES if package[-1] == "]" else self.world.universe(package).full

    def about(self, package: str) -> list[Incompatibility]:
        if package[-1] == "]":
            return []
        there = self.world.universe(package)
        found = []
        nowhere = there.full & ~there.installable & ~ABSENT
        if nowhere:
            found.append(Incompatibility(((package, nowhere),), NotHere(package, nowhere)))
        withheld = self.withheld(package) & ~self._conceded.get(package, 0)
        if withheld:
            found.append(Incompatibility(((package, withheld),), Withheld(package, withheld)))
        return found

    def withheld(self, package: str) -> int:
        """What pip does not take of it, so far as the user's lines tell."""
        there = self.world.universe(package)
        found = there.prereleases | there.yanked
        if not found:
            return 0
        lines = self._by_name.get(package, ())
        wanted = there.full & ~ABSENT & there.installable
        for line in lines:
            wanted &= there.mask(line.specifier)
        finals = wanted & ~there.prereleases
        if any(line.prereleases for line in lines) or not finals:
            found &= ~(there.prereleases & ~there.yanked)
        if any(line.exact for line in lines) and not wanted & ~there.yanked:
            found &= ~wanted
        return found

    def pick(self, package: str, among: int) -> int:
        if package[-1] == "]":
            return YES
        there = self.world.universe(package)
        best = among & ~there.prereleases & ~there.yanked or among & ~there.yanked or among
        for mask in self._near.get(package, ()):
            if best & mask:
                best &= mask
                break
        return lowest(best) if package in self._oldest else highest(best)

    def settles(self, package: str) -> bool:
        if package[-1] == "]":
            return True
        there = self.world.universe(package)
        return not there.leaf or (package in self._asked and there.known)

    def leads(self, package: str) -> bool:
        return package in self._near or package in self._oldest

    def requires(self, package: str) -> frozenset[str]:
        return self.world.universe(package.partition("[")[0]).wanted

    def expand(self, package: str, release: int) -> list[Incompatibility]:
        name, _, extra = package.partition("[")
        extra = extra[:-1]
        there = self.world.universe(name)
        told = self._told.get(package, 0)
        found = []
        for number, (dependency, carriers) in enumerate(there.rows(extra)):
            if told >> number & 1:
                continue
            if not extra and not carriers & release:
                continue
            told |= 1 << number
            demand = (name, extra, carriers, dependency)
            if not self._can_wait(demand):
                for one in (*self._waiting.pop(dependency.name, ()), demand):
                    found += self._required(*one)
        self._told[package] = told
        return found

    def _can_wait(self, demand: Demand) -> bool:
        """Whether it is met whatever else is chosen: the demand is on a package without known
        releases, and is the first on it, or its newest release meets all of them.
        """
        wanted = demand[3]
        name = wanted.name
        waiting = self._waiting.get(name)
        if waiting is None:
            if name in self._waited or wanted.extras or not self._is_alone(name):
                return False
            self._waited.add(name)
            self._waiting[name] = [demand]
            return True
        if wanted.extras or any(_bounds(one.specifier) for *_, one in (*waiting, demand)):
            return False
        waiting.append(demand)
        return True

    def _is_alone(self, name: str) -> bool:
        """Whether nobody but releases of other packages speaks of a package without releases."""
        return (
            name not in self._by_name
            and name not in self._overridden
            and not self.world.knows(name)
        )

    def _required(
        self, name: str, extra: str, carriers: int, dependency: Dependency
    ) -> list[Incompatibility]:
        wanted = dependency.name
        if not dependency.specifier and not dependency.extras and not self.world.knows(wanted):
            return []  # any version of it will do
        there = self.world.universe(wanted)
        fits = there.required(dependency)
        if wanted in self._overridden:
            fits = there.full ^ ABSENT
        whole = fits == there.full ^ ABSENT
        if there.package is None or (whole and there.package.synthetic and not dependency.extras):
            return []
        terms: tuple[tuple[str, int], ...] = ((name, carriers),)
        if extra:
            terms = (*terms, (f"{name}[{extra}]", YES))
        reason = Required(name, extra, carriers, dependency)
        found = []
        if wanted != name:
            found.append(Incompatibility((*terms, (wanted, there.full & ~fits)), reason))
        elif carriers & ~fits:
            found.append(Incompatibility(((name, carriers & ~fits), *terms[1:]), reason))
        found += [
            Incompatibility((*terms, (f"{wanted}[{other}]", ABSENT)), reason)
            for other in dependency.extras
            if wanted != name or other != extra
        ]
        return found


def _bounds(specifier: str) -> bool:
    """Whether it leaves out newer versions."""
    return "<" in specifier or "==" in specifier or "~=" in specifier
