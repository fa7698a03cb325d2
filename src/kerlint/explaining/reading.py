"""A stream of text to the lines that mean something.

A log may have a hundred megabytes: it is read in blocks, what lines of one shape have in common is
looked at once (`shapes`), and of what repeats itself only the count is kept.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from kerlint.explaining.cleaning import BOX, DIVIDED, bare, parts, plain
from kerlint.explaining.messages import Message, all_messages
from kerlint.explaining.shapes import DULL, Shape, Shapes

if TYPE_CHECKING:
    from collections.abc import Iterable

BLOCK = 1 << 18
"""Characters that are looked at in one go."""

LONGEST = 1 << 16
"""Characters of a line without an end: longer ones are cut."""

KEPT = 2000
"""Lines that are kept from the beginning, and as many from the end."""

TAIL = 60
"""Lines after the last frame of a traceback that may still be the exception's own message."""


class Line(NamedTuple):
    """A line of the log: its number (1-based), the cleaned text, and what it is.

    `message`  None for an exception that the table does not have
    `chain`    number of the chain of tracebacks it belongs to; 0 outside of them
    """

    number: int
    text: str
    message: Message | None
    chain: int = 0


class Seen(NamedTuple):
    """What was read.

    `counts`  how often each message came, by id
    `loose`   an exception near the end that no traceback belongs to
    """

    lines: list[Line]
    counts: dict[str, int]
    read: int
    loose: Line | None = None


class Reader:
    """Takes a log piece by piece."""

    def __init__(self) -> None:
        self._shapes = Shapes(all_messages())
        self._rest = ""
        self._number = 0
        self._first: list[Line] = []
        self._last: deque[Line] = deque(maxlen=KEPT)
        self._counts: dict[str, int] = {}
        self._chain = 0
        self._chains = 0
        self._chain_end = 0
        self._linked = False
        self._file = ""
        self._loose: Line | None = None
        self._announced: Line | None = None
        self._last_unknown: Line | None = None

    def feed(self, text: str) -> None:
        """The next piece, ending anywhere."""
        for start in range(0, len(text), BLOCK):
            block = self._rest + text[start : start + BLOCK]
            end = block.rfind("\n") + 1
            if not end and len(block) > LONGEST:
                end = len(block)
            self._rest = block[end:]
            if end:
                self._block(block[:end])

    def end(self) -> Seen:
        """There is no more: what was seen."""
        if self._rest:
            self._block(self._rest)
            self._rest = ""
        if self._announced is not None:
            self._keep_unknown(self._announced)
        loose = self._loose
        if loose is not None and self._number - loose.number > TAIL:
            loose = None
        lines = [
            line if line.message is None else line._replace(message=line.message.filled(line.text))
            for line in (*self._first, *self._last)
        ]
        return Seen(lines, self._counts, self._number, loose)

    def _block(self, block: str) -> None:
        # Colours may stand in the middle of a message: `ValueError` red, what it says not.
        block = plain(block).replace("\r\n", "\n").removesuffix("\n")
        lines = block.split("\n")
        numbers: Iterable[int] = range(self._number + 1, self._number + 1 + len(lines))
        self._number += len(lines)
        if any(mark in block for mark in DIVIDED):
            pieces = [
                (n, part) for n, line in zip(numbers, lines, strict=True) for part in parts(line)
            ]
            numbers, lines = [n for n, _ in pieces], [part for _, part in pieces]
        if len(block) > LONGEST:
            lines = [line[:LONGEST] for line in lines]
        for number, line, shape in zip(numbers, lines, self._shapes.of(lines), strict=True):
            if self._announced is not None and line.strip(BOX):
                self._announcement(number, line)
            elif shape is not DULL:
                self._line(number, line, shape)

    def _announcement(self, number: int, line: str) -> None:
        """What went wrong, told below a line that says only where: as if it stood in that line."""
        assert self._announced is not None
        kind, self._announced = self._announced.text.partition(":")[0], None
        whole = f"{kind}: {bare(line)}"
        self._line(number, whole, self._shapes.of([whole])[0])

    def _line(self, number: int, line: str, shape: Shape) -> None:
        if self._structure(number, line, shape):
            self._chain_end = number + TAIL
            return
        text = line[shape.start :].rstrip(BOX)
        if shape.tells and self._last_unknown is not None:
            self._announced = self._last_unknown
            self._announcement(number, text.partition(": ")[2])
            return
        for message in shape.candidates:
            if message.fits(text, self._file):
                self._keep(Line(number, text, message, self._chain))
                return
        if shape.exception and (self._chain or shape.loose):
            unknown = Line(number, text, None, self._chain)
            if shape.announces:
                self._announced = unknown
            else:
                self._keep_unknown(unknown)
        elif shape.announces:
            self._announced = self._last_unknown

    def _structure(self, number: int, line: str, shape: Shape) -> bool:
        """Follow the chains of tracebacks; True where the line is a part of their frame."""
        if number > self._chain_end:
            self._chain = 0
        if shape.traceback:
            if not self._linked:
                self._chains += 1
            self._chain, self._linked, self._file = self._chains, False, ""
            return True
        if shape.link:
            self._linked = True
            return True
        if self._chain and shape.file:
            self._file = line[shape.start :].rstrip(BOX).replace("\\", "/")
            return shape.frame
        return False

    def _keep_unknown(self, line: Line) -> None:
        self._last_unknown = line
        if line.chain:
            self._keep(line)
        else:
            self._loose = line

    def _keep(self, line: Line) -> None:
        if line.message is not None:
            count = self._counts[line.message.id] = self._counts.get(line.message.id, 0) + 1
            if line.message.kind == "harmless" and count > 1:
                return
        if len(self._first) < KEPT:
            self._first.append(line)
        else:
            self._last.append(line)
