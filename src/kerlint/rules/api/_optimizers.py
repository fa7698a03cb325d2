"""`model.optimizer.lr`: what is asked of the optimizer of a model, or of a callback's model."""

from __future__ import annotations

from kerlint.rules.api._models import below, is_model
from kerlint.rules.api._receivers import roots

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from kerlint.rules.base import Context
    from kerlint.source.facts import Member, Module


def asked_of_optimizers(module: Module, context: Context) -> Iterator[tuple[Member, str, Any]]:
    """The member at which the chain begins, the class of optimizers, the Name node of what it lacks.

    The class is the base of all: what it has lost, none of those that derive from it has. The
    sources of Keras are not looked at.
    """
    if not roots(module, context):
        return
    for member in module.members:
        chain = (member.node, *member.further)
        place = next((i for i, node in enumerate(chain[:2]) if node.value == "optimizer"), None)
        if place is None or place + 1 == len(chain):
            continue
        root = (
            _root_of_callback(member, context) if place else _root_of_model(member, module, context)
        )
        owner = f"{root}.optimizers.Optimizer"
        if root and chain[place + 1].value in context.api.lost(owner):
            yield member, owner, chain[place + 1]


def _root_of_callback(member: Member, context: Context) -> str:
    """The root of the callback whose `model` it is; "" if it is none."""
    if member.attribute != "model" or not member.complete:
        return ""
    below_root = [below(owner) for owner in member.owners]
    if not all(name.startswith("callbacks.") for name, _ in below_root):
        return ""
    return _only(root for _, root in below_root)


def _root_of_model(member: Member, module: Module, context: Context) -> str:
    if not member.complete or not member.owners:
        return _root_of_followed(member, module, context)
    if not all(is_model(owner, context) for owner in member.owners):
        return ""
    return _only(below(owner)[1] for owner in member.owners)


def _root_of_followed(member: Member, module: Module, context: Context) -> str:
    """The root of a model that another function, or an annotation, tells."""
    from kerlint.knowledge.keras_objects import MODEL
    from kerlint.rules._elsewhere import makers_of

    found = makers_of(module, context, annotations=True).of_member(member)
    if any(made.kind != MODEL or "optimizer" in made.defined for made in found):
        return ""
    root = _only(below(made.name)[1] for made in found)
    return root if root in roots(module, context) else ""


def _only(several: Iterator[str]) -> str:
    """The one root that all of them are; "" if they differ."""
    found = set(several)
    return found.pop() if len(found) == 1 else ""
