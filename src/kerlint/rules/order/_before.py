"""Whether one event of a file certainly comes before another."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kerlint.source.facts import Event, Module


def before(module: Module, last: Event, wanted: Callable[[Event], bool]) -> Event | None:
    """The first event that is `wanted` and certainly happens before `last` does, or None.

    Only what stands on the way to `last` counts: the statements before it in its own block and
    in the blocks around it, at module level or in its function, and what the functions do that are
    called there.
    """
    for body in (module.events, *module.functions.values()):
        found = _on_the_way(body, last, wanted, [])
        if found is not None:
            return found[0]
    return None


def _on_the_way(
    events: Sequence[Event],
    last: Event,
    wanted: Callable[[Event], bool],
    active: list[int],
) -> tuple[Event | None] | None:
    """A tuple if `last` is in these events: of the first wanted one before it, or of None."""
    first: Event | None = None
    for event in events:
        if event is last:
            return (first,)
        for arm in (*event.arms, *((event.body,) if event.body else ())):
            if id(arm) in active:
                continue
            found = _on_the_way(arm, last, wanted, [*active, id(arm)])
            if found is not None:
                return (first or found[0],)
        if first is None:
            first = _certain(event, wanted, active)
    return None


def _certain(event: Event, wanted: Callable[[Event], bool], active: list[int]) -> Event | None:
    """The wanted event that certainly happens when `event` does."""
    if wanted(event) and not event.guards:
        return event
    if event.kind == "call" and id(event.body) not in active:
        for inner in event.body:
            if inner.kind in ("branch", "leave"):
                return None
            found = _certain(inner, wanted, [*active, id(event.body)])
            if found is not None:
                return found
    return None
