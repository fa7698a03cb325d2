"""Shell text (POSIX sh, as bash and make's recipes speak it) taken apart into commands and words.

Nothing is expanded: a word whose text depends on an expansion has the text None.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_OPERATOR = re.compile(r"\|\||&&|;;|<<<|<<-?|>>|<&|>&|&>>?|>\||[;&|()<>]")
_ENDING = frozenset({"||", "&&", ";;", ";", "&", "|", "(", ")"})
_MARK = re.compile(r"[A-Za-z_]\w*")
_ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*=")


class Word:
    """One word of a command.

    `text`   with quotes and backslashes resolved; None if it cannot be known
    `raw`    as written
    `start`, `end`  offsets
    """

    __slots__ = ("end", "raw", "start", "text")

    def __init__(self, raw: str, text: str | None, start: int) -> None:
        self.raw = raw
        self.text = text
        self.start = start
        self.end = start + len(raw)

    def __repr__(self) -> str:
        return f"<Word {self.raw!r}>"


class Command:
    """A simple command.

    `words`   of it
    `output`  where its output is redirected to, as written
    `before`  the operators and line ends between the command before it and itself
    """

    __slots__ = ("before", "output", "words")

    def __init__(self) -> None:
        self.words: list[Word] = []
        self.output: list[str] = []
        self.before: list[str] = []


def commands(
    text: str, base: int = 0, unended: list[tuple[int, str]] | None = None
) -> Iterator[Command]:
    """The simple commands of `text` in order; `base` is added to all offsets.

    What is between them (`if`, `then`, `{`, `do`) stands as a word before them; see `words_of`.
    `unended`: gets the offset and the mark of a here-document that goes on to the end of the text.
    """
    command = Command()
    waiting: list[tuple[int, str]] = []  # here-documents that begin on the next line
    redirected = ""
    at, end = 0, len(text)
    while at < end:
        one = text[at]
        if one in " \t\r":
            at += 1
        elif text.startswith(("\\\n", "\\\r\n"), at):
            at += 2 if text[at + 1] == "\n" else 3
        elif one == "\n":
            at += 1
            if waiting:
                for where, mark in waiting:
                    after = _after_document(text, at, mark)
                    if after < 0 and _MARK.fullmatch(mark) and unended is not None:
                        unended.append((base + where, mark))
                        after = end
                    at = after if after >= 0 else at
                waiting = []
            if command.words:
                yield command
                command = Command()
            command.before.append("\n")
            redirected = ""
        elif one == "#":
            at = text.find("\n", at)
            at = end if at < 0 else at
        else:
            operator = _OPERATOR.match(text, at)
            if operator:
                at = operator.end()
                if operator[0] in _ENDING:
                    if command.words:
                        yield command
                        command = Command()
                    command.before.append(operator[0])
                    redirected = ""
                else:
                    redirected = operator[0]
                continue
            stop = _word_end(text, at)
            raw = text[at:stop]
            if redirected in ("<<", "<<-"):
                waiting.append((at, raw.strip("'\"").replace("\\", "")))
            elif redirected:
                if ">" in redirected:
                    command.output.append(raw)
            elif not (raw.isdigit() and text[stop : stop + 1] in ("<", ">") and stop < end):
                command.words.append(Word(raw, plain(raw), base + at))
            redirected = ""
            at = stop
    if command.words:
        yield command


def _after_document(text: str, at: int, mark: str) -> int:
    """After the line that ends a here-document; -1 if there is none."""
    while at < len(text):
        stop = text.find("\n", at)
        line = text[at : stop if stop >= 0 else len(text)]
        at = stop + 1 if stop >= 0 else len(text)
        if line.strip() == mark:
            return at
    return -1


def left_open(raw: str) -> int:
    """Where in a word the quote stands that nothing closes; -1 if there is none."""
    at, end = 0, len(raw)
    while at < end:
        one = raw[at]
        if one in "$`":
            return -1  # what is in there is not known that well
        if one == "\\":
            at += 2
        elif one == "'":
            close = raw.find("'", at + 1)
            if close < 0:
                return at
            at = close + 1
        elif one == '"':
            close = at + 1
            while close < end and raw[close] != '"':
                close += 2 if raw[close] == "\\" else 1
            if close >= end:
                return at
            at = close + 1
        else:
            at += 1
    return -1


def _word_end(text: str, at: int) -> int:
    """Where the word that begins at `at` ends."""
    end = len(text)
    while at < end:
        one = text[at]
        if one == "\\":
            at += 2
        elif one == "'":
            close = text.find("'", at + 1)
            at = end if close < 0 else close + 1
        elif one == '"':
            at = _after_double(text, at + 1)
        elif one == "`":
            close = text.find("`", at + 1)
            at = end if close < 0 else close + 1
        elif text.startswith(("$(", "${"), at):
            at = _after_expansion(text, at)
        elif one in " \t\r\n;&|()<>":
            break
        else:
            at += 1
    return min(at, end)


def _after_double(text: str, at: int) -> int:
    while at < len(text):
        if text[at] == "\\":
            at += 2
        elif text.startswith(("$(", "${"), at):
            at = _after_expansion(text, at)
        elif text[at] == '"':
            return at + 1
        else:
            at += 1
    return len(text)


def _after_expansion(text: str, at: int) -> int:
    """After `$(...)` or `${...}`, which may nest."""
    closing = [")" if text[at + 1] == "(" else "}"]
    at += 2
    while at < len(text) and closing:
        one = text[at]
        if one == "\\":
            at += 1
        elif one == "'":
            close = text.find("'", at + 1)
            at = close if close >= 0 else at
        elif one in "({":
            closing.append(")" if one == "(" else "}")
        elif one == closing[-1]:
            closing.pop()
        at += 1
    return at


def plain(raw: str) -> str | None:
    """The text of a word as the shell sees it; None if something in it is expanded."""
    parts = []
    at, end = 0, len(raw)
    while at < end:
        one = raw[at]
        if one == "'":
            close = raw.find("'", at + 1)
            if close < 0:
                return None
            parts.append(raw[at + 1 : close])
            at = close + 1
        elif one == '"':
            at += 1
            while at < end and raw[at] != '"':
                if raw[at] in "$`":
                    return None
                if raw[at] == "\\" and raw[at + 1 : at + 2] in ("$", "`", '"', "\\", "\n"):
                    at += 1
                    if raw[at] == "\n":
                        at += 1
                        continue
                parts.append(raw[at])
                at += 1
            if at >= end:
                return None
            at += 1
        elif one == "\\":
            following = raw[at + 1 : at + 2]
            if following != "\n":
                parts.append(following or "\\")
            at += 2
        elif one in "$`*?[" or (one == "~" and at == 0):
            return None
        else:
            parts.append(one)
            at += 1
    return "".join(parts)


def assignment(word: Word) -> tuple[str, Word] | None:
    """`NAME=value` as name and the word of the value; None for any other word."""
    match = _ASSIGNMENT.match(word.raw)
    if match is None:
        return None
    raw = word.raw[match.end() :]
    return match[0][:-1], Word(raw, plain(raw), word.start + match.end())
