"""Incompatibilities: terms that cannot all hold at once, and why.

A dependency "a 1.0 requires b<2" is the incompatibility {a: {1.0}, b: not <2}. The solver derives
new ones out of two others; following their parents leads back to the facts they rest on.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


class Incompatibility:
    """`terms`: package and set, all of which must not hold together.

    `reason`   what is known from outside: any object of the problem's own; None if derived
    `parents`  the two that it was derived from; empty for a fact
    """

    __slots__ = ("parents", "reason", "terms")

    def __init__(
        self,
        terms: tuple[tuple[str, int], ...],
        reason: object = None,
        parents: tuple[Incompatibility, ...] = (),
    ) -> None:
        self.terms = terms
        self.reason = reason
        self.parents = parents

    def __repr__(self) -> str:
        return f"<not all of {self.terms}>"


def resolved(
    one: Incompatibility, other: Incompatibility, package: str, full: int
) -> Incompatibility:
    """What follows from both by distinguishing the cases of `package`.

    Whatever the release of `package` is, if it lies in the set of either, the remaining terms of
    that one cannot all hold.
    """
    terms: dict[str, int] = {}
    on_package = 0
    for each in (one, other):
        for name, mask in each.terms:
            if name == package:
                on_package |= mask
            else:
                terms[name] = terms[name] & mask if name in terms else mask
    # A set of all releases says nothing.
    if on_package != full:
        terms[package] = on_package
    return Incompatibility(tuple(terms.items()), None, (one, other))


def facts(root: Incompatibility) -> Iterator[Incompatibility]:
    """Those known from outside on which `root` rests, each once."""
    seen = {id(root)}
    waiting = [root]
    while waiting:
        one = waiting.pop()
        if not one.parents:
            yield one
        for parent in reversed(one.parents):
            if id(parent) not in seen:
                seen.add(id(parent))
                waiting.append(parent)
