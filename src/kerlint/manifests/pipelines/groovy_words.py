"""A Groovy text as words: names, strings with their places, and the brackets between them."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(
    r"""
    (?P<comment>//[^\n]*|/\*.*?(?:\*/|\Z)|\A\#![^\n]*)
    | (?P<long>\'\'\'(?:\\.|[^\\])*?\'\'\'|\"\"\"(?:\\.|[^\\])*?\"\"\")
    | (?P<open>\'\'\'|\"\"\")
    | (?P<text>'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*")
    | (?P<name>[A-Za-z_]\w*)
    | (?P<sign>[{}()\[\].,:;=+])
    """,
    re.VERBOSE | re.DOTALL,
)


class GroovyWord:
    """One word.

    `kind`   `name`, `text` (a string), `sign`, or `open` (a string that is never closed)
    `text`   as written; of a string what is between its quotes
    `start`  offset of `text`
    `filled`  whether `${...}` in a string is filled in
    """

    __slots__ = ("filled", "kind", "start", "text")

    def __init__(self, kind: str, text: str, start: int, filled: bool = False) -> None:
        self.kind = kind
        self.text = text
        self.start = start
        self.filled = filled

    def __repr__(self) -> str:
        return f"<GroovyWord {self.kind} {self.text!r}>"


def words(text: str) -> Iterator[GroovyWord]:
    """The words in order; what is none is passed over."""
    for found in _WORD.finditer(text):
        kind = found.lastgroup or ""
        if kind == "comment":
            continue
        if kind in ("text", "long"):
            width = 3 if kind == "long" else 1
            inner = found[0][width:-width]
            yield GroovyWord("text", inner, found.start() + width, found[0][0] == '"')
        else:
            yield GroovyWord(kind, found[0], found.start())
            if kind == "open":
                return
