"""Whether a module turns the legacy switch on, so that its `tf.keras` is tf_keras."""

from __future__ import annotations

from kerlint.knowledge.variables import LEGACY_SWITCH, LEGACY_VALUES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from kerlint.source.facts import Event, Module


def turns_legacy_on(module: Module) -> bool:
    """Whether some statement of the module sets the switch to a value that counts."""
    if LEGACY_SWITCH not in module.text:
        return False
    return any(_writes(events) for events in (module.events, *module.functions.values()))


def _writes(events: Iterable[Event]) -> bool:
    for event in events:
        if event.kind == "write" and event.variable == LEGACY_SWITCH:
            if event.how in ("assign", "setdefault", "update") and event.value in LEGACY_VALUES:
                return True
        elif event.kind in ("branch", "loop", "main"):
            inner = (*event.arms, event.body) if event.arms else (event.body,)
            if any(_writes(arm) for arm in inner):
                return True
    return False
