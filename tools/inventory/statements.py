"""A module's or class's statements, gone through in order."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from .entities import Class, Entity, Function, Later, Module, Value, merge
from .expressions import Scope

if TYPE_CHECKING:
    from .machine import Machine

CATCHES_IMPORTS = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}


class Body:
    """Runs statements for what they bind."""

    def __init__(self, machine: Machine, module: Module, owner: Class | None = None) -> None:
        self.machine = machine
        self.module = module
        self.owner = owner
        self.scope = Scope(module, owner)
        self.lazy = machine.is_lazy(module.name)

    def execute(self, statements: list[ast.stmt]) -> None:
        for statement in statements:
            self.statement(statement)

    @property
    def names(self) -> dict[str, Entity]:
        return self.scope.names()

    def bind(self, name: str, entity: Entity) -> None:
        self.names[name] = entity
        if name == "__all__" and self.owner is None:
            literal = entity.literal if isinstance(entity, Value) else None
            self.module.exports = literal if isinstance(literal, list) else None

    def statement(self, node: ast.stmt) -> None:
        match node:
            case ast.Import():
                self._import(node)
            case ast.ImportFrom():
                self._import_from(node)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self._function(node)
            case ast.ClassDef():
                self._class(node)
            case ast.Assign(targets=targets, value=value):
                entity = self.machine.expressions.evaluate(value, self.scope)
                for target in targets:
                    self._assign(target, entity, value)
            case ast.AnnAssign(target=target, value=value):
                if value is not None:
                    entity = self.machine.expressions.evaluate(value, self.scope)
                    self._assign(target, entity, value)
                elif self.owner is not None and isinstance(target, ast.Name):
                    self.names.setdefault(target.id, Value())
            case ast.AugAssign(target=ast.Name(id="__all__"), value=value):
                self._extend_all(value)
            case ast.Delete(targets=targets):
                for target in targets:
                    if isinstance(target, ast.Name):
                        self.names.pop(target.id, None)
            case ast.Expr(value=ast.Call() as call):
                self._call(call)
            case ast.If(test=test, body=body, orelse=orelse):
                self._if(self.machine.expressions.condition(test, self.scope), body, orelse)
            case ast.Try():
                self._try(node)
            case ast.With(items=items, body=body):
                for item in items:
                    if item.optional_vars is not None:
                        self._assign(item.optional_vars, Value(), None)
                self.execute(body)
            case ast.For(target=target, body=body, orelse=orelse):
                self._assign(target, Value(), None)
                self.execute(body + orelse)
            case ast.While(body=body):
                self.execute(body)

    # Imports.

    def _import(self, node: ast.Import) -> None:
        for alias in node.names:
            if alias.asname:
                if self.lazy:
                    self.bind(alias.asname, Later(alias.name))
                    continue
                self.machine.load(alias.name)
                self.bind(alias.asname, self._by_path(alias.name))
            else:
                top = alias.name.partition(".")[0]
                if self.lazy:
                    self.bind(top, Later(top))
                    continue
                self.machine.load(alias.name)
                self.bind(top, self.machine.load(top))

    def _by_path(self, name: str) -> Entity:
        """`import a.b.c as x` binds what the attributes lead to, not what was loaded."""
        entity = self.machine.load(name.partition(".")[0])
        for part in name.split(".")[1:]:
            found = self.machine.member(entity, part)
            if found is None:
                return self.machine.load(name)
            entity = found
        return entity

    def _import_from(self, node: ast.ImportFrom) -> None:
        source = self._source(node)
        for alias in node.names:
            if alias.name == "*":
                for name, entity in self.machine.star(source):
                    if name == "*":
                        self.module.open = True
                    else:
                        self.bind(name, entity)
            elif self.lazy:
                self.bind(alias.asname or alias.name, self._put_off(source, alias.name))
            else:
                entity = self.machine.from_import(source, alias.name)
                self.bind(alias.asname or alias.name, entity)

    def _put_off(self, source: str, name: str) -> Entity:
        return Later(self.machine.canonical(source), name)

    def _source(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        parts = self.module.package.split(".")
        base = parts[: len(parts) - node.level + 1]
        return ".".join([*base, *([node.module] if node.module else [])])

    # Definitions.

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        above = self.owner.name if self.owner is not None else self.module.name
        self.bind(node.name, Function(f"{above}.{node.name}", node, self.module, self.owner))

    def _class(self, node: ast.ClassDef) -> None:
        above = self.owner.name if self.owner is not None else self.module.name
        bases: list[Entity] = []
        opaque = False
        for base in node.bases:
            if isinstance(base, ast.Starred):
                opaque = True
                continue
            bases.append(self.machine.expressions.evaluate(base, self.scope))
        cls = Class(f"{above}.{node.name}", node, self.module, bases, opaque=opaque)
        self.bind(node.name, cls)

    def _assign(self, target: ast.expr, entity: Entity, value: ast.expr | None) -> None:
        match target:
            case ast.Name(id=name):
                self.bind(name, entity)
            case ast.Tuple(elts=elements) | ast.List(elts=elements):
                values = value.elts if isinstance(value, (ast.Tuple, ast.List)) else []
                same = len(values) == len(elements)
                for position, element in enumerate(elements):
                    part = values[position] if same else None
                    found: Entity = Value()
                    if part is not None:
                        found = self.machine.expressions.evaluate(part, self.scope)
                    self._assign(element, found, part)
            case ast.Starred(value=inner):
                self._assign(inner, Value(), None)
            case ast.Attribute(value=base, attr=attr):
                self._set(self.machine.expressions.evaluate(base, self.scope), attr, entity)
            case ast.Subscript(value=ast.Call(func=ast.Name(id="globals" | "vars"))):
                key = self.machine.expressions.evaluate(target.slice, self.scope)
                if isinstance(key, Value) and isinstance(key.literal, str):
                    self.bind(key.literal, entity)
                else:
                    self.module.open = True

    def _set(self, base: Entity, name: str, entity: Entity) -> None:
        base = self.machine.force(base)
        if isinstance(base, Module) and not name.startswith("__"):
            base.names[name] = entity
        elif isinstance(base, Class):
            self.machine.class_names(base)[name] = entity

    def _call(self, call: ast.Call) -> None:
        """`setattr(module, "name", value)`, `__all__.extend(...)`, `globals().update(...)`."""
        evaluate = self.machine.expressions.evaluate
        match call:
            case ast.Call(func=ast.Name(id="setattr"), args=[base, key, value]):
                name = evaluate(key, self.scope)
                if isinstance(name, Value) and isinstance(name.literal, str):
                    self._set(evaluate(base, self.scope), name.literal, evaluate(value, self.scope))
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="__all__"), attr="extend"), args=[added]
            ):
                self._extend_all(added)
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="__all__"), attr="append"), args=[added]
            ):
                self._extend_all(ast.List(elts=[added], ctx=ast.Load()))
            case ast.Call(
                func=ast.Attribute(value=ast.Call(func=ast.Name(id="globals")), attr="update")
            ):
                self.module.open = True
            case ast.Call(
                func=ast.Attribute(attr="import_module"), args=[ast.Constant(value=str(name)), *_]
            ):
                if not self.lazy:
                    self.machine.load(name)

    def _extend_all(self, added: ast.expr) -> None:
        strings = self.machine.expressions.strings(added, self.scope)
        if self.module.exports is not None and strings is not None:
            self.module.exports = self.module.exports + strings
        else:
            self.module.exports = None

    # Branches.

    def _if(self, known: bool | None, body: list[ast.stmt], orelse: list[ast.stmt]) -> None:
        if known is not None:
            self.execute(body if known else orelse)
            return
        before = dict(self.names)
        first = self._arm(body)
        self._replace(before)
        second = self._arm(orelse)
        if first is None or second is None:
            self._replace(first or second or before)
            return
        merged = dict(first)
        for name, entity in second.items():
            merged[name] = merge(first[name], entity) if name in first else entity
        self._replace(merged)

    def _arm(self, body: list[ast.stmt]) -> dict[str, Entity] | None:
        """The namespace after a branch; None when the branch cannot be taken."""
        from .machine import ImportFails

        try:
            self.execute(body)
        except ImportFails:
            return None
        if body and isinstance(body[-1], ast.Raise):
            return None
        return dict(self.names)

    def _replace(self, names: dict[str, Entity]) -> None:
        current = self.names
        current.clear()
        current.update(names)

    def _try(self, node: ast.Try) -> None:
        from .machine import ImportFails

        failed = False
        try:
            self.execute(node.body)
        except ImportFails:
            failed = True
            if not any(_catches(handler) for handler in node.handlers):
                raise
        if failed:
            for handler in node.handlers:
                if _catches(handler):
                    self.execute(handler.body)
                    break
        else:
            self.execute(node.orelse)
            self._fill_in(node.handlers)
        self.execute(node.finalbody)

    def _fill_in(self, handlers: list[ast.ExceptHandler]) -> None:
        """Names that only a handler binds may be there too: a package may be missing."""
        from .machine import ImportFails

        before = dict(self.names)
        exports = self.module.exports
        for handler in handlers:
            try:
                self.execute(handler.body)
            except ImportFails:
                continue
        self._replace({**self.names, **before})
        self.module.exports = exports


def _catches(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    types = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(isinstance(kind, ast.Name) and kind.id in CATCHES_IMPORTS for kind in types)
