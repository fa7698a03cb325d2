"""Which calls reach a method of a Keras model, or a function of Keras, by their plain names."""

from __future__ import annotations

from kerlint.knowledge.keras_objects import MADE_BY
from kerlint.knowledge.releases import version_key
from kerlint.rules._private import is_private
from kerlint.rules.api._verdicts import TF_KERAS
from kerlint.source.facts import Reference
from kerlint.source.tree import present

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kerlint.rules.base import Context
    from kerlint.source.facts import Call, Member, Module
    from kerlint.source.literals import Texts

_NOTHING = ("", "")
_WEIGHTS = frozenset({"save_weights", "load_weights"})
"""Methods that little else has than a model: for them one is followed into other own modules."""


def plain_name(call: Call, module: Module, context: Context) -> tuple[str, str]:
    """What is called, below its root, and the root: `models.save_model` and `tensorflow.keras`.

    `Model.METHOD` for a method of a model; ("", "") if that is not certain. Before a finding
    about a method comes out of it, `may_be_own` is to be asked.
    """
    callee = _of_another_module(call.callee)
    if isinstance(callee, Reference):
        if not callee.complete:
            return _NOTHING
        names = {below(candidate.name) for candidate in callee.candidates}
        if len(names) != 1:
            return _NOTHING
        name, root = names.pop()
        owner, _, leaf = name.rpartition(".")
        if owner == "saving":
            name = f"models.{leaf}"
        elif owner and context.api.kind(f"{root}.{owner}") == "class":
            return _NOTHING  # `Model.save(model, ...)`: the arguments are shifted
        return name, root
    owners = _own_told(callee)
    if not owners:
        from kerlint.rules.api._receivers import models_of

        models = models_of(callee, module, context, elsewhere=callee.attribute in _WEIGHTS)
        owners = () if models is None else models.classes
    roots = {below(owner)[1] for owner in owners}
    if len(roots) != 1 or not all(is_model(owner, context) for owner in owners):
        return _NOTHING
    return f"Model.{callee.attribute}", roots.pop()


def _of_another_module(callee: Reference | Member) -> Reference | Member:
    """`net.model.save_weights` as what it is: a method of a value of the own module `net`."""
    if not isinstance(callee, Reference) or below(callee.name)[1]:
        return callee
    if callee.name.rpartition(".")[2] not in _WEIGHTS:
        return callee
    from kerlint.rules.api._receivers import as_member

    return as_member(callee)


def _own_told(callee: Member) -> tuple[str, ...]:
    """The classes and functions of Keras that are seen beside the call to have made its value."""
    if not callee.complete or not all(below(owner)[1] for owner in callee.owners):
        return ()
    return callee.owners


def may_be_own(call: Call, module: Module, context: Context) -> bool:
    """Whether the method that the call reaches may be the project's own.

    To be asked last, of what else would be a finding: the whole project may be read for it.
    """
    callee = _of_another_module(call.callee)
    if isinstance(callee, Reference) or _own_told(callee):
        return False
    from kerlint.rules.api._receivers import models_of

    models = models_of(callee, module, context, elsewhere=callee.attribute in _WEIGHTS)
    return models is None or models.have_own(callee, module, context)


def is_model(owner: str, context: Context) -> bool:
    """Whether what the class or function `owner` makes is a Keras model."""
    name, root = below(owner)
    if not root or is_private(owner):
        return False
    kind = context.api.kind(owner)
    if kind == "class":
        members = context.api.members(owner)
        return members is not None and "save_weights" in members and "fit" in members
    folder, _, leaf = name.rpartition(".")
    if kind != "function":
        return False
    if folder in ("models", "saving"):
        return leaf in MADE_BY
    return name.startswith("applications.") and leaf[:1].isupper()


def below(name: str) -> tuple[str, str]:
    """A name below its root, and that root; ("", "") for other libraries."""
    for root in ("keras", TF_KERAS, "tf_keras"):
        if name.startswith(root + "."):
            return name[len(root) + 1 :], root
    return _NOTHING


def keras_of(root: str, context: Context) -> str | None:
    """The release of Keras that answers for a root, if it is Keras itself; else None."""
    versions = context.target.newest
    if root == "keras":
        return versions.keras
    if root != TF_KERAS or context.api.legacy or versions.tensorflow is None:
        return None
    return versions.keras if version_key(versions.tensorflow) >= (2, 16) else None


def argument(call: Call, place: int, keyword: str) -> Any:
    """The node of an argument that is given by position or keyword; None if it is not there."""
    for name, _, value in call.keywords:
        if name == keyword:
            return value
    if call.star and call.positional <= place:
        return None
    plain = [one for one in call.node.args if not present(one.keyword)]
    return plain[place].value if place < call.positional else None


def texts_of(module: Module, context: Context) -> Texts:
    """The texts and bindings of the module, worked out once for all rules."""
    from kerlint.source.literals import Texts

    found: Texts = context.shared("texts", lambda: Texts(module.tree))
    return found
