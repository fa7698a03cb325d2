"""Tests of versions, of backends and of what exists, and the guards that they make.

`if tf.__version__ >= "2.0":` makes its body right for some targets and its `else` for others.
A test that can be computed for a target becomes a `facts.Condition`; one that merely speaks of
versions, backends or availability becomes the condition `unknown`, which guards both ways.
"""

from __future__ import annotations

import re

from kerlint.source.facts import Condition, Guard
from kerlint.source.tree import kind_of, present
from kerlint.source.values import ANYTHING, NAME, NONE, RESULT, TEST, TEXT, VERSION

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from kerlint.source.values import Value

UNKNOWN_CONDITION = Condition("unknown")
_UNKNOWN_TEST: Value = ((TEST, UNKNOWN_CONDITION),)

_VERSION_NAMES = frozenset({"__version__", "VERSION", "version_info", "GIT_VERSION"})

_TELLING = re.compile(
    r"""version | legacy | backend$ | availab | ^_?(?-i:HA(S|VE)_) | installed | compat | eager
    | ^_?ha(s|ve)_\w*(keras|tf|tensor|torch|jax|contrib|addon|lib|module|package|attr|api|new|old|\d)
    | theano | cntk | (^|_)(tf|keras|tensorflow|k)_?v?\d | ^_?is_(tf|keras|tensorflow) | (^|_)v[12](_|$)
    | ^py[23] | ^_?use_(tf|keras|tensorflow)""",
    re.IGNORECASE | re.VERBOSE,
)
"""Identifiers that say that a test is about which library is there."""

_FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==", "!=": "!="}
_OPERATORS = {
    "LessThan": "<",
    "GreaterThan": ">",
    "LessThanEqual": "<=",
    "GreaterThanEqual": ">=",
    "Equal": "==",
    "NotEqual": "!=",
}


def is_version(attribute: str) -> bool:
    """Whether an attribute of that name is the version of what stands before it."""
    return attribute in _VERSION_NAMES


def is_protocol(attribute: str | None) -> bool:
    """Whether an attribute is one of Python's own, such as `__len__`: who asks a value for it asks
    what kind of value that is, not which release it comes from.
    """
    return (
        attribute is not None
        and attribute.startswith("__")
        and attribute.endswith("__")
        and attribute not in ("__internal__", "__version__")
    )


def form_of(name: str) -> str:
    """How a version is kept: `text`, or `full` for a tuple."""
    return "full" if name.endswith("version_info") else "text"


def derived(values: list[Value]) -> Value:
    """What is computed from versions or tests is a test that cannot be followed."""
    if any(atom[0] in (VERSION, TEST) for value in values for atom in value):
        return _UNKNOWN_TEST
    return ANYTHING


def part_of_version(value: Value, position: int) -> Value | None:
    """What `major, minor, _ = version` binds at that position; None if it is no version."""
    if len(value) != 1 or value[0][0] != VERSION:
        return None
    _, subject, form = value[0]
    if form != "full" or position >= len(_PARTS):
        return _UNKNOWN_TEST
    return ((VERSION, subject, _PARTS[position]),)


_PARTS = ("major", "minor")


def joined(values: list[Value]) -> Value:
    """`(major, minor)`; else what `derived` says."""
    atoms = [value[0] for value in values if len(value) == 1]
    forms = tuple(atom[2] for atom in atoms if atom[0] == VERSION)
    if len(values) == len(atoms) == 2 and forms == _PARTS and atoms[0][1] == atoms[1][1]:
        return ((VERSION, atoms[0][1], "full"),)
    return derived(values)


def of_parts(version: Value, name: str, node: Any) -> Value:
    """`[node for name in version]`: the same version where each part is only made a number."""
    if kind_of(node) == "Call" and len(node.args) == 1 and kind_of(node.func) == "Name":
        node = node.args[0].value if node.func.value in ("int", "str") else node
    same = kind_of(node) == "Name" and node.value == name
    return version if same and len(version) == 1 and version[0][2] == "full" else _UNKNOWN_TEST


def condition_of(value: Value) -> Condition | None:
    """The condition that the truth of `value` depends on, if it is one of ours."""
    for atom in value:
        if atom[0] == TEST:
            found: Condition = atom[1]
            return found if len(value) == 1 else UNKNOWN_CONDITION
        if atom[0] == VERSION:
            return UNKNOWN_CONDITION
    return None


def guards_for(value: Value, *, sense: bool) -> tuple[Guard, ...]:
    """The guards on code that runs when `value` is true (or false)."""
    condition = condition_of(value)
    return () if condition is None else (Guard("condition", condition=condition, sense=sense),)


def guards_of_test(node: Any, value: Value, *, sense: bool) -> tuple[Guard, ...]:
    """Like `guards_for`, and looks at the words of the test when its value says nothing."""
    guards = guards_for(value, sense=sense)
    if not guards and speaks_of_versions(node):
        guards = (Guard("condition", condition=UNKNOWN_CONDITION, sense=sense),)
    names = tuple(_asked_for_class(node))
    return (*guards, Guard("type", names=names)) if names else guards


_ASKS_CLASS = frozenset({"callable", "isinstance", "issubclass", "type"})


def _asked_for_class(node: Any) -> Iterator[str]:
    """The names whose class a test asks for: `isinstance(self.NAME, ...)`, `type(NAME) is ...`."""
    kind = kind_of(node)
    if kind == "Call":
        if kind_of(node.func) == "Name" and node.func.value in _ASKS_CLASS and node.args:
            asked = node.args[0].value
            asked = asked.attr if kind_of(asked) == "Attribute" else asked
            if kind_of(asked) == "Name":
                yield asked.value
    elif kind == "UnaryOperation":
        yield from _asked_for_class(node.expression)
    elif kind == "BooleanOperation":
        yield from _asked_for_class(node.left)
        yield from _asked_for_class(node.right)
    elif kind == "Comparison":
        yield from _asked_for_class(node.left)
    elif kind == "Attribute" and node.attr.value == "__class__" and kind_of(node.value) == "Name":
        yield node.value.value
    elif kind == "Attribute":  # `type(model).__name__`
        yield from _asked_for_class(node.value)


def speaks_of_versions(node: Any) -> bool:
    """Whether some name at the end of a chain in the test is a telling one."""
    kind = kind_of(node)
    if kind == "Name":
        return _TELLING.search(node.value) is not None
    if kind == "Attribute":
        return _TELLING.search(node.attr.value) is not None
    if kind == "Call":
        return speaks_of_versions(node.func) or any(
            speaks_of_versions(argument.value) for argument in node.args
        )
    if kind == "UnaryOperation":
        return speaks_of_versions(node.expression)
    if kind in ("BooleanOperation", "BinaryOperation"):
        return speaks_of_versions(node.left) or speaks_of_versions(node.right)
    if kind == "Comparison":
        return speaks_of_versions(node.left) or any(
            speaks_of_versions(target.comparator) for target in node.comparisons
        )
    if kind == "Subscript":
        return speaks_of_versions(node.value)
    return False


def negate(value: Value) -> Value:
    """`not value`."""
    condition = condition_of(value)
    return ANYTHING if condition is None else ((TEST, _not(condition)),)


def _not(condition: Condition) -> Condition:
    return Condition("not", parts=(condition,))


def combine(operator: str, left: Value, right: Value) -> Value | None:
    """`left and right`, `left or right`; None if no version is involved."""
    first, second = condition_of(left), condition_of(right)
    if first is None and second is None:
        return None
    parts = (first or UNKNOWN_CONDITION, second or UNKNOWN_CONDITION)
    return ((TEST, Condition(operator, parts=parts)),)


def compare(node: Any, left: Value, rights: list[Value]) -> Value:
    """The value of a comparison."""
    told = _loaded(node, left, rights) or _backend(node, left, rights)
    if told is not None:
        return told
    if not any(atom[0] in (VERSION, TEST) for value in (left, *rights) for atom in value):
        return ANYTHING
    if len(rights) != 1:
        return _UNKNOWN_TEST
    target = node.comparisons[0]
    operator = kind_of(target.operator)
    right = rights[0]
    tested = condition_of(left)
    if tested is not None and left[0][0] == TEST and right == ((NONE,),):
        if operator in ("IsNot", "NotEqual"):
            return left
        if operator in ("Is", "Equal"):
            return negate(left)
    sign = _OPERATORS.get(operator)
    if sign is None:
        return _UNKNOWN_TEST
    if len(left) == 1 and left[0][0] == VERSION:
        return _against(left, sign, target.comparator)
    if len(right) == 1 and right[0][0] == VERSION:
        return _against(right, _FLIPPED[sign], node.left)
    return _UNKNOWN_TEST


def _loaded(node: Any, left: Value, rights: list[Value]) -> Value | None:
    """`"keras" in sys.modules`, `"LSTM" not in dir(keras.layers)`."""
    operator = kind_of(node.comparisons[0].operator)
    if operator not in ("In", "NotIn") or len(left) != 1 or left[0][0] != TEXT:
        return None
    if len(rights) != 1 or len(rights[0]) != 1 or rights[0][0][0] != NAME:
        return None
    holder, _, listed = rights[0][0][1].rpartition(".")
    if (holder, listed) == ("sys", "modules"):
        value: Value = ((TEST, Condition("loaded", left[0][1])),)
    elif listed in _LISTS:
        value = exists(f"{holder}.{left[0][1]}")
    else:
        return None
    return value if operator == "In" else negate(value)


_LISTS = frozenset({"__all__", "__dict__"})
"""Attributes of a module that hold the names of what it has."""


def _backend(node: Any, left: Value, rights: list[Value]) -> Value | None:
    """`keras.backend.backend() == "jax"`, and the other way round."""
    operator = _OPERATORS.get(kind_of(node.comparisons[0].operator))
    if operator not in ("==", "!=") or len(rights) != 1:
        return None
    for asked, other in ((left, rights[0]), (rights[0], left)):
        if (
            len(asked) == len(other) == 1
            and asked[0][:1] == (RESULT,)
            and asked[0][1] in _ASKS_BACKEND
            and other[0][0] == TEXT
        ):
            value: Value = ((TEST, Condition("backend", other[0][1])),)
            return value if operator == "==" else negate(value)
    return None


_ASKS_BACKEND = frozenset(
    f"{root}.{name}"
    for root in ("keras", "tensorflow.keras", "tf_keras")
    for name in ("backend.backend", "config.backend")
)


def _against(version: Value, sign: str, other: Any) -> Value:
    literal = version_literal(other)
    if literal is None:
        return _UNKNOWN_TEST
    _, subject, form = version[0]
    return ((TEST, Condition("version", subject, sign, literal, form)),)


def starts_with(version: Value, argument: Any) -> Value:
    """`tf.__version__.startswith("2.")`."""
    literal = version_literal(argument)
    if literal is None or len(version) != 1 or version[0][0] != VERSION:
        return _UNKNOWN_TEST
    return ((TEST, Condition("version", version[0][1], "startswith", literal, version[0][2])),)


def version_literal(node: Any) -> tuple[int, ...] | None:
    """`"2.1"`, `2`, `2.0`, `(2, 1)`, `["2", "1"]`, `Version("2.1")` as a tuple of ints."""
    kind = kind_of(node)
    if kind in ("SimpleString", "Integer", "Float"):
        text = node.value.strip("'\"").rstrip(".")
        parts = re.fullmatch(r"v?(\d+(?:\.\d+)*)(?:[.-]?(?:a|b|rc|dev|post)\d*)?", text)
        return tuple(int(part) for part in parts[1].split(".")) if parts else None
    if kind in ("Tuple", "List"):
        numbers: list[int] = []
        for element in node.elements:
            inner = version_literal(element.value)
            if inner is None or len(inner) != 1:
                return None
            numbers.append(inner[0])
        return tuple(numbers) or None
    if kind == "Call" and len(node.args) == 1 and not present(node.args[0].keyword):
        return version_literal(node.args[0].value)
    return None


def sliced(version: Value, node: Any) -> Value:
    """`version[0]`, `version[1]`, `version[:2]`."""
    _, subject, form = version[0]
    if len(node.slice) != 1:
        return _UNKNOWN_TEST
    index = node.slice[0].slice
    if kind_of(index) == "Slice":
        return version if form == "full" else _UNKNOWN_TEST
    if kind_of(index) == "Index" and kind_of(index.value) == "Integer":
        if index.value.value == "0" and form in ("text", "full"):
            return ((VERSION, subject, "major"),)
        if index.value.value == "1" and form == "full":
            return ((VERSION, subject, "minor"),)
    return _UNKNOWN_TEST


def exists(name: str) -> Value:
    """The outcome of asking whether `name` exists."""
    return ((TEST, Condition("exists", name)),)


def function_tests(node: Any) -> bool:
    """Whether a short function does nothing but answer a question about versions."""
    body = getattr(node.body, "body", ())
    if len(body) > 4:
        return False
    if _TELLING.search(node.name.value):
        return True
    for statement in body:
        if kind_of(statement) != "SimpleStatementLine":
            continue
        for small in statement.body:
            value = getattr(small, "value", None)
            if kind_of(small) == "Return" and present(value) and _mentions_version(value):
                return True
    return False


def _mentions_version(node: Any) -> bool:
    if kind_of(node) == "Attribute" and node.attr.value in _VERSION_NAMES:
        return True
    if kind_of(node) == "Call" and kind_of(node.func) == "Name" and node.func.value == "hasattr":
        return True
    return (
        any(
            _mentions_version(inner)
            for field in ("left", "value", "func", "expression")
            if present(inner := getattr(node, field, None)) and not isinstance(inner, str)
        )
        or any(_mentions_version(item.value) for item in (getattr(node, "args", None) or ()))
        or any(
            _mentions_version(target.comparator)
            for target in (getattr(node, "comparisons", None) or ())
        )
    )
