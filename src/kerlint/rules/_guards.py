"""Whether guards make a reference right although what it names is not there."""

from __future__ import annotations

from kerlint.rules._conditions import condition_holds, decide

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kerlint.rules.base import Context
    from kerlint.source.facts import Condition, Guard, Reference

IMPORT = "import-error"
ATTRIBUTE = "attribute-error"
ANY = "any-error"


def silenced(
    guards: Sequence[Guard],
    error: str,
    context: Context,
    fails: Callable[[Reference], bool],
) -> bool:
    """Whether a fault that raises `error` under `guards` is caught, or never happens.

    `fails` says whether another reference fails at the target: the handler of a `try` runs only
    if something in the body did.
    """
    for guard in guards:
        kind = guard.kind
        if kind in ("never", error):
            return True
        if kind == "condition":
            if not _may_run(guard, context):
                return True
        elif kind == "fallback":
            if not any(fails(reference) for reference in guard.references):
                return True
        elif kind == "skip" and any(
            context.api.find(name, "import").exists is False for name in guard.names
        ):
            return True
    return False


def _may_run(guard: Guard, context: Context) -> bool:
    """Whether what is tested speaks neither against the code nor of what cannot be computed.

    The names of Keras 3 are those of all its backends, so a test of the backend does not say that a
    name is meant; what only a backend runs that the target does not have, never runs.
    """
    if guard.condition is None:
        return False
    outcome = holds(guard.condition, context)
    if outcome is not None:
        return outcome is guard.sense
    outcomes = _outcomes(guard.condition, context)
    return outcomes is not None and guard.sense in outcomes


def _outcomes(condition: Condition, context: Context) -> frozenset[bool] | None:
    """The outcomes that a test may have, whichever backend is chosen; None if nobody can tell."""
    from kerlint.knowledge.backends import backends

    if condition.kind == "backend":
        keras = context.target.newest.keras
        if keras is None or not keras.startswith("3."):
            return None
        return frozenset((True, False)) if condition.subject in backends(keras) else _NEVER
    parts = [_outcomes(part, context) for part in condition.parts]
    if condition.kind == "not" and parts[0] is not None:
        return frozenset(not outcome for outcome in parts[0])
    if condition.kind in ("and", "or"):
        decided = condition.kind == "or"
        if frozenset((decided,)) in parts:
            return frozenset((decided,))
        known = [part for part in parts if part is not None]
        return None if len(known) < len(parts) else frozenset().union(*known)
    outcome = holds(condition, context)
    return None if outcome is None else frozenset((outcome,))


_NEVER = frozenset((False,))


def holds(condition: Condition, context: Context) -> bool | None:
    """The outcome of a test at the target; None if it cannot be told, or differs within it."""

    def ask(part: Condition) -> bool | None:
        if part.kind == "exists":
            return context.api.find(part.subject).exists
        newest = condition_holds(part, context.target.newest)
        oldest = condition_holds(part, context.target.oldest)
        return newest if newest == oldest else None

    return decide(condition, ask)
