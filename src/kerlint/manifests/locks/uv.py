"""uv.lock: one lock for all environments, walked from the members of the workspace.

Where a package is installed stands at the edges that lead to it, and where versions differ by
environment in `resolution-markers`. https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile
"""

from __future__ import annotations

from kerlint.diagnostics import Position, Span
from kerlint.manifests.environments import Environments, NoMarker, within
from kerlint.manifests.locks.graph import Edge, Node, reached
from kerlint.manifests.locks.pins import Pin, locked_all
from kerlint.manifests.locks.slim import reason
from kerlint.manifests.locks.uv_lines import Unusual, packages
from kerlint.manifests.model import Manifest, Problem, PythonRange
from kerlint.manifests.pep508 import normal
from kerlint.manifests.secrets import masked
from kerlint.manifests.toml_page import Page
from kerlint.project.specifiers import valid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kerlint.manifests.model import Source
    from kerlint.manifests.toml_places import Path

    ByLines = tuple[dict[str, Any], list[tuple[int, int]]]

_SOURCES: dict[str, Source] = {
    "git": "vcs",
    "url": "url",
    "path": "path",
    "directory": "path",
    "editable": "path",
    "virtual": "path",
}
_PUBLIC = "https://pypi.org/simple"


def read(path: str, text: str) -> Manifest:
    """Pins of all forks; each has the environments of its fork in its marker."""
    try:
        lock = _Lock(path, text, packages(text.replace("\r\n", "\n")))
        installed = lock.installed()
    except Unusual:
        lock = _Lock(path, text)
        installed = lock.installed()
    requirements = locked_all(path, lock.pins, installed, lock.environments)
    return Manifest(
        path,
        text,
        "uv-lock",
        name=lock.name,
        requirements=requirements,
        pythons=lock.pythons,
        problems=lock.problems,
        indexes=sorted(lock.indexes),
    )


class _Lock:
    """The packages of a lock by their index, and who requires whom."""

    def __init__(self, path: str, text: str, by_lines: ByLines | None = None) -> None:
        """`by_lines`: what was read without TOML. Raises Unusual if something is wrong with that;
        where, only the TOML tells.
        """
        self.problems: list[Problem] = []
        self.pythons: list[PythonRange] = []
        self.indexes: set[str] = set()
        self.name = ""
        self._page: Page | None = None
        self._rows: list[str] = []
        if by_lines is not None:
            data, self._lines = by_lines
            self._rows = text.replace("\r\n", "\n").split("\n")
        else:
            self._page = Page(path, text)
            self.problems = self._page.problems
            data = self._page.document.data
        self.packages: list[dict[str, Any]] = []
        self._places: list[int] = []
        rows = data.get("package", [])
        if not isinstance(rows, list):
            self._wrong(("package",), "`package` must be an array of tables")
            rows = []
        for place, one in enumerate(rows):
            if isinstance(one, dict) and isinstance(one.get("name"), str):
                self._places.append(place)
                self.packages.append(one)
            else:
                named = isinstance(one, dict) and "name" in one
                where: Path = ("package", place, "name") if named else ("package", place)
                self._wrong(where, "a package of the lock has no name")
        self.environments = Environments(within(self._python(path, data)))
        self._forks(data, ())
        self.nodes = [Node(self._fork(index)) for index in range(len(self.packages))]
        self.pins = [self._pin(index, one) for index, one in enumerate(self.packages)]
        self._by_name: dict[str, list[int]] = {}
        for index, pin in enumerate(self.pins):
            self._by_name.setdefault(pin.name, []).append(index)
        self._members = _texts(_table(data.get("manifest")).get("members"))

    def _wrong(self, path: Path, message: str) -> None:
        """Note what uv would refuse."""
        if self._page is None:
            raise Unusual(message)
        self._page.problem(path, message)

    def _python(self, path: str, data: dict[str, Any]) -> str:
        text = data.get("requires-python", "")
        if not isinstance(text, str):
            self._wrong(("requires-python",), "`requires-python` must be a string")
            return ""
        if text and not valid(text):
            self._wrong(("requires-python",), f"`{text}` is no version specifier")
            return ""
        if not text:
            return ""
        if self._page is not None:
            self._page.python(("requires-python",), text)
            self.pythons = self._page.pythons
        else:
            number = next(i for i, row in enumerate(self._rows) if row.startswith("requires-py"))
            start = self._rows[number].index(text)
            span = Span(
                Position(number + 1, start + 1), Position(number + 1, start + len(text) + 1)
            )
            self.pythons = [PythonRange(text, text, path, span)]
        return text

    def _pin(self, index: int, package: dict[str, Any]) -> Pin:
        source = package.get("source", {})
        if not isinstance(source, dict):
            self._wrong(("package", self._places[index], "source"), "`source` must be a table")
            source = {}
        kind: Source = next((_SOURCES[key] for key in source if key in _SOURCES), "index")
        registry = source.get("registry")
        if isinstance(registry, str) and registry.rstrip("/") != _PUBLIC:
            self.indexes.add(masked(registry))
        version = package.get("version", "")
        if not isinstance(version, str) or (version and not valid(f"=={version}")):
            self._wrong(("package", self._places[index], "version"), f"`{version}` is no version")
            version = ""
        return Pin(normal(package["name"]), version, self._span(index, package), kind)

    def _span(self, index: int, package: dict[str, Any]) -> Span:
        if self._page is not None:
            key = "version" if "version" in package else "name"
            return self._page.entry(("package", self._places[index], key))
        name, version = self._lines[self._places[index]]
        row = version if version >= 0 else max(name, 0)
        return Span(Position(row + 1, 1), Position(row + 1, len(self._rows[row]) + 1))

    def _fork(self, index: int) -> int:
        markers = self._forks(self.packages[index], ("package", self._places[index]))
        found = 0
        for where in markers:
            found |= where
        return found if markers else self.environments.all

    def _forks(self, table: dict[str, Any], path: Path) -> list[int]:
        """The environments of each of the `resolution-markers`."""
        markers = table.get("resolution-markers", [])
        path = (*path, "resolution-markers")
        if not isinstance(markers, list):
            self._wrong(path, "`resolution-markers` must be an array of strings")
            return []
        return [self._where(marker, (*path, number)) for number, marker in enumerate(markers)]

    def _where(self, marker: object, path: Path, active: frozenset[str] = frozenset()) -> int:
        """The environments of the marker that stands at the path."""
        if marker is None:
            return self.environments.all
        if not isinstance(marker, str):
            self._wrong(path, "a marker must be a string")
            return self.environments.all
        try:
            return self.environments.where(marker, active)
        except NoMarker:
            refused = reason(marker)
            if refused:
                self._wrong(path, f"`{' '.join(marker.split())[:80]}` {refused}")
            return self.environments.all

    def installed(self) -> list[dict[str, int]]:
        """For each package, by origin the environments in which it is installed."""
        roots = self._roots()
        found: list[dict[str, int]] = [{} for _ in self.packages]
        conflicts = self._has_conflicts()
        self._link(frozenset())
        for origin, starts in self._origins(roots).items():
            if conflicts and origin:
                self._link(self._active(roots, origin))
            start = [edge for path, active in starts for edge in self._edges(path, active)]
            for index, where in reached(self.nodes, start).items():
                found[index][origin] = where
        for root in roots:
            found[root][""] = self.nodes[root].where
        if len(roots) == 1:
            self.name = self.pins[roots[0]].name
        for index, where_of in enumerate(found):
            if not where_of and not roots:
                where_of[""] = self.nodes[index].where
        return found

    def _roots(self) -> list[int]:
        """The members of the workspace; without a list the project in the lock's own folder."""
        if self._members:
            members = {normal(one) for one in self._members}
            return [
                index
                for index, pin in enumerate(self.pins)
                if pin.name in members and pin.source == "path"
            ]
        return [
            index
            for index, package in enumerate(self.packages)
            if "." in _table(package.get("source")).values()
        ]

    def _origins(self, roots: list[int]) -> dict[str, list[tuple[Path, frozenset[str]]]]:
        """By origin the lists of edges that it starts with: their keys, after the package."""
        found: dict[str, list[tuple[Path, frozenset[str]]]] = {"": []}
        for root in roots:
            package = self.packages[root]
            found[""].append(((root, "dependencies"), frozenset()))
            for key, kind in (("optional-dependencies", "extra"), ("dev-dependencies", "group")):
                for name in _table(package.get(key)):
                    origin = f"{kind} {normal(name)}"
                    active = self._active([root], origin)
                    found.setdefault(origin, []).append(((root, key, name), active))
        return found

    def _active(self, roots: list[int], origin: str) -> frozenset[str]:
        """How uv writes in markers that an extra or a group of a member is installed."""
        kind, _, name = origin.partition(" ")
        return frozenset(
            f"extra {kind}-{len(self.pins[root].name)}-{self.pins[root].name}-{name}"
            for root in roots
        )

    def _has_conflicts(self) -> bool:
        return any(
            isinstance(row.get("marker"), str) and "extra ==" in row["marker"]
            for package in self.packages
            for row in _list(package.get("dependencies"))
        )

    def _link(self, active: frozenset[str]) -> None:
        for index, (node, package) in enumerate(zip(self.nodes, self.packages, strict=True)):
            node.edges = self._edges((index, "dependencies"), active)
            node.extras = {
                extra: self._edges((index, "optional-dependencies", extra), active)
                for extra in _table(package.get("optional-dependencies"))
            }

    def _edges(self, path: Path, active: frozenset[str]) -> list[Edge]:
        """The packages that the rows of a list name; without a version those of all forks.

        `path`  the number of the package, then the keys that lead to the list
        """
        rows: Any = self.packages[path[0]]  # type: ignore[index]
        for key in path[1:]:
            rows = rows.get(key)
        if rows is None:
            return []
        there: Path = ("package", self._places[path[0]], *path[1:])  # type: ignore[index]
        if not isinstance(rows, list):
            self._wrong(there, f"`{path[-1]}` must be an array of tables")
            return []
        edges = []
        for number, row in enumerate(rows):
            name = row.get("name") if isinstance(row, dict) else None
            if not isinstance(name, str):
                self._wrong((*there, number), "a dependency of the lock has no name")
                continue
            where = self._where(row.get("marker"), (*there, number, "marker"), active)
            version = row.get("version")
            extras = tuple(_texts(row.get("extra")))
            for index in self._by_name.get(name) or self._by_name.get(normal(name)) or ():
                if version is None or self.packages[index].get("version") == version:
                    edges.append(Edge(index, where, extras))
        return edges


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _texts(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
