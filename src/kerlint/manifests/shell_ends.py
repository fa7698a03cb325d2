"""What a shell refuses of a script: `if` without `fi`, `$(`, a quote, `&&` with nothing before it.

bash refuses such a script when it comes to that place, and what it has read until then it may have
run. Only what is certain is told: of a text that is not taken apart for sure, nothing.

Two libraries were looked at in the place of this: bashlex is GPL and needs 0.1 s to start,
tree-sitter-bash is 3.6 MB of compiled code and made to go on after an error, not to tell it.
"""

from __future__ import annotations

import re

from kerlint.manifests.shell_grammar import Grammar, Refused, Test, Unsure

LONGEST = 100_000
"""Characters of a script above which it is not looked at."""
DEEPEST = 40
"""Nesting of substitutions above which it is not looked at."""

_PLAIN = re.compile(r"[^\s'\"`$\\;&|()<>]+")
_BLANK = re.compile(r"(?:[ \t\r]|\\\r?\n)+")
_OPERATOR = re.compile(r";;&|;;|;&|&&|\|\||\|&|[;&|\n]")
_REDIRECTION = re.compile(r"<<<|<<-?|>>|<&|>&|&>>?|>\||<>|[<>]")
_SUBSTITUTION = re.compile(r"[<>]\(")
_EMPTY = re.compile(r"\([ \t]*\)")
_GLOBS = "?*+@!"
_OTHER_SHELL = re.compile(r"\s*#!(?![^\n]*\b(?:ba|da|a|k)?sh\b)")
_TEMPLATE = re.compile(r"\{%|\{\{|<%|%>")


def opened_and_not_closed(text: str) -> tuple[int, str] | None:
    """Where what a shell refuses begins, and what a person is told of it."""
    if len(text) > LONGEST or _OTHER_SHELL.match(text) or _TEMPLATE.search(text):
        return None
    scanner = _Scanner(text)
    try:
        scanner.commands(0, "", 0)
    except Unsure:
        return None
    except Refused as found:
        return found.offset, found.message
    return None


class _NeverClosed(Exception):
    """The text ended in a substitution."""


class _Scanner:
    """Walks over a script. `documents`: marks of the here-documents that begin on the next line."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.documents: list[str] = []

    def commands(self, at: int, until: str, depth: int) -> int:
        """Over commands to the end of the text, or to after `until`."""
        if depth > DEEPEST:
            raise Unsure
        text, end = self.text, len(self.text)
        grammar = Grammar()
        before = ""  # the word before, unless something else stands between
        while at < end:
            blank = _BLANK.match(text, at)
            if blank:
                at = blank.end()
                before = "" if before[-1:] == "=" else before
                continue
            one = text[at]
            operator = _OPERATOR.match(text, at)
            start = at
            if one == "#":
                at = self._line_end(at)
            elif text.startswith("&>", at) or (one in "<>" and not _SUBSTITUTION.match(text, at)):
                at = self._redirected(at, depth)
                if grammar.starts:
                    grammar.command()
            elif operator:
                at = operator.end()
                grammar.operator(operator[0], start)
                if one == "\n":
                    at = self._after_documents(at)
                before = ""
            elif one == "(":
                at = self._bracket(at, grammar, before, depth)
                before = ""
            elif one == ")":
                at += 1
                if until and grammar.ends(until):
                    return at
                grammar.closing(start)
                before = ""
            else:
                at = self._word(at, depth)
                before = text[start:at]
                if before.isdigit() and text[at : at + 1] in ("<", ">"):
                    continue  # which file is redirected
                tests = grammar.starts and before == "[["
                grammar.word(before, start)
                if tests:
                    at = self._test(at, depth)
                    grammar.tested()
        if until:
            raise _NeverClosed
        grammar.ends()
        return at

    def _bracket(self, at: int, grammar: Grammar, before: str, depth: int) -> int:
        """After an opening bracket, or what it opens."""
        text = self.text
        if grammar.in_pattern:
            grammar.pattern()
            return at + 1  # `(a|b)` of a case
        empty = _EMPTY.match(text, at)
        if empty and before and before[-1:] != "=" and grammar.function(at):
            return empty.end()
        if before[-1:] == "=":
            return self._array(at, depth)
        if text.startswith("((", at) and (grammar.starts or grammar.top.part == "name"):
            after = self._arithmetic(at)
            grammar.counted()
            return after
        if grammar.starts:
            grammar.opening(at)
            return at + 1
        if grammar.top.part not in ("test", "then", "else", "body", "clause"):
            raise Unsure
        if text[at - 1] in _GLOBS:  # a pattern, if the shell is told so
            raise Unsure
        raise Refused(at, "`(` does not belong here: write it in quotes")

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
            elif one in ";&|(<>" and not _SUBSTITUTION.match(self.text, at):
                if self.text[at - 1] in _GLOBS:
                    raise Unsure
                raise Refused(at, f"`{one}` does not belong in a list: write it in quotes")
            else:
                at = self._word(at, depth)
        raise Refused(start, "the `(` is never closed: `)` is missing")

    def _arithmetic(self, at: int) -> int:
        """After `((...))` or the same after a `$`."""
        deep, start = 0, at
        while at < len(self.text):
            one = self.text[at]
            if one in "'\"`":
                raise Unsure
            deep += (one == "(") - (one == ")")
            at += 1
            if not deep:
                return at
        raise Refused(start, "the `((` is never closed: `))` is missing")

    def _test(self, start: int, depth: int) -> int:
        """After the `]]` of `[[ ... ]]`."""
        text, at = self.text, start
        test = Test(start)
        while at < len(text):
            one = text[at]
            if one.isspace():
                at += 1
            elif text.startswith("\\\n", at):
                at += 2
            elif one in ";#" or (one in "<>" and _SUBSTITUTION.match(text, at)):
                raise Unsure
            elif text.startswith(("&&", "||"), at):
                test.joined()
                at += 2
            elif one in "()":
                test.bracket(one)
                at += 1
            elif one in "<>":
                test.words.append(one)
                at += 1
            elif test.words[-1:] == ["=~"]:
                at = self._regex(at, depth)
                test.words.append("")
            else:
                begin, at = at, self._word(at, depth)
                if text[begin:at] == "]]":
                    test.joined()
                    return at
                test.words.append(text[begin:at])
        raise Refused(start - 2, "the `[[` is never closed: `]]` is missing")

    def _regex(self, at: int, depth: int) -> int:
        """After what stands behind `=~`."""
        text, nested = self.text, 0
        while at < len(text) and not text[at].isspace():
            one = text[at]
            nested += (one == "(") - (one == ")")
            if one in "([)]|<>&;^":
                at += 1
            else:
                at = self._word(at, depth)
        if nested:
            raise Unsure
        return at

    def _redirected(self, at: int, depth: int) -> int:
        """After `> file` or `<< EOF`."""
        operator = _REDIRECTION.match(self.text, at)
        if operator is None:
            raise Unsure
        sign = at
        at = operator.end()
        blank = _BLANK.match(self.text, at)
        start = blank.end() if blank else at
        following = self.text[start : start + 1]
        if not following or (following in "\n;|&)<>" and not _SUBSTITUTION.match(self.text, start)):
            raise Refused(sign, f"nothing is named after `{operator[0]}`")
        at = self._word(start, depth)
        if operator[0] in ("<<", "<<-"):
            self.documents.append(re.sub(r"['\"\\]", "", self.text[start:at]))
        return at

    def _after_documents(self, at: int) -> int:
        """After the here-documents that begin on this line."""
        for mark in self.documents:
            while True:
                if at >= len(self.text):
                    raise Unsure
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
                    raise Unsure
                at = self._inner(at, depth)
            else:
                break
        if at == start:
            raise Unsure
        return min(at, end)

    def _quote(self, start: int, escapes: bool) -> int:
        """After '...', in which a backslash is one unless a dollar stands before it."""
        at = start + 1
        while at < len(self.text):
            if self.text[at] == "'":
                return at + 1
            at += 2 if escapes and self.text[at] == "\\" else 1
        raise Refused(start, "the quote ' is never closed")

    def _double(self, start: int, depth: int) -> int:
        at = start + 1
        while at < len(self.text):
            one = self.text[at]
            if one == '"':
                return at + 1
            if one == "\\":
                at += 2
            elif one == "$":
                at = self._dollar(at, depth, True)
            elif one == "`":
                at = self._backquoted(at)
            else:
                at += 1
        raise Refused(start, 'the quote " is never closed')

    def _dollar(self, at: int, depth: int, quoted: bool = False) -> int:
        """After what begins with a dollar."""
        text = self.text
        if text.startswith("$((", at):
            return self._arithmetic(at + 1)
        if text.startswith("$(", at):
            return self._inner(at, depth)
        if text.startswith("${", at):
            return self._parameter(at, depth + 1, quoted)
        return at + 1

    def _backquoted(self, start: int) -> int:
        """After `...`; what is in it is only read when it is run."""
        at = start + 1
        while at < len(self.text):
            if self.text[at] == "`":
                return at + 1
            at += 2 if self.text[at] == "\\" else 1
        raise Refused(start, "the quote ` is never closed")

    def _inner(self, start: int, depth: int) -> int:
        """After `$(...)`, `<(...)`."""
        waiting, self.documents = self.documents, []
        try:
            after = self.commands(start + 2, ")", depth + 1)
        except _NeverClosed:
            sign = self.text[start : start + 2]
            raise Refused(start, f"the `{sign}` is never closed: `)` is missing") from None
        self.documents = waiting
        return after

    def _parameter(self, start: int, depth: int, quoted: bool) -> int:
        """After `${...}`."""
        if depth > DEEPEST:
            raise Unsure
        at = start + 2
        while at < len(self.text):
            one = self.text[at]
            if one == "}":
                return at + 1
            if one == "\\":
                at += 2
            elif one == "'":
                if quoted:
                    raise Unsure  # a quote or not, that depends on the operator
                at = self._quote(at, self.text[at - 1] == "$")
            elif one == '"':
                at = self._double(at, depth)
            elif one == "$":
                at = self._dollar(at, depth, quoted)
            elif one == "`":
                at = self._backquoted(at)
            else:
                at += 1
        raise Refused(start, "the `${` is never closed: `}` is missing")
