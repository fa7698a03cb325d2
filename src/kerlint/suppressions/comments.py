"""The real comments of a Python text, each with the statement it stands in."""

from __future__ import annotations

import io
import re
import tokenize

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SKIPPED = frozenset(
    (tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER, tokenize.ENCODING)
)


class Comment:
    """One comment.

    `line`, `column`  where its `#` stands: line from 1, column in characters from 0
    `text`            from the `#` to the end of the line
    `first`, `last`   the lines of the statement it stands in; of the next one if it stands alone
                      between statements; both 0 if there is none
    `alone`           nothing but space is before it on its line
    `outside`         it stands alone between statements
    """

    __slots__ = ("alone", "column", "first", "last", "line", "outside", "text")

    def __init__(self, line: int, column: int, text: str, alone: bool) -> None:
        self.line = line
        self.column = column
        self.text = text
        self.alone = alone
        self.first = 0
        self.last = 0
        self.outside = False


def comments(text: str, wanted: Callable[[str], bool]) -> list[Comment]:
    """The comments of `text` whose words are `wanted`, in order. Strings are no comments.

    A text that Python cannot take apart is read by a simpler eye, which knows strings and comments
    but takes every line for a statement.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        return list(_by_tokens(text, wanted))
    except (SyntaxError, tokenize.TokenError, ValueError, RecursionError):
        return list(_by_eye(text, wanted))


def _by_tokens(text: str, wanted: Callable[[str], bool]) -> Iterator[Comment]:
    lines = text.split("\n")
    waiting: list[Comment] = []
    first = 0  # the line where the statement under way began; 0 between statements
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        kind = token.type
        if kind == tokenize.COMMENT:
            if wanted(token.string):
                line, column = token.start
                comment = Comment(line, column, token.string, not lines[line - 1][:column].strip())
                comment.outside = not first
                waiting.append(comment)
        elif kind == tokenize.NEWLINE:
            for comment in waiting:
                comment.first, comment.last = first, token.start[0]
            yield from waiting
            waiting.clear()
            first = 0
        elif not first and kind not in _SKIPPED:
            first = token.start[0]
    yield from waiting


_HASH = re.compile(r"(?:^|(?<=\s))#.*")


def comments_by_line(text: str, wanted: Callable[[str], bool]) -> list[Comment]:
    """The comments of a text in which each line is a statement: YAML, TOML, INI, Dockerfiles.

    A `#` begins one at the beginning of a line or after a space.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    found = []
    for number, line in enumerate(lines, 1):
        match = _HASH.search(line)
        if match is None or not wanted(match[0]):
            continue
        comment = Comment(number, match.start(), match[0], not line[: match.start()].strip())
        comment.outside = comment.alone
        statement = number
        if comment.alone:
            below = number
            while below < len(lines) and not _is_code(lines[below]):
                below += 1
            statement = below + 1 if below < len(lines) else 0
        comment.first = comment.last = statement
        found.append(comment)
    return found


_PIECE = re.compile(
    r'''"""(?:\\.|[^\\])*?(?:"""|\Z)'''
    r"""|'''(?:\\.|[^\\])*?(?:'''|\Z)"""
    r"""|"(?:\\.|[^"\\\n])*"?"""
    r"""|'(?:\\.|[^'\\\n])*'?"""
    r"""|(?P<comment>\#[^\n]*)""",
    re.DOTALL,
)


def _by_eye(text: str, wanted: Callable[[str], bool]) -> Iterator[Comment]:
    lines = text.split("\n")
    line, seen = 1, 0
    below = 0  # no code stands between the comment that was last alone and this line
    for piece in _PIECE.finditer(text):
        found = piece["comment"]
        if found is None or not wanted(found):
            continue
        line += text.count("\n", seen, piece.start())
        seen = piece.start()
        column = seen - (text.rfind("\n", 0, seen) + 1)
        comment = Comment(line, column, found, not lines[line - 1][:column].strip())
        comment.outside = comment.alone
        statement = line
        if comment.outside:
            statement = max(statement, below)
            while statement < len(lines) and not _is_code(lines[statement]):
                statement += 1
            below = statement
            statement = statement + 1 if statement < len(lines) else 0
        comment.first = comment.last = statement
        yield comment


def _is_code(line: str) -> bool:
    line = line.lstrip()
    return bool(line) and not line.startswith("#")
