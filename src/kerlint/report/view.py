"""One source line as it is printed: cropped if it is long, tabs expanded, columns known."""

from __future__ import annotations

from kerlint.report.text import TAB, glyph

MARGIN = 20
"""Characters to keep before a mark when a long line is cropped."""

DOTS = "..."


class View:
    """The printed `text` of a line and where each of its characters stands in it."""

    __slots__ = ("_columns", "_high", "_low", "text")

    def __init__(self, line: str, start: int, end: int, width: int) -> None:
        """Show `line`, or a window of about `width` characters in which the 0-based characters
        from `start` on are seen, up to `end` if that is near.
        """
        self._low, self._high = 0, len(line)
        if len(line) > width:
            if min(end, start + width // 2) > width - len(DOTS):
                self._low = max(0, start - MARGIN)
            self._high = min(len(line), self._low + width)
        cells = [DOTS] if self._low else []
        column = len(DOTS) if self._low else 0
        self._columns = []
        for char in line[self._low : self._high]:
            self._columns.append(column)
            if char == "\t":
                shown, wide = " " * (TAB - column % TAB), TAB - column % TAB
            else:
                shown, wide = glyph(char)
            cells.append(shown)
            column += wide
        self._columns.append(column)
        if self._high < len(line):
            cells.append(DOTS)
        self.text = "".join(cells).rstrip(" ")

    def column(self, character: int) -> int:
        """The 0-based printed column of a 0-based character, clamped to what is shown."""
        return self._columns[min(max(character, self._low), self._high) - self._low]
