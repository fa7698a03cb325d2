"""Environment variables and modules: what is written, read, imported, taken away."""

from __future__ import annotations

from kerlint.source.facts import Candidate, Event, Reference
from kerlint.source.tree import kind_of, present
from kerlint.source.values import ANYTHING, NAME, TEXT, VARIABLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kerlint.source.state import State
    from kerlint.source.values import Value

_ENVIRON = "os.environ"
_METHODS = frozenset({"setdefault", "update", "pop", "clear", "putenv"})


def imported(state: State, node: Any, module: str) -> Value:
    """`importlib.import_module("module")`: an import like any other; its value."""
    first = node.func
    while kind_of(first) == "Attribute":
        first = first.value
    last = node.func.attr if kind_of(node.func) == "Attribute" else node.func
    count = module.count(".") + 1
    state.references.append(
        Reference(
            (Candidate(module, 0),),
            True,
            "import",
            (first, last),
            state.guards,
            state.scope.name,
            len(state.references),
        )
    )
    state.events.append(Event("import", first, last, names=(module,), guards=state.guards))
    return ((NAME, module, count),)


def is_environ(value: Value) -> bool:
    """Whether the value is `os.environ` itself."""
    return len(value) == 1 and value[0][0] == NAME and value[0][1] == _ENVIRON


def write(state: State, first: Any, last: Any, variable: Value, value: Value, how: str) -> None:
    """`os.environ[variable] = value`; silent when the variable's name is not known."""
    if len(variable) != 1 or variable[0][0] != TEXT:
        return
    name = variable[0][1]
    text = value[0][1] if len(value) == 1 and value[0][0] == TEXT else None
    if any(atom[0] == VARIABLE and atom[1] == name for atom in value):
        how = "restore"
    state.events.append(
        Event("write", first, last, variable=name, value=text, how=how, guards=state.guards)
    )


def assigned(state: State, target: Any, value: Value) -> bool:
    """Handle `os.environ[...] = value`, `sys.modules[...] = value`; False for no subscript."""
    return _changed(state, target, value, "assign")


def deleted(state: State, target: Any) -> bool:
    """Handle `del os.environ[...]`, `del sys.modules[...]`; False for no subscript."""
    return _changed(state, target, ANYTHING, "delete")


def _changed(state: State, target: Any, value: Value, how: str) -> bool:
    from kerlint.source.expressions import evaluate

    if kind_of(target) != "Subscript" or len(target.slice) != 1:
        return False
    owner = evaluate(state, target.value)
    index = getattr(target.slice[0].slice, "value", None)
    key = evaluate(state, index) if present(index) else ANYTHING
    if is_environ(owner):
        first, last = _ends(target.value)
        write(state, first, last, key, value, how)
    elif len(owner) == 1 and owner[0][1:2] == ("sys.modules",):
        state.events.append(Event("unload", guards=state.guards))
    return True


def merged(state: State, target: Any, value: Any) -> None:
    """`os.environ |= {...}`."""
    from kerlint.source.expressions import evaluate

    if kind_of(target) in ("Name", "Attribute") and is_environ(evaluate(state, target)):
        first, last = _ends(target)
        _write_dict(state, first, last, value)


def method(state: State, node: Any, value: Value, arguments: list[Value]) -> bool:
    """`os.environ.setdefault(...)`, `.update(...)`, `.pop(...)`, `os.putenv(...)`."""
    if len(value) != 1 or value[0][0] != NAME:
        return False
    owner, _, name = value[0][1].rpartition(".")
    if (
        name not in _METHODS
        or owner not in (_ENVIRON, "os")
        or (owner == "os") != (name == "putenv")
    ):
        return False
    first, last = _ends(node.func)
    if name in ("setdefault", "putenv"):
        if len(arguments) >= 2:
            write(state, first, last, arguments[0], arguments[1], name)
    elif name == "update":
        for argument, given in zip(node.args, arguments, strict=True):
            if present(argument.keyword):
                key: Value = ((TEXT, argument.keyword.value),)
                write(state, first, last, key, given, "update")
            elif argument.star in ("", "**"):
                _write_dict(state, first, last, argument.value)
    elif arguments:
        write(state, first, last, arguments[0], ANYTHING, "delete")
    return True


def _write_dict(state: State, first: Any, last: Any, node: Any) -> None:
    kind = kind_of(node)
    if kind == "Dict":
        for element in node.elements:
            if present(getattr(element, "key", None)):
                key = again(state, element.key)
                write(state, first, last, key, again(state, element.value), "update")
    elif kind == "Call" and kind_of(node.func) == "Name" and node.func.value == "dict":
        for argument in node.args:
            if present(argument.keyword):
                key = ((TEXT, argument.keyword.value),)
                write(state, first, last, key, again(state, argument.value), "update")


def again(state: State, node: Any) -> Value:
    """The value of an expression whose uses have been recorded already."""
    from kerlint.source.expressions import literal_text

    text = literal_text(node)
    if text is not None:
        return ((TEXT, text),)
    from kerlint.source.fields import peek

    return peek(state, node)


def _ends(node: Any) -> tuple[Any, Any]:
    """The first and the last Name node of a chain; (None, None) for anything else."""
    last = node.attr if kind_of(node) == "Attribute" else node
    while kind_of(node) == "Attribute":
        node = node.value
    if kind_of(node) != "Name":
        node = last
    return node, last
