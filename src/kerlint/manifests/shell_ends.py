"""What a shell script opens and never closes: `if` without `fi`, `$(`, a quote.

bash refuses such a script when it comes to its end, and what it has read until then it may have
run. Only what is certain is told: of a text that is not taken apart for sure, nothing.

https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_10
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

LONGEST = 100_000
"""Characters of a script above which it is not looked at."""
DEEPEST = 40
"""Nesting of substitutions above which it is not looked at."""

_PLAIN = re.compile(r"[^\s'\"`$\\;&|()<>]+")
_BLANK = re.compile(r"(?:[ \t\r]|\\\r?\n)+")
_OPERATOR = re.compile(r";;&|;;|;&|&&|\|\||\|&|[;&|\n]")
_REDIRECTION = re.compile(r"<<<|<<-?|>>|<&|>&|&>>?|>\||<>|[<>]")
_SUBSTITUTION = re.compile(r"[<>]\(")
_REGEX_END = re.compile(r"\s\]\](?=[\s;&|)]|$)")
_OTHER_SHELL = re.compile(r"\s*#!(?![^\n]*\b(?:ba|da|a|k)?sh\b)")
_TEMPLATE = re.compile(r"\{%|\{\{|<%|%>")
_CLOSED_BY = {"if": "fi", "while": "done", "until": "done", "for": "done", "select": "done"}
_CLOSED_BY.update({"case": "esac", "{": "}", "(": ")"})
_CLOSING = frozenset(_CLOSED_BY.values()) - {")"}
_AFTER = {"then": ("if",), "elif": ("if",), "else": ("if",), "do": ("while", "until", "for")}
_ON = frozenset({"!", "time", "coproc"})


def opened_and_not_closed(text: str) -> tuple[int, str] | None:
    """Where the last thing begins that is never closed, and what a person is told of it."""
    if len(text) > LONGEST or _OTHER_SHELL.match(text) or _TEMPLATE.search(text):
        return None
    scanner = _Scanner(text)
    try:
        scanner.commands(0, "", 0)
    except _Unsure:
        return None
    except _Open as found:
        return found.offset, found.message
    return None


class _Unsure(Exception):
    """The text is of a kind that is not taken apart here."""


class _Open(Exception):
    def __init__(self, offset: int, message: str) -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message


class _Scanner:
    """Walks over a script. `documents`: marks of the here-documents that begin on the next line."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.documents: list[str] = []

    def commands(self, at: int, until: str, depth: int) -> int:
        """Over commands to the end of the text, or to after `until`."""
        if depth > DEEPEST:
            raise _Unsure
        text, end = self.text, len(self.text)
        opened: list[tuple[str, int]] = []
        starts, pattern = True, False
        before = ""
        while at < end:
            blank = _BLANK.match(text, at)
            if blank:
                at = blank.end()
                before = "" if before[-1:] == "=" else before
                continue
            one = text[at]
            operator = _OPERATOR.match(text, at)
            if one == "#":
                at = self._line_end(at)
            elif text.startswith("&>", at) or (one in "<>" and not _SUBSTITUTION.match(text, at)):
                at = self._redirected(at, depth)
            elif operator:
                at = operator.end()
                if one == "\n":
                    at = self._after_documents(at)
                top = opened[-1][0] if opened else ""
                pattern = pattern or (top == "case" and operator[0] in (";;", ";&", ";;&"))
                starts, before = True, ""
            elif one == "(":
                at, starts = self._bracket(at, starts, pattern, before, opened, depth)
            elif one == ")":
                at += 1
                if pattern:
                    pattern, starts = False, True
                elif opened and opened[-1][0] == "(":
                    opened.pop()
                    starts = True
                elif until == ")" and not opened:
                    return at
                else:
                    raise _Unsure
            else:
                start = at
                at = self._word(at, depth)
                word = text[start:at]
                if pattern and word != "esac":
                    before = word
                    continue
                starts, pattern = self._keyword(word, start, starts, pattern, before, opened)
                if starts and word == "[[":
                    at, starts = self._test(at), False
                before = word
        if opened:
            name, offset = opened[-1]
            raise _Open(offset, f"the `{name}` is never closed: `{_CLOSED_BY[name]}` is missing")
        if until:
            raise _Open(-1, "")
        return at

    def _keyword(
        self,
        word: str,
        start: int,
        starts: bool,
        pattern: bool,
        before: str,
        opened: list[tuple[str, int]],
    ) -> tuple[bool, bool]:
        """Whether a command starts after the word, and whether a pattern of `case` does."""
        top = opened[-1][0] if opened else ""
        if word == "in" and top == "case" and not starts:
            return False, True
        if not starts:
            return before == "function", False
        if word in _CLOSED_BY and word != "(":
            opened.append((word, start))
            return word not in ("for", "select", "case"), False
        if word in _AFTER:
            if top not in _AFTER[word] and not (word == "do" and top == "select"):
                raise _Unsure
            return True, False
        if word in _CLOSING:
            if _CLOSED_BY.get(top) != word:
                what = f"the `{top}` is still open" if top else "nothing is open"
                raise _Open(start, f"`{word}` does not belong here: {what}")
            opened.pop()
            return True, False
        if word == "function":
            return False, False
        assigns = re.match(r"\w+(?:\[[^\]]*\])?\+?=", word) is not None
        return word in _ON or word == "[[" or assigns, False

    def _bracket(
        self,
        at: int,
        starts: bool,
        pattern: bool,
        before: str,
        opened: list[tuple[str, int]],
        depth: int,
    ) -> tuple[int, bool]:
        """After an opening bracket, or what it opens; and whether a command starts there."""
        text = self.text
        if pattern:
            return at + 1, starts  # `(a|b)` of a case
        empty = re.compile(r"\(\s*\)").match(text, at)
        if empty and before:
            return empty.end(), True  # a function
        if before[-1:] == "=":
            return self._array(at, depth), True
        if text.startswith("((", at) and (starts or before == "for"):
            return self._arithmetic(at), False
        if not starts:
            raise _Unsure
        opened.append(("(", at))
        return at + 1, True

    def _array(self, start: int, depth: int) -> int:
        """After `(a b c)`."""
        at = start + 1
        while at < len(self.text):
            one = self.text[at]
            if one == ")":
                return at + 1
            if one.isspace():
                at += 1
            elif one == "#":
                at = self._line_end(at)
            elif one in ";&|(<>":
                raise _Unsure
            else:
                at = self._word(at, depth)
        raise _Open(start, "the `(` is never closed: `)` is missing")

    def _arithmetic(self, at: int) -> int:
        """After `((...))` or the same after a `$`."""
        deep, start = 0, at
        while at < len(self.text):
            one = self.text[at]
            if one in "'\"`":
                raise _Unsure
            deep += (one == "(") - (one == ")")
            at += 1
            if not deep:
                return at
        raise _Open(start, "the `((` is never closed: `))` is missing")

    def _test(self, at: int) -> int:
        """After the `]]` of `[[ ... ]]`."""
        found = _REGEX_END.search(self.text, at)
        if found is None or "\n" in self.text[at : found.start()]:
            raise _Unsure
        return found.end()

    def _redirected(self, at: int, depth: int) -> int:
        """After `> file` or `<< EOF`."""
        operator = _REDIRECTION.match(self.text, at)
        if operator is None:
            raise _Unsure
        at = operator.end()
        if operator[0] not in ("<<", "<<-"):
            return at
        blank = _BLANK.match(self.text, at)
        start = blank.end() if blank else at
        at = self._word(start, depth)
        self.documents.append(re.sub(r"['\"\\]", "", self.text[start:at]))
        return at

    def _after_documents(self, at: int) -> int:
        """After the here-documents that begin on this line."""
        for mark in self.documents:
            while True:
                if at >= len(self.text):
                    raise _Unsure
                end = self._line_end(at)
                line = self.text[at:end]
                at = end + 1
                if line.strip() == mark:
                    break
        self.documents = []
        return at

    def _line_end(self, at: int) -> int:
        found = self.text.find("\n", at)
        return found if found >= 0 else len(self.text)

    def _word(self, at: int, depth: int) -> int:
        """After a word."""
        text, end, start = self.text, len(self.text), at
        while at < end:
            plain = _PLAIN.match(text, at)
            one = text[at]
            if plain:
                at = plain.end()
            elif one == "\\":
                at += 2
            elif one == "'":
                at = self._quote(at, text[at - 1 : at] == "$")
            elif one == '"':
                at = self._double(at, depth)
            elif one == "`":
                at = self._backquoted(at)
            elif one == "$":
                at = self._dollar(at, depth)
            elif _SUBSTITUTION.match(text, at):
                if at > start:
                    raise _Unsure
                at = self._inner(at, depth)
            else:
                break
        if at == start:
            raise _Unsure
        return min(at, end)

    def _quote(self, start: int, escapes: bool) -> int:
        """After '...', in which a backslash is one unless a dollar stands before it."""
        at = start + 1
        while at < len(self.text):
            if self.text[at] == "'":
                return at + 1
            at += 2 if escapes and self.text[at] == "\\" else 1
        raise _Open(start, "the quote ' is never closed")

    def _double(self, start: int, depth: int) -> int:
        at = start + 1
        while at < len(self.text):
            one = self.text[at]
            if one == '"':
                return at + 1
            if one == "\\":
                at += 2
            elif one == "$":
                at = self._dollar(at, depth)
            elif one == "`":
                at = self._backquoted(at)
            else:
                at += 1
        raise _Open(start, 'the quote " is never closed')

    def _dollar(self, at: int, depth: int) -> int:
        """After what begins with a dollar."""
        text = self.text
        if text.startswith("$((", at):
            return self._arithmetic(at + 1)
        if text.startswith("$(", at):
            return self._inner(at, depth)
        if text.startswith("${", at):
            return self._parameter(at, depth + 1)
        return at + 1

    def _backquoted(self, start: int) -> int:
        """After `...`; what is in it is only read when it is run."""
        at = start + 1
        while at < len(self.text):
            if self.text[at] == "`":
                return at + 1
            at += 2 if self.text[at] == "\\" else 1
        raise _Open(start, "the quote ` is never closed")

    def _inner(self, start: int, depth: int) -> int:
        """After `$(...)`, `<(...)`."""
        waiting, self.documents = self.documents, []
        try:
            after = self.commands(start + 2, ")", depth + 1)
        except _Open as found:
            if found.offset >= 0:
                raise
            sign = self.text[start : start + 2]
            raise _Open(start, f"the `{sign}` is never closed: `)` is missing") from None
        self.documents = waiting
        return after

    def _parameter(self, start: int, depth: int) -> int:
        """After `${...}`."""
        if depth > DEEPEST:
            raise _Unsure
        at = start + 2
        while at < len(self.text):
            one = self.text[at]
            if one == "}":
                return at + 1
            if one == "\\":
                at += 2
            elif one == "'":
                self._unsure()  # a quote or not, that depends on what is around it
            elif one == '"':
                at = self._double(at, depth)
            elif one == "$":
                at = self._dollar(at, depth)
            elif one == "\n":
                self._unsure()
            else:
                at += 1
        raise _Open(start, "the `${` is never closed: `}` is missing")

    def _unsure(self) -> NoReturn:
        raise _Unsure
