"""TOML with the place of every value.

`tomllib` says whether the text is TOML; this finds where its values stand, and asks nothing more.
"""

from __future__ import annotations

import re
import sys

from kerlint.manifests.places import Malformed

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from kerlint.manifests.places import Places

_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\r\n]*)*")
_BLANK = re.compile(r"[ \t]*")
_PART = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\\r\n]|\\.)*"|'[^'\r\n]*'""")
_STRING = re.compile(
    r'''"""(?:[^\\]|\\.)*?"""(?:"{0,2})|\'\'\'.*?\'\'\'(?:'{0,2})'''
    r"""|"(?:[^"\\\r\n]|\\.)*"|'[^'\r\n]*'""",
    re.DOTALL,
)
_BARE = re.compile(r"[^\s,\]}#]+(?: [0-9][0-9:.Z+-]*)?")


class TomlValue:
    """One scalar: the keys (and indices in arrays) that lead to it, its value, and its place."""

    __slots__ = ("end", "path", "start", "value")

    def __init__(self, path: tuple[str | int, ...], value: Any, start: int, end: int) -> None:
        self.path = path
        self.value = value
        self.start = start
        self.end = end


def scalars(text: str, places: Places) -> list[TomlValue]:
    """Every scalar in the order of the text. Raises Malformed."""
    try:
        document = tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        offset = places.offset(int(line[1]) - 1, int(line[2]) - 1) if line else 0
        what = str(error).partition(" (at ")[0]
        raise Malformed(f"no valid TOML: {what[:1].lower()}{what[1:]}", offset) from None
    except RecursionError:
        raise Malformed("no valid TOML: too deeply nested", 0) from None
    found: list[TomlValue] = []
    for path, start, end in _places(text):
        value: Any = document
        try:
            for part in path:
                value = value[part]
        except (KeyError, IndexError, TypeError):
            continue
        if not isinstance(value, (dict, list)):
            found.append(TomlValue(path, value, start, end))
    return found


def _places(text: str) -> Iterator[tuple[tuple[Any, ...], int, int]]:
    """The path of every scalar with its offsets."""
    counts: dict[tuple[Any, ...], int] = {}
    table: tuple[Any, ...] = ()
    at = _after(_SPACE, text, 1 if text.startswith("\ufeff") else 0)
    while at < len(text):
        if text[at] == "[":
            double = text.startswith("[[", at)
            keys, at = _keys(text, at + (2 if double else 1))
            at += 2 if double else 1
            table = ()
            for index, key in enumerate(keys):
                table = (*table, key)
                if double and index == len(keys) - 1:
                    counts[table] = counts.get(table, -1) + 1
                if table in counts:
                    table = (*table, counts[table])
        else:
            keys, at = _keys(text, at)
            if text[at : at + 1] != "=":
                return
            found: list[tuple[tuple[Any, ...], int, int]] = []
            at = _value(text, _after(_BLANK, text, at + 1), (*table, *keys), found)
            yield from found
        at = _after(_SPACE, text, at)


def _after(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _keys(text: str, at: int) -> tuple[list[str], int]:
    """A dotted key, and where the space after it ends."""
    keys: list[str] = []
    while True:
        at = _after(_BLANK, text, at)
        part = _PART.match(text, at)
        if part is None:
            return keys, at
        raw = part[0]
        if raw[0] == '"':
            raw = tomllib.loads(f"k = {raw}")["k"]
        elif raw[0] == "'":
            raw = raw[1:-1]
        keys.append(raw)
        at = _after(_BLANK, text, part.end())
        if text[at : at + 1] != ".":
            return keys, at
        at += 1


def _value(
    text: str, at: int, path: tuple[Any, ...], found: list[tuple[tuple[Any, ...], int, int]]
) -> int:
    """Note the scalars of the value that begins at `at`; returns where it ends."""
    one = text[at : at + 1]
    if one in ("[", "{") and one:
        close = "]" if one == "[" else "}"
        index = 0
        at = _after(_SPACE, text, at + 1)
        while at < len(text) and text[at] != close:
            if one == "[":
                at = _value(text, at, (*path, index), found)
                index += 1
            else:
                keys, at = _keys(text, at)
                at = _value(text, _after(_SPACE, text, at + 1), (*path, *keys), found)
            at = _after(_SPACE, text, at)
            if text[at : at + 1] == ",":
                at = _after(_SPACE, text, at + 1)
        return at + 1
    scalar = _STRING.match(text, at) or _BARE.match(text, at)
    if scalar is None:
        return len(text)
    found.append((path, at, scalar.end()))
    return scalar.end()
