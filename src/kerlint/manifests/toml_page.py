"""A TOML manifest while it is read: its tables, their places, and what has been found so far."""

from __future__ import annotations

import posixpath

from kerlint.manifests import toml_places
from kerlint.manifests.collected import Collected
from kerlint.manifests.model import Include, Problem, PythonRange
from kerlint.manifests.places import Malformed, Places
from kerlint.manifests.requirement_text import Refused, read_requirement
from kerlint.manifests.secrets import masked
from kerlint.project.specifiers import valid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from kerlint.diagnostics import Span
    from kerlint.manifests.model import Manifest, Requirement, Role
    from kerlint.manifests.toml_places import Path, Stretch, TomlDocument

_KINDS = {str: "string", bool: "boolean", int: "number", float: "number", list: "array"}


class Page(Collected):
    """What is shared by the readers of the tables of one file.

    Whatever they ask for and find in another shape than its tool wants becomes a Problem, once.
    Raises Malformed. `whole` is the text of the file, where `text` is only the part of it that is looked at.
    """

    def __init__(self, path: str, text: str) -> None:
        super().__init__(path, text)
        self.whole = text
        self.places = Places(text)
        try:
            self.document: TomlDocument = toml_places.document(text, self.places)
        except Malformed as error:
            # What is missing at the end is told at the last character.
            raise Malformed(error.message, min(error.offset, max(len(text) - 1, 0))) from None

    def manifest(self, format: str) -> Manifest:
        """All that was found, in the order of the text."""
        self.requirements.sort(key=lambda one: one.span.start)
        self.problems.sort(key=lambda one: one.span.start)
        return self.facts(format, self.whole)

    # What is asked of the text.

    def get(self, path: Path) -> Any:
        """Whatever stands at the path; None if nothing does."""
        return self.document.get(path)

    def table(self, path: Path) -> dict[str, Any]:
        """The table at the path; empty if there is none."""
        value = self.get(path)
        return value if isinstance(value, dict) else self._not(path, value, "a table", {})

    def array(self, path: Path) -> list[Any]:
        """The array at the path; empty if there is none."""
        value = self.get(path)
        return value if isinstance(value, list) else self._not(path, value, "an array", [])

    def string(self, path: Path) -> str:
        """The string at the path; "" if there is none."""
        value = self.get(path)
        return value if isinstance(value, str) else self._not(path, value, "a string", "")

    def strings(self, path: Path) -> Iterator[tuple[Path, str]]:
        """The strings of an array with their paths."""
        for index in range(len(self.array(path))):
            below = (*path, index)
            if self.string(below) or self.get(below) == "":
                yield below, self.get(below)

    def _not(self, path: Path, value: object, wanted: str, empty: Any) -> Any:
        if value is not None:
            kind = _KINDS.get(type(value), "table" if isinstance(value, dict) else "date")
            self.problem(path, f"`{dotted(path)}` must be {wanted}, not a {kind}")
        return empty

    # Places.

    def span(self, stretch: Stretch) -> Span:
        """Lines and columns of two offsets."""
        return self.places.span(*stretch)

    def inner(self, path: Path) -> Span:
        """Of a string without its quotes."""
        return self.span(self.document.inner(path))

    def entry(self, path: Path) -> Span:
        """Of a key and its value; of the key alone if the value has several lines."""
        start, end = self.document.entry(path)
        if "\n" in self.text[start:end]:
            start, end = self.document.keys.get(path, (start, start + 1))
        return self.span((start, end))

    def written(self, path: Path) -> str:
        """A key and its value in one line, secrets masked."""
        value = self.get(path)
        start, end = self.document.entry(path)
        if isinstance(value, dict) and path not in self.document.values:
            inside = ", ".join(self.written((*path, key)) for key in value)
            return f"{path[-1]} = {{ {inside} }}"
        return masked(" ".join(self.text[start:end].split()))

    # What is found.

    def problem(self, path: Path, message: str) -> None:
        """Something that the tool would refuse."""
        span = self.inner(path)
        if span.start.line != span.end.line:
            span = self.entry(path)
        if not any(one.span == span for one in self.problems):
            self.problems.append(Problem(masked(message), span))

    def index(self, url: str) -> None:
        """A place besides the public index."""
        if masked(url) not in self.indexes:
            self.indexes.append(masked(url))

    def add(self, requirement: Requirement) -> None:
        """A requirement."""
        self.requirements.append(requirement)

    def pep508(self, path: Path, *, role: Role = "requirement", origin: str = "") -> None:
        """The requirement that the string at the path is."""
        text = self.get(path)
        span = self.inner(path)
        try:
            found = read_requirement(
                text, path=self.path, span=span, role=role, origin=origin, links=False
            )
        except Refused as error:
            self.problem(path, f"`{' '.join(text.split())}` {error.why}")
            return
        if found.name == self.name and role == "requirement" and found.source == "index":
            self._itself(found.extras, found.marker, origin)
        else:
            self.add(found)

    def _itself(self, extras: tuple[str, ...], marker: str, origin: str) -> None:
        """`all = ["mine[gpu]"]`. Under a marker nothing is brought for sure."""
        if not marker:
            self.bring(origin, *(f"extra {extra}" for extra in extras))

    def python(self, path: Path, specifier: str, origin: str = "") -> None:
        """Which Pythons are admitted; said by the string at the path."""
        if not valid(specifier):
            self.problem(path, f"`{dotted(path)}`: `{specifier}` is no version specifier")
            return
        text = self.get(path)
        written = " ".join(text.split()) if isinstance(text, str) else str(text)
        self.pythons.append(PythonRange(specifier, written, self.path, self.inner(path), origin))

    def include(self, kind: str, path: Path, file: str, origin: str = "") -> None:
        """Another file or folder, relative to this one."""
        joined = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), file))
        self.includes.append(Include(kind, joined, self.inner(path), origin))


def dotted(path: Path) -> str:
    """`tool.poetry.dependencies[0]`."""
    shown = ""
    for part in path:
        shown += f"[{part}]" if isinstance(part, int) else f".{part}" if shown else part
    return shown
