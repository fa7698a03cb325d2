"""What all lines of one shape have in common, looked at once.

A log of a hundred megabytes has a million lines, and most of them differ in their numbers alone: the
time, the step, the bytes. Lines that are the same when every digit is a zero are of one shape. What
stands before the message, whether it is a frame or an exception, and which messages it may be at all
depend on the shape only, since neither what log writers put before a line nor Python's own lines
make a difference between one digit and another.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kerlint.explaining.cleaning import BOX, bare, is_source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kerlint.explaining.messages import Message

ZEROS = bytes.maketrans(b"123456789", b"0" * 9)

LARGEST = 1 << 22
"""Characters of the shapes that are remembered; then all are forgotten."""

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

ANNOUNCES = re.compile(
    r"(?:Exception encountered when calling .*\(\)\.|(?:Exception|Error) encountered:)$"
)
"""How Keras ends a line of its own, before the line that says what went wrong."""

TELLS = "Exception encountered: "
"""How it begins the line that does, below one that says only where."""

WORDS = re.compile(
    r"Error|Exception|Interrupt|Exit|Warning|StackTrace|\.py|Traceback|bove exception"
)
"""What a line holds that is one of Python's own, or of IPython's."""


class Shape(NamedTuple):
    """What is known of a line before it is looked at.

    `start`       where the message begins, after all that log writers put before it
    `candidates`  messages whose text it holds, but for the digits
    `traceback`   a traceback begins here
    `link`        the next traceback belongs to the one before
    `file`        a traceback names a file here
    `frame`       and the line is nothing but that
    `exception`   it reads like the last line of a traceback
    `loose`       it reads so even where none stands before it
    `announces`   the next line says what went wrong
    `tells`       it says what went wrong in the line before
    """

    start: int = 0
    candidates: tuple[Message, ...] = ()
    traceback: bool = False
    link: bool = False
    file: bool = False
    frame: bool = False
    exception: bool = False
    loose: bool = False
    announces: bool = False
    tells: bool = False


DULL = Shape()
"""Of a line that says nothing to anybody."""


class Shapes:
    """The shapes that were seen."""

    def __init__(self, messages: Iterable[Message]) -> None:
        self._table = [(zeroed(one.has), one) for one in messages]
        self._words = {text: _whole_word(text) for text, _ in self._table}
        self._known: dict[str, Shape] = {}
        self._size = 0

    def of(self, lines: list[str]) -> list[Shape]:
        """The shape of each line; none of them holds a line break."""
        keys = zeroed("\n".join(lines)).split("\n")
        known = self._known
        if self._size > LARGEST:
            known.clear()
            self._size = 0
        if new := set(keys).difference(known):
            self._learn(new)
        return [known[key] for key in keys]

    def _learn(self, new: set[str]) -> None:
        together = "\n".join(new)
        self._size += len(together)
        # That a word is not there at all is known at once, and most of the table's are not.
        words = {"", *together.split()}
        held = {text for text, word in self._words.items() if word in words and text in together}
        alive = [(text, one) for text, one in self._table if text in held]
        for key in new:
            hits = tuple([one for text, one in alive if text in key])
            self._known[key] = shape_of(key, hits) if hits or WORDS.search(key) else DULL


def zeroed(text: str) -> str:
    """The text with every digit a zero. By way of bytes, since that is cheap in every script."""
    encoded = text.encode("utf-8", "surrogatepass")
    return encoded.translate(ZEROS).decode("utf-8", "surrogatepass")


def _whole_word(text: str) -> str:
    """A word that stands between two spaces in it, the longest; "" for none."""
    return max(text.split(" ")[1:-1], key=len, default="")


def shape_of(key: str, hits: tuple[Message, ...]) -> Shape:
    """The shape of a line that holds the texts of `hits`."""
    text = bare(key)
    start = len(key.rstrip(BOX)) - len(text)
    if TRACEBACK in key:
        return Shape(start, traceback=True)
    if any(link in key for link in LINKS):
        return Shape(start, link=True)
    frame = text.startswith("File ")
    file = ".py" in key and (frame or text.startswith(("~", "/")) or text[1:3] == ":\\")
    if is_source(text):
        return Shape(start, file=file) if file else DULL
    exception = EXCEPTION.match(text) is not None
    announces = ANNOUNCES.search(text) is not None
    loose = exception and LOOSE.match(text) is not None
    tells = text.startswith(TELLS) and not announces
    if not (hits or file or exception or announces or tells):
        return DULL
    return Shape(
        start,
        hits,
        file=file,
        frame=file and frame,
        exception=exception,
        loose=loose,
        announces=announces,
        tells=tells,
    )
