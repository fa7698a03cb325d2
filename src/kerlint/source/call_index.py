"""The second gate's eye for calls: which keywords they carry, and where they end.

Like the text index an over-approximation. A call that cannot be followed to its end counts as one
with an unknown keyword.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_NONE: frozenset[str] = frozenset()
UNKNOWN = frozenset({""})
"""The keywords of a call that could not be read."""

_STRINGS = rb"\"[^\"\\\n]*\"|'[^'\\\n]*'"
_PLAIN = rb"[^()\[\]{}\"'#]*"
_NESTED = rb"[(\[{][^()\[\]{}]*[)\]}]"
_KEYWORD = re.compile(rb"(?:\A|,)[\s\\]*(\w+)[\s\\]*=(?!=)")
_FLAT = re.compile(rb"[\s\\)]*\((" + _PLAIN + rb")\)")


def _nested(depth: int) -> bytes:
    """The expression of what may stand between two brackets, so many brackets deep."""
    inner = rb"|[(\[{]" + _nested(depth - 1) + rb"[)\]}]" if depth else b""
    return _PLAIN + rb"(?:(?:" + _STRINGS + inner + rb")" + _PLAIN + rb")*"


_DEEP = rb"[\s\\)]*\((" + _nested(3) + rb")\)"
"""As all expressions that few files need, left to the cache of `re`."""

_METHOD = rb"\.[\s\\]*([A-Za-z_]\w*)(?=[\s\\)]*\()"


def keywords_of_methods(
    data: bytes, methods: Mapping[bytes, list[str]]
) -> Iterator[tuple[str, frozenset[str]]]:
    """(full name, keywords) for every call of something after a dot.

    `methods` has the full names that a method of that name may have.
    """
    for match in re.finditer(_METHOD, data):
        names = methods.get(match[1])
        if names:
            keywords = read_call(data, match.end())[0]
            if keywords:
                for name in names:
                    yield name, keywords


def read_call(data: bytes, position: int) -> tuple[frozenset[str], int]:
    """The keywords of the call whose `(` comes next, and what follows its `)`.

    The second is -1 if the call's end could not be found.
    """
    match = _FLAT.match(data, position)
    if match is not None:
        text = match[1]
        return (_keywords(text) if b"=" in text else _NONE), match.end()
    match = re.compile(_DEEP).match(data, position)
    if match is None:
        return _scan(data, position)
    text = match[1]
    if b"=" not in text:
        return _NONE, match.end()
    text = re.sub(_STRINGS, b"0", text)
    while b"(" in text or b"[" in text or b"{" in text:
        text = re.sub(_NESTED, b"0", text)
    return _keywords(text), match.end()


def _keywords(text: bytes) -> frozenset[str]:
    return frozenset(word.decode("utf-8", "replace") for word in _KEYWORD.findall(text))


_MARK = rb"""(?sx)
    (?P<comment>\#[^\n]*)|(?P<string>(?P<quote>\"{3}|'{3}|\"|')(?:[^\\]|\\.)*?(?P=quote))
    |(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<comma>,)|(?P<keyword>(\w+)[\s\\]*=(?!=))"""
_FARTHEST = 20_000


def _scan(data: bytes, position: int) -> tuple[frozenset[str], int]:
    """The same for a call with deeply nested arguments or comments, mark by mark."""
    position = data.find(b"(", position) + 1
    found: set[str] = set()
    depth = 1
    after_comma = True
    for match in re.compile(_MARK).finditer(data, position, position + _FARTHEST):
        kind = match.lastgroup
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth -= 1
            if depth == 0:
                return frozenset(found), match.end()
        elif match["keyword"] and depth == 1 and after_comma:
            found.add(match[8].decode("utf-8", "replace"))
        if kind != "comment":
            after_comma = depth == 1 and kind == "comma"
    return UNKNOWN, -1
