"""From a tree to facts: one lean walk of our own over LibCST's nodes.

The walk follows the text as Python would run it: the module first, then every function with all
that the module ever bound in view. It picks nothing out of several possibilities; rules are told
all of them.
"""

from __future__ import annotations

import sys

from kerlint.source import tree
from kerlint.source.facts import Module, Reference
from kerlint.source.fields import Later
from kerlint.source.scopes import Scope
from kerlint.source.state import State
from kerlint.source.statements import run
from kerlint.source.values import ANYTHING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping
    from typing import Any

    from kerlint.source.facts import Call
    from kerlint.source.values import Value

_DEPTH = 6000
"""Python frames that deeply nested code may need."""


def _unknown(_module: str) -> None:
    return None


def analyse(
    path: str, text: str, exports: Callable[[str], frozenset[str] | None] = _unknown
) -> Module:
    """All facts of the Python source `text`.

    `exports` says which names `from MODULE import *` binds, None where nobody knows.
    Raises SyntaxProblem if it does not parse.
    """
    return _read_deeply(path, text, tree.parse(text), exports, {})


def read_again(
    module: Module,
    given: Mapping[int, Mapping[str, Value]],
    mixed: Container[int],
    exports: Callable[[str], frozenset[str] | None] = _unknown,
) -> Module:
    """The facts of the same tree, where some parameters of functions are known.

    `given`  what they are, by the identity of the function's definition and their name
    `mixed`  the identities of those that return something else for other calls
    """
    return _read_deeply(module.path, module.text, module.tree, exports, given, mixed)


def _read_deeply(
    path: str,
    text: str,
    parsed: Any,
    exports: Callable[[str], frozenset[str] | None],
    given: Mapping[int, Mapping[str, Value]],
    mixed: Container[int] = (),
) -> Module:
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, _DEPTH))
    try:
        return _read(path, text, parsed, exports, given, mixed)
    except RecursionError:
        raise tree.SyntaxProblem("the code is nested too deeply to be read", 1, 1) from None
    finally:
        sys.setrecursionlimit(limit)


def _read(
    path: str,
    text: str,
    parsed: Any,
    exports: Callable[[str], frozenset[str] | None],
    given: Mapping[int, Mapping[str, Value]],
    mixed: Container[int] = (),
) -> Module:
    state = State(Scope("module", None), exports)
    state.given, state.mixed = given, mixed
    state.may_yield = "yield" in text
    module_events = state.events
    run(state, parsed.body)
    while state.deferred:
        waiting, state.deferred = state.deferred, []
        for read in waiting:
            read()
    for resolve in state.pending:
        resolve()
    _doubt(state)
    state.pending.clear()  # each holds the state that holds it: the tree would wait for a collector
    state.references.sort(key=lambda reference: reference.line_order)
    return Module(
        path,
        text,
        parsed,
        tuple(state.references),
        tuple(state.members),
        tuple(_known_calls(state)),
        module_events,
        {info.name: info.events for info in state.functions},
        frozenset(state.assigned),
        tuple(state.applications),
        tuple(state.stores),
        tuple(state.all_classes),
        state.module_scope.values,
        tuple(state.own_calls),
    )


def _doubt(state: State) -> None:
    """What stands for a name that a function within binds anew may be anything."""
    rebound = state.module_scope.rebound
    if not rebound:
        return
    for reference in state.references:
        asked = (reference.scope, reference.parts[0].value)
        if asked in rebound and reference.kind not in ("from", "import"):
            reference.complete = False
    for member in state.members:
        if member.receiver is not None and (member.scope, member.receiver.value) in rebound:
            member.complete, member.value = False, ANYTHING


def _known_calls(state: State) -> Iterator[Call]:
    """The calls whose callee turned out to be an imported thing, or a member of one."""
    for call in state.calls:
        if isinstance(call.callee, Later):
            if call.callee.fact is None:
                continue
            call.callee = call.callee.fact
        if isinstance(call.callee, Reference) or call.callee.value:
            yield call
