"""One JSON array, one object a finding. The shape is stable: keys are added, never changed."""

from __future__ import annotations

from kerlint.diagnostics import url_of
from kerlint.report.dump import dump
from kerlint.report.paths import shown
from kerlint.report.summary import by_rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from kerlint.diagnostics import Diagnostic, Position
    from kerlint.report.model import Lines, Options, Summary


def write(
    diagnostics: Sequence[Diagnostic], summary: Summary, options: Options, lines: Lines
) -> Iterator[str]:
    separator = "[\n"
    for entry in records(diagnostics, options):
        body = dump(entry, indent=2).replace("\n", "\n  ")
        yield f"{separator}  {body}"
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"


def records(diagnostics: Sequence[Diagnostic], options: Options) -> Iterator[dict[str, Any]]:
    """The objects to write: the findings, or with `--statistics` the counts by rule."""
    if options.statistics:
        for number, found in by_rule(diagnostics):
            yield {
                "code": found.code,
                "name": found.name,
                "severity": found.severity,
                "count": number,
            }
    else:
        yield from map(record, diagnostics)


def record(found: Diagnostic) -> dict[str, Any]:
    """One finding. Lines and columns count from 1, columns in Unicode characters; the offsets of
    edits count from 0 in the decoded text, `end` excluded. In a notebook all of them count within
    the cell.
    """
    fix = found.fix
    return {
        "code": found.code,
        "name": found.name,
        "severity": found.severity,
        "message": found.message,
        "path": shown(found.path),
        "location": _position(found.span.start),
        "end_location": _position(found.span.end),
        "cell": found.cell,
        "qualified_name": found.qualified_name,
        "related": [
            {
                "path": shown(related.path),
                "location": _position(related.span.start),
                "cell": related.cell,
                "message": related.message,
            }
            for related in found.related
        ],
        "help": found.help,
        "fix": fix
        and {
            "title": fix.title,
            "safety": fix.safety,
            "edits": [
                {"start": edit.start, "end": edit.end, "text": edit.text} for edit in fix.edits
            ],
        },
        "url": url_of(found.name),
    }


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column}
