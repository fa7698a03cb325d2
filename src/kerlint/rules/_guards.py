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
            if guard.condition is None or holds(guard.condition, context) is not guard.sense:
                return True
        elif kind == "fallback":
            if not any(fails(reference) for reference in guard.references):
                return True
        elif kind == "skip" and any(
            context.api.find(name, "import").exists is False for name in guard.names
        ):
            return True
    return False


def holds(condition: Condition, context: Context) -> bool | None:
    """The outcome of a test at the target; None if it cannot be told, or differs within it."""

    def ask(part: Condition) -> bool | None:
        if part.kind == "exists":
            return context.api.find(part.subject).exists
        newest = condition_holds(part, context.target.newest)
        oldest = condition_holds(part, context.target.oldest)
        return newest if newest == oldest else None

    return decide(condition, ask)
