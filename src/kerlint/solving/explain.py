"""From the solver's proof to the few published facts that a person has to read."""

from __future__ import annotations

from kerlint.solving.answers import Fact
from kerlint.solving.incompatibility import Incompatibility, facts
from kerlint.solving.run import NotHere, Required, Withheld
from kerlint.solving.solver import Solver
from kerlint.solving.terms import ABSENT, YES, every, highest, in_words
from kerlint.solving.wording import not_here, requirement_text, wanted_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kerlint.solving.attempt import Attempt
    from kerlint.solving.requirements import Line
    from kerlint.solving.run import World

MOST = 150
"""Facts of a proof up to which each group is tried for whether it is needed."""

Group = tuple[str, str, str]
"""What is told in one sentence: kind, package with its extra, dependency."""


def explained(world: World, lines: Sequence[Line], proof: Attempt) -> tuple[Fact, ...]:
    """The facts that close the contradiction between these lines, in reading order."""
    assert proof.contradiction is not None
    by_group: dict[Group, list[Incompatibility]] = {}
    asked = []
    for fact in facts(proof.contradiction):
        group = _group(fact.reason)
        if group is None:
            asked.append(fact)
        else:
            by_group.setdefault(group, []).append(fact)
    if sum(map(len, by_group.values())) <= MOST:
        by_group = _needed(world, asked, by_group)
    told = [_told(world, lines, group, members, by_group) for group, members in by_group.items()]
    return (*_missing(world, lines), *_in_order(lines, [fact for fact in told if fact is not None]))


def _group(reason: object) -> Group | None:
    match reason:
        case Required():
            return "requires", _with_extra(reason.package, reason.extra), reason.dependency.name
        case NotHere():
            return "python", reason.package, ""
        case Withheld():
            return "withheld", reason.package, ""
    return None


def _with_extra(package: str, extra: str) -> str:
    return f"{package}[{extra}]" if extra else package


class _Fixed:
    """Nothing but these facts, as a problem."""

    def __init__(self, world: World, given: Iterable[Incompatibility]) -> None:
        self._world = world
        self._given = list(given)

    def start(self) -> list[Incompatibility]:
        return self._given

    def full(self, package: str) -> int:
        return ABSENT | YES if package[-1] == "]" else self._world.universe(package).full

    def about(self, package: str) -> tuple[Incompatibility, ...]:
        return ()

    def pick(self, package: str, among: int) -> int:
        return highest(among)

    def expand(self, package: str, release: int) -> tuple[Incompatibility, ...]:
        return ()

    def settles(self, package: str) -> bool:
        return True

    def leads(self, package: str) -> bool:
        return False

    def requires(self, package: str) -> frozenset[str]:
        return frozenset()


def contradictory(world: World, given: Iterable[Incompatibility]) -> bool:
    """Whether these facts cannot all hold."""
    solver = Solver(_Fixed(world, given), 2000)
    solver.run()
    return solver.contradiction is not None


def _needed(
    world: World,
    asked: list[Incompatibility],
    by_group: dict[Group, list[Incompatibility]],
) -> dict[Group, list[Incompatibility]]:
    """The groups without which the contradiction would be none.

    What is least telling is tried first, so that it goes if anything can.
    """
    order = {"withheld": 0, "python": 1, "requires": 2}
    needed = dict(by_group)
    for group in sorted(by_group, key=lambda group: order[group[0]]):
        rest = {other: members for other, members in needed.items() if other != group}
        if contradictory(world, [*asked, *(one for members in rest.values() for one in members)]):
            needed = rest
    return needed


def _told(
    world: World,
    lines: Sequence[Line],
    group: Group,
    members: Sequence[Incompatibility],
    by_group: dict[Group, list[Incompatibility]],
) -> Fact | None:
    kind, package, dependency = group
    name = package.partition("[")[0]
    there = world.universe(name)
    relevant = _admitted(world, lines, name)
    if kind != "requires":
        relevant &= _demanded(world, name, by_group)
    finals = there.full & ~ABSENT & ~there.prereleases & ~there.yanked
    if kind == "withheld":
        if relevant & finals:
            return None  # Others fit, too, and the rest of the proof is about those.
        concerned = relevant & _union(one.reason.releases for one in members)  # type: ignore[attr-defined]
        what = "pre-releases" if concerned & there.prereleases else "withdrawn releases"
        return Fact("withheld", name, in_words(concerned, there.full & ~1, there.versions), what)
    if kind == "python":
        concerned = _shown(relevant & _union(one.reason.releases for one in members), finals)  # type: ignore[attr-defined]
        return Fact(
            "python",
            name,
            in_words(concerned, finals, there.versions),
            not_here(there, concerned, world.places),
        )
    reasons = [one.reason for one in members if isinstance(one.reason, Required)]
    carriers = _union(reason.carriers for reason in reasons)
    shown = _shown(carriers & relevant, finals)
    if not shown & finals and carriers & finals:
        shown = carriers & finals
    if not shown:
        return None
    said = [reason for reason in reasons if reason.carriers & shown] or reasons
    return Fact(
        "requires",
        package,
        in_words(shown, finals, there.versions),
        wanted_text(world, [reason.dependency for reason in said]),
        dependency,
    )


def _union(masks: Iterable[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found


def _shown(mask: int, finals: int) -> int:
    """Without pre-releases and withdrawn ones, unless there are no others."""
    return mask & finals or mask


def _admitted(world: World, lines: Sequence[Line], name: str) -> int:
    """The releases that the lines on a package admit."""
    there = world.universe(name)
    found = there.full & ~ABSENT
    for line in lines:
        if line.name == name:
            found &= there.mask(line.specifier)
    return found or there.full & ~ABSENT


def _demanded(world: World, name: str, by_group: dict[Group, list[Incompatibility]]) -> int:
    """The releases of a package that some fact of the proof asks for."""
    there = world.universe(name)
    found = 0
    for group, members in by_group.items():
        if group[0] == "requires" and group[2] == name:
            for one in members:
                if isinstance(one.reason, Required):
                    found |= there.required(one.reason.dependency)
    return found or every(len(there.versions)) & ~ABSENT


def _missing(world: World, lines: Sequence[Line]) -> list[Fact]:
    """Lines that no release fits at all."""
    found = []
    for line in lines:
        there = world.universe(line.name)
        if not there.mask(line.specifier):
            found.append(
                Fact("missing", line.name, "", requirement_text(line.name, line.specifier))
            )
    return found


def _in_order(lines: Sequence[Line], told: Sequence[Fact]) -> list[Fact]:
    """From the packages that the lines name to what these require, and so on.

    What does not install comes before what the other releases of the package require.
    """
    reached = {line.name: number for number, line in enumerate(lines)}
    waiting = list(told)
    found: list[Fact] = []

    def rank(fact: Fact) -> tuple[int, bool]:
        name = fact.package.partition("[")[0]
        return reached.get(name, len(reached)), fact.kind == "requires"

    while waiting:
        now = min(waiting, key=rank)
        found.append(now)
        waiting.remove(now)
        if now.dependency:
            reached.setdefault(now.dependency, len(reached))
    return found
