"""`functools.partial(Conv2D, border_mode="same")`: keywords that are kept for a later call."""

from __future__ import annotations

from kerlint.knowledge.replacements import stub
from kerlint.rules._private import is_private
from kerlint.rules.api._verdicts import ROOTS
from kerlint.source.facts import Reference
from kerlint.source.tree import kind_of
from kerlint.source.values import NAME

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.rules.base import Context
    from kerlint.source.facts import Call


def prefilled(call: Call, context: Context) -> list[str]:
    """The full names of what the keywords of a `partial(...)` are for; [] unless certain.

    What is called must be written as a chain of names, and `partial` so: the gate looks for both.
    """
    callee = call.callee
    if not isinstance(callee, Reference) or not callee.complete or not call.positional:
        return []
    if callee.parts[-1].value != "partial" or kind_of(call.node.args[0].value) not in _WRITTEN:
        return []
    if any(candidate.name != "functools.partial" for candidate in callee.candidates):
        return []
    names = []
    for atom in call.arguments[0]:
        name = atom[1] if atom[0] == NAME else ""
        if name.partition(".")[0] not in ROOTS or is_private(name):
            return []
        if stub(name, context.target.newest, context.api.legacy) is not None:
            return []  # the use of the name is the fault
        names.append(name)
    return names


_WRITTEN = ("Attribute", "Name")
