"""Expressions: every use of an imported name in them, and what they may stand for."""

from __future__ import annotations

from kerlint.source import calls, conditions, fields
from kerlint.source.scopes import Scope
from kerlint.source.tree import kind_of, present
from kerlint.source.values import (
    ANYTHING,
    ITEMS,
    NOTHING,
    TEXT,
    VERSION,
    each_of,
    held_item,
    join,
    traced,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from kerlint.source.facts import Guard, ReferenceKind
    from kerlint.source.state import State
    from kerlint.source.values import Value


def evaluate(state: State, node: Any, kind: ReferenceKind = "attribute") -> Value:
    """Record every use in the expression `node` and return its value."""
    handler = _HANDLERS.get(node.__class__.__name__)
    return ANYTHING if handler is None else handler(state, node, kind)


def _chain(state: State, node: Any, kind: ReferenceKind) -> Value:
    return fields.chain(state, node, kind)[0]


def _call(state: State, node: Any, _kind: ReferenceKind) -> Value:
    return calls.call(state, node)


def _string(_state: State, node: Any, _kind: ReferenceKind) -> Value:
    text = literal_text(node)
    return ANYTHING if text is None else ((TEXT, text),)


def literal_text(node: Any) -> str | None:
    """The text of a plain string literal, also of adjacent ones; None for anything else."""
    kind = kind_of(node)
    if kind == "SimpleString":
        raw: str = node.value
        start = min(position for position in (raw.find("'"), raw.find('"')) if position >= 0)
        if "b" in raw[:start].lower():
            return None
        quote = raw[start : start + 3] if raw[start : start + 3] in ('"""', "'''") else raw[start]
        inner = raw[start + len(quote) : len(raw) - len(quote)]
        if "\\" in inner and "r" not in raw[:start].lower():
            import ast

            try:
                value = ast.literal_eval(raw)
            except (ValueError, SyntaxError):
                return None
            return value if isinstance(value, str) else None
        return inner
    if kind == "ConcatenatedString":
        left, right = literal_text(node.left), literal_text(node.right)
        return None if left is None or right is None else left + right
    return None


def _formatted(state: State, node: Any, _kind: ReferenceKind) -> Value:
    for part in node.parts:
        if hasattr(part, "expression") and present(part.expression):
            evaluate(state, part.expression)
            for inner in part.format_spec or ():
                if present(getattr(inner, "expression", None)):
                    evaluate(state, inner.expression)
    return ANYTHING


def _concatenated(state: State, node: Any, kind: ReferenceKind) -> Value:
    evaluate(state, node.left)
    evaluate(state, node.right)
    return _string(state, node, kind)


def _binary(state: State, node: Any, _kind: ReferenceKind) -> Value:
    operands = []
    while kind_of(node) == "BinaryOperation":  # a sum of a thousand terms is a deep left spine
        operands.append(node.right)
        node = node.left
    operands.append(node)
    return conditions.derived([evaluate(state, operand) for operand in reversed(operands)])


def _boolean(state: State, node: Any, _kind: ReferenceKind) -> Value:
    left = evaluate(state, node.left)
    conjunction = kind_of(node.operator) == "And"
    guards = conditions.guards_of_test(node.left, left, sense=conjunction)
    with state.guarded(*guards):
        right = evaluate(state, node.right)
    tested = conditions.combine("and" if conjunction else "or", left, right)
    return tested or join(left, right)


def _unary(state: State, node: Any, _kind: ReferenceKind) -> Value:
    value = evaluate(state, node.expression)
    if kind_of(node.operator) == "Not":
        return conditions.negate(value)
    return conditions.derived([value])


def _comparison(state: State, node: Any, _kind: ReferenceKind) -> Value:
    left = evaluate(state, node.left)
    rights = [evaluate(state, target.comparator) for target in node.comparisons]
    return conditions.compare(node, left, rights)


def _if_expression(state: State, node: Any, kind: ReferenceKind) -> Value:
    test = evaluate(state, node.test)
    with state.guarded(*conditions.guards_of_test(node.test, test, sense=True)):
        first = evaluate(state, node.body, kind)
    with state.guarded(*conditions.guards_of_test(node.test, test, sense=False)):
        second = evaluate(state, node.orelse, kind)
    return join(first, second)


def _lambda(state: State, node: Any, _kind: ReferenceKind) -> Value:
    parameters(state, node.params, annotations=False)
    scope = Scope("inner", state.scope, state.scope.name)
    for name in parameter_names(node.params):
        scope.values[name] = ANYTHING
    _inside(state, scope, lambda: evaluate(state, node.body))
    return ANYTHING


def _inside(state: State, scope: Scope, run: Callable[[], object]) -> None:
    outer, state.scope = state.scope, scope
    try:
        run()
    finally:
        state.scope = outer


def _comprehension(state: State, node: Any, _kind: ReferenceKind) -> Value:
    scope = Scope("inner", state.scope, state.scope.name)
    first = node.for_in
    looped = evaluate(state, first.iter)

    def run() -> None:
        clause = first
        guards: tuple[Guard, ...] = ()
        value = looped
        while present(clause):
            if clause is not first:
                value = evaluate(state, clause.iter)
            for name in target_names(clause.target):
                scope.values[name] = ANYTHING
            scope.values.update(looped_over(state, clause.target, clause.iter, value))
            for condition in clause.ifs:
                tested = evaluate(state, condition.test)
                guards += conditions.guards_of_test(condition.test, tested, sense=True)
            clause = clause.inner_for_in
        with state.guarded(*guards):
            if kind_of(node) == "DictComp":
                evaluate(state, node.key)
                held.append(evaluate(state, node.value))
            else:
                held.append(evaluate(state, node.elt))

    held: list[Value] = []
    _inside(state, scope, run)
    if any(atom[0] == VERSION for atom in looped):
        name = first.target.value if kind_of(first.target) == "Name" else ""
        element = node.value if kind_of(node) == "DictComp" else node.elt
        return conditions.of_parts(looped, name, element)
    return ((ITEMS, tuple(held)),) if traced(held[0]) else ANYTHING


def looped_over(state: State, target: Any, node: Any, value: Value) -> dict[str, Value]:
    """What a loop over `node` binds to something that is known; `value`: what `node` stands for.

    An item of a list that is written there, for one that has a name may have grown; or one of an
    attribute of an object, also by `enumerate` and `reversed`.
    """
    if kind_of(target) == "Name":
        if kind_of(node) in ("List", "Tuple"):
            return {target.value: held_item(value, -1, -1)}
        if _is_builtin(state, node, "reversed"):
            value = fields.peek(state, node.args[0].value)
        return {target.value: each_of(value)}
    elements: Any = target.elements if kind_of(target) == "Tuple" else ()
    if len(elements) == 2 and _is_builtin(state, node, "enumerate"):
        given = node.args[0].value
        return looped_over(state, elements[1].value, given, fields.peek(state, given))
    return {}


def _is_builtin(state: State, node: Any, name: str) -> bool:
    """Whether the expression calls that builtin function with something."""
    return (
        kind_of(node) == "Call"
        and kind_of(node.func) == "Name"
        and node.func.value == name
        and bool(node.args)
        and state.scope.look_up(name) == ANYTHING
    )


def _collection(state: State, node: Any, _kind: ReferenceKind) -> Value:
    values = []
    for element in node.elements:
        if kind_of(element) in ("DictElement", "Element", "StarredElement", "StarredDictElement"):
            if present(getattr(element, "key", None)):
                evaluate(state, element.key)
            values.append(evaluate(state, element.value))
    derived = conditions.joined(values)
    return (
        ((ITEMS, tuple(values)),) if derived is ANYTHING and any(map(traced, values)) else derived
    )


def _subscript(state: State, node: Any, _kind: ReferenceKind) -> Value:
    value = evaluate(state, node.value)
    for element in node.slice:
        part = element.slice
        for field in ("value", "lower", "upper", "step"):
            inner = getattr(part, field, None)
            if present(inner):
                evaluate(state, inner)
    return calls.subscripted(state, value, node)


def _walrus(state: State, node: Any, kind: ReferenceKind) -> Value:
    value = evaluate(state, node.value, kind)
    if kind_of(node.target) == "Name":
        state.scope.bind_walrus(node.target.value, value)
    return value


def _wrapped(state: State, node: Any, _kind: ReferenceKind) -> Value:
    if present(getattr(node, "expression", None)):
        evaluate(state, node.expression)
    return ANYTHING


def _yielded(state: State, node: Any, _kind: ReferenceKind) -> Value:
    value = node.value
    if present(value):
        evaluate(state, value.item if kind_of(value) == "From" else value)
    return ANYTHING


def parameters(state: State, params: Any, *, annotations: bool) -> None:
    """Defaults run where the function is defined, and so do annotations unless postponed."""
    for parameter in all_parameters(params):
        if present(parameter.default):
            evaluate(state, parameter.default)
        if annotations and present(parameter.annotation):
            annotation(state, parameter.annotation.annotation)


def annotation(state: State, node: Any) -> None:
    """An annotation; never evaluated under `from __future__ import annotations`."""
    from kerlint.source.facts import Guard

    if state.future_annotations:
        with state.guarded(Guard("never")):
            evaluate(state, node)
    else:
        evaluate(state, node)


def all_parameters(params: Any) -> list[Any]:
    """Every Param node of a Parameters node, in the order of the text."""
    found = [*params.posonly_params, *params.params]
    if kind_of(params.star_arg) == "Param":
        found.append(params.star_arg)
    found.extend(params.kwonly_params)
    if present(params.star_kwarg):
        found.append(params.star_kwarg)
    return found


def parameter_names(params: Any) -> list[str]:
    """The names that a call binds."""
    return [parameter.name.value for parameter in all_parameters(params)]


def target_names(target: Any) -> list[str]:
    """The plain names that an assignment target binds."""
    kind = kind_of(target)
    if kind == "Name":
        return [target.value]
    if kind in ("Tuple", "List"):
        return [name for element in target.elements for name in target_names(element.value)]
    if kind == "StarredElement":
        return target_names(target.value)
    return []


def _none_or_name(state: State, node: Any, kind: ReferenceKind) -> Value:
    if node.value == "None":
        return NOTHING
    if node.value in ("True", "False"):
        return ANYTHING
    return fields.chain(state, node, kind)[0]


_HANDLERS: dict[str, Callable[[State, Any, ReferenceKind], Value]] = {
    "Attribute": _chain,
    "Await": _wrapped,
    "BinaryOperation": _binary,
    "BooleanOperation": _boolean,
    "Call": _call,
    "Comparison": _comparison,
    "ConcatenatedString": _concatenated,
    "Dict": _collection,
    "DictComp": _comprehension,
    "FormattedString": _formatted,
    "GeneratorExp": _comprehension,
    "IfExp": _if_expression,
    "Lambda": _lambda,
    "List": _collection,
    "ListComp": _comprehension,
    "Name": _none_or_name,
    "NamedExpr": _walrus,
    "Set": _collection,
    "SetComp": _comprehension,
    "SimpleString": _string,
    "Subscript": _subscript,
    "TemplatedString": _formatted,
    "Tuple": _collection,
    "UnaryOperation": _unary,
    "Yield": _yielded,
}
