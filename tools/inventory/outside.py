"""Attributes that code outside a class sets on its instances.

`History` writes `self.model.history = self`: the attribute is nowhere in the source of `Model`.
What such an assignment is about is told by the name of the variable: `model`, `layer`, ...
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

RECEIVERS = {"model", "layer", "optimizer", "callback", "metric", "loss", "cell", "variable"}


def assigned_outside(trees: Iterable[ast.Module]) -> dict[str, set[str]]:
    """Receiver (`model`): names assigned to it anywhere, as in `x.model.name = ...`."""
    found: dict[str, set[str]] = {}
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                receiver = _last(node.value)
                if receiver in RECEIVERS:
                    found.setdefault(receiver, set()).add(node.attr)
    return found


def _last(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr.lstrip("_")
    return node.id if isinstance(node, ast.Name) else ""


def receivers(class_names: Iterable[str]) -> set[str]:
    """The receivers that may be an instance of a class with these names in its order."""
    lowered = [name.lower() for name in class_names]
    return {receiver for receiver in RECEIVERS if any(name.endswith(receiver) for name in lowered)}
