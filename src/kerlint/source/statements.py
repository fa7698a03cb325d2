"""Statements: the walk over a block, branch by branch, in the order in which it runs."""

from __future__ import annotations

from kerlint.source import conditions, definitions, environment, fields, imports, trying
from kerlint.source.assignments import annotate, assign
from kerlint.source.expressions import evaluate, literal_text, looped_over, target_names
from kerlint.source.facts import Event, Guard
from kerlint.source.tree import kind_of, present
from kerlint.source.values import (
    ANYTHING,
    NOTHING,
    RESULT,
    join,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from kerlint.source.state import State
    from kerlint.source.values import Value


def run_block(state: State, body: Any) -> bool:
    """Read an indented block or a suite; True if it always leaves (return, raise ...)."""
    return run(state, statements_of(body))


def statements_of(body: Any) -> Sequence[Any]:
    """The statements of a block, small ones included."""
    found: Sequence[Any] = body.body
    return found


def run(state: State, statements: Sequence[Any]) -> bool:
    """Read statements in order; True if they always leave the block."""
    before = state.guards
    left = False
    for statement in statements:
        kind = kind_of(statement)
        if kind == "SimpleStatementLine":
            for small in statement.body:
                left = _small(state, small) or left
        elif kind == "If":
            gone, rest = _if(state, statement)
            left = gone or left
            if rest:  # `if old: return`: what follows runs under the opposite condition
                state.guards = state.guards + rest
        else:
            handler = _COMPOUND.get(kind)
            if handler is not None:
                left = handler(state, statement) or left
            else:
                left = _small(state, statement) or left
    state.guards = before
    return left


def _small(state: State, node: Any) -> bool:
    kind = kind_of(node)
    if kind in ("Return", "Raise", "Continue", "Break"):
        if kind == "Return":
            state.returns.append(evaluate(state, node.value) if present(node.value) else NOTHING)
        elif kind == "Raise":
            if present(node.exc):
                evaluate(state, node.exc)
            if present(node.cause):
                evaluate(state, node.cause.item)
        state.events.append(Event("leave"))
        return True
    handler = _SMALL.get(kind)
    if handler is not None:
        handler(state, node)
    events = state.events
    return (kind == "Expr" and bool(events) and events[-1].kind == "leave") or (
        kind == "Expr" and len(events) > 1 and events[-2].kind == "leave"
    )


def _expression(state: State, node: Any) -> None:
    value = evaluate(state, node.value)
    if value and value[0][0] == "result" and value[0][1].endswith("pytest.importorskip"):
        imports.skips(state, node.value)


def _assign(state: State, node: Any) -> None:
    value = evaluate(state, node.value)
    if value and value[0][0] == "result" and value[0][1] == "pytest.importorskip":
        value = imports.skips(state, node.value)
    for target in node.targets:
        assign(state, target.target, value, node.value)


def _augmented(state: State, node: Any) -> None:
    evaluate(state, node.value)
    if kind_of(node.operator) == "BitOrAssign":
        environment.merged(state, node.target, node.value)
    if kind_of(node.target) == "Name":
        state.scope.bind(node.target.value, ANYTHING)
    else:
        evaluate(state, node.target)


def _delete(state: State, node: Any) -> None:
    targets = (
        [element.value for element in node.target.elements]
        if kind_of(node.target) in ("Tuple", "List")
        else [node.target]
    )
    for target in targets:
        if kind_of(target) == "Name":
            state.scope.unbind(target.value)
        elif not environment.deleted(state, target):
            fields.chain(state, target, "attribute", store=True)


def _assert(state: State, node: Any) -> None:
    evaluate(state, node.test)
    if present(node.msg):
        evaluate(state, node.msg)


def _global(state: State, node: Any) -> None:
    for item in node.names:
        state.scope.outer[item.name.value] = state.module_scope


def _nonlocal(state: State, node: Any) -> None:
    for item in node.names:
        scope = state.scope.parent
        while scope is not None and item.name.value not in scope.locals:
            scope = scope.parent
        state.scope.outer[item.name.value] = scope or state.module_scope


def _main(test: Any) -> bool | None:
    """Whether the test is true in the program (`__name__ == "__main__"`, either way round) or in
    every other module (`!=`); None if it is another test.
    """
    if kind_of(test) != "Comparison" or len(test.comparisons) != 1:
        return None
    sides = (test.left, test.comparisons[0].comparator)
    if not any(kind_of(side) == "Name" and side.value == "__name__" for side in sides):
        return None
    if not any(literal_text(side) == "__main__" for side in sides):
        return None
    return {"Equal": True, "NotEqual": False}.get(kind_of(test.comparisons[0].operator))


def _never(node: Any) -> bool:
    """`if TYPE_CHECKING`, `if False`, `if 0`."""
    kind = kind_of(node)
    if kind == "Attribute":
        return bool(node.attr.value == "TYPE_CHECKING")
    return kind in ("Name", "Integer") and node.value in ("TYPE_CHECKING", "False", "0")


def _if(state: State, node: Any) -> tuple[bool, tuple[Guard, ...]]:
    """Both arms; whether the statement always leaves, and guards on what follows it."""
    if _never(node.test):
        return _never_runs(state, node), ()
    value = evaluate(state, node.test)
    main = _main(node.test)
    if main and not present(node.orelse):
        return _if_main(state, node), ()
    yes = conditions.guards_of_test(node.test, value, sense=True)
    no = conditions.guards_of_test(node.test, value, sense=False)
    start = state.scope.snapshot()
    events = state.events
    first: list[Event] = []
    second: list[Event] = []
    state.events = first
    with state.guarded(*yes):
        left_first = run_block(state, node.body)
    after_first = state.scope.values
    state.scope.values = dict(start)
    state.events = second
    left_second = False
    if present(node.orelse):
        with state.guarded(*no):
            left_second = _else(state, node.orelse)
    after_second = state.scope.values
    state.events = events
    if main is not None:
        arms = (first, second) if main else (second, first)
        events.append(Event("main", arms=arms, guards=state.guards))
    elif first or second:
        events.append(Event("branch", arms=(first, second), guards=state.guards))
    ends = [
        end for end, left in ((after_first, left_first), (after_second, left_second)) if not left
    ]
    state.scope.merge(*(ends or [after_second]))
    rest = (no if left_first and not left_second else ()) + (
        yes if left_second and not left_first else ()
    )
    return left_first and left_second, rest


def _if_main(state: State, node: Any) -> bool:
    """`if __name__ == "__main__":` without `else`; names are read as in the program."""
    events = state.events
    state.events = []
    left = run_block(state, node.body)
    events.append(Event("main", arms=(state.events, ()), guards=state.guards))
    state.events = events
    return left


def _else(state: State, node: Any) -> bool:
    if kind_of(node) == "If":
        gone, _ = _if(state, node)
        return gone
    return run_block(state, node.body)


def _never_runs(state: State, node: Any) -> bool:
    """Names are bound (annotations use them), but nothing happens."""
    events, state.events = state.events, []
    with state.guarded(Guard("never")):
        run_block(state, node.body)
    state.events = events
    return _else(state, node.orelse) if present(node.orelse) else False


def _loop(state: State, node: Any) -> bool:
    before = state.scope.snapshot()
    if kind_of(node) == "For":
        value = evaluate(state, node.iter)
        for name in target_names(node.target):
            state.scope.bind(name, ANYTHING)
        state.scope.values.update(looped_over(state, node.target, node.iter, value))
    for name in definitions.bound_names(statements_of(node.body), state.scope.values):
        known = state.scope.values.get(name)
        if known is not None:
            state.scope.values[name] = join(known, ANYTHING)
    guards: tuple[Guard, ...] = ()
    if kind_of(node) == "While":
        value = evaluate(state, node.test)
        guards = conditions.guards_of_test(node.test, value, sense=True)
    events = state.events
    body: list[Event] = []
    state.events = body
    with state.guarded(*guards):
        run_block(state, node.body)
    state.events = events
    if body:
        events.append(Event("loop", body=body, guards=state.guards))
    state.scope.merge(before, state.scope.values)
    if present(node.orelse):
        run_block(state, node.orelse.body)
    return False


def _with(state: State, node: Any) -> bool:
    guards: list[Guard] = []
    for item in node.items:
        value = evaluate(state, item.item)
        if present(item.asname):
            assign(state, item.asname.name, ANYTHING)
        for atom in value:
            called = atom[1] if atom[0] == RESULT else ""
            if called == "contextlib.suppress":
                guards.extend(Guard(kind) for kind in sorted(trying.suppressed(item.item)))
            elif called in trying.RAISES or _asserts_raises(item.item):
                guards.extend(Guard(kind) for kind in trying.ALL_KINDS)
    if not guards:
        return run_block(state, node.body)
    with state.guarded(*guards):
        run_block(state, node.body)
    return False


def _asserts_raises(node: Any) -> bool:
    """`self.assertRaises(...)`, `self.assertRaisesRegex(...)`."""
    return (
        kind_of(node) == "Call"
        and kind_of(node.func) == "Attribute"
        and node.func.attr.value.startswith("assertRaises")
    )


def _match(state: State, node: Any) -> bool:
    subject = evaluate(state, node.subject)
    start = state.scope.snapshot()
    events = state.events
    ends: list[dict[str, Value]] = [start]
    arms: list[list[Event]] = [[]]
    for case in node.cases:
        state.scope.values = dict(start)
        arm: list[Event] = []
        state.events = arm
        for name in definitions.pattern_names(case.pattern):
            state.scope.bind(name, ANYTHING)
        for used in definitions.pattern_values(case.pattern):
            evaluate(state, used)
        guards = conditions.guards_of_test(node.subject, subject, sense=True)
        if present(case.guard):
            tested = evaluate(state, case.guard)
            guards += conditions.guards_of_test(case.guard, tested, sense=True)
        with state.guarded(*guards):
            run_block(state, case.body)
        ends.append(state.scope.values)
        arms.append(arm)
    state.events = events
    if any(arms):
        events.append(Event("branch", arms=tuple(arms), guards=state.guards))
    state.scope.merge(*ends)
    return False


_SMALL: dict[str, Callable[[State, Any], None]] = {
    "AnnAssign": annotate,
    "Assert": _assert,
    "Assign": _assign,
    "AugAssign": _augmented,
    "Del": _delete,
    "Expr": _expression,
    "Global": _global,
    "Import": imports.import_,
    "ImportFrom": imports.import_from,
    "Nonlocal": _nonlocal,
}

_COMPOUND: dict[str, Callable[[State, Any], bool]] = {
    "ClassDef": definitions.class_,
    "For": _loop,
    "FunctionDef": definitions.function,
    "Match": _match,
    "Try": trying.try_,
    "TryStar": trying.try_,
    "While": _loop,
    "With": _with,
}
