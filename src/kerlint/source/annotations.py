"""What annotations say: of which imported class the value of a name is."""

from __future__ import annotations

from kerlint.source import fields
from kerlint.source.tree import kind_of
from kerlint.source.values import ANYTHING, INSTANCE, NAME, NONE, NOTHING, join

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kerlint.source.state import State
    from kerlint.source.values import Value

_OPTIONAL = frozenset({"typing.Optional", "typing_extensions.Optional"})
_UNION = frozenset({"typing.Union", "typing_extensions.Union"})


def annotated(state: State, node: Any) -> Value:
    """The value of what is annotated so: `Model`, `Optional[Model]`, `Model | None`, `Union[...]`.

    Unknown for all else, and for annotations in quotes.
    """
    kind = kind_of(node)
    if kind == "Name" and node.value == "None":
        return NOTHING
    if kind in ("Name", "Attribute"):
        return _instances(fields.peek(state, node))
    if kind == "BinaryOperation" and kind_of(node.operator) == "BitOr":
        return join(annotated(state, node.left), annotated(state, node.right))
    if kind == "Subscript":
        return _subscripted(state, node)
    return ANYTHING


def _instances(classes: Value) -> Value:
    if any(atom[0] not in (NAME, NONE) for atom in classes):
        return ANYTHING
    return tuple((INSTANCE, atom[1]) if atom[0] == NAME else atom for atom in classes)


def _subscripted(state: State, node: Any) -> Value:
    outer = fields.peek(state, node.value)
    name = outer[0][1] if len(outer) == 1 and outer[0][0] == NAME else ""
    parts = [getattr(element.slice, "value", None) for element in node.slice]
    if name in _OPTIONAL and len(parts) == 1:
        return annotated(state, parts[0])
    if name in _UNION and parts:
        result = annotated(state, parts[0])
        for part in parts[1:]:
            result = join(result, annotated(state, part))
        return result
    return ANYTHING
