"""Comments and the text of strings, blanked out: what only prose speaks of is nobody's finding."""

from __future__ import annotations

import re

_MASKED = re.compile(
    rb"""\#[^\n]*
    | \"\"\"[^\"\\]*(?:(?:\\.|\"{1,2}(?!\"))[^\"\\]*)*\"\"\"
    | '''[^'\\]*(?:(?:\\.|'{1,2}(?!'))[^'\\]*)*'''
    | \"[^\"\\]*(?:\\.[^\"\\]*)*\"
    | '[^'\\]*(?:\\.[^'\\]*)*'""",
    re.VERBOSE | re.DOTALL,
)
_TRIPLE = (b'"""', b"'''")
_MAY_FORMAT = re.compile(rb"[fFtT][A-Za-z]?\Z")  # the last two letters before a quote
_FIELD = re.compile(rb"\{[^{}]*\}")
_NAME = re.compile(rb"[\w.\\-]*")
_SHELL = re.compile(rb"(?:export|setx?)\s+[A-Z]|\A\s*[A-Z_]+\s*=")


class _Unclear(Exception):
    """Where the strings begin and end cannot be told by a regular expression."""


def without_prose(data: bytes) -> bytes:
    """The same lines with comments and the text of strings blanked out.

    Strings that may name something, as in `getattr(keras, "layers")`, or set a variable of a shell
    stay, and so do the expressions in formatted strings. If a formatted string holds its own quotes, as it may from
    Python 3.12 on, nothing is blanked out.
    """
    try:
        return _MASKED.sub(_blank, data)
    except _Unclear:
        return data


def _blank(match: re.Match[bytes]) -> bytes:
    whole = match[0]
    if whole[:1] == b"#":
        return b""
    width = 3 if whole[:3] in _TRIPLE and len(whole) >= 6 else 1
    text = whole[width:-width]
    before = match.string[max(match.start() - 2, 0) : match.start()]
    if _MAY_FORMAT.search(before):
        if text.count(b"{") != text.count(b"}"):
            raise _Unclear
        if b"{" in _FIELD.sub(b"", text):  # `{{`, or a field within a field
            return whole
        fields = b" ".join(_FIELD.findall(text))
        return b"''" + fields + b"\n" * (text.count(b"\n") - fields.count(b"\n"))
    if (width == 1 and _NAME.fullmatch(text)) or _SHELL.search(text):
        return whole
    return b"''" + b"\n" * text.count(b"\n")
