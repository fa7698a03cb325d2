"""What solving answers: a set of pins, a conflict with its proof, or that it gave up.

The sentences are made here and in `explain`; where a requirement stands is the rules' business.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kerlint.manifests.model import Requirement


class Solution:
    """The requirements can be met.

    `pins`     what a fresh install gets, by normalised name, in the order in which it was found
    `beyond`   required releases that are newer than what kerlint knows; nothing is judged on them
    `unknown`  required packages whose releases kerlint does not know, so they were no obstacle
    `builds`   pins that have no wheel for this Python and platform: they are built from source
    """

    __slots__ = ("beyond", "builds", "pins", "python", "unknown")

    def __init__(
        self,
        pins: dict[str, str],
        python: str,
        *,
        beyond: tuple[str, ...] = (),
        unknown: tuple[str, ...] = (),
        builds: tuple[str, ...] = (),
    ) -> None:
        self.pins = pins
        self.python = python
        self.beyond = beyond
        self.unknown = unknown
        self.builds = builds

    def __repr__(self) -> str:
        return f"<Solution {self.python} {self.pins}>"


class Undecided:
    """The bound on steps was reached before an answer was."""

    __slots__ = ("python", "steps")

    def __init__(self, python: str, steps: int) -> None:
        self.python = python
        self.steps = steps

    def __repr__(self) -> str:
        return f"<Undecided {self.python} after {self.steps} steps>"


class Fact:
    """One published fact of a proof.

    `kind`        `requires`: the releases of `package` require `wanted` (of `dependency`);
                  `python`: they do not install on this Python and platform (`wanted` says why);
                  `missing`: no release of `package` fits `wanted`;
                  `withheld`: only pre-releases or withdrawn releases fit `wanted`
    `releases`    in words: `2.15.1`, `2.15.0 to 2.15.1`, `2.9.0, 2.11.0 to 2.12.0`; may be ""
    `dependency`  normalised name of what is required, or ""
    """

    __slots__ = ("dependency", "kind", "package", "releases", "wanted")

    def __init__(
        self, kind: str, package: str, releases: str, wanted: str, dependency: str = ""
    ) -> None:
        self.kind = kind
        self.package = package
        self.releases = releases
        self.wanted = wanted
        self.dependency = dependency

    @property
    def sentence(self) -> str:
        """`tensorflow 2.15.0 to 2.15.1 requires numpy<2`."""
        subject = f"{self.package} {self.releases}".strip()
        if self.kind == "requires":
            return f"{subject} requires {self.wanted}"
        if self.kind == "python":
            return f"{subject} {self.wanted}"
        if self.kind == "withheld":
            return f"only {self.wanted} of {self.package} fit: {self.releases}"
        return f"{self.package} has no release that fits {self.wanted}"

    def __repr__(self) -> str:
        return f"<Fact {self.sentence}>"


class WayOut:
    """One set of changed lines with which everything can be installed.

    `changes`  for each line to change, the requirement and what to write in its place
    `specifiers`  those of what to write
    `pins`     what a fresh install then gets
    """

    __slots__ = ("changes", "pins", "specifiers")

    def __init__(
        self,
        changes: tuple[tuple[Requirement, str], ...],
        specifiers: tuple[str, ...],
        pins: dict[str, str],
    ) -> None:
        self.changes = changes
        self.specifiers = specifiers
        self.pins = pins

    @property
    def lines(self) -> tuple[str, ...]:
        """What to write, in the order of the lines that it replaces."""
        return tuple(text for _, text in self.changes)

    def __repr__(self) -> str:
        told = ", ".join(f"{one.text} -> {text}" for one, text in self.changes)
        return f"<WayOut {told}>"


class Conflict:
    """No set of versions meets the requirements.

    `lines`  the least set of the user's lines that cannot be met together: without any one of
             them the others can
    `facts`  the published facts that close the contradiction, in reading order
    `python`, `platform`  for which it was found; "" where it holds for all that were asked for
    """

    __slots__ = ("_find", "_ways", "facts", "lines", "platform", "python")

    def __init__(
        self,
        lines: tuple[Requirement, ...],
        facts: tuple[Fact, ...],
        python: str,
        platform: str,
        find: Callable[[Callable[[WayOut], bool]], Sequence[WayOut]],
    ) -> None:
        self.lines = lines
        self.facts = facts
        self.python = python
        self.platform = platform
        self._find = find
        self._ways: tuple[WayOut, ...] | None = None

    @property
    def ways_out(self) -> tuple[WayOut, ...]:
        """The nearest sets that work, the least change first; looked for when first asked."""
        if self._ways is None:
            self._ways = self.ways_where(lambda _: True)
        return self._ways

    def ways_where(self, accepts: Callable[[WayOut], bool]) -> tuple[WayOut, ...]:
        """The nearest sets that work and that are accepted; a little further ones are tried, too."""
        return tuple(self._find(accepts))

    @property
    def proof(self) -> str:
        """All facts as one sentence."""
        return "; ".join(fact.sentence for fact in self.facts)

    def __repr__(self) -> str:
        return f"<Conflict {[one.text for one in self.lines]} {self.proof}>"


class RangeAnswer:
    """The answers for several Pythons and platforms.

    `answers`   by (python, platform), the newest Python first
    `conflict`  what makes it impossible for all of them, else None
    """

    __slots__ = ("answers", "conflict")

    def __init__(
        self,
        answers: dict[tuple[str, str], Solution | Conflict | Undecided],
        conflict: Conflict | None,
    ) -> None:
        self.answers = answers
        self.conflict = conflict

    @property
    def failing(self) -> dict[tuple[str, str], Conflict]:
        """Only those for which nothing fits."""
        return {key: one for key, one in self.answers.items() if isinstance(one, Conflict)}

    @property
    def solutions(self) -> dict[tuple[str, str], Solution]:
        """Only those that can be met."""
        return {key: one for key, one in self.answers.items() if isinstance(one, Solution)}
