"""Comments and the text of strings, blanked out: what only prose speaks of is nobody's finding."""

from __future__ import annotations

import re

_MASKED = re.compile(
    rb"""\#[^\n]*
    | (?P<prefix>[A-Za-z]{0,2})(?P<quote>\"\"\"|'''|\"|')
      (?P<text>(?:[^\\]|\\.)*?)(?P=quote)""",
    re.VERBOSE | re.DOTALL,
)
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
    quote, text = match["quote"], match["text"]
    if quote is None:
        return b""
    prefix = match["prefix"].lower()
    if b"f" in prefix or b"t" in prefix:
        if text.count(b"{") != text.count(b"}"):
            raise _Unclear
        if b"{" in _FIELD.sub(b"", text):  # `{{`, or a field within a field
            return match[0]
        fields = b" ".join(_FIELD.findall(text))
        return b"''" + fields + b"\n" * (text.count(b"\n") - fields.count(b"\n"))
    if (len(quote) == 1 and _NAME.fullmatch(text)) or _SHELL.search(text):
        return match[0]
    return b"''" + b"\n" * text.count(b"\n")
