"""From what requires what to where each package is installed.

A lock that keeps markers at the edges says of a package only who requires it. Walked from the
roots, for each origin by itself, that becomes the set of environments which get the package.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NamedTuple

    class Edge(NamedTuple):
        """To the package `to` (an index), for the extras of it, in the environments `where`."""

        to: int
        where: int
        extras: tuple[str, ...] = ()

else:
    from collections import namedtuple

    Edge = namedtuple("Edge", "to where extras", defaults=((),))


class Node:
    """A package of a lock.

    `edges`   what it requires
    `extras`  what each of its extras requires besides
    `where`   the environments for which this version of it is locked
    """

    __slots__ = ("edges", "extras", "where")

    def __init__(self, where: int) -> None:
        self.where = where
        self.edges: list[Edge] = []
        self.extras: dict[str, list[Edge]] = {}


def reached(nodes: Sequence[Node], start: Sequence[Edge]) -> dict[int, int]:
    """By package, the environments in which it is installed if `start` is required."""
    found: dict[int, int] = {}
    of_extras: dict[tuple[int, str], int] = {}
    waiting = list(start)
    while waiting:
        to, where, extras = waiting.pop()
        node = nodes[to]
        where &= node.where
        new = where & ~found.get(to, 0)
        if new:
            found[to] = found.get(to, 0) | new
            waiting += [
                Edge(edge.to, edge.where & new, edge.extras)
                for edge in node.edges
                if edge.where & new
            ]
        for extra in extras:
            fresh = where & ~of_extras.get((to, extra), 0)
            if fresh:
                of_extras[to, extra] = of_extras.get((to, extra), 0) | fresh
                waiting += [
                    Edge(edge.to, edge.where & fresh, edge.extras)
                    for edge in node.extras.get(extra, ())
                    if edge.where & fresh
                ]
    return found
