"""What tests of versions come to at given versions."""

from __future__ import annotations

import pytest

from kerlint.project.targets import Versions
from kerlint.rules._conditions import condition_holds, never_runs
from kerlint.source.facts import Condition, Guard

VERSIONS = Versions("3.15.1", "2.21.0", None, "3.11")


def version(subject: str, operator: str, literal: tuple[int, ...], form: str) -> Condition:
    return Condition("version", f"{subject}.__version__", operator, literal, form)


@pytest.mark.parametrize(
    ("condition", "outcome"),
    [
        (version("keras", ">=", (3,), "major"), True),
        (version("keras", "==", (2,), "major"), False),
        (version("keras", ">=", (3, 8), "full"), True),
        (version("keras", "<", (3, 8), "full"), False),
        (version("tensorflow", "<", (2,), "major"), False),
        (version("tensorflow", ">", (6,), "minor"), True),
        # "2.21.0" < "2.6" is what Python says of the texts.
        (version("tensorflow", "<", (2, 6), "text"), True),
        (version("tensorflow", "startswith", (2,), "text"), True),
        (version("tensorflow", "startswith", (1,), "text"), False),
        # (2, 21) against (2, 21, 0): it depends on how the code padded.
        (version("tensorflow", "<=", (2, 21), "full"), None),
        (version("tensorflow", "<", (2, 16), "float"), None),
        (version("tf_keras", ">=", (2,), "major"), None),
        (version("tensorflow.keras", ">=", (3,), "major"), None),
        (version("torch", ">=", (2,), "major"), None),
        (Condition("unknown"), None),
        (Condition("exists", "keras.ops"), None),
        (Condition("loaded", "keras"), None),
    ],
)
def test_outcome(condition: Condition, outcome: bool | None) -> None:
    assert condition_holds(condition, VERSIONS) is outcome
    negated = condition_holds(Condition("not", parts=(condition,)), VERSIONS)
    assert negated is (None if outcome is None else not outcome)


TRUE = version("keras", ">=", (3,), "major")
FALSE = version("keras", "<", (3,), "major")
UNKNOWN = Condition("unknown")


@pytest.mark.parametrize(
    ("kind", "parts", "outcome"),
    [
        ("and", (TRUE, TRUE), True),
        ("and", (TRUE, UNKNOWN), None),
        ("and", (FALSE, UNKNOWN), False),
        ("or", (FALSE, FALSE), False),
        ("or", (FALSE, UNKNOWN), None),
        ("or", (TRUE, UNKNOWN), True),
    ],
)
def test_and_or(kind: str, parts: tuple[Condition, ...], outcome: bool | None) -> None:
    assert condition_holds(Condition(kind, parts=parts), VERSIONS) is outcome


@pytest.mark.parametrize(
    ("guard", "never"),
    [
        (Guard("never"), True),
        (Guard("import-error"), False),
        (Guard("condition", condition=FALSE), True),
        (Guard("condition", condition=TRUE), False),
        (Guard("condition", condition=TRUE, sense=False), True),
        (Guard("condition", condition=UNKNOWN), False),
    ],
)
def test_never_runs(guard: Guard, never: bool) -> None:
    assert never_runs((guard,), VERSIONS) is never
    assert never_runs((Guard("fallback"), guard), VERSIONS) is never
