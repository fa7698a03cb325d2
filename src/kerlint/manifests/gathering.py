"""What a reader has found so far, on its way into a `Manifest`."""

from __future__ import annotations

from kerlint.manifests.model import Include, Manifest, Problem, PythonRange
from kerlint.manifests.pep508 import Refused, normal
from kerlint.manifests.places import Places
from kerlint.manifests.requirement_text import read_requirement, unknown
from kerlint.manifests.secrets import masked
from kerlint.project.specifiers import valid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.diagnostics import Span
    from kerlint.manifests.model import Requirement, Role


class Gathering:
    """The lists of a manifest, and how requirements get into them."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.places = Places(text)
        self.name = ""
        self.requirements: list[Requirement] = []
        self.pythons: list[PythonRange] = []
        self.platforms: dict[str, str] = {}
        self.includes: list[Include] = []
        self.brings: dict[str, tuple[str, ...]] = {}
        self.problems: list[Problem] = []
        self.unread: list[Span] = []
        self.indexes: list[str] = []

    def add(
        self, text: str, span: Span, origin: str = "", role: Role = "requirement"
    ) -> Requirement | None:
        """Note the requirement (PEP 508) that `text` is, or the problem with it."""
        try:
            found = read_requirement(
                text, path=self.path, span=span, role=role, origin=origin, links=False
            )
        except Refused as refused:
            shown = " ".join(text.split())
            self.problem(f"`{shown[:80]}` {refused.why}", span)
            found = unknown(text, path=self.path, span=span, role=role, origin=origin)
            if not found.name:
                return None
        self.requirements.append(found)
        return found

    def python(self, text: str, span: Span, origin: str = "") -> None:
        """Note which Pythons are admitted."""
        specifier = "".join(text.split())
        if valid(specifier):
            self.pythons.append(PythonRange(specifier, text, self.path, span, origin))
        else:
            self.problem(f"`{text[:80]}` is no valid version specifier", span)

    def include(self, kind: str, path: str, span: Span, origin: str = "") -> None:
        self.includes.append(Include(kind, path, span, origin))

    def problem(self, message: str, span: Span) -> None:
        self.problems.append(Problem(masked(message), span))

    def manifest(self, format: str) -> Manifest:
        """Extras of the project itself become what its origins bring along."""
        name = normal(self.name)
        others: list[Requirement] = []
        for one in self.requirements:
            if name and one.name == name and one.extras and one.source == "index":
                brought = tuple(f"extra {extra}" for extra in one.extras)
                self.brings[one.origin] = (*self.brings.get(one.origin, ()), *brought)
            else:
                others.append(one)
        return Manifest(
            self.path,
            self.text,
            format,
            name=name,
            requirements=others,
            pythons=self.pythons,
            platforms=self.platforms,
            includes=self.includes,
            brings=self.brings,
            problems=self.problems,
            unread=self.unread,
            indexes=self.indexes,
        )
