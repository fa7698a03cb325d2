"""`self.add_weight("kernel", ...)`: since Keras 3 what comes first is the shape.

Run with Keras 3.0.5, 3.3.3, 3.6.0 and 3.15.1, in a layer and in a metric: each release raises
ValueError or TypeError; Keras 2.15.0 takes it.
Source: https://github.com/keras-team/keras/blob/v3.15.1/keras/src/layers/layer.py
"""

from __future__ import annotations

import re

from kerlint.source.tree import kind_of, present

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kerlint.knowledge.api import Api
    from kerlint.source.facts import Call

METHOD = "add_weight"
_NAMED_FIRST = rb"\.add_weight[\s\\)]*\(\s*(?:#|[^,=]*[\"'])"
"""A quote before the first comma and the first `=` of the arguments."""
_TEXTS = ("ConcatenatedString", "FormattedString", "SimpleString")


def may_name_first(data: bytes) -> bool:
    """Whether the method may be called with a text first."""
    return METHOD.encode() in data and re.search(_NAMED_FIRST, data) is not None


def names_first(call: Call, names: list[str], api: Api) -> bool:
    """Whether a text is given where the methods called `names` take the shape."""
    if not call.positional or not all(name.endswith(f".{METHOD}") for name in names):
        return False
    return _is_text(call.node.args[0].value) and all(_shape_first(name, api) for name in names)


def _shape_first(name: str, api: Api) -> bool:
    signature = api.signature(name)
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
