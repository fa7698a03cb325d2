"""What has been found of a manifest while it is being read, whatever its format."""

from __future__ import annotations

from kerlint.manifests.model import Manifest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.diagnostics import Span
    from kerlint.manifests.model import Include, Problem, PythonRange, Requirement


class Collected:
    """The facts so far; `facts` is the result. See `Manifest` for the attributes."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.name = ""
        self.requirements: list[Requirement] = []
        self.pythons: list[PythonRange] = []
        self.platforms: dict[str, str] = {}
        self.includes: list[Include] = []
        self.brings: dict[str, tuple[str, ...]] = {}
        self.problems: list[Problem] = []
        self.unread: list[Span] = []
        self.indexes: list[str] = []
        self.apart: frozenset[str] = frozenset()
        self.removed: dict[str, set[str]] = {}

    def bring(self, origin: str, *brought: str) -> None:
        """Whoever installs `origin` installs these too."""
        known = self.brings.get(origin, ())
        new = tuple(one for one in brought if one not in known and one != origin)
        if new:
            self.brings[origin] = known + new

    def facts(self, format: str, text: str | None = None) -> Manifest:
        """All that was found; `text`: that of the file, where it was read in part."""
        return Manifest(
            self.path,
            self.text if text is None else text,
            format,
            name=self.name,
            requirements=self.requirements,
            pythons=self.pythons,
            platforms=self.platforms,
            includes=self.includes,
            brings=self.brings,
            problems=self.problems,
            unread=self.unread,
            indexes=self.indexes,
            apart=self.apart,
            removed=self.removed,
        )
