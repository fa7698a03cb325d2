"""What the rules about an environment share: their findings carry the rule's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.probe.finding import START, Evidence, Finding
from kerlint.rules.base import Rule, Trigger

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kerlint.diagnostics import Severity, Span
    from kerlint.probe.finding import Confidence, Seen

__all__ = ["EnvironmentRule", "Evidence"]


class EnvironmentRule(Rule):
    """A rule that judges observations; no file can have a finding of it."""

    trigger = Trigger()

    def finding(
        self,
        message: str,
        path: str,
        *,
        severity: Severity | None = None,
        span: Span = START,
        help: str = "",
        evidence: Sequence[Evidence] = (),
        confidence: Confidence = "certain",
        seen: Seen = "static",
        commands: Sequence[str] = (),
        subject: str = "",
        causes: Sequence[str] = (),
    ) -> Finding:
        """A finding of this rule; see `Finding`."""
        return Finding(
            code=self.code,
            name=self.name,
            severity=severity or self.severity,
            message=message,
            path=path or "environment",
            span=span,
            help=help,
            evidence=evidence,
            confidence=confidence,
            seen=seen,
            commands=commands,
            subject=subject,
            causes=causes,
        )
