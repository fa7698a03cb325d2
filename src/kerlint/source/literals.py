"""How a text that an expression makes must end, as far as the expression itself tells.

Followed are string literals, f-strings, `+`, `%`, `.format`, `os.path.join`, `pathlib`'s `/`, what
wraps a path (`str(...)`, `Path(...)`), and names that are bound once to such an expression.
"""

from __future__ import annotations

from kerlint.source.expressions import all_parameters, literal_text, target_names
from kerlint.source.tree import kind_of, present

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_PATHS = frozenset(["Path", "PosixPath", "PurePath", "PurePosixPath"])
_WRAPPERS = _PATHS.union(
    ("abspath", "absolute", "as_posix", "expanduser", "fspath", "normpath"),
    ("realpath", "resolve", "str"),
)
"""Functions and methods that give the same file's path in another form."""

_OF_NUMBERS = ("d", "n", "b", "o", "x", "X", "e", "E", "f", "F", "g", "G")
"""Ends of a format that only numbers have."""

_FURTHEST = 12
"""Expressions that are followed, one in another."""


class Ending:
    """What is known of a text: its last characters, and whether these are all of it.

    `fresh`  the known characters begin a component of a path: what is before them ends in a
             separator
    """

    __slots__ = ("fresh", "text", "whole")

    def __init__(self, text: str, whole: bool, fresh: bool = False) -> None:
        self.text = text
        self.whole = whole
        self.fresh = fresh or "/" in text or whole

    def cannot_end_in(self, suffix: str) -> bool:
        """Whether the text certainly does not end in `suffix`, which holds no separator."""
        if self.text.endswith(suffix):
            return False
        return self.fresh or len(self.text) >= len(suffix) or not suffix.endswith(self.text)


class Texts:
    """The texts of one module, by the nodes that make them; scopes are read when asked for."""

    def __init__(self, tree: Any) -> None:
        self._tree = tree
        self._module = _Names(tree, None)
        self._scopes: dict[int, _Names] | None = None

    def ending(self, node: Any, call: Any) -> Ending | None:
        """How the text of the expression `node` in the call `call` ends; None if unknown."""
        text = literal_text(node)
        if text is not None:
            return Ending(text, whole=True)
        return _ending(node, self._scope_of(call), _FURTHEST)

    def bound(self, name: Any, call: Any) -> Any:
        """The one expression that the Name node `name` in a call is bound to; None if unsure."""
        found = self._scope_of(call).value(name.value)
        return None if found is None else found[0]

    def bound_anywhere(self, name: str) -> Any:
        """The expression that is bound to a name in all scopes of the module; None if several."""
        scopes = {id(scope): scope for scope in (self._module, *self._placed().values())}
        found = [one for scope in scopes.values() for one in scope.bound().get(name, ())]
        return found[0] if len(found) == 1 else None

    def _scope_of(self, call: Any) -> _Names:
        return self._placed().get(id(call), self._module)

    def _placed(self) -> dict[int, _Names]:
        """The scope of every call."""
        if self._scopes is None:
            self._scopes = {}
            waiting = [(self._tree, self._module)]
            while waiting:
                waiting += self._inner(*waiting.pop(), self._scopes)
        return self._scopes

    def _inner(
        self, owner: Any, scope: _Names, scopes: dict[int, _Names]
    ) -> list[tuple[Any, _Names]]:
        """Note the scope's own calls; the functions and classes in it, with theirs."""
        inner = []
        stack = children(owner)
        while stack:
            node = stack.pop()
            kind = node.__class__.__name__
            if kind in _LEAVES:
                continue
            if kind in ("FunctionDef", "Lambda", "ClassDef"):
                inner.append((node, _Names(node, scope)))
                continue
            if kind == "Call":
                scopes[id(node)] = scope
            elif kind == "Global":
                self._module.shared.update(item.name.value for item in node.names)
            stack += children(node)
        return inner


class _Names:
    """The names of one function, class or module, and what each is bound to."""

    def __init__(self, node: Any, parent: _Names | None) -> None:
        self._node = node
        self.parent = parent
        self.shared: set[str] = set()
        """Names that a function may bind in its stead."""
        self._values: dict[str, list[Any]] | None = None

    def value(self, name: str) -> tuple[Any, _Names] | None:
        """The one expression that the name is bound to, and its scope; None if not just one."""
        bound, scope = self.all_values(name)
        return (bound[0], scope) if len(bound) == 1 else None

    def all_values(self, name: str) -> tuple[list[Any], _Names]:
        """All expressions that the name is bound to, and their scope; [] if one is not known."""
        scope: _Names | None = self
        while scope is not None:
            if scope is self or kind_of(scope._node) != "ClassDef":
                bound = scope.bound().get(name)
                if name in scope.shared:
                    break
                if bound is not None:
                    return ([] if any(one is None for one in bound) else bound), scope
            scope = scope.parent
        return [], self

    def bound(self) -> dict[str, list[Any]]:
        if self._values is None:
            self._values = {}
            for name, value in bindings(self._node):
                self._values.setdefault(name, []).append(value)
        return self._values


_LEAVES = frozenset({"Name", "SimpleString", "Integer", "Float", "NoneType"})
"""Nodes that hold no expression, and what is no node."""


def children(node: Any) -> list[Any]:
    """The nodes that the fields of a node hold."""
    try:
        values: Any = node.__dict__.values()
    except AttributeError:
        slots = [field for cls in type(node).__mro__ for field in getattr(cls, "__slots__", ())]
        values = [getattr(node, field, None) for field in slots]
    found = []
    for value in values:
        kind = value.__class__
        if kind is list or kind is tuple:
            found += [one for one in value if one is not None and one.__class__ is not str]
        elif value is not None and kind is not str and kind is not bool:
            found.append(value)
    return found


def bindings(scope: Any) -> Iterator[tuple[str, Any]]:
    """Every name that a scope binds, with the expression where it is a plain assignment."""
    if kind_of(scope) in ("FunctionDef", "Lambda"):
        for parameter in all_parameters(scope.params):
            yield parameter.name.value, None
    stack = [scope.body]
    if isinstance(scope.body, (list, tuple)):
        stack = list(scope.body)
    while stack:
        node = stack.pop()
        kind = kind_of(node)
        if kind in ("FunctionDef", "ClassDef"):
            yield node.name.value, None
            continue
        if kind == "Lambda":
            continue
        if kind == "Assign":
            plain = len(node.targets) == 1 and kind_of(node.targets[0].target) == "Name"
            for one in node.targets:
                for name in target_names(one.target):
                    yield name, node.value if plain else None
        elif kind == "AnnAssign":
            value = node.value if present(node.value) else None
            yield from ((name, value) for name in target_names(node.target))
        elif kind in ("AugAssign", "For", "NamedExpr", "CompFor"):
            counted = _counted(node) if kind in ("For", "CompFor") else ""
            for name in target_names(node.target):
                yield name, node.iter if name == counted else None
        elif kind in ("Global", "Nonlocal"):
            yield from ((item.name.value, None) for item in node.names)
        elif kind in ("ImportAlias", "AsName"):
            bound: Any = node.name
            while kind_of(bound) == "Attribute":
                bound = bound.value
            if kind_of(bound) == "Name":
                yield bound.value, None
            elif present(bound):
                yield from ((name, None) for name in target_names(bound))
        elif kind in ("MatchAs", "MatchStar") and present(node.name):
            yield node.name.value, None
        stack.extend(children(node))


def _ending(node: Any, scope: _Names, left: int) -> Ending | None:
    if not left:
        return None
    text = literal_text(node)
    if text is not None:
        return Ending(text, whole=True)
    kind = kind_of(node)
    if kind == "Name":
        found = scope.value(node.value)
        return None if found is None else _ending(*found, left - 1)
    if kind == "FormattedString":
        return _of_format_string(node, scope, left - 1)
    if kind == "ConcatenatedString":
        return _partial(_ending(node.right, scope, left - 1))
    if kind == "BinaryOperation":
        return _of_operation(node, scope, left - 1)
    if kind == "Call":
        return _of_call(node, scope, left - 1)
    return None


def _partial(ending: Ending | None, fresh: bool = False) -> Ending | None:
    """The same where something stands before it."""
    if ending is None:
        return None
    return Ending(ending.text, False, fresh) if not ending.whole or ending.text else None


def _counted(loop: Any) -> str:
    """The name that counts in `for name in range(...)` or `for name, _ in enumerate(...)`."""
    function: Any = getattr(loop.iter, "func", None)
    called = function.value if kind_of(function) == "Name" else None
    target = loop.target
    if called == "enumerate" and kind_of(target) == "Tuple":
        target = target.elements[0].value
    elif called != "range":
        return ""
    return target.value if kind_of(target) == "Name" else ""


def _is_number(node: Any, scope: _Names, left: int) -> bool:
    """Whether the expression is certainly a number, so that its text ends in a digit, or nearly."""
    kind = kind_of(node)
    if not left or kind in ("Integer", "Float"):
        return bool(left)
    if kind == "BinaryOperation" and kind_of(node.operator) in ("Add", "Subtract", "Multiply"):
        return _is_number(node.left, scope, left - 1) and _is_number(node.right, scope, left - 1)
    if kind == "Call" and kind_of(node.func) == "Name":
        return node.func.value in ("int", "len", "range", "enumerate")  # what counts a loop
    bound, place = scope.all_values(node.value) if kind == "Name" else ([], scope)
    return bool(bound) and all(_is_number(one, place, left - 1) for one in bound)


def _filled_by_number(before: str) -> Ending | None:
    """A text whose end is a number; None where that may make the end of a file's name: `.h5`."""
    return None if before.endswith("h") else Ending(f"{before}{{}}", False)


def _of_format_string(node: Any, scope: _Names, left: int) -> Ending | None:
    last: Any = node.parts[-1] if node.parts else None
    if kind_of(last) == "FormattedStringExpression":
        inner = last.format_spec
        spec: Any = inner[-1] if present(inner) and inner else None
        formatted = kind_of(spec) == "FormattedStringText" and spec.value.endswith(_OF_NUMBERS)
        if not formatted and (spec is not None or not _is_number(last.expression, scope, left)):
            return None
        before: Any = node.parts[-2] if len(node.parts) > 1 else None
        return _filled_by_number(before.value if kind_of(before) == "FormattedStringText" else "")
    if kind_of(last) != "FormattedStringText":
        return None
    text = last.value
    if "\\" in text:
        return None
    return Ending(text.replace("{{", "{").replace("}}", "}"), whole=len(node.parts) == 1)


def _of_operation(node: Any, scope: _Names, left: int) -> Ending | None:
    operator = kind_of(node.operator)
    if operator == "Add":
        right = _ending(node.right, scope, left)
        before = _ending(node.left, scope, left)
        if right is not None and right.whole and before is not None:
            return Ending(before.text + right.text, before.whole, before.fresh)
        return None if right is None else Ending(right.text, False, "/" in right.text)
    if operator == "Divide":
        return _component(_ending(node.right, scope, left))
    if operator == "Modulo":
        template = literal_text(node.left)
        if template is None or "%" not in template or "%%" in template:
            return None
        return _after(template, "%", "diouxXeEfFgGcrsa")
    return None


def _component(right: Ending | None) -> Ending | None:
    """A path whose last component is known."""
    if right is None or not right.text:
        return None
    return Ending(right.text, False, fresh=right.whole or right.fresh)


def _after(template: str, mark: str, ends: str) -> Ending | None:
    """What follows the last place that is filled in."""
    place = template.rindex(mark)
    for number, character in enumerate(template[place + 1 :], place + 1):
        if character in ends:
            rest = template[number + 1 :]
            if rest:
                return Ending(rest, False)
            return _filled_by_number(template[:place]) if character in "diouxXeEfFgG" else None
    return None


def _of_call(node: Any, scope: _Names, left: int) -> Ending | None:
    function = node.func
    name = function.attr.value if kind_of(function) == "Attribute" else None
    if kind_of(function) == "Name":
        name = function.value
    plain = [one.value for one in node.args if not one.star and not present(one.keyword)]
    if len(plain) != len(node.args) and name != "format":
        return None
    if name == "format" and kind_of(function) == "Attribute":
        template = literal_text(function.value)
        if template is not None and "}" in template:
            rest = template[template.rindex("}") + 1 :]
            if rest:
                return Ending(rest, False)
            before, _, place = template.rpartition("{")
            numeric = ":" in place and place[:-1].endswith(_OF_NUMBERS)
            return _filled_by_number(before) if numeric else None
        return None
    if (
        name in ("join", "joinpath")
        and plain
        and literal_text(getattr(function, "value", None)) is None
    ):
        if name == "join" and kind_of(function) == "Attribute" and len(plain) < 2:
            return None  # "sep".join(parts), or a path alone
        return _component(_ending(plain[-1], scope, left))
    if name == "with_suffix" and len(plain) == 1:
        given = _ending(plain[0], scope, left)
        return (
            Ending(given.text, False) if given is not None and given.whole and given.text else None
        )
    if name in _WRAPPERS:
        if name == "str" and len(plain) == 1 and _is_number(plain[0], scope, left):
            return _filled_by_number("")
        if plain:
            last = _ending(plain[-1], scope, left)
            if len(plain) > 1:
                return _component(last) if name in _PATHS else None
            return last
        if kind_of(function) == "Attribute":
            return _ending(function.value, scope, left)
    return None
