"""A stream of text to the lines that mean something.

A log may have a hundred megabytes: it is read in blocks, a block in which no text of the table
occurs is passed over, and of what repeats itself only the count is kept.
"""

from __future__ import annotations

import re
from collections import deque
from typing import NamedTuple

from kerlint.explaining.cleaning import clean, is_source, plain
from kerlint.explaining.messages import Message, all_messages

BLOCK = 1 << 18
"""Characters that are looked at in one go."""

LONGEST = 1 << 16
"""Characters of a line without an end: longer ones are cut."""

KEPT = 2000
"""Lines that are kept from the beginning, and as many from the end."""

TAIL = 60
"""Lines after the last frame of a traceback that may still be the exception's own message."""

TRACEBACK = "Traceback (most recent call last)"
LINKS = (
    "During handling of the above exception",
    "The above exception was the direct cause",
)
EXCEPTION = re.compile(
    r"(?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:Error|Exception|Interrupt|Exit|Warning|StackTrace)\b(?!\s+Traceback)"
)
LOOSE = re.compile(r"(?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:Error|Exception|StackTrace): ")
"""An exception outside of a traceback: people paste only the end of it."""

ERRORS = ("Error: ", "Exception: ", "StackTrace: ")
"""What a block holds that has one."""


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
        self._messages = all_messages()
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
        self._loose: deque[tuple[int, str]] = deque(maxlen=TAIL)

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
        return Seen([*self._first, *self._last], self._counts, self._number, self._last_loose())

    def _note_loose(self, lines: list[str]) -> None:
        """Lines up to the one that was counted last: which may be exceptions?"""
        for number, line in enumerate(lines, self._number - len(lines) + 1):
            if any(mark in line for mark in ERRORS):
                self._loose.append((number, line))

    def _last_loose(self) -> Line | None:
        """The last exception near the end that no traceback belongs to."""
        for number, line in reversed(self._loose):
            if self._number - number <= TAIL and LOOSE.match(text := clean(line)):
                return None if is_source(text) else Line(number, text, None)
        return None

    def _block(self, block: str) -> None:
        # Colours may stand in the middle of a message: `ValueError` red, what it says not.
        block = plain(block)
        alive = [one for one in self._messages if one.has in block]
        if not alive and not any(mark in block for mark in (TRACEBACK, *LINKS)) and not self._chain:
            self._number += block.count("\n") or 1
            if any(mark in block for mark in ERRORS):
                self._note_loose(block.removesuffix("\n").split("\n")[-TAIL:])
            return
        for line in block.removesuffix("\n").split("\n"):
            self._number += 1
            # Progress bars write over their own line.
            for part in line.split("\r") if "\r" in line else (line,):
                self._line(part[:LONGEST], alive)

    def _line(self, line: str, alive: list[Message]) -> None:
        if self._structure(line):
            self._chain_end = self._number + TAIL
            return
        if self._number > self._chain_end:
            self._chain = 0
        hits = [one for one in alive if one.has in line]
        if not hits and not self._chain:
            self._note_loose([line])
            return
        text = clean(line)
        if is_source(text):
            return
        for one in hits:
            if (message := one.match(text, self._file)) is not None:
                self._keep(Line(self._number, text, message, self._chain))
                return
        if self._chain and EXCEPTION.match(text):
            self._keep(Line(self._number, text, None, self._chain))

    def _structure(self, line: str) -> bool:
        """Follow the chains of tracebacks; True where the line is a part of their frame."""
        if TRACEBACK in line:
            if not self._linked:
                self._chains += 1
            self._chain, self._linked, self._file = self._chains, False, ""
            return True
        if any(link in line for link in LINKS):
            self._linked = True
            return True
        if self._chain and ".py" in line:
            text = clean(line)
            if text.startswith(("File ", "~", "/")) or text[1:3] == ":\\":
                self._file = text.replace("\\", "/")
                return text.startswith("File ")
        return False

    def _keep(self, line: Line) -> None:
        if line.message is not None:
            count = self._counts[line.message.id] = self._counts.get(line.message.id, 0) + 1
            if line.message.kind == "harmless" and count > 1:
                return
        if len(self._first) < KEPT:
            self._first.append(line)
        else:
            self._last.append(line)
