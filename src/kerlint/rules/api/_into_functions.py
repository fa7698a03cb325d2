"""Symbolic tensors that a file gives to its own functions: what their parameters are then."""

from __future__ import annotations

from kerlint.knowledge.libraries import KERAS_3
from kerlint.rules._guards import ANY, silenced
from kerlint.rules._made import Makers
from kerlint.rules.api._parameters import arguments, by_function
from kerlint.source.names import read_again

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kerlint.rules.base import Context
    from kerlint.source.facts import Module
    from kerlint.source.values import FunctionInfo, OwnCall, Value

    Given = dict[int, Mapping[str, Value]]

_DEEPEST = 4
"""How many functions that call each other are followed."""

_ASKS = ("is_keras_tensor", "is_symbolic", "is_tensor")
"""A file that asks what a value is may be right about it where this reading is not."""


class Followed:
    """The module, read with what its functions are given.

    `module`, `makers`  as it was read at last
    `calls`  the calls that gave a function symbolic tensors, by the name of the function
    `mixed`  definitions, by their identity, of functions that other calls give something else
    """

    __slots__ = ("calls", "makers", "mixed", "module")

    def __init__(self, module: Module, makers: Makers) -> None:
        self.module = module
        self.makers = makers
        self.calls: dict[str, OwnCall] = {}
        self.mixed: set[int] = set()


def followed(module: Module, makers: Makers, context: Context) -> Followed:
    """The module with the parameters known to which some call in it gives symbolic tensors.

    What such a function returns is known only if every call gives it the same: the others may be
    for tensors that hold values.
    """
    result = Followed(module, makers)
    if any(word in module.text for word in _ASKS):
        return result
    given: Given = {}
    for _ in range(_DEEPEST):
        found = dict(_given(result, context))
        if all(given.get(key, {}).keys() >= values.keys() for key, values in found.items()):
            break
        for key, values in found.items():
            given[key] = {**values, **given.get(key, {})}
        result.module = read_again(module, given, result.mixed, context.api.exports)
        result.makers = Makers(result.module, context, None)
    return result


def _given(result: Followed, context: Context) -> Iterator[tuple[int, Mapping[str, Value]]]:
    """Each function that is given symbolic tensors, and its parameters that are."""
    for function, calls in by_function(result.module):
        known = [_symbolic(function, call, result.makers) for call in calls]
        for call, values in zip(calls, known, strict=True):
            if values and not silenced(call.guards, ANY, context, lambda _: False):
                result.calls.setdefault(function.name, call)
                if any(other.keys() != values.keys() for other in known):
                    result.mixed.add(id(function.node))
                yield id(function.node), values
                break


def _symbolic(function: FunctionInfo, call: OwnCall, makers: Makers) -> Mapping[str, Value]:
    """The parameters to which the call gives symbolic tensors of Keras 3, with their values."""
    given = arguments(function, call)
    return {name: value for name, value in given.items() if _is_symbolic(value, makers)}


def _is_symbolic(value: Value, makers: Makers) -> bool:
    tensors = makers.tensors(value)
    return bool(tensors) and all(tensor.library == KERAS_3 for tensor in tensors)
