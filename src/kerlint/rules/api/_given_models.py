"""Models that a file gives to its own functions: what their parameters are then.

A parameter is a model if every call of the function that the file makes gives it one. Calls that
other files make may give it something else: the ones that are seen fail all the same.
"""

from __future__ import annotations

import re

from kerlint.knowledge.keras_objects import MODEL
from kerlint.rules._guards import ANY, silenced
from kerlint.rules.api._parameters import arguments, by_function, is_plain, passed
from kerlint.rules.api._receivers import lost_keywords, roots
from kerlint.source.facts import Member
from kerlint.source.names import read_again
from kerlint.source.tree import kind_of
from kerlint.source.values import RETURNED, join_all

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from kerlint.rules._made import Makers
    from kerlint.rules.base import Context
    from kerlint.source.facts import Call, Module
    from kerlint.source.values import Value

    Given = dict[tuple[int, str], Value]

_DEEPEST = 4
"""How many functions that hand a model on are followed."""


def members(module: Module, context: Context) -> Sequence[Member]:
    """What is asked of the parameters, and of all else, in a reading that knows what they are."""
    read = _with_models(module, context)
    return () if read is None else read.members


def calls(module: Module, context: Context) -> Sequence[Call]:
    """The calls of what they are asked for, and all others of objects."""
    read = _with_models(module, context)
    return () if read is None else [call for call in read.calls if isinstance(call.callee, Member)]


def _with_models(module: Module, context: Context) -> Module | None:
    """The module, read with what its functions are given; None where no model is given to any."""

    def find() -> Module | None:
        asked = _asked(module, context) if module.own_calls else ()
        return _read(module, context, asked) if asked else None

    found: Module | None = context.shared("with models given", find)
    return found


def _asked(module: Module, context: Context) -> frozenset[str]:
    """The last names of what the text asks something, that models have lost, and that is not known
    to be one; with the names under which it may have been handed on.
    """
    heads = {*_of_methods(module, context), *_of_calls(module, context)}
    before = 0
    while len(heads) > before:
        before = len(heads)
        heads.update(name for field, name in _KEPT.findall(module.text) if field in heads)
        heads.update(_handed_on(module, heads))
    return frozenset(heads)


_KEPT = re.compile(r"\bself\.(\w+)\s*=\s*(\w+)\s*$", re.MULTILINE)


def _of_methods(module: Module, context: Context) -> Iterator[str]:
    """What is asked for a method that models have lost."""
    lost = frozenset().union(*map(context.api.lost_by_models, roots(module, context)))
    for name in lost:
        word = f".{name}"
        if word in module.text:
            known = [one.attribute == name and one.complete for one in module.members]
            known += [one.name.endswith(word) for one in module.references]
            yield from _heads(module.text, word, sum(known))


def _of_calls(module: Module, context: Context) -> Iterator[str]:
    """What is asked for what refuses more than it did: keywords, names of files."""
    methods = frozenset(_SAVING).union(*map(context.api.methods_of_models, roots(module, context)))
    for method in methods:
        word = f".{method}("
        if word not in module.text:
            continue
        lost = lost_keywords(method, module, context)
        if method in _SAVING or any(name in module.text for name in lost):
            known = [_method_of(call) == method for call in module.calls]
            yield from _heads(module.text, word, sum(known))


_SAVING = ("export", "load_weights", "save", "save_weights")


def _method_of(call: Call) -> str:
    callee = call.callee
    return callee.attribute if isinstance(callee, Member) and callee.complete else ""


def _heads(text: str, word: str, known: int) -> list[str]:
    """What stands before the word, where it stands more often than is known; "" after a call."""
    pieces = text.split(word)[:-1]
    if len(pieces) <= known:
        return []
    return [found[0] for found in (_LAST.search(piece[-_LONGEST:]) for piece in pieces) if found]


_LAST = re.compile(r"\w*$")
_LONGEST = 100
"""Characters of a name that are looked at."""


def _handed_on(module: Module, heads: set[str]) -> Iterator[str]:
    """Names of what is given to parameters that are called so."""
    for call in module.own_calls:
        if is_plain(call.function):
            for name, position in (passed(call.function, call) or {}).items():
                node = call.node.args[position].value
                if "" in heads:  # what it returns, perhaps
                    yield name
                if name in heads and kind_of(node) == "Name":
                    yield node.value


def _read(module: Module, context: Context, asked: Container[str]) -> Module | None:
    """The module, read again as often as a reading tells more of what is given.

    What an own function returns may be a model too, perhaps the one that it was given: that is
    believed at first, and held against the reading that believed it.
    """
    from kerlint.rules._elsewhere import makers_of

    makers = makers_of(module, context, annotations=True)
    given: Given = {}
    read = module
    for _ in range(_DEEPEST):
        found = dict(_given(read, makers, context, asked, believing=True))
        if found.keys() == given.keys():
            break
        given, read = found, read_again(module, _nested(found), (), context.api.exports)
    while given:
        found = dict(_given(read, makers, context, asked, believing=False))
        found = {key: value for key, value in found.items() if key in given}
        if found.keys() == given.keys():
            return read
        given, read = found, read_again(module, _nested(found), (), context.api.exports)
    return None


def _nested(given: Given) -> Mapping[int, Mapping[str, Value]]:
    functions: dict[int, dict[str, Value]] = {}
    for (function, name), value in given.items():
        functions.setdefault(function, {})[name] = value
    return functions


def _given(
    module: Module,
    makers: Makers,
    context: Context,
    asked: Container[str],
    *,
    believing: bool,
) -> Iterator[tuple[tuple[int, str], Value]]:
    """Parameters that are given models, by the identity of the function's definition.

    `believing`: one certain model is enough, where the others are what own functions return.
    """
    for function, own in by_function(module):
        if any(silenced(call.guards, ANY, context, lambda _: False) for call in own):
            continue
        every = [arguments(function, call) for call in own]
        for name in every[0]:
            if name not in asked or not all(name in one for one in every):
                continue
            values = [one[name] for one in every]
            models = [value for value in values if _is_model(value, makers)]
            others = [value for value in values if value not in models]
            if models and (not others or (believing and all(map(_is_returned, others)))):
                yield (id(function.node), name), join_all(models)


def _is_returned(value: Value) -> bool:
    return all(atom[0] == RETURNED for atom in value)


def _is_model(value: Value, makers: Makers) -> bool:
    found = makers.all_of(value)
    return bool(found) and all(made.kind == MODEL for made in found)
