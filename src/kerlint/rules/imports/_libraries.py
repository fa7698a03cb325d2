"""What the rules on several Keras libraries share."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kerlint.rules.base import Context
    from kerlint.source.facts import Module, Node


def pairs_spoken_of(context: Context) -> set[frozenset[str]]:
    """The pairs of libraries of which KER101 has found objects that meet in this file.

    KER101 fills it, and rules are heard in the order of their codes.
    """
    found: set[frozenset[str]] = context.shared("pairs of libraries that meet", set)
    return found


def import_of(name: str, module: Module) -> Sequence[Node] | None:
    """The Name nodes of the import from which `module` has `name`; None if nothing imports it."""
    best = None
    for reference in module.references:
        if reference.kind in ("import", "from") and (
            f"{name}.".startswith(f"{reference.name}.")
            and (best is None or len(reference.name) > len(best.name))
        ):
            best = reference
    return None if best is None else best.parts
