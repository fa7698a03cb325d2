"""What a name of another own module stands for, with that module's own words."""

from __future__ import annotations

import re

from kerlint.rules._made import Makers
from kerlint.source.values import CLASS, FUNCTION, NAME, RESULT, RETURNED, SELF

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.project.modules import Project
    from kerlint.rules.base import Context
    from kerlint.source.facts import Module
    from kerlint.source.values import Atom, Value

_STAR = re.compile(rb"import[\s\\(]*\*")

_MOST_STARS = 4
"""How many `from module import *` a name is followed through."""


def makers_of(
    module: Module, context: Context, *, annotations: bool = False, elsewhere: bool = True
) -> Makers:
    """Who answers for the values of the module.

    `annotations`: they are believed; `elsewhere`: own modules that it imports are looked into.
    """

    def make() -> Makers:
        project = context.project
        if project is None or not elsewhere:
            return Makers(module, context, None, annotations=annotations)
        return Elsewhere(context, project, annotations).of_file(module)

    found: Makers = context.shared(f"makers {annotations} {elsewhere}", make)
    return found


class Elsewhere:
    """Looks names up in own modules; each is read when it is asked for."""

    def __init__(self, context: Context, project: Project, annotations: bool) -> None:
        self._context = context
        self._project = project
        self._annotations = annotations
        self._makers: dict[str, Makers | None] = {}

    def of_file(self, module: Module) -> Makers:
        """The makers of the file under check, for others that import it too."""
        makers = self._makers[self._project.absolute(module.path)] = self._new(module)
        return makers

    def _new(self, module: Module) -> Makers:
        return Makers(module, self._context, self, annotations=self._annotations)

    def forget(self) -> None:
        """Let go of the modules."""
        self._makers.clear()

    def value(self, module: Module, name: str, *, called: bool) -> tuple[Makers, Value] | None:
        """What `name`, as `module` spells it, stands for; `called`: what its call returns.

        The value is one of the module that is returned with it; None if it is not certain.
        """
        found = self._named(module, name, _MOST_STARS)
        if found is None or not called:
            return found
        makers, value = found
        results = [_called(atom) for atom in value]
        known = [atom for atom in results if atom is not None]
        return (makers, tuple(known)) if len(known) == len(results) else None

    def _named(self, module: Module, name: str, hops: int) -> tuple[Makers, Value] | None:
        path = self._project.absolute(module.path)
        if self._project.files(self._project.layout(path).root) is None:
            return None  # too many to look into
        resolved = self._project.resolve(module.path, name) if hops else None
        if resolved is None or name in module.assigned:
            return None
        path, rest = resolved
        if not rest:  # a module; but its package may give the name to something else
            parent, dot, rest = name.rpartition(".")
            if not parent.strip("."):
                parent = parent + dot
            above = self._project.resolve(module.path, parent) if parent and dot else None
            if above is None or above[1] or above[0] == path:
                return None
            path = above[0]
        head, _, rest = rest.partition(".")
        if not self._may_bind(path, head):
            return None
        makers = self._of(path)
        if makers is None:
            return None
        value = makers.module.bindings.get(head)
        if value is None:
            return self._from_star(makers, f"{head}.{rest}" if rest else head, hops)
        return self._below(makers, value, rest) if rest else (makers, value)

    def _below(self, makers: Makers, value: Value, rest: str) -> tuple[Makers, Value] | None:
        """An attribute of something that is imported there, or of a class."""
        if len(value) != 1:
            return None
        atom = value[0]
        if atom[0] == NAME:
            return makers, ((NAME, f"{atom[1]}.{rest}", 1),)
        if atom[0] == CLASS and rest not in atom[1].fields:
            inner = atom[1].names.get(rest)
            return None if inner is None else (makers, inner)
        return None

    def _from_star(self, makers: Makers, rest: str, hops: int) -> tuple[Makers, Value] | None:
        """What exactly one `from module import *` there brings."""
        stars = [one for one in makers.module.references if one.kind == "star"]
        found = []
        for star in stars:
            joint = "" if star.name.endswith(".") else "."
            value = self._named(makers.module, f"{star.name}{joint}{rest}", hops - 1)
            if value is not None:
                found.append(value)
        return found[0] if len(found) == 1 and not rest.startswith("_") else None

    def _may_bind(self, path: str, name: str) -> bool:
        """Whether the module may give the name a meaning: asked before it is parsed."""
        data = self._project.data(path)
        return name.encode() in data or _STAR.search(data) is not None

    def _of(self, path: str) -> Makers | None:
        if path not in self._makers:
            module = self._project.module(path)
            self._makers[path] = None if module is None else self._new(module)
        return self._makers[path]


def _called(atom: Atom) -> Atom | None:
    """What a call of it returns; None if that is not known."""
    tag = atom[0]
    if tag == NAME:
        return RESULT, atom[1]
    if tag == CLASS and "__new__" not in atom[1].names:
        return SELF, atom[1]
    if tag == FUNCTION and atom[1].called_runs and not atom[1].decorated:
        return RETURNED, atom[1]
    return None
