"""`path:line:column: CODE message`, one line a finding."""

from __future__ import annotations

from kerlint.report.color import Palette
from kerlint.report.paths import shown
from kerlint.report.summary import footer, statistics
from kerlint.report.text import clean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kerlint.diagnostics import Diagnostic
    from kerlint.report.model import Lines, Options, Summary


def write(
    diagnostics: Sequence[Diagnostic], summary: Summary, options: Options, lines: Lines
) -> Iterator[str]:
    palette = Palette(options.color)
    if options.statistics:
        yield from statistics(diagnostics, palette)
    else:
        for found in diagnostics:
            code = palette.severity(found.severity, found.code)
            yield f"{palette.bold(place(found))}: {code} {clean(found.message)}\n"
    if not options.quiet:
        if options.verbose:
            yield from (f"{clean(note)}\n" for note in summary.notes)
        yield footer(diagnostics, summary, palette) + "\n"


def place(found: Diagnostic) -> str:
    """`path:line:column`; for a notebook `path:cell 3:line:column`, counted from 1."""
    line, column = found.span.start
    cell = "" if found.cell is None else f"cell {found.cell + 1}:"
    return f"{clean(shown(found.path))}:{cell}{line}:{column}"
