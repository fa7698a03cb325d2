"""A setup.py followed statement by statement, as far as that goes without running it."""

from __future__ import annotations

import ast

from kerlint.manifests.setup_expressions import Expressions, Returned
from kerlint.manifests.setup_values import (
    Constant,
    File,
    Many,
    Table,
    Text,
    Unknown,
    added,
    items_of,
    unsure,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kerlint.manifests.setup_values import Value


class Program(Expressions):
    """`calls` are those of `setup`, with the names of their time."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[tuple[ast.Call, dict[str, Value]]] = []

    def run(self, statements: Sequence[ast.stmt], sure: bool = True) -> None:
        """Follow the statements; `sure` is False for those under a condition."""
        for statement in statements:
            self.statement(statement, sure)

    def statement(self, node: ast.stmt, sure: bool) -> None:
        if isinstance(node, ast.Assign):
            value = self.value(node.value)
            for target in node.targets:
                self.assign(target, value if sure else Unknown(node.value), sure, value)
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            value = self.value(node.value)
            self.assign(node.target, value if sure else Unknown(node.value), sure, value)
        elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            value = self.value(node.value)
            old = self.names.get(node.target.id, Unknown(node))
            if isinstance(node.op, ast.Add):
                self.names[node.target.id] = added(
                    old, value if sure else unsure(value), node.value
                )
            else:
                self.names[node.target.id] = Unknown(node)
        elif isinstance(node, ast.Expr):
            self.expression(node.value, sure)
        elif isinstance(node, ast.If):
            if _is_main(node.test):
                self.run(node.body, sure)
            else:
                self.run(node.body, False)
                self.run(node.orelse, False)
        elif isinstance(node, ast.Try):
            self.run(node.body, sure)
            files = {name: one for name, one in self.names.items() if isinstance(one, File)}
            for handler in node.handlers:
                self.run(handler.body, False)
            # The file is there when the package is built; what stands in for it does not count.
            self.names.update(files)
            self.run(node.orelse, sure)
            self.run(node.finalbody, sure)
        elif isinstance(node, ast.With):
            for item in node.items:
                value = self.value(item.context_expr)
                if item.optional_vars is not None:
                    self.assign(item.optional_vars, value, sure, value)
            self.run(node.body, sure)
        elif isinstance(node, (ast.For, ast.While)):
            if isinstance(node, ast.For):
                self.loop(node)
            else:
                self.run(node.body, False)
            self.run(node.orelse, False)
        elif isinstance(node, ast.FunctionDef):
            self.functions[node.name] = node
        elif isinstance(node, ast.Return):
            known = self.value(node.value) if node.value else Constant(None)
            raise Returned(known if sure else Unknown(node))
        elif isinstance(node, ast.Delete):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    self.names[target.id] = Unknown(target)

    def loop(self, node: ast.For) -> None:
        """A loop over the lines of a file that collects them; other loops are not followed."""
        over = self.value(node.iter)
        if isinstance(node.target, ast.Name) and isinstance(over, File):
            self.names[node.target.id] = over
            before = {name: len(items_of(one)) for name, one in self.names.items()}
            self.run(node.body, True)
            for name, value in self.names.items():
                if isinstance(value, Many) and len(value.items) > before.get(name, 0):
                    value.items = list(_once(value.items))
            return
        for one in ast.walk(node.target):
            if isinstance(one, ast.Name):
                self.names[one.id] = Unknown(node.iter)
        self.run(node.body, False)

    def assign(self, target: ast.expr, value: Value, sure: bool, whole: Value) -> None:
        if isinstance(target, ast.Name):
            old = self.names.get(target.id)
            if not sure and isinstance(old, Many) and isinstance(whole, Many):
                count = len(old.items)
                if count and whole.items[:count] == old.items:
                    # `needs = needs + [...]`: what was there stays certain.
                    value = Many([*old.items, *map(unsure, whole.items[count:])])
            self.names[target.id] = value
        elif isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
            table = self.names.get(target.value.id)
            key = self.value(target.slice)
            if isinstance(table, Table):
                if isinstance(key, Text):
                    table.items[key.text] = whole if sure else unsure(whole)
                else:
                    table.others.append(Unknown(target))
        elif isinstance(target, (ast.Tuple, ast.List)):
            parts = value.items if isinstance(value, Many) else []
            for index, one in enumerate(target.elts):
                part = parts[index] if len(parts) == len(target.elts) else Unknown(target)
                self.assign(one, part, sure, part)

    def expression(self, node: ast.expr, sure: bool) -> None:
        """A call for its effect: of `setup`, or of a method that changes a list."""
        if not isinstance(node, ast.Call):
            return
        if is_setup(node.func):
            self.calls.append((node, dict(self.names)))
            return
        function = node.func
        if isinstance(function, ast.Name) and function.id in self.functions:
            self.value(node)
        elif isinstance(function, ast.Attribute):
            self.changed(function, node, sure)

    def removed(self, old: Many, text: str, sure: bool) -> None:
        """Take an item out, or say that it may not be there."""
        items = []
        for one in old.items:
            if not isinstance(one, Text) or one.text != text:
                items.append(one)
            elif not sure:
                items.append(unsure(one))
        old.items[:] = items

    def changed(self, function: ast.Attribute, node: ast.Call, sure: bool) -> None:
        old = self.value(function.value)
        values = [self.value(one) for one in node.args]
        given = values if sure else [unsure(one) for one in values]
        if isinstance(old, Many):
            if function.attr in ("append", "add") and len(given) == 1:
                old.items.append(given[0])
            elif function.attr == "extend" and len(given) == 1:
                old.items += items_of(given[0])
            elif function.attr == "insert" and len(given) == 2:
                old.items.insert(0, given[1])
            elif function.attr in ("remove", "discard") and isinstance(given[0], Text):
                self.removed(old, given[0].text, sure)
            elif function.attr in ("remove", "pop", "clear", "discard", "update"):
                old.items[:] = [Unknown(node)]
        elif isinstance(old, Table) and function.attr == "update":
            for one in given:
                if isinstance(one, Table):
                    old.items.update(one.items)
                    old.others += one.others
                else:
                    old.others.append(Unknown(node))
            for keyword in node.keywords:
                if keyword.arg:
                    old.items[keyword.arg] = self.value(keyword.value)


def _once(items: list[Value]) -> list[Value]:
    """Of the lines of one file that a loop collects there is one item."""
    seen: set[str] = set()
    found: list[Value] = []
    for one in items:
        if isinstance(one, File):
            if one.path in seen:
                continue
            seen.add(one.path)
        found.append(one)
    return found


def _is_main(test: ast.expr) -> bool:
    return (
        isinstance(test, ast.Compare)
        and isinstance(test.left, ast.Name)
        and test.left.id == "__name__"
    )


def is_setup(function: ast.expr) -> bool:
    if isinstance(function, ast.Name):
        return function.id == "setup"
    return isinstance(function, ast.Attribute) and function.attr == "setup"
