"""The logical lines of a cell that is not all Python: which are Python, which are for IPython.

Only what stands at the start of a logical line, or right after its first `=`, can be a command for
IPython. A `%` on a line within a string, within brackets or after a backslash is Python.

https://ipython.readthedocs.io/en/stable/config/inputtransforms.html
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

PYTHON = "python"
COMMAND = "command"
"""`%name ...`, `!line`, `?name` and other escapes."""
ASSIGNED = "assigned"
"""`x = %name ...`, `x = !line`."""
HELP = "help"
"""`name?`, `name??`."""

_ESCAPE = re.compile(r"[ \t]*(?:%|!|\?|,(?=\S)|;(?=\S)|/(?=[A-Za-z_]))")
_ASSIGNED = re.compile(r"(?P<left>[^=#!\n]*[^-+*/%&|^@:<>=#!\s\n])[ \t]*=[ \t]*(?=%\w|!)")
_HELP = re.compile(r"(?:^|[\s=(,;!])%{0,2}(?!\d)[\w*]+(?:\.[\w*]+|\[[^\]\n]*\])*\?\??[ \t]*$")
_PIECE = re.compile(
    r"""
    (?P<long>\"\"\"|''')
  | (?P<short>"(?:\\.|[^"\\\n])*(?:"|\\?(?=\n|\Z)) | '(?:\\.|[^'\\\n])*(?:'|\\?(?=\n|\Z)))
  | (?P<comment>\#[^\n]*)
  | (?P<joined>\\\n)
  | (?P<open>[(\[{])
  | (?P<close>[)\]}])
  | (?P<end>\n)
    """,
    re.VERBOSE | re.DOTALL,
)


class Statement:
    """One logical line.

    `kind`   one of PYTHON, COMMAND, ASSIGNED, HELP
    `start`, `end`  offsets in the text, without the line end
    `at`     where the command begins: after the indentation, or after `x = `
    """

    __slots__ = ("at", "end", "kind", "start")

    def __init__(self, kind: str, start: int, end: int, at: int) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.at = at


def statements(text: str) -> Iterator[Statement]:
    """The logical lines of `text` from top to bottom. Never fails."""
    start = 0
    while start <= len(text):
        escape = _ESCAPE.match(text, start)
        assigned = None if escape else _ASSIGNED.match(text, start)
        if escape:
            end = _continued(text, start)
            yield Statement(COMMAND, start, end, escape.start() + _indent(escape[0]))
        elif assigned and _is_whole(assigned["left"]):
            end = _continued(text, start)
            yield Statement(ASSIGNED, start, end, assigned.end())
        else:
            end = _python_end(text, start)
            line = text[start:end]
            kind = HELP if "?" in line and "\n" not in line and _asks(line) else PYTHON
            yield Statement(kind, start, end, start + _indent(line))
        start = end + 1


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def _is_whole(left: str) -> bool:
    """Whether what is assigned to is no part of a string or a call."""
    return (
        left.count("(") == left.count(")")
        and left.count("[") == left.count("]")
        and left.count('"') % 2 == 0
        and left.count("'") % 2 == 0
    )


def _asks(line: str) -> bool:
    return bool(_HELP.search(line)) and not any(piece["comment"] for piece in _PIECE.finditer(line))


def _continued(text: str, start: int) -> int:
    """The end of a line, and of those that a backslash joins to it."""
    while True:
        end = text.find("\n", start)
        if end < 0:
            return len(text)
        if text[end - 1] != "\\":
            return end
        start = end + 1


def _python_end(text: str, start: int) -> int:
    """The end of the Python statement that begins at `start`."""
    depth = 0
    at = start
    while True:
        piece = _PIECE.search(text, at)
        if piece is None:
            return len(text)
        at = piece.end()
        kind = piece.lastgroup
        if kind == "long":
            at = _long_end(text, at, piece["long"])
        elif kind == "open":
            depth += 1
        elif kind == "close":
            depth = max(depth - 1, 0)
        elif kind == "end" and not depth:
            return piece.start()


def _long_end(text: str, at: int, quotes: str) -> int:
    while True:
        end = text.find(quotes, at)
        if end < 0:
            return len(text)
        before = end
        while text[before - 1] == "\\":
            before -= 1
        if (end - before) % 2 == 0:
            return end + 3
        at = end + 1
