"""Scopes: which value a name has at this point of the text.

Inside one scope the text is followed in order (`values`); a function is read after the scopes
around it are complete and sees everything that they ever bound (`ever`), since nobody knows when
it will be called.
"""

from __future__ import annotations

import builtins

from kerlint.source.values import ANYTHING, NAME, STAR, UNKNOWN, join

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.source.values import Value

_BUILTINS = frozenset(dir(builtins))


class Scope:
    """One module, class body, function or comprehension.

    `kind`    `module`, `class`, `function` or `inner` (comprehension, lambda)
    `values`  name to value, now
    `ever`    name to the join of all values it was bound to
    `locals`  names that the whole scope binds somewhere (functions only)
    `rebound` (name of a scope, name) for each that functions within bind, by `global` or
              `nonlocal`, to what cannot be told: nobody knows when; one set for all scopes
    `stars`   modules of `from MODULE import *` so far; a relative one cannot be seen through
    """

    __slots__ = ("ever", "kind", "locals", "name", "outer", "parent", "rebound", "stars", "values")

    def __init__(
        self,
        kind: str,
        parent: Scope | None,
        name: str = "",
        local_names: frozenset[str] = frozenset(),
    ) -> None:
        self.kind = kind
        self.parent = parent
        self.name = name
        self.values: dict[str, Value] = {}
        self.ever: dict[str, Value] = {}
        self.locals = local_names
        self.outer: dict[str, Scope] = {}
        """Names declared `global` or `nonlocal`, with the scope that they belong to."""
        self.rebound: set[tuple[str, str]] = set() if parent is None else parent.rebound
        self.stars: list[str] = []

    def bind(self, name: str, value: Value) -> None:
        """Give a name a value, here or where `global` and `nonlocal` say."""
        scope = self.outer.get(name, self)
        if scope is self:
            scope.values[name] = value
        else:
            scope.values[name] = join(scope.values.get(name, value), value)
            if (UNKNOWN,) in value:
                self.rebound.add((scope.name, name))
        known = scope.ever.get(name)
        scope.ever[name] = value if known is None else join(known, value)

    def unbind(self, name: str) -> None:
        """`del name`."""
        self.outer.get(name, self).values.pop(name, None)

    def bind_walrus(self, name: str, value: Value) -> None:
        """`name := value` binds in the nearest scope that is no comprehension."""
        scope = self
        while scope.kind == "inner" and scope.parent is not None:
            scope = scope.parent
        scope.bind(name, value)

    def add_star(self, module: str, brought: frozenset[str] | None) -> None:
        """`from module import *`.

        `brought` are the names that it binds, as far as that is known. If it is not known, a
        name that was bound before is taken to mean what it meant: an own module that happens to
        hide an import is the author's wish.
        """
        self.stars.append(module)
        depth = module.count(".") + 1
        for name in brought or ():
            self.bind(name, ((NAME, f"{module}.{name}", depth + 1),))

    def look_up(self, name: str) -> Value:
        """What the name stands for at this point."""
        if name in self.outer:
            return self.outer[name].ever.get(name, ANYTHING)
        found = self.values.get(name)
        if found is not None:
            return found
        if self.kind == "function" and name in self.locals:
            return ANYTHING
        current = self.kind in ("inner", "class")
        scope = self.parent
        while scope is not None:
            if scope.kind != "class" or current:
                found = (scope.values if current else scope.ever).get(name)
                if found is None and current and scope.kind == "module":
                    found = scope.ever.get(name)
                if found is not None:
                    return found
                if scope.kind == "function" and name in scope.locals:
                    return ANYTHING
            current = current and scope.kind in ("inner", "class")
            scope = scope.parent
        return self._from_star(name)

    def _from_star(self, name: str) -> Value:
        module = self
        while module.parent is not None:
            module = module.parent
        if not module.stars or name in _BUILTINS:
            return ANYTHING
        value: Value = ()
        for star in module.stars:
            atom = (
                (UNKNOWN,)
                if star.startswith(".")
                else (STAR, f"{star}.{name}", star.count(".") + 1)
            )
            value = join(value, (atom,))
        return value

    def snapshot(self) -> dict[str, Value]:
        """The values now, to go back to for another branch."""
        return dict(self.values)

    def merge(self, *branches: dict[str, Value]) -> None:
        """After branches: a name is what any of them made of it."""
        merged: dict[str, Value] = {}
        for branch in branches:
            for name, value in branch.items():
                known = merged.get(name)
                merged[name] = value if known is None else join(known, value)
        self.values = merged
