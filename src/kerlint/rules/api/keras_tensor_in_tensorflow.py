"""KER311."""

from __future__ import annotations

from kerlint.rules._guards import ANY, silenced
from kerlint.rules._private import is_own_source
from kerlint.rules.base import Rule, Trigger
from kerlint.source.facts import Reference
from kerlint.source.tree import present

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from kerlint.diagnostics import Diagnostic
    from kerlint.knowledge.keras_tensors import Refusal
    from kerlint.rules._made import Made, Makers
    from kerlint.rules.base import Context
    from kerlint.source.facts import Call, Module
    from kerlint.source.suspicions import Suspect


class KerasTensorInTensorflow(Rule):
    """A function of TensorFlow is given a symbolic tensor of Keras 3.

    ## What it does
    Finds calls such as `tf.expand_dims(x, -1)` where `x` is an `Input`, what a layer returns for
    one, or the `input` or `output` of a model. Which functions refuse such tensors was tried with
    real releases. What a function, a method or a `Lambda` gets as its parameter is left alone:
    when the model runs, that is an ordinary tensor.

    ## Why is this bad?
    In Keras 2 such a call became a layer of the model by itself. In Keras 3 a symbolic tensor is no
    tensor of TensorFlow, and the call raises an error where the model is built.

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
    trigger = Trigger(names=("keras", "tensorflow.keras"), also=(b"Input(", b".input", b".output"))
    errors = ("ValueError: A KerasTensor cannot be used as input to a TensorFlow function.",)

    def applies(self, path: str, data: bytes) -> bool:
        """The sources of Keras itself know what they do."""
        return not is_own_source(path)

    def suspects(self, suspect: Suspect) -> bool:
        """Whether one of the functions may be called."""
        from kerlint.knowledge.keras_tensors import refusing

        return suspect.index.deep or any(refusing(name) for name, _ in suspect.index.calls)

    def check(self, module: Module, context: Context) -> Iterator[Diagnostic]:
        """One finding for each call."""
        from kerlint.knowledge.keras_tensors import refusing
        from kerlint.rules._elsewhere import makers_of
        from kerlint.source.positions import ends_of

        makers: Makers | None = None
        for call in module.calls:
            if not isinstance(call.callee, Reference) or not call.callee.complete or call.star:
                continue
            names = {candidate.name for candidate in call.callee.candidates}
            if len(names) != 1:
                continue
            name = names.pop()
            refusals = refusing(name)
            if not refusals or silenced(call.callee.guards, ANY, context, lambda _: False):
                continue
            makers = makers or makers_of(module, context)
            found = _symbolic(call, refusals, makers)
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
                message=f"`{_spelled(name)}` is given a symbolic tensor of Keras 3: "
                f"this raises {error}",
                label="a KerasTensor",
                help=_help(name, tensor, context),
                qualified_name=name,
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


def _spelled(name: str) -> str:
    return f"tf.{name.removeprefix('tensorflow.')}"


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
