"""From requirements to answers, for one Python and platform or for several."""

from __future__ import annotations

from kerlint.knowledge.index.places import PLATFORMS, PYTHONS
from kerlint.solving.answers import Conflict, RangeAnswer, Solution, Undecided
from kerlint.solving.attempt import attempt, minimal
from kerlint.solving.requirements import lines_of
from kerlint.solving.run import World
from kerlint.solving.solution import solution

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kerlint.manifests.model import Requirement
    from kerlint.solving.answers import WayOut
    from kerlint.solving.knowing import Index
    from kerlint.solving.requirements import Line

Answer = Solution | Conflict | Undecided


def solve(
    requirements: Sequence[Requirement],
    constraints: Sequence[Requirement],
    python: str,
    platform: str,
    index: Index | None = None,
    *,
    builds: bool = True,
) -> Answer:
    """Whether the requirements can be installed together on one Python (`3.11`) and platform.

    `constraints` bind only what something requires; so do requirements of that role among
    `requirements`. Markers are evaluated, those about extras are taken to hold.
    `builds`: whether releases count that have no wheel there and are built from source.
    Of a Python or platform that kerlint does not know, nothing is decided.
    """
    if not _is_known(python, platform):
        return Undecided(python, 0)
    lines = lines_of(requirements, constraints)
    return _answer(lines, [(python, platform)], _or_known(index), builds)


def predict(
    requirements: Sequence[Requirement],
    constraints: Sequence[Requirement],
    python: str,
    platform: str,
    index: Index | None = None,
    *,
    oldest: bool | frozenset[str] = False,
) -> Solution | None:
    """What a fresh install gets; None if nothing fits or it is not decided.

    `oldest`: the oldest releases that the lines admit, of the packages that they name, or of those
    that are given, instead of the newest; of all others the newest.
    """
    if not _is_known(python, platform):
        return None
    lines = lines_of(requirements, constraints)
    world = World(lines, [(python, platform)], _or_known(index), narrow=True)
    named = frozenset(line.name for line in world.lines) if oldest else frozenset()
    first = oldest if isinstance(oldest, frozenset) else named
    found = attempt(world, world.lines, oldest=first)
    return None if found.chosen is None else solution(world, found.chosen)


def solve_range(
    requirements: Sequence[Requirement],
    constraints: Sequence[Requirement],
    pythons: Sequence[str],
    platforms: Sequence[str],
    index: Index | None = None,
) -> RangeAnswer:
    """The answers for every Python on every platform, the newest Python first.

    What is impossible whatever the Python is found once, without looking at each. Pythons and
    platforms of which nothing is known are left out.
    """
    lines = lines_of(requirements, constraints)
    known = _or_known(index)
    ordered = sorted(pythons, key=lambda python: [int(part) for part in python.split(".")])
    places = [(python, platform) for python in reversed(ordered) for platform in platforms]
    judged = [place for place in places if _is_known(*place)]
    if len(judged) > 1:
        found = _answer(lines, judged, known)
        if isinstance(found, Conflict):
            return RangeAnswer(dict.fromkeys(judged, found), found)
    answers: dict[tuple[str, str], Answer] = {
        place: _answer(lines, [place], known) for place in judged
    }
    failing = [one for one in answers.values() if isinstance(one, Conflict)]
    if not failing or len(failing) < len(answers):
        return RangeAnswer(answers, None)
    # Where the lines exclude each other says more than where nothing is built for a Python.
    return RangeAnswer(answers, min(failing, key=_rests_on_python))


def _rests_on_python(conflict: Conflict) -> bool:
    return any(fact.kind == "python" for fact in conflict.facts)


def _or_known(index: Index | None) -> Index:
    if index is not None:
        return index
    from kerlint.knowledge.index import load

    return load()


def _is_known(python: str, platform: str) -> bool:
    """Whether it is known what installs there."""
    return python in PYTHONS and platform in PLATFORMS


def _answer(
    asked: Sequence[Line], places: Sequence[tuple[str, str]], index: Index, builds: bool = True
) -> Answer:
    python, platform = places[0] if len(places) == 1 else ("", "")
    world = World(asked, places, index, builds, narrow=True)
    found = attempt(world, world.lines)
    if found.chosen is not None:
        return solution(world, found.chosen)
    if found.contradiction is None:
        return Undecided(python, found.steps)
    from kerlint.solving.explain import explained

    # Only now it matters what would be without some of the lines. The proof holds all the same:
    # nothing is in it that is not so for all releases.
    world = World(asked, places, index, builds)
    lines, proof = minimal(world, world.lines, found)
    return Conflict(
        tuple(line.requirement for line in lines),
        explained(world, lines, proof),
        python,
        platform,
        lambda accepts: _ways_out(world, lines, accepts),
    )


def _ways_out(
    world: World, lines: Sequence[Line], accepts: Callable[[WayOut], bool]
) -> tuple[WayOut, ...]:
    from kerlint.solving.ways_out import ways_out

    return ways_out(world, lines, accepts)
