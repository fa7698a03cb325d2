"""Where `**kwargs` go: which further keywords a function accepts, and whether it refuses the rest.

A function refuses unknown keywords when on every way through it the dictionary meets something
that refuses: a call of a function without `**kwargs` of its own (followed the same way), a test
`if kwargs: raise`, a loop that raises for what is not in a list, Keras 2's `validate_kwargs`.
Whatever is not one of the known harmless uses makes it open: better too much than a false alarm.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .entities import Class, Entity, Foreign, Function, Module
from .expressions import Scope
from .wrappers import last_name

if TYPE_CHECKING:
    from .signatures import Signature, Signatures

READS = {"pop", "get", "setdefault", "__contains__", "__getitem__"}
HARMLESS = {"items", "keys", "values", "copy", "update"}
TALKS = {"warn", "warning", "info", "debug", "error", "format", "join", "log", "str", "repr", "print"}
REFUSERS = {"validate_kwargs": 1, "raise_if_unexpected": 0}
COMPOUND = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.AsyncWith, ast.AsyncFor)


@dataclass
class _Use:
    """What happens to one dictionary of keywords within one function."""

    name: str
    function: Function
    cls: Class | None
    accepted: list[str] = field(default_factory=list)
    leaks: bool = False
    refusing: set[int] = field(default_factory=set)
    """Identities of the nodes at which unknown keywords are refused."""
    local: dict[str, Entity] | None = None


class Keywords:
    """Follows dictionaries of keywords through functions."""

    def __init__(self, signatures: Signatures) -> None:
        self.signatures = signatures
        self.machine = signatures.machine
        self._busy: set[tuple[Function, str, Class | None]] = set()

    def of(self, function: Function, name: str, cls: Class | None) -> tuple[list[str], bool]:
        """Further keywords that are accepted through `name`, and whether any others may be."""
        key = (function, name, cls)
        if key in self._busy or isinstance(function.node, ast.Lambda):
            return [], True
        self._busy.add(key)
        try:
            use = _Use(name, function, cls)
            body = function.node.body
            assert isinstance(body, list)
            for statement in body:
                self._visit(statement, use)
            closed = not use.leaks and self._covers(body, use)
        finally:
            self._busy.discard(key)
        return list(dict.fromkeys(use.accepted)), not closed

    # Uses.

    def _visit(self, node: ast.AST, use: _Use) -> None:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda() | ast.ClassDef():
                use.leaks = use.leaks or _mentions(node, use.name)
                return
            case ast.Raise():
                return
            case ast.If(test=test, body=body) if self._asks_for_any(test, use.name):
                if _always_raises(body):
                    use.refusing.add(id(node))
                for child in [*body, *node.orelse]:
                    self._visit(child, use)
                return
            case ast.For() if self._refusing_loop(node, use):
                use.refusing.add(id(node))
                return
            case ast.Call():
                if self._call(node, use):
                    return
            case ast.Subscript(value=ast.Name(id=name), slice=key) if name == use.name:
                self._key(key, use)
                self._visit(key, use)
                return
            case ast.Compare(left=left, ops=[ast.In() | ast.NotIn()], comparators=[ast.Name(id=name)]) if (
                name == use.name
            ):
                self._key(left, use)
                return
            case ast.Name(id=name) if name == use.name:
                use.leaks = True
                return
        for child in ast.iter_child_nodes(node):
            self._visit(child, use)

    def _key(self, key: ast.expr, use: _Use) -> None:
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            use.accepted.append(key.value)
        else:
            use.leaks = True

    def _call(self, call: ast.Call, use: _Use) -> bool:
        """Judge a call by what it does with the dictionary; False when it does nothing special."""
        function = call.func
        if isinstance(function, ast.Attribute) and _is_name(function.value, use.name):
            if function.attr in READS and call.args:
                self._key(call.args[0], use)
            elif function.attr != "update":
                use.leaks = True
            for argument in call.args[1:]:
                self._visit(argument, use)
            return True
        if last_name(function) in TALKS:
            return True
        if last_name(function) == "len" and any(_is_name(value, use.name) for value in call.args):
            return True
        spread = any(word.arg is None and _is_name(word.value, use.name) for word in call.keywords)
        given = [place for place, value in enumerate(call.args) if _is_name(value, use.name)]
        given_by_name = [word.arg for word in call.keywords if word.arg and _is_name(word.value, use.name)]
        if not (spread or given or given_by_name):
            return False
        for part in [function, *call.args, *[word.value for word in call.keywords]]:
            if not _is_name(part, use.name):
                self._visit(part, use)
        if spread:
            self._spread(call, use)
        else:
            self._handed(call, given, given_by_name, use)
        return True

    def _spread(self, call: ast.Call, use: _Use) -> None:
        """`f(..., **kwargs)`: what `f` accepts and is not given here."""
        target = self._target(call, use)
        if target is None:
            use.leaks = True
            return
        signature, skipped = target
        names = signature.keywords()
        if not any(isinstance(value, ast.Starred) for value in call.args):
            positional = [
                parameter.name for parameter in signature.parameters if parameter.kind == "positional"
            ]
            given = set(positional[: max(len(call.args) - skipped, 0)])
            names = [name for name in names if name not in given]
        given_here = {word.arg for word in call.keywords}
        use.accepted += [name for name in names if name not in given_here]
        if signature.open:
            use.leaks = True
        else:
            use.refusing.add(id(call))

    def _handed(
        self, call: ast.Call, places: list[int], names: list[str], use: _Use
    ) -> None:
        """`f(kwargs)`: a function that looks at the dictionary itself."""
        callee = last_name(call.func)
        if callee == "validate_kwargs" and len(call.args) + len(call.keywords) >= 2:
            words = {word.arg: word.value for word in call.keywords}
            allowed = call.args[1] if len(call.args) > 1 else words.get("allowed_kwargs")
            scope = Scope(use.function.module, use.function.owner)
            found = None
            if allowed is not None:
                found = self._allowed(allowed, scope, use)
            if found is None:
                use.leaks = True
            else:
                use.accepted += found
                use.refusing.add(id(call))
            return
        found_function = self._callee(call, use)
        if found_function is None:
            use.leaks = True
            return
        function, cls, skipped = found_function
        spec = function.node.args
        parameters = [argument.arg for argument in [*spec.posonlyargs, *spec.args]]
        offset = 1 if function.owner is not None and not skipped else 0
        targets = [
            parameters[place + offset] for place in places if place + offset < len(parameters)
        ] + names
        if len(targets) != 1:
            use.leaks = True
            return
        accepted, is_open = self.of(function, targets[0], cls)
        use.accepted += accepted
        if not is_open:
            use.refusing.add(id(call))
        elif self._leaks(function, targets[0], cls):
            use.leaks = True

    def _leaks(self, function: Function, name: str, cls: Class | None) -> bool:
        """Whether a helper does more with the dictionary than take keys out of it."""
        if isinstance(function.node, ast.Lambda):
            return True
        use = _Use(name, function, cls)
        for statement in function.node.body:
            self._visit(statement, use)
        return use.leaks

    # Targets of calls.

    def _target(self, call: ast.Call, use: _Use) -> tuple[Signature, int] | None:
        """The signature behind a call, and how many of its positional arguments are `self`."""
        found = self._callee(call, use)
        if found is not None:
            function, cls, skipped = found
            return self.signatures.function(function, cls), skipped
        from .signatures import NOTHING

        if self._is_super(call.func, use) and use.function.owner is not None:
            cls = use.cls or use.function.owner
            if self.signatures.is_rootless(cls, use.function.owner):
                return NOTHING, 0
            return None
        if isinstance(call.func, ast.Attribute) and call.func.attr == "__init__":
            base = self._evaluate(call.func.value, use)
            if isinstance(base, Class) and use.cls is not None:
                return self.signatures.constructor(base), 1
            return None
        entity = self._evaluate(call.func, use)
        if isinstance(entity, Class):
            return self.signatures.constructor(entity), 0
        return None

    def _callee(self, call: ast.Call, use: _Use) -> tuple[Function, Class | None, int] | None:
        """The function that a call runs: (function, class of its `self`, positional `self`s)."""
        func = call.func
        if isinstance(func, ast.Attribute):
            owner = use.function.owner
            cls = use.cls or owner
            if self._is_super(func, use):
                if owner is None or cls is None:
                    return None
                found = self.signatures.find(cls, func.attr, after=owner)
                return None if found is None else (found[0], cls, 0)
            first = _first_parameter(use.function)
            if first and _is_name(func.value, first) and cls is not None:
                found = self.signatures.find(cls, func.attr)
                return None if found is None else (found[0], cls, 0)
            base = self._evaluate(func.value, use)
            if isinstance(base, Class):
                found = self.signatures.find(base, func.attr)
                if found is None:
                    return None
                function, _ = found
                marks = {last_name(mark) for mark in getattr(function.node, "decorator_list", ())}
                unbound = not marks & {"staticmethod", "classmethod"}
                context = base if cls is None or base not in self.signatures.lineage.order(cls) else cls
                return function, context, 1 if unbound else 0
            if not isinstance(base, Module):
                return None
        entity = self._evaluate(func, use)
        return (entity, None, 0) if isinstance(entity, Function) else None

    def _is_super(self, func: ast.expr, use: _Use) -> bool:
        return (
            isinstance(func, ast.Attribute)
            and isinstance(func.value, ast.Call)
            and _is_name(func.value.func, "super")
        )

    def _evaluate(self, node: ast.expr, use: _Use) -> Entity | None:
        """What an expression inside a function stands for; None when a local name decides."""
        root = node
        while isinstance(root, ast.Attribute):
            root = root.value
        if not isinstance(root, ast.Name):
            return None
        if root.id in _locals(use.function.node):
            entity: Entity | None = self._local_import(root.id, use)
            if entity is None:
                return None
            for attribute in _attributes(node):
                entity = self.machine.member(entity, attribute)
                if entity is None:
                    return None
            return self.machine.force(entity)
        scope = Scope(use.function.module)
        return self.machine.force(self.machine.expressions.evaluate(node, scope))

    def _local_import(self, name: str, use: _Use) -> Entity | None:
        """A name that an import inside the function binds, when nothing else does."""
        if use.local is None:
            use.local = {}
            for node in ast.walk(use.function.node):
                if isinstance(node, (ast.Import, ast.ImportFrom)):
                    use.local.update(self._imported(node, use))
        assigned = _assigned(use.function.node)
        return None if name in assigned else use.local.get(name)

    def _imported(
        self, node: ast.Import | ast.ImportFrom, use: _Use
    ) -> Iterator[tuple[str, Entity]]:
        from .machine import ImportFails

        for alias in node.names:
            try:
                if isinstance(node, ast.ImportFrom) and not node.level and node.module:
                    yield alias.asname or alias.name, self.machine.from_import(node.module, alias.name)
                elif isinstance(node, ast.Import) and alias.asname:
                    yield alias.asname, self.machine.load(alias.name)
            except ImportFails:
                continue

    # Refusals.

    def _asks_for_any(self, test: ast.expr, name: str) -> bool:
        """`if kwargs`, `if len(kwargs)`, `if len(kwargs) > 0`, `if bool(kwargs)`."""
        match test:
            case ast.Name(id=found):
                return found == name
            case ast.Call(func=ast.Name(id="len" | "bool"), args=[inner]):
                return _is_name(inner, name)
            case ast.Compare(left=left, ops=[ast.Gt() | ast.NotEq()], comparators=[ast.Constant(value=0)]):
                return isinstance(left, ast.Call) and self._asks_for_any(left, name)
        return False

    def _refusing_loop(self, node: ast.For, use: _Use) -> bool:
        """`for k in kwargs: if k not in ALLOWED: raise`."""
        over = node.iter
        if isinstance(over, ast.Call) and isinstance(over.func, ast.Attribute) and over.func.attr in HARMLESS:
            over = over.func.value
        elif isinstance(over, ast.Call) and _is_name(over.func, "list") and over.args:
            over = over.args[0]
        if not _is_name(over, use.name):
            return False
        target = node.target.elts[0] if isinstance(node.target, ast.Tuple) else node.target
        for statement in node.body:
            if not (isinstance(statement, ast.If) and _always_raises(statement.body)):
                continue
            match statement.test:
                case ast.Compare(left=left, ops=[ast.NotIn()], comparators=[allowed]) if (
                    isinstance(target, ast.Name) and _is_name(left, target.id)
                ):
                    scope = Scope(use.function.module, use.function.owner)
                    found = self._allowed(allowed, scope, use)
                    if found is not None and not self._loop_leaks(node, statement, use):
                        use.accepted += found
                        return True
        return False

    def _loop_leaks(self, loop: ast.For, refusal: ast.If, use: _Use) -> bool:
        return any(
            _mentions(statement, use.name) for statement in loop.body if statement is not refusal
        )

    def _allowed(self, node: ast.expr, scope: Scope, use: _Use) -> list[str] | None:
        """A set of names, written in place or assigned once in the function."""
        if isinstance(node, ast.Name) and node.id in _locals(use.function.node):
            values = [
                statement.value
                for statement in ast.walk(use.function.node)
                if isinstance(statement, ast.Assign)
                and any(_is_name(target, node.id) for target in statement.targets)
            ]
            if len(values) != 1 or isinstance(values[0], ast.Name):
                return None
            return self._allowed(values[0], scope, use)
        if isinstance(node, ast.Attribute) and use.function.owner is not None:
            first = _first_parameter(use.function)
            if first and _is_name(node.value, first):
                found = self.machine.class_member(use.cls or use.function.owner, node.attr)
                literal = getattr(found, "literal", None)
                return literal if isinstance(literal, list) else None
        return self.machine.expressions.strings(node, scope)

    def _covers(self, body: list[ast.stmt], use: _Use) -> bool:
        """Whether every way through `body` refuses unknown keywords."""
        for statement in body:
            if id(statement) in use.refusing or isinstance(statement, ast.Raise):
                return True
            match statement:
                case ast.If(body=first, orelse=second):
                    if self._refuses_in(statement.test, use):
                        return True
                    one = self._covers(first, use)
                    if one and second and self._covers(second, use):
                        return True
                    if not one and any(isinstance(node, ast.Return) for node in ast.walk(statement)):
                        return False
                    if one is False and second and _returns(second):
                        return False
                case ast.With(body=inner) | ast.AsyncWith(body=inner):
                    if self._covers(inner, use):
                        return True
                case ast.Try(body=inner, finalbody=final):
                    if self._covers(inner, use) or self._covers(final, use):
                        return True
                case ast.FunctionDef() | ast.ClassDef() | ast.For() | ast.While():
                    if _returns([statement]):
                        return False
                case _:
                    if self._refuses_in(statement, use):
                        return True
                    if isinstance(statement, ast.Return):
                        return False
        return False

    def _refuses_in(self, node: ast.AST, use: _Use) -> bool:
        return any(id(part) in use.refusing for part in ast.walk(node))


def _returns(body: list[ast.stmt]) -> bool:
    return any(isinstance(node, ast.Return) for statement in body for node in ast.walk(statement))


def _is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _mentions(node: ast.AST, name: str) -> bool:
    return any(_is_name(part, name) for part in ast.walk(node))


def _always_raises(body: list[ast.stmt]) -> bool:
    return any(isinstance(statement, ast.Raise) for statement in body)


def _attributes(node: ast.expr) -> list[str]:
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    return names[::-1]


def _first_parameter(function: Function) -> str:
    spec = function.node.args
    names = [*spec.posonlyargs, *spec.args]
    return names[0].arg if names and function.owner is not None else ""


def _assigned(node: ast.AST) -> set[str]:
    """Names that assignments and parameters of a function bind."""
    names = {
        part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
    }
    names.update(part.arg for part in ast.walk(node) if isinstance(part, ast.arg))
    return names


def _locals(node: ast.AST) -> set[str]:
    names = _assigned(node)
    for part in ast.walk(node):
        if isinstance(part, (ast.Import, ast.ImportFrom)):
            names.update((alias.asname or alias.name).partition(".")[0] for alias in part.names)
    return names


__all__ = ["Foreign", "Keywords"]
