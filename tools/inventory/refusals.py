"""Shapes of code that refuse unknown keywords, and whether every way through a body meets one."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable

VIEWS = {"items", "keys", "values"}
Resolve = Callable[[ast.expr], "list[str] | None"]
"""Gives the strings of a set of names, None when it cannot be told."""


def is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def mentions(node: ast.AST, name: str) -> bool:
    return any(is_name(part, name) for part in ast.walk(node))


def asks_for_any(test: ast.expr, name: str) -> bool:
    """`if kwargs`, `if len(kwargs)`, `if len(kwargs) > 0`, `if bool(kwargs)`."""
    match test:
        case ast.Name(id=found):
            return found == name
        case ast.Call(func=ast.Name(id="len" | "bool"), args=[inner]):
            return is_name(inner, name)
        case ast.Compare(left=ast.Call() as left, ops=[ast.Gt() | ast.NotEq()]):
            zero = test.comparators[0]
            return isinstance(zero, ast.Constant) and zero.value == 0 and asks_for_any(left, name)
    return False


def raises(body: list[ast.stmt]) -> bool:
    return any(isinstance(statement, ast.Raise) for statement in body)


def every_way_raises(body: list[ast.stmt]) -> bool:
    """Whether a raise is reached however the tests in `body` turn out."""
    for statement in body:
        if isinstance(statement, ast.Raise):
            return True
        if isinstance(statement, ast.If) and all(
            every_way_raises(branch) for branch in (statement.body, statement.orelse)
        ):
            return True
    return False


def _keys_of(node: ast.expr) -> ast.expr:
    """The dictionary behind `kwargs`, `kwargs.keys()`, `list(kwargs)`, `set(kwargs.keys())`."""
    match node:
        case ast.Call(func=ast.Attribute(value=inner, attr=attr), args=[]) if attr in VIEWS:
            return inner
        case ast.Call(func=ast.Name(id="list" | "set" | "sorted"), args=[inner]):
            return _keys_of(inner)
    return node


def loop_accepts(loop: ast.For, name: str, resolve: Resolve) -> list[str] | None:
    """The keywords that a loop over `name` lets pass; None when it refuses nothing for certain.

    `for k in kwargs: if k not in ALLOWED: raise`, or a loop that raises for every key.
    """
    if not is_name(_keys_of(loop.iter), name):
        return None
    target = loop.target.elts[0] if isinstance(loop.target, ast.Tuple) else loop.target
    if not isinstance(target, ast.Name) or _loop_leaks(loop, name):
        return None
    if every_way_raises(loop.body):
        return []
    for statement in loop.body:
        if isinstance(statement, ast.If) and raises(statement.body):
            match statement.test:
                case ast.Compare(left=left, ops=[ast.NotIn()], comparators=[allowed]):
                    if is_name(left, target.id):
                        return resolve(allowed)
    return None


def _loop_leaks(loop: ast.For, name: str) -> bool:
    """Whether the loop does more with the dictionary than look at what it goes through."""
    harmless: set[int] = set()
    for node in ast.walk(loop):
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Name):
            harmless.add(id(node.value))
        elif isinstance(node, ast.Raise):
            harmless.update(id(part) for part in ast.walk(node))
    return any(
        is_name(node, name) and id(node) not in harmless
        for statement in loop.body
        for node in ast.walk(statement)
    )


def difference_accepts(node: ast.Assign, name: str, resolve: Resolve) -> list[str] | None:
    """What `unknown = set(kwargs) - ALLOWED` lets pass; None for other assignments."""
    match node.value:
        case ast.BinOp(left=left, op=ast.Sub(), right=right):
            keys = _keys_of(left)
            if keys is not left and is_name(keys, name):
                return resolve(right)
    return None


def covers(body: list[ast.stmt], refusing: set[int]) -> bool:
    """Whether every way through `body` meets a node of `refusing` (or raises)."""
    for statement in body:
        if id(statement) in refusing or isinstance(statement, ast.Raise):
            return True
        match statement:
            case ast.If(test=test, body=first, orelse=second):
                if _within(test, refusing):
                    return True
                one = covers(first, refusing)
                other = bool(second) and covers(second, refusing)
                if one and other:
                    return True
                # A branch that leaves early without having refused.
                if (not one and _returns(first)) or (not other and _returns(second)):
                    return False
            case ast.With(body=inner) | ast.AsyncWith(body=inner):
                if covers(inner, refusing):
                    return True
            case ast.Try(body=inner, finalbody=final):
                if covers(inner, refusing) or covers(final, refusing):
                    return True
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                continue
            case ast.For() | ast.While() | ast.AsyncFor():
                if _returns([statement]):
                    return False
            case _:
                if _within(statement, refusing):
                    return True
                if isinstance(statement, ast.Return):
                    return False
    return False


def _within(node: ast.AST, refusing: set[int]) -> bool:
    return any(id(part) in refusing for part in ast.walk(node))


def _returns(body: Iterable[ast.stmt]) -> bool:
    return any(isinstance(node, ast.Return) for statement in body for node in ast.walk(statement))
