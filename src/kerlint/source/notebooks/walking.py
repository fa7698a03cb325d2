"""A way through the bytes of a JSON text that builds only what is asked for.

Most of a notebook are its outputs. A JSON reader would build them all, in several times the memory
of the file; here they are stepped over: a stretch of bytes is cut at its quotes, and only the
brackets outside of strings are counted. What is stepped over is not examined; what is asked for is
handed to Python's own JSON reader.
"""

from __future__ import annotations

import json
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_SPACE = re.compile(rb"[ \t\n\r]*")
_SCALAR = re.compile(rb"true|false|null|NaN|-?Infinity|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_BRACKET = re.compile(rb"[\[\]{}]")

_FIRST, _LARGEST = 256, 1 << 16
"""Bytes of the first and of the largest stretch that is looked at in one go."""


class Malformed(Exception):
    """The bytes are no JSON, or not of the shape that was expected. `offset` is in bytes."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


class Walker:
    """Stands at a byte of a JSON text and goes on from value to value."""

    __slots__ = ("at", "data")

    def __init__(self, data: bytes, at: int = 0) -> None:
        self.data = data
        self.at = at
        self.space()

    def space(self) -> None:
        """Go on to what is no white space."""
        match = _SPACE.match(self.data, self.at)
        assert match is not None
        self.at = match.end()

    def peek(self) -> bytes:
        """The byte that is here, b"" at the end."""
        return self.data[self.at : self.at + 1]

    def members(self) -> Iterator[str]:
        """The keys of the object that is here; each time, the walker stands at the value.

        A value that is left alone is stepped over.
        """
        self._open(b"{", "an object")
        while self.peek() != b"}":
            if self.peek() != b'"':
                raise self.lost("a name in double quotes is missing")
            key = self.value()
            self.space()
            if self.peek() != b":":
                raise self.lost("a colon is missing")
            self.at += 1
            self.space()
            start = self.at
            yield key
            if self.at == start:
                self.skip()
            self._next(b"}")
        self.at += 1

    def elements(self) -> Iterator[int]:
        """The places of the elements of the array that is here, like `members`."""
        self._open(b"[", "an array")
        while self.peek() != b"]":
            start = self.at
            yield start
            if self.at == start:
                self.skip()
            self._next(b"]")
        self.at += 1

    def _open(self, bracket: bytes, what: str) -> None:
        if self.peek() != bracket:
            raise self.lost(f"{what} is missing")
        self.at += 1
        self.space()

    def _next(self, close: bytes) -> None:
        """To the next member or element, or to the end of the container."""
        self.space()
        found = self.peek()
        if found == b",":
            self.at += 1
            self.space()
            if self.peek() == close:
                raise self.lost("there is a comma too much")
        elif found != close:
            raise self.lost("a comma is missing")

    def lost(self, message: str) -> Malformed:
        """What is wrong here; or that the text ends."""
        if self.at >= len(self.data):
            message = "it ends too early"
        return Malformed(message, self.at)

    def value(self) -> Any:
        """The value that is here, built."""
        start = self.at
        self.skip()
        return built(self.data, start, self.at)

    def skip(self) -> None:
        """Step over the value that is here."""
        first = self.peek()
        if first == b'"':
            self.at = _string_end(self.data, self.at)
        elif first in (b"[", b"{") and first:
            self.at = _container_end(self.data, self.at)
        else:
            match = _SCALAR.match(self.data, self.at)
            if match is None:
                raise self.lost("a value is missing")
            self.at = match.end()


def built(data: bytes, start: int, end: int) -> Any:
    """The value in a stretch of bytes. Raises Malformed."""
    try:
        return json.loads(data[start:end].decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Malformed("it is no UTF-8 text", start + error.start) from None
    except json.JSONDecodeError as error:
        before = len(error.doc[: error.pos].encode("utf-8", "surrogatepass"))
        raise Malformed(error.msg[:1].lower() + error.msg[1:], start + before) from None
    except RecursionError:
        raise Malformed("it is nested too deeply", start) from None


def _string_end(data: bytes, at: int) -> int:
    """The offset after the string whose first quote is at `at`."""
    end = at
    while True:
        end = data.find(b'"', end + 1)
        if end < 0:
            raise Malformed("it ends within a string", at)
        before = end
        while data[before - 1] == 0x5C:
            before -= 1
        if (end - before) % 2 == 0:
            return end + 1


_BRACKETS = bytes.maketrans(b"{}", b"[]")
_REST = bytes(set(range(256)) - set(b'[]{}"'))
_DEEPEST = 64


def _container_end(data: bytes, at: int) -> int:
    """The offset after the array or object that begins at `at`."""
    depth = 0
    within = 0  # 1 in a string
    size = _FIRST
    start = at
    length = len(data)
    while at < length:
        stop = min(at + size, length)
        while stop < length and data[stop - 1] == 0x5C:
            stop += 1  # what a backslash escapes belongs to it
        piece = data[at:stop]
        if b"\\" in piece:
            piece = piece.replace(b"\\\\", b"..").replace(b'\\"', b"..")
        closing, opening = _unmatched(piece, within) if depth else (0, 0)
        if closing >= depth:
            depth, end = _counted(piece.split(b'"'), within, depth)
            if end >= 0:
                return at + end
        else:
            depth += opening - closing
        within ^= piece.count(b'"') & 1
        at = stop
        size = min(size * 4, _LARGEST)
    raise Malformed("a bracket is not closed", start)


def _unmatched(piece: bytes, within: int) -> tuple[int, int]:
    """How many brackets `piece` closes that it did not open, and opens that it does not close.

    Only the first number is too large if the brackets are nested very deeply.
    """
    marks = piece.translate(_BRACKETS, _REST)
    # Two quotes with nothing of interest between them are a string, or stand between two strings:
    # without them, what is outside of strings stays outside.
    marks = (b'"' * within + marks).replace(b'""', b"")
    brackets = b"".join(marks.split(b'"')[::2])
    for _ in range(_DEEPEST):
        if b"[]" not in brackets:
            break
        brackets = brackets.replace(b"[]", b"")
    return brackets.count(b"]"), brackets.count(b"[")


def _counted(parts: list[bytes], within: int, depth: int) -> tuple[int, int]:
    """The depth after `parts`, and the offset after the bracket that makes it zero, or -1."""
    at = 0
    for number, part in enumerate(parts):
        if number % 2 == within:
            for match in _BRACKET.finditer(part):
                depth += 1 if match[0] in b"[{" else -1
                if depth == 0:
                    return 0, at + match.end()
        at += len(part) + 1
    return depth, -1
