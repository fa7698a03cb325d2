"""TOML in which an array or table is never closed: where the bracket belongs, so that the rest of
the file can be read.

    dependencies = [
        "keras==3.9.0",

    [tool.ruff]          # tomllib takes this for an element

The bracket is put behind the last element, at the end of its line: no place changes.
"""

from __future__ import annotations

import re

_PIECE = re.compile(
    r'''(?P<text>"""(?:[^\\]|\\.)*?"""|\'\'\'.*?\'\'\'|"(?:[^"\\\r\n]|\\.)*"|'[^'\r\n]*')'''
    r"""|(?P<comment>\#[^\r\n]*)|(?P<end>\r?\n)|(?P<bracket>[\[\]{}])|(?P<other>[^\s"'#\[\]{}]+|["'][^\r\n]*)""",
    re.DOTALL,
)
_HEADER = re.compile(r"[ \t]*\[\[?[ \t]*[\w\"'][^\[\]\r\n,]*\]\]?[ \t]*(?:#[^\r\n]*)?(?=\r?\n|$)")
_ENTRY = re.compile(r"[ \t]*[\w.\"'-]+[ \t]*=(?!=)")
_CLOSES = {"[": "]", "{": "}"}


def with_brackets(text: str, fault: int) -> tuple[int, str] | None:
    """Where what is left open at the line of the fault should have ended, and the text with that.

    `fault`  the offset at which tomllib stumbled
    None where nothing is open there, or the line does not begin something new.
    """
    line = text.rfind("\n", 0, fault) + 1
    inline = False
    if fault >= len(text.rstrip()) - 1:
        line = len(text)
    elif text[fault] in "\r\n":
        line, inline = fault, True  # `{` has to end on its line
    elif not _begins(text, line):
        return None
    opened: list[str] = []
    begins, last = True, 0
    for piece in _PIECE.finditer(text, 0, line):
        kind = piece.lastgroup
        if _opens(piece, text):
            return None
        if kind == "end":
            begins = not opened
            continue
        if kind == "comment":
            continue
        if kind == "bracket" and piece[0] in "[{":
            if begins and not opened:
                # The header of a table.
                opened.append("header")
            opened.append(_CLOSES[piece[0]])
        elif kind == "bracket":
            if not opened or opened.pop() != piece[0]:
                return None
            if opened == ["header"]:
                opened.pop()
        begins, last = False, piece.end()
    if not opened or "header" in opened or (inline and opened[-1] != "}"):
        return None
    return last, text[:last] + "".join(reversed(opened)) + text[last:]


def _begins(text: str, line: int) -> bool:
    """Whether a table or an entry begins on the line."""
    return bool(_HEADER.match(text, line) or _ENTRY.match(text, line))


def open_string(text: str) -> int:
    """The offset of three quotes that are never closed; -1 if there are none."""
    for piece in _PIECE.finditer(text):
        if _opens(piece, text):
            return piece.start()
    return -1


def _opens(piece: re.Match[str], text: str) -> bool:
    """Whether it is the first two of three quotes that are never closed."""
    return piece[0] in ('""', "''") and text[piece.end() : piece.end() + 1] == piece[0][0]
