"""Source lines with arrows: where a finding is, and what else belongs to it."""

from __future__ import annotations

from kerlint.manifests.secrets import masked
from kerlint.report.concise import place_of
from kerlint.report.text import clean
from kerlint.report.view import MARGIN, View

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kerlint.diagnostics import Diagnostic, Severity, Span
    from kerlint.report.color import Palette
    from kerlint.report.model import Lines

    Place = tuple[str, int | None, Span, str]

MOST_LINES = 6
"""A mark over more lines than this shows its first and last lines only."""


class Mark:
    """Part of one line to underline: `[start, end)` in 0-based characters, and what to say."""

    __slots__ = ("end", "label", "primary", "start")

    def __init__(self, start: int, end: int, primary: bool) -> None:
        self.start = start
        self.end = end
        self.primary = primary
        self.label = ""


class Printer:
    """How the lines of one finding are framed and painted."""

    __slots__ = ("gutter", "palette", "severity", "width")

    def __init__(self, gutter: int, width: int, severity: Severity, palette: Palette) -> None:
        self.gutter = gutter
        self.width = width
        self.severity: Severity = severity
        self.palette = palette

    def frame(self, text: str = "", number: int | str = "") -> str:
        """One printed line behind the bar; `number` stands in the gutter."""
        left = self.palette.dim(f"{number:>{self.gutter}} |")
        return f"{left} {text}" if text else left

    def source(self, number: int, line: str, marks: Sequence[Mark]) -> Iterator[str]:
        """A source line and, below it, one line for each mark, from left to right."""
        low = min((mark.start for mark in marks), default=0)
        high = max((mark.end for mark in marks), default=0)
        # What stands between `://` and `@` is nobody's business; the columns stay what they are.
        view = View(masked(line), low, high, self.width)
        yield self.frame(view.text, number)
        for mark in marks:
            left = view.column(mark.start)
            length = max(view.column(mark.end) - left, 1)
            arrow = ("^" if mark.primary else "-") * length + (mark.label and f" {mark.label}")
            if mark.primary:
                arrow = self.palette.severity(self.severity, arrow)
            else:
                arrow = self.palette.related(arrow)
            yield self.frame(" " * left + arrow)


def snippet(
    found: Diagnostic,
    notes: Sequence[str],
    width: int,
    lines: Lines,
    palette: Palette,
    seen: set[Place] | None = None,
) -> list[str]:
    """What is printed below the message: the place, its lines, and `notes`.

    `seen`  places in other files of which the lines were printed for another finding already, so
            that they are only named; those of this one are added
    """
    files: dict[tuple[str, int | None], list[tuple[Span, str, bool]]] = {
        (found.path, found.cell): [(found.span, found.label, True)]
    }
    for related in found.related:
        spans = files.setdefault((related.path, related.cell), [])
        spans.append((related.span, related.message, False))
    last = max(span.end.line for spans in files.values() for span, _, _ in spans)
    printer = Printer(len(str(last)), width, found.severity, palette)
    indent = " " * printer.gutter
    out: list[str] = []
    open_frame = False
    for (path, cell), spans in files.items():
        if open_frame:
            out.append(printer.frame())
        where = place_of(path, cell, spans[0][0].start)
        out.append(f"{indent}{palette.dim(':::' if out else '-->')} {where}")
        places = {(path, cell, span, label) for span, label, _ in spans}
        known = seen is not None and path != found.path and places <= seen
        if seen is not None:
            seen |= places
        text = None if known else lines(path, cell)
        body = _block(text, spans, printer) if text is not None else []
        if not body:  # the lines cannot be shown; what the other places say still can
            said = [clean(label) for _, label, primary in spans if label and not primary]
            if said:
                out[-1] += f": {'; '.join(said)}"
        out += body
        open_frame = bool(body)
    if open_frame and notes:
        out.append(printer.frame())
    return out + [f"{indent} {palette.dim('=')} {note}" for note in notes]


def _block(
    lines: Sequence[str], spans: Sequence[tuple[Span, str, bool]], printer: Printer
) -> list[str]:
    marks: dict[int, list[Mark]] = {}
    for span, label, primary in spans:
        placed = list(_marks(span, primary, lines))
        if placed:
            placed[-1][1].label = clean(label)
        for number, mark in placed:
            marks.setdefault(number, []).append(mark)
    if not marks:
        return []
    out = [printer.frame()]
    before = 0
    for number in sorted(marks):
        if before and number == before + 2:  # a gap of one line costs no more than the dots
            out += printer.source(before + 1, lines[before], [])
        elif before and number > before + 1:
            out.append(printer.palette.dim("..."))
        for group in _windows(marks[number], printer.width):
            out += printer.source(number, lines[number - 1], group)
        before = number
    return out


def _marks(span: Span, primary: bool, lines: Sequence[str]) -> Iterator[tuple[int, Mark]]:
    """The mark of each line that `span` touches, as far as the text goes."""
    (first, start), (last, end) = span
    for number in range(first, min(last, len(lines)) + 1):
        if last - first >= MOST_LINES and first + 1 < number < last:
            continue
        text = lines[number - 1]
        left = start - 1 if number == first else len(text) - len(text.lstrip())
        right = end - 1 if number == last else len(text.rstrip())
        if number == first or right > left:
            yield number, Mark(left, max(right, left), primary)


def _windows(marks: Sequence[Mark], width: int) -> Iterator[list[Mark]]:
    """Marks of one line, left to right, in groups that one window of the line can show."""
    group: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, not mark.primary)):
        if group and mark.start - group[0].start > width - 2 * MARGIN:
            yield group
            group = []
        group.append(mark)
    yield group
