"""Which backend a script certainly chooses for itself, whatever it is started with."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.source.facts import Event, Module

NOT_ABOUT_KERAS = frozenset({"dotenv", *sys.stdlib_module_names})
"""Top names of modules that neither read nor write a variable of ours."""


def chosen(module: Module, variable: str) -> Event | None:
    """The write that decides what the first import of another library finds; None if that is
    not certain, or if the script leaves the choice to whoever starts it.
    """
    decided: Event | None = None
    for event in module.events:
        if event.kind == "import":
            if any(name.partition(".")[0] not in NOT_ABOUT_KERAS for name in event.names):
                return decided
        elif event.kind == "write" and event.variable == variable:
            if event.guards or event.how not in ("assign", "update") or event.value is None:
                return None
            decided = event
        elif _ends_or_asks(event, variable) or _touches(event, variable, 0):
            return None
    return decided


def _ends_or_asks(event: Event, variable: str) -> bool:
    return event.kind == "leave" or (event.kind == "read" and event.variable == variable)


def _touches(event: Event, variable: str, depth: int) -> bool:
    """Whether what may happen within an event reads or writes the variable, imports, or ends it."""
    return depth > 20 or any(
        inner.kind == "import"
        or _ends_or_asks(inner, variable)
        or (inner.kind == "write" and inner.variable == variable)
        or _touches(inner, variable, depth + 1)
        for block in (*event.arms, event.body)
        for inner in block
    )
