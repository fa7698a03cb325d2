"""Of which classes of Keras the models are whose methods a module calls.

Where the text beside it does not tell (`facts.Member.owners`), a model is followed through what
functions return, lists, `self`, annotations and own modules. What is only known as a `Model`, and
may be of a class of the project that derives from it, is left alone where the project defines a
method of that name.
"""

from __future__ import annotations

from kerlint.knowledge.keras_objects import MODEL
from kerlint.knowledge.libraries import root_of
from kerlint.rules._private import is_own_source
from kerlint.rules.api._models import below, is_model
from kerlint.rules.api._verdicts import TF_KERAS
from kerlint.source.facts import Member, Reference
from kerlint.source.values import NAME, PART

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.rules._made import Made
    from kerlint.rules.base import Context
    from kerlint.source.facts import Module


_ROOTS = ("keras", TF_KERAS, "tf_keras")
_PARALLEL = "multi_gpu_model"
"""A function that is gone, and always made a `Model`:
https://github.com/keras-team/keras/blob/2.3.1/keras/utils/multi_gpu_utils.py
"""


class Models:
    """Of which classes a model is.

    `classes`  their full names
    `exact`    it is of none that the project derives from them
    """

    __slots__ = ("classes", "exact")

    def __init__(self, classes: tuple[str, ...], exact: bool) -> None:
        self.classes = classes
        self.exact = exact

    def have_own(self, member: Member, module: Module, context: Context) -> bool:
        """Whether the project itself may define what the model is asked for.

        To be asked last, of what else would be a finding: the whole project is read for it.
        """
        from kerlint.rules.api._defined import defined

        return defined(member.attribute, module, context, methods=not self.exact)


def models_of(
    member: Member, module: Module, context: Context, *, elsewhere: bool = True
) -> Models | None:
    """The classes of which the model is that `member` is asked of; None unless all are known.

    `elsewhere`: it may come from another own module. The sources of Keras are not looked at.
    """
    if not member.value or not roots(module, context):
        return None
    if not any(member.attribute in context.api.methods_of_models(root) for root in _ROOTS):
        return None
    if any(atom[0] == PART and _is_stored(atom[2], module) for atom in member.value):
        return None
    from kerlint.rules._elsewhere import makers_of

    makers = makers_of(module, context, annotations=True, elsewhere=elsewhere)
    found = makers.of_member(member)
    classes: dict[str, None] = {}
    for made in found:
        names = _classes(made, context)
        if not names or below(made.name)[1] not in roots(module, context):
            return None
        if member.attribute in made.defined:
            return None
        classes.update(dict.fromkeys(names))
    exact = all(made.exact and not _loaded(made, context) for made in found)
    if not classes or (not exact and _class_is_tested(member)):
        return None
    return Models(tuple(classes), exact)


def as_member(fact: Member | Reference) -> Member:
    """`model.fit` where `model` is a name of another module: what it is asked of is its value."""
    if not isinstance(fact, Reference):
        return fact
    owner, _, attribute = fact.name.rpartition(".")
    certain = fact.complete and len(fact.candidates) == 1 and root_of(fact.name) is None
    return Member(
        (),
        False,
        attribute,
        fact.parts[-1],
        fact.parts[-2] if len(fact.parts) > 1 else None,
        fact.kind == "call",
        False,
        False,
        fact.guards,
        fact.scope,
        ((NAME, owner, 1),) if certain and owner.strip(".") else (),
    )


def lacking(member: Member, module: Module, context: Context) -> tuple[str, ...]:
    """Those of these classes that had the method and have lost it, if none of them has it."""
    if not member.called or not any(
        member.attribute in context.api.lost_by_models(root) for root in roots(module, context)
    ):
        return ()
    models = models_of(member, module, context)
    if models is None:
        return ()
    for owner in models.classes:
        members = context.api.members(owner)
        if members is None or member.attribute in members:
            return ()
    if models.have_own(member, module, context):
        return ()
    return tuple(owner for owner in models.classes if member.attribute in context.api.lost(owner))


def lost_keywords(method: str, module: Module, context: Context) -> frozenset[str]:
    """Keywords that the method of some class of models took, and no longer takes."""
    found: frozenset[str] = frozenset()
    for root in roots(module, context):
        if method in context.api.methods_of_models(root):
            found |= context.api.keywords_lost(f"{root}.Model", method)
            found |= context.api.keywords_lost(f"{root}.Sequential", method)
    return found


def roots(module: Module, context: Context) -> tuple[str, ...]:
    """The roots whose models are followed: those that the file speaks of, as the gates have it.

    None in the sources of Keras itself, where all names are private.
    """

    def find() -> tuple[str, ...]:
        if is_own_source(module.path):
            return ()
        return tuple(root for root in _ROOTS if root.partition(".")[0] in module.text)

    found: tuple[str, ...] = context.shared("roots of models", find)
    return found


def _classes(made: Made, context: Context) -> tuple[str, ...]:
    """The classes of the target that an object may be of; () if they are not certain."""
    if made.kind != MODEL:
        return ()
    root = below(made.name)[1]
    if context.api.kind(made.name) == "class":
        if not is_model(made.name, context):
            return ()
        if made.exact or made.name not in (f"{root}.Model", f"{root}.models.Model"):
            return (made.name,)
    elif made.leaf == _PARALLEL and root:
        return (f"{root}.Model",)
    elif not root or not is_model(made.name, context):
        return ()
    return f"{root}.Model", f"{root}.Sequential"


def _is_stored(attribute: str, module: Module) -> bool:
    """Whether the module puts something of its own there."""
    return any(member.store and member.attribute == attribute for member in module.members)


def _loaded(made: Made, context: Context) -> bool:
    """Whether it may be of any class, for a function has read what it is."""
    if context.api.kind(made.name) == "class" or made.leaf == _PARALLEL:
        return False
    return ".applications." not in made.name


def _class_is_tested(member: Member) -> bool:
    """Whether the code around asks of which class it is."""
    name = "" if member.receiver is None else member.receiver.value
    return any(guard.kind == "type" and name in guard.names for guard in member.guards)
