"""The linter's formats know no evidence and no commands: both go into the help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.diagnostics import Diagnostic
from kerlint.probe.finding import START
from kerlint.report import render as render_diagnostics
from kerlint.report.sources import read

if TYPE_CHECKING:
    from typing import TextIO

    from kerlint.probe.finding import Finding
    from kerlint.probe.outcome import Examination


def render(
    format: str,
    examined: Examination,
    out: TextIO,
    *,
    color: bool,
    verbose: bool,
    quiet: bool,
    exit_code: int,
) -> None:
    """Write the findings in one of the linter's formats."""
    # Only a finding with a place in its file (a line of a lock) has something to show of it.
    with_lines = {found.path for found in examined.diagnostics if found.span != START}
    render_diagnostics(
        format,
        _Outcome(examined),
        out,
        color=color,
        verbose=verbose,
        quiet=quiet,
        sources=lambda path: read(path) if path in with_lines else None,
        exit_code=exit_code,
    )


class _Outcome:
    """What the linter's reports read of a run."""

    def __init__(self, examined: Examination) -> None:
        self.diagnostics = [_plain(found) for found in examined.diagnostics]
        self.files = examined.files
        self.suppressed = examined.suppressed
        self.notes = examined.notes
        self.errors = examined.errors


def _plain(found: Finding) -> Diagnostic:
    parts = [found.help] if found.help else []
    if found.evidence:
        parts.append(f"Seen: {'; '.join(one.text for one in found.evidence[:3])}.")
    parts += [f"Run `{command}`." for command in found.commands]
    return Diagnostic(
        code=found.code,
        name=found.name,
        severity=found.severity,
        message=found.message,
        path=found.path,
        span=found.span,
        help=" ".join(parts),
        related=found.related,
    )
