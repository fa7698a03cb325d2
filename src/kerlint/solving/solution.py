"""From the solver's choice to versions."""

from __future__ import annotations

from kerlint.solving.answers import Solution
from kerlint.solving.terms import position

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from kerlint.solving.run import World


def solution(world: World, chosen: Mapping[str, int]) -> Solution:
    """What a fresh install gets, and what could not be judged."""
    alone = world.places[0] if len(world.places) == 1 else None
    pins: dict[str, str] = {}
    beyond, builds = [], []
    for name, release in chosen.items():
        if name[-1] == "]":
            continue
        there = world.universe(name)
        if there.beyond:
            beyond.append(name)
        elif there.known and there.package is not None:
            pins[name] = there.versions[position(release)]
            if alone is not None and not release & there.package.wheel_mask(*alone):
                builds.append(name)
    asked = dict.fromkeys([line.name for line in world.lines if not line.binds] + world.unknown)
    return Solution(
        pins,
        alone[0] if alone is not None else "",
        beyond=tuple(beyond),
        unknown=tuple(name for name in asked if name not in pins and name not in beyond),
        builds=tuple(builds),
    )
