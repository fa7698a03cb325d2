"""Where a place in a cell stands in the file on the disk, which holds the cell as JSON."""

from __future__ import annotations

import re

from kerlint.diagnostics import Position, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.source.notebooks.cells import Cell

_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_CHARACTER = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\]",
    re.DOTALL,
)
_LINE_FEED = frozenset(("\\n", "\\u000a", "\\u000A"))
_RETURN = frozenset(("\\r", "\\u000d", "\\u000D"))


def span_on_disk(cell: Cell, span: Span) -> Span:
    """The stretch of the file that holds a stretch of the cell."""
    raw = cell.raw.decode("utf-8", "replace")
    return Span(_place(cell, raw, span.start), _place(cell, raw, span.end))


def _place(cell: Cell, raw: str, position: Position) -> Position:
    offset = _offset(raw, position)
    line, before = cell.place
    newlines = raw.count("\n", 0, offset)
    if newlines:
        before = -(raw.rfind("\n", 0, offset) + 1)
    return Position(line + newlines, before + offset + 1)


def _offset(raw: str, position: Position) -> int:
    """The offset in `raw` of what is written for the character at `position` of the cell.

    A place behind the end of its line is where that line ends.
    """
    line = column = 1
    offset = 0
    returned = False
    for string in _STRING.finditer(raw):
        for match in _CHARACTER.finditer(raw, string.start(1), string.end(1)):
            offset, written = match.start(), match[0]
            if written in _LINE_FEED and returned:  # "\r\n" is one line end
                returned = False
                continue
            if (line, column) >= position:
                return offset
            returned = written in _RETURN
            if not returned and written not in _LINE_FEED:
                column += 1
            elif line == position.line:
                return offset
            else:
                line, column = line + 1, 1
        offset = string.end(1)
    return offset
