"""`path:line:column: CODE message`, one line a finding.

For a notebook that is the place in its JSON, where an editor can go, and the cell stands behind the
message.
"""

from __future__ import annotations

from kerlint.report.color import Palette
from kerlint.report.paths import shown
from kerlint.report.summary import footer, statistics
from kerlint.report.text import clean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kerlint.diagnostics import Diagnostic, Position
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
            where, aside = place(found), ""
            on_disk = lines.on_disk(found)
            if found.cell is not None and on_disk is not None:
                where = f"{clean(shown(found.path))}:{on_disk.start.line}:{on_disk.start.column}"
                aside = f" (cell {found.cell + 1}, line {found.span.start.line})"
            yield f"{palette.bold(where)}: {code} {clean(found.message)}{aside}\n"
    if not options.quiet:
        if options.verbose:
            yield from (f"{clean(note)}\n" for note in summary.notes)
        yield footer(diagnostics, summary, palette) + "\n"


def place(found: Diagnostic) -> str:
    """`path:line:column`; for a notebook `path:cell 3:line:column`, counted from 1."""
    return place_of(found.path, found.cell, found.span.start)


def place_of(path: str, cell: int | None, position: Position) -> str:
    """The same, for any place."""
    inside = "" if cell is None else f"cell {cell + 1}:"
    return f"{clean(shown(path))}:{inside}{position.line}:{position.column}"
