"""One JSON object a line, one line a finding; the objects are those of `json`."""

from __future__ import annotations

from kerlint.report.dump import dump
from kerlint.report.json import records

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kerlint.diagnostics import Diagnostic
    from kerlint.report.model import Lines, Options, Summary


def write(
    diagnostics: Sequence[Diagnostic], summary: Summary, options: Options, lines: Lines
) -> Iterator[str]:
    for entry in records(diagnostics, options):
        yield dump(entry) + "\n"
