"""What single rules of the probe say of an environment."""

from __future__ import annotations

from typing import Any

from kerlint.probe.finding import Finding
from kerlint.probe.observations import Observations
from kerlint.rules import all_rules
from tests.probe.scenes import asked

_RULES = {rule.code: rule for rule in all_rules()}


def findings(code: str, what: Observations, **wishes: Any) -> list[Finding]:
    """All findings of one rule."""
    return list(_RULES[code].check_environment(what, asked(what, **wishes)))


def finding(code: str, what: Observations, **wishes: Any) -> Finding:
    """The only finding of one rule."""
    found = findings(code, what, **wishes)
    assert len(found) == 1, found
    return found[0]


def severities(code: str, what: Observations, **wishes: Any) -> list[str]:
    """How grave each finding of one rule is."""
    return [one.severity for one in findings(code, what, **wishes)]
