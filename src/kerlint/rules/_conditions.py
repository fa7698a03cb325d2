"""Whether guarded code runs at the target, as far as its tests can be computed."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kerlint.project.targets import Versions
    from kerlint.source.facts import Condition, Guard


def never_runs(guards: Sequence[Guard], versions: Versions) -> bool:
    """Whether one of the guards certainly keeps the code from running at these versions."""
    for guard in guards:
        if guard.kind == "never":
            return True
        if guard.kind == "condition" and guard.condition is not None:
            holds = condition_holds(guard.condition, versions)
            if holds is not None and holds != guard.sense:
                return True
    return False


def condition_holds(condition: Condition, versions: Versions) -> bool | None:
    """The outcome of the test at these versions; None if it cannot be told."""
    return decide(
        condition, lambda part: _compare(part, versions) if part.kind == "version" else None
    )


def decide(condition: Condition, ask: Callable[[Condition], bool | None]) -> bool | None:
    """The outcome of a test; `ask` answers for its parts, None where it cannot be told."""
    kind = condition.kind
    if kind == "not":
        inner = decide(condition.parts[0], ask)
        return None if inner is None else not inner
    if kind in ("and", "or"):
        decided = kind == "or"  # one true part decides an `or`, one false part an `and`
        outcomes = [decide(part, ask) for part in condition.parts]
        if decided in outcomes:
            return decided
        return None if None in outcomes else not decided
    return ask(condition)


def _version_of(subject: str, versions: Versions) -> str | None:
    root = subject.partition(".")[0]
    if root == "tensorflow":
        return None if subject.startswith("tensorflow.keras.") else versions.tensorflow
    if root == "keras":
        return versions.keras
    return versions.tf_keras if root == "tf_keras" else None


def _compare(condition: Condition, versions: Versions) -> bool | None:
    text = _version_of(condition.subject, versions)
    if text is None:
        return None
    try:
        full = tuple(int(part) for part in text.split("."))
    except ValueError:
        return None
    operator, literal = condition.operator, condition.literal
    if operator == "startswith":
        return full[: len(literal)] == literal
    left: object
    right: object
    if condition.form == "text":  # "2.21" < "2.6", as Python says
        left, right = text, ".".join(map(str, literal))
    elif condition.form in ("major", "minor"):
        left, right = (full[0] if condition.form == "major" else full[1],), literal
    elif condition.form == "full":
        # Comparing `(2, 21, 0)` with `(2, 21)` depends on how the code padded it; decide only
        # where padding makes no difference.
        size = min(len(full), len(literal))
        left, right = full[:size], literal[:size]
        if left == right and len(full) != len(literal):
            never_less = len(full) > len(literal) and operator in ("<", ">=")
            return operator == ">=" if never_less else None
    else:
        return None
    return _ordered(left, operator, right)


def _ordered(left: object, operator: str, right: object) -> bool | None:
    outcomes = {
        "<": left < right,  # type: ignore[operator]
        "<=": left <= right,  # type: ignore[operator]
        ">": left > right,  # type: ignore[operator]
        ">=": left >= right,  # type: ignore[operator]
        "==": left == right,
        "!=": left != right,
    }
    return outcomes.get(operator)
