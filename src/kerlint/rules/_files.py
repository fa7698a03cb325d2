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
    r"""
    \bkeras(?:-gpu)?["']?\s*(?:[=~]=?=?|<=?)\s*["']?v?[012](?:\.|\b)
    | \bkeras[^\n]{0,20}<\s*3(?:\.0)?\b
    | \bkeras(?:_VERSION["']?\s*[=:\s]\s*["']?|\.git@)v?[012]\.
    | \btensorflow(?:-gpu|-cpu)?["']?\s*(?:[=~]=?=?|<=?)\s*["']?(?:[01]\.|2\.(?:\d|1[0-5])\b)
    | \b(?:tensorflow|tf)_VERSION["']?\s*[=:\s]\s*["']?(?:[01]\.|2\.(?:\d|1[0-5])\b)
    | \btensorflow/tensorflow:(?:[01]\.|2\.(?:\d|1[0-5])\b)
    # Keras 3 wants Python 3.9 or later: an older one gets an older Keras.
    | \bpython(?:-version["']?\s*:\s*\[?\s*["']?|:|={1,2}|\ )?(?:2(?:\.\d)?|3\.[0-8])\b
    | \bpython-(?:pip|dev|numpy|scipy|setuptools)\b
    | \bubuntu:1[0-8]\.
    """,
    re.IGNORECASE | re.VERBOSE,
)


def pins_old(text: str) -> bool:
    """Whether a file installs a Keras before 3 itself, or a Python that gets no other, whatever the
    project's manifests say: an image or a workflow has its own `pip install`.
    """
    return _PINS_OLD.search(text) is not None
