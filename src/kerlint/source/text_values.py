"""The second gate's eye for values: what a call is given, and what names are bound to, as text.

Like the text index an over-approximation, by expressions on raw bytes, without scopes.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK = re.compile(
    rb"""(?sx)
    (?P<comment>\#[^\n]*)
    |[A-Za-z]{0,2}(?P<quote>\"{3}|'{3}|\"|')(?:[^\\]|\\.)*?(?P=quote)
    |(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<end>[,\n;])|\\\r?\n"""
)
_FARTHEST = 20_000
"""Bytes that a call or a value may be long."""

_STRING = re.compile(
    rb"""(?sx)\#[^\n]*
    |(?P<prefix>[A-Za-z]{0,2})(?P<quote>\"{3}|'{3}|\"|')(?P<text>(?:[^\\]|\\.)*?)(?P=quote)"""
)
"""A string literal, or a comment, which has no quote."""

_NAME = re.compile(rb"(?<![\w.])[A-Za-z_\x80-\xff][\w\x80-\xff]*")
_BOUND = re.compile(rb"[\s\\)]*(?::[^=\n]*)?=(?!=)[\s\\]*")
_GOING_ON = frozenset(
    bytes([byte]) for byte in range(128) if chr(byte).isalnum() or chr(byte) in "._"
)
"""What stands before a word that is a part of another, or an attribute."""
_KEYWORD = re.compile(rb"[\s\\]*(\w+)[\s\\]*=(?!=)")


class Given:
    """The arguments of one call, as they are written.

    `plain`     those without a keyword, in their order
    `keywords`  by their keywords
    """

    __slots__ = ("keywords", "plain")

    def __init__(self) -> None:
        self.plain: list[bytes] = []
        self.keywords: dict[bytes, bytes] = {}


def given(data: bytes, position: int) -> Given | None:
    """What the call whose `(` stands at `position` is given; None if its end is not found."""
    start = position + 1
    found = Given()
    depth = 1
    for mark in _MARK.finditer(data, start, start + _FARTHEST):
        kind = mark.lastgroup
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth -= 1
        if not depth or (depth == 1 and mark[0] == b","):
            keyword = _KEYWORD.match(data, start, mark.start())
            if keyword is not None:
                found.keywords[keyword[1]] = data[keyword.end() : mark.start()]
            elif data[start : mark.start()].strip():
                found.plain.append(data[start : mark.start()])
            if not depth:
                return found
            start = mark.end()
    return None


def values(data: bytes, name: bytes) -> Iterator[bytes]:
    """What stands after `name =` anywhere, up to the end of the statement or argument."""
    place = data.find(name)
    while place >= 0:
        match = _BOUND.match(data, place + len(name))
        before = data[place - 1 : place]
        place = data.find(name, place + len(name))
        if match is None or before in _GOING_ON:
            continue
        depth = 0
        end = min(match.end() + _FARTHEST, len(data))
        for mark in _MARK.finditer(data, match.end(), end):
            kind = mark.lastgroup
            if kind == "open":
                depth += 1
            elif kind == "close":
                depth -= 1
            if depth < 0 or (not depth and kind == "end" and mark[0] != b","):
                end = mark.start()
                break
        yield data[match.end() : end]


def strings(text: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(prefix in small letters, text) of every string literal."""
    for match in _STRING.finditer(text):
        if match["quote"]:
            yield match["prefix"].lower(), match["text"]


def names(text: bytes) -> set[bytes]:
    """Every name in an expression, but for attributes; of strings nothing is read."""
    return set(_NAME.findall(_STRING.sub(b"''", text)))
