"""Which backend a script certainly chooses for itself, whatever it is started with."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kerlint.source.facts import Event, Module

_HARMLESS = frozenset({"dotenv", *sys.stdlib_module_names})
"""Top names of modules that neither read nor write a variable of ours."""


def chosen(module: Module, variable: str) -> Event | None:
    """The write that decides what the first import of another library finds; None if that is
    not certain, or if the script leaves the choice to whoever starts it.
    """
    decided: Event | None = None
    for event in module.events:
        if event.kind == "import":
            if any(name.partition(".")[0] not in _HARMLESS for name in event.names):
                return decided
        elif event.kind == "write" and event.variable == variable:
            if event.guards or event.how not in ("assign", "update") or event.value is None:
                return None
            decided = event
        elif event.kind == "leave" or (event.kind == "read" and event.variable == variable):
            return None
        elif _touches((*event.arms, event.body), variable, 0):
            return None
    return decided


def _touches(blocks: Sequence[Sequence[Event]], variable: str, depth: int) -> bool:
    """Whether something in these blocks may write or read the variable, import, or end it all."""
    if depth > 20:
        return True
    return any(
        event.kind in ("import", "leave")
        or (event.kind in ("read", "write") and event.variable == variable)
        or _touches((*event.arms, event.body), variable, depth + 1)
        for block in blocks
        for event in block
    )
