"""For people: every finding with its source lines, arrows, cure and link, then one footer."""

from __future__ import annotations

from kerlint.report.color import Palette, link
from kerlint.report.summary import footer, statistics
from kerlint.report.text import clean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kerlint.diagnostics import Diagnostic
    from kerlint.report.model import Lines, Options, Summary
    from kerlint.report.snippet import Place


def write(
    diagnostics: Sequence[Diagnostic], summary: Summary, options: Options, lines: Lines
) -> Iterator[str]:
    palette = Palette(options.color)
    if options.statistics:
        yield from statistics(diagnostics, palette)
    else:
        explained: set[str] = set()
        seen: set[Place] = set()
        for found in diagnostics:
            yield _finding(found, options, lines, palette, found.code not in explained, seen)
            explained.add(found.code)
    if not options.quiet:
        if summary.files or diagnostics:
            yield from (f"{clean(note)}\n" for note in summary.notes)
        yield footer(diagnostics, summary, palette) + "\n"


def _finding(
    found: Diagnostic,
    options: Options,
    lines: Lines,
    palette: Palette,
    first: bool,
    seen: set[Place],
) -> str:
    """`first`: no finding of the rule was printed before; `seen`: see `snippet`."""
    from kerlint.diagnostics import url_of
    from kerlint.report.snippet import snippet

    code = found.code if not options.links else link(url_of(found.name), found.code)
    head = palette.severity(found.severity, f"{found.severity}[{code}]")
    notes = []
    if found.help:
        notes.append(f"{palette.bold('help')}: {clean(found.help)}")
    # Without a link to click, the address is printed once for each rule.
    if options.verbose or (first and not options.links):
        notes.append(f"{palette.bold('see')}: {url_of(found.name)}")
    rows = [f"{head} {found.name}: {palette.bold(clean(found.message))}"]
    rows += snippet(found, notes, options.width, lines, palette, seen)
    return "\n".join(rows) + "\n\n"
