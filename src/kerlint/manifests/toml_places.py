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
    from typing import Any

    from kerlint.manifests.places import Places

    Path = tuple[str | int, ...]
    Stretch = tuple[int, int]

_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\r\n]*)*")
_BLANK = re.compile(r"[ \t]*")
_PART = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\\r\n]|\\.)*"|'[^'\r\n]*'""")
_STRING = re.compile(
    r'''"""(?:[^\\]|\\.)*?"""(?:"{0,2})|\'\'\'.*?\'\'\'(?:'{0,2})'''
    r"""|"(?:[^"\\\r\n]|\\.)*"|'[^'\r\n]*'""",
    re.DOTALL,
)
_QUOTES = re.compile(r"""(\"{3}|'{3}|"|')(\r?\n)?""")
_BARE = re.compile(r"[^\s,\]}#]+(?: [0-9][0-9:.Z+-]*)?")
DEEP = 100
"""More parts than any key that means something; tomllib takes ages for thousands."""
_DEEP = re.compile(
    rf"""(?:^|[\[{{,])[ \t]*(?:(?:[\w-]+|"[^"\r\n]*")[ \t]*\.[ \t]*){{{DEEP}}}""", re.MULTILINE
)


class TomlValue:
    """One scalar: the keys (and indices in arrays) that lead to it, its value, and its place."""

    __slots__ = ("end", "path", "start", "value")

    def __init__(self, path: Path, value: Any, start: int, end: int) -> None:
        self.path = path
        self.value = value
        self.start = start
        self.end = end


class TomlDocument:
    """What a text says, and where.

    A path is the keys, and the indices in arrays, that lead to something. Offsets are 0-based.
    `data`    as tomllib has it
    `keys`    where the last key of each path is first written: in a header or before a `=`
    `values`  where each value that stands after a `=` or in an array begins and ends
    """

    __slots__ = ("data", "keys", "text", "values")

    def __init__(self, text: str, data: dict[str, Any]) -> None:
        self.text = text
        self.data = data
        self.keys: dict[Path, Stretch] = {}
        self.values: dict[Path, Stretch] = {}

    def get(self, path: Path) -> Any:
        """The value at a path; None if there is none."""
        value: Any = self.data
        try:
            for part in path:
                value = value[part]
        except (KeyError, IndexError, TypeError):
            return None
        return value

    def stretch(self, path: Path) -> Stretch:
        """The value; of a table the key in its header; of what is not written, what is around."""
        while path:
            found = self.values.get(path) or self.keys.get(path)
            if found is not None:
                return found
            path = path[:-1]
        return (0, 0)

    def entry(self, path: Path) -> Stretch:
        """From the key to the end of its value; the key alone for a table with a header."""
        value = self.values.get(path)
        key = self.keys.get(path)
        if value is None or key is None:
            return self.stretch(path)
        return (key[0], value[1]) if key[0] < value[0] else value

    def inner(self, path: Path) -> Stretch:
        """A string without its quotes, if it is written as it is meant: else the same as place."""
        start, end = self.stretch(path)
        quotes = _QUOTES.match(self.text, start, end)
        if quotes:
            left, right = quotes.end(), end - len(quotes[1])
            if self.text[left:right] == self.get(path):
                return (left, right)
        return (start, end)


def scalars(text: str, places: Places) -> list[TomlValue]:
    """Every scalar in the order of the text. Raises Malformed."""
    found = document(text, places)
    values = []
    for path, (start, end) in found.values.items():
        value = found.get(path)
        if value is not None and not isinstance(value, (dict, list)):
            values.append(TomlValue(path, value, start, end))
    return values


def document(text: str, places: Places) -> TomlDocument:
    """The whole text with its places. Raises Malformed."""
    deep = _DEEP.search(text)
    if deep:
        raise Malformed("no valid TOML: too deeply nested", deep.start())
    try:
        found = TomlDocument(text, tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n")))
        _scan(found)
    except tomllib.TOMLDecodeError as error:
        raise _malformed(error, text, places) from None
    except RecursionError:
        raise Malformed("no valid TOML: too deeply nested", 0) from None
    except ValueError as error:  # a number of thousands of digits
        raise Malformed(f"no valid TOML: {error}", 0) from None
    return found


def _malformed(error: Exception, text: str, places: Places) -> Malformed:
    """What tomllib says, at the place that it means; a key that comes twice, at its second."""
    line = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
    if line:
        offset = places.offset(int(line[1]) - 1, int(line[2]) - 1)
    else:
        offset = len(text) if "end of document" in str(error) else 0
    what = str(error).partition(" (at ")[0]
    message = f"no valid TOML: {what[:1].lower()}{what[1:]}"
    if what.startswith(("Cannot overwrite", "Cannot declare", "Duplicate", "Cannot mutate")):
        part = TomlDocument(text[:offset], {})
        try:
            _scan(part, last=True)
        except (Malformed, RecursionError, ValueError):
            return Malformed(message, offset)
        if part.keys:
            key, place = max(part.keys.items(), key=lambda one: one[1])
            name = ".".join(str(one) for one in key if isinstance(one, str))
            return Malformed(f"no valid TOML: `{name}` is written twice", place[0])
    return Malformed(message, offset)


def _scan(found: TomlDocument, last: bool = False) -> None:
    """Note the places of all keys and values of valid TOML; with `last` those that come last."""
    text = found.text
    counts: dict[Path, int] = {}
    table: Path = ()
    at = _after(_SPACE, text, 1 if text.startswith("\ufeff") else 0)
    while at < len(text):
        if text[at] == "[":
            double = text.startswith("[[", at)
            keys, at = _keys(text, at + (2 if double else 1))
            at += 2 if double else 1
            table = ()
            for index, (key, place) in enumerate(keys):
                table = (*table, key)
                if double and index == len(keys) - 1:
                    counts[table] = counts.get(table, -1) + 1
                if table in counts:
                    _note(found.keys, table, place, False)
                    table = (*table, counts[table])
                _note(found.keys, table, place, last)
        else:
            keys, at = _keys(text, at)
            if text[at : at + 1] != "=":
                return
            path = _under(found, table, keys, last)
            at = _value(found, _after(_BLANK, text, at + 1), path, last)
        at = _after(_SPACE, text, at)


def _note(places: dict[Path, Stretch], path: Path, place: Stretch, last: bool) -> None:
    if last or path not in places:
        places[path] = place


def _under(found: TomlDocument, table: Path, keys: list[tuple[str, Stretch]], last: bool) -> Path:
    """The path of a dotted key in a table; its parts are noted."""
    for key, place in keys:
        table = (*table, key)
        _note(found.keys, table, place, last)
    return table


def _after(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _keys(text: str, at: int) -> tuple[list[tuple[str, Stretch]], int]:
    """The parts of a dotted key with their places, and where the space after it ends."""
    keys: list[tuple[str, Stretch]] = []
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
        keys.append((raw, part.span()))
        if len(keys) > DEEP:
            raise Malformed("no valid TOML: too deeply nested", at)
        at = _after(_BLANK, text, part.end())
        if text[at : at + 1] != ".":
            return keys, at
        at += 1


def _value(found: TomlDocument, at: int, path: Path, last: bool = False) -> int:
    """Note the place of the value that begins at `at`, and of those in it; returns its end."""
    text = found.text
    start = at
    one = text[at : at + 1]
    if one in ("[", "{") and one:
        close = "]" if one == "[" else "}"
        index = 0
        at = _after(_SPACE, text, at + 1)
        while at < len(text) and text[at] != close:
            before = at
            if one == "[":
                at = _value(found, at, (*path, index), last)
                index += 1
            else:
                keys, at = _keys(text, at)
                below = _under(found, path, keys, last)
                at = _value(found, _after(_SPACE, text, at + 1), below, last)
            at = _after(_SPACE, text, at)
            if text[at : at + 1] == ",":
                at = _after(_SPACE, text, at + 1)
            if at == before:
                return len(text)
        found.values[path] = (start, at + 1)
        return at + 1
    scalar = _STRING.match(text, at) or _BARE.match(text, at)
    if scalar is None:
        return len(text)
    found.values[path] = scalar.span()
    return scalar.end()
