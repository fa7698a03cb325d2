"""What one run of the probe hands to the reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations


class Examination:
    """Findings over observations, both already masked.

    `diagnostics`  most important first: the first is the one thing to do first
    `pins`         how many requirements of the project were compared with what is installed
    `notes`        how the interpreter was chosen, what was assumed
    `errors`       why it could not be examined, a sentence each
    The rest is what the linter's reports read of a run.
    """

    def __init__(
        self,
        seen: Observations,
        findings: Sequence[Finding],
        notes: Sequence[str] = (),
        errors: Sequence[str] = (),
        pins: int = 0,
    ) -> None:
        self.seen = seen
        self.diagnostics = tuple(findings)
        self.notes = tuple(notes)
        self.errors = tuple(errors)
        self.pins = pins
        self.files = 1
        self.suppressed = 0
