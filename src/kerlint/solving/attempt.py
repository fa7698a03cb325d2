"""One attempt to solve, with pip's manners towards pre-releases and withdrawn releases.

pip takes a pre-release of a package if a requirement speaks of one, or if no final release fits all
requirements on that package, not even a withdrawn one; and that only for an exact pin. What the requirements
of other packages say is only known in the end. So they are left out at first; if that is what makes
it impossible they are let in, and each one chosen has to justify itself.
"""

from __future__ import annotations

from kerlint.solving.incompatibility import facts
from kerlint.solving.requirements import is_exact
from kerlint.solving.run import Run, Withheld
from kerlint.solving.solver import Solver
from kerlint.solving.terms import ABSENT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kerlint.solving.incompatibility import Incompatibility
    from kerlint.solving.requirements import Line
    from kerlint.solving.run import World

LIMIT = 4000
"""Steps of one attempt; real manifests take tens, contradictory ones hundreds."""

CONCESSIONS = 4
"""Attempts with pre-releases let in."""


class Attempt:
    """`chosen`         release of each package, as sets of one; None if there is no solution
    `contradiction`  the proof that there is none; None with `chosen` None: out of steps
    """

    __slots__ = ("chosen", "contradiction", "steps")

    def __init__(
        self, chosen: dict[str, int] | None, contradiction: Incompatibility | None, steps: int
    ) -> None:
        self.chosen = chosen
        self.contradiction = contradiction
        self.steps = steps


def attempt(
    world: World,
    lines: Sequence[Line],
    *,
    oldest: frozenset[str] = frozenset(),
    near: Mapping[str, Sequence[int]] | None = None,
    limit: int = LIMIT,
) -> Attempt:
    """Solve for these lines."""
    conceded: dict[str, int] = {}
    refused: dict[str, int] = {}
    first: Attempt | None = None
    for _ in range(1 + CONCESSIONS):
        run = Run(world, lines, oldest=oldest, near=near, conceded=conceded)
        solver = Solver(run, limit)
        solver.run()
        found = Attempt(solver.solution, solver.contradiction, solver.steps)
        if first is None:
            first = found
        if found.chosen is not None:
            wrong = _unjustified(run, found.chosen)
            if not wrong:
                return found
            for package, release in wrong.items():
                refused[package] = refused.get(package, 0) | release
                conceded[package] &= ~release
            continue
        if found.contradiction is None:
            return first
        more = False
        for fact in facts(found.contradiction):
            if isinstance(fact.reason, Withheld):
                package = fact.reason.package
                mask = fact.reason.releases & ~refused.get(package, 0)
                if mask & ~conceded.get(package, 0):
                    conceded[package] = conceded.get(package, 0) | mask
                    more = True
        if not more:
            break
    assert first is not None
    return first


def _unjustified(run: Run, chosen: Mapping[str, int]) -> dict[str, int]:
    """The releases chosen that pip would not have taken."""
    wrong = {}
    for package, release in chosen.items():
        if package[-1] == "]" or not release & run.withheld(package):
            continue
        there = run.world.universe(package)
        fits = there.installable
        speaks = exact = False
        for specifier, mask in _wanted(run, chosen, package):
            fits &= mask
            exact = exact or is_exact(specifier[0])
            speaks = speaks or specifier[1]
        if release & there.yanked:
            justified = exact and not fits & ~there.yanked
        else:
            justified = speaks or not fits & ~there.prereleases
        if not justified:
            wrong[package] = release
    return wrong


def _wanted(
    run: Run, chosen: Mapping[str, int], package: str
) -> list[tuple[tuple[str, bool], int]]:
    """All that is required of a package: specifier, whether it speaks of pre-releases, mask."""
    there = run.world.universe(package)
    found = [
        ((line.specifier, line.prereleases), there.mask(line.specifier))
        for line in run.lines
        if line.name == package
    ]
    for other, release in chosen.items():
        name, _, extra = other.partition("[")
        for dependency, carriers in run.world.universe(name).rows(extra[:-1]):
            if dependency.name == package and carriers & chosen[name] and release != ABSENT:
                found.append(
                    ((dependency.specifier, dependency.prereleases), there.required(dependency))
                )
    return found


def minimal(world: World, lines: Sequence[Line], proof: Attempt) -> tuple[list[Line], Attempt]:
    """The least set of lines that cannot be met, and its proof (deletion, one line at a time).

    Less than least only if an attempt runs out of steps.
    """
    needed = lines_in(proof, lines)
    index = len(needed) - 1
    while index >= 0:
        rest = needed[:index] + needed[index + 1 :]
        found = attempt(world, rest)
        if found.contradiction is not None:
            proof = found
            kept = set(map(id, lines_in(found, rest)))
            # Those before it that the new proof does without need no attempt of their own.
            index = sum(1 for line in rest[:index] if id(line) in kept)
            needed = [line for line in rest if id(line) in kept]
        index -= 1
    return needed, proof


def lines_in(proof: Attempt, lines: Sequence[Line]) -> list[Line]:
    if proof.contradiction is None:
        return list(lines)
    named = {id(fact.reason) for fact in facts(proof.contradiction)}
    return [line for line in lines if id(line) in named]
