"""Import statements, and `pytest.importorskip`."""

from __future__ import annotations

from kerlint.source.facts import Candidate, Event, Guard, Reference
from kerlint.source.tree import kind_of, present
from kerlint.source.values import NAME

TYPE_CHECKING = False
if TYPE_CHECKING:
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


def import_(state: State, node: Any) -> None:
    """`import a.b.c`, `import a.b.c as d`."""
    for alias in node.names:
        nodes = dotted_nodes(alias.name)
        name = _dotted(nodes)
        _record(state, name, 0, "import", nodes)
        state.events.append(
            Event("import", nodes[0], nodes[-1], names=(name,), guards=state.guards)
        )
        if present(alias.asname):
            state.scope.bind(alias.asname.name.value, ((NAME, name, len(nodes)),))
        else:
            state.scope.bind(nodes[0].value, ((NAME, nodes[0].value, 1),))


def import_from(state: State, node: Any) -> None:
    """`from a.b import c as d`, `from . import c`, `from a import *`."""
    nodes = dotted_nodes(node.module) if present(node.module) else ()
    dots = "." * len(node.relative)
    module = dots + _dotted(nodes)
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
    for alias in node.names:
        leaf = alias.name.value
        name = module + leaf if module.endswith(".") else f"{module}.{leaf}"
        _record(state, name, 0, "from", (*nodes, alias.name))
        imported.append(name)
        bound = present(alias.asname)
        state.scope.bind(
            alias.asname.name.value if bound else leaf,
            ((NAME, name, name.count(".") + 1),),
        )
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
