"""Own modules in one program: what an import runs, what a call runs, what matters at all."""

from __future__ import annotations

from kerlint.project.imports_scan import as_notebooks
from kerlint.project.names import absolute
from kerlint.source.notebooks.running import RUNS
from kerlint.source.order_state import Place
from kerlint.source.values import CLASS, FUNCTION, NAME

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from kerlint.project.finder import Finder, Found
    from kerlint.project.modules import Project
    from kerlint.source.facts import Event, Module
    from kerlint.source.values import Value

_MOST_HOPS = 10
_BY_STRING = (b"import_module", b"importorskip", b"__import__", b"exec")
"""Where one of these stands, a file may import more than its statements say."""


class OwnModules:
    """The own modules that a program sees, by its `sys.path`; `order.Modules` for a project.

    `variables`  words, one of which a file must hold that writes the variable
    `readers`    names, of one of which a file must import the top or a part that makes somebody
                 read it
    `unnamed`    whether a file matters, too, that may set variables it does not name

    A module is parsed only if it, or one that it may import, does.
    """

    def __init__(
        self,
        project: Project,
        finder: Finder,
        variables: tuple[bytes, ...],
        readers: tuple[bytes, ...],
        unnamed: bool,
    ) -> None:
        self._unnamed = unnamed
        self._project = project
        self.finder = finder
        self._variables = variables
        self._readers = tuple(dict.fromkeys(name.partition(b".")[0] for name in readers))
        self._reached: dict[tuple[str, bool], bool] = {}
        self._writes: dict[tuple[str, frozenset[str]], bool] = {}
        self._writers: dict[str, bool] = {}
        self._imported: dict[str, tuple[Found, ...]] = {}
        self._places: dict[str, Place] = {}
        self._loads: dict[tuple[str, str, tuple[str, ...]], Sequence[tuple[Place, bool]]] = {}

    def place(self, found: Found) -> Place:
        """The module where it is imported under its name."""
        if found.name not in self._places:
            self._places[found.name] = Place(
                found.path,
                self.reading(found.path),
                name=found.name,
                package=found.package,
                main=found.name.startswith(RUNS),
            )
        return self._places[found.name]

    def met(self) -> list[Place]:
        """The modules that some program was seen to import so far."""
        return list(self._places.values())

    def leaves_alone(self, name: str) -> bool:
        """Whether a full name leads to an own module that neither writes nor has it read."""
        found = self.finder.split(name)
        return found is not None and bool(found[0].path) and not self._reaches(found[0], True)

    def reading(self, path: str) -> Callable[[], Module | None]:
        """What reads the facts of a file when they are asked for."""
        return lambda: self._project.module(path)

    def imported(self, name: str) -> list[Place]:
        """The modules that an import of the full name runs, parents first."""
        return [self.place(found) for found in self.finder.chain(name) if found.path]

    def loads(self, place: Place, event: Event) -> Sequence[tuple[Place, bool]]:
        """What an `import` event in `place` imports, in order; whether each is certain."""
        key = (place.path, place.package, event.names)
        if key not in self._loads:
            loads = self._loaded(place.package, *event.names)
            if not loads and self._project.imports_notebooks(place.path):
                names = as_notebooks(event.names[0])
                loads = [one for name in names for one in self._loaded("", name)]
            self._loads[key] = tuple(loads)
        return self._loads[key]

    def _loaded(self, package: str, first: str, *others: str) -> list[tuple[Place, bool]]:
        module = absolute(package, first)
        chain = self.finder.chain(module) if module else []
        loads = [(self.place(found), True) for found in chain if found.path]
        if not chain or chain[-1].name != module:
            return loads
        last = chain[-1]
        for name in others:
            leaf = name.rpartition(".")[2]
            inner = self.finder.find(f"{last.name}.{leaf}") if last.folders else None
            if inner is not None and inner.path and self._reaches(inner, True):
                loads.append((self.place(inner), self._is_submodule(last, leaf, inner)))
        return loads

    def _is_submodule(self, package: Found, leaf: str, inner: Found) -> bool:
        """Whether `from package import leaf` certainly imports the submodule of that name."""
        if not package.path or leaf.encode("utf-8", "replace") not in self._project.data(
            package.path
        ):
            return True
        module = self._project.module(package.path)
        value = module.bindings.get(leaf) if module else None
        if value is None:
            return module is not None
        return [absolute(package.package, atom[1]) for atom in value if atom[0] == NAME] == [
            inner.name
        ]

    def called(self, place: Place, event: Event) -> tuple[Place, Sequence[Event]] | None:
        """The body of the own function that a `use` event in `place` certainly runs."""
        return self.function(place.package, event.names[0]) if len(event.names) == 1 else None

    def function(self, package: str, name: str) -> tuple[Place, Sequence[Event]] | None:
        """The body of the function of that name, as a module of `package` would spell it."""
        for _ in range(_MOST_HOPS):
            full = absolute(package, name)
            found, rest = (self.finder.split(full) if full else None) or (None, "")
            if found is None or not rest or not found.path or not self._reaches(found, True):
                return None
            place = self.place(found)
            head, _, rest = rest.partition(".")
            value = place.module.bindings.get(head, ()) if place.module else ()
            if len(value) != 1:
                return None
            if value[0][0] != NAME:
                body = _body(value, rest)
                return None if body is None else (place, body)
            package, name = found.package, f"{value[0][1]}.{rest}" if rest else value[0][1]
        return None

    def matters(self, place: Place, reads: bool) -> bool:
        """Whether importing the module can write the variable or, if `reads`, read it."""
        found = self.finder.find(place.name)
        return found is None or self._reaches(found, reads)

    def writes(self, place: Place, loaded: frozenset[str]) -> bool:
        """Whether importing the module can write the variable, where these are `loaded`."""
        key = (place.name, loaded)
        if key not in self._writes:
            found = self.finder.find(place.name)
            self._writes[key] = found is None or self._is_writer(
                self._closure(found, self._is_writer, loaded)[-1]
            )
        return self._writes[key]

    def _is_writer(self, found: Found) -> bool:
        known = self._writers.get(found.name)
        if known is None:
            known = self._writers[found.name] = self._holds(found.path, False)
        return known

    def give_up(self, place: Place) -> None:
        """Note that the modules that the program imports run in too many ways to be followed."""
        self._project.passed_over.add(place.path)

    def reaches(self, found: Found, path: str) -> bool:
        """Whether importing the module may import the file at `path`."""
        return path in {inner.path for inner in self._closure(found, lambda _: False)}

    def _reaches(self, start: Found, reads: bool) -> bool:
        key = (start.name, reads)
        known = self._reached.get(key)
        if known is None:

            def holds(found: Found) -> bool:
                return self._reached.get((found.name, reads)) or self._holds(found.path, reads)

            # The packages around a module have begun to run before it does.
            around = _parents(start.name)
            seen = self._closure(start, holds, around)
            known = self._reached[key] = bool(seen) and holds(seen[-1])
            if not known:
                self._reached.update(
                    ((found.name, reads), False) for found in seen if _parents(found.name) >= around
                )
        return known

    def _holds(self, path: str, reads: bool) -> bool:
        """Whether the file may write the variable or, if `reads`, make somebody read it."""
        if not path:
            return False
        if self._project.holds_any(path, self._variables) or (
            self._unnamed and self._project.sets_unnamed(path)
        ):
            return True
        if not reads or not self._project.holds_any(path, self._readers):
            return False
        if self._project.holds_any(path, _BY_STRING):
            return True
        tops = {name.partition(".")[0].encode() for name in self._project.imports(path)}
        return not tops.isdisjoint(self._readers)

    def _closure(
        self, start: Found, enough: Callable[[Found], bool], loaded: Collection[str] = ()
    ) -> list[Found]:
        """The modules that importing `start` may import, until one is `enough`, the last.

        `loaded`: names of modules that have been imported before.
        """
        seen = {start.name, *loaded}
        waiting = [start]
        order = []
        while waiting:
            found = waiting.pop()
            order.append(found)
            if enough(found):
                return order
            for inner in self._may_import(found):
                if inner.name not in seen:
                    seen.add(inner.name)
                    waiting.append(inner)
        return order

    def _may_import(self, found: Found) -> tuple[Found, ...]:
        """The own modules that the module names in its imports, those around them included."""
        known = self._imported.get(found.name)
        if known is None:
            names = self._project.imports(found.path) if found.path else ()
            full = [absolute(found.package, name) for name in names]
            inner = (one for name in full if name for one in self.finder.chain(name))
            known = self._imported[found.name] = tuple({one.name: one for one in inner}.values())
        return known


def _parents(name: str) -> frozenset[str]:
    """The packages around a module."""
    parts = name.split(".")
    return frozenset(".".join(parts[:end]) for end in range(1, len(parts)))


def _body(value: Value, rest: str) -> Sequence[Event] | None:
    """The events of a call of a function, a class, or a function of a class (`rest`)."""
    atom = value[0]
    if atom[0] == CLASS:
        inner = atom[1].names.get(rest or "__init__", ())
        return _body(inner, "") if len(inner) == 1 and inner[0][0] == FUNCTION else None
    if atom[0] != FUNCTION or rest or not atom[1].called_runs:
        return None
    events: Sequence[Event] = atom[1].events
    return events
