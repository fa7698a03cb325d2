"""Where an object of one Keras library is given to another: the places in a module's facts."""

from __future__ import annotations

from kerlint.knowledge.keras_objects import (
    CELL,
    LAYER,
    MODEL,
    SCHEDULE,
    SEQUENCE,
    STATELESS,
    TENSOR,
    is_layer_function,
)
from kerlint.rules._elsewhere import makers_of
from kerlint.rules._made import Made, Makers
from kerlint.source.facts import Reference
from kerlint.source.tree import present
from kerlint.source.values import ITEMS, NAME

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from kerlint.rules.base import Context
    from kerlint.source.facts import Guard, Module
    from kerlint.source.values import Value

_FIT = frozenset({"evaluate", "fit", "predict"})
_METHODS = frozenset({"add", "compile", *_FIT})
_WRAPPERS = frozenset({"Bidirectional", "TimeDistributed"})
_COMPILE = ("optimizer", "loss", "metrics", "weighted_metrics")


class Place:
    """An object of another library at a place of the record.

    `name`      of the place, as in `knowledge.meetings`
    `receiver`  what it is given to
    `given`     the object
    `node`      the expression, or the Name node, where it is given
    """

    __slots__ = ("given", "guards", "name", "node", "receiver")

    def __init__(
        self, name: str, receiver: Made, given: Made, node: Any, guards: Sequence[Guard]
    ) -> None:
        self.name = name
        self.receiver = receiver
        self.given = given
        self.node = node
        self.guards = guards


def places(module: Module, context: Context) -> Iterator[Place]:
    """Every place where objects certainly meet that are of two libraries."""
    makers = makers_of(module, context)
    for call in module.calls:
        if call.star:
            continue
        asked = Asked(call.node, call.arguments, call.callee.guards)
        if not isinstance(call.callee, Reference):
            models = makers.of_member(call.callee)
            yield from _asked_of(models, call.callee.attribute, asked, makers)
        elif call.callee.complete:
            yield from _named(call.callee, asked, makers)
    for application in module.applications:
        asked = Asked(application.node, application.arguments, application.guards)
        yield from _applied(application.applied, asked, makers)
    yield from _stored(module, makers)
    yield from _two_bases(module, makers)


class Asked:
    """The arguments of a call: their values in the order of the text, and its node."""

    __slots__ = ("arguments", "guards", "node")

    def __init__(self, node: Any, arguments: Sequence[Value], guards: Sequence[Guard]) -> None:
        self.node = node
        self.arguments = arguments
        self.guards = guards


def _argument(call: Asked, position: int, *keywords: str) -> tuple[Value, Any] | None:
    """The argument at a position or with one of the keywords: its value and expression."""
    for index, argument in enumerate(call.node.args):
        keyword = argument.keyword.value if present(argument.keyword) else ""
        if keyword in keywords or (not keyword and index == position and not argument.star):
            return call.arguments[index], argument.value
    return None


def _each(given: tuple[Value, Any] | None, makers: Makers) -> Iterator[tuple[Makers, Value, Any]]:
    """The argument itself, or what a list, tuple, set or dict holds, with the expressions."""
    if given is None:
        return
    value, node = given
    makers, value = makers.opened(value)
    if len(value) != 1 or value[0][0] != ITEMS:
        yield makers, value, node
        return
    items = value[0][1]
    elements = getattr(node, "elements", None) or ()
    inner = [element.value for element in elements] if len(elements) == len(items) else []
    for index, item in enumerate(items):
        yield from _each((item, inner[index] if inner else node), makers)


def _given(
    call: Asked, found: tuple[Value, Any] | None, receiver: Made, makers: Makers, **names: str
) -> Iterator[Place]:
    """The objects of another library in an argument; `names`: the place for each kind."""
    for there, value, node in _each(found, makers):
        made = there.one_of(value) or there.class_itself(value)
        name = names.get(made.kind.replace(" ", "_")) if made is not None else None
        if made is not None and name and made.library != receiver.library:
            if made.own:
                name = _OWN.get(name, name)
            if made.kind == "callback" and not made.own:
                name = f"callback {made.leaf} in fit"
            yield Place(name, receiver, made, node, call.guards)


_OWN = {
    "layer in Sequential([...])": "own layer in Sequential([...])",
    "callback": "own callback in fit",
}


def _named(callee: Reference, call: Asked, makers: Makers) -> Iterator[Place]:
    """A call of something imported: of Keras, or of an object that an own module made."""
    names = [candidate.name for candidate in callee.candidates]
    if len(names) != 1:
        return
    name = names[0]
    library = makers.library(name)
    if library is not None:
        yield from _made_with(name, library, call, makers)
        return
    owner, _, method = name.rpartition(".")
    if method in _METHODS:
        models = makers.all_of(((NAME, owner, 1),))
        yield from _asked_of(models, method, call, makers)
    elif makers.all_of(((NAME, name, 1),)):
        yield from _applied(((NAME, name, 1),), call, makers)


def _made_with(name: str, library: str, call: Asked, makers: Makers) -> Iterator[Place]:
    """What a constructor or a function of Keras gets."""
    leaf = name.rpartition(".")[2]
    made = makers.class_of((name,), own=False)
    receiver = made[0] if made else Made(name, makers.module, library, "function")
    if leaf == "Sequential":
        yield from _given(
            call,
            _argument(call, 0, "layers"),
            receiver,
            makers,
            layer="layer in Sequential([...])",
            model="model in Sequential([...])",
        )
    elif receiver.kind == MODEL and leaf in ("Model", "Functional"):
        found = _argument(call, 0, "inputs") or _argument(call, 1, "outputs")
        yield from _first(_given(call, found, receiver, makers, tensor="tensors into Model"))
    elif receiver.kind in (LAYER, CELL):
        yield from _of_layer(call, leaf, receiver, makers)
    elif receiver.kind == "optimizer":
        found = _argument(call, 0, "learning_rate")
        yield from _given(call, found, receiver, makers, schedule="schedule in an optimizer")
    elif leaf == "model_from_json":
        found = _argument(call, 1, "custom_objects")
        place = "layer class in custom_objects"
        yield from _given(call, found, receiver, makers, layer_class=place)
    elif leaf in ("clone_model", "save_model"):
        place = f"model into {leaf}"
        yield from _given(call, _argument(call, 0, "model"), receiver, makers, model=place)
    elif is_layer_function(name):
        place = "tensor into a function of layers"
        found = _argument(call, 0, "inputs")
        yield from _first(_given(call, found, receiver, makers, tensor=place))


def _of_layer(call: Asked, leaf: str, receiver: Made, makers: Makers) -> Iterator[Place]:
    for index, argument in enumerate(call.node.args):
        if present(argument.keyword):
            end = argument.keyword.value.rpartition("_")[2]
            kind = "activation function" if end == "activation" else end
            if kind in ("initializer", "regularizer", "constraint", "activation function"):
                passed = call.arguments[index], argument.value
                names = {kind.replace(" ", "_"): f"{kind} in a layer"}
                yield from _given(call, passed, receiver, makers, **names)
    if leaf in _WRAPPERS:
        found = _argument(call, 0, "layer")
        yield from _given(call, found, receiver, makers, layer=f"layer in {leaf}")
    elif leaf == "RNN":
        yield from _given(call, _argument(call, 0, "cell"), receiver, makers, cell="cell in RNN")


def _asked_of(models: Sequence[Made], method: str, call: Asked, makers: Makers) -> Iterator[Place]:
    """What a method of a model gets."""
    if not models or any(made.kind != MODEL or method in made.defined for made in models):
        return
    receiver = models[0]
    if any(made.library != receiver.library for made in models):
        return
    if method == "add":
        yield from _given(
            call,
            _argument(call, 0, "layer"),
            receiver,
            makers,
            layer="layer in Sequential.add",
            model="model in Sequential.add",
        )
    elif method == "compile":
        for position, keyword in enumerate(_COMPILE):
            found = _argument(call, position if position < 3 else 99, keyword)
            yield from _given(
                call,
                found,
                receiver,
                makers,
                optimizer="optimizer in compile",
                loss="loss in compile",
                loss_function="loss function in compile",
                metric="metric in compile",
                metric_function="metric function in compile",
            )
    elif method in _FIT:
        found = _argument(call, 99, "callbacks")
        yield from _given(call, found, receiver, makers, callback="callback")
        if method == "fit":
            found = _argument(call, 0, "x")
            yield from _given(call, found, receiver, makers, Sequence="own Sequence in fit")


def _applied(applied: Value, call: Asked, makers: Makers) -> Iterator[Place]:
    """`layer(x)`, `model(x)` of one library where `x` is a tensor of another."""
    called = makers.one_of(applied)
    if called is None or called.kind not in (LAYER, MODEL) or "__call__" in called.defined:
        return
    found = call.arguments and not call.node.args[0].star
    for tensor in makers.tensors(call.arguments[0])[:1] if found else ():
        if tensor.library != called.library:
            place = f"tensor into a {called.kind}"
            if tensor.origin and called.kind == LAYER:
                place = f"{tensor.origin} into a layer"
            yield Place(place, called, tensor, call.node.args[0].value, call.guards)


def _stored(module: Module, makers: Makers) -> Iterator[Place]:
    """`self.inner = Dense(1)` in a class that derives from another library's Model or Layer."""
    for store in module.stores:
        owners = makers.class_of(store.owner.foreign() or (), own=True)
        if len(owners) != 1 or owners[0].kind not in (MODEL, LAYER):
            continue
        base = "Model" if owners[0].kind == MODEL else "Layer"
        for there, value, _ in _each((store.value, None), makers):
            made = there.one_of(value)
            if made is None or made.kind not in (LAYER, MODEL) or made.leaf in STATELESS:
                continue
            if made.library != owners[0].library:
                place = f"{made.kind} in a subclass of {base}"
                yield Place(place, owners[0], made, store.node, store.guards)
                break


def _two_bases(module: Module, makers: Makers) -> Iterator[Place]:
    for info in module.classes:
        bases = [
            makers.class_of((base[0][1],), own=False)
            for base in info.bases
            if len(base) == 1 and base[0][0] == NAME
        ]
        found = [made[0] for made in bases if made]
        layers = [made for made in found if made.kind == LAYER]
        if len(layers) > 1 and layers[0].library != layers[1].library:
            yield Place("two bases", layers[0], layers[1], info.node, ())


def _first(found: Iterator[Place]) -> Iterator[Place]:
    """The first of them: all others have the same cause."""
    for place in found:
        yield place
        return


__all__ = ["SCHEDULE", "SEQUENCE", "TENSOR", "Place", "places"]
