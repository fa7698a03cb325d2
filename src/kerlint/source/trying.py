"""`try`: which errors are caught, and which of its parts make another part right."""

from __future__ import annotations

from kerlint.source.facts import Event, Guard
from kerlint.source.tree import kind_of, present
from kerlint.source.values import NAME, TEST, join

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kerlint.source.state import State
    from kerlint.source.values import Value

ALL_KINDS = ("import-error", "attribute-error", "any-error")
_IMPORT = frozenset({"ImportError", "ModuleNotFoundError"})
_USE = frozenset({"NameError", "NotImplementedError", "RuntimeError", "TypeError", "ValueError"})
"""What Python, Keras and TensorFlow raise when something is used that they do not take."""
_WIDE = frozenset({"Exception", "BaseException", "StandardError"})


def caught(handler: Any) -> frozenset[str]:
    """The guard kinds that an `except` clause stands for."""
    if not present(handler.type):
        return frozenset(ALL_KINDS)
    return _kinds(_names(handler.type))


def suppressed(call: Any) -> frozenset[str]:
    """The guard kinds that a call of `contextlib.suppress` stands for.

    All, where it is one of several things: `suppress() if old else raises(TypeError)`.
    """
    if kind_of(call) != "Call":
        return frozenset(ALL_KINDS)
    return _kinds([name for argument in call.args for name in _names(argument.value)])


def expects_error(call: Any, value: Value) -> bool:
    """Whether a call says that an error is wanted: `pytest.raises(...)`, `self.assertRaises(...)`."""
    if kind_of(call) != "Call":
        return False
    if kind_of(call.func) == "Attribute" and call.func.attr.value.startswith("assertRaises"):
        return True
    return any(atom[0] == NAME and atom[1] in RAISES for atom in value)


RAISES = frozenset({"pytest.raises", "pytest.warns"})


def _kinds(names: list[str]) -> frozenset[str]:
    kinds: set[str] = set()
    for name in names:
        if name in _WIDE:
            kinds.update(ALL_KINDS)
        elif name in _IMPORT:
            kinds.add("import-error")
        elif name == "AttributeError":
            kinds.add("attribute-error")
        elif name in _USE:
            kinds.add("any-error")
    return frozenset(kinds)


def _names(node: Any) -> list[str]:
    kind = kind_of(node)
    if kind == "Name":
        return [node.value]
    if kind == "Attribute":
        return [node.attr.value]
    if kind == "Tuple":
        return [name for element in node.elements for name in _names(element.value)]
    return []


def try_(state: State, node: Any) -> bool:
    """Read `try`; True if every way through it leaves."""
    from kerlint.source.statements import run_block

    start = state.scope.snapshot()
    outer = state.events
    body_events: list[Event] = []
    state.events = body_events
    first_reference = len(state.references)
    kinds: set[str] = set()
    for handler in node.handlers:
        if not _raises_again(handler):
            kinds |= caught(handler)
    with state.guarded(*(Guard(kind) for kind in ALL_KINDS if kind in kinds)):
        left_body = run_block(state, node.body)
    tried = state.references[first_reference:]
    after_body = state.scope.snapshot()
    if present(node.orelse):
        left_body = run_block(state, node.orelse.body) or left_body
    ends = [] if left_body else [state.scope.values]
    arms = [body_events]
    partial = _either(start, after_body)
    everything_left = left_body
    for handler in node.handlers:
        state.scope.values = dict(partial)
        events: list[Event] = []
        state.events = events
        if present(handler.name):
            state.scope.bind(handler.name.name.value, (("unknown",),))
        guard = (Guard("fallback", references=tried),) if caught(handler) else ()
        with state.guarded(*guard):
            left = run_block(state, handler.body)
        _flags(state, handler.body)
        if present(handler.name):
            state.scope.unbind(handler.name.name.value)
        arms.append(events)
        if not left:
            ends.append(state.scope.values)
        everything_left = everything_left and left
    state.events = outer
    if len(arms) > 1:
        outer.append(Event("branch", arms=tuple(arms), guards=state.guards))
    else:
        outer.extend(body_events)
    state.scope.merge(*(ends or [partial]))
    if present(node.finalbody):
        everything_left = run_block(state, node.finalbody.body) or everything_left
    return everything_left


def _either(first: dict[str, Value], second: dict[str, Value]) -> dict[str, Value]:
    """At the start of a handler any part of the body may have run."""
    merged = dict(first)
    for name, value in second.items():
        merged[name] = join(merged[name], value) if name in merged else value
    return merged


def _raises_again(handler: Any) -> bool:
    """Whether the handler ends with `raise` or `sys.exit(...)`: it makes nothing right."""
    statements = handler.body.body
    if not statements:
        return False
    last = statements[-1]
    if kind_of(last) == "SimpleStatementLine":
        last = last.body[-1]
    if kind_of(last) == "Raise":
        return True
    if kind_of(last) == "Expr" and kind_of(last.value) == "Call":
        func = last.value.func
        return (
            kind_of(func) == "Attribute"
            and func.attr.value == "exit"
            and kind_of(func.value) == "Name"
            and func.value.value == "sys"
        ) or (kind_of(func) == "Name" and func.value in ("exit", "quit"))
    return False


def _flags(state: State, body: Any) -> None:
    """`except ImportError: HAS_KERAS = False`: the name is a test from now on."""
    from kerlint.source.conditions import UNKNOWN_CONDITION

    for statement in body.body:
        if kind_of(statement) != "SimpleStatementLine":
            continue
        for small in statement.body:
            if (
                kind_of(small) == "Assign"
                and kind_of(small.value) == "Name"
                and small.value.value in ("True", "False")
            ):
                for target in small.targets:
                    if kind_of(target.target) == "Name":
                        state.scope.bind(target.target.value, ((TEST, UNKNOWN_CONDITION),))
