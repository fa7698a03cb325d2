"""What is assigned to what: names, attributes, items, and all that is unpacked."""

from __future__ import annotations

from kerlint.source import conditions, environment, fields
from kerlint.source.annotations import annotated
from kerlint.source.expressions import annotation, evaluate
from kerlint.source.facts import Guard, Store
from kerlint.source.tree import kind_of, present
from kerlint.source.values import ANYTHING, FIELD, SELF, held_item, traced

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kerlint.source.state import State
    from kerlint.source.values import Value


def assign(state: State, target: Any, value: Value, node: Any = None) -> None:
    """Bind `target` to `value`; `node` is the expression on the right, if there is one."""
    kind = kind_of(target)
    if kind == "Name":
        state.scope.bind(target.value, value)
    elif kind in ("Tuple", "List"):
        elements = target.elements
        givens = node.elements if kind_of(node) in ("Tuple", "List") else ()
        paired = len(givens) == len(elements) and all(
            kind_of(item) == "Element" for item in (*elements, *givens)
        )
        starred = any(kind_of(item) != "Element" for item in elements)
        for position, element in enumerate(elements):
            held = conditions.part_of_version(value, position)
            if held is None:
                held = ANYTHING if starred else held_item(value, position, len(elements))
            if paired:
                given = givens[position].value
                known = environment.again(state, given)
                assign(state, element.value, held if known == ANYTHING else known, given)
            else:
                assign(state, element.value, held)
    elif kind == "StarredElement":
        assign(state, target.value, ANYTHING)
    elif kind == "Attribute":
        _assign_attribute(state, target, value)
    elif kind == "Subscript":
        environment.assigned(state, target, value)


def _assign_attribute(state: State, target: Any, value: Value) -> None:
    owner = fields.peek(state, target.value)
    if len(owner) == 1 and owner[0][0] == SELF:
        info = owner[0][1]
        info.fields.setdefault(target.attr.value, []).append(
            ANYTHING if any(atom[0] == FIELD for atom in value) else value
        )
        if traced(value):
            state.stores.append(Store(info, target.attr, value, state.guards, state.scope.name))
    fields.chain(state, target, "attribute", store=True)


def annotate(state: State, node: Any) -> None:
    if state.scope.kind == "function":
        with state.guarded(Guard("never")):
            evaluate(state, node.annotation.annotation)
    else:
        annotation(state, node.annotation.annotation)
    if present(node.value):
        value = evaluate(state, node.value)
        if value == ANYTHING:
            value = annotated(state, node.annotation.annotation)
        assign(state, node.target, value, node.value)
    elif kind_of(node.target) == "Name":
        state.scope.values.pop(node.target.value, None)
