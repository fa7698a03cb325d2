"""The text of a YAML scalar, of any style, with the place of each of its characters.

PyYAML says what the text is; here it is laid beside the file: what is folded, indented or escaped
differs in white space and backslashes only.
"""

from __future__ import annotations

import re

from kerlint.manifests import yaml_nodes
from kerlint.manifests.scripts import Script

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kerlint.manifests.places import Places

_ESCAPE = re.compile(r"\\(?:x..|u.{4}|U.{8}|\r?\n[ \t]*|.)", re.DOTALL)
_LINE = re.compile(r"[^\n]*\n?")
_LONGEST = 200_000
"""Characters above which a text that is not in the file as it is gets no places of its own."""


def script_of(node: Any, places: Places) -> Script:
    """The text of a scalar node."""
    start = yaml_nodes.offset_of(node, places)
    end = places.offset(node.end_mark.line, node.end_mark.column)
    text: str = node.value
    if node.style in ("|", ">"):
        start = places.text.find("\n", start) + 1 or end
    elif node.style in ("'", '"'):
        start, end = start + 1, max(end - 1, start + 1)
    source = places.text[start:end]
    if source == text:
        return Script.of(text, start)
    found = _by_lines(text, source, start) if node.style == "|" else None
    if found is None and len(source) <= _LONGEST:
        found = _aligned(text, source, start, node.style)
    return found or Script.instead(text, start, max(end, start))


def _by_lines(text: str, source: str, start: int) -> Script | None:
    """A literal block: every line without its indentation."""
    first = next((line for line in _LINE.findall(text) if line.strip()), "")
    given = next((line for line in _LINE.findall(source) if line.strip()), "")
    if not given.rstrip("\r\n").endswith(first.rstrip("\n")):
        return None
    indent = len(given.rstrip("\r\n")) - len(first.rstrip("\n"))
    pieces = []
    at, offset = 0, start
    lines = iter(_LINE.findall(source))
    for line in _LINE.findall(text):
        if not line:
            break
        there = next(lines, "")
        bare = there.rstrip("\r\n")
        skipped = min(indent, len(bare))
        if bare[skipped:] != line.rstrip("\n"):
            return None
        pieces.append((at, offset + skipped, offset + len(there), False))
        at += len(line)
        offset += len(there)
    return Script(text, pieces) if pieces else None


def _decoded(source: str, style: str | None) -> list[tuple[str, int]]:
    """The characters of the source, with the quotes and backslashes of its style resolved; what an
    escape stands for is not looked up: its place in the text says it.
    """
    found: list[tuple[str, int]] = []
    at = 0
    while at < len(source):
        one = source[at]
        if style == "'" and source.startswith("''", at):
            found.append(("'", at))
            at += 2
        elif style == '"' and one == "\\" and (escape := _ESCAPE.match(source, at)):
            if "\n" not in escape[0]:
                found.append(("" if escape[0][1] not in '"\\/' else escape[0][1], at))
            at = escape.end()
        else:
            found.append((one, at))
            at += 1
    return found


def _aligned(text: str, source: str, start: int, style: str | None) -> Script | None:
    """Character by character, passing over white space that differs; None if more than that does."""
    decoded = _decoded(source, style)
    pieces: list[tuple[int, int, int, bool]] = []
    number, last = 0, len(decoded)
    for at, one in enumerate(text):
        while number < last and not one.isspace() and decoded[number][0].isspace():
            number += 1
        if number >= last:
            if text[at:].strip():
                return None
            break
        there, offset = decoded[number]
        if there not in (one, ""):
            if one.isspace():
                continue
            return None
        number += 1
        place = start + offset
        if not pieces or place - pieces[-1][1] != at - pieces[-1][0]:
            pieces.append((at, place, start + len(source), False))
    return Script(text, pieces) if pieces else None
