"""What the expressions of a setup.py are, with the names that they use."""

from __future__ import annotations

import ast

from kerlint.manifests.setup_calls import call, is_line, keeps_requirements, method
from kerlint.manifests.setup_values import (
    Constant,
    File,
    Many,
    Path,
    Table,
    Text,
    Unknown,
    added,
    formatted,
    items_of,
    joined_path,
    plain,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kerlint.manifests.setup_values import Value

DEEPEST = 12
"""Calls of own functions within each other, above which nothing is followed."""
MOST_STEPS = 50_000
"""Expressions that are looked at before the rest is called unknown."""
MOST_NESTED = 100
"""Expressions within each other: Python's own stack allows a few hundred."""


class Returned(Exception):
    """A `return` statement was reached."""

    def __init__(self, value: Value) -> None:
        super().__init__()
        self.value = value


class Expressions:
    """`names` and what they stand for, `functions` of the file."""

    def __init__(self) -> None:
        self.names: dict[str, Value] = {"__file__": Path("setup.py")}
        self.functions: dict[str, ast.FunctionDef] = {}
        self.depth = 0
        self.nested = 0
        self.steps = 0

    def run(self, statements: Sequence[ast.stmt], sure: bool = True) -> None:
        """Follow statements."""
        raise NotImplementedError

    def value(self, node: ast.expr) -> Value:
        """What the expression is."""
        self.steps += 1
        if self.steps > MOST_STEPS or self.nested >= MOST_NESTED:
            return Unknown(node)
        self.nested += 1
        try:
            return self._value(node)
        finally:
            self.nested -= 1

    def _value(self, node: ast.expr) -> Value:
        if isinstance(node, ast.Constant):
            return Text(node.value, node) if isinstance(node.value, str) else Constant(node.value)
        if isinstance(node, ast.Name):
            return self.names.get(node.id, Unknown(node))
        if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            items: list[Value] = []
            for one in node.elts:
                if isinstance(one, ast.Starred):
                    items += items_of(self.value(one.value))
                else:
                    items.append(self.value(one))
            return Many(items)
        if isinstance(node, ast.Dict):
            return self.table(node)
        if isinstance(node, ast.BinOp):
            left, right = self.value(node.left), self.value(node.right)
            if isinstance(node.op, ast.Add):
                return added(left, right, node)
            if isinstance(node.op, ast.Mod):
                return formatted(left, right, node)
            if isinstance(node.op, ast.Div) and isinstance(left, Path):
                return joined_path((left, right)) or Unknown(node)
            return Unknown(node)
        if isinstance(node, ast.JoinedStr):
            return self.f_string(node)
        if isinstance(node, ast.Subscript):
            base, key = self.value(node.value), self.value(node.slice)
            if isinstance(base, Table) and isinstance(key, Text) and not base.others:
                return base.items.get(key.text, Unknown(node))
            if isinstance(base, Many) and isinstance(key, Constant) and isinstance(key.value, int):
                try:
                    return base.items[key.value]
                except IndexError:
                    return Unknown(node)
            return Unknown(node)
        if isinstance(node, (ast.ListComp, ast.GeneratorExp, ast.SetComp)):
            return self.comprehension(node)
        if isinstance(node, ast.Attribute):
            base = self.value(node.value)
            if isinstance(base, Path) and node.attr == "parent":
                return Path(base.path.rpartition("/")[0])
            return Unknown(node)
        if isinstance(node, ast.Call):
            return self.called(node)
        return Unknown(node)

    def table(self, node: ast.Dict) -> Value:
        items: dict[str, Value] = {}
        others: list[Unknown] = []
        for key, value in zip(node.keys, node.values, strict=True):
            found = self.value(value)
            name = self.value(key) if key is not None else None
            if isinstance(name, Text) and name.sure:
                items[name.text] = found
            elif key is None and isinstance(found, Table):
                items.update(found.items)
                others += found.others
            else:
                others.append(Unknown(value))
        return Table(items, others)

    def f_string(self, node: ast.JoinedStr) -> Value:
        parts: list[str] = []
        for one in node.values:
            if isinstance(one, ast.Constant) and isinstance(one.value, str):
                parts.append(one.value)
                continue
            if not isinstance(one, ast.FormattedValue) or one.format_spec or one.conversion > 0:
                return Unknown(node)
            known = plain(self.value(one.value))
            if known is None:
                return Unknown(node)
            parts.append(str(known))
        return Text("".join(parts), node)

    def comprehension(self, node: ast.ListComp | ast.GeneratorExp | ast.SetComp) -> Value:
        """`[line.strip() for line in open(...) if line]`: the lines of a file."""
        first = node.generators[0]
        if len(node.generators) > 1 or not isinstance(first.target, ast.Name):
            return Unknown(node)
        over = self.value(first.iter)
        name = first.target.id
        if isinstance(over, Many) and isinstance(node.elt, ast.Name) and node.elt.id == name:
            return over if not first.ifs else Unknown(node)
        if not isinstance(over, File) or not is_line(node.elt, name):
            return Unknown(node)
        if not all(keeps_requirements(test, name) for test in first.ifs):
            return Unknown(node)
        return File(over.path, node, over.sure)

    def called(self, node: ast.Call) -> Value:
        function = node.func
        if isinstance(function, ast.Name) and function.id in self.functions:
            return self.own(self.functions[function.id], node)
        positional: list[Value] = []
        for argument in node.args:
            if isinstance(argument, ast.Starred):
                positional += items_of(self.value(argument.value))
            else:
                positional.append(self.value(argument))
        named = {one.arg: self.value(one.value) for one in node.keywords if one.arg}
        if len(named) < len(node.keywords):
            return Unknown(node)
        found = call(function, positional, named, node)
        if found is None and isinstance(function, ast.Attribute):
            found = method(self.value(function.value), function.attr, positional, named, node)
        return found or Unknown(node)

    def own(self, function: ast.FunctionDef, node: ast.Call) -> Value:
        """What a function of the file returns, followed with these arguments."""
        if self.depth >= DEEPEST:
            return Unknown(node)
        given: dict[str, Value] = {}
        parameters = [*function.args.posonlyargs, *function.args.args]
        defaults = function.args.defaults
        for one, default in zip(reversed(parameters), reversed(defaults), strict=False):
            given[one.arg] = self.value(default)
        for one, argument in zip(parameters, node.args, strict=False):
            given[one.arg] = self.value(argument)
        for keyword in node.keywords:
            if keyword.arg:
                given[keyword.arg] = self.value(keyword.value)
        for one in parameters:
            given.setdefault(one.arg, Unknown(node))
        if function.args.vararg:
            given[function.args.vararg.arg] = Many(
                self.value(one) for one in node.args[len(parameters) :]
            )
        outside = self.names
        self.names = {**outside, **given}
        self.depth += 1
        try:
            self.run(function.body)
        except Returned as returned:
            return _here(returned.value, node)
        finally:
            self.names = outside
            self.depth -= 1
        return Constant(None)


def _here(value: Value, node: ast.expr) -> Value:
    """What a call is of a file is said of the place of the call."""
    if isinstance(value, File):
        return File(value.path, node, value.sure)
    if isinstance(value, Many):
        return Many(_here(one, node) for one in value.items)
    return Unknown(node) if isinstance(value, Unknown) else value
