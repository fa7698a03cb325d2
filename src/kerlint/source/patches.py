"""Names that a program puts into modules by a call: `setattr`, `mock.patch`, `monkeypatch`."""

from __future__ import annotations

from kerlint.source.tree import kind_of, present
from kerlint.source.values import NAME, SELF, TEXT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kerlint.source.state import State
    from kerlint.source.values import Value

_PATCHES = frozenset(
    f"{module}.patch{rest}" for module in ("mock", "unittest.mock") for rest in ("", ".object")
)


def put_by_setattr(state: State, arguments: list[Value]) -> None:
    """`setattr(self, name, value)`, `setattr(module, "name", value)`."""
    owner = arguments[0][0]
    if owner[0] == SELF and state.classes:
        owner[1].closed = False
    else:
        _put(state, arguments)


def put_by_patch(state: State, node: Any, value: Value, arguments: list[Value]) -> None:
    """`mock.patch("module.name", create=True)`, `monkeypatch.setattr(module, "name", ...)`.

    Without `create=True`, or with `raising`, the name must be there already.
    """
    if not arguments:
        return
    if kind_of(node.func) == "Attribute" and node.func.attr.value == "setattr":
        puts = _keyword(node, "raising") == "False"
    else:
        patches = any(atom[0] == NAME and atom[1] in _PATCHES for atom in value)
        puts = patches and _keyword(node, "create") == "True"
    if puts:
        _put(state, arguments)


def _put(state: State, arguments: list[Value]) -> None:
    """The name that the first argument, or the first two, speak of is the program's own."""
    owner = arguments[0][0]
    if owner[0] == TEXT:
        state.assigned.add(owner[1])
    elif owner[0] == NAME and len(arguments) > 1 and arguments[1][0][0] == TEXT:
        state.assigned.add(f"{owner[1]}.{arguments[1][0][1]}")


def _keyword(node: Any, name: str) -> str:
    """What a keyword is given, if it is one word."""
    for argument in node.args:
        if present(argument.keyword) and argument.keyword.value == name:
            return str(argument.value.value) if kind_of(argument.value) == "Name" else ""
    return ""
