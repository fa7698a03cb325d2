"""Who binds which name where, by the standard library's `ast`.

Written without a look at kerlint's own resolver, and plainer: what it does not understand is
"unknown", and uses of an unknown name are not asked about.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from tools.crater.uses import Candidate, of_root

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class Binding(NamedTuple):
    """One way in which a name gets its value.

    `kind` is `import` (of `name`), `alias` (of the chain `value`), `call` (the result of the
    call `value`), `none` (the constant None) or `other`.
    """

    kind: str
    name: str = ""
    value: ast.expr | None = None


class Scope:
    """A module, class, function or comprehension with its bindings."""

    def __init__(self, kind: str, parent: Scope | None) -> None:
        self.kind = kind
        self.parent = parent
        self.bindings: dict[str, list[Binding]] = {}
        self.outer: dict[str, Scope] = {}

    def bind(self, name: str, binding: Binding) -> None:
        """Note one more binding; a `global` or `nonlocal` name is bound further out."""
        scope = self.outer.get(name, self)
        scope.bindings.setdefault(name, []).append(binding)

    def find(self, name: str) -> tuple[Scope, list[Binding]] | None:
        """The bindings that a use of `name` in this scope sees, and their scope."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.bindings and (scope is self or scope.kind != "class"):
                return scope, scope.bindings[name]
            scope = scope.parent
        return None


class Binder(ast.NodeVisitor):
    """Builds all scopes of a file; `scopes` gives the scope that a node opens."""

    def __init__(self) -> None:
        self.module = Scope("module", None)
        self.scopes: dict[ast.AST, Scope] = {}
        self._now = self.module

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            name = alias.name if alias.asname else alias.name.partition(".")[0]
            self._import(alias.asname or name, name)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        for alias in node.names:
            if alias.name != "*":
                name = f"{node.module}.{alias.name}" if not node.level else ""
                self._import(alias.asname or alias.name, name)

    def _import(self, name: str, target: str) -> None:
        binding = Binding("import", target) if of_root(target) else Binding("other")
        self._now.bind(name, binding)

    def visit_Assign(self, node: ast.Assign) -> None:
        self.visit(node.value)
        for target in node.targets:
            self._assign(target, node.value)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)
            self._assign(node.target, node.value)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self.visit(node.value)
        self._assign(node.target, node.value)

    def _assign(self, target: ast.expr, value: ast.expr) -> None:
        if not isinstance(target, ast.Name):
            self.visit(target)
            return
        scope = self._now
        while scope.kind == "comprehension" and scope.parent is not None:
            scope = scope.parent
        scope.bind(target.id, _binding_of(value))

    def visit_Name(self, node: ast.Name) -> None:
        if not isinstance(node.ctx, ast.Load):
            self._now.bind(node.id, Binding("other"))

    def visit_Global(self, node: ast.Global) -> None:
        self._now.outer.update(dict.fromkeys(node.names, self.module))

    def visit_Nonlocal(self, node: ast.Nonlocal) -> None:
        for name in node.names:
            found = self._now.parent.find(name) if self._now.parent else None
            if found:
                self._now.outer[name] = found[0]

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        if node.name:
            self._now.bind(node.name, Binding("other"))
        self.generic_visit(node)

    def generic_visit(self, node: ast.AST) -> None:
        if isinstance(node, (*FUNCTIONS, *COMPREHENSIONS, ast.ClassDef)):
            self._open(node)
            return
        if isinstance(node, (ast.MatchAs, ast.MatchStar)) and node.name:
            self._now.bind(node.name, Binding("other"))
        if isinstance(node, ast.MatchMapping) and node.rest:
            self._now.bind(node.rest, Binding("other"))
        super().generic_visit(node)

    def _open(self, node: ast.AST) -> None:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            self._now.bind(node.name, Binding("other"))
        inside = set(inner_nodes(node))
        for child in ast.iter_child_nodes(node):
            if child not in inside:
                self.visit(child)
        self._now = self.scopes[node] = Scope(kind_of(node), self._now)
        if isinstance(node, FUNCTIONS):
            arguments = node.args
            every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
            every += [arg for arg in (arguments.vararg, arguments.kwarg) if arg]
            for argument in every:
                self._now.bind(argument.arg, Binding("other"))
        for child in inner_nodes(node):
            self.visit(child)
        parent = self._now.parent
        assert parent is not None
        self._now = parent


def kind_of(node: ast.AST) -> str:
    """The kind of the scope that a node opens."""
    if isinstance(node, ast.ClassDef):
        return "class"
    return "function" if isinstance(node, FUNCTIONS) else "comprehension"


def inner_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """The children that run in the scope that `node` opens; the others run outside."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield from node.body
    elif isinstance(node, ast.Lambda):
        yield node.body
    elif isinstance(node, COMPREHENSIONS):
        yield from ast.iter_child_nodes(node)


def _binding_of(value: ast.expr) -> Binding:
    if isinstance(value, ast.Constant) and value.value is None:
        return Binding("none")
    if isinstance(value, (ast.Name, ast.Attribute)) and chain_of(value):
        return Binding("alias", value=value)
    if isinstance(value, ast.Call) and chain_of(value.func):
        return Binding("call", value=value)
    return Binding("other")


def chain_of(node: ast.expr) -> tuple[str, ...]:
    """The components of `a.b.c`, or nothing if the expression is no such chain."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ()
    return (node.id, *reversed(parts))


def resolve(node: ast.expr, scope: Scope, depth: int = 0) -> tuple[Candidate, ...]:
    """Every full name that a chain may stand for; nothing if it may be something unknown."""
    chain = chain_of(node)
    found = scope.find(chain[0]) if chain and depth < 8 else None
    if found is None:
        return ()
    where, bindings = found
    candidates: list[Candidate] = []
    for binding in bindings:
        if binding.kind == "import":
            candidates.append(Candidate(binding.name, binding.name.count(".") + 1))
        elif binding.kind == "alias" and binding.value is not None and chain_of(binding.value):
            further = resolve(binding.value, where, depth + 1)
            if not further:
                return ()
            candidates += [Candidate(c.name, c.name.count(".") + 1) for c in further]
        elif binding.kind != "none":
            return ()
    rest = "".join(f".{part}" for part in chain[1:])
    return tuple(dict.fromkeys(Candidate(c.name + rest, c.bound) for c in candidates))


def class_of(name: str, scope: Scope) -> tuple[Candidate, ...]:
    """What was called to make the value of a local name that is assigned exactly once."""
    found = scope.find(name)
    if found is None or found[0] is not scope or len(found[1]) != 1:
        return ()
    binding = found[1][0]
    if binding.kind != "call" or not isinstance(binding.value, ast.Call):
        return ()
    return resolve(binding.value.func, scope)
