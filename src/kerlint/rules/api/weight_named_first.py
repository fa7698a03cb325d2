"""KER312."""

from __future__ import annotations

import re

from kerlint.rules._guards import ANY, silenced
from kerlint.rules.api._verdicts import judge_of
from kerlint.rules.api._wording import spelled, target_of
from kerlint.rules.api.missing_argument import callees
from kerlint.rules.base import Rule, Trigger
from kerlint.source.facts import Reference
from kerlint.source.tree import kind_of, present

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from kerlint.diagnostics import Diagnostic
    from kerlint.knowledge.api import Api
    from kerlint.rules.base import Context
    from kerlint.source.facts import Module

METHOD = "add_weight"
_NAMED_FIRST = rb"\.add_weight[\s\\)]*\(\s*(?:#|(?:[^,=()\"']|\([^()]*\))*[\"'])"
"""A quote before the first comma and the first `=` of the arguments."""
_TEXTS = ("ConcatenatedString", "FormattedString", "SimpleString")


class WeightNamedFirst(Rule):
    """Giving `add_weight` the name of the weight where Keras 3 takes its shape.

    ## What it does
    Finds `self.add_weight("kernel", ...)` in layers and metrics. Keras 2 took the name first,
    Keras 3 takes the shape first and the name by its keyword. Only a text that can be seen is
    found: `self.add_weight(name, ...)` may be a shape for all that is known.

    ## Why is this bad?
    Every release of Keras 3 raises `ValueError` or `TypeError` when the layer is built: Keras
    3.0.5, 3.3.3, 3.6.0 and 3.15.1 were run.

    ## Example
    ```python
    import keras


    class Scale(keras.layers.Layer):
        def build(self, input_shape):
            self.scale = self.add_weight("scale", shape=(input_shape[-1],), initializer="ones")
    ```

    ## Use instead
    ```python
    import keras


    class Scale(keras.layers.Layer):
        def build(self, input_shape):
            self.scale = self.add_weight(name="scale", shape=(input_shape[-1],), initializer="ones")
    ```

    ## References
    - [Layer.add_weight](https://github.com/keras-team/keras/blob/v3.15.1/keras/src/layers/layer.py)
    - [Metric.add_weight](https://github.com/keras-team/keras/blob/v3.15.1/keras/src/metrics/metric.py)
    """

    code = "KER312"
    name = "weight-named-first"
    by_target = "newest"
    spares_keras = True
    trigger = Trigger(names=("keras", "tensorflow.keras", "tf_keras"), also=(b".add_weight",))
    errors = (
        "TypeError: Layer.add_weight() got multiple values for argument 'shape'",
        "ValueError: `name` must be passed as a keyword argument. Received: add_weight(...)",
        "ValueError: Cannot convert '...' to a shape. Found invalid entry",
    )

    def applies(self, path: str, data: bytes) -> bool:
        """The tests of Keras do it on purpose."""
        return re.search(_NAMED_FIRST, data) is not None

    def check(self, module: Module, context: Context) -> Iterator[Diagnostic]:
        """One finding for each call."""
        judge = judge_of(module, context)
        for call in module.calls:
            if not call.positional or not _is_text(call.node.args[0].value):
                continue
            names = callees(call, judge, context)
            if not names or not all(_takes_shape_first(name, context.api) for name in names):
                continue
            if silenced(call.callee.guards, ANY, context, judge.fails):
                continue
            callee = call.callee
            yield self.diagnostic(
                module,
                callee.parts[-1] if isinstance(callee, Reference) else callee.node,
                message=f"`{spelled(names[0])}` of {target_of(names[0], context)} takes the shape "
                "first: here it gets the name",
                label="its name comes first",
                help=f"write `{METHOD}(name=...)`, and `shape=` and `initializer=` by keyword too",
                qualified_name=names[0],
            )


def _takes_shape_first(name: str, api: Api) -> bool:
    signature = api.signature(name) if name.endswith(f".{METHOD}") else None
    if signature is None:
        return False
    named = [one.name for one in signature.parameters if not one.kind.startswith("var-")]
    return named[:1] == ["shape"]


def _is_text(node: Any) -> bool:
    """Whether the expression is certainly a string."""
    kind = kind_of(node)
    if kind == "BinaryOperation":
        return _is_text(node.left) or (kind_of(node.operator) == "Add" and _is_text(node.right))
    if kind == "Call" and kind_of(node.func) == "Attribute" and present(node.func.attr):
        return node.func.attr.value == "format" and _is_text(node.func.value)
    return kind in _TEXTS
