"""From offsets in a text to lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right

from kerlint.diagnostics import Position, Span

_END = re.compile(r"\r\n|\r|\n")


class Places:
    """Knows where the lines of `text` begin. Offsets are 0-based and count characters."""

    __slots__ = ("starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(end.end() for end in _END.finditer(text))]

    def position(self, offset: int) -> Position:
        """Line and column of the character at `offset`."""
        line = bisect_right(self.starts, offset)
        return Position(line, offset - self.starts[line - 1] + 1)

    def span(self, start: int, end: int) -> Span:
        """From the character at `start` to just before the one at `end`."""
        return Span(self.position(start), self.position(end))

    def offset(self, line: int, column: int) -> int:
        """The offset of a 0-based line and column."""
        if line >= len(self.starts):
            return len(self.text)
        return min(self.starts[line] + column, len(self.text))


class Malformed(Exception):
    """The text is not in its format. `offset` says from where on."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
