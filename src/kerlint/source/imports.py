"""Import statements, and `pytest.importorskip`."""

from __future__ import annotations

from kerlint.source.facts import Candidate, Event, Guard, Reference
from kerlint.source.tree import kind_of, present
from kerlint.source.values import NAME

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from kerlint.source.facts import ReferenceKind
    from kerlint.source.state import State
    from kerlint.source.values import Value


def dotted_nodes(node: Any) -> tuple[Any, ...]:
    """The Name nodes of `a.b.c`, left to right."""
    nodes = []
    while kind_of(node) == "Attribute":
        nodes.append(node.attr)
        node = node.value
    nodes.append(node)
    return tuple(reversed(nodes))


def _dotted(nodes: tuple[Any, ...]) -> str:
    return ".".join(node.value for node in nodes)


def _record(
    state: State, name: str, bound: int, kind: ReferenceKind, nodes: tuple[Any, ...]
) -> None:
    state.references.append(
        Reference(
            (Candidate(name, bound),),
            True,
            kind,
            nodes,
            state.guards,
            state.scope.name,
            len(state.references),
        )
    )


def bindings(node: Any) -> Iterator[tuple[str, Value]]:
    """The names that an import statement binds, and to what; those of a `*` are not known."""
    if kind_of(node.names) == "ImportStar":
        return
    module = None if kind_of(node) == "Import" else _module(node)
    for alias in node.names:
        nodes = dotted_nodes(alias.name)
        name = _dotted(nodes)
        if module is not None:
            name = module + name if module.endswith(".") else f"{module}.{name}"
        elif not present(alias.asname):
            name = nodes[0].value
        bound = alias.asname.name.value if present(alias.asname) else nodes[0].value
        yield bound, ((NAME, name, name.count(".") + 1),)


def _module(node: Any) -> str:
    """The module of a `from` import, with the dots of a relative one."""
    nodes = dotted_nodes(node.module) if present(node.module) else ()
    return "." * len(node.relative) + _dotted(nodes)


def import_(state: State, node: Any) -> None:
    """`import a.b.c`, `import a.b.c as d`."""
    for alias in node.names:
        nodes = dotted_nodes(alias.name)
        name = _dotted(nodes)
        _record(state, name, 0, "import", nodes)
        state.events.append(
            Event("import", nodes[0], nodes[-1], names=(name,), guards=state.guards)
        )
    for bound, value in bindings(node):
        state.scope.bind(bound, value)


def import_from(state: State, node: Any) -> None:
    """`from a.b import c as d`, `from . import c`, `from a import *`."""
    nodes = dotted_nodes(node.module) if present(node.module) else ()
    module = _module(node)
    if module == "__future__":
        if kind_of(node.names) != "ImportStar":
            state.future_annotations |= any(
                alias.name.value == "annotations" for alias in node.names
            )
        return
    if kind_of(node.names) == "ImportStar":
        _record(state, module, 0, "star", nodes)
        _happened(state, module, nodes, nodes[-1] if nodes else None, ())
        if state.scope.kind == "module":
            state.scope.add_star(module, state.exports(module))
        return
    imported = []
    for alias, (bound, value) in zip(node.names, bindings(node), strict=True):
        name = value[0][1]
        _record(state, name, 0, "from", (*nodes, alias.name))
        imported.append(name)
        state.scope.bind(bound, value)
    named = nodes or (node.names[0].name, node.names[-1].name)
    _happened(state, module, named, named[-1], tuple(imported))


def _happened(
    state: State, module: str, nodes: tuple[Any, ...], last: Any, imported: tuple[str, ...]
) -> None:
    if nodes:
        names = (module, *imported)
        state.events.append(Event("import", nodes[0], last, names=names, guards=state.guards))


def skips(state: State, call: Any) -> Value:
    """`tf = pytest.importorskip("tensorflow")`: the rest runs only if it can be imported."""
    from kerlint.source.expressions import literal_text

    text = literal_text(call.args[0].value) if call.args else None
    if text is None:
        return (("unknown",),)
    state.guards = (*state.guards, Guard("skip", names=(text,)))
    state.events.append(Event("import", names=(text,), guards=state.guards))
    return ((NAME, text, text.count(".") + 1),)
