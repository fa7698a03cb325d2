"""What a call gives to the parameters of a function of the same file."""

from __future__ import annotations

from kerlint.source.tree import kind_of, present

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from kerlint.source.facts import Module
    from kerlint.source.values import FunctionInfo, OwnCall, Value


def is_plain(function: FunctionInfo) -> bool:
    """Whether a call runs the body as it stands, with the arguments as they are."""
    return function.called_runs and function.node is not None and not function.node.decorators


def passed(function: FunctionInfo, call: OwnCall) -> dict[str, int] | None:
    """The parameters that get arguments, and which of the call's; None if it is not certain."""
    params = function.node.params
    names = [one.name.value for one in (*params.posonly_params, *params.params)]
    if function.method:
        if not _gives_self(function, call.node.func):
            return None
        del names[:1]
    by_name = {*names, *(one.name.value for one in params.kwonly_params)}
    given = {}
    for position, argument in enumerate(call.node.args):
        if argument.star:
            return None
        if present(argument.keyword):
            name = argument.keyword.value
        else:
            name = names[position] if position < len(names) else ""
        if name in by_name:
            given[name] = position
    return given


def arguments(function: FunctionInfo, call: OwnCall) -> dict[str, Value]:
    """The same with what the arguments may stand for; none where it is not certain."""
    given = passed(function, call) or {}
    return {name: call.arguments[position] for name, position in given.items()}


def by_function(module: Module) -> Iterator[tuple[FunctionInfo, list[OwnCall]]]:
    """The plain functions that the module calls, each with all calls of it."""
    calls: dict[int, list[OwnCall]] = {}
    for call in module.own_calls:
        calls.setdefault(id(call.function), []).append(call)
    for own in calls.values():
        if is_plain(own[0].function):
            yield own[0].function, own


def _gives_self(function: FunctionInfo, callee: Any) -> bool:
    """Whether the method gets its object by itself: `self.train(x)`, `Trainer(x)`."""
    owner, _, name = function.name.rpartition(".")
    if kind_of(callee) == "Name":
        return name == "__init__"
    if kind_of(callee) != "Attribute" or kind_of(callee.value) != "Name":
        return False
    return bool(callee.value.value != owner.rpartition(".")[2])
