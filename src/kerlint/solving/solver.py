"""PubGrub over bit sets: decide, propagate, learn from each contradiction, jump back.

The algorithm is Natalie Weizenbaum's (https://nex3.medium.com/pubgrub-2fb6470504f); terms with a
sign are not needed, see `terms`. Nothing recurses, and the number of steps is bounded.
"""

from __future__ import annotations

from kerlint.solving.incompatibility import Incompatibility, resolved
from kerlint.solving.terms import ABSENT, is_single

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Protocol

    class Problem(Protocol):
        """What is to be solved."""

        def start(self) -> Iterable[Incompatibility]:
            """What is asked for."""

        def full(self, package: str) -> int:
            """All releases of a package, and absence."""

        def about(self, package: str) -> Iterable[Incompatibility]:
            """Facts on one package alone; asked once, when it is first mentioned."""

        def pick(self, package: str, among: int) -> int:
            """The release to try first, as a set of one."""

        def expand(self, package: str, release: int) -> Sequence[Incompatibility]:
            """What the release requires, as far as it has not been told before."""

        def settles(self, package: str) -> bool:
            """Whether its release has to be decided: it may require something, or is asked for."""

        def leads(self, package: str) -> bool:
            """Whether its release is to be decided before all others."""

        def requires(self, package: str) -> frozenset[str]:
            """The packages that any of its releases requires."""


class _Step:
    """`package` was narrowed from `before` to `after`; `cause` is None for a decision."""

    __slots__ = ("after", "before", "cause", "level", "package")

    def __init__(
        self, package: str, before: int, after: int, level: int, cause: Incompatibility | None
    ) -> None:
        self.package = package
        self.before = before
        self.after = after
        self.level = level
        self.cause = cause


class Solver:
    """One run over one problem.

    After `run`: `solution` (chosen release of each package, as sets of one), or `contradiction`
    (an incompatibility without terms, whose parents are the proof), or neither: out of steps.
    """

    def __init__(self, problem: Problem, limit: int) -> None:
        self.solution: dict[str, int] | None = None
        self.contradiction: Incompatibility | None = None
        self.steps = 0
        self._problem = problem
        self._limit = limit
        self._domains: dict[str, int] = {}
        self._by_package: dict[str, list[Incompatibility]] = {}
        self._history: dict[str, list[int]] = {}
        self._trail: list[_Step] = []
        self._level = 0
        self._dirty: dict[str, None] = {}
        self._settled: dict[str, int] = {}
        self._trouble: dict[str, int] = {}
        self._settling: list[str] = []

    def run(self) -> None:
        for fact in self._problem.start():
            self._add(fact)
        while self.steps < self._limit:
            self.steps += 1
            broken = self._propagate()
            if broken is not None:
                if not self._learn(broken):
                    return
                continue
            package = self._next()
            if package is None:
                self.solution = self._finished()
                return
            domain = self._domains[package]
            release = self._problem.pick(package, domain)
            fresh = self._problem.expand(package, release)
            for fact in fresh:
                self._add(fact)
            if fresh:
                # They may already exclude the release: then it need not be decided at all.
                continue
            if domain != release:
                self._level += 1
                self._narrow(package, release, None)
            self._settled[package] = release

    def _add(self, one: Incompatibility) -> None:
        for package, _ in one.terms:
            if package not in self._domains:
                self._domains[package] = self._problem.full(package)
                self._by_package[package] = []
                self._history[package] = []
                if self._problem.settles(package):
                    self._settling.append(package)
                for fact in self._problem.about(package):
                    self._by_package[package].append(fact)
            self._by_package[package].append(one)
            self._dirty[package] = None

    def _propagate(self) -> Incompatibility | None:
        """Draw every conclusion; the incompatibility whose terms all hold, if there is one."""
        domains = self._domains
        dirty = self._dirty
        while dirty:
            package = next(iter(dirty))
            del dirty[package]
            for one in reversed(self._by_package[package]):
                left = ""
                left_mask = 0
                for name, mask in one.terms:
                    domain = domains[name]
                    inside = domain & mask
                    if not inside:
                        break
                    if inside != domain:
                        if left:
                            break
                        left = name
                        left_mask = domain ^ inside
                else:
                    if not left:
                        dirty[package] = None
                        return one
                    self._narrow(left, left_mask, one)
        return None

    def _narrow(self, package: str, after: int, cause: Incompatibility | None) -> None:
        self._history[package].append(len(self._trail))
        self._trail.append(_Step(package, self._domains[package], after, self._level, cause))
        self._domains[package] = after
        self._dirty[package] = None

    def _satisfier(self, package: str, mask: int) -> int:
        """Index of the first step after which the package lies within `mask`; -1 if it always did."""
        if mask == self._problem.full(package):
            return -1
        for index in self._history[package]:
            if not self._trail[index].after & ~mask:
                return index
        return -1

    def _learn(self, broken: Incompatibility) -> bool:
        """Find out what led here, undo as much as that allows; False: nothing can be undone."""
        while broken.terms:
            latest, package = -1, ""
            previous = 0
            for name, mask in broken.terms:
                index = self._satisfier(name, mask)
                if index > latest:
                    if latest >= 0:
                        previous = max(previous, self._trail[latest].level)
                    latest, package = index, name
                elif index >= 0:
                    previous = max(previous, self._trail[index].level)
            if latest < 0:
                # It holds whatever is chosen.
                broken = Incompatibility((), None, (broken,))
                break
            step = self._trail[latest]
            self._trouble[package] = self._trouble.get(package, 0) + 1
            if step.cause is None or previous < step.level:
                self._back(previous)
                if broken.parents:
                    self._add(broken)
                else:
                    self._dirty.update(dict.fromkeys(name for name, _ in broken.terms))
                return True
            broken = resolved(broken, step.cause, package, self._problem.full(package))
        self.contradiction = broken
        return False

    def _back(self, level: int) -> None:
        while self._trail and self._trail[-1].level > level:
            step = self._trail.pop()
            self._domains[step.package] = step.before
            self._history[step.package].pop()
            self._settled.pop(step.package, None)
            self._dirty[step.package] = None
        self._level = level

    def _next(self) -> str | None:
        """The package to settle next: pinned ones first, then in the order of mention.

        What keeps leading into contradictions comes early, as long experience teaches. What others
        may still require waits for them: pip gives it another release when they bound it.
        """
        open_ones = []
        best_rank = 0
        for package in self._settling:
            domain = self._domains[package]
            if domain & ABSENT or package in self._settled:
                continue
            if is_single(domain):
                return package
            rank = 1 + self._trouble.get(package, 0) // 8
            if self._problem.leads(package):
                rank = self._limit
            if rank > best_rank:
                best_rank = rank
                open_ones = [package]
            elif rank == best_rank:
                open_ones.append(package)
        if len(open_ones) < 2:
            return open_ones[0] if open_ones else None
        required = frozenset().union(*map(self._problem.requires, open_ones))
        return next((one for one in open_ones if one not in required), open_ones[0])

    def _finished(self) -> dict[str, int]:
        return {
            package: domain if is_single(domain) else self._problem.pick(package, domain)
            for package, domain in self._domains.items()
            if not domain & ABSENT
        }
