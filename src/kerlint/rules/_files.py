"""Diagnostics in files that are not Python."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.diagnostics import Diagnostic, Fix, Related, Severity, Span
    from kerlint.manifests.settings import SettingsFile
    from kerlint.rules.base import Rule


def found_in(
    rule: Rule,
    file: SettingsFile,
    span: Span,
    message: str,
    *,
    help: str = "",
    label: str = "",
    severity: Severity | None = None,
    related: tuple[Related, ...] = (),
    fix: Fix | None = None,
) -> Diagnostic:
    """A diagnostic of `rule` at `span` of `file`."""
    from kerlint.diagnostics import Diagnostic

    return Diagnostic(
        code=rule.code,
        name=rule.name,
        severity=severity or rule.severity,
        message=message,
        path=file.path,
        span=span,
        help=help,
        label=label,
        related=related,
        fix=fix,
    )
