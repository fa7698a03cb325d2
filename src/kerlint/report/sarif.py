"""SARIF 2.1.0, the static analysis format of OASIS that GitHub, Azure and IDEs read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html
"""

from __future__ import annotations

from kerlint import __version__
from kerlint.diagnostics import url_of
from kerlint.report.dump import dump
from kerlint.report.fingerprint import fingerprints
from kerlint.report.pages import page_of
from kerlint.report.paths import uri

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from kerlint.diagnostics import Diagnostic, Fix, Related
    from kerlint.report.model import Lines, Options, Summary

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def write(
    diagnostics: Sequence[Diagnostic], summary: Summary, options: Options, lines: Lines
) -> Iterator[str]:
    codes = sorted({found.code for found in diagnostics})
    marks = fingerprints(diagnostics, lines)
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "kerlint",
                        "version": __version__,
                        "semanticVersion": __version__,
                        "informationUri": "https://github.com/kerlint/kerlint",
                        "rules": _rules(codes, diagnostics),
                    }
                },
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {
                    # No address: the paths of one machine mean nothing on another.
                    "%SRCROOT%": {"description": {"text": "The folder kerlint was run in."}}
                },
                "invocations": [_invocation(summary)],
                "results": [
                    _result(found, codes.index(found.code), mark, lines)
                    for found, mark in zip(diagnostics, marks, strict=True)
                ],
            }
        ],
    }
    yield dump(log, indent=2) + "\n"


def _invocation(summary: Summary) -> dict[str, Any]:
    def notification(text: str, level: str) -> dict[str, Any]:
        return {"level": level, "message": {"text": text}}

    return {
        "executionSuccessful": not summary.errors and summary.exit_code in (0, 1),
        "exitCode": summary.exit_code,
        "toolExecutionNotifications": [
            *(notification(text, "error") for text in summary.errors),
            *(notification(text, "note") for text in summary.notes),
        ],
    }


def _rules(codes: Sequence[str], diagnostics: Sequence[Diagnostic]) -> list[dict[str, Any]]:
    from kerlint.rules import all_rules

    first: dict[str, Diagnostic] = {}
    for found in diagnostics:
        first.setdefault(found.code, found)
    known = {rule.code: rule for rule in all_rules()} if codes else {}
    entries = []
    for code in codes:
        found, rule = first[code], known.get(code)
        severity = rule.severity if rule is not None else found.severity
        entry = {
            "id": code,
            "name": found.name,
            "helpUri": url_of(found.name),
            "defaultConfiguration": {"level": LEVELS[severity]},
            "properties": {
                "tags": ["keras", "compatibility"],
                "precision": "very-high",
                "problem.severity": {"info": "recommendation"}.get(severity, severity),
            },
        }
        if rule is not None:
            page = page_of(rule)
            entry["shortDescription"] = {"text": _plain(page.summary)}
            entry["fullDescription"] = {
                "text": _plain(page.sections.get("What it does") or page.summary)
            }
            entry["help"] = {"text": page.markdown(), "markdown": page.markdown()}
        entries.append(entry)
    return entries


def _plain(markdown: str) -> str:
    return " ".join(markdown.replace("`", "").split())


def _result(found: Diagnostic, index: int, fingerprint: str, lines: Lines) -> dict[str, Any]:
    text = found.message + (f"\n{found.help}" if found.help else "")
    result: dict[str, Any] = {
        "ruleId": found.code,
        "ruleIndex": index,
        "level": LEVELS[found.severity],
        "message": {"text": text},
        "locations": [_location(found, lines)],
        "partialFingerprints": {"kerlint/v1": fingerprint},
    }
    if found.related:
        result["relatedLocations"] = [
            {
                "id": number,
                **_location(related, lines),
                "message": {"text": related.message},
            }
            for number, related in enumerate(found.related, 1)
        ]
    if found.fix and found.fix.safety != "display" and found.cell is None:
        result["fixes"] = [_fix(found.path, found.fix)]
    properties = {"qualifiedName": found.qualified_name, "cell": found.cell}
    properties = {key: value for key, value in properties.items() if value is not None}
    if properties:
        result["properties"] = properties
    return result


def _location(found: Diagnostic | Related, lines: Lines) -> dict[str, Any]:
    """The place in the file; which cell of a notebook that is, is said in words."""
    physical: dict[str, Any] = {"artifactLocation": _artifact(found.path)}
    span = lines.on_disk(found)
    if span is not None:
        (line, column), (end_line, end_column) = span
        physical["region"] = {
            "startLine": line,
            "startColumn": column,
            "endLine": end_line,
            "endColumn": end_column,
        }
    location: dict[str, Any] = {"physicalLocation": physical}
    if found.cell is not None:
        text = f"cell {found.cell + 1}, line {found.span.start.line}"
        location["message"] = {"text": text}
    return location


def _artifact(path: str) -> dict[str, str]:
    address, relative = uri(path)
    return {"uri": address, "uriBaseId": "%SRCROOT%"} if relative else {"uri": address}


def _fix(path: str, fix: Fix) -> dict[str, Any]:
    replacements = [
        {
            "deletedRegion": {"charOffset": edit.start, "charLength": edit.end - edit.start},
            "insertedContent": {"text": edit.text},
        }
        for edit in fix.edits
    ]
    return {
        "description": {"text": fix.title},
        "artifactChanges": [{"artifactLocation": _artifact(path), "replacements": replacements}],
    }
