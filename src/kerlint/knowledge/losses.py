"""What other releases have and the target does not: members of a class, names of a module."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.knowledge.api import Api

_NOTHING: frozenset[str] = frozenset()

_FUNCTIONAL = frozenset(
    [
        "input_names",
        "input_shape",
        "inputs",
        "operations",
        "output_names",
        "output_shape",
        "outputs",
    ]
)
"""What `Model(inputs, outputs)` has beyond `Model`: its constructor returns another class.

Source: https://github.com/keras-team/keras/blob/v3.15.1/keras/src/models/functional.py
"""


def lost(api: Api, name: str) -> frozenset[str]:
    """Members of the class `name` in any release, less those at the target.

    Empty unless the target's class is known in full.
    """
    now = api.members(name)
    if now is None:
        return _NOTHING
    ever: set[str] = set()
    for file, entity, _, _ in api.entities(name):
        ever |= file.members_ever(entity)
    if name.endswith(".Model"):
        ever -= _FUNCTIONAL
    return frozenset(member for member in ever - now if not member.startswith("_"))


def gone(api: Api, container: str) -> frozenset[str]:
    """Names that `container` had in any release, less those at the target."""
    ever: set[str] = set()
    for mount, stored in api.answering(f"{container}.any"):
        names = mount.names
        line = names.file.lines.get(stored.rpartition(".")[0]) if names is not None else None
        for group in line.split("\t")[1:] if line is not None else ():
            ever.update(group.split(" ")[1:])
    return frozenset(ever - api.names(container))
