"""A manifest while it is being read."""

from __future__ import annotations

from kerlint.manifests.collected import Collected
from kerlint.manifests.model import Include, Problem, PythonRange, Requirement
from kerlint.manifests.places import Places

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kerlint.diagnostics import Span
    from kerlint.manifests.model import Manifest


class Draft(Collected):
    """What was found so far in one file; `manifest` is the result."""

    def __init__(self, path: str, text: str, format: str) -> None:
        super().__init__(path.replace("\\", "/"), text)
        self.format = format
        self.places = Places(text)
        self.commands = 0
        self.is_sorted = True
        self.within: dict[str, str] = {}
        """By the origin of an environment (a virtual one, one of conda), where it was made."""
        self.written: dict[str, set[str]] = {}
        """By where commands run, the packages that they have written into a project."""
        self._seen: set[object] = set()

    def add(self, name: str, specifier: str, text: str, span: Span, **more: Any) -> None:
        """Add a requirement; `more` as in `Requirement`."""
        one = Requirement(name, specifier, text=text, path=self.path, span=span, **more)
        if self._new(("requirement", span, one.origin, name, specifier, one.marker)):
            self.requirements.append(one)

    def python(self, specifier: str, text: str, span: Span, origin: str = "") -> None:
        """Add a range of Pythons."""
        if self._new(("python", span, origin, specifier)):
            self.pythons.append(PythonRange(specifier, text, self.path, span, origin))

    def include(self, kind: str, path: str, span: Span, origin: str = "", **more: Any) -> None:
        """Add another file; `more` as in `Include`."""
        if self._new(("include", kind, path, span, origin)):
            self.includes.append(Include(kind, path, span, origin, **more))

    def problem(self, message: str, span: Span) -> None:
        """Add what the format's own tool would refuse."""
        if self._new(("problem", span, message)):
            self.problems.append(Problem(message, span))

    def skip(self, span: Span) -> None:
        """Note a place that cannot be read without running code."""
        if self._new(("unread", span)):
            self.unread.append(span)

    def _new(self, what: object) -> bool:
        if what in self._seen:
            return False
        self._seen.add(what)
        return True

    def _inherit(self, inner: str, outer: str) -> None:
        """An environment has the platform of what it was made in, and its Python unless it says
        another.
        """
        used = {one.origin for one in self.requirements}
        if inner not in used and all(one.origin != inner for one in self.includes):
            return
        if outer in self.platforms:
            self.platforms.setdefault(inner, self.platforms[outer])
        if all(one.origin != inner for one in self.pythons):
            for one in list(self.pythons):
                if one.origin == outer:
                    self.python(one.specifier, one.text, one.span, inner)

    def take(self, other: Draft) -> None:
        """Add what another draft of the same file has found, as it is."""
        self.requirements += other.requirements
        self.pythons += other.pythons
        self.platforms.update(other.platforms)
        self.includes += other.includes
        self.problems += other.problems
        self.unread += other.unread
        self.commands = other.commands
        self.within.update(other.within)
        self.removed.update(other.removed)
        for origin, others in other.brings.items():
            for one in others:
                self.bring(origin, one)

    def manifest(self) -> Manifest:
        """All facts, requirements in the order of the text (or as they were added: `is_sorted`)."""
        for inner, outer in self.within.items():
            self._inherit(inner, outer)
        if self.is_sorted:
            self.requirements = sorted(self.requirements, key=_place)
        return self.facts(self.format)


def _place(one: Requirement) -> Span:
    return one.span
