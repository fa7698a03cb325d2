"""JSON with places, and with what editors allow besides: comments, commas before a bracket."""

from __future__ import annotations

import json
import re

from kerlint.manifests.places import Malformed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_SPACE = re.compile(r"(?:[\s\ufeff]|//[^\r\n]*|/\*.*?\*/)*", re.DOTALL)
_STRING = re.compile(r'"(?:[^"\\\r\n]|\\.)*"')
_WORD = re.compile(r"[-+.\w]+")
DEEPEST = 100
"""Nesting above which nothing is looked at."""


class Value:
    """One value.

    `value`  of a scalar: str, float, int, bool or None; of an array: the list of its Values; of an
             object: the list of its members as pairs of Values
    `kind`   `scalar`, `array` or `object`
    `start`, `end`  offsets, quotes and brackets included
    """

    __slots__ = ("end", "kind", "start", "value")

    def __init__(self, kind: str, value: object, start: int, end: int) -> None:
        self.kind = kind
        self.value = value
        self.start = start
        self.end = end

    def members(self) -> list[tuple[Value, Value]]:
        """Key and value of every member of an object; none for anything else."""
        return self.value if self.kind == "object" else []  # type: ignore[return-value]

    def last(self) -> list[tuple[Value, Value]]:
        """The same; of members with one name the last, as Python's `json` has it."""
        return list({str(key.value): (key, value) for key, value in self.members()}.values())

    def elements(self) -> list[Value]:
        """The elements of an array; none for anything else."""
        return self.value if self.kind == "array" else []  # type: ignore[return-value]

    def get(self, name: str) -> Value | None:
        """The last member of that name."""
        found = [value for key, value in self.members() if key.value == name]
        return found[-1] if found else None

    def walk(self) -> Iterator[tuple[Value, Value]]:
        """Every member of every object in it."""
        for element in self.elements():
            yield from element.walk()
        for key, value in self.members():
            yield key, value
            yield from value.walk()


def parse(text: str) -> Value:
    """The value that the text holds. Raises Malformed."""
    value = _value(text, _skip(text, 0), 0)
    end = _skip(text, value.end)
    if end < len(text):
        raise Malformed("no valid JSON: something follows the end", end)
    return value


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _value(text: str, at: int, depth: int) -> Value:
    if depth > DEEPEST:
        raise Malformed(f"more than {DEEPEST} brackets are nested", at)
    if text[at : at + 1] in ("[", "{") and at < len(text):
        return _collection(text, at, depth)
    return scalar(text, at)


def scalar(text: str, at: int) -> Value:
    """The string, number or word that begins at `at`. Raises Malformed."""
    if text[at : at + 1] == '"':
        found = _STRING.match(text, at)
        if found is None:
            raise Malformed("no valid JSON: a string is not closed", at)
        if "\\" not in found[0]:
            return Value("scalar", found[0][1:-1], at, found.end())
        try:
            return Value("scalar", json.loads(found[0], strict=False), at, found.end())
        except ValueError:
            raise Malformed("no valid JSON: a string with a wrong escape", at) from None
    word = _WORD.match(text, at)
    if word is None:
        raise Malformed("no valid JSON: a value is missing", at)
    try:
        return Value("scalar", json.loads(word[0]), at, word.end())
    except ValueError:
        raise Malformed(f"no valid JSON: `{word[0]}` is no value", at) from None


def _collection(text: str, at: int, depth: int) -> Value:
    start, is_object = at, text[at] == "{"
    close = "}" if is_object else "]"
    found: list[object] = []
    at = _skip(text, at + 1)
    while text[at : at + 1] != close:
        value = _value(text, at, depth + 1)
        at = _skip(text, value.end)
        if is_object:
            if text[at : at + 1] != ":" or not isinstance(value.value, str):
                raise Malformed("no valid JSON: expected a name and a colon", value.start)
            member = _value(text, _skip(text, at + 1), depth + 1)
            at = _skip(text, member.end)
            found.append((value, member))
        else:
            found.append(value)
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
        elif text[at : at + 1] != close:
            raise Malformed(f"no valid JSON: expected `,` or `{close}`", at)
    return Value("object" if is_object else "array", found, start, at + 1)
