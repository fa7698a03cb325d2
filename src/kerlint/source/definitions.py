"""Functions and classes: what runs where they are defined, and what is read later."""

from __future__ import annotations

import re

from kerlint.source.annotations import annotated
from kerlint.source.conditions import function_tests
from kerlint.source.expressions import (
    all_parameters,
    annotation,
    evaluate,
    parameters,
    target_names,
)
from kerlint.source.facts import Event, Guard
from kerlint.source.imports import bindings
from kerlint.source.scopes import Scope
from kerlint.source.tree import kind_of, present
from kerlint.source.values import ANYTHING, CLASS, FUNCTION, SELF, ClassInfo, FunctionInfo

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from kerlint.source.state import State
    from kerlint.source.values import Value


def function(state: State, node: Any) -> bool:
    """`def`: decorators, defaults and annotations run now, the body is read later."""
    guards = _decorators(state, node)
    parameters(state, node.params, annotations=True)
    if present(node.returns):
        annotation(state, node.returns.annotation)
    outer = state.scope
    name = f"{outer.name}.{node.name.value}" if outer.name else node.name.value
    runs = not present(node.asynchronous) and not (state.may_yield and has_yield(node.body))
    replaced = id(node) in state.mixed or any(
        _decorator_name(one) not in _KEEPS_RESULT for one in node.decorators
    )
    method = outer.kind == "class"
    info = FunctionInfo(name, runs, replaced, function_tests(node), node, method)
    if present(node.returns):
        info.annotated = annotated(state, node.returns.annotation)
    given = {
        one.name.value: annotated(state, one.annotation.annotation)
        for one in (*node.params.posonly_params, *node.params.params, *node.params.kwonly_params)
        if present(one.annotation)
    }
    given.update(state.given.get(id(node), {}))
    outer.bind(node.name.value, ((FUNCTION, info),))
    state.functions.append(info)
    owner = state.classes[-1] if outer.kind == "class" and state.classes else None
    classes = list(state.classes)
    guards_now = state.guards + guards
    decorators = [_decorator_name(decorator) for decorator in node.decorators]

    def read() -> None:
        local = frozenset(bound_names(node.body.body)) | {
            parameter.name.value for parameter in all_parameters(node.params)
        }
        scope = Scope("function", outer, name, local)
        _bind_parameters(scope, node.params, given, owner, decorators)
        before = state.scope, state.guards, state.events, state.classes
        state.scope, state.guards, state.events = scope, guards_now, info.events
        state.returns = info.returns
        state.classes = classes
        from kerlint.source.statements import run_block

        run_block(state, node.body)
        state.scope, state.guards, state.events, state.classes = before

    state.deferred.append(read)
    return False


def _bind_parameters(
    scope: Scope,
    params: Any,
    given: dict[str, Value],
    owner: ClassInfo | None,
    decorators: list[str],
) -> None:
    for parameter in all_parameters(params):
        scope.bind(parameter.name.value, given.get(parameter.name.value, ANYTHING))
    positional = [*params.posonly_params, *params.params]
    if owner is not None and positional and "staticmethod" not in decorators:
        tag = CLASS if "classmethod" in decorators else SELF
        first = positional[0].name.value
        scope.values[first] = scope.ever[first] = ((tag, owner),)


def _decorators(state: State, node: Any) -> tuple[Guard, ...]:
    """Evaluate the decorators; guards that `@pytest.mark.skipif(...)` puts on the body."""
    guards: list[Guard] = []
    for decorator in node.decorators:
        expression = decorator.decorator
        value = evaluate(state, expression, "decorator")
        if kind_of(expression) != "Call":  # applying an own function runs its body
            state.events.extend(
                Event("call", expression, body=atom[1].events, guards=state.guards)
                for atom in value
                if atom[0] == FUNCTION and atom[1].called_runs
            )
        if kind_of(expression) == "Call" and _decorator_name(decorator) in ("skipif", "skipIf"):
            guards.extend(_skip_guards(expression))
        elif _decorator_name(decorator) in ("skipUnless", "skip", "xfail"):
            guards.append(_unknown())
    return tuple(guards)


_KEEPS_RESULT = frozenset({"abstractmethod", "classmethod", "override", "staticmethod"})
"""Decorators after which a call of a function returns what its body returns."""


def _skip_guards(node: Any) -> list[Guard]:
    return [_unknown()]


def _unknown() -> Guard:
    from kerlint.source.conditions import UNKNOWN_CONDITION

    return Guard("condition", condition=UNKNOWN_CONDITION)


def _decorator_name(decorator: Any) -> str:
    node = decorator.decorator
    if kind_of(node) == "Call":
        node = node.func
    if kind_of(node) == "Attribute":
        node = node.attr
    return str(node.value) if kind_of(node) == "Name" else ""


_KEEPS_CLASS = re.compile("register|serializable|export|docstring|deprecated|final")
"""Decorators that give the class to somebody, or write about it, and return it as it is."""


def class_(state: State, node: Any) -> bool:
    """`class`: bases, keywords and the body run now; methods are read later."""
    guards = _decorators(state, node)
    bases = tuple(
        evaluate(state, argument.value, "base") for argument in node.bases if argument.star == ""
    )
    for keyword in node.keywords:
        evaluate(state, keyword.value)
    outer = state.scope
    name = f"{outer.name}.{node.name.value}" if outer.name else node.name.value
    info = ClassInfo(name, bases, node.name)
    state.all_classes.append(info)
    plain = all(_KEEPS_CLASS.search(_decorator_name(one)) for one in node.decorators)
    info.closed = not node.keywords and plain and len(bases) == len(node.bases)
    scope = Scope("class", outer, name)
    state.scope = scope
    state.classes = [*state.classes, info]
    from kerlint.source.statements import run_block

    with state.guarded(*guards):
        run_block(state, node.body)
    state.classes = state.classes[:-1]
    state.scope = outer
    info.names.update(scope.ever)
    if "__getattr__" in info.names or "__getattribute__" in info.names:
        info.closed = False
    outer.bind(node.name.value, ((CLASS, info),))
    return False


_WITHOUT_YIELD = frozenset(
    [
        *("ClassDef", "FunctionDef", "Lambda"),
        *("Integer", "MaybeSentinel", "Name", "NoneType", "SimpleString", "str"),
    ]
)


def has_yield(body: Any) -> bool:
    """Whether a function's own body (not an inner function's) yields."""
    stack: list[Any] = list(body.body)
    while stack:
        node = stack.pop()
        kind = node.__class__.__name__
        if kind in _WITHOUT_YIELD:
            continue
        if kind == "Yield":
            return True
        if kind in ("list", "tuple"):
            stack.extend(node)
        elif hasattr(node, "__dict__"):
            stack.extend(vars(node).values())
        elif hasattr(node, "__slots__"):
            stack.extend(getattr(node, field, None) for field in _slots(node))
    return False


def _slots(node: Any) -> Iterator[str]:
    for cls in type(node).__mro__:
        yield from getattr(cls, "__slots__", ())


def bound_names(statements: Sequence[Any], known: Mapping[str, Value] | None = None) -> set[str]:
    """The names that a block binds itself, inner functions and classes left out.

    An import that binds what the name stands for already, by `known`, changes nothing.
    """
    found: set[str] = set()
    declared: set[str] = set()
    known = known or {}
    stack: list[Any] = list(statements)
    while stack:
        node = stack.pop()
        kind = kind_of(node)
        if kind in ("SimpleStatementLine", "SimpleStatementSuite", "IndentedBlock"):
            stack.extend(node.body)
        elif kind == "Assign":
            for target in node.targets:
                found.update(target_names(target.target))
        elif kind in ("AnnAssign", "AugAssign"):
            found.update(target_names(node.target))
        elif kind in ("Import", "ImportFrom"):
            found.update(name for name, value in bindings(node) if known.get(name) != value)
        elif kind in ("FunctionDef", "ClassDef"):
            found.add(node.name.value)
        elif kind in ("Global", "Nonlocal"):
            declared.update(item.name.value for item in node.names)
        else:
            if kind == "For":
                found.update(target_names(node.target))
            elif kind == "With":
                for item in node.items:
                    if present(item.asname):
                        found.update(target_names(item.asname.name))
            elif kind == "ExceptHandler" and present(node.name):
                found.update(target_names(node.name.name))
            elif kind == "MatchCase":
                found.update(pattern_names(node.pattern))
            for field in ("body", "orelse", "finalbody"):
                inner = getattr(node, field, None)
                if present(inner) and not isinstance(inner, (str, list, tuple)):
                    stack.append(inner)
            for field in ("handlers", "cases"):
                stack.extend(getattr(node, field, None) or ())
    return found - declared


def pattern_names(pattern: Any) -> set[str]:
    """The names that a `match` pattern captures."""
    return {node.value for kind, node in _pattern_parts(pattern) if kind == "capture"}


def pattern_values(pattern: Any) -> list[Any]:
    """The expressions that a `match` pattern compares with."""
    return [node for kind, node in _pattern_parts(pattern) if kind == "value"]


def _pattern_parts(pattern: Any) -> Iterator[tuple[str, Any]]:
    kind = kind_of(pattern)
    if kind in ("MatchAs", "MatchStar"):
        if present(pattern.name):
            yield "capture", pattern.name
        if kind == "MatchAs" and present(pattern.pattern):
            yield from _pattern_parts(pattern.pattern)
    elif kind == "MatchValue":
        yield "value", pattern.value
    elif kind == "MatchClass":
        yield "value", pattern.cls
        for element in (*pattern.patterns, *pattern.kwds):
            yield from _pattern_parts(getattr(element, "pattern", None) or element.value)
    elif kind == "MatchMapping":
        for element in pattern.elements:
            yield "value", element.key
            yield from _pattern_parts(element.pattern)
        if present(pattern.rest):
            yield "capture", pattern.rest
    elif kind == "MatchOr":
        for element in pattern.patterns:
            yield from _pattern_parts(element.pattern)
    elif kind in ("MatchList", "MatchTuple"):
        for element in pattern.patterns:
            yield from _pattern_parts(element if kind_of(element) == "MatchStar" else element.value)
