"""The second gate's eye for arguments: which keywords the calls of known names carry.

Like the text index an over-approximation. A call whose arguments are too deeply nested to be read
by a regular expression, or that holds a comment, counts as one with an unknown keyword.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kerlint.source.text_index import TextIndex

_STRINGS = rb"\"[^\"\\\n]*\"|'[^'\\\n]*'"
_LEVEL_0 = rb"(?:[^()\[\]{}\"'#]|" + _STRINGS + rb")*"
_LEVEL_1 = rb"(?:[^()\[\]{}\"'#]|" + _STRINGS + rb"|[(\[{]" + _LEVEL_0 + rb"[)\]}])*"
_LEVEL_2 = rb"(?:[^()\[\]{}\"'#]|" + _STRINGS + rb"|[(\[{]" + _LEVEL_1 + rb"[)\]}])*"
ARGUMENTS = re.compile(rb"[\s\\)]*\((" + _LEVEL_2 + rb")\)")
_NESTED = re.compile(rb"[(\[{][^()\[\]{}]*[)\]}]")
_STRING = re.compile(_STRINGS)
_KEYWORD = re.compile(rb"(?:\A|,)[\s\\]*(\w+)[\s\\]*=(?!=)")
_OPENS = re.compile(rb"[\s\\)]*\(")

UNKNOWN = frozenset({""})
"""The keywords of a call that could not be read."""


def keywords_of_calls(
    data: bytes, index: TextIndex, is_callable: Callable[[str], bool]
) -> Iterator[tuple[str, frozenset[str]]]:
    """(full name, keywords) for every call of a name for which `is_callable` says yes."""
    for name, position in index.calls:
        keywords = _keywords(data, position)
        if keywords and is_callable(name):
            yield name, keywords


_ANY_METHOD = re.compile(rb"\.[\s\\]*([A-Za-z_]\w*)(?=[\s\\)]*\()")


def keywords_of_methods(
    data: bytes, names_of: Callable[[str], list[str]]
) -> Iterator[tuple[str, frozenset[str]]]:
    """(full name, keywords) for every call of something after a dot.

    `names_of` gives the full names that a method of that name may have.
    """
    for match in _ANY_METHOD.finditer(data):
        names = names_of(match[1].decode("utf-8", "replace"))
        if names:
            keywords = _keywords(data, match.end())
            if keywords:
                for name in names:
                    yield name, keywords


_METHOD = re.compile(rb"\)[\s\\]*\.[\s\\]*([A-Za-z_]\w*)(?=[\s\\]*\()")


def keywords_after_calls(data: bytes) -> Iterator[tuple[str, frozenset[str]]]:
    """(method, keywords) for every `f(x).method(...)`."""
    for match in _METHOD.finditer(data):
        keywords = _keywords(data, match.end())
        if keywords:
            yield match[1].decode("utf-8", "replace"), keywords


_MARK = re.compile(
    rb"""(?P<comment>\#[^\n]*)|(?P<string>(?P<quote>\"{3}|'{3}|\"|')(?:[^\\]|\\.)*?(?P=quote))
    |(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<comma>,)|(?P<keyword>(\w+)[\s\\]*=(?!=))""",
    re.VERBOSE | re.DOTALL,
)
_FARTHEST = 20_000


def _scan(data: bytes, position: int) -> frozenset[str]:
    """The same for a call with deeply nested arguments or comments, mark by mark."""
    found: set[str] = set()
    depth = 1
    after_comma = True
    for match in _MARK.finditer(data, position, position + _FARTHEST):
        kind = match.lastgroup
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth -= 1
            if depth == 0:
                return frozenset(found)
        elif match["keyword"] and depth == 1 and after_comma:
            found.add(match[8].decode("utf-8", "replace"))
        if kind != "comment":
            after_comma = depth == 1 and kind == "comma"
    return UNKNOWN


_NO_KEYWORD = re.compile(rb"[\s\\)]*\([^()\[\]{}=#\"']*\)")


def _keywords(data: bytes, position: int) -> frozenset[str]:
    """The keywords of the call whose `(` comes next."""
    if _NO_KEYWORD.match(data, position):
        return frozenset()
    match = ARGUMENTS.match(data, position)
    if match is None:
        opening = _OPENS.match(data, position)
        return frozenset() if opening is None else _scan(data, opening.end())
    text = match[1]
    if b"=" not in text:
        return frozenset()
    text = _STRING.sub(b"0", text)
    while True:
        flat = _NESTED.sub(b"0", text)
        if flat == text:
            break
        text = flat
    return frozenset(word.decode("utf-8", "replace") for word in _KEYWORD.findall(text))
