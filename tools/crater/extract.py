"""What a file uses of Keras and TensorFlow, by the standard library's `ast` alone."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterable
from pathlib import Path

from tools.crater import guards, owners
from tools.crater.owners import Owner
from tools.crater.scopes import Binder, Scope, chain_of, class_of, inner_nodes, resolve
from tools.crater.uses import ROOTS, Candidate, FileUses, Use, of_root


def extract(path: Path, shown: str) -> FileUses:
    """The uses of one file; a file that cannot be read or parsed has a `problem` instead."""
    try:
        content = path.read_bytes()
        if not any(root.encode() in content for root in ROOTS):
            return FileUses(shown, (), (), (), "")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(content)
            binder = Binder()
            binder.visit(tree)
    except (SyntaxError, ValueError, RecursionError) as problem:
        return FileUses(shown, (), (), (), f"{type(problem).__name__}: {problem}")
    walker = _Walker(binder, guards.flags_of(tree), _lazy_annotations(tree))
    walker.visit(tree)
    imports = tuple(dict.fromkeys(walker.imports))
    return FileUses(shown, tuple(walker.uses), imports, tuple(sorted(walker.assigned)), "")


def _lazy_annotations(tree: ast.Module) -> bool:
    """Whether annotations of the file are never evaluated."""
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "__future__"
        and any(alias.name == "annotations" for alias in node.names)
        for node in tree.body
    )


class _Walker(ast.NodeVisitor):
    """Goes through the tree once and writes down every use."""

    def __init__(self, binder: Binder, flags: frozenset[str], lazy: bool) -> None:
        self.uses: list[Use] = []
        self.imports: list[str] = []
        self.assigned: set[str] = set()
        self._scopes = binder.scopes
        self._scope: Scope = binder.module
        self._flags = flags
        self._lazy = lazy
        self._guard = ""
        self._owners: dict[Scope, Owner] = {}

    # Statements that guard what is in them.

    def _within(self, nodes: Iterable[ast.AST], guard: str) -> None:
        before = self._guard
        self._guard = before or guard
        for node in nodes:
            self.visit(node)
        self._guard = before

    def _block(self, body: list[ast.stmt]) -> None:
        """Visit statements; what follows `if <test>: return` is guarded like the test's else."""
        before = self._guard
        for statement in body:
            self.visit(statement)
            if isinstance(statement, ast.If) and guards.is_test(statement.test, self._flags):
                arms = [arm for arm in (statement.body, statement.orelse) if arm]
                if any(guards.leaves(arm) for arm in arms):
                    self._guard = self._guard or "after a test"
            elif isinstance(statement, ast.Assert) and guards.is_test(statement, self._flags):
                self._guard = self._guard or "after a test"
        self._guard = before

    def visit_Module(self, node: ast.Module) -> None:
        self._block(node.body)

    def visit_Try(self, node: ast.Try) -> None:
        caught = guards.catches(node)
        self._within([_Block(node.body)], "try" if caught else "")
        self._within(node.handlers, "handler" if caught else "")
        self._block(node.orelse)
        self._block(node.finalbody)

    def visit__Block(self, node: _Block) -> None:
        self._block(node.body)

    def visit_If(self, node: ast.If) -> None:
        guard = "test" if guards.is_test(node.test, self._flags) else ""
        self._within([node.test, _Block(node.body), _Block(node.orelse)], guard)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        guard = "test" if guards.is_test(node.test, self._flags) else ""
        self._within([node.test, node.body, node.orelse], guard)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        guard = "test" if guards.is_test(node, self._flags) else ""
        self._within(node.values, guard)

    def visit_With(self, node: ast.With) -> None:
        self._within(node.items, "")
        self._within([_Block(node.body)], "expected" if guards.swallows(node) else "")

    def visit_For(self, node: ast.For) -> None:
        self._within([node.target, node.iter, _Block(node.body), _Block(node.orelse)], "")

    def visit_While(self, node: ast.While) -> None:
        self.visit_If(node)  # type: ignore[arg-type]

    # Scopes.

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        if self._scope in self._owners and (name := owners.receiver(node)):
            self._owners[self._scopes[node]] = self._owners[self._scope]._replace(name=name)
        guard = "skipped" if guards.skipped(node.decorator_list, self._flags) else ""
        self._within([*node.decorator_list, node.args], "")
        if node.returns:
            self._annotation(node.returns)
        self._inside(node, guard)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self.visit_FunctionDef(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        guard = "skipped" if guards.skipped(node.decorator_list, self._flags) else ""
        self._within([*node.decorator_list, *node.bases, *node.keywords], "")
        if owner := owners.of_class(node, self._scope, self._scopes[node]):
            self._owners[self._scopes[node]] = owner
        self._inside(node, guard)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._within([node.args], "")
        self._inside(node, "")

    def _comprehension(self, node: ast.AST) -> None:
        self._inside(node, "")

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _comprehension

    def _inside(self, node: ast.AST, guard: str) -> None:
        before = self._scope
        self._scope = self._scopes[node]
        nodes = list(inner_nodes(node))
        statements = [child for child in nodes if isinstance(child, ast.stmt)]
        self._within([_Block(statements)] if statements else nodes, guard)
        self._scope = before

    def visit_arg(self, node: ast.arg) -> None:
        if node.annotation:
            self._annotation(node.annotation)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        local = self._scope.kind == "function"
        self._within([node.annotation], "annotation" if local or self._lazy else "")
        self._within([node.target, *([node.value] if node.value else [])], "")

    def _annotation(self, node: ast.expr) -> None:
        self._within([node], "annotation" if self._lazy else "")

    # Uses.

    def _use(
        self,
        kind: str,
        candidates: tuple[Candidate, ...],
        lines: tuple[int, int],
        part: str = "",
        keyword: str = "",
        value: str = "",
    ) -> None:
        if candidates and all(of_root(candidate.name) for candidate in candidates):
            use = Use(kind, candidates, part, keyword, value, *lines, self._guard)
            self.uses.append(use)

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            if of_root(alias.name):
                self.imports.append(alias.name)
                self._use("import", (Candidate(alias.name, 0),), (alias.lineno, alias.lineno))

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        if node.level or not node.module or not of_root(node.module):
            return
        self.imports.append(node.module)
        module = (Candidate(node.module, 0),)
        self._use("from", module, (node.lineno, node.lineno))
        for alias in node.names:
            if alias.name != "*":
                self.imports.append(f"{node.module}.{alias.name}")
                self._use("from", module, (alias.lineno, alias.lineno), alias.name)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if not isinstance(node.ctx, ast.Load):
            for candidate in resolve(node, self._scope):
                self.assigned.add(candidate.name)
            _, owner = self._owner(node)
            if owner:
                self.assigned.update(f"{c.name}().{node.attr}" for c in owner)
            if chain_of(node.value) or owner:
                self.visit(node.value)
                return
        elif found := resolve(node, self._scope):
            self._use("attribute", found, (node.lineno, node.end_lineno or node.lineno))
            return
        kind, owner = self._owner(node)
        if owner:
            first = node.value.end_lineno or node.lineno
            self._use(kind, owner, (first, node.end_lineno or first), node.attr)
        self.visit(node.value)

    def _owner(self, node: ast.Attribute) -> tuple[str, tuple[Candidate, ...]]:
        """The class whose instance `node.value` is, where that is plain to see, after the kind
        of the use.
        """
        if isinstance(node.value, ast.Name):
            if found := class_of(node.value.id, self._scope):
                return "method", found
            base = owners.inherited(node.value.id, node.attr, self._scope, self._owners)
            return "own-method", base
        if isinstance(node.value, ast.Call):
            return "method", resolve(node.value.func, self._scope)
        return "", ()

    def visit_Call(self, node: ast.Call) -> None:
        callee = resolve(node.func, self._scope)
        self._use("call", callee, (node.lineno, node.func.end_lineno or node.lineno))
        owner: tuple[Candidate, ...] = ()
        method = ""
        if not callee and isinstance(node.func, ast.Attribute):
            owner, method = self._owner(node.func)[1], node.func.attr
        for keyword in node.keywords if callee or owner else ():
            if keyword.arg is None:
                continue
            lines = (keyword.lineno, keyword.lineno)
            value = _literal(keyword.value)
            if callee:
                self._use("keyword", callee, lines, "", keyword.arg, value)
            elif owner:
                self._use("method-keyword", owner, lines, method, keyword.arg, value)
        self.generic_visit(node)


class _Block(ast.AST):
    """A list of statements, to be visited like a node."""

    def __init__(self, body: list[ast.stmt]) -> None:
        super().__init__()
        self.body = body


def _literal(node: ast.expr) -> str:
    """A short literal as source, or nothing."""
    try:
        ast.literal_eval(node)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return ""
    text = ast.unparse(node)
    return text if len(text) < 200 else ""
