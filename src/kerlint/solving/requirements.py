"""The user's lines, ready to be solved: what each asks of which package, and where it applies."""

from __future__ import annotations

import re
from functools import lru_cache

from kerlint.knowledge.index.specifiers import CLAUSE, Invalid, Ordered, names_prerelease
from kerlint.knowledge.index.specifiers import mask_of as _mask_of
from kerlint.solving.python import holds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kerlint.manifests.model import Requirement

BINDING_ONLY = ("constraint", "override")
"""Roles of lines that bind what others require, and require nothing themselves."""

_EXACT = re.compile(r"\s*={2,3}\s*[^*,\s]+\s*")


class Line:
    """One requirement of the user's on one package.

    `specifier`  "" where it is not known
    `binds`      it requires nothing, see `BINDING_ONLY`
    `foreign`    it does not come from the package index (an address, conda, a local version such
                 as `2.3.0+cu121`): its files and their CUDA requirements are not those of the index
    `elsewhere`  it comes from an address, so what it requires is not known
    `alone`      what it requires is not installed, or not what was published: `--no-deps`
    `banned`     releases that it does not admit although its specifier does, as a set
    """

    __slots__ = (
        "alone",
        "banned",
        "binds",
        "elsewhere",
        "extras",
        "foreign",
        "name",
        "overrides",
        "requirement",
        "specifier",
    )

    def __init__(self, requirement: Requirement, binds: bool, overrides: bool) -> None:
        self.requirement = requirement
        self.name = requirement.name
        self.specifier = requirement.specifier
        self.extras = requirement.extras
        self.binds = binds
        self.banned = 0
        self.overrides = overrides
        self.elsewhere = requirement.source != "index"
        self.alone = "no-deps" in requirement.options
        self.foreign = (
            self.elsewhere or requirement.ecosystem == "conda" or "+" in requirement.specifier
        )

    def holds_for(self, places: Sequence[tuple[str, str]]) -> bool:
        """Whether its marker holds for all of these Pythons and platforms."""
        marker = self.requirement.marker
        return not marker or all(holds(marker, *place) for place in places)

    @property
    def exact(self) -> bool:
        """Whether it pins one release, as pip sees it."""
        return is_exact(self.specifier)

    @property
    def prereleases(self) -> bool:
        """Whether pip takes candidates of it: it speaks of one, or the command says `--pre`."""
        return "pre" in self.requirement.options or names_prerelease(self.specifier)

    def __repr__(self) -> str:
        return f"<Line {self.name}{self.specifier}>"


def is_exact(specifier: str) -> bool:
    """`==2.15.1`, not `==2.15.*`; one such clause is enough."""
    return any(_EXACT.fullmatch(clause) for clause in specifier.split(","))


def lines_of(
    requirements: Iterable[Requirement], constraints: Iterable[Requirement] = ()
) -> list[Line]:
    """Those that can be solved: with a name, and a specifier that is one."""
    lines = []
    for one, binds in [
        *((one, False) for one in requirements),
        *((one, True) for one in constraints),
    ]:
        if one.name and _is_specifier(one.specifier):
            overrides = one.role == "override"
            lines.append(Line(one, binds or one.role in BINDING_ONLY, overrides))
    return lines


@lru_cache(maxsize=4096)
def _is_specifier(text: str) -> bool:
    try:
        _mask_of(text, Ordered(()))
    except Invalid:
        return False
    return True


def newest_named(specifier: str) -> list[str]:
    """Versions that the specifier speaks of, and such as lie just above them."""
    found = []
    for clause in specifier.split(","):
        match = CLAUSE.fullmatch(clause)
        if match is not None and match[1] not in ("!=", "<", "<="):
            version = match[2].removesuffix(".*")
            found.append(f"{version}.1" if match[1] == ">" else version)
    return found
