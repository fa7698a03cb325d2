"""Where `metrics_names` of a model is asked, although the model is given metrics of its own.

Without metrics it still names what `evaluate` returns. Run with Keras 3.15.1: `["loss"]` for a
model of one output, `["loss", "a_loss", "b_loss"]` for one of two; with metrics
`["loss", "compile_metrics"]`.
"""

from __future__ import annotations

from kerlint.rules.api._models import argument, below, is_model
from kerlint.source.literals import children
from kerlint.source.tree import kind_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from kerlint.rules.base import Context
    from kerlint.source.facts import Call, Member, Module


def asked(module: Module, context: Context) -> Iterator[tuple[Member, str]]:
    """Each such place, and the root of the model."""
    members = [
        member
        for member in module.members
        if member.attribute == "metrics_names"
        and member.complete
        and not (member.store or member.inherited)
        and member.owners
        and all(is_model(owner, context) for owner in member.owners)
    ]
    if not members:
        return
    receivers = _receivers(module.tree)
    with_metrics: dict[str, bool] = {}
    for call in module.calls:
        if getattr(call.callee, "attribute", "") == "compile":
            receiver = receivers.get(id(call.node.func.attr), "")
            with_metrics[receiver] = with_metrics.get(receiver, True) and _has_metrics(call)
    for member in members:
        roots = {below(owner)[1] for owner in member.owners}
        if len(roots) == 1 and min(roots) and with_metrics.get(receivers.get(id(member.node), "")):
            yield member, min(roots)


def _has_metrics(call: Call) -> bool:
    """Whether `compile` is certainly given metrics; a name is taken for some."""
    if call.double_star or call.star:
        return False
    given = [
        argument(call, place, name) for place, name in ((2, "metrics"), (4, "weighted_metrics"))
    ]
    return any(node is not None and not _nothing(node) for node in given)


def _nothing(node: Any) -> bool:
    if kind_of(node) == "Name":
        return bool(node.value == "None")
    return kind_of(node) in ("List", "Tuple", "Dict") and not node.elements


def _receivers(tree: Any) -> dict[int, str]:
    """What stands before the dot, by the attribute's node: `self.model` in `self.model.fit`."""
    found: dict[int, str] = {}
    stack = [tree]
    while stack:
        node = stack.pop()
        if kind_of(node) == "Attribute" and node.attr.value in ("metrics_names", "compile"):
            found[id(node.attr)] = _dotted(node.value)
        stack.extend(children(node))
    return found


def _dotted(node: Any) -> str:
    parts: list[str] = []
    while kind_of(node) == "Attribute":
        parts.append(node.attr.value)
        node = node.value
    return ".".join([node.value, *reversed(parts)]) if kind_of(node) == "Name" else ""
