"""Diagnostics about requirements, and sentences that name them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kerlint.diagnostics import Diagnostic, Fix, Related, Severity
    from kerlint.manifests.model import Requirement
    from kerlint.rules.base import Rule

THIS_PYTHON = "on this Python"
"""Said of the place that tells which Python is meant; it is no line of the conflict's."""

MOST_RELATED = 8
"""Second places shown for one finding."""


def at(
    rule: Rule,
    requirement: Requirement,
    message: str,
    *,
    help: str = "",
    label: str = "",
    severity: Severity | None = None,
    related: Sequence[Related] = (),
    fix: Fix | None = None,
) -> Diagnostic:
    """A diagnostic of `rule` at a requirement."""
    from kerlint.diagnostics import Diagnostic

    return Diagnostic(
        code=rule.code,
        name=rule.name,
        severity=milder(severity or rule.severity, requirement),
        message=message,
        path=requirement.path,
        span=requirement.span,
        help=help,
        label=label,
        related=tuple(related[:MOST_RELATED]),
        fix=fix,
        cell=requirement.cell,
    )


def milder(severity: Severity, requirement: Requirement) -> Severity:
    """Packages of conda are built by others than those of the package index, and patched: what
    is known of the latter holds for them only as a rule.
    """
    return "warning" if severity == "error" and requirement.ecosystem == "conda" else severity


def also(requirement: Requirement, message: str) -> Related:
    """A second place that belongs to a finding."""
    from kerlint.diagnostics import Related

    return Related(requirement.path, requirement.span, message, requirement.cell)


def quoted(texts: Iterable[str]) -> str:
    """`a`, `b` and `c`."""
    return listed([f"`{text}`" for text in texts])


def listed(words: Sequence[str]) -> str:
    """a, b and c."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def bounded_above(specifier: str) -> bool:
    """Whether somebody wrote how far the versions may go: by a pin or an upper bound."""
    return any(sign in specifier for sign in ("<", "~=", "=="))


def spelled(name: str, specifier: str) -> str:
    """`keras==2.4.0`, the specifier as it stands."""
    return f"{name}{specifier}"
