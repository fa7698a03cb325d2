"""A requirements file taken apart into logical lines, as pip does it.

https://pip.pypa.io/en/stable/reference/requirements-file-format/
"""

from __future__ import annotations

import re
from bisect import bisect_right

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

VARIABLE = re.compile(r"\$\{[A-Z0-9_]+\}")
"""What pip replaces by the value of an environment variable, if there is one."""


class Line:
    """A logical line: lines that end in a backslash are joined with what follows.

    `text`  without its comment and the space around it; never empty
    """

    __slots__ = ("_first", "_offsets", "_starts", "text")

    def __init__(self, text: str, first: int, starts: list[int], offsets: list[int]) -> None:
        self.text = text
        self._first = first
        self._starts = starts
        self._offsets = offsets

    def offset(self, index: int) -> int:
        """Where the character `index` of `text` stands in the file."""
        at = index + self._first
        piece = bisect_right(self._starts, at) - 1
        return self._offsets[piece] + at - self._starts[piece]

    def moved(self, by: int) -> Line:
        """The same line in a text that stands further on in the file."""
        return Line(self.text, self._first, self._starts, [one + by for one in self._offsets])

    def within(self, start: int, end: int) -> Line:
        """The same line where only is known from where to where it stands in the file."""
        return _Within(self.text, start, end)

    def range(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the file of `text[start:end]`, which is not empty."""
        return self.offset(start), self.offset(max(end - 1, start)) + 1


class _Within(Line):
    """A line whose characters have no places of their own."""

    __slots__ = ("_place",)

    def __init__(self, text: str, start: int, end: int) -> None:
        super().__init__(text, 0, [0], [start])
        self._place = (start, max(end, start + 1))

    def range(self, start: int, end: int) -> tuple[int, int]:
        return self._place


def lines(text: str) -> Iterator[Line]:
    """Every logical line that holds something."""
    pieces: list[str] = []
    offsets: list[int] = []
    at = 0
    for whole in text.splitlines(keepends=True):
        line = whole.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029") if whole else whole
        start, at = at, at + len(whole)
        comment = line.lstrip()[:1] == "#"
        if line.endswith("\\") and not comment:
            inner = line.lstrip("\\")
            pieces.append(inner.rstrip("\\"))
            offsets.append(start + len(line) - len(inner))
            continue
        if not pieces and (comment or not line):
            continue
        if comment:
            line, start = f" {line}", start - 1
        pieces.append(line)
        offsets.append(start)
        found = _line(pieces, offsets)
        pieces, offsets = [], []
        if found:
            yield found
    if pieces:
        found = _line(pieces, offsets)
        if found:
            yield found


def _line(pieces: list[str], offsets: list[int]) -> Line | None:
    if len(pieces) == 1:
        whole, starts = pieces[0], [0]
    else:
        whole, starts, length = "".join(pieces), [], 0
        for piece in pieces:
            starts.append(length)
            length += len(piece)
    bare = _without_comment(whole).rstrip()
    text = bare.lstrip()
    return Line(text, len(bare) - len(text), starts, offsets) if text else None


def _without_comment(line: str) -> str:
    at = line.find("#")
    while at > 0 and not line[at - 1].isspace():
        at = line.find("#", at + 1)
    return line if at < 0 else line[:at]
