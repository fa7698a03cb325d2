"""Where `**kwargs` go: which further keywords a function accepts, and whether it refuses the rest.

A function refuses unknown keywords when on every way through it the dictionary meets something
that refuses: a call of a function without `**kwargs` of its own (followed the same way), a test
`if kwargs: raise`, a loop that raises for what is not in a list, Keras 2's `validate_kwargs`.
Whatever is not one of the known harmless uses makes it open: better too much than a false alarm.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .entities import Class, Function
from .expressions import Scope
from .refusals import (
    asks_for_any,
    covers,
    difference_accepts,
    is_name,
    loop_accepts,
    mentions,
    raises,
)
from .targets import Place, Targets
from .wrappers import last_name

if TYPE_CHECKING:
    from .signatures import Signatures

READS = {"pop", "get", "setdefault"}
TALKS = {
    "warn",
    "warning",
    "info",
    "debug",
    "error",
    "format",
    "join",
    "log",
    "str",
    "repr",
    "print",
}
"""Functions that only tell of the dictionary."""


@dataclass
class Fate:
    """What happens to one dictionary of keywords within one function."""

    name: str
    place: Place
    accepted: list[str] = field(default_factory=list)
    leaks: bool = False
    """It goes where it cannot be followed."""
    refusing: set[int] = field(default_factory=set)
    """Identities of the nodes at which unknown keywords are refused."""
    differences: set[str] = field(default_factory=set)
    """Local names that hold the keywords that are not among the allowed ones."""
    closed: bool = False
    """Unknown keywords are refused on every way."""


class Keywords:
    """Follows dictionaries of keywords through functions."""

    def __init__(self, signatures: Signatures) -> None:
        self.signatures = signatures
        self.machine = signatures.machine
        self.targets = Targets(signatures)
        self._fates: dict[tuple[Function, str, Class | None], Fate] = {}

    def of(self, function: Function, name: str, cls: Class | None) -> tuple[list[str], bool]:
        """Further keywords that are accepted through `name`, and whether any others may be."""
        fate = self.fate(function, name, cls)
        return list(dict.fromkeys(fate.accepted)), not fate.closed

    def fate(self, function: Function, name: str, cls: Class | None) -> Fate:
        key = (function, name, cls)
        if key not in self._fates:
            # What a recursive call meets while this is under way.
            self._fates[key] = Fate(name, Place(function, cls), leaks=True)
            self._fates[key] = self._follow(function, name, cls)
        return self._fates[key]

    def _follow(self, function: Function, name: str, cls: Class | None) -> Fate:
        fate = Fate(name, Place(function, cls))
        if isinstance(function.node, ast.Lambda):
            fate.leaks = True
            return fate
        for statement in function.node.body:
            self._visit(statement, fate)
        fate.closed = not fate.leaks and covers(function.node.body, fate.refusing)
        return fate

    # Uses.

    def _visit(self, node: ast.AST, fate: Fate) -> None:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                own = {argument.arg for argument in ast.walk(node) if isinstance(argument, ast.arg)}
                fate.leaks = fate.leaks or (fate.name not in own and mentions(node, fate.name))
                return
            case ast.ClassDef():
                fate.leaks = fate.leaks or mentions(node, fate.name)
                return
            case ast.Raise():
                return
            case ast.If(test=test) if asks_for_any(test, fate.name) or self._any_left(test, fate):
                if raises(node.body):
                    fate.refusing.add(id(node))
                for branch in (node.body, node.orelse):
                    for statement in branch:
                        self._visit(statement, fate)
                return
            case ast.Assign() if self._difference(node, fate):
                return
            case ast.For() if self._loop(node, fate):
                return
            case ast.Call() if self._call(node, fate):
                return
            case ast.Subscript(value=value, slice=key) if is_name(value, fate.name):
                self._key(key, fate)
                self._visit(key, fate)
                return
            case ast.Compare(left=left, ops=[ast.In() | ast.NotIn()], comparators=[right]) if (
                is_name(right, fate.name)
            ):
                self._key(left, fate)
                return
            case ast.Name(id=name) if name == fate.name:
                fate.leaks = True
                return
        for child in ast.iter_child_nodes(node):
            self._visit(child, fate)

    def _key(self, key: ast.expr, fate: Fate) -> None:
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            fate.accepted.append(key.value)
        else:
            fate.leaks = True

    def _any_left(self, test: ast.expr, fate: Fate) -> bool:
        return isinstance(test, ast.Name) and test.id in fate.differences

    def _difference(self, node: ast.Assign, fate: Fate) -> bool:
        found = difference_accepts(node, fate.name, lambda names: self._allowed(names, fate))
        if found is None or not isinstance(node.targets[0], ast.Name):
            return False
        fate.accepted += found
        fate.differences.add(node.targets[0].id)
        return True

    def _loop(self, node: ast.For, fate: Fate) -> bool:
        found = loop_accepts(node, fate.name, lambda names: self._allowed(names, fate))
        if found is None:
            return False
        fate.accepted += found
        fate.refusing.add(id(node))
        return True

    def _allowed(self, node: ast.expr, fate: Fate) -> list[str] | None:
        """A set of names: written in place, assigned once in the function, or on the class."""
        function = fate.place.function
        if isinstance(node, ast.Name):
            values = [
                statement.value
                for statement in ast.walk(function.node)
                if isinstance(statement, ast.Assign)
                and any(is_name(target, node.id) for target in statement.targets)
            ]
            if len(values) == 1 and not isinstance(values[0], ast.Name):
                return self._allowed(values[0], fate)
            if values:
                return None
        if isinstance(node, ast.Attribute) and fate.place.first:
            instance = fate.place.instance
            if is_name(node.value, fate.place.first) and instance is not None:
                found = self.machine.class_member(instance, node.attr)
                literal = getattr(found, "literal", None)
                return literal if isinstance(literal, list) else None
        return self.machine.expressions.strings(node, Scope(function.module))

    # Calls.

    def _call(self, call: ast.Call, fate: Fate) -> bool:
        """Judge a call by what it does with the dictionary; False when it has nothing to do with it."""
        if isinstance(call.func, ast.Attribute) and is_name(call.func.value, fate.name):
            self._own_method(call, call.func.attr, fate)
            return True
        spread = any(word.arg is None and is_name(word.value, fate.name) for word in call.keywords)
        handed = [place for place, value in enumerate(call.args) if is_name(value, fate.name)]
        named = [word.arg for word in call.keywords if word.arg and is_name(word.value, fate.name)]
        if not (spread or handed or named):
            # An f-string or a sum inside a warning tells of it, too.
            return last_name(call.func) in TALKS
        if last_name(call.func) in TALKS or is_name(call.func, "len"):
            return True
        for part in [call.func, *call.args, *[word.value for word in call.keywords]]:
            if not is_name(part, fate.name):
                self._visit(part, fate)
        if spread:
            self._spread(call, fate)
        elif last_name(call.func) == "validate_kwargs":
            self._validate(call, fate)
        else:
            self._handed(call, handed, named, fate)
        return True

    def _own_method(self, call: ast.Call, method: str, fate: Fate) -> None:
        if method in READS and call.args:
            self._key(call.args[0], fate)
        elif method != "update":
            fate.leaks = True
        for part in [*call.args[1:], *[word.value for word in call.keywords]]:
            self._visit(part, fate)

    def _spread(self, call: ast.Call, fate: Fate) -> None:
        """`f(..., **kwargs)`: what `f` accepts and is not given here."""
        found = self.targets.signature(call, fate.place)
        if found is None:
            fate.leaks = True
            return
        signature, skipped = found
        given = {word.arg for word in call.keywords}
        if not any(isinstance(value, ast.Starred) for value in call.args):
            positional = [
                parameter.name
                for parameter in signature.parameters
                if parameter.kind in {"positional", "positional-only"}
            ]
            given.update(positional[: max(len(call.args) - skipped, 0)])
        fate.accepted += [name for name in signature.keywords() if name not in given]
        if signature.open:
            fate.leaks = True
        else:
            fate.refusing.add(id(call))

    def _validate(self, call: ast.Call, fate: Fate) -> None:
        """Keras 2's `validate_kwargs(kwargs, allowed_kwargs)`."""
        words = {word.arg: word.value for word in call.keywords}
        allowed = call.args[1] if len(call.args) > 1 else words.get("allowed_kwargs")
        found = self._allowed(allowed, fate) if allowed is not None else None
        if found is None:
            fate.leaks = True
        else:
            fate.accepted += found
            fate.refusing.add(id(call))

    def _handed(self, call: ast.Call, places: list[int], names: list[str], fate: Fate) -> None:
        """`f(kwargs)`: a function that looks at the dictionary itself."""
        target = self.targets.function(call, fate.place)
        if target is None:
            fate.leaks = True
            return
        spec = target.function.node.args
        parameters = [argument.arg for argument in [*spec.posonlyargs, *spec.args]]
        # A bound method gets its `self` from elsewhere.
        offset = 1 if target.function.owner is not None and not target.skipped else 0
        receiving = [
            parameters[place + offset] for place in places if place + offset < len(parameters)
        ]
        receiving += names
        if len(receiving) != 1:
            fate.leaks = True
            return
        inner = self.fate(target.function, receiving[0], target.cls)
        fate.accepted += inner.accepted
        fate.leaks = fate.leaks or inner.leaks
        if inner.closed:
            fate.refusing.add(id(call))
