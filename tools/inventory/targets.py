"""What a call inside a function runs."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .entities import Class, Entity, Function, Module
from .expressions import Scope
from .refusals import is_name
from .wrappers import last_name

if TYPE_CHECKING:
    from .signatures import Signature, Signatures


@dataclass(frozen=True)
class Place:
    """A function as it runs on an instance of `cls` (None outside classes)."""

    function: Function
    cls: Class | None

    @property
    def instance(self) -> Class | None:
        return self.cls or self.function.owner

    @property
    def first(self) -> str:
        """The name of `self`; empty outside classes."""
        spec = self.function.node.args
        names = [*spec.posonlyargs, *spec.args]
        return names[0].arg if names and self.function.owner is not None else ""


@dataclass(frozen=True)
class Target:
    """A function that a call runs; `skipped` positional arguments of the call are its `self`."""

    function: Function
    cls: Class | None
    skipped: int


class Targets:
    """Resolves calls as far as they can be seen."""

    def __init__(self, signatures: Signatures) -> None:
        self.signatures = signatures
        self.machine = signatures.machine
        self._imports: dict[Function, dict[str, Entity]] = {}
        self._bound: dict[Function, tuple[set[str], set[str]]] = {}

    def signature(self, call: ast.Call, place: Place) -> tuple[Signature, int] | None:
        """What a call's target accepts, and how many positional arguments are its `self`."""
        from .signatures import NOTHING

        target = self.function(call, place)
        if target is not None:
            return self.signatures.function(target.function, target.cls), target.skipped
        owner, instance = place.function.owner, place.instance
        if _is_super(call.func):
            if owner is None or instance is None:
                return None
            return (NOTHING, 0) if self.signatures.ends_in_object(instance, owner) else None
        if isinstance(call.func, ast.Attribute) and call.func.attr == "__init__":
            base = self.evaluate(call.func.value, place)
            return (self.signatures.constructor(base), 1) if isinstance(base, Class) else None
        entity = self.evaluate(call.func, place)
        return (self.signatures.constructor(entity), 0) if isinstance(entity, Class) else None

    def function(self, call: ast.Call, place: Place) -> Target | None:
        """The function that a call runs; None for classes and what cannot be seen."""
        func = call.func
        if not isinstance(func, ast.Attribute):
            entity = self.evaluate(func, place)
            return Target(entity, None, 0) if isinstance(entity, Function) else None
        owner, instance = place.function.owner, place.instance
        if _is_super(func):
            if owner is None or instance is None:
                return None
            return self._method(instance, func.attr, 0, after=owner)
        if place.first and is_name(func.value, place.first) and instance is not None:
            return self._method(instance, func.attr, 0)
        base = self.evaluate(func.value, place)
        if isinstance(base, Class):
            found = self._method(base, func.attr, 1)
            if found is None:
                return None
            marks = {last_name(mark) for mark in getattr(found.function.node, "decorator_list", ())}
            # Called on the class: `self` is the call's first argument.
            inherits = instance is not None and base in self.signatures.lineage.order(instance)
            bound = bool(marks & {"staticmethod", "classmethod"})
            return Target(found.function, instance if inherits else base, 0 if bound else 1)
        if not isinstance(base, Module):
            return None
        entity = self.evaluate(func, place)
        return Target(entity, None, 0) if isinstance(entity, Function) else None

    def _method(
        self, cls: Class, name: str, skipped: int, after: Class | None = None
    ) -> Target | None:
        found = self.signatures.find(cls, name, after)
        return None if found is None else Target(found[0], cls, skipped)

    def evaluate(self, node: ast.expr, place: Place) -> Entity | None:
        """What an expression inside a function stands for; None when a local name decides."""
        names: list[str] = []
        root = node
        while isinstance(root, ast.Attribute):
            names.append(root.attr)
            root = root.value
        if not isinstance(root, ast.Name):
            return None
        assigned, imported = self._locals(place.function)
        if root.id in assigned:
            return None
        if root.id not in imported:
            scope = Scope(place.function.module)
            return self.machine.force(self.machine.expressions.evaluate(node, scope))
        entity = self._imported(place.function).get(root.id)
        for name in reversed(names):
            if entity is None:
                return None
            entity = self.machine.member(entity, name)
        return None if entity is None else self.machine.force(entity)

    def _locals(self, function: Function) -> tuple[set[str], set[str]]:
        """Names that assignments and parameters bind in a function, and those that imports do."""
        if function not in self._bound:
            assigned: set[str] = set()
            imported: set[str] = set()
            for node in ast.walk(function.node):
                match node:
                    case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                        assigned.add(name)
                    case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
                        imported.update(
                            (alias.asname or alias.name).partition(".")[0] for alias in aliases
                        )
            self._bound[function] = assigned, imported
        return self._bound[function]

    def _imported(self, function: Function) -> dict[str, Entity]:
        """What imports inside a function bind."""
        if function not in self._imports:
            self._imports[function] = {
                name: entity
                for node in ast.walk(function.node)
                if isinstance(node, (ast.Import, ast.ImportFrom))
                for name, entity in self._bindings(node)
            }
        return self._imports[function]

    def _bindings(self, node: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, Entity]]:
        from .machine import ImportFails

        for alias in node.names:
            try:
                if isinstance(node, ast.Import):
                    if alias.asname:
                        yield alias.asname, self.machine.load(alias.name)
                elif node.module and not node.level:
                    found = self.machine.from_import(node.module, alias.name)
                    yield alias.asname or alias.name, found
            except ImportFails:
                continue


def _is_super(func: ast.expr) -> bool:
    return (
        isinstance(func, ast.Attribute)
        and isinstance(func.value, ast.Call)
        and is_name(func.value.func, "super")
    )
