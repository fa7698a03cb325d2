"""Own classes with one base from Keras or TensorFlow: what `self.x` asks of that base."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import NamedTuple

from tools.crater.scopes import Scope, resolve
from tools.crater.uses import Candidate, of_root

DYNAMIC = ("setattr", "vars", "__dict__", "__setattr__", "__getattr__", "__getattribute__")
"""Ways to have attributes that no statement names."""


class Owner(NamedTuple):
    """A class: what its base may be, which attributes it has of its own, and how a method calls
    its instance (usually `self`; empty outside methods).
    """

    base: tuple[Candidate, ...]
    own: frozenset[str]
    name: str


def of_class(node: ast.ClassDef, outside: Scope, inside: Scope) -> Owner | None:
    """The owner that a class statement makes; None where attributes can come from elsewhere."""
    if len(node.bases) != 1 or node.keywords:
        return None
    base = resolve(node.bases[0], outside)
    if not base or not all(of_root(candidate.name) for candidate in base):
        return None
    own = set(inside.bindings)
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute) and not isinstance(part.ctx, ast.Load):
            own.add(part.attr)
        elif isinstance(part, (ast.Name, ast.Attribute)) and _name(part) in DYNAMIC:
            return None
    if not own.isdisjoint(DYNAMIC):
        return None
    return Owner(base, frozenset(own), "")


def _name(node: ast.Name | ast.Attribute) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr


def receiver(node: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    """The name of the instance in a method; "" where the first argument is something else."""
    arguments = [*node.args.posonlyargs, *node.args.args]
    plain = all("property" in ast.unparse(d) for d in node.decorator_list)
    return arguments[0].arg if arguments and plain and node.name != "__new__" else ""


def inherited(
    name: str, attribute: str, scope: Scope, owners: Mapping[Scope, Owner]
) -> tuple[Candidate, ...]:
    """The base that `name.attribute` asks, if `name` is the instance of an own class."""
    found = scope.find(name)
    if found is None or len(found[1]) != 1:
        return ()
    owner = owners.get(found[0])
    if owner is None or owner.name != name or attribute in owner.own:
        return ()
    return owner.base
