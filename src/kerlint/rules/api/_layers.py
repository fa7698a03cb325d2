"""`for layer in model.layers`: what is asked of the layers of a model.

They may be of any class that derives from `Layer`, the project's own included, and models among
them: so an attribute counts that both `Layer` and `Model` have lost. A loop over all layers meets
some that are no models.
"""

from __future__ import annotations

from kerlint.knowledge.keras_objects import MODEL
from kerlint.rules.api._models import below
from kerlint.rules.api._receivers import roots
from kerlint.source.values import ASKED, HELD, NONE, PART

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.rules.base import Context
    from kerlint.source.facts import Member, Module
    from kerlint.source.values import Atom, Value


def layers_lack(member: Member, module: Module, context: Context) -> str:
    """The base class of the layers that are asked for what it has lost; "" if it is not certain."""
    value = [atom for atom in member.value if atom[0] != NONE]
    if not value or member.complete or not roots(module, context):
        return ""
    if not any(
        member.attribute in context.api.taken_away(f"{root}.layers.Layer")
        for root in roots(module, context)
    ):
        return ""
    found = set()
    for atom in value:
        models, each = _models(atom)
        found.add(_lost_by_layers_of(models, member.attribute, each, module, context))
    owner = found.pop() if len(found) == 1 else ""
    if not owner or _is_tested(member):
        return ""
    from kerlint.rules.api._defined import defined

    return "" if defined(member.attribute, module, context, methods=True) else owner


def _models(atom: Atom) -> tuple[Value, bool]:
    """Whose layer it is, and whether the code meets each of them; () if it is none."""
    if atom[0] == HELD:
        held: Value = atom[1]
        if all(part[0] == PART and part[2] == "layers" for part in held):
            return tuple(part[1] for part in held), atom[3] == -1
    elif atom[0] == ASKED and atom[2] == "get_layer":
        return (atom[1],), False
    return (), False


def _lost_by_layers_of(
    models: Value, attribute: str, each: bool, module: Module, context: Context
) -> str:
    """The class of layers, of the library of the models, that has lost the attribute."""
    from kerlint.rules._elsewhere import makers_of

    made = makers_of(module, context, annotations=True).all_of(models) if models else []
    if not made or any(one.kind != MODEL or "layers" in one.defined for one in made):
        return ""
    root = below(made[0].name)[1]
    if root not in roots(module, context) or any(below(one.name)[1] != root for one in made):
        return ""
    owner = f"{root}.layers.Layer"
    if attribute not in context.api.taken_away(owner) or _is_of_some(attribute, root, context):
        return ""
    return owner if each or attribute in context.api.lost(f"{root}.Model") else ""


def _is_of_some(attribute: str, root: str, context: Context) -> bool:
    """Whether a class of layers has it by itself, such as `stateful`."""
    api = context.api
    classes = api.names(f"{root}.layers") - {_TORCH}
    return any(attribute in (api.members(f"{root}.layers.{one}") or ()) for one in classes)


_TORCH = "TorchModuleWrapper"
"""A module of PyTorch as a layer, with an `output_shape` of its own; never of a model of Keras 2."""


def _is_tested(member: Member) -> bool:
    """Whether the code around asks of which class something is: it may leave all but models out."""
    return any(guard.kind == "type" for guard in member.guards)
