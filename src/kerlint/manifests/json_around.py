"""JSON as Python's `json` takes it, and what can be read of a text that it refuses.

A comma or a bracket that is missing, a line that is none: what stands around it is read.
"""

from __future__ import annotations

import json
import re

from kerlint.manifests.json_places import DEEPEST, Value, parse, scalar
from kerlint.manifests.places import Malformed

_BLANK = re.compile(r"[\s\ufeff]*")
_REST = re.compile(r"[^\r\n]*")
_BROKEN = re.compile(r"[^\s,\[\]{}]*")
_MERGE = re.compile(r"^<{7} ", re.MULTILINE)
_CLOSES = {"[": "]", "{": "}"}


def parse_around(text: str) -> tuple[Value, Malformed | None]:
    """The value, and where and why `json` refuses the text.

    Raises Malformed where nobody can tell what was meant.
    """
    try:
        json.loads(text.removeprefix("\ufeff"))
        return parse(text), None
    except json.JSONDecodeError as error:
        what = f"{error.msg[:1].lower()}{error.msg[1:]}"
        fault = Malformed(f"no valid JSON: {what}", error.pos)
    except (RecursionError, ValueError):
        raise Malformed("no valid JSON: too deeply nested", 0) from None
    merge = _MERGE.search(text)
    if merge:
        raise Malformed("no valid JSON: git could not merge it", merge.start())
    return _Reader(text).value(0, "", 0), fault


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text

    def value(self, at: int, around: str, depth: int) -> Value:
        """The value that begins at `at`; None for what is none. `around`: what closes what it is in."""
        if depth > DEEPEST:
            raise Malformed(f"more than {DEEPEST} brackets are nested", at)
        at = self._skip(at)
        one = self.text[at : at + 1]
        if one in ("[", "{"):
            return self._collection(at, around, depth)
        try:
            return scalar(self.text, at)
        except Malformed:
            # A quote that is never closed ends with its line.
            broken = _REST if one == '"' else _BROKEN
            found = broken.match(self.text, at)
            return Value("scalar", None, at, found.end() if found else at)

    def _collection(self, start: int, around: str, depth: int) -> Value:
        text, is_object = self.text, self.text[start] == "{"
        close = _CLOSES[text[start]]
        found: list[object] = []
        at = start + 1
        while True:
            at = self._skip(at)
            one = text[at : at + 1]
            if one in ("", close) or (one in "]}" and one in around):
                at += one == close
                break
            if one in ",:]}":
                at += 1
                continue
            value = self.value(at, around + close, depth + 1)
            if value.end == at:
                at += 1
                continue
            at = self._skip(value.end)
            if not is_object:
                found.append(value)
            elif isinstance(value.value, str) and text[at : at + 1] in (":", "{", "["):
                member = self.value(at + (text[at] == ":"), around + close, depth + 1)
                found.append((value, member))
                at = member.end
        return Value("object" if is_object else "array", found, start, at)

    def _skip(self, at: int) -> int:
        found = _BLANK.match(self.text, at)
        return found.end() if found else at
