"""Diagnostics in files that are not Python."""

from __future__ import annotations

import re

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


_PINS_OLD = re.compile(
    r"\bkeras(?:-gpu)?[\"']?\s*(?:[=~]=?=?|<=?)\s*[\"']?v?[012](?:\.|\b)"
    r"|\btensorflow(?:-gpu|-cpu)?[\"']?\s*(?:[=~]=?=?|<=?)\s*[\"']?(?:[01]\.|2\.(?:\d|1[0-5])\b)"
    r"|\btensorflow/tensorflow:(?:0|1|2\.(?:\d|1[0-5]))\b",
    re.IGNORECASE,
)


def pins_old(text: str) -> bool:
    """Whether a file installs a Keras before 3 itself, whatever the project's manifests say.

    An image or a workflow has its own `pip install`, which no manifest repeats.
    """
    return _PINS_OLD.search(text) is not None
