"""KER311."""

from __future__ import annotations

from kerlint.knowledge.keras_objects import MODEL, TENSOR
from kerlint.rules._guards import ANY, ATTRIBUTE, silenced
from kerlint.rules.api._wording import spelled
from kerlint.rules.base import Rule, Trigger
from kerlint.source.facts import Reference
from kerlint.source.tree import present

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from kerlint.diagnostics import Diagnostic, Related
    from kerlint.knowledge.keras_tensors import Refusal
    from kerlint.rules._made import Made, Makers
    from kerlint.rules.api._into_functions import Followed
    from kerlint.rules.base import Context
    from kerlint.source.facts import Call, Guard, Member, Module
    from kerlint.source.suspect import Suspect


_TENSORS_OF_MODELS = ("input", "output")


class KerasTensorInTensorflow(Rule):
    """A symbolic tensor of Keras 3 is used as if it were one of TensorFlow.

    ## What it does
    Finds calls such as `tf.expand_dims(x, -1)` where `x` is an `Input`, what a layer returns for
    one, or the `input` or `output` of a model, and attributes that it does not have, such as
    `x.get_shape()` and `x.shape.as_list()`. Which functions refuse such tensors was tried with
    real releases. The parameter of a function is such a tensor if every call of it in the file
    gives it one. What `call` of a layer or a `Lambda` gets is left alone: when the model runs, that
    is an ordinary tensor.

    ## Why is this bad?
    In Keras 2 such a call became a layer of the model by itself. In Keras 3 a symbolic tensor is no
    tensor of TensorFlow and its shape is a tuple: an error is raised where the model is built.

    ## Example
    ```python
    import keras
    import tensorflow as tf

    inputs = keras.Input((28, 28))
    images = tf.expand_dims(inputs, -1)
    outputs = keras.layers.Conv2D(8, 3)(images)
    ```

    ## Use instead
    ```python
    import keras

    inputs = keras.Input((28, 28))
    images = keras.ops.expand_dims(inputs, -1)
    outputs = keras.layers.Conv2D(8, 3)(images)
    ```

    ## References
    - [Migrating Keras 2 code to Keras 3](https://keras.io/guides/migrating_to_keras_3/)
    - [KerasTensor.__tf_tensor__](https://github.com/keras-team/keras/blob/v3.15.1/keras/src/backend/common/keras_tensor.py)
    """

    code = "KER311"
    name = "keras-tensor-in-tensorflow"
    by_target = "newest"
    spares_keras = True
    trigger = Trigger(names=("keras", "tensorflow.keras"), also=(b"Input(", b".input", b".output"))
    errors = (
        "ValueError: A KerasTensor cannot be used as input to a TensorFlow function.",
        "AttributeError: 'KerasTensor' object has no attribute 'get_shape'",
        "AttributeError: 'tuple' object has no attribute 'as_list'",
    )

    def suspects(self, suspect: Suspect) -> bool:
        """Whether one of the functions may be called, or one of the attributes asked for."""
        from kerlint.knowledge.keras_tensors import ATTRIBUTES, SHAPE_ATTRIBUTES, refusing

        index = suspect.index
        if index.deep or any(refusing(name) for name, _ in index.calls):
            return True
        return any(name.encode() in index.attributes() for name in (*ATTRIBUTES, *SHAPE_ATTRIBUTES))

    def check(self, module: Module, context: Context) -> Iterator[Diagnostic]:
        """One finding for each call, and for each attribute."""
        from kerlint.rules._elsewhere import makers_of
        from kerlint.rules.api._into_functions import followed

        makers = makers_of(module, context, elsewhere=False)
        result = followed(module, makers, context)
        yield from self._calls(result, context)
        told: set[int] = set()
        for member in result.module.members:
            found = _missing(member, result.makers)
            if found is None or _silenced(member.guards, ATTRIBUTE, result, member.scope, context):
                continue
            node, message, help = found
            if id(node) in told:
                continue  # as an attribute of the model's output, and of the model
            told.add(id(node))
            yield self.diagnostic(
                module,
                node,
                message=message,
                label="no such attribute",
                help=help,
                related=tuple(_given_by(result, member.scope)),
            )

    def _calls(self, result: Followed, context: Context) -> Iterator[Diagnostic]:
        from kerlint.knowledge.keras_tensors import refusing
        from kerlint.source.positions import ends_of

        module = result.module
        for call in module.calls:
            if not isinstance(call.callee, Reference) or not call.callee.complete or call.star:
                continue
            names = {candidate.name for candidate in call.callee.candidates}
            if len(names) != 1:
                continue
            name = names.pop()
            refusals = refusing(name)
            guards, scope = call.callee.guards, call.callee.scope
            if not refusals or _silenced(guards, ANY, result, scope, context):
                continue
            found = _symbolic(call, refusals, result.makers)
            if found is None:
                continue
            node, tensor, error = found
            first, last = ends_of(node)
            if first is None:
                first, last = call.callee.parts[0], call.callee.parts[-1]
            yield self.diagnostic(
                module,
                first,
                last,
                message=f"`{spelled(name)}` is given a symbolic tensor of Keras 3: "
                f"this raises {error}",
                label="a KerasTensor",
                help=_help(name, tensor, context),
                qualified_name=name,
                related=tuple(_given_by(result, scope)),
            )


def _silenced(
    guards: Sequence[Guard], error: str, result: Followed, scope: str, context: Context
) -> bool:
    """Whether the fault is caught or never happens; in a function also if a class is asked for."""
    if silenced(guards, error, context, lambda _: False):
        return True
    return scope in result.calls and any(guard.kind == "type" for guard in guards)


def _given_by(result: Followed, scope: str) -> Iterator[Related]:
    """The call that gives the function a symbolic tensor."""
    from kerlint.diagnostics import Related
    from kerlint.source.positions import ends_of

    call = result.calls.get(scope)
    if call is not None:
        first, last = ends_of(call.node.func)
        if first is not None:
            yield Related(
                result.module.path, result.module.span(first, last), "called with one here"
            )


def _symbolic(
    call: Call, refusals: tuple[Refusal, ...], makers: Makers
) -> tuple[Any, Made, str] | None:
    """The first argument that is refused: its expression, the tensor and the error."""
    from kerlint.knowledge.libraries import KERAS_3

    for position, argument in enumerate(call.node.args):
        keyword = argument.keyword.value if present(argument.keyword) else ""
        for refusal in refusals:
            if not argument.star and refusal.takes(position, keyword):
                tensors = makers.tensors(call.arguments[position])
                if tensors and all(tensor.library == KERAS_3 for tensor in tensors):
                    return argument.value, tensors[0], refusal.error
    return None


def _missing(member: Member, makers: Makers) -> tuple[Any, str, str] | None:
    """The node of what a symbolic tensor of Keras 3 does not have, the message and the cure."""
    from kerlint.knowledge.keras_tensors import ATTRIBUTES, SHAPE_ATTRIBUTES

    chain = (member.node, *member.further)
    kind = TENSOR
    if member.attribute in _TENSORS_OF_MODELS:
        chain, kind = chain[1:], MODEL
    words = [node.value for node in chain[:2]]
    if words[:1] == ["shape"] and words[-1] in SHAPE_ATTRIBUTES:
        node, what = chain[1], "the shape of a symbolic tensor"
        cure = f"it is a tuple: use {SHAPE_ATTRIBUTES[node.value]}"
    elif words and words[0] in ATTRIBUTES:
        node, what, cure = chain[0], "a symbolic tensor", ATTRIBUTES[words[0]]
    else:
        return None
    if not _all_are(kind, member, makers):
        return None
    return node, f"{what} of Keras 3 has no `{node.value}`", cure


def _all_are(kind: str, member: Member, makers: Makers) -> bool:
    """Whether all that the member may be asked of is of that kind, and of Keras 3."""
    from kerlint.knowledge.libraries import KERAS_3

    found = makers.of_member(member)
    return bool(found) and all(
        one.kind == kind and one.library == KERAS_3 and member.attribute not in one.defined
        for one in found
    )


def _help(name: str, tensor: Made, context: Context) -> str:
    """The operation of Keras that does the same, where there is one of that name."""
    from kerlint.knowledge.keras_tensors import operations

    in_tensorflow = tensor.name.startswith("tensorflow.")
    layer = "tf.keras.layers.Lambda" if in_tensorflow else "keras.layers.Lambda"
    inside = f"call it inside a layer: `{layer}`, or `call` of a layer of your own"
    for operation in operations(name):
        if context.api.find(f"keras.ops.{operation}").exists:
            root = "tf.keras.ops" if in_tensorflow else "keras.ops"
            return f"use `{root}.{operation}`, or {inside}"
    return inside
