"""A Code Quality report for GitLab.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

from kerlint.diagnostics import Position, url_of
from kerlint.report.concise import place
from kerlint.report.dump import dump
from kerlint.report.fingerprint import fingerprints
from kerlint.report.paths import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kerlint.diagnostics import Diagnostic, Span
    from kerlint.report.model import Lines, Options, Summary

UNCHECKED = frozenset(("KER901", "KER902", "KER903"))
"""Findings that say that a file could not be checked at all."""

SEVERITIES = {"error": "critical", "warning": "minor", "info": "info"}
"""An error stops the program, a warning does not."""


def write(
    diagnostics: Sequence[Diagnostic], summary: Summary, options: Options, lines: Lines
) -> Iterator[str]:
    marks = fingerprints(diagnostics, lines)
    entries = [
        _entry(found, lines.on_disk(found), mark)
        for found, mark in zip(diagnostics, marks, strict=True)
    ]
    yield dump(entries, indent=2) + "\n"


def _entry(found: Diagnostic, on_disk: Span | None, fingerprint: str) -> dict[str, object]:
    first = Position(1, 1)
    (line, column), (end_line, end_column) = on_disk or (first, first)
    cell = "" if found.cell is None else f" ({place(found)})"
    severity = "blocker" if found.code in UNCHECKED else SEVERITIES[found.severity]
    return {
        "type": "issue",
        "check_name": f"{found.code} {found.name}",
        "description": f"{found.code}: {found.message}{cell}",
        "content": {"body": f"{found.help}\n\n{url_of(found.name)}".strip()},
        "categories": ["Compatibility"],
        "severity": severity,
        "fingerprint": fingerprint,
        "location": {
            "path": shown(found.path),
            "lines": {"begin": line, "end": end_line},
            "positions": {
                "begin": {"line": line, "column": column},
                "end": {"line": end_line, "column": end_column},
            },
        },
    }
